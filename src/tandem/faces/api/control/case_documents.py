"""Cases as the documents that travel."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request

from tandem.act.cases import (
    UNDO_FOR,
    Case,
    CaseDesk,
    Disposition,
    Happened,
    Queue,
    QueueCounts,
    expected_loss_minor,
    tell,
)
from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.shapes.cases import CaseDisposition, CaseEvent, CaseFact, CaseQueue, CaseSummary, CaseWords
from tandem.kernel.time import SECOND, Micros, format_instant
from tandem.prove.access import LOCAL, Permission, Principal

__all__ = ["detail_of", "disposition_of", "may_see_money", "queue_of", "summary_of"]

_DECISIONS_SHOWN = 20


def may_see_money(request: Request) -> bool:
    """Whether the caller may see what is personal: amounts, and whether a real identifier is known."""
    principal: Principal = request.scope.get("tandem.principal", LOCAL)
    return Permission.READ_PERSONAL in principal.permissions


def summary_of(case: Case, desk: CaseDesk, *, money: bool) -> CaseSummary:
    """``case`` in a line; the money in it only where ``money`` may be seen."""
    now, standing, newest = desk.now(), case.standing, case.evidence[-1] if case.evidence else None
    scored = [one.probability for one in case.evidence if one.probability is not None]
    undo_until = Micros(case.changed_at + UNDO_FOR)
    return CaseSummary(
        case_id=case.case_id,
        number=case.number,
        version=case.version,
        state=case.state_at(now),
        queue=standing.queue,
        entity_kind=case.entity_kind,
        entity=case.entity,
        assignee=standing.assignee,
        opened_at=format_instant(case.opened_at),
        due_at=format_instant(standing.due_at),
        breached=case.breached_at(now),
        snoozed_until=_instant(standing.snoozed_until),
        decisions=len(case.evidence),
        outcome="review" if newest is None else newest.outcome,
        policy=case.topic or "" if newest is None else newest.policy,
        reasons=list(dict.fromkeys(code for one in reversed(case.evidence) for code in one.reasons))
        or ([case.reason] if case.reason else []),
        probability=max(scored, default=None),
        at_stake_minor=case.at_stake_minor if money else None,
        expected_loss_minor=expected_loss_minor(case, desk.rules) if money else None,
        notes=case.notes,
        disposition=standing.disposition,
        decided_by=standing.decided_by,
        seconded_by=standing.seconded_by,
        resolved_at=_instant(standing.resolved_at),
        changed_at=format_instant(case.changed_at),
        changed_by=case.changed_by,
        undo_until=format_instant(undo_until) if case.before is not None and undo_until >= now else None,
    )


def detail_of(case: Case, desk: CaseDesk, process: DecisionProcess) -> dict[str, Any]:
    """A ``CaseDetail`` of ``case``."""
    shown = reversed(case.evidence[-_DECISIONS_SHOWN:])
    return {
        "case": summary_of(case, desk, money=True),
        "decisions": [process.archive.find(one.decision_id) for one in shown],
        "facts": [
            CaseFact(name=one.name, value=one.value, kind=one.kind, entity=one.entity, description=one.description)
            for one in desk.facts(case)
        ],
        "timeline": [_event(one, desk) for one in desk.history(case)],
        "labels": dict(case.labels),
    }


def queue_of(queue: Queue, counts: QueueCounts) -> CaseQueue:
    """A queue with its counts."""
    return CaseQueue(
        queue=queue.queue,
        title=CaseWords(en=queue.title.en, zh=queue.title.zh),
        due_after_s=queue.due_after // SECOND,
        escalates_to=queue.escalates_to,
        open=counts.open,
        assigned=counts.assigned,
        snoozed=counts.snoozed,
        waiting=counts.waiting,
        breached=counts.breached,
        due_soon=counts.due_soon,
        mine=counts.mine,
        resolved_today=counts.resolved_today,
    )


def disposition_of(disposition: Disposition) -> CaseDisposition:
    """A way a case may end."""
    return CaseDisposition(
        disposition=disposition.disposition,
        title=CaseWords(en=disposition.title.en, zh=disposition.title.zh),
        adverse=disposition.adverse,
        second_approval=disposition.second_approval,
        key=disposition.key,
    )


def _event(happened: Happened, desk: CaseDesk) -> CaseEvent:
    words = tell(happened.change, desk.rules)
    return CaseEvent(
        seq=happened.seq,
        at=format_instant(happened.at),
        by=happened.change.by,
        change=str(happened.change.__struct_config__.tag),
        en=words.en,
        zh=words.zh,
        text=None if happened.sealed is None else happened.sealed.text,
        erased=happened.erased,
    )


def _instant(at: Micros | None) -> str | None:
    return None if at is None else format_instant(at)
