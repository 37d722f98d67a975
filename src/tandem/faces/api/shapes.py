"""The documents that travel over HTTP, as types: what a handler takes, what it answers, what OpenAPI says."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

__all__ = [
    "BATCH_MAX",
    "BatchAnswer",
    "BatchItem",
    "DecisionPage",
    "EventBatch",
    "EventDocument",
    "ListChange",
    "ListEntry",
    "Problem",
    "PushRequest",
    "ReleaseRequest",
    "ReplayRequest",
    "ReviewRequest",
    "RollBackRequest",
]

BATCH_MAX = 200
"""Events in one batch request."""

Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,62}$")]
DigestText = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Who = Annotated[str, Meta(min_length=1, max_length=255, description="name of the person, for the record")]
Note = Annotated[str, Meta(max_length=2_000)]


class EventDocument(msgspec.Struct, kw_only=True):
    """One event as a caller sends it; the fields of ``values`` are declared by its event type."""

    event_id: Annotated[str, Meta(min_length=1, max_length=255, description="your id; the idempotency key")]
    event_type: Annotated[str, Meta(description="name of a declared event type")]
    occurred_at: Annotated[str, Meta(description="event time, RFC 3339 with an offset")]
    values: dict[str, str | int | float | bool | None]
    supersedes: Annotated[str | None, Meta(max_length=255, description="id of the event this one corrects")] = None


class EventBatch(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Several events; each is judged on its own."""

    events: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=BATCH_MAX)]


class Problem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem document. ``code`` is stable; the words are for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    value: str | None = None
    hint: str | None = None
    at: str | None = None
    request_id: str | None = None
    errors: list[dict[str, Any]] | UnsetType = UNSET


class BatchItem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What became of one event of a batch: an answer or a problem."""

    status: int
    duplicate: bool = False
    answer: dict[str, Any] | msgspec.Raw | None = None
    problem: dict[str, Any] | None = None


class BatchAnswer(msgspec.Struct, kw_only=True):
    """One item for each event, in the order sent. ``accepted`` + ``refused`` is their number."""

    accepted: int
    refused: int
    items: list[BatchItem]


class DecisionPage(msgspec.Struct, kw_only=True):
    """Decisions, newest first; ``next_before`` continues, null at the end."""

    decisions: list[dict[str, Any]]
    next_before: str | None = None


class ReplayRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An empty object: a replay needs nothing but the decision."""


class ListEntry(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One identifier to put on a list."""

    identifier: Annotated[str, Meta(min_length=1, max_length=255)]
    reason: Annotated[str, Meta(max_length=500)] = ""
    source: Annotated[str, Meta(max_length=255)] = ""
    expires_at: Annotated[str | None, Meta(description="RFC 3339; null is for ever")] = None


class ListChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Entries to add to and identifiers to take off a list, in one durable step."""

    by: Who
    add: Annotated[list[ListEntry], Meta(max_length=2_000)] = []
    remove: Annotated[list[Annotated[str, Meta(min_length=1, max_length=255)]], Meta(max_length=2_000)] = []


class PushRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """New drafts."""

    author: Who
    artefacts: Annotated[list[ArtefactDocument], Meta(min_length=1, max_length=500)]
    note: Note = ""


class ArtefactDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One definition."""

    kind: Name
    name: Name
    body: dict[str, Any]


class ReviewRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The approval of versions."""

    approver: Who
    digests: Annotated[list[DigestText], Meta(min_length=1, max_length=500)]
    note: Note = ""


class ReleaseRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Versions that go live together, on top of what is live unless ``replace_all``."""

    by: Who
    digests: Annotated[list[DigestText], Meta(max_length=2_000)]
    remove: Annotated[list[str], Meta(max_length=2_000)] = []
    replace_all: bool = False
    note: Note = ""


class RollBackRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The return to an earlier release; to the one before when ``to`` is null."""

    by: Who
    to: DigestText | None = None
    note: Note = ""


Outcome = Literal["approve", "review", "decline"]
