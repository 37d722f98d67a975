"""Decisions: answered, listed, explained, taken again."""

from __future__ import annotations

from typing import Any

import msgspec

from tandem.decide.connectors import Asked
from tandem.decide.decisions import Told
from tandem.decide.experiments import Assigned
from tandem.faces.api.shapes.vocabulary import DigestText, Instant, OutcomeText

__all__ = [
    "DecisionAnswer",
    "DecisionPage",
    "DecisionRecord",
    "DecisionRow",
    "DecisionTrail",
    "Explanation",
    "ModelScore",
    "Reason",
    "ReplayDifference",
    "ReplayRequest",
    "Replayed",
]


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


class DecisionTrail(msgspec.Struct, kw_only=True, omit_defaults=True):
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
    asked: list[Asked] = []
    arms: list[Assigned] = []


class DecisionRecord(msgspec.Struct, kw_only=True):
    """A decision as it stands in the journal at place ``seq``."""

    seq: int
    recorded_at: Instant
    answer: DecisionAnswer
    trail: DecisionTrail


class DecisionRow(msgspec.Struct, kw_only=True):
    """A decision in the short form that tables show.

    Attributes:
        reasons: codes; their words stand once on the page.
        score: probability of the adverse outcome, by the model that said it first.
        missing: facts that the policy asked for and did not find.
        entities: by field, as pseudonyms.
    """

    seq: int
    recorded_at: Instant
    decision_id: str
    event_id: str
    event_type: str
    outcome: OutcomeText
    policy: str
    release: DigestText
    reasons: list[str]
    score: float | None
    missing: int
    took_us: float
    entities: dict[str, str]


class DecisionPage(msgspec.Struct, kw_only=True):
    """Decisions, newest first; ``next_before`` continues, null at the end.

    With ``form=short`` they stand in ``rows``, with the words of their reasons in ``reasons``, else in ``decisions``. A page
    may be shorter than asked for where it would be longer than a megabyte.
    """

    decisions: list[DecisionRecord]
    rows: list[DecisionRow]
    reasons: list[Reason]
    next_before: int | None = None


class Explanation(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Everything there is to say about one decision.

    ``trace`` is computed anew by the interpreter from the recorded inputs; ``told`` is what the person is told, the
    principal reasons in order; ``agrees`` says whether it comes to the
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
    told: Told | None = None
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
