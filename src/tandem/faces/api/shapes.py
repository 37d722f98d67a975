"""The documents that travel over HTTP, as types: what a handler takes, what it answers, what OpenAPI says."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

__all__ = [
    "BATCH_MAX",
    "PAGE_MAX",
    "ArtefactDocument",
    "ArtefactPage",
    "ArtefactSummary",
    "BatchAnswer",
    "BatchItem",
    "DecisionAnswer",
    "DecisionPage",
    "DecisionRecord",
    "DecisionTrail",
    "EntityFeatures",
    "EventBatch",
    "EventDocument",
    "EventRecorded",
    "Explanation",
    "Fault",
    "FullArtefact",
    "Health",
    "ListChangeDocument",
    "ListChanged",
    "ListEntryDocument",
    "ListEntryPage",
    "ListEntrySummary",
    "ListMember",
    "ListPage",
    "ListSummary",
    "MetricPage",
    "MetricSummary",
    "ModelScore",
    "Problem",
    "PushRequest",
    "Pushed",
    "Reason",
    "ReleasePage",
    "ReleaseRequest",
    "ReleaseSummary",
    "Released",
    "ReplayDifference",
    "ReplayRequest",
    "Replayed",
    "ReviewRequest",
    "RollBackRequest",
    "Status",
]

BATCH_MAX = 200
"""Events in one batch request."""
PAGE_MAX = 200
"""Items in one page of a listing."""

Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,79}$")]
DigestText = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the content")]
Instant = Annotated[str, Meta(description="RFC 3339, UTC")]
Who = Annotated[str, Meta(min_length=1, max_length=255, description="name of the person, for the record")]
Note = Annotated[str, Meta(max_length=2_000)]
Line = Annotated[str, Meta(min_length=1, max_length=500)]
OutcomeText = Literal["approve", "review", "decline"]


class EventDocument(msgspec.Struct, kw_only=True):
    """One event as a caller sends it; the fields of ``values`` are declared by its event type."""

    event_id: Annotated[str, Meta(min_length=1, max_length=255, description="your id; the idempotency key")]
    event_type: Annotated[str, Meta(description="name of a declared event type")]
    occurred_at: Annotated[str, Meta(description="event time, RFC 3339 with an offset")]
    values: dict[str, str | int | float | bool | None]
    supersedes: Annotated[str, Meta(max_length=255, description="id of the event this one corrects")] | None = None


class EventBatch(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Several events; each is judged on its own."""

    events: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=BATCH_MAX)]


class EventRecorded(msgspec.Struct, kw_only=True):
    """The event is on record."""

    event_id: str
    status: Literal["recorded"]


class Reason(msgspec.Struct, kw_only=True):
    """Why, in words safe to show a customer."""

    code: str
    en: str = ""
    zh: str = ""


class ModelScore(msgspec.Struct, kw_only=True):
    """What a model said: probability of the adverse outcome, log-odds before calibration, points if it gives any."""

    probability: float
    margin: float
    points: float | None


class DecisionAnswer(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A durable decision. For the same event always the same bytes.

    ``limit_minor`` is in minor units of the workspace's currency; ``price`` is part to value.
    """

    decision_id: str
    event_id: str
    outcome: OutcomeText
    reasons: list[Reason]
    actions: list[str]
    scores: dict[str, ModelScore]
    policy: str
    release: DigestText
    decided_at: Instant
    limit_minor: int | None = None
    price: dict[str, Any] = {}


class Fault(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One fault of a document that was read whole."""

    code: str
    detail: str
    field: str | None = None
    value: str | None = None
    hint: str | None = None


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
    errors: list[Fault] = []


# The encoder puts in the bytes of either as they were answered, so it is declared here and not by a union of structs.
_EITHER_ANSWER: Final = {
    "anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("DecisionAnswer", "EventRecorded")]
}


class BatchItem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What became of one event of a batch: an answer or a problem."""

    status: int
    duplicate: bool = False
    answer: Annotated[dict[str, Any], Meta(extra_json_schema=_EITHER_ANSWER)] | None = None
    problem: Problem | None = None


class BatchAnswer(msgspec.Struct, kw_only=True):
    """One item for each event, in the order sent. ``accepted`` + ``refused`` is their number."""

    accepted: int
    refused: int
    items: list[BatchItem]


class DecisionTrail(msgspec.Struct, kw_only=True):
    """What is kept beside an answer; nothing personal in it. Times in microseconds, entities by pseudonym."""

    decision_id: str
    event_id: str
    event_type: str
    event_seq: int
    occurred_at: int
    policy: str
    policy_digest: DigestText
    plan_digest: DigestText
    release: DigestText
    outcome: OutcomeText
    reasons: list[str]
    path: list[str]
    fired: list[str]
    scores: dict[str, ModelScore]
    missing: list[str]
    entities: dict[str, str]
    timings_us: dict[str, float]


class DecisionRecord(msgspec.Struct, kw_only=True):
    """A decision as it stands in the journal at place ``seq``."""

    seq: int
    recorded_at: Instant
    answer: DecisionAnswer
    trail: DecisionTrail


class DecisionPage(msgspec.Struct, kw_only=True):
    """Decisions, newest first; ``next_before`` continues, null at the end."""

    decisions: list[DecisionRecord]
    next_before: int | None = None


class Explanation(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Everything there is to say about one decision.

    ``trace`` is computed anew by the interpreter from the recorded inputs; ``agrees`` says whether it comes to the
    recorded outcome. A decision whose person was erased has ``erased`` and neither inputs nor trace.
    """

    decision_id: str
    recorded_at: Instant
    seq: int
    answer: DecisionAnswer
    trail: DecisionTrail
    inputs: dict[str, Any] = {}
    members: dict[str, list[str]] = {}
    trace: dict[str, Any] = {}
    agrees: bool | None = None
    erased: bool = False


class ReplayRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An empty object: a replay needs nothing but the decision."""


class ReplayDifference(msgspec.Struct, kw_only=True):
    """One thing that came out otherwise."""

    what: str
    then: Any
    now: Any


class Replayed(msgspec.Struct, kw_only=True):
    """What a replay found. ``erased``: the inputs are gone with their person."""

    decision_id: str
    same: bool
    erased: bool
    differences: list[ReplayDifference]


class ListMember(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A member by its real ``identifier`` (only the pseudonym is kept) or by ``member``, the pseudonym."""

    identifier: Annotated[str, Meta(min_length=1, max_length=255)] | None = None
    member: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")] | None = None


class ListEntryDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An entry to add."""

    reason: Line
    source: Line
    identifier: Annotated[str, Meta(min_length=1, max_length=255)] | None = None
    member: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")] | None = None
    expires_at: Instant | None = None
    expires_after: Annotated[str, Meta(description="such as 30d")] | None = None


class ListChangeDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Members to add to and take off a list, at once or not at all. The same ``change_id`` again changes nothing."""

    change_id: Annotated[str, Meta(min_length=1, max_length=255, description="your id; the idempotency key")]
    by: Who
    add: Annotated[list[ListEntryDocument], Meta(max_length=2_000)] = []
    remove: Annotated[list[ListMember], Meta(max_length=2_000)] = []


class ListChanged(msgspec.Struct, kw_only=True):
    """What a change did; durable, and in force for the next event."""

    list: str
    version: int
    list_version: int
    added: int
    renewed: int
    removed: int
    absent: int
    duplicate: bool


class ListSummary(msgspec.Struct, kw_only=True):
    """A list of the live release."""

    name: str
    kind: Literal["block", "watch", "allow"]
    entity: str
    description: str
    entries: int
    version: int


class ListPage(msgspec.Struct, kw_only=True):
    """All lists of the live release."""

    lists: list[ListSummary]


class ListEntrySummary(msgspec.Struct, kw_only=True):
    """An entry; its member by pseudonym."""

    member: str
    reason: str
    source: str
    added_at: Instant
    added_by: str
    expires_at: Instant | None
    in_force: bool


class ListEntryPage(msgspec.Struct, kw_only=True):
    """Entries in the order they were added; ``next_after`` continues, null at the end."""

    entries: list[ListEntrySummary]
    next_after: int | None


class EntityFeatures(msgspec.Struct, kw_only=True):
    """What is known of one entity at a moment, by feature; null where nothing is known."""

    kind: str
    at: Instant
    release: str
    features: dict[str, Any]


class ArtefactDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One definition."""

    kind: Name
    name: Name
    body: dict[str, Any]


class PushRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """New drafts."""

    author: Who
    artefacts: Annotated[list[ArtefactDocument], Meta(min_length=1, max_length=500)]
    note: Note = ""


class ArtefactSummary(msgspec.Struct, kw_only=True):
    """One version of a definition."""

    kind: str
    name: str
    digest: DigestText
    state: Literal["draft", "reviewed", "live", "retired"]
    author: str
    pushed_at: Instant
    approvers: list[str]


class ArtefactPage(msgspec.Struct, kw_only=True):
    """The newest version of every definition, or every version of one."""

    artefacts: list[ArtefactSummary]


class FullArtefact(ArtefactSummary, kw_only=True):
    """A version with its content."""

    body: dict[str, Any]


class Pushed(msgspec.Struct, kw_only=True):
    """What was new among the definitions pushed."""

    artefacts: list[ArtefactSummary]


class ReviewRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The approval of versions."""

    approver: Who
    digests: Annotated[list[DigestText], Meta(min_length=1, max_length=500)]
    note: Note = ""


class ReleaseRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Versions that go live together, on top of what is live unless ``replace_all``."""

    by: Who
    digests: Annotated[list[DigestText], Meta(max_length=2_000)] = []
    remove: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=2_000)] = []
    replace_all: bool = False
    note: Note = ""


class RollBackRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The return to an earlier release; to the one before when ``to`` is null."""

    by: Who
    to: DigestText | None = None
    note: Note = ""


class Released(msgspec.Struct, kw_only=True):
    """The release in force now."""

    release: DigestText


class ReleaseSummary(msgspec.Struct, kw_only=True):
    """One time a release went live."""

    release: DigestText
    live: bool
    activated_at: Instant
    activated_by: str
    note: str
    manifest: dict[str, str]


class ReleasePage(msgspec.Struct, kw_only=True):
    """Every activation, newest first; roll-backs included."""

    releases: list[ReleaseSummary]


class MetricSummary(msgspec.Struct, kw_only=True):
    """A metric of the metric centre with its present value; null where there is no data."""

    name: str
    title: dict[str, str]
    description: dict[str, str]
    unit: str
    owner: str
    sql: str
    digest: DigestText
    value: float | int | None
    as_of: Instant | None


class MetricPage(msgspec.Struct, kw_only=True):
    """All metrics."""

    metrics: list[MetricSummary]


class Health(msgspec.Struct, kw_only=True):
    """How the server is."""

    status: Literal["live", "ready"]


class Status(msgspec.Struct, kw_only=True):
    """What this server has done since it started, and what it runs."""

    workspace: str
    version: str
    release: str | None
    journal_seq: int
    started_at: Instant
    decided: dict[str, int]
    latency_us: dict[str, float | None]
    in_flight: int
    notices: list[dict[str, str]]
