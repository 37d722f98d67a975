"""The first step: what came, what is live, and the state that the day begins with."""

from __future__ import annotations

from typing import Any

import msgspec

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.time import format_instant
from tandem.learn.iteration.day import DayWork
from tandem.learn.iteration.desk import LiveModel
from tandem.learn.iteration.feeds import bads_of
from tandem.learn.iteration.states import Acceptance, Deployment, IterationState, StepRecord
from tandem.learn.iteration.store import read_run

__all__ = ["take"]


def take(work: DayWork) -> StepRecord:
    """Take the day's rows and meet what is live; a model that somebody released by hand is the new champion."""
    live = work.setting.desk.live()
    state, adopted = _state(work, live)
    accepted = work.setting.desk.accepted()
    words = {(one.day, one.of): one for one in accepted if one.of != "challenger"}
    lifted = [words[one.day, one.of] for one in state.quarantine if (one.day, one.of) in words]
    held = tuple(one for one in state.quarantine if (one.day, one.of) not in words)
    let_on = [_let_on(work, state, one) for one in accepted if one.model is not None and one.model not in state.let_on]
    lapsed = tuple(one["model"] for one in let_on if one["lapsed"])
    state = msgspec.structs.replace(state, quarantine=held, let_on=state.let_on + lapsed)
    rows = work.setting.feed.take(work.plan, work.day, state.quarantine)
    bads = {
        name: int(bads_of(table, work.plan.target).sum())
        for name, table in (("mature", rows.mature), ("told", rows.told))
    }
    facts = {
        "decided": rows.traffic.num_rows,
        "told": rows.told.num_rows,
        "told_bads": bads["told"],
        "mature": rows.mature.num_rows,
        "mature_bads": bads["mature"],
        "immature": rows.immature,
        "quarantined": rows.quarantined,
        "owner": work.plan.owner,
        "lifted": [_told(one) for one in lifted],
        "let_on": let_on,
        "adopted": adopted,
        "champion_since": state.champion.since,
        "champion_how": state.champion.how,
    }
    nothing = rows.traffic.num_rows == 0 and rows.told.num_rows == 0
    return StepRecord(
        step="take",
        verdict="refused" if nothing else "noted" if adopted or lifted or let_on else "passed",
        inputs={"live": live.artefact, "previous": work.previous.digest if work.previous else ""},
        outputs={
            "plan": work.setting.store.keep(canonical_bytes(work.plan)),
            "rows": rows.digest,
            "state": work.setting.store.keep(canonical_bytes(state)),
            "champion": state.champion.model,
        },
        facts=facts | ({"codes": ["nothing_came"]} if nothing else {}),
    )


def _told(one: Acceptance) -> dict[str, Any]:
    """A person's word as a record carries it."""
    plain: dict[str, Any] = msgspec.to_builtins(one)
    return plain | {"at": format_instant(one.at)}


def _let_on(work: DayWork, state: IterationState, one: Acceptance) -> dict[str, Any]:
    """A challenger that a person accepted: what it was when it was refused, and whether its champion is gone by now."""
    store = work.setting.store
    run = read_run(store, store.run_of(work.plan.name, one.day))
    compared, check = run.step("compare").facts, run.step("check")
    return _told(one) | {
        "name": compared["chosen"],
        "reason": compared["why"],
        "trained_to": run.step("train").facts["days"][1],
        "lapsed": check.inputs["champion"] != state.champion.model,
    }


def _state(work: DayWork, live: LiveModel) -> tuple[IterationState, bool]:
    """The state to begin with, and whether somebody else changed the model since the day before."""
    before = work.previous.state if work.previous else None
    if before is not None and before.champion.artefact == live.artefact:
        return before, False
    found = Deployment(
        model=work.keep_model(live.document), artefact=live.artefact, since=work.day, release=live.release, how="found"
    )
    if before is None:
        return IterationState(champion=found, validated=found.model), False
    older = (before.champion, *before.before)[:_KEPT]
    state = msgspec.structs.replace(
        before, champion=found, before=older, validated=found.model, flight=None, looks=0, rests_from=work.day
    )
    return state, True


_KEPT = 10
"""Predecessors that are kept at hand for a roll-back."""
