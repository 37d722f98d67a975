"""What a person may do to a case, and when not: pure functions from a case and a wish to the change, or to a refusal."""

from __future__ import annotations

from collections.abc import Iterable

from tandem.act.cases.changes import (
    Assigned,
    CaseChange,
    Escalated,
    Noted,
    Proposed,
    Reopened,
    Resolved,
    Returned,
    Seconded,
    Snoozed,
    Undone,
)
from tandem.act.cases.folding import Case, CaseState
from tandem.act.cases.rules import UNDO_FOR, CaseRules
from tandem.kernel.errors import Conflict, InvalidInput, Refused, near_match
from tandem.kernel.time import DAY, Micros

__all__ = ["SNOOZE_MAX", "assign", "escalate", "note", "reopen", "resolve", "second", "snooze", "undo"]

SNOOZE_MAX = 90 * DAY


def assign(case: Case, *, by: str, to: str | None, now: Micros) -> CaseChange:
    """Give it to ``to``, or back to its queue."""
    _needs(case, now, ("open", "assigned", "snoozed"))
    return Assigned(case=case.case_id, by=by, to=to)


def snooze(case: Case, *, by: str, until: Micros, now: Micros) -> CaseChange:
    """Leave it alone until ``until``.

    Raises:
        InvalidInput: not in the future, or too far in it.
    """
    _needs(case, now, ("open", "assigned", "snoozed"))
    if not now < until <= now + SNOOZE_MAX:
        raise InvalidInput(
            "A case sleeps until some time within the next 90 days.",
            code="invalid_snooze",
            field="until",
            hint="give an instant in the future",
        )
    return Snoozed(case=case.case_id, by=by, until=until)


def escalate(case: Case, *, by: str, rules: CaseRules, now: Micros) -> CaseChange:
    """Move it to the queue above, with a new due time there.

    Raises:
        Conflict: there is none.
    """
    _needs(case, now, ("open", "assigned", "snoozed"))
    above = rules.queue(case.standing.queue).escalates_to
    if above is None:
        raise Conflict(
            "This queue escalates to no other.",
            code="no_escalation",
            field="queue",
            value=case.standing.queue,
            hint="add escalates_to: to the queue in case_rules/",
        )
    return Escalated(case=case.case_id, by=by, queue=above, due_at=Micros(now + rules.queue(above).due_after))


def note(case: Case, *, by: str) -> CaseChange:
    """Write something down; that is always possible."""
    return Noted(case=case.case_id, by=by)


def resolve(case: Case, *, by: str, disposition: str, rules: CaseRules, now: Micros) -> CaseChange:
    """End it, or propose to where another person has to agree.

    Raises:
        InvalidInput: no such disposition.
    """
    _needs(case, now, ("open", "assigned", "snoozed"))
    chosen = rules.disposition(disposition)
    if chosen is None:
        raise InvalidInput(
            "There is no such disposition.",
            code="unknown_disposition",
            field="disposition",
            value=disposition,
            hint=near_match(disposition, [one.disposition for one in rules.dispositions]),
        )
    labelled = any(rules.label_for(one.event_type) is not None for one in case.evidence)
    kind = Proposed if chosen.second_approval else Resolved
    return kind(case=case.case_id, by=by, disposition=disposition, adverse=chosen.adverse if labelled else None)


def second(case: Case, *, by: str, agrees: bool, now: Micros) -> CaseChange:
    """Agree to what another person proposed, or send it back to them.

    Raises:
        Refused: it is the same person.
    """
    _needs(case, now, ("waiting",))
    if by == case.standing.decided_by:
        raise Refused(
            "Whoever proposed it may not be the second to agree.",
            code="same_person",
            field="by",
            value=by,
            hint="ask somebody else, or undo it within ten seconds",
        )
    return Seconded(case=case.case_id, by=by) if agrees else Returned(case=case.case_id, by=by)


def reopen(case: Case, *, by: str, rules: CaseRules, now: Micros) -> CaseChange:
    """Take up again what was over; the clock of its queue starts anew."""
    _needs(case, now, ("resolved",))
    due_at = Micros(now + rules.queue(case.standing.queue).due_after)
    return Reopened(case=case.case_id, by=by, due_at=due_at)


def undo(case: Case, *, by: str, now: Micros) -> CaseChange:
    """Take back the last change, by whoever made it, within ten seconds.

    Raises:
        Refused: another person made it.
        Conflict: there is nothing to take back, or it is too late.
    """
    if case.before is None:
        raise Conflict("There is nothing to take back.", code="nothing_to_undo", hint="reopen it, or assign it anew")
    if case.changed_by != by:
        raise Refused(
            "Only who made a change takes it back.",
            code="not_yours",
            field="by",
            value=by,
            hint=f"ask {case.changed_by}",
        )
    if now - case.changed_at > UNDO_FOR:
        raise Conflict(
            "It is too late to take it back: more than ten seconds.", code="undo_too_late", hint="reopen it instead"
        )
    return Undone(case=case.case_id, by=by)


def _needs(case: Case, now: Micros, states: Iterable[CaseState]) -> None:
    state = case.state_at(now)
    if state not in states:
        raise Conflict(
            f"The case is {state}.",
            code="case_state",
            field="state",
            value=state,
            hint="possible when it is: " + ", ".join(states),
        )
