"""What is true between two days, and what a day wrote down: the nouns of the state machine.

The state of an iteration is carried by its runs: every run names the run before it and holds the state it leaves. So what
was live, in shadow or in canary on any day is read, not remembered, and the chain of digests covers all of it.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros

__all__ = [
    "STEPS",
    "Acceptance",
    "Deployment",
    "Flight",
    "IterationState",
    "Move",
    "Proposal",
    "Quarantine",
    "Run",
    "Step",
    "StepRecord",
    "Verdict",
]

Step: TypeAlias = Literal["take", "gate", "watch", "train", "compare", "check", "tune", "shadow", "decide", "release"]
STEPS: tuple[Step, ...] = ("take", "gate", "watch", "train", "compare", "check", "tune", "shadow", "decide", "release")
"""The steps of a day, in order. Each is kept durably before the next begins."""

Verdict: TypeAlias = Literal["passed", "noted", "refused", "skipped"]
"""``noted``: something a person should know, and the day goes on; ``skipped``: an earlier step left nothing to do."""

Move: TypeAlias = Literal["stay", "shadow", "draft", "canary", "promote", "abort", "roll_back"]
"""What a day may do with models: nothing; begin a shadow; ask a person; give a share; go live; give up; take back."""


class Deployment(msgspec.Struct, frozen=True, kw_only=True):
    """A model that is live, or was.

    Attributes:
        model: digest of its document among the objects; ``artefact``: of its version in the register.
        since: first day it decides.
        release: the release it went live with.
        how: ``found`` (live before the first day, or put there by hand), ``envelope``, ``review`` or ``rollback``.
        trained_to: last day it learned from; empty where that is not known.
    """

    model: Digest
    artefact: Digest
    since: str
    release: Digest
    how: Literal["found", "envelope", "review", "rollback"]
    trained_to: str = ""


class Flight(msgspec.Struct, frozen=True, kw_only=True):
    """The one challenger that is on its way; there is never a second.

    Attributes:
        name: ``refit`` or the candidate's name in the plan.
        model: digest of its document.
        born: day it was chosen.
        stage: ``shadow``: computed beside; ``waiting``: a person has to say; ``canary``: decides for a share.
        since: day the stage, or the share, began.
        share: percent of the traffic in canary.
        trained_to: last day it learned from.
        days, decisions: seen in shadow.
        why: what the evidence was, in one word: ``better``, ``repair`` or ``age``.
        by: who let it go on: the envelope, or a person; empty before.
        who: their name.
        draft: digest of the artefact that waits for review.
        let_on: who let it on after the gates had refused it; such a challenger is reviewed, whatever the envelope says.
    """

    name: str
    model: Digest
    born: str
    stage: Literal["shadow", "waiting", "canary"]
    since: str
    why: Literal["better", "repair", "age"]
    trained_to: str
    share: float = 0.0
    days: int = 0
    decisions: int = 0
    by: Literal["", "envelope", "review"] = ""
    who: str = ""
    draft: Digest | None = None
    let_on: str = ""


class Quarantine(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that nobody learns from: those decided (``decided``) or whose outcome came (``told``) on that day."""

    day: str
    of: Literal["decided", "told"]


class Acceptance(msgspec.Struct, frozen=True, kw_only=True):
    """A person's word that what a gate refused is right as it is: rows of a day, or its challenger.

    Attributes:
        at: when it was put on record.
        model: digest of the challenger's document; None for rows.
    """

    day: str
    of: Literal["decided", "told", "challenger"]
    by: str
    why: str
    at: Micros
    model: Digest | None = None


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Where the look at one number of the policy stands.

    Attributes:
        at: ``stage.rule`` or ``stage.case``; ``number``: which of its numbers.
        stands: the number that was live at the last look; ``looks``: how often it was looked at since it is live.
        day: of the last look.
        draft: digest of the policy that was last proposed; None: none was. ``value``: the number in it.
        known: changed decisions with a known outcome that it rested on.
    """

    at: str
    number: int
    stands: float
    looks: int = 0
    day: str = ""
    draft: Digest | None = None
    value: float = 0.0
    known: int = 0


class IterationState(msgspec.Struct, frozen=True, kw_only=True):
    """What a day begins with, and leaves to the next.

    Attributes:
        champion: what is live.
        before: what was live before it, newest first; the first is what a roll-back returns to.
        validated: the last model that a person looked at and approved; small steps are measured against it.
        flight: the challenger on its way.
        rests_from: day of the last promotion, roll-back or abort: the next challenger keeps its distance from it.
        looks: comparisons made since then; the chance of error is spread over them. ``looked``: day of the last.
        quarantine: rows that nobody learns from.
        profiles: digests of what good days look like, of ``decided`` rows and of ``told`` ones.
        let_on: challengers that a person accepted after all and that have set out, or can no longer.
        proposals: where the looks at numbers of the policy stand.
    """

    champion: Deployment
    before: tuple[Deployment, ...] = ()
    validated: Digest
    flight: Flight | None = None
    rests_from: str = ""
    looks: int = 0
    looked: str = ""
    quarantine: tuple[Quarantine, ...] = ()
    profiles: dict[str, Digest] = {}
    let_on: tuple[Digest, ...] = ()
    proposals: tuple[Proposal, ...] = ()


class StepRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What a step found, from what, and what it made.

    Attributes:
        inputs, outputs: digests by name.
        facts: figures and findings, JSON-like; numbers rounded to what is worth reading.
    """

    step: Step
    verdict: Verdict
    inputs: dict[str, str] = {}
    outputs: dict[str, str] = {}
    facts: dict[str, Any] = {}


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One day, closed.

    Attributes:
        plan: name; ``plan_digest``: what it said that day.
        day: the day that was closed, as 2025-11-29.
        previous: digest of the run before it; empty for the first.
        steps: in order.
        state: what the day leaves.
    """

    plan: str
    plan_digest: Digest
    day: str
    previous: str
    steps: tuple[StepRecord, ...]
    state: IterationState

    @property
    def digest(self) -> Digest:
        """Over everything, the digest of the day before included: a chain."""
        return digest_of(self)

    def step(self, name: Step) -> StepRecord:
        """The record of a step."""
        return next(one for one in self.steps if one.step == name)
