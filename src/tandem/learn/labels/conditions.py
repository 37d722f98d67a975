"""The conditions of a label, parsed and typed against the event types they are about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.expressions import Expression, compile_row
from tandem.kernel.values import Row, SqlType
from tandem.learn.labels.definitions import OutcomeDefinition
from tandem.observe.events import EventType
from tandem.observe.features import parse_filter
from tandem.observe.lake import kept_fields

__all__ = ["LabelConditions", "Telling", "conditions_of"]

OCCURRED_AT = "occurred_at"


@dataclass(frozen=True)
class Telling:
    """How one type of event tells what became of a decided one.

    Attributes:
        event_type: that tells.
        refers: its field with the id of the decided event.
        bad: true where it went badly, unknown where the event tells nothing.
    """

    event_type: EventType
    refers: str
    bad: Expression

    @cached_property
    def _read(self) -> Any:
        return compile_row([self.bad])

    def of(self, values: Row, occurred_at: int) -> tuple[str, bool] | None:
        """The id of the decided event and whether it went badly; None where this event tells nothing."""
        refers = values.get(self.refers)
        if not isinstance(refers, str):
            return None
        (bad,) = self._read({OCCURRED_AT: occurred_at, **values}, {})
        return (refers, bad) if isinstance(bad, bool) else None


@dataclass(frozen=True)
class LabelConditions:
    """A definition that holds together with event types.

    Attributes:
        decided: the type of event that is decided.
        telling: what tells; ``early`` what tells before.
        exclude: condition and reason, in the order of the definition.
    """

    definition: OutcomeDefinition
    decided: EventType
    telling: Telling
    early: Telling | None
    exclude: tuple[tuple[Expression, str], ...]

    def excluded(self, values: Row, occurred_at: int) -> str | None:
        """Why a decided event with these values is never labelled: the first exclusion that is true of it, if any."""
        if not self.exclude:
            return None
        found = self._excluding({OCCURRED_AT: occurred_at, **values}, {})
        return next((reason for hit, (_, reason) in zip(found, self.exclude, strict=True) if hit is True), None)

    @cached_property
    def _excluding(self) -> Any:
        return compile_row([condition for condition, _ in self.exclude])


def conditions_of(definition: OutcomeDefinition, types: Mapping[str, EventType]) -> LabelConditions:
    """The definition held against event ``types``, by name.

    Raises:
        DefinitionError: it names what is not there, or not of the type that is needed.
    """
    decided = _type_of(definition.decided, types, "of" if definition.of else "name")
    telling = _telling(definition.event, definition.refers, definition.bad, types, "")
    if definition.amount is not None:
        _field(decided, definition.amount, SqlType.INTEGER, "amount")
    early = None
    if definition.provisional is not None:
        sign = definition.provisional
        names = (sign.event or definition.event, sign.refers or definition.refers)
        early = _telling(*names, sign.bad, types, "provisional.")
    exclude = tuple(
        (_condition(one.when, decided, f"exclude.{place}.when"), one.reason)
        for place, one in enumerate(definition.exclude)
    )
    return LabelConditions(definition, decided, telling, early, exclude)


def _telling(event: str, refers: str, bad: str, types: Mapping[str, EventType], path: str) -> Telling:
    tells = _type_of(event, types, f"{path}event")
    _field(tells, refers, SqlType.TEXT, f"{path}refers")
    if bad.isidentifier():  # one field, so whatever is wrong with it is told as of a field
        _field(tells, bad, SqlType.BOOLEAN, f"{path}bad")
    return Telling(tells, refers, _condition(bad, tells, f"{path}bad"))


def _condition(text: str, event_type: EventType, field: str) -> Expression:
    found = parse_filter(text, event_type, field)
    kept = {OCCURRED_AT, *kept_fields(event_type)}
    for name in found.columns:
        if name not in kept:
            raise DefinitionError(
                "Credentials (C3) are not kept, so a label cannot be read from them.", code="not_kept", field=field,
                value=name, hint="use another field, or give this one another data class",
            )  # fmt: skip
    return found


def _type_of(name: str, types: Mapping[str, EventType], field: str) -> EventType:
    if name not in types:
        raise DefinitionError(
            "There is no such event type.", code="unknown_event_type", field=field, value=name,
            hint=near_match(name, types),
        )  # fmt: skip
    return types[name]


def _field(event_type: EventType, name: str, kind: SqlType, field: str) -> None:
    fields = {one.name: one for one in event_type.fields}
    if name not in fields:
        raise DefinitionError(
            f"{event_type.name} has no such field.", code="unknown_field", field=field, value=name,
            hint=near_match(name, fields),
        )  # fmt: skip
    if fields[name].type is not kind:
        raise DefinitionError(f"A field of type {kind.value} is needed.", code="wrong_type", field=field, value=name)
