"""The nouns of observation: an event type declares what may arrive, an event is one fact that did."""

from __future__ import annotations

from typing import Literal

import msgspec

from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName, Pseudonym
from tandem.kernel.time import Micros
from tandem.kernel.values import Row, SqlType
from tandem.prove.privacy import DataClass

__all__ = ["Derivation", "Event", "EventField", "EventType"]


class Derivation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the value of a derived field is made when an event is read.

    Attributes:
        function: its name in the list of ``events.derived``.
        of: the fields that it is made of, all of which arrive.
        parameters: what the function was told, defaults filled in.
    """

    function: str
    of: tuple[str, ...]
    parameters: dict[str, int | str] = {}


class EventField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One field of an event type.

    Attributes:
        name: lower_snake, unique in the type.
        type: what values it takes.
        required: an event without it is refused.
        entity: the kind of entity the value identifies, if it does; its type is then TEXT and only its pseudonym
            leaves the reader.
        data_class: how the value is kept; see ``DataClass``.
        scale: digits after the point, for DECIMAL.
        values: the only values allowed, for TEXT, if given.
        minimum, maximum: inclusive bounds, for numbers, if given.
        description: one line for people.
        source, owner, purpose: for the inventory of data assets.
        changeable: which way the person it is about can move it (``up``, ``down``, ``either``, ``never``), for what would
            have changed a decision; left out, numbers may move either way. Protected attributes never do.
        derived: how the value is made, for a field that no document brings.
    """

    name: str
    type: SqlType
    required: bool = False
    entity: EntityKind | None = None
    data_class: DataClass = DataClass.C1
    scale: int = 0
    values: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    description: str = ""
    source: str = ""
    owner: str = ""
    purpose: str = ""
    changeable: Literal["up", "down", "either", "never"] | None = None
    derived: Derivation | None = None


class EventType(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The schema of an event.

    Attributes:
        name: lower_snake.
        fields: what every event of the type has, in declared order; those that are derived come last.
        subject: name of the entity field whose person or enterprise owns the personal values; they are sealed under
            its key. Required when any field is C2 or C3.
        description: one line for people.
    """

    name: EventTypeName
    fields: tuple[EventField, ...]
    subject: str | None = None
    description: str = ""

    @property
    def sent(self) -> tuple[EventField, ...]:
        """The fields that a document may bring."""
        return tuple(field for field in self.fields if field.derived is None)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One fact, validated and typed.

    Attributes:
        event_id: the caller's id; unique in the workspace; the idempotency key.
        event_type: name of its type.
        occurred_at: event time.
        received_at: processing time.
        values: every declared field; absent ones are None. An entity field holds the entity's *pseudonym*; no real
            identifier is in here, so a row may travel to features, policies and logs.
        entities: entity field name to pseudonym, for fields that are present.
        subject: pseudonym of the person or enterprise whose key seals the personal values.
        digest: HMAC-SHA256, keyed so that sealed values cannot be guessed from it, over type, id, time and the values
            as understood (two spellings of one instant are one value); the same digest under the same id is the same
            event.
        clear: what the journal keeps readable: C1 values and pseudonyms, canonical JSON.
        secret: what the journal seals: C2 and C3 values and real identifiers, canonical JSON; None if none. A type
            without a subject has nobody to seal for: of its entities only the pseudonyms are kept.
        supersedes: id of the event this one corrects.
        entity_kinds: entity field name to kind of entity, for every entity field of the type.
        erased: the personal values are gone, because their key was destroyed.
    """

    event_id: EventId
    event_type: EventTypeName
    occurred_at: Micros
    received_at: Micros
    values: Row
    entities: dict[str, Pseudonym]
    subject: Pseudonym | None
    digest: Digest
    clear: bytes
    secret: bytes | None
    supersedes: EventId | None = None
    entity_kinds: dict[str, EntityKind]
    erased: bool = False
