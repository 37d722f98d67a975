"""Reading a product from its document; what does not hold together is named before anybody can be lent to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, Final, get_type_hints

import msgspec
from msgspec import Meta

from tandem.act.products.calendars import business_days
from tandem.act.products.types import (
    AmountBounds,
    Component,
    Monitoring,
    Policies,
    Price,
    Product,
    ProductKind,
    ScheduleRule,
    Servicing,
    Words,
)
from tandem.decide.policy import Marks
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.money import CURRENCY_EXPONENTS

__all__ = ["LONGEST_TERM", "check_marks", "check_policies", "parse_product", "product_faults"]

LONGEST_TERM: Final = 480
"""Instalments of the longest schedule."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_COMPONENTS: Final = frozenset({"fee", "penalty", "interest", "principal"})
_LIMITED: Final = frozenset({"revolving", "merchant_line"})
_RESERVED: Final = frozenset({"new", "templates"})
"""Names that stand for something else where products are asked for by name."""
_HINT: Final = "see docs/reference/products.md"


class _Document(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    kind: ProductKind
    title: Words
    currency: str
    amount: AmountBounds
    terms: Annotated[tuple[Annotated[int, Meta(ge=1, le=LONGEST_TERM)], ...], Meta(min_length=1, max_length=60)]
    schedule: ScheduleRule
    policies: Policies
    price: Price = Price()
    limit_minor: AmountBounds | None = None
    order: Annotated[tuple[Component, ...], Meta(min_length=4, max_length=4)] = (
        "fee",
        "penalty",
        "interest",
        "principal",
    )
    cap: str | None = None
    sold: bool = True
    consents: Annotated[tuple[str, ...], Meta(max_length=20)] = ()
    description: Annotated[str, Meta(max_length=1_000)] = ""
    servicing: Servicing = Servicing()
    monitoring: Monitoring | None = None


def parse_product(document: Any) -> Product:
    """The product that ``document`` describes.

    Raises:
        DefinitionError: names the field, the value and what to do.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        raise _misshapen(error) from None
    for fault in _faults(read):
        raise fault
    return Product(**msgspec.structs.asdict(read))


def product_faults(document: Mapping[str, Any]) -> tuple[DefinitionError, ...]:
    """Everything that is wrong with ``document``, each fault with its field; empty where ``parse_product`` takes it.

    What its parts are is looked at first; only parts that are what they should be can be held against each other.
    """
    found = []
    for name, kind in get_type_hints(_Document, include_extras=True).items():
        if name in document:
            try:
                msgspec.convert(document[name], kind)
            except msgspec.ValidationError as error:
                found.append(_misshapen(error, name))
    if found:
        return tuple(found)
    try:
        return tuple(_faults(msgspec.convert(document, _Document)))
    except msgspec.ValidationError as error:
        return (_misshapen(error),)


def _misshapen(error: msgspec.ValidationError, under: str = "") -> DefinitionError:
    words, _, place = str(error).partition(" - at `$")
    field = (under + place.rstrip("`")).removeprefix(".") or None
    return DefinitionError(f"{words}.", code="invalid_product", field=field, hint=_HINT)


def check_policies(product: Product, policies: Mapping[str, str]) -> None:
    """Refuse a product whose policies are not there.

    Args:
        policies: of the release: name to the type of event that each decides on.

    Raises:
        DefinitionError: names the one that is missing.
    """
    for stage in product.policies.__struct_fields__:
        name = getattr(product.policies, stage)
        if name is not None and name not in policies:
            raise DefinitionError(
                "No policy has this name.",
                code="unknown_policy",
                field=f"policies.{stage}",
                value=name,
                hint=near_match(name, policies),
            )


def check_marks(product: Product, may_say: Marks) -> None:
    """Refuse a product whose monitoring policy says what it does not know, or never says what it declares.

    Args:
        may_say: everything that decisions of that policy may say.

    Raises:
        DefinitionError: names the one that is missing on either side.
    """
    declared = product.monitoring or Monitoring()
    for field, known, said in (
        ("grades", declared.grades, may_say.grades),
        ("flags", declared.flags, may_say.flags),
    ):
        for name in said:
            if name not in known:
                raise _unknown_mark(
                    f"{product.policies.monitoring} says what this product does not know.", field, name, known,
                    "add it, or take it out of the policy",
                )  # fmt: skip
        for name in known:
            if name not in said:
                raise _unknown_mark(
                    f"{product.policies.monitoring} never says this.", field, name, said,
                    f"take it out, or let the policy say it by the action {field[:-1]}_{name}",
                )  # fmt: skip


def _unknown_mark(words: str, field: str, name: str, known: Collection[str], otherwise: str) -> DefinitionError:
    near = near_match(name, known)
    hint = f"{near}; or {otherwise}" if near else otherwise
    return DefinitionError(words, code="unknown_mark", field=f"monitoring.{field}", value=name, hint=hint)


def _faults(read: _Document) -> Iterator[DefinitionError]:
    if not _NAME.match(read.name):
        yield _wrong("A name is lower_snake.", "name", read.name, "such as till_instalments")
    if read.name in _RESERVED:
        yield _wrong(
            "This name stands for something else where products are asked for.",
            "name",
            read.name,
            "such as till_instalments",
        )
    if read.currency not in CURRENCY_EXPONENTS:
        yield _wrong(
            "Unknown currency.", "currency", read.currency, near_match(read.currency, CURRENCY_EXPONENTS) or "CNY"
        )
    if list(read.terms) != sorted(set(read.terms)):
        yield _wrong("Terms ascend, each once.", "terms", read.terms, str(sorted(set(read.terms))))
    if set(read.order) != _COMPONENTS:
        yield _wrong("Each part of an instalment has its place once.", "order", read.order, "all four of them")
    yield from _bounds_faults("amount", read.amount)
    if read.limit_minor is not None:
        yield from _bounds_faults("limit_minor", read.limit_minor)
    if (read.limit_minor is not None) != (read.kind in _LIMITED):
        yield _wrong(
            "A revolving product and a merchant's line have a limit, the others have none.",
            "limit_minor",
            read.limit_minor,
            "add least_minor and most_minor, or leave it out",
        )
    rates = read.price.rate_bps
    if not rates.least <= rates.otherwise <= rates.most:
        yield _wrong("least <= otherwise <= most.", "price.rate_bps", msgspec.to_builtins(rates), "put them in order")
    yield from _schedule_faults(read.schedule)
    yield from _monitoring_faults(read)


def _monitoring_faults(read: _Document) -> Iterator[DefinitionError]:
    found, policy = read.monitoring, read.policies.monitoring
    if (found is None) != (policy is None):
        yield _wrong(
            "A policy that monitors, and what it may say, come together.",
            "policies.monitoring" if policy is None else "monitoring",
            None,
            "name the policy" if policy is None else "add grades, the best first, and flags; or leave the policy out",
        )
    if found is None:
        return
    if not found.grades and not found.flags:
        yield _wrong("It would say nothing.", "monitoring", None, "add grades, the best first, or flags")
    for field, names in (("grades", found.grades), ("flags", found.flags)):
        if len(set(names)) < len(names):
            yield _wrong("Each has its place once.", f"monitoring.{field}", names, "take one of the two out")


def _schedule_faults(rule: ScheduleRule) -> Iterator[DefinitionError]:
    if (rule.part_bps is not None) != (rule.method == "declining"):
        yield _wrong(
            "A declining schedule repays a part of what is left.",
            "schedule.part_bps",
            rule.part_bps,
            "such as 300 for three per cent, with method: declining and no other",
        )
    if rule.every != "month" and rule.due_day is not None:
        yield _wrong("Only months have a day.", "schedule.due_day", rule.due_day, "leave it out, or every: month")
    if rule.due_day is None and rule.first_after_days:
        yield _wrong(
            "Without a due_day the first instalment is a whole period after the draw.",
            "schedule.first_after_days",
            rule.first_after_days,
            "leave it out, or set due_day",
        )
    if rule.roll != "none" and rule.calendar is None:
        yield _wrong("Whose business days?", "schedule.calendar", None, "a country's two letters, such as CN, or ECB")
    if rule.calendar is not None:
        try:
            business_days(rule.calendar)
        except DefinitionError as error:
            yield error


def _bounds_faults(field: str, bounds: AmountBounds) -> Iterator[DefinitionError]:
    if bounds.least_minor > bounds.most_minor:
        yield _wrong("least_minor is above most_minor.", field, bounds.least_minor, "swap them")
    if bounds.least_minor % bounds.step_minor:
        yield _wrong("least_minor is a step.", f"{field}.least_minor", bounds.least_minor, f"of {bounds.step_minor}")


def _wrong(words: str, field: str, value: object, hint: str) -> DefinitionError:
    return DefinitionError(words, code="invalid_product", field=field, value=value, hint=hint)
