"""Cases as the fold of their changes: the same changes in the same order give the same cases, live and after a start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from tandem.act.cases.changes import (
    Assigned,
    CaseChange,
    Escalated,
    Evidence,
    Joined,
    Labelled,
    Noted,
    Opened,
    Proposed,
    Reopened,
    Resolved,
    Returned,
    Seconded,
    Snoozed,
    Undone,
)
from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import EventId, Pseudonym
from tandem.kernel.time import Micros

__all__ = ["Case", "CaseState", "Cases", "Orders", "Standing", "Stored"]

Stored: TypeAlias = Literal["open", "assigned", "waiting", "resolved"]
"""``waiting``: for the second person."""
CaseState: TypeAlias = Literal["open", "assigned", "snoozed", "waiting", "resolved"]
"""What is stored, and ``snoozed``, which the clock decides."""


class Standing(msgspec.Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """How a case stands: all of it that people change and may take back.

    Attributes:
        round: how often it was resolved; a second resolution's label corrects the first one's.
        passed_by: who escalated it or gave it back last; it is not handed to them again.
        decided_by: who resolved it, or proposed to.
        adverse: what the disposition says of what happened, where a label follows.
    """

    state: Stored
    queue: str
    due_at: Micros
    assignee: str | None = None
    passed_by: str | None = None
    snoozed_until: Micros | None = None
    disposition: str | None = None
    adverse: bool | None = None
    decided_by: str | None = None
    seconded_by: str | None = None
    resolved_at: Micros | None = None
    round: int = 0


class Case(msgspec.Struct, kw_only=True, array_like=True, gc=False):
    """One case, as the fold keeps it.

    Attributes:
        number: counted from 1 in the order of opening; what people call it by.
        entity: pseudonym of what it is about, of kind ``entity_kind``.
        subject: whose key seals what is personal in it; None: the entity's own.
        before: how it stood before the last change that may be taken back; None where there is none.
        evidence: its decisions, oldest first; none where ``topic`` says what asked for a person, and ``reason`` why.
        seqs: places of its records in the journal.
        version: changes of evidence, standing and notes so far; who changes it says which version they saw.
        labels: decision id to the event that labels it.
        at_stake_minor: the most money at stake in one of its decisions; None where unknown or erased.
    """

    case_id: str
    number: int
    entity_kind: str
    entity: Pseudonym
    subject: Pseudonym | None
    opened_at: Micros
    standing: Standing
    evidence: list[Evidence]
    seqs: list[int]
    version: int = 1
    before: Standing | None = None
    changed_at: Micros
    changed_by: str
    labels: dict[str, EventId] = {}
    labelled_round: int = 0
    at_stake_minor: int | None = None
    notes: int = 0
    topic: str | None = None
    reason: str | None = None

    @property
    def owner(self) -> Pseudonym:
        """Whose key seals what is personal in it."""
        return self.subject or self.entity

    @property
    def resolved(self) -> bool:
        """Whether it is over."""
        return self.standing.state == "resolved"

    def state_at(self, now: Micros) -> CaseState:
        """Its state at ``now``; a snooze that has run out has ended."""
        until = self.standing.snoozed_until
        return "snoozed" if until is not None and until > now else self.standing.state

    def breached_at(self, now: Micros) -> bool:
        """Whether it was or is later than its queue promises."""
        resolved_at = self.standing.resolved_at
        return (now if resolved_at is None else resolved_at) > self.standing.due_at

    def copy(self) -> Case:
        """The case as it is now; later changes do not reach it."""
        return msgspec.structs.replace(self, evidence=list(self.evidence), seqs=list(self.seqs))

    @property
    def owes_label(self) -> bool:
        """Whether its disposition is still to be recorded as an event."""
        return self.resolved and self.standing.adverse is not None and self.labelled_round < self.standing.round


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are what, by number, each in the order in which they became it.

    Attributes:
        about: those that are found by their entity.
    """

    working: list[int]
    resolved: list[int]
    owing: list[int]
    about: list[int]


class Cases:
    """Every case of a workspace; ``apply`` changes in journal order, then ask."""

    def __init__(self) -> None:
        self._cases: dict[str, Case] = {}
        self._by_entity: dict[tuple[str, str], str] = {}
        self._by_decision: dict[str, str] = {}
        self._owing: dict[str, Case] = {}
        self._working: dict[str, Case] = {}
        self._resolved: dict[str, None] = {}  # in the order of resolving
        self.considered = 0
        """Place of the last decision that a case was opened for or that joined one."""
        self.seq = 0
        """Place of the last change."""

    @classmethod
    def restored(cls, cases: list[Case], orders: Orders, seq: int) -> Cases:
        """All ``cases``, in the order of opening, as they were after the change at ``seq``."""
        found = cls()
        found._cases = {case.case_id: case for case in cases}
        found._working = {cases[number - 1].case_id: cases[number - 1] for number in orders.working}
        found._resolved = dict.fromkeys(cases[number - 1].case_id for number in orders.resolved)
        found._owing = {cases[number - 1].case_id: cases[number - 1] for number in orders.owing}
        about = (cases[number - 1] for number in orders.about)
        found._by_entity = {(case.entity_kind, case.entity): case.case_id for case in about}
        for case in cases:
            for evidence in case.evidence:
                found._note(case, evidence)
        found.seq = seq
        return found

    def orders(self) -> Orders:
        """What ``restored`` needs beside the cases themselves."""
        return Orders(
            working=[case.number for case in self._working.values()],
            resolved=[self._cases[case_id].number for case_id in self._resolved],
            owing=[case.number for case in self._owing.values()],
            about=[self._cases[case_id].number for case_id in self._by_entity.values()],
        )

    def __len__(self) -> int:
        return len(self._cases)

    def __iter__(self) -> Iterator[Case]:
        return iter(self._cases.values())

    def get(self, case_id: str) -> Case | None:
        """The case with that id."""
        return self._cases.get(case_id)

    def about(self, kind: str, entity: str) -> Case | None:
        """The case about that entity that is not over."""
        found = self._by_entity.get((kind, entity))
        return None if found is None else self._cases[found]

    def with_decision(self, identifier: str) -> Case | None:
        """The case that a decision, by its id, belongs to."""
        found = self._by_decision.get(identifier)
        return None if found is None else self._cases[found]

    def working(self) -> list[Case]:
        """Those that are not over, in the order of opening."""
        return list(self._working.values())

    def resolved_since(self, at: Micros) -> list[Case]:
        """Those that were resolved at or after ``at`` and still are, newest first."""
        found = []
        for case_id in reversed(self._resolved):
            case = self._cases[case_id]
            if case.standing.resolved_at is not None and case.standing.resolved_at < at:
                break
            if case.standing.resolved_at is not None:
                found.append(case)
        return found

    def owing_labels(self) -> list[Case]:
        """Those whose disposition is still to be recorded as an event, in the order of resolving."""
        return list(self._owing.values())

    def apply(self, change: CaseChange, seq: int, at: Micros, at_stake_minor: int | None = None) -> Case:
        """Move by one change, recorded at place ``seq`` at ``at``.

        Raises:
            IntegrityError: it changes a case that was never opened.
        """
        self.seq = seq
        if isinstance(change, Opened):
            return self._open(change, seq, at, at_stake_minor)
        case = self._cases.get(change.case)
        if case is None:
            raise IntegrityError("A case was changed that was never opened.", code="unknown_case", at=f"record {seq}")
        case.seqs.append(seq)
        if isinstance(change, Labelled):  # the platform's own bookkeeping contradicts no one's view of the case
            case.labels = {**case.labels, **change.events}
            case.labelled_round = max(case.labelled_round, change.round)
            if not case.owes_label:
                self._owing.pop(case.case_id, None)
            return case
        case.version += 1
        case.changed_at, case.changed_by = at, change.by
        if isinstance(change, Noted):
            case.notes += 1
        elif isinstance(change, Joined):
            self._join(case, change, at_stake_minor)
        elif isinstance(change, Undone):
            assert case.before is not None, "only what has a before is undone"
            self._stand(case, case.before, None)
        else:
            self._stand(case, _moved(case.standing, change, at), case.standing)
        return case

    def _open(self, change: Opened, seq: int, at: Micros, at_stake_minor: int | None) -> Case:
        case = Case(
            case_id=change.case,
            number=len(self._cases) + 1,
            entity_kind=change.entity_kind,
            entity=change.entity,
            subject=change.subject,
            opened_at=at,
            standing=Standing(state="open", queue=change.queue, due_at=change.due_at),
            evidence=[] if change.evidence is None else [change.evidence],
            seqs=[seq],
            changed_at=at,
            changed_by=change.by,
            at_stake_minor=at_stake_minor,
            topic=change.topic,
            reason=change.reason,
        )
        self._cases[case.case_id] = case
        self._working[case.case_id] = case
        self._by_entity[case.entity_kind, case.entity] = case.case_id
        if change.evidence is not None:
            self._note(case, change.evidence)
        return case

    def _join(self, case: Case, change: Joined, at_stake_minor: int | None) -> None:
        standing = case.standing
        if change.due_at < standing.due_at:  # the most urgent queue has it
            standing = msgspec.structs.replace(standing, queue=change.queue, due_at=change.due_at)
        # New evidence ends a snooze, and what stood before it cannot be brought back.
        case.standing, case.before = msgspec.structs.replace(standing, snoozed_until=None), None
        case.evidence.append(change.evidence)
        if at_stake_minor is not None:
            case.at_stake_minor = max(at_stake_minor, case.at_stake_minor or 0)
        self._note(case, change.evidence)

    def _note(self, case: Case, evidence: Evidence) -> None:
        self._by_decision.setdefault(evidence.decision_id, case.case_id)  # a case about a ring is its second one
        self.considered = max(self.considered, evidence.decision_seq)

    def _stand(self, case: Case, standing: Standing, before: Standing | None) -> None:
        case.standing, case.before = standing, before
        key = (case.entity_kind, case.entity)
        if case.resolved:
            self._working.pop(case.case_id, None)
            self._resolved[case.case_id] = None
            if self._by_entity.get(key) == case.case_id:
                del self._by_entity[key]
        else:
            self._working[case.case_id] = case
            self._resolved.pop(case.case_id, None)
            self._by_entity.setdefault(key, case.case_id)
        if case.owes_label:
            self._owing[case.case_id] = case
        else:
            self._owing.pop(case.case_id, None)


def _moved(standing: Standing, change: CaseChange, at: Micros) -> Standing:
    """``standing`` after a change that a person made."""
    new = msgspec.structs.replace
    if isinstance(change, Assigned):
        passed_by = change.by if change.to is None else None
        state: Stored = "open" if change.to is None else "assigned"
        return new(standing, state=state, assignee=change.to, passed_by=passed_by, snoozed_until=None)
    if isinstance(change, Snoozed):
        return new(standing, snoozed_until=change.until)
    if isinstance(change, Escalated):
        here = new(standing, queue=change.queue, due_at=change.due_at)
        return new(here, state="open", assignee=None, passed_by=change.by, snoozed_until=None)
    if isinstance(change, Proposed | Resolved):
        decided = new(
            standing,
            snoozed_until=None,
            disposition=change.disposition,
            adverse=change.adverse,
            decided_by=change.by,
            seconded_by=None,
        )
        return new(decided, state="waiting") if isinstance(change, Proposed) else _over(decided, at)
    if isinstance(change, Seconded):
        return _over(new(standing, seconded_by=change.by), at)
    back = new(standing, state="assigned", disposition=None, adverse=None, decided_by=None, seconded_by=None)
    if isinstance(change, Returned):
        return new(back, assignee=standing.decided_by)
    assert isinstance(change, Reopened)
    return new(back, state="open" if standing.assignee is None else "assigned", due_at=change.due_at, resolved_at=None)


def _over(standing: Standing, at: Micros) -> Standing:
    return msgspec.structs.replace(standing, state="resolved", resolved_at=at, round=standing.round + 1)
