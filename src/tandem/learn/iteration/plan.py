"""The plan of a daily iteration: what may be learned each day, on which evidence, and what may go live without a person.

A plan is an artefact of kind ``iteration``. It is reviewed and released like a policy, and that review is what the
envelope rests on: whoever approved the plan has agreed beforehand to every promotion that stays inside it. What is
outside becomes a draft that waits for a second person.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from tandem.learn.gates import ChallengerLimits, FeedLimits
from tandem.learn.training import Family

__all__ = [
    "Canary",
    "CandidateSpec",
    "Envelope",
    "Evidence",
    "Gates",
    "IterationPlan",
    "ScheduleSpec",
    "Shadow",
    "Threshold",
    "TrainingWindow",
    "Watch",
]

_Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
_Days: TypeAlias = Annotated[int, Meta(ge=1, le=3650)]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class ScheduleSpec(_Part, frozen=True, kw_only=True):
    """When a day is run: a cron line of five fields, read in ``time_zone``; the day ends at its midnight there."""

    cron: str = "30 2 * * *"
    time_zone: str = "UTC"


class TrainingWindow(_Part, frozen=True, kw_only=True):
    """Which rows teach and which judge.

    Attributes:
        train_days: days of decisions that teach.
        test_days: the newest mature days; nothing learned from them, everybody is judged on them.
        mature_days: what happened counts once a decision is so old; younger ones are never counted as good.
    """

    train_days: _Days = 28
    test_days: _Days = 7
    mature_days: _Days = 7


class CandidateSpec(_Part, frozen=True, kw_only=True):
    """A candidate beside the refit of the champion: other families, other settings."""

    name: str
    families: tuple[Family, ...] = ("scorecard",)
    preset: Literal["credit", "fraud"] = "fraud"
    monotone: Literal["auto", "none"] = "none"


class Evidence(_Part, frozen=True, kw_only=True):
    """When a candidate has shown enough to be tried, by the paired difference of AUC on the same mature rows.

    Attributes:
        margin: not worse: the lower bound of the difference is above minus this.
        alpha: chance, over all looks together, that noise passes for superiority.
        minimum_bads: mature bad outcomes below which nothing is concluded.
        every_days: days between two looks; the fewer looks, the more each may show.
        calibration: largest distance of expected over observed bads from 1, beyond chance, that needs no repair.
    """

    margin: Annotated[float, Meta(gt=0, le=0.1)] = 0.002
    alpha: Annotated[float, Meta(gt=0, le=0.2)] = 0.05
    minimum_bads: Annotated[int, Meta(ge=20)] = 400
    every_days: _Days = 1
    calibration: Annotated[float, Meta(gt=0, le=1)] = 0.15


class Envelope(_Part, frozen=True, kw_only=True):
    """What may be promoted without a person. Without an envelope every promotion is reviewed.

    Attributes:
        kinds: ``refit`` (the champion's specification on new data), ``candidate`` (another specification of the plan).
        approval_shift: most that the share of approvals may move against the champion.
        score_psi: most that the distribution of scores may move against the champion.
        days_between: days between two promotions; anti-feedback.
        champion_age_days: after so many days the champion is due for a refresh even without superiority.
        drift_from_validated: most that the share of approvals may move against the last model a person has validated, so
            that many small steps do not add up to a large one.
    """

    kinds: tuple[Literal["refit", "candidate"], ...] = ("refit",)
    approval_shift: _Share = 0.01
    score_psi: Annotated[float, Meta(gt=0)] = 0.1
    days_between: _Days = 7
    champion_age_days: _Days = 180
    drift_from_validated: _Share = 0.03


class Threshold(_Part, frozen=True, kw_only=True):
    """A number in the policy that is looked at every day, and never changed without a person.

    Attributes:
        at: ``stage.rule`` or, for a cut-off of a score, ``stage.case`` of a decision.
        number: which of the numbers in its condition, counted from 0.
        field: the column whose observed values are tried in its place; empty: the probability of the plan's model.
        bad_costs: how many good approvals one bad approval outweighs: what a proposal has to be worth.
        approval_shift: most that the share of approvals may move by a proposal.
        values: how many are tried; each makes the proof harder.
    """

    at: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")]
    number: Annotated[int, Meta(ge=0, le=20)] = 0
    field: str = ""
    bad_costs: Annotated[float, Meta(gt=0, le=1000)]
    approval_shift: Annotated[float, Meta(gt=0, le=1)] = 0.02
    values: Annotated[int, Meta(ge=2, le=25)] = 9


class Shadow(_Part, frozen=True, kw_only=True):
    """How long a challenger is computed beside the champion before anything depends on it."""

    days: _Days = 7
    decisions: Annotated[int, Meta(ge=1)] = 50_000


class Canary(_Part, frozen=True, kw_only=True):
    """The way from few to all: shares of the traffic in percent, so many days each, by a hash of ``by``."""

    shares: tuple[Annotated[float, Meta(gt=0, lt=100)], ...] = (1.0, 5.0, 25.0)
    days: _Days = 2
    by: str = "person"


class Watch(_Part, frozen=True, kw_only=True):
    """When a new champion is taken back.

    Attributes:
        days: how long its predecessor is kept beside it and compared.
        margin: it is taken back where the upper bound of the paired difference to the predecessor is below minus this.
        minimum_bads: mature bad outcomes of its own time, below which the comparison says nothing.
        approval_shift: a share of approvals that moves by more than this in one day ends a canary, and takes a champion back.
    """

    days: _Days = 30
    margin: Annotated[float, Meta(ge=0, le=0.1)] = 0.002
    minimum_bads: Annotated[int, Meta(ge=20)] = 100
    approval_shift: _Share = 0.05


class Gates(_Part, frozen=True, kw_only=True):
    """What the gates ask of a day of rows, and of a challenger; ``fairness`` names a dated pack that comes with Tandem.

    What ``Evidence`` and ``Envelope`` say of margins, bad outcomes, looks and age holds for the challenger's gates too.
    """

    feed: FeedLimits = FeedLimits()
    challenger: ChallengerLimits = ChallengerLimits()
    fairness: str = ""


class IterationPlan(_Part, frozen=True, kw_only=True):
    """Everything a day needs to know.

    Attributes:
        name: of the plan, lower_snake.
        model: the model that is renewed; ``policy`` and ``event``: who asks it, and about what.
        label: the definition of what a bad outcome is; ``target``: the column that carries it.
        owner: who is called when something is refused.
        segments, groups: columns of the feed, never taught: where a challenger may not be worse; whom it must be fair to.
        approve_below: probability below which the policy approves; what approval shifts are measured at.
        inputs: columns that may be learned from. Not only what the champion reads today: what it left aside may matter tomorrow.
        gates: limits of the gates; the plan is a version, so they are dated and reviewed with it.
        envelope: None: a person reviews every promotion.
        thresholds: numbers of the policy that are held against others every day, as proposals.
        families, preset, monotone, folds, seed: how the champion is refitted; see ``TrainSpec``.
    """

    name: str
    model: str
    policy: str
    event: str
    label: str
    target: str
    owner: str
    approve_below: Annotated[float, Meta(gt=0, lt=1)]
    inputs: Annotated[tuple[str, ...], Meta(min_length=1)]
    description: str = ""
    segments: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    gates: Gates = Gates()
    schedule: ScheduleSpec = ScheduleSpec()
    window: TrainingWindow = TrainingWindow()
    families: tuple[Family, ...] = ("lightgbm",)
    preset: Literal["credit", "fraud"] = "fraud"
    monotone: Literal["auto", "none"] = "none"
    candidates: tuple[CandidateSpec, ...] = ()
    evidence: Evidence = Evidence()
    envelope: Envelope | None = None
    shadow: Shadow = Shadow()
    canary: Canary = Canary()
    watch: Watch = Watch()
    thresholds: tuple[Threshold, ...] = ()
    folds: Annotated[int, Meta(ge=2, le=10)] | None = None
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 20261129
