"""What travels, typed. A field that a newer server adds is left out, so that it breaks nobody."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

import msgspec

from tandem_sdk._errors import Problem

__all__ = [
    "BatchItem",
    "Decision",
    "DecisionRecord",
    "Delivery",
    "Event",
    "Explanation",
    "Features",
    "ListChanged",
    "ListEntry",
    "ListSummary",
    "Outcome",
    "Reason",
    "Recorded",
    "Replay",
    "Score",
    "ServerStatus",
    "Trail",
    "Value",
    "Webhook",
    "WebhookWithSecret",
]

Outcome: TypeAlias = Literal["approve", "review", "decline"]
Value: TypeAlias = str | int | float | bool | None


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that happened, as you send it.

    Attributes:
        event_type: name of a declared event type, whose fields ``values`` holds.
        event_id: the idempotency key. Give your own (an application number), or keep the event and send the same one
            again: an id is made up once, when the event is made.
        occurred_at: an instant with a time zone; now, if left out.
        supersedes: id of the event that this one corrects.
    """

    event_type: str
    values: dict[str, Value]
    event_id: str = msgspec.field(default_factory=lambda: f"evt_{uuid.uuid4().hex}")
    occurred_at: datetime = msgspec.field(default_factory=lambda: datetime.now(UTC))
    supersedes: str | None = None

    def __post_init__(self) -> None:
        if self.occurred_at.tzinfo is None:
            raise ValueError("occurred_at needs a time zone")

    def document(self) -> dict[str, Any]:
        """The event as JSON-like values."""
        document: dict[str, Any] = {
            "event_id": self.event_id,
            "event_type": self.event_type,
            "occurred_at": self.occurred_at.isoformat(),
            "values": self.values,
        }
        if self.supersedes is not None:
            document["supersedes"] = self.supersedes
        return document


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why, in words safe to show a customer."""

    code: str
    en: str = ""
    zh: str = ""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What a model said: probability of the adverse outcome, log-odds, points if it gives any."""

    probability: float
    margin: float
    points: float | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """A durable decision.

    Attributes:
        limit_minor: in minor units of the workspace's currency.
        duplicate: the same event had been answered before; the answer is the same.
    """

    decision_id: str
    event_id: str
    outcome: Outcome
    reasons: tuple[Reason, ...]
    actions: tuple[str, ...]
    scores: dict[str, Score]
    policy: str
    release: str
    decided_at: datetime
    limit_minor: int | None = None
    price: dict[str, Any] = {}
    duplicate: bool = False


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """The event is on record."""

    event_id: str
    duplicate: bool = False


class BatchItem(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one event of a batch: an answer or a problem."""

    event_id: str
    answer: Decision | Recorded | None = None
    problem: Problem | None = None

    def unwrap(self) -> Decision | Recorded:
        """The answer.

        Raises:
            Problem: there is none.
        """
        if self.problem is not None:
            raise self.problem
        assert self.answer is not None
        return self.answer


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept beside a decision; entities by pseudonym."""

    event_type: str
    event_seq: int
    path: tuple[str, ...]
    fired: tuple[str, ...]
    missing: tuple[str, ...]
    entities: dict[str, str]


class DecisionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as it stands in the journal at place ``seq``."""

    seq: int
    recorded_at: datetime
    answer: Decision
    trail: Trail


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Everything there is to say about one decision; ``agrees``: the recorded inputs lead to it again."""

    decision_id: str
    seq: int
    answer: Decision
    trail: Trail
    inputs: dict[str, Any] = {}
    members: dict[str, list[str]] = {}
    trace: dict[str, Any] = {}
    agrees: bool | None = None
    erased: bool = False


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """What taking a decision again from its record came to."""

    decision_id: str
    same: bool
    erased: bool
    differences: list[dict[str, Any]] = []


class Features(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one entity at a moment; None where nothing is."""

    kind: str
    at: datetime
    features: dict[str, Any]


class ListSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A list of the live release."""

    name: str
    kind: Literal["block", "watch", "allow"]
    entity: str
    description: str
    entries: int


class ListEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry; its member by pseudonym."""

    member: str
    reason: str
    source: str
    added_at: datetime
    added_by: str
    expires_at: datetime | None
    in_force: bool


class ListChanged(msgspec.Struct, frozen=True, kw_only=True):
    """What a change did; durable, and in force for the next event."""

    list: str
    list_version: int
    added: int
    renewed: int
    removed: int
    absent: int
    duplicate: bool


class ServerStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What the server runs, and what it has done since it started."""

    workspace: str
    version: str
    release: str | None
    journal_seq: int
    decided: dict[str, int] = {}


class Webhook(msgspec.Struct, frozen=True, kw_only=True):
    """A receiver and how it does."""

    id: str
    url: str
    kinds: tuple[str, ...]
    state: str
    owner: str
    waiting: int
    delivered: int
    dead: int
    outcomes: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()
    description: str = ""


class WebhookWithSecret(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook and its secret, which the server shows this once."""

    webhook: Webhook
    secret: str


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A message to a receiver, and what became of it."""

    id: str
    kind: str
    state: str
    attempts: int
    status: int | None = None
    error: str | None = None
    took_ms: float | None = None
