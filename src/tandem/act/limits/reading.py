"""Reading a strategy from its document; what does not hold together is named before any limit can move by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from tandem.act.limits.facts import schema_of
from tandem.act.limits.sorting import Sorter
from tandem.act.limits.types import (
    Band,
    Constraints,
    CoolDown,
    Economics,
    FactType,
    Grade,
    HoldOut,
    LimitRule,
    LimitStrategy,
    Response,
    RiskOf,
    Step,
)
from tandem.act.products import Product, Words
from tandem.kernel.errors import DefinitionError, near_match

__all__ = ["check_strategy", "codes_of", "parse_limit_strategy"]

_HINT: Final = "see docs/reference/limit-strategies.md"


class _Document(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,62}$")]
    product: str
    title: Words
    steps: Annotated[tuple[Step, ...], Meta(min_length=2, max_length=20)]
    grades: Annotated[tuple[Grade, ...], Meta(min_length=1, max_length=50)]
    bands: Annotated[tuple[Band, ...], Meta(min_length=1, max_length=100)]
    economics: Economics
    response: Response
    constraints: Constraints
    hold_out: HoldOut
    bound_reason: str
    rules: Annotated[tuple[LimitRule, ...], Meta(max_length=100)] = ()
    risk: RiskOf | None = None
    facts: Annotated[dict[str, FactType], Meta(max_length=50)] = {}
    cool_down: CoolDown = CoolDown()
    notice_days: Annotated[int, Meta(ge=0, le=366)] = 30
    consent_days: Annotated[int, Meta(ge=0, le=366)] = 30
    description: Annotated[str, Meta(max_length=1_000)] = ""


def parse_limit_strategy(document: Any) -> LimitStrategy:
    """The strategy that ``document`` describes.

    Raises:
        DefinitionError: names the field, the value and what to do.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise DefinitionError(f"{words}.", code="invalid_limit_strategy", field=field, hint=_HINT) from None
    found = LimitStrategy(**{name: getattr(read, name) for name in read.__struct_fields__})
    _check_steps(found)
    _check_named("grades", [one.grade for one in found.grades])
    _check_named("bands", [one.band for one in found.bands])
    _check_named("rules", [one.rule for one in found.rules])
    _check_last("grades", [one.when for one in found.grades])
    _check_last("bands", [one.when for one in found.bands])
    pds = [one.pd for one in found.grades]
    if pds != sorted(pds):
        raise _wrong("Grades go from the best to the worst.", "grades", pds, "pd must not fall from one to the next")
    if found.facts and found.risk is None:
        raise _wrong("Whose decision are these facts of?", "facts", sorted(found.facts), "name its policy under risk")
    Sorter(found, schema_of(found))
    return found


def check_strategy(
    strategy: LimitStrategy, products: Mapping[str, Product], policies: Mapping[str, str], codes: Mapping[str, object]
) -> None:
    """Refuse a strategy that leans on what its release does not have.

    Args:
        policies: name to the type of event that each decides on.
        codes: of the reason catalogue.

    Raises:
        DefinitionError: names what is missing.
    """
    product = products.get(strategy.product)
    if product is None:
        raise _wrong("No product has this name.", "product", strategy.product, near_match(strategy.product, products))
    if product.limit_minor is None:
        raise _wrong(
            "This product has no limit to move.", "product", strategy.product, "a revolving one, or a merchant's line"
        )
    if strategy.risk is not None and strategy.risk.policy not in policies:
        name = strategy.risk.policy
        raise _wrong("No policy has this name.", "risk.policy", name, near_match(name, policies))
    for code in codes_of(strategy):
        if code not in codes:
            hint = near_match(code, codes) or "add it under reasons/"
            raise _wrong("The reason catalogue has no such code.", "reason", code, hint)


def codes_of(strategy: LimitStrategy) -> list[str]:
    """Every reason code that the strategy may give."""
    graded = [one.reason for one in strategy.grades]
    banded = [code for one in strategy.bands for code in (one.reason, one.merit)]
    ruled = [one.reason for one in strategy.rules]
    found = dict.fromkeys([*graded, *banded, *ruled, strategy.bound_reason])
    return [one for one in found if one is not None]


def _check_steps(found: LimitStrategy) -> None:
    _check_named("steps", names := [one.step for one in found.steps])
    if sum(one.kind == "hold" for one in found.steps) != 1:
        raise _wrong("Exactly one step holds.", "steps", names, "one without change_bps and freeze")
    ranks = [(not one.freeze, one.change_bps) for one in found.steps]
    if ranks != sorted(ranks) or len(set(ranks)) != len(ranks):
        raise _wrong("Steps go from the lowest to the highest, each once.", "steps", names, "a freeze comes first")
    if any(one.freeze and one.change_bps for one in found.steps):
        raise _wrong("A freeze leaves the limit as it is.", "steps", names, "leave change_bps out")
    for rule in found.rules:
        for field, value in (("at_most", rule.at_most), ("at_least", rule.at_least)):
            if value is not None and value not in names:
                raise _wrong("There is no such step.", f"rules.{rule.rule}.{field}", value, near_match(value, names))
        if rule.at_most is None and rule.at_least is None:
            raise _wrong("A rule bounds steps.", f"rules.{rule.rule}", None, "give it at_most or at_least")


def _check_named(field: str, names: list[str]) -> None:
    twice = next((one for one in names if names.count(one) > 1), None)
    if twice is not None:
        raise _wrong("A name is there once.", field, twice, "give one of them another")


def _check_last(field: str, conditions: list[str | None]) -> None:
    if conditions[-1] is not None or None in conditions[:-1]:
        raise _wrong(
            "The last one takes every other account, and only the last.", field, conditions, "leave when out there"
        )


def _wrong(words: str, field: str, value: object, hint: str | None) -> DefinitionError:
    return DefinitionError(words, code="invalid_limit_strategy", field=field, value=value, hint=hint or _HINT)
