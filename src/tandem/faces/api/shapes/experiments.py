"""Experiments: what is listed, asked and done; readings are the nouns of ``learn.experiments``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Line, Note, Who
from tandem.learn.experiments import ExperimentPlan, ExperimentReading, ExperimentVerdict

__all__ = [
    "ExperimentDetail",
    "ExperimentDraft",
    "ExperimentPage",
    "ExperimentPlanRequest",
    "ExperimentPlanned",
    "ExperimentPromotion",
    "ExperimentPromotionRequest",
    "ExperimentReading",
    "ExperimentStop",
    "ExperimentStopped",
    "ExperimentSummary",
]

_State = Literal["draft", "running", "stopped", "ended", "retired"]


class ExperimentSummary(msgspec.Struct, kw_only=True):
    """One experiment in a list.

    Attributes:
        state: ``retired``: it stood in an earlier release and stands in none now.
        challengers: arm to its share in percent.
        decisions: read so far; null before it was live.
        value, low, high: difference of the first challenger, within an interval that may be looked at at any time.
    """

    name: str
    state: _State
    mode: str
    on: str
    description: str
    measure: str
    measured: str
    better: str
    currency: str
    challengers: dict[str, float]
    started_at: Instant | None
    ends_at: Instant | None
    decisions: int | None
    value: float | None
    low: float | None
    high: float | None
    verdict: ExperimentVerdict | None
    guard_broken: str | None


class ExperimentPage(msgspec.Struct, kw_only=True):
    """Every experiment: those that run first, then by name."""

    experiments: list[ExperimentSummary]


class ExperimentDraft(msgspec.Struct, kw_only=True):
    """A newer version that decides nothing yet; ``state``: draft, reviewed or declined."""

    digest: DigestText
    author: str
    pushed_at: Instant
    note: str
    state: str


class ExperimentDetail(msgspec.Struct, kw_only=True):
    """One experiment.

    Attributes:
        digest: of the version that is told of: the live one, else the one that was live last, else the newest draft.
        definition: its body.
        plan: how many decisions it needs, from what it says.
        reading: null before it was live.
        draft: a newer version, if one waits.
    """

    name: str
    state: _State
    digest: DigestText
    author: str
    definition: dict[str, Any]
    plan: ExperimentPlan
    reading: ExperimentReading | None
    draft: ExperimentDraft | None


class ExperimentPlanRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What would this experiment need?"""

    definition: dict[str, Any]


class ExperimentPlanned(msgspec.Struct, kw_only=True):
    """How many decisions an experiment would need."""

    plan: ExperimentPlan


class ExperimentStop(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Everybody gets the champion from the next decision on. For good: another run is another version."""

    reason: Line
    by: Who | None = None


class ExperimentStopped(msgspec.Struct, kw_only=True):
    """It is over."""

    name: str
    by: str
    reason: str


class ExperimentPromotionRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which challenger takes the champion's place; the first by default."""

    arm: Annotated[str, Meta(max_length=80)] | None = None
    note: Note = ""
    by: Who | None = None


class ExperimentPromotion(msgspec.Struct, kw_only=True):
    """Drafts that put it there and end the experiment: to be reviewed by somebody else and released together."""

    artefacts: dict[str, DigestText]
    four_eyes: bool
