"""What a reading of an experiment says: the nouns."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from tandem.kernel.identity import Digest
from tandem.learn.experiments.balance import ExperimentBalance
from tandem.learn.experiments.planning import ExperimentPlan

__all__ = [
    "ArmReading",
    "DifferenceReading",
    "ExperimentNote",
    "ExperimentPoint",
    "ExperimentReading",
    "ExperimentState",
    "ExperimentVerdict",
    "GuardReading",
    "MoneyReading",
    "SegmentReading",
    "ShadowReading",
    "VerdictWord",
]

ExperimentState: TypeAlias = Literal["draft", "running", "stopped", "ended", "retired"]
"""``retired``: it stood in an earlier release and stands in none now."""
VerdictWord: TypeAlias = Literal["continue", "promote", "stop", "no_difference"]


class ArmReading(msgspec.Struct, frozen=True, kw_only=True):
    """One arm.

    Attributes:
        share: in percent, as set now.
        counted: decisions that the metric counts, such as those with a label that is trusted.
        value, low, high: the metric with its always-valid interval; None on too few.
        approved_minor: approved by it, where an amount is defined.
        latency_ms_p50, latency_ms_p99: of its decisions; of a shadow's challenger, of its computation.
    """

    arm: str
    share: float
    decisions: int
    units: int
    outcomes: dict[str, int]
    counted: int
    value: float | None
    low: float | None
    high: float | None
    approved_minor: int | None
    latency_ms_p50: float | None
    latency_ms_p99: float | None


class DifferenceReading(msgspec.Struct, frozen=True, kw_only=True):
    """A challenger less the champion, within an interval that may be looked at at any time.

    Attributes:
        evidence: how many times better the data fit some difference than none; ``needed`` is enough.
        better: whether the difference is in the direction that was said to be better.
    """

    arm: str
    value: float | None
    low: float | None
    high: float | None
    evidence: float
    needed: float
    better: bool | None


class ExperimentPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The difference of the first challenger over all decisions up to a moment, with what is known of them now."""

    until: str
    decisions: int
    value: float | None
    low: float | None
    high: float | None


class GuardReading(msgspec.Struct, frozen=True, kw_only=True):
    """A safety limit and how the worst challenger stands against it.

    Attributes:
        state: ``waiting`` (too few decisions), ``kept``, ``doubtful`` (over, and chance explains it) or ``broken``.
        evidence: of ``needed``; None for hard limits.
    """

    guard: str
    measure: str
    limit: float
    breached: str
    against: str
    hard: bool
    action: str
    minimum: int
    arm: str | None
    value: float | None
    decisions: int
    evidence: float | None
    needed: float | None
    state: Literal["waiting", "kept", "doubtful", "broken"]


class SegmentReading(msgspec.Struct, frozen=True, kw_only=True):
    """The difference within a group; an exploration: nothing is concluded from it."""

    field: str
    group: str
    decisions: int
    value: float | None
    low: float | None
    high: float | None


class MoneyReading(msgspec.Struct, frozen=True, kw_only=True):
    """Losses of approved amounts, challenger less champion, for a thousand applications, in minor units.

    The interval is that of one look: nothing is concluded from it.
    """

    currency: str
    value: float
    low: float
    high: float
    simulated: bool


class ShadowReading(msgspec.Struct, frozen=True, kw_only=True):
    """How a challenger that was computed beside differs, decision by decision.

    Attributes:
        changed: decisions with another outcome; ``moved`` from each outcome to each.
        reasons_changed: with other reason codes.
        score_moved_mean, score_moved_max: of the probabilities of stages that both have.
        unread: decisions without some input of the challenger, from before it was recorded.
    """

    decisions: int
    changed: int
    moved: dict[str, int]
    reasons_changed: int
    score_moved_mean: float | None
    score_moved_max: float | None
    latency_ms_p50: float | None
    latency_ms_p99: float | None
    unread: int


class ExperimentNote(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something to know before believing the numbers."""

    code: str
    en: str
    zh: str
    count: int = 0


class ExperimentVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """What follows, with the reason in words."""

    word: VerdictWord
    en: str
    zh: str


class ExperimentReading(msgspec.Struct, frozen=True, kw_only=True):
    """An experiment as it stands.

    Attributes:
        digest: of the version that is read.
        measured: kind of the metric: ``share``, ``money`` or ``number``.
        seconds_left: until the horizon; None where it does not run.
        labelled: decisions whose outcome is trusted, of ``awaited``; None where the metric waits for none.
        exposed_minor: approved by challengers so far; ``exposure_minor`` the most that may be.
        merges: clusters that turned out to be one after they were assigned apart.
    """

    name: str
    digest: Digest
    state: ExperimentState
    mode: str
    on: str
    policy: str
    unit: str
    description: str
    measure: str
    measured: str
    better: str
    detect: float
    alpha: float
    power: float
    currency: str
    started_at: str | None
    ends_at: str | None
    ended_by: str | None
    ended_reason: str | None
    plan: ExperimentPlan
    arms: tuple[ArmReading, ...]
    differences: tuple[DifferenceReading, ...]
    points: tuple[ExperimentPoint, ...]
    guards: tuple[GuardReading, ...]
    segments: tuple[SegmentReading, ...]
    balance: ExperimentBalance | None
    money: MoneyReading | None
    shadow: ShadowReading | None
    labelled: int | None
    awaited: int | None
    exposed_minor: int | None
    exposure_minor: int | None
    merges: int
    notes: tuple[ExperimentNote, ...]
    verdict: ExperimentVerdict
    read_to: int
