"""The last two steps: saying what the day does, and doing it through the release desk."""

from __future__ import annotations

from typing import Any

import msgspec

from tandem.decide.models import ModelDocument
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import TandemError
from tandem.kernel.identity import Digest
from tandem.learn.iteration.day import DayWork
from tandem.learn.iteration.deciding import Decided, Found, decide_day
from tandem.learn.iteration.feeds import day_shifted
from tandem.learn.iteration.resting import rests
from tandem.learn.iteration.states import Deployment, Flight, IterationState, Proposal, Quarantine, StepRecord, Verdict

__all__ = ["decide", "release"]

_DECIDED = msgspec.json.Decoder(Decided)
_PROPOSALS = msgspec.json.Decoder(tuple[Proposal, ...])
_KEPT = 10
"""Predecessors that are kept at hand for a roll-back."""


def decide(work: DayWork) -> StepRecord:
    """Say what the day does; nothing has been done yet."""
    decided = decide_day(work.plan, work.state, work.day, _found(work))
    kept = work.setting.store.keep(canonical_bytes(decided))
    verdict: Verdict = "noted" if decided.move in {"draft", "abort", "roll_back"} else "passed"
    facts = {"move": decided.move, "why": list(decided.why), "who": decided.who, "words": decided.words}
    if decided.flight is not None:
        facts["flight"] = msgspec.to_builtins(decided.flight)
    return StepRecord(
        step="decide",
        verdict=verdict,
        inputs={"state": work.records["take"].outputs["state"]},
        outputs={"decided": kept},
        facts=facts,
    )


def release(work: DayWork) -> StepRecord:
    """Do what was decided; what the desk refuses leaves the champion where it is, and says why."""
    decided = _DECIDED.decode(work.setting.store.read(work.records["decide"].outputs["decided"]))
    facts: dict[str, Any] = {"move": decided.move}
    verdict: Verdict = "passed"
    try:
        state = _done(work, decided)
    except TandemError as error:
        # A set that does not hold together is no reason for the day to stop: the challenger ends, the champion stays.
        state = msgspec.structs.replace(work.state, flight=None, rests_from=work.day)
        verdict = "refused"
        facts |= {"codes": [error.code], "words": error.detail}
    state = _after_tune(work, _after_gate(work, state))
    facts["live"] = {"model": state.champion.model, "since": state.champion.since, "how": state.champion.how}
    return StepRecord(
        step="release",
        verdict=verdict,
        inputs={"decided": work.records["decide"].outputs["decided"]},
        outputs={"state": work.setting.store.keep(canonical_bytes(state)), "release": work.setting.desk.live().release},
        facts=facts,
    )


def _found(work: DayWork) -> Found:
    records, desk, flight = work.records, work.setting.desk, work.state.flight
    shadowed = records["shadow"].facts
    answer, who, words = "waiting", "", ""
    if flight is not None and flight.draft is not None:
        answer, who, words = desk.answer(flight.draft)
    return Found(
        trusted=not work.stopped,
        take_back=tuple(records["watch"].facts.get("codes", ())) if records["watch"].verdict == "refused" else (),
        breach=tuple(shadowed["codes"]) if records["shadow"].verdict == "refused" else (),
        beside=shadowed.get("beside_champion"),
        validated=shadowed.get("beside_validated"),
        let_on=_let_on(work),
        chosen=_chosen(work),
        recorded=tuple(records["compare"].facts.get("codes", ())),
        refused=tuple(records["check"].facts.get("codes", ())) if records["check"].verdict == "refused" else (),
        agreed_by=desk.agreed_by(),
        answer=answer,
        who=who,
        words=words,
    )


def _let_on(work: DayWork) -> Flight | None:
    """The oldest challenger that a person let on, where none is on its way and the last change is old enough."""
    waiting = [one for one in work.records["take"].facts["let_on"] if not one["lapsed"]]
    if not waiting or rests(work.plan, work.state, work.day):
        return None
    one = waiting[0]
    return Flight(
        name=one["name"],
        model=Digest(one["model"]),
        born=work.day,
        stage="shadow",
        since=work.day,
        why=one["reason"],
        trained_to=one["trained_to"],
        let_on=one["by"],
    )


def _chosen(work: DayWork) -> Flight | None:
    facts = work.records["compare"].facts
    name = facts.get("chosen")
    if name is None:
        return None
    return Flight(
        name=name,
        model=Digest(work.records["train"].outputs[name]),
        born=work.day,
        stage="shadow",
        since=work.day,
        why=facts["why"],
        trained_to=work.window.train[1],
    )


def _done(work: DayWork, decided: Decided) -> IterationState:
    """Do it, and return the state that the day leaves."""
    desk, state, flight = work.setting.desk, work.state, decided.flight
    if work.records["compare"].facts.get("counts"):
        state = msgspec.structs.replace(state, looks=state.looks + 1, looked=work.day)
    note = f"{work.plan.name} {work.day}: {decided.move}, {', '.join(decided.why)}"
    if decided.move == "roll_back":
        return _rolled_back(work, state, note)
    if decided.move == "abort":
        if state.flight is not None and state.flight.stage == "canary":
            desk.withdraw(by=state.flight.who, note=note)
        return msgspec.structs.replace(state, flight=None, rests_from=work.day)
    if flight is None:
        return state
    if decided.move == "promote":
        return _promoted(work, state, flight, note)
    if decided.move == "draft":
        flight = msgspec.structs.replace(flight, draft=desk.draft(_document(work, flight), note))
    elif decided.move == "canary":
        desk.canary(_document(work, flight), flight.share, by=_signed(work, flight), note=note)
    elif decided.move == "shadow" and flight.let_on:
        state = msgspec.structs.replace(state, let_on=(*state.let_on, flight.model))
    return msgspec.structs.replace(state, flight=flight)


def _promoted(work: DayWork, state: IterationState, flight: Flight, note: str) -> IterationState:
    document = _document(work, flight)
    release = work.setting.desk.promote(document, by=_signed(work, flight), note=note)
    champion = Deployment(
        model=flight.model,
        artefact=work.setting.desk.artefact_of(document),
        since=day_shifted(work.day, 1),
        release=release,
        how="review" if flight.by == "review" else "envelope",
        trained_to=flight.trained_to,
    )
    return msgspec.structs.replace(
        state,
        champion=champion,
        before=(state.champion, *state.before)[:_KEPT],
        validated=flight.model if flight.by == "review" else state.validated,
        flight=None,
        looks=0,
        rests_from=work.day,
    )


def _rolled_back(work: DayWork, state: IterationState, note: str) -> IterationState:
    back = state.before[0]
    release = work.setting.desk.roll_back(back.artefact, back.release, note=note)
    champion = msgspec.structs.replace(back, since=day_shifted(work.day, 1), release=release, how="rollback")
    return msgspec.structs.replace(
        state, champion=champion, before=state.before[1:], flight=None, looks=0, rests_from=work.day
    )


def _signed(work: DayWork, flight: Flight) -> str:
    """Whose review stands under the release: a person's, or a person's by the envelope they agreed to."""
    return flight.who if flight.by == "review" else f"{flight.who} (envelope of {work.plan.name})"


def _document(work: DayWork, flight: Flight) -> ModelDocument:
    return work.model(flight.model).document


def _after_tune(work: DayWork, state: IterationState) -> IterationState:
    kept = work.records["tune"].outputs.get("proposals")
    if kept is None:
        return state
    return msgspec.structs.replace(state, proposals=_PROPOSALS.decode(work.setting.store.read(kept)))


def _after_gate(work: DayWork, state: IterationState) -> IterationState:
    """Rows that the gate refused teach nobody, today or later; days that it accepted make the next profile."""
    gate = work.records["gate"]
    new = tuple(Quarantine(day=work.day, of=kind) for kind in gate.facts.get("quarantine", ()))
    profiles = {
        name.removesuffix("_profile"): Digest(digest)
        for name, digest in gate.outputs.items()
        if name.endswith("_profile")
    }
    return msgspec.structs.replace(state, quarantine=state.quarantine + new, profiles=profiles or state.profiles)
