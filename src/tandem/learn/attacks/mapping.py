"""How a simulated event becomes an event of the workspace: by field name, with what was declared otherwise.

Whoever calls the event another name says so (``event_type``), and whose fields are called otherwise says which simulated
field fills them (``fields``). Optional fields that nothing fills stay empty; a required one is a fault that is named,
before anything is simulated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tandem.decide.decisions import LiveRelease
from tandem.kernel.errors import InvalidInput, NotFound, near_match
from tandem.kernel.identity import EventTypeName
from tandem.kernel.values import SqlType
from tandem.learn.attacks.definitions import AttackAsked
from tandem.learn.labels import OutcomeDefinition, outcome_for
from tandem.learn.simulator import Layout
from tandem.observe.events import EventField, EventType

__all__ = ["Mapped", "map_event"]

_CONSTANT = "="
_READS: Final[dict[SqlType, Callable[[str], Any]]] = {
    SqlType.INTEGER: int,
    SqlType.DOUBLE: float,
    SqlType.BOOLEAN: {"true": True, "false": False}.__getitem__,
}


class Mapped:
    """What the workspace calls the simulated event, and how its documents are filled.

    Attributes:
        event_type: decided on; outcome: how it turns out, None where the workspace does not say, or not
            by one field.
        unfilled: optional fields that nothing fills.
    """

    def __init__(self, event_type: EventType, layout: Layout, asked: AttackAsked, live: LiveRelease) -> None:
        self.event_type = event_type
        self.outcome = _fillable(outcome_for(live, event_type.name))
        self._filled = _fillers(event_type, layout, asked.fields)
        self.unfilled = tuple(one.name for one in event_type.sent if one.name not in self._filled)
        self._outcome_fields: tuple[str, ...] = ()
        if self.outcome is not None:
            tells = live.reader.event_types[EventTypeName(self.outcome.event)]
            own = {self.outcome.refers, self.outcome.bad}
            self._outcome_fields = tuple(
                one.name for one in tells.sent if one.name in self._filled and one.name not in own
            )
            for one in tells.sent:
                if one.required and one.name not in own and one.name not in self._filled:
                    raise _unfillable(tells.name, one, layout)

    @property
    def money(self) -> str | None:
        """The field of the event that holds what is at stake."""
        if self.outcome is not None and self.outcome.amount is not None:
            return self.outcome.amount
        return next((one.name for one in self.event_type.fields if one.name == "amount_minor"), None)

    def document(self, event_id: str, occurred_at: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """The event that the simulated ``row`` is here."""
        values = {name: fill(row) for name, fill in self._filled.items()}
        return {
            "event_id": event_id,
            "event_type": self.event_type.name,
            "occurred_at": occurred_at,
            "values": {name: value for name, value in values.items() if value is not None},
        }

    def outcome_document(
        self, event_id: str, occurred_at: str, values: Mapping[str, Any], *, bad: bool
    ) -> dict[str, Any]:
        """The event that tells how the event with those ``values`` turned out."""
        assert self.outcome is not None, "asked only where the workspace says what tells"
        told = {name: values[name] for name in self._outcome_fields if name in values}
        told[self.outcome.refers], told[self.outcome.bad] = event_id, bad
        return {
            "event_id": f"out-{event_id}",
            "event_type": self.outcome.event,
            "occurred_at": occurred_at,
            "values": told,
        }


def _fillable(found: OutcomeDefinition | None) -> OutcomeDefinition | None:
    """The outcome, if one field says it: which values make a condition true is not for a simulation to guess."""
    return found if found is not None and found.bad.isidentifier() else None


def map_event(live: LiveRelease, layout: Layout, asked: AttackAsked) -> Mapped:
    """How events of ``layout`` become events of ``live``.

    Raises:
        NotFound: the release has no such type of event.
        InvalidInput: a required field that nothing fills, or a mapping that names what is not there.
    """
    name = asked.event_type or layout.event_type
    found = live.reader.event_types.get(EventTypeName(name))
    if found is None:
        raise NotFound(
            "The release has no such type of event.",
            code="unknown_event_type",
            field="event_type",
            value=name,
            hint=near_match(name, live.reader.event_types) or "say with event_type which of yours it is",
        )
    return Mapped(found, layout, asked, live)


def _fillers(
    event_type: EventType, layout: Layout, declared: Mapping[str, str]
) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
    fields = {one.name: one for one in event_type.sent}
    for name in declared:
        if name not in fields:
            raise InvalidInput(
                f"{event_type.name} has no such field.",
                code="unknown_field",
                field=f"fields.{name}",
                value=name,
                hint=near_match(name, fields),
            )
    found: dict[str, Callable[[Mapping[str, Any]], Any]] = {}
    for name, field in fields.items():
        source = declared.get(name, name)
        if source.startswith(_CONSTANT):
            found[name] = _constant(source[1:], field)
        elif source in layout.fields:
            found[name] = _taken(source, field, layout)
        elif name in declared:
            raise InvalidInput(
                f"A simulated {layout.event_type} has no such field.",
                code="unknown_field",
                field=f"fields.{name}",
                value=source,
                hint=near_match(source, layout.fields) or "one of " + ", ".join(layout.fields),
            )
        elif field.required:
            raise _unfillable(event_type.name, field, layout)
    return found


def _taken(source: str, field: EventField, layout: Layout) -> Callable[[Mapping[str, Any]], Any]:
    numeric = source in layout.numbers
    if numeric and field.type is SqlType.TEXT:
        return lambda row: None if row[source] is None else str(row[source])
    fits = field.type in {SqlType.INTEGER, SqlType.DOUBLE} if numeric else field.type is SqlType.TEXT
    if not fits:
        raise InvalidInput(
            f"The simulated {source} does not fit a field of type {field.type.value}.",
            code="wrong_type",
            field=f"fields.{field.name}",
            value=source,
            hint=f"fill it with a constant, as in {field.name}: '=...'",
        )
    return lambda row: row[source]


def _constant(text: str, field: EventField) -> Callable[[Mapping[str, Any]], Any]:
    try:
        value = _READS.get(field.type, str)(text)
    except (ValueError, KeyError):
        raise InvalidInput(
            f"A {field.type.value} is needed.", code="wrong_type", field=f"fields.{field.name}", value=text
        ) from None
    return lambda _: value


def _unfillable(event_type: str, field: EventField, layout: Layout) -> InvalidInput:
    return InvalidInput(
        f"Nothing in a simulated {layout.event_type} fills the required field {field.name} of {event_type}.",
        code="field_not_filled",
        field=f"fields.{field.name}",
        value=field.name,
        hint=f"say what fills it, as in {field.name}: amount_minor, or {field.name}: '=some value'",
    )
