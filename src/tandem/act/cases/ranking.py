"""Which case is next: those past due first, then by the loss that is likely, more so the nearer they come to due."""

from __future__ import annotations

from collections.abc import Iterable

from tandem.act.cases.folding import Case
from tandem.act.cases.rules import CaseRules
from tandem.kernel.time import Micros

__all__ = ["best_for", "expected_loss_minor", "rank"]

_DEFERRED = 0.5
"""What age adds: a case at its due time counts half as much again as a new one."""


def expected_loss_minor(case: Case, rules: CaseRules) -> int:
    """Likely loss in minor units: the highest probability among its decisions times the money at stake.

    Where one of them is unknown, what its queue assumes is counted.
    """
    queue = rules.queue(case.standing.queue)
    known = [one.probability for one in case.evidence if one.probability is not None]
    probability = max(known) if known else queue.assumed_probability
    stake = queue.assumed_amount_minor if case.at_stake_minor is None else case.at_stake_minor
    return round(probability * stake)


def rank(case: Case, rules: CaseRules, now: Micros) -> tuple[bool, float, int]:
    """A key to sort by: the first is the one to take."""
    breached = case.breached_at(now)
    promised = max(1, case.standing.due_at - case.opened_at)
    age = min(1.0, max(0.0, (now - case.opened_at) / promised))
    return (not breached, -expected_loss_minor(case, rules) * (1 + _DEFERRED * age), case.number)


def best_for(person: str, queue: str | None, cases: Iterable[Case], rules: CaseRules, now: Micros) -> Case | None:
    """The case that ``person`` should work on next: one of theirs that woke up, else the best free one of ``queue``.

    What they passed on themselves is not handed back to them; they may still take it by name.
    """
    here = [case for case in cases if queue in {None, case.standing.queue}]
    woken = [case for case in here if _woke_for(case, person, now)]
    free = woken or [case for case in here if case.state_at(now) == "open" and case.standing.passed_by != person]
    return min(free, key=lambda case: rank(case, rules, now), default=None)


def _woke_for(case: Case, person: str, now: Micros) -> bool:
    standing = case.standing
    return (
        standing.state == "assigned"
        and standing.assignee == person
        and standing.snoozed_until is not None
        and standing.snoozed_until <= now
    )
