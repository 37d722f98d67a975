"""What is known of one entity: its portrait, its timeline, its features as of any moment."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, OutcomeText

__all__ = [
    "EntityFeatures",
    "EntityKindPage",
    "EntityKindSummary",
    "EntityName",
    "EntityPortrait",
    "EntityTimeline",
    "FeatureWords",
    "PortraitFact",
    "PortraitLink",
    "PortraitList",
    "RiskPoint",
    "TimelineDecision",
    "TimelineItem",
]

FactText = bool | int | float | str | None
Member = Annotated[str, Meta(description="pseudonym")]


class EntityFeatures(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What is known of one entity at a moment, by feature; null where nothing is known.

    ``replayed``: folded from its own events, as of ``at``, with what was known up to place ``known_to`` of the journal;
    else read from the online state.
    """

    kind: str
    at: Instant
    release: str
    features: dict[str, Any]
    replayed: bool = False
    events: int | None = None
    known_to: int | None = None


class EntityKindSummary(msgspec.Struct, kw_only=True):
    """A kind of entity, and the event types that name one."""

    kind: str
    event_types: list[str]


class EntityKindPage(msgspec.Struct, kw_only=True):
    """Every kind of entity that events of the live release name."""

    kinds: list[EntityKindSummary]


class PortraitFact(msgspec.Struct, kw_only=True):
    """The last value that an event gave, and which event that was."""

    field: str
    value: FactText
    type: str
    description: str
    data_class: Literal["C1", "C2", "C3"]
    source: str
    purpose: str
    event_type: str
    event_id: str
    seq: int
    at: Instant


class PortraitLink(msgspec.Struct, kw_only=True):
    """Another entity that stood in the same events."""

    kind: str
    member: Member
    count: int
    first_at: Instant
    last_at: Instant
    via: list[str]


class PortraitList(msgspec.Struct, kw_only=True):
    """A list the entity is on, and why."""

    name: str
    kind: str
    reason: str
    source: str
    added_at: Instant
    added_by: str
    expires_at: Instant | None


class RiskPoint(msgspec.Struct, kw_only=True):
    """What a model said when a decision was taken."""

    at: Instant
    seq: int
    model: str
    probability: float
    points: float | None
    outcome: OutcomeText
    decision_id: str


class FeatureWords(msgspec.Struct, kw_only=True):
    """What a feature means, in one sentence."""

    en: str
    zh: str


class EntityPortrait(msgspec.Struct, kw_only=True):
    """Everything known of one entity, as of place ``known_to`` of the journal.

    ``facts_withheld``: personal fields that whoever asks may not read. ``outcomes`` and ``risk`` are of the newest two
    hundred events.
    """

    kind: str
    member: Member
    as_of: Instant
    known_to: int
    release: DigestText
    events: int
    first_at: Instant | None
    last_at: Instant | None
    event_types: dict[str, int]
    personal: bool
    facts: list[PortraitFact]
    facts_withheld: int
    erased: bool
    links: list[PortraitLink]
    links_left_out: int
    lists: list[PortraitList]
    outcomes: dict[str, int]
    risk: list[RiskPoint]
    feature_words: dict[str, FeatureWords]


class EntityName(msgspec.Struct, kw_only=True):
    """An entity of an event."""

    field: str
    kind: str
    member: Member


class TimelineDecision(msgspec.Struct, kw_only=True):
    """What was decided on an event."""

    decision_id: str
    outcome: OutcomeText
    policy: str
    reasons: list[str]
    scores: dict[str, float]


class TimelineItem(msgspec.Struct, kw_only=True):
    """An event that named the entity; personal values only for those who may read them."""

    seq: int
    at: Instant
    recorded_at: Instant
    event_id: str
    event_type: str
    supersedes: str | None
    values: dict[str, Any]
    entities: list[EntityName]
    decision: TimelineDecision | None
    erased: bool


class EntityTimeline(msgspec.Struct, kw_only=True):
    """A page of a timeline, what happened last first; ``next_before`` continues, null at the end."""

    kind: str
    member: Member
    events: int
    items: list[TimelineItem]
    next_before: str | None
