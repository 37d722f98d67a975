"""Writing what is said: which fields a template of collections may name, and what each says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tandem.act.collections.strategy import Strategy, Template
from tandem.act.collections.types import Words
from tandem.act.products import Day
from tandem.act.texts import amount_text, filled
from tandem.kernel.time import days_to_date

__all__ = ["DEBT_FIELDS", "FIELDS", "OWN_FIELDS", "said"]

OWN_FIELDS: Final = frozenset({"lender", "how_to_pay", "how_to_object", "opt_out"})
"""What the strategy says of the lender."""
DEBT_FIELDS: Final = frozenset({"amount", "balance", "due_date", "days_late", "product", "how_to_pay", "how_to_object", "offer", "until"})  # fmt: skip
"""What tells of a debt: never in a text for a third party."""
FIELDS: Final = OWN_FIELDS | DEBT_FIELDS | {"name"}


def said(
    strategy: Strategy,
    template: Template,
    language: str,
    *,
    name: str,
    product: str,
    currency: str,
    due_minor: int,
    balance_minor: int,
    due_date: Day | None,
    days_late: int,
    more: Mapping[str, str] | None = None,
) -> tuple[str | None, str]:
    """Subject and text of ``template`` for one account, in ``language``.

    Raises:
        InvalidInput: it names what is not known.
    """
    values: dict[str, str] = {
        "name": name,
        "product": product,
        "amount": amount_text(due_minor, currency),
        "balance": amount_text(balance_minor, currency),
        "days_late": str(days_late),
    }
    values.update({key: _in(words, language) for key, words in strategy.says.items()})
    if due_date is not None:
        values["due_date"] = days_to_date(due_date).isoformat()
    values.update(more or {})
    subject = None if template.subject is None else filled(_in(template.subject, language), values)
    return subject, filled(_in(template.text, language), values)


def _in(words: Words, language: str) -> str:
    return words.zh if language == "zh-CN" else words.en
