"""Monitoring: what is live, how a model does, how much is known of a label; reports are the nouns of ``learn.monitoring``."""

from __future__ import annotations

from typing import Literal

import msgspec

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Name
from tandem.learn.monitoring import LabelReport, ModelReport
from tandem.learn.runs import RunError

__all__ = ["InventoryItem", "InventoryPage", "LabelDetail", "LabelPage", "LabelShown", "ModelMonitoring"]

LookState = Literal["ready", "looking", "waiting", "failed"]


class InventoryItem(msgspec.Struct, kw_only=True):
    """One live model or policy.

    Attributes:
        owner: who pushed the live version; ``approver`` who reviewed it last, empty where nobody did.
        tier: what its parameters say; empty where nobody said.
        decides: the event type of a policy; the target of a model.
        versions: that were ever pushed.
        overdue: the next review should have been.
        alerts: of a model, those of the last daily look; null before the first.
        looked_at: when that was.
    """

    kind: Literal["model", "policy"]
    name: str
    digest: DigestText
    owner: str
    approver: str
    purpose: str
    tier: str
    decides: str
    versions: int
    live_since: Instant
    next_review: Instant
    overdue: bool
    alerts: int | None = None
    looked_at: Instant | None = None


class InventoryPage(msgspec.Struct, kw_only=True):
    """Models first."""

    items: list[InventoryItem]


class ModelMonitoring(msgspec.Struct, kw_only=True):
    """How a model does, as far as somebody has looked.

    Attributes:
        state: ``ready``; ``looking``: somebody looks, and the report is an older one or null; ``waiting``: for another look
            to be done; ``failed``: see ``error``. Ask again while it is looking or waiting.
        taken_at: when the report was.
    """

    state: LookState
    taken_at: Instant | None
    error: RunError | None
    report: ModelReport | None


class LabelShown(msgspec.Struct, kw_only=True):
    """A label of the live release.

    Attributes:
        decided: type of the events it is about; ``event`` of those that tell.
        bad: what is bad of what is told.
        window: what happens later does not count; empty: any time.
        matures: from when on it is trusted; empty: once told.
        good_when_silent: an approved one of which nothing is told by then is good.
        exclusions: why a decision is never labelled.
        simulated: outcomes are.
    """

    name: Name
    digest: DigestText
    decided: str
    event: str
    bad: str
    window: str
    matures: str
    good_when_silent: bool
    exclusions: list[str]
    simulated: bool


class LabelPage(msgspec.Struct, kw_only=True):
    """By name."""

    labels: list[LabelShown]


class LabelDetail(msgspec.Struct, kw_only=True):
    """A label and what is known of it, as far as somebody has looked; ``state`` as of a model that is monitored."""

    label: LabelShown
    state: LookState
    taken_at: Instant | None
    error: RunError | None
    report: LabelReport | None
