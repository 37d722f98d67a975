"""From an event to a decision: the pure function, and around it what is recorded and what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from tandem.decide.decisions.known import OnlineKnown
from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.records import clear_bytes, used_bytes
from tandem.decide.decisions.types import Answer, AnswerReason, Facts, Given, KeptScore, Personal, Trail
from tandem.decide.experiments import Assigned, ClusterUnits
from tandem.decide.lists import Lists
from tandem.decide.models import Model
from tandem.decide.policy import CompiledPolicy, PolicyResult
from tandem.kernel.identity import DecisionId, Entropy, Pseudonym, new_id
from tandem.kernel.time import Clock, Micros, format_instant
from tandem.kernel.values import Row, Value
from tandem.observe.events import Event
from tandem.observe.journal import Entry

__all__ = [
    "NOTHING_ASKED",
    "Decided",
    "decide_event",
    "facts_again",
    "facts_of",
    "judge",
    "kept_scores",
    "models_of",
    "policy_inputs",
]

_ENCODER = msgspec.json.Encoder(order="deterministic")


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that was made: what is answered, what is recorded, and what watchers may look at."""

    event: Event
    answer: Answer
    entry: Entry
    trail: Trail

    @property
    def decided_at(self) -> Micros:
        """When: an event is decided on as it is received."""
        return self.event.received_at


NOTHING_ASKED = Given()


def facts_of(
    event: Event,
    names: Sequence[str],
    vector: Sequence[Value],
    lists: Lists,
    policy: CompiledPolicy,
    answers: Row = NOTHING_ASKED.facts,
) -> Facts:
    """What is known of ``event``: its values and times, the features as of it, who of it is on which list.

    Args:
        answers: what connectors were asked for it.
    """
    row: Row = dict(zip(names, vector, strict=True))
    row.update(event.values)
    if answers:
        row.update(answers)
    row["occurred_at"] = event.occurred_at
    row["received_at"] = event.received_at
    members = {}
    if policy.recorded_lists:
        view, entities = lists.view(event.occurred_at), event.entities.values()
        for name in policy.recorded_lists:
            listed = view[name]
            members[name] = frozenset([one for one in entities if one in listed])
    return Facts(row=row, members=members)


def facts_again(used: Personal, policy: CompiledPolicy) -> Facts:
    """The facts that a recorded decision looked at, for ``policy``; a list it did not name then has no members."""
    return Facts(row=used.inputs, members={name: frozenset(used.members.get(name, ())) for name in policy.lists})


def models_of(policy: CompiledPolicy) -> dict[str, Model]:
    """The models that ``policy`` scores by, by the name it calls them; an arm of an experiment has its own."""
    return {name: model for name, model in policy.models.items() if isinstance(model, Model)}


def judge(facts: Facts, policy: CompiledPolicy) -> PolicyResult:
    """The decision: a pure function of facts and of a release's policy. Live, shadow, replay, what-if and backtest call this."""
    return policy.run(facts.row, facts.members)


def kept_scores(result: PolicyResult) -> dict[str, KeptScore]:
    """The scores of ``result`` as they are recorded."""
    return {
        name: KeptScore(probability=score.probability, margin=score.margin, points=score.points)
        for name, score in result.scores.items()
    }


def policy_inputs(facts: Facts, policy: CompiledPolicy) -> tuple[Row, dict[str, tuple[Pseudonym, ...]]]:
    """What ``policy`` may have looked at, and what else is recorded with it: columns, and memberships in lists."""
    columns = policy.recorded_columns
    inputs = dict(zip(columns, map(facts.row.get, columns), strict=True))
    members = {name: tuple(sorted(facts.members[name])) for name in policy.recorded_lists if facts.members.get(name)}
    return inputs, members


def decide_event(
    event: Event,
    seq: int,
    release: LiveRelease,
    policy: CompiledPolicy,
    known: OnlineKnown,
    lists: Lists,
    clock: Clock,
    entropy: Entropy,
    started_ns: int,
    given: Given,
    units: ClusterUnits,
) -> Decided:
    """Decide on ``event``, which moves the state of ``known``; the entry to record and the answer to give.

    Args:
        policy: the champion's; where an experiment runs on it, that of the event's arm decides.
        units: who was assigned with whom.
    """
    read_ns = clock.monotonic_ns()
    vector = known.observe(event, seq)  # type: ignore[arg-type]
    arms: tuple[Assigned, ...] = ()
    trial = release.arms.deciding.get(policy.policy.policy)
    if trial is not None:
        arms = (trial.assign(event, known, units, seq),)
        policy = trial.arms[arms[0].arm]
    facts = facts_of(event, release.known.names, vector, lists, policy, given.facts)
    known_ns = clock.monotonic_ns()
    result = judge(facts, policy)
    judged_ns = clock.monotonic_ns()
    decision_id = DecisionId(new_id("dec", clock, entropy))
    name = policy.policy.policy
    trail = Trail(
        decision_id=decision_id,
        event_id=event.event_id,
        event_type=event.event_type,
        event_seq=seq,
        occurred_at=event.occurred_at,
        policy=name,
        policy_digest=release.policy_digests[name],
        plan_digest=release.known.digest,
        release=release.digest,
        outcome=str(result.outcome),
        reasons=tuple(reason.code for reason in result.reasons),
        path=tuple(result.path),
        fired=tuple(result.fired),
        scores=kept_scores(result),
        missing=tuple(result.missing),
        entities=event.entities,
        timings_us={
            "read": (read_ns - started_ns) / 1000,
            "features": (known_ns - read_ns) / 1000,
            "policy": (judged_ns - known_ns) / 1000,
        },
        asked=given.asked,
        arms=arms,
    )
    body = _ENCODER.encode(_answer_document(trail, result, release, event.received_at))
    used = used_bytes(*policy_inputs(facts, policy))
    owned = event.subject is not None
    entry = Entry(
        kind="decision",
        recorded_at=event.received_at,
        clear=clear_bytes(body, trail, None if owned else used),
        key=decision_id,
        minted=True,
        digest=event.digest,
        subject=event.subject,
        secret=used if owned else None,
    )
    answer = Answer(decision_id=decision_id, event_id=event.event_id, body=body)
    return Decided(event=event, answer=answer, entry=entry, trail=trail)


def _answer_document(trail: Trail, result: PolicyResult, release: LiveRelease, at: Micros) -> dict[str, Any]:
    told = release.vocabulary.answered(result.reasons)
    reasons = [AnswerReason(code=code, en=words.en, zh=words.zh_cn) for code, words in told]
    document: dict[str, Any] = {
        "decision_id": trail.decision_id,
        "event_id": trail.event_id,
        "outcome": trail.outcome,
        "reasons": reasons,
        "actions": list(result.actions),
        "scores": trail.scores,
        "policy": trail.policy,
        "release": trail.release,
        "decided_at": format_instant(at),
    }
    if result.limit_minor is not None:
        document["limit_minor"] = result.limit_minor
    if result.price:
        document["price"] = dict(result.price)
    return document
