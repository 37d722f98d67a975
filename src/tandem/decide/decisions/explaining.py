"""Why: a decision with everything it looked at, the way it took, and each condition against its threshold."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import msgspec

from tandem.decide.decisions.answering import facts_again, kept_scores
from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.records import decode_body, personal_of
from tandem.decide.decisions.telling import told_of
from tandem.kernel.time import format_instant
from tandem.kernel.values import Value
from tandem.observe.journal import Journal, Record

__all__ = ["explain_decision"]


def explain_decision(record: Record, live: LiveRelease, journal: Journal) -> dict[str, Any]:
    """Everything there is to say about the decision of ``record``, JSON-like.

    Args:
        live: the release the decision names.

    Returns:
        ``answer`` and ``trail`` as recorded; ``inputs``, each with its value and where it came from; ``trace``, computed
        anew by the interpreter; ``told``: the principal reasons as the person is told them; ``agrees``: whether the trace comes to the recorded outcome. A decision whose person
        was erased has ``erased`` and neither inputs nor trace.
    """
    body = decode_body(record.clear)
    document: dict[str, Any] = {
        "decision_id": body.trail.decision_id,
        "recorded_at": format_instant(record.recorded_at),
        "seq": record.seq,
        "answer": msgspec.json.decode(body.answer),
        "trail": msgspec.to_builtins(body.trail),
    }
    personal = personal_of(record, journal)
    if personal is None:
        return document | {"erased": True}
    policy = live.policy_of(body.trail)
    facts = facts_again(personal, policy)
    trace = policy.trace(facts.row, facts.members)
    answers = {name: connector for connector, names in policy.plan.asks.items() for name in names}
    twins = {one.connector for one in body.trail.asked if one.source == "simulated"}
    document["inputs"] = {
        name: _input(name, value, live, answers, twins) for name, value in sorted(personal.inputs.items())
    }
    document["members"] = {name: sorted(held) for name, held in personal.members.items()}
    traced = msgspec.to_builtins(trace)
    traced["result"]["scores"] = msgspec.to_builtins(kept_scores(trace.result))  # by name, as in answer and trail
    document["trace"] = traced
    document["told"] = msgspec.to_builtins(told_of(trace.result, facts, policy, live))
    document["agrees"] = str(trace.result.outcome) == body.trail.outcome
    return document


def _input(
    name: str, value: Value, live: LiveRelease, answers: dict[str, str], twins: Container[str]
) -> dict[str, Any]:
    if name in live.known.columns:
        return {
            "value": value,
            "source": "feature",
            "entity": list(live.known.entity(name)),
            "en": live.known.describe(name, "en"),
            "zh": live.known.describe(name, "zh"),
        }
    if name in answers:
        simulated = answers[name] in twins
        return {"value": value, "source": "simulated" if simulated else "connector", "connector": answers[name]}
    return {"value": value, "source": "event"}
