"""Cases: listed, looked into, worked on."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.decisions import DecisionRecord
from tandem.faces.api.shapes.vocabulary import Instant, Problem, Who

__all__ = [
    "CaseAssign",
    "CaseConflict",
    "CaseDetail",
    "CaseDisposition",
    "CaseEscalate",
    "CaseEvent",
    "CaseFact",
    "CaseNext",
    "CaseNote",
    "CasePage",
    "CaseQueue",
    "CaseQueuePage",
    "CaseReopen",
    "CaseResolve",
    "CaseSecond",
    "CaseSnooze",
    "CaseSummary",
    "CaseTaken",
    "CaseUndo",
    "CaseWords",
]

Version = Annotated[int, Meta(ge=1, le=2**53, description="the version you saw; 409 where it is another by now")]
Text = Annotated[str, Meta(max_length=4_000, description="kept sealed under the person's key")]
Assignee = Annotated[str, Meta(min_length=1, max_length=255)]
StateText = Literal["open", "assigned", "snoozed", "waiting", "resolved"]


class CaseSummary(msgspec.Struct, kw_only=True):
    """One case.

    ``waiting``: for a second person. ``expected_loss_minor`` and ``at_stake_minor`` are in minor units of the workspace's
    currency, and null for a caller without ``read_personal``. Until ``undo_until`` its last change can be taken back by
    ``changed_by``.
    """

    case_id: str
    number: int
    version: int
    state: StateText
    queue: str
    entity_kind: str
    entity: str
    assignee: str | None
    opened_at: Instant
    due_at: Instant
    breached: bool
    snoozed_until: Instant | None
    decisions: int
    outcome: str
    policy: str
    reasons: list[str]
    probability: float | None
    at_stake_minor: int | None
    expected_loss_minor: int | None
    notes: int
    disposition: str | None
    decided_by: str | None
    seconded_by: str | None
    resolved_at: Instant | None
    changed_at: Instant
    changed_by: str
    undo_until: Instant | None


class CasePage(msgspec.Struct, kw_only=True):
    """Cases that match, in the order asked for; ``next_after`` continues, null at the end."""

    cases: list[CaseSummary]
    total: int
    next_after: int | None


class CaseWords(msgspec.Struct, kw_only=True):
    """A text in both languages."""

    en: str
    zh: str


class CaseQueue(msgspec.Struct, kw_only=True):
    """A queue and what is in it; ``due_after_s`` seconds are promised from opening to resolving."""

    queue: str
    title: CaseWords
    due_after_s: int
    escalates_to: str | None
    open: int
    assigned: int
    snoozed: int
    waiting: int
    breached: int
    due_soon: int
    mine: int
    resolved_today: int


class CaseDisposition(msgspec.Struct, kw_only=True):
    """A way a case may end; ``key`` chooses it on the page. ``adverse`` null: it says nothing of what happened."""

    disposition: str
    title: CaseWords
    adverse: bool | None
    second_approval: bool
    key: str | None


class CaseQueuePage(msgspec.Struct, kw_only=True):
    """Queues in the order in which they take decisions, and how a case may end."""

    queues: list[CaseQueue]
    dispositions: list[CaseDisposition]


class CaseFact(msgspec.Struct, kw_only=True):
    """One field of the newest event, as it was sent; null where it was erased."""

    name: str
    value: Any
    kind: str | None
    entity: str | None
    description: str


class CaseEvent(msgspec.Struct, kw_only=True):
    """Something that happened to a case, as a sentence; ``text`` is what somebody wrote, gone where ``erased``."""

    seq: int
    at: Instant
    by: str
    change: str
    en: str
    zh: str
    text: str | None
    erased: bool


class CaseDetail(msgspec.Struct, kw_only=True):
    """A case with all there is to look at: its newest decisions first, the facts, what happened, and its labels."""

    case: CaseSummary
    decisions: list[DecisionRecord]
    facts: list[CaseFact]
    timeline: list[CaseEvent]
    labels: Annotated[dict[str, str], Meta(description="decision id to the event that labels it")]


class CaseTaken(msgspec.Struct, kw_only=True):
    """The case that is now yours, or would be; null where none is free."""

    case: CaseSummary | None


class CaseConflict(Problem, kw_only=True, omit_defaults=True):
    """A conflict, with the case as it is now."""

    case: CaseSummary


class CaseNext(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Which queue to take from; all of them where it is left out."""

    queue: Annotated[str, Meta(max_length=80)] | None = None
    by: Who | None = None


class CaseAssign(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """To whom; null gives it back to its queue. Left out: to yourself."""

    version: Version
    to: Assignee | msgspec.UnsetType | None = msgspec.UNSET
    by: Who | None = None


class CaseSnooze(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Until when to leave it alone; at most 90 days."""

    version: Version
    until: Annotated[str, Meta(max_length=40, description="RFC 3339")]
    reason: Text = ""
    by: Who | None = None


class CaseEscalate(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Move it to the queue above."""

    version: Version
    reason: Text = ""
    by: Who | None = None


class CaseNote(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Something to remember. It needs no version: it contradicts nothing."""

    text: Text
    by: Who | None = None


class CaseResolve(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How it ended, and why."""

    version: Version
    disposition: Annotated[str, Meta(max_length=80)]
    reason: Text = ""
    by: Who | None = None


class CaseSecond(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Whether you agree to what another person proposed."""

    version: Version
    agrees: bool
    reason: Text = ""
    by: Who | None = None


class CaseReopen(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Take up again what was over."""

    version: Version
    reason: Text = ""
    by: Who | None = None


class CaseUndo(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Take back your last change, within ten seconds."""

    version: Version
    by: Who | None = None
