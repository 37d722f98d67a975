"""What the event behind a case says, as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros, days_to_date, format_instant
from tandem.kernel.values import SqlType
from tandem.observe.events import EventField, EventType

__all__ = ["Fact", "facts_of"]


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One field of an event.

    Attributes:
        value: as sent; instants and dates as text; None where it was erased.
        kind, entity: of a field that names an entity: its kind and pseudonym.
        description: what the event type says of it.
    """

    name: str
    value: Any
    kind: str | None = None
    entity: Pseudonym | None = None
    description: str = ""


def facts_of(values: Mapping[str, Any], entities: Mapping[str, Pseudonym], event_type: EventType | None) -> list[Fact]:
    """The fields that are present, in the order of the event type; what was dropped from it since comes last."""
    fields = {} if event_type is None else {field.name: field for field in event_type.fields}
    names = [name for name in fields if name in values or name in entities]
    names += sorted(name for name in {**values, **entities} if name not in fields)
    return [_fact(name, values.get(name), entities.get(name), fields.get(name)) for name in names]


def _fact(name: str, value: Any, entity: Pseudonym | None, field: EventField | None) -> Fact:
    if field is None:
        return Fact(name=name, value=value, entity=entity)
    if isinstance(value, int) and field.type is SqlType.TIMESTAMP:
        value = format_instant(Micros(value))
    elif isinstance(value, int) and field.type is SqlType.DATE:
        value = days_to_date(value).isoformat()
    return Fact(name=name, value=value, kind=field.entity, entity=entity, description=field.description)
