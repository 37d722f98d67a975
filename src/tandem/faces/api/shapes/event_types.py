"""What may arrive: event types with their fields, who reads each of them, and an example to send."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from tandem.faces.api.shapes.vocabulary import DigestText, Instant

__all__ = [
    "EventFieldDerivation",
    "EventFieldDetail",
    "EventTypeDetail",
    "EventTypePage",
    "EventTypeSummary",
    "EventTypeVersion",
]

State = Literal["draft", "declined", "reviewed", "live", "retired"]


class EventTypeSummary(msgspec.Struct, kw_only=True):
    """The live version of an event type, or the newest where none is live.

    Attributes:
        subject: the field of the person or enterprise under whose key personal values are sealed.
        fields, personal_fields: how many it has. entities: the kinds that its fields identify.
        policies: those that decide on it; without one its events are recorded and learned from.
        features: how many read it.
        waiting: the newest version, where that is another one and may still go live.
        recorded: events in the lake, corrections included. last_at: when the latest of them happened. Both null where
            there is no lake.
    """

    name: str
    description: str
    digest: DigestText
    state: State
    subject: str | None
    fields: int
    personal_fields: int
    entities: list[str]
    policies: list[str]
    features: int
    versions: int
    author: str
    pushed_at: Instant
    waiting: DigestText | None
    recorded: int | None
    last_at: Instant | None


class EventTypePage(msgspec.Struct, kw_only=True):
    """Every event type, by name."""

    event_types: list[EventTypeSummary]


class EventFieldDerivation(msgspec.Struct, kw_only=True):
    """How a field is made when an event is read: by a function, of other fields, and what the function was told."""

    function: str
    of: list[str]
    parameters: dict[str, int | str]


class EventFieldDetail(msgspec.Struct, kw_only=True):
    """One field as it is declared; ``policies`` and ``features`` read it; one that is ``derived`` is not sent."""

    name: str
    type: str
    required: bool
    entity: str | None
    data_class: Literal["C1", "C2", "C3"]
    scale: int
    values: list[str] | None
    minimum: float | None
    maximum: float | None
    description: str
    source: str
    owner: str
    purpose: str
    changeable: Literal["up", "down", "either", "never"] | None
    derived: EventFieldDerivation | None
    policies: list[str]
    features: list[str]


class EventTypeVersion(msgspec.Struct, kw_only=True):
    """One version, and who put their name to it."""

    digest: DigestText
    state: State
    author: str
    pushed_at: Instant
    note: str
    approvers: list[str]


class EventTypeDetail(EventTypeSummary, kw_only=True):
    """A version in full.

    Attributes:
        body: the definition as it is written, to go on from.
        example: a document that it takes, made up.
        history: every version, newest first.
    """

    field_details: list[EventFieldDetail]
    body: dict[str, Any]
    example: dict[str, Any]
    history: list[EventTypeVersion]
