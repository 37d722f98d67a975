"""Which facts of an event a person could have brought about otherwise, and how far.

A feature is history and does not move. A field moves if its definition says so (``changeable``), and a number that says
nothing moves either way; what the law protects never moves, whatever a definition says. A field that a feature or a network in
use reads, or a derived field is made of, is held still too: with it the other would have been another, and facts that contradict each
other prove nothing. A number stays within what the book has seen, and within what can be brought about before the horizon.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.decide.decisions.book import Book
from tandem.decide.decisions.known import StatefulPlan
from tandem.decide.reasons import Vocabulary, is_protected
from tandem.kernel.values import INTEGER_MAX, Row, SqlType, Value
from tandem.observe.events import EventField, EventType
from tandem.observe.features import FeaturePlan

__all__ = ["REACH", "Held", "Movable", "movable_fields"]

REACH: Final = 4.0
"""A number moves up to this many times itself, or down to this part of it: beyond, it would be another application."""

HeldBecause: TypeAlias = Literal[
    "protected", "never", "identifier", "not_a_number", "counted_by_feature", "derived", "not_given", "takes_too_long"
]

_NUMBERS: Final = frozenset({SqlType.INTEGER, SqlType.DOUBLE})


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A field that the policy looks at and that was held still, and why."""

    field: str
    because: HeldBecause


class Movable(msgspec.Struct, frozen=True, kw_only=True):
    """A field that may move.

    Attributes:
        value: what it was.
        low, high: how far, for numbers; both ends may be taken.
        choices: what else it may be, for truth values and texts of a fixed set.
    """

    field: str
    type: SqlType
    value: Value
    low: float = 0.0
    high: float = 0.0
    choices: tuple[Value, ...] = ()


def movable_fields(
    event_type: EventType,
    columns: Iterable[str],
    plan: FeaturePlan,
    row: Row,
    networks: Sequence[StatefulPlan] = (),
    *,
    book: Book | None = None,
    vocabulary: Vocabulary | None = None,
) -> tuple[list[Movable], list[Held]]:
    """Which of the ``columns`` that a policy looks at may move, and which may not.

    Args:
        event_type: of the event decided on.
        columns: of the policy.
        plan: the features behind the others.
        row: the facts as they were.
        networks: the networks whose parts may be among them.
        book: what was seen before; nothing moves beyond it.
        vocabulary: how long it takes to move what; nothing moves further than its horizon.
    """
    looked_at = set(columns)
    behind = {name for one in networks if not looked_at.isdisjoint(one.names) for name in one.document.inputs}
    counted = _counted(event_type, looked_at | behind, plan) | behind
    movable: list[Movable] = []
    held: list[Held] = []
    made = {
        name for field in event_type.fields if field.derived and field.name in looked_at for name in field.derived.of
    }
    for field in event_type.fields:
        if field.name not in looked_at:
            continue
        because = _held_because(field, counted, row) or ("derived" if field.name in made else None)
        one = None if because is not None else _within_book(_movable(field, row[field.name]), book)
        if one is not None and vocabulary is not None:
            one = _within_horizon(one, vocabulary)
            because = "takes_too_long" if one is None else None
        if one is not None:
            movable.append(one)
        elif because is not None:
            held.append(Held(field=field.name, because=because))
    return movable, held


def _within_book(one: Movable, book: Book | None) -> Movable:
    """``one``, no further than anybody was seen."""
    if book is None or not book.speaks:
        return one
    if one.choices:
        seen = book.choices.get(one.field, frozenset())
        return msgspec.structs.replace(one, choices=tuple(choice for choice in one.choices if choice in seen))
    value = one.value
    assert isinstance(value, int | float)
    low, high = book.ranges.get(one.field, (value, value))
    return msgspec.structs.replace(one, low=max(one.low, min(low, value)), high=min(one.high, max(high, value)))


def _within_horizon(one: Movable, vocabulary: Vocabulary) -> Movable | None:
    """``one``, no further than a person gets within the horizon; None where it cannot move at all by then."""
    words, horizon = vocabulary.fact(one.field), vocabulary.method.horizon_days
    if words is None or not words.takes_days:
        return one
    if words.unit in {"years", "months"} and isinstance(one.value, int | float) and not one.choices:
        reach = horizon / words.takes_days
        low, high = max(one.low, one.value - reach), min(one.high, one.value + reach)
        if one.type is SqlType.INTEGER:
            low, high = math.ceil(low), math.floor(high)
        return None if low == high else msgspec.structs.replace(one, low=low, high=high)
    return None if words.takes_days > horizon else one


def _held_because(field: EventField, counted: frozenset[str], row: Row) -> HeldBecause | None:
    if is_protected(field.name):
        return "protected"
    if field.entity is not None:
        return "identifier"
    if field.changeable == "never":
        return "never"
    is_choice = field.type is SqlType.BOOLEAN or field.values is not None
    if field.type not in _NUMBERS and not (field.changeable is not None and is_choice):
        return "not_a_number"
    if field.name in counted:
        return "counted_by_feature"
    return "not_given" if row.get(field.name) is None else None


def _counted(event_type: EventType, columns: set[str], plan: FeaturePlan) -> frozenset[str]:
    """Fields of the event that move a feature among ``columns`` by the event's own being counted."""
    names = {field.name for field in event_type.fields}
    found: set[str] = set()
    for name in columns.intersection(plan.names):
        for base in plan.feature(name).operands:
            # A z-score's ``current`` is the event's own value, and belongs to no window.
            if event_type.name not in base.events or not (base.include_self or base.kind == "current"):
                continue
            found.update(names.intersection([base.field] if base.field else []))
            found.update(names.intersection(re.findall(r"\w+", base.where or "")))
    return frozenset(found)


def _movable(field: EventField, value: Value) -> Movable:
    if field.type not in _NUMBERS:
        every: tuple[Value, ...] = (False, True) if field.type is SqlType.BOOLEAN else field.values or ()
        others = tuple(one for one in every if one != value)
        return Movable(field=field.name, type=field.type, value=value, choices=others)
    assert isinstance(value, int | float)
    size = abs(float(value)) or 1.0
    low = value / REACH if value > 0 else value - size * (REACH - 1)
    high = value * REACH if value > 0 else value + size * (REACH - 1)
    low = max(low, -INTEGER_MAX if field.minimum is None else field.minimum)
    high = min(high, INTEGER_MAX if field.maximum is None else field.maximum)
    low = float(value) if field.changeable == "up" else min(low, float(value))
    high = float(value) if field.changeable == "down" else max(high, float(value))
    if field.type is SqlType.INTEGER:
        low, high = math.ceil(low), math.floor(high)
    return Movable(field=field.name, type=field.type, value=value, low=low, high=high)
