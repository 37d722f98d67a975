"""Which fields of an event name the entity of a feature set."""

from __future__ import annotations

from collections.abc import Mapping

from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.observe.events import EventField, EventType
from tandem.observe.features.definitions import FeatureSet

__all__ = ["event_field", "key_fields"]


def event_field(event_type: EventType, name: str, path: str) -> EventField:
    """The field ``name`` of ``event_type``.

    Raises:
        DefinitionError: there is none; names the near match.
    """
    for field in event_type.fields:
        if field.name == name:
            return field
    raise DefinitionError(
        f"Event type {event_type.name} has no such field.",
        code="unknown_field",
        field=path,
        value=name,
        hint=near_match(name, [field.name for field in event_type.fields]),
    )


def key_fields(
    one: FeatureSet, event_types: Mapping[EventTypeName, EventType]
) -> tuple[tuple[EventTypeName, tuple[str, ...]], ...]:
    """Per event type that names the set's entity (counted or only reading), the fields that do; sorted by type.

    Raises:
        DefinitionError: a counted type is unknown, names the entity not at all, or twice without ``keys`` saying which.
    """
    for event in (*one.events, *one.keys):
        if event not in event_types:
            raise DefinitionError(
                "Unknown event type.",
                code="unknown_event_type",
                field=f"{one.name}.events",
                value=event,
                hint=near_match(event, event_types),
            )
    named = {}
    for event in sorted(event_types):
        fields = _declared(one, event_types[event]) if event in one.keys else _found(one, event_types[event])
        if fields is not None:
            named[event] = fields
    return tuple(named.items())


def _declared(one: FeatureSet, event_type: EventType) -> tuple[str, ...]:
    path = f"{one.name}.keys.{event_type.name}"
    names = one.keys[event_type.name]
    if len(names) != len(one.entity):
        raise DefinitionError(
            "As many fields as entities are needed.",
            field=path,
            value=list(names),
            hint="in order: " + ", ".join(one.entity),
        )
    for name, kind in zip(names, one.entity, strict=True):
        if event_field(event_type, name, path).entity != kind:
            raise DefinitionError(f"The field does not name a {kind}.", field=path, value=name)
    return names


def _found(one: FeatureSet, event_type: EventType) -> tuple[str, ...] | None:
    fields = [_only_field(one, event_type, kind) for kind in one.entity]
    if any(name is None for name in fields):
        return None
    names = tuple(name for name in fields if name is not None)
    if len(set(names)) != len(names):
        if event_type.name not in one.events:
            return None
        raise DefinitionError(
            "A pair of one kind needs to be told apart.",
            field=f"{one.name}.keys.{event_type.name}",
            hint=f"keys: {{{event_type.name}: [payer, payee]}}",
        )
    return names


def _only_field(one: FeatureSet, event_type: EventType, kind: EntityKind) -> str | None:
    """The field naming ``kind``; None where a type that only reads has no single one."""
    names = [field.name for field in event_type.fields if field.entity == kind]
    if len(names) == 1:
        return names[0]
    if event_type.name not in one.events:
        return None
    known = sorted({field.entity for field in event_type.fields if field.entity is not None})
    if names:
        hint = f"say which: keys: {{{event_type.name}: [{names[0]}]}}"
        raise DefinitionError(
            f"Event type {event_type.name} names a {kind} more than once.",
            field=f"{one.name}.entity",
            value=kind,
            hint=hint,
        )
    raise DefinitionError(
        f"Event type {event_type.name} does not name a {kind}.",
        code="unknown_entity",
        field=f"{one.name}.entity",
        value=kind,
        hint=near_match(kind, known),
    )
