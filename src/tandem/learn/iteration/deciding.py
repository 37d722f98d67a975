"""What the day does, as a pure function of the state and of what the steps found: the rule, in one place to read.

In order: what harms is taken back first; a day whose rows are not trusted moves nothing; a challenger on its way goes on, waits
or ends; only where none is on its way may another set out. Drift by itself never promotes anything.
"""

from __future__ import annotations

from typing import Any

import msgspec

from tandem.learn.iteration.plan import IterationPlan
from tandem.learn.iteration.resting import days_apart
from tandem.learn.iteration.states import Flight, IterationState, Move

__all__ = ["Decided", "Found", "decide_day"]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a day's steps found that matters for what it does.

    Attributes:
        trusted: the rows passed the gate.
        take_back: why the champion is taken back; empty: it stays.
        breach: why the challenger on its way may not go on; empty: it may.
        beside: the challenger beside the champion on the day's traffic, and ``validated`` beside the last validated model.
        let_on: challenger that a person let on after the gates had refused it, free to set out; None: there is none.
        chosen: candidate that has shown enough, with its model, reason and last day of learning; None: there is none.
        recorded: why the comparison was only recorded and chose nobody; empty: it counted.
        refused: why the gates refused it; empty: they did not.
        agreed_by: who reviewed the plan; None: nobody, so that there is no envelope.
        answer, who, words: what a person said to the draft that waits.
    """

    trusted: bool
    take_back: tuple[str, ...] = ()
    breach: tuple[str, ...] = ()
    beside: dict[str, Any] | None = None
    validated: dict[str, Any] | None = None
    let_on: Flight | None = None
    chosen: Flight | None = None
    recorded: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    agreed_by: str | None = None
    answer: str = "waiting"
    who: str = ""
    words: str = ""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """What a day does: the move, why in stable words, and the challenger as it goes on (None: none does)."""

    move: Move
    why: tuple[str, ...]
    flight: Flight | None = None
    who: str = ""
    words: str = ""


def decide_day(plan: IterationPlan, state: IterationState, day: str, found: Found) -> Decided:
    """The move of ``day``."""
    if found.take_back and state.before:
        return Decided(move="roll_back", why=found.take_back)
    if not found.trusted:
        return Decided(move="stay", why=("feed_refused",), flight=state.flight)
    if state.flight is None:
        return _set_out(found)
    if found.breach:
        return Decided(move="abort", why=found.breach)
    if found.beside is None:
        return Decided(move="stay", why=("no_traffic",), flight=state.flight)
    if state.flight.stage == "shadow":
        return _from_shadow(plan, state.flight, day, found)
    if state.flight.stage == "waiting":
        return _from_waiting(plan, state.flight, day, found)
    return _from_canary(plan, state.flight, day)


def outside(plan: IterationPlan, flight: Flight, found: Found) -> tuple[str, ...]:
    """What about the challenger is outside the envelope; empty: it is inside."""
    envelope = plan.envelope
    if envelope is None:
        return ("no_envelope",)
    reasons = ["let_on"] if flight.let_on else []
    if found.agreed_by is None:
        reasons.append("plan_not_reviewed")
    if ("refit" if flight.name == "refit" else "candidate") not in envelope.kinds:
        reasons.append("kind_not_allowed")
    if found.beside is not None:
        if abs(found.beside["shift"]) > envelope.approval_shift:
            reasons.append("approval_shift")
        if found.beside["psi"] > max(envelope.score_psi, found.beside["psi_chance"]):
            reasons.append("score_psi")
    if found.validated is not None and abs(found.validated["shift"]) > envelope.drift_from_validated:
        reasons.append("far_from_validated")
    return tuple(reasons)


def _set_out(found: Found) -> Decided:
    if found.let_on is not None:
        return Decided(move="shadow", why=("let_on",), flight=found.let_on, who=found.let_on.let_on)
    if found.chosen is None:
        return Decided(move="stay", why=found.recorded or ("champion_stays",))
    if found.refused:
        return Decided(move="stay", why=("challenger_refused",))
    return Decided(move="shadow", why=(found.chosen.why,), flight=found.chosen)


def _from_shadow(plan: IterationPlan, flight: Flight, day: str, found: Found) -> Decided:
    assert found.beside is not None
    seen = msgspec.structs.replace(flight, days=flight.days + 1, decisions=flight.decisions + found.beside["decisions"])
    if seen.days < plan.shadow.days or seen.decisions < plan.shadow.decisions:
        return Decided(move="stay", why=("shadow_goes_on",), flight=seen)
    reasons = outside(plan, flight, found)
    if reasons:
        waiting = msgspec.structs.replace(seen, stage="waiting", since=day)
        return Decided(move="draft", why=reasons, flight=waiting)
    agreed = msgspec.structs.replace(seen, by="envelope", who=found.agreed_by or "")
    return _next_share(plan, agreed, day, ("inside_envelope",))


def _from_waiting(plan: IterationPlan, flight: Flight, day: str, found: Found) -> Decided:
    if found.answer == "declined":
        return Decided(move="abort", why=("declined",), who=found.who, words=found.words)
    if found.answer == "approved":
        agreed = msgspec.structs.replace(flight, by="review", who=found.who)
        return _next_share(plan, agreed, day, ("approved",))
    return Decided(move="stay", why=("waits_for_review",), flight=flight)


def _from_canary(plan: IterationPlan, flight: Flight, day: str) -> Decided:
    if days_apart(flight.since, day) < plan.canary.days:
        return Decided(move="stay", why=("canary_goes_on",), flight=flight)
    return _next_share(plan, flight, day, ("canary_kept_within",))


def _next_share(plan: IterationPlan, flight: Flight, day: str, why: tuple[str, ...]) -> Decided:
    larger = [share for share in plan.canary.shares if share > flight.share]
    if not larger:
        return Decided(move="promote", why=why, flight=flight, who=flight.who)
    grown = msgspec.structs.replace(flight, stage="canary", share=larger[0], since=day)
    return Decided(move="canary", why=why, flight=grown, who=flight.who)
