"""From a draft of a product to the question that an assessment answers: what it leans on, what it is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from tandem.act.products import OnShelf, Product, parse_product
from tandem.decide.decisions import LiveRelease
from tandem.faces.launching.quoting import terms_of_product
from tandem.faces.launching.subjects import Subjects
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, InvalidInput, Unavailable, near_match
from tandem.kernel.identity import EventTypeName
from tandem.kernel.values import SqlType
from tandem.learn.assessment import AssessmentAsked, Assumptions
from tandem.learn.backtest import Draft, SideAsked
from tandem.learn.labels import outcome_for

__all__ = ["LAUNCHED_KINDS", "Chosen", "Launched", "asked_of", "launched", "nearest_product"]

LAUNCHED_KINDS: Final = ("product", "policy", "reasons", "rate_cap")
"""What a product brings along."""
_TERM_FIELDS: Final = ("term_months", "term", "instalments")
_FAIRNESS: Final = "fairness"


class Launched(msgspec.Struct, frozen=True, kw_only=True):
    """A product that is to go live, with what it brings along.

    Attributes:
        drafts: everything that is not live as it stands here, the product first.
        policies: those it names, by name, drafts or live.
        event_type: of applications for it.
        subject: what would be signed.
    """

    artefact: Artefact
    product: Product
    drafts: tuple[Artefact, ...]
    policies: dict[str, Artefact]
    event_type: str
    subject: str


class Chosen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody may choose of an assessment; see ``AssessmentAsked``.

    Attributes:
        groups: None: the fields of an application that are recorded for a fairness check.
    """

    since: str | None = None
    until: str | None = None
    where: str = ""
    groups: tuple[str, ...] | None = None
    assumptions: Assumptions = Assumptions()


def launched(
    live: LiveRelease | None, standing: Mapping[str, Artefact], product: Artefact, drafts: Iterable[Artefact]
) -> Launched:
    """``product`` with its ``drafts``, beside what is live.

    Args:
        standing: what is live, by ``kind/name``.

    Raises:
        DefinitionError: the product cannot be read, or a policy it names is nowhere.
        InvalidInput: a draft that no product brings along.
        Unavailable: nothing is live.
    """
    if live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    brought = tuple(drafts)
    for one in brought:
        if one.kind not in LAUNCHED_KINDS or one.kind == "product":
            raise InvalidInput(
                "A product brings no such draft along.", code="not_of_a_product", field="drafts", value=str(one.key),
                hint="a policy, reasons or a rate cap; release anything else by itself",
            )  # fmt: skip
    read = parse_product({**product.body, "name": product.name})
    there = {**standing, **{str(one.key): one for one in brought}}
    policies = {}
    for stage, name in sorted(product.body["policies"].items()):
        found = there.get(f"policy/{name}")
        if found is None:
            names = [key.removeprefix("policy/") for key in there if key.startswith("policy/")]
            raise DefinitionError(
                "No policy has this name.", code="unknown_policy", field=f"policies.{stage}", value=name,
                hint=near_match(name, names), at=str(product.key),
            )  # fmt: skip
        policies[name] = found
    plans = [one for key, one in there.items() if key.startswith("iteration/")]
    subject = Subjects().of_artefacts([product, *policies.values(), *plans])[product.name]
    new = [
        one
        for one in (product, *brought)
        if str(one.key) not in standing or standing[str(one.key)].digest != one.digest
    ]
    return Launched(
        artefact=product,
        product=read,
        drafts=tuple(new),
        policies=policies,
        event_type=str(policies[read.policies.application].body.get("event", "")),
        subject=str(subject),
    )


def asked_of(
    one: Launched, chosen: Chosen, live: LiveRelease, shelf: Mapping[str, OnShelf]
) -> tuple[AssessmentAsked, dict[str, dict[str, Any]]]:
    """The question, and the documents of the products it is about.

    Raises:
        InvalidInput: applications have no amount.
    """
    fields = {field.name: field for field in live.reader.event_types[EventTypeName(one.event_type)].fields}
    whole = [name for name, field in fields.items() if field.type is SqlType.INTEGER]
    outcome = outcome_for(live, one.event_type)
    amount = next((name for name in (outcome and outcome.amount, "amount_minor") if name in fields), None)
    amount = amount or next((name for name in whole if name.endswith("_minor")), None)
    if amount is None:
        raise InvalidInput(
            "Applications of that type ask for no amount.", code="no_amount", field="event_type", value=one.event_type,
            hint="a whole number of minor units, such as amount_minor",
        )  # fmt: skip
    groups = chosen.groups
    if groups is None:
        groups = tuple(name for name, field in fields.items() if _FAIRNESS in field.purpose.lower())
    against = nearest_product(one, live, shelf)
    name = one.product.name
    asked = AssessmentAsked(
        subject=one.subject,
        product=terms_of_product(one.product),
        against=None if against is None else _renamed(terms_of_product(against.product), name),
        event_type=one.event_type,
        candidate=SideAsked(drafts=tuple(Draft(kind=it.kind, name=it.name, body=it.body) for it in one.drafts)),
        since=chosen.since,
        until=chosen.until,
        where=chosen.where,
        amount=amount,
        term=next((field for field in _TERM_FIELDS if field in whole), None),
        groups=groups,
        assumptions=chosen.assumptions,
    )
    return asked, _documents(one, against)


_STANDING: Final = "{name} (live)"


def _renamed(terms: Any, name: str) -> Any:
    """The nearest product under another name where it is the live version of the same one."""
    return msgspec.structs.replace(terms, name=_STANDING.format(name=name)) if terms.name == name else terms


def _documents(one: Launched, against: OnShelf | None) -> dict[str, dict[str, Any]]:
    found = {one.product.name: {**one.artefact.body, "name": one.product.name}}
    if against is not None:
        product = against.product
        name = _STANDING.format(name=product.name) if product.name == one.product.name else product.name
        body: dict[str, Any] = msgspec.to_builtins(product)
        found[name] = body
    return found


def nearest_product(one: Launched, live: LiveRelease, shelf: Mapping[str, OnShelf]) -> OnShelf | None:
    """The live product that is most like it: its own live version, else the one of the same kind, terms and amounts.

    Only one whose applications are of the same type and whose money is the same can be held against it.
    """

    def alike(other: OnShelf) -> bool:
        policy = live.policies.get(other.product.policies.application)
        return (
            policy is not None
            and policy.policy.event == one.event_type
            and other.product.currency == one.product.currency
        )

    def likeness(other: OnShelf) -> tuple[bool, bool, float]:
        mine, theirs = one.product, other.product
        shared = len({*mine.terms} & {*theirs.terms}) / len({*mine.terms} | {*theirs.terms})
        low = max(mine.amount.least_minor, theirs.amount.least_minor)
        high = min(mine.amount.most_minor, theirs.amount.most_minor)
        span = max(mine.amount.most_minor, theirs.amount.most_minor)
        return (mine.name == theirs.name, mine.kind == theirs.kind, shared + max(high - low, 0) / span)

    candidates = [other for _, other in sorted(shelf.items()) if alike(other)]
    return max(candidates, key=likeness, default=None)
