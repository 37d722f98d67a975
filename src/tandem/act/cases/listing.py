"""Finding cases: by queue, state, person, lateness and text; in the order of work or of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.act.cases.folding import Case, Cases
from tandem.act.cases.ranking import expected_loss_minor, rank
from tandem.act.cases.rules import CaseRules
from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.time import DAY, Micros

__all__ = ["NOBODY", "Asked", "CaseOrder", "QueueCounts", "StateAsked", "counted", "matching"]

NOBODY: Final = "-"
"""Stands for "nobody" where an assignee is asked for. No person has this name."""

StateAsked: TypeAlias = Literal["working", "open", "assigned", "snoozed", "waiting", "resolved", "all"]
"""``working``: not over."""
CaseOrder: TypeAlias = Literal["next", "due", "opened", "changed", "loss"]
"""``next``: as they would be handed out; ``opened`` and ``changed``: newest first; ``loss``: largest first."""

_SOON = 0.75
"""Share of the promised time after which a case is due soon."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are asked for; None leaves a question out.

    Attributes:
        text: a number (``12`` or ``#12``), an id of a case, a decision or an event, a pseudonym, a reason code, or the
            real identifier of an entity, of which ``known_as`` then gives the pseudonyms.
    """

    queue: str | None = None
    state: StateAsked = "working"
    assignee: str | None = None
    breached: bool | None = None
    text: str | None = None
    known_as: Mapping[EntityKind, Pseudonym] = {}
    order: CaseOrder = "next"


class QueueCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Cases of one queue that are not over, by state; of all of them those past due, due soon, and of one person."""

    queue: str
    open: int = 0
    assigned: int = 0
    snoozed: int = 0
    waiting: int = 0
    breached: int = 0
    due_soon: int = 0
    mine: int = 0
    resolved_today: int = 0


def matching(cases: Cases, asked: Asked, rules: CaseRules, now: Micros) -> list[Case]:
    """All cases that match, in the order asked for. They go on living: copy what is kept."""
    pool: Iterable[Case] = cases if asked.state in {"all", "resolved"} else cases.working()
    found = [case for case in pool if _matches(case, asked, now)]
    if asked.order == "next":
        return sorted(found, key=lambda case: (case.resolved, rank(case, rules, now)))
    if asked.order == "due":
        return sorted(found, key=lambda case: (case.standing.due_at, case.number))
    if asked.order == "loss":
        return sorted(found, key=lambda case: (-expected_loss_minor(case, rules), case.number))
    if asked.order == "opened":
        return sorted(found, key=lambda case: -case.number)
    return sorted(found, key=lambda case: (-case.changed_at, -case.number))


def counted(cases: Cases, rules: CaseRules, person: str, now: Micros) -> list[QueueCounts]:
    """Counts of every queue of ``rules``, in their order. A dropped queue's cases count where they would go now."""
    counts: dict[str, Counter[str]] = {one.queue: Counter() for one in rules.queues}
    for case in cases.working():
        here = counts[rules.queue(case.standing.queue).queue]
        here[case.state_at(now)] += 1
        here["breached"] += case.breached_at(now)
        here["due_soon"] += _due_soon(case, now)
        here["mine"] += case.standing.assignee == person
    midnight = Micros(now - now % DAY)
    for case in cases.resolved_since(midnight):
        counts[rules.queue(case.standing.queue).queue]["resolved_today"] += 1
    return [QueueCounts(queue=name, **found) for name, found in counts.items()]


def _due_soon(case: Case, now: Micros) -> bool:
    due_at = case.standing.due_at
    return not case.breached_at(now) and now - case.opened_at >= _SOON * (due_at - case.opened_at)


def _matches(case: Case, asked: Asked, now: Micros) -> bool:
    if asked.state not in {"all", "working"} and case.state_at(now) != asked.state:
        return False
    standing = case.standing
    if asked.queue is not None and standing.queue != asked.queue:
        return False
    if asked.assignee is not None and (standing.assignee or NOBODY) != asked.assignee:
        return False
    if asked.breached is not None and case.breached_at(now) != asked.breached:
        return False
    return asked.text is None or _is_named(case, asked.text, asked.known_as)


def _is_named(case: Case, text: str, known_as: Mapping[EntityKind, Pseudonym]) -> bool:
    if known_as.get(EntityKind(case.entity_kind)) == case.entity or text in {case.case_id, case.entity}:
        return True
    if text.lstrip("#") == str(case.number):
        return True
    return any(text in {one.decision_id, one.event_id, one.policy, *one.reasons} for one in case.evidence)
