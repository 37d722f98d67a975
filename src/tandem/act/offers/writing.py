"""What is written of an offer: which fields a template may name by kind, and what each says. Pure."""

from __future__ import annotations

from typing import Final

from tandem.act.offers.subject import Subject
from tandem.act.offers.types import Channel, Language, OfferKind, Programme
from tandem.act.products import Words
from tandem.act.texts import amount_text, filled
from tandem.kernel.time import days_to_date

__all__ = ["FIELDS", "OWN_FIELDS", "written"]

OWN_FIELDS: Final = frozenset({"lender", "how_to_pay", "how_to_object", "opt_out"})
"""What the programme says of the lender."""
FIELDS: Final[dict[OfferKind, frozenset[str]]] = {
    "reminder": OWN_FIELDS | {"product", "amount", "due_date"},
    "repayment_suggestion": OWN_FIELDS | {"product", "amount", "saving"},
    "instalment_offer": OWN_FIELDS | {"product", "amount", "into", "term", "first"},
}
"""What a text of each kind may name: ``amount`` is what is due, what closes the account, or what the plan would be of."""


def written(
    programme: Programme,
    channel: Channel,
    language: Language,
    subject: Subject,
    *,
    currency: str,
    product: Words,
    into: Words | None,
) -> tuple[str | None, str]:
    """Subject line and text of an offer by ``channel``.

    Args:
        product, into: how the account's product and that of the plan are called.
    """
    template = programme.template_for(channel)
    values = {name: _in(words, language) for name, words in programme.says.items()}
    values |= {"product": _in(product, language), "amount": amount_text(subject.stake_minor, currency)}
    if subject.due is not None:
        values["due_date"] = days_to_date(subject.due).isoformat()
    if programme.kind == "repayment_suggestion":
        values["saving"] = amount_text(subject.saving_minor, currency)
    if subject.plan is not None and into is not None:
        values |= {
            "into": _in(into, language),
            "term": str(subject.plan.term),
            "first": amount_text(subject.plan.first_minor, currency),
        }
    line = None if template.subject is None else filled(_in(template.subject, language), values)
    return line, filled(_in(template.text, language), values)


def _in(words: Words, language: Language) -> str:
    return words.zh if language == "zh-CN" else words.en
