"""Attacks on one's own policy: what is asked, and what is told; reports are the nouns of ``learn.attacks``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Fault, Instant, Name
from tandem.learn.attacks import AttackAsked, AttackComparison, AttackReport
from tandem.learn.runs import RunError

__all__ = [
    "AttackComparison",
    "AttackDraft",
    "AttackKindShown",
    "AttackKinds",
    "AttackRequest",
    "AttackRunDetail",
    "AttackRunPage",
    "AttackRunShown",
    "DialLimits",
]

_Text = Annotated[str, Meta(max_length=200)]


class AttackDraft(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A definition that stands in the place of the live one of its kind and name."""

    kind: Name
    name: Name
    body: dict[str, Any]


class AttackRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What would this attack come to?

    Attributes:
        kind: see ``GET /v1/attacks/kinds``.
        intensity: attempts, as a share of what honest people do in the same time; the kind's own by default.
        disguise: 0 shares all that can be shared, 1 nothing; the kind's own by default.
        seed: everything follows from it.
        days, warm_up_days: length of the attack, and of the honest life before it.
        customers: people in the simulated town.
        policy: which one decides; the one that decides on such events by default.
        event_type: the workspace's name for the simulated event, where it has another.
        fields: field of the workspace to the simulated one, where they are not called the same; ``=value`` for a constant.
        versions, artefacts: drafts that stand in the place of what is live: pushed ones by digest, others whole.
        label: what the run is called.
    """

    kind: Name
    intensity: float | None = None
    disguise: float | None = None
    seed: int = 7
    days: int = 14
    warm_up_days: int = 21
    customers: int = 4_000
    policy: Name | None = None
    event_type: Name | None = None
    fields: dict[Name, _Text] = {}
    versions: Annotated[list[DigestText], Meta(max_length=100)] = []
    artefacts: Annotated[list[AttackDraft], Meta(max_length=200)] = []
    label: _Text = ""


class DialLimits(msgspec.Struct, kw_only=True):
    """How far a dial may be turned."""

    least: float
    most: float


class AttackKindShown(msgspec.Struct, kw_only=True):
    """A kind of attack.

    Attributes:
        title_en, title_zh, words_en, words_zh: what it is called, and what it does.
        event_type: the simulated event it is made of.
        intensity, disguise: where its dials stand to begin with.
        interactive: whether it reacts to the answers it gets.
        policy: which live policy decides on its events; null where it cannot be played, and ``fault`` says why.
    """

    kind: str
    title_en: str
    title_zh: str
    words_en: str
    words_zh: str
    event_type: str
    intensity: float
    disguise: float
    interactive: bool
    policy: str | None
    fault: Fault | None


class AttackKinds(msgspec.Struct, kw_only=True):
    """Every kind of attack, and how far the dials may be turned."""

    kinds: list[AttackKindShown]
    limits: dict[str, DialLimits]


class AttackRunShown(msgspec.Struct, kw_only=True):
    """One run; SIMULATED.

    Attributes:
        release: the live release it began from; drafts: ``kind/name`` of what was put in its place.
        done, total: events played, of how many.
        attempts, approved, lost_minor, honest_stopped: of the report, once it is done.
    """

    attack_id: str
    state: Literal["running", "done", "failed", "cancelled"]
    simulated: bool = True
    asked: AttackAsked
    release: str
    drafts: tuple[str, ...]
    label: str
    by: str
    started_at: Instant
    finished_at: Instant | None
    done: int
    total: int
    error: RunError | None
    currency: str
    attempts: int | None
    approved: int | None
    lost_minor: int | None
    honest_stopped: int | None


class AttackRunPage(msgspec.Struct, kw_only=True):
    """Runs that are kept, the newest first."""

    items: list[AttackRunShown]


class AttackRunDetail(msgspec.Struct, kw_only=True):
    """A run with its report, once it is done."""

    run: AttackRunShown
    report: AttackReport | None
