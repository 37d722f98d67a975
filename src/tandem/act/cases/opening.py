"""From a decision to the case it asks for: whether, about whom, in which queue, and what is at stake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tandem.act.cases.changes import Evidence
from tandem.act.cases.rules import CaseRules, Queue
from tandem.decide.decisions import Trail
from tandem.kernel.identity import Pseudonym
from tandem.observe.events import EventType

__all__ = ["About", "actions_of", "asks_for_a_person", "entity_of", "evidence_of", "queue_for", "queue_of", "stake_of"]


class About(msgspec.Struct, frozen=True):
    """What a case is about: an entity by its pseudonym."""

    kind: str
    entity: Pseudonym


class _Actions(msgspec.Struct):
    actions: tuple[str, ...] = ()


_ACTIONS = msgspec.json.Decoder(_Actions)


def actions_of(answer: bytes | msgspec.Raw) -> tuple[str, ...]:
    """What the decision with this answer asks to be done."""
    return _ACTIONS.decode(answer).actions


def asks_for_a_person(outcome: str, answer: bytes | msgspec.Raw, rules: CaseRules) -> bool:
    """Whether a decision of that outcome and answer opens or joins a case."""
    if outcome in rules.open_on.outcomes:
        return True
    wanted = rules.open_on.actions
    return bool(wanted) and any(one in wanted for one in actions_of(answer))


def entity_of(trail: Trail, event_type: EventType | None, rules: CaseRules) -> About | None:
    """Whom the case is about; None where the event has no entity at all.

    Args:
        event_type: of the decided event, as it is now; None where it was dropped: then fields stand for kinds.
    """
    kinds = {} if event_type is None else {field.name: field.entity for field in event_type.fields if field.entity}
    present = {name: kinds.get(name, name) for name in trail.entities}
    for wanted in rules.group_by:
        for name, kind in present.items():
            if kind == wanted:
                return About(wanted, trail.entities[name])
    subject = None if event_type is None else event_type.subject
    first = subject if subject in present else next(iter(present), None)
    return None if first is None else About(str(present[first]), trail.entities[first])


def queue_of(trail: Trail, answer: bytes | msgspec.Raw, rules: CaseRules) -> Queue:
    """The first queue that takes the decision."""
    actions = actions_of(answer)
    for queue in rules.queues:
        takes = queue.takes
        if (
            (not takes.policies or trail.policy in takes.policies)
            and (not takes.reasons or any(reason in takes.reasons for reason in trail.reasons))
            and (not takes.actions or any(action in takes.actions for action in actions))
        ):
            return queue
    return rules.queues[-1]


def queue_for(topic: str, rules: CaseRules) -> Queue:
    """The first queue that takes ``topic`` among its actions; the last one if none does."""
    return next((queue for queue in rules.queues if topic in queue.takes.actions), rules.queues[-1])


def evidence_of(seq: int, trail: Trail, queue: Queue) -> Evidence:
    """The decision at place ``seq`` as evidence; its probability as ``queue`` counts it."""
    scores = trail.scores
    if queue.score is not None:
        scored = scores.get(queue.score)
        probability = None if scored is None else scored.probability
    else:
        probability = max((one.probability for one in scores.values()), default=None)
    return Evidence(
        decision_id=trail.decision_id,
        decision_seq=seq,
        event_id=trail.event_id,
        event_seq=trail.event_seq,
        event_type=trail.event_type,
        policy=trail.policy,
        outcome=trail.outcome,
        reasons=trail.reasons,
        probability=probability,
    )


def stake_of(values: Mapping[str, Any], queue: Queue) -> int | None:
    """The money at stake in an event with ``values``, in minor units; None where it does not say."""
    amount = values.get(queue.amount)
    return amount if type(amount) is int and amount >= 0 else None
