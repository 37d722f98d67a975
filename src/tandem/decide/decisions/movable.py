"""Which facts of an event a person could have brought about otherwise, and how far.

A feature is history and does not move. A field moves if its definition says so (``changeable``), and a number that says
nothing moves either way; what the law protects never moves, whatever a definition says. A field that a feature in use
counts is held still too: with it the feature would have been another, and facts that contradict each other prove nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.kernel.values import INTEGER_MAX, Row, SqlType, Value
from tandem.observe.events import EventField, EventType
from tandem.observe.features import FeaturePlan

__all__ = ["REACH", "Held", "Movable", "is_protected", "movable_fields"]

REACH: Final = 4.0
"""A number moves up to this many times itself, or down to this part of it: beyond, it would be another application."""

HeldBecause: TypeAlias = Literal["protected", "never", "identifier", "not_a_number", "counted_by_feature", "not_given"]

_NUMBERS: Final = frozenset({SqlType.INTEGER, SqlType.DOUBLE})
_PROTECTED: Final = frozenset({
    "age", "birth", "birthday", "birthdate", "born", "children", "citizenship", "colour", "color", "dependants",
    "dependents", "disability", "disabled", "ethnic", "ethnicity", "family", "gender", "health", "language", "marital",
    "married", "nationality", "origin", "politics", "pregnancy", "pregnant", "race", "religion", "sex", "union",
})  # fmt: skip


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


def is_protected(name: str) -> bool:
    """Whether a field of that name holds what the law protects, by the words its name is made of."""
    return not _PROTECTED.isdisjoint(re.split(r"[^a-z]+", name.lower()))


def movable_fields(
    event_type: EventType, columns: Iterable[str], plan: FeaturePlan, row: Row
) -> tuple[list[Movable], list[Held]]:
    """Which of the ``columns`` that a policy looks at may move, and which may not.

    Args:
        event_type: of the event decided on.
        columns: of the policy.
        plan: the features behind the others.
        row: the facts as they were.
    """
    looked_at = set(columns)
    counted = _counted(event_type, looked_at, plan)
    movable: list[Movable] = []
    held: list[Held] = []
    for field in event_type.fields:
        if field.name not in looked_at:
            continue
        because = _held_because(field, counted, row)
        if because is None:
            movable.append(_movable(field, row[field.name]))
        else:
            held.append(Held(field=field.name, because=because))
    return movable, held


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
