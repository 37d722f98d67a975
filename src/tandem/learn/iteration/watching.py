"""Watching what decides, and what is about to: the champion against its predecessor, the challenger against the champion.

A new champion is held against the model it replaced, on the same rows, as soon as outcomes of its own time are mature; and
every day their approvals are compared on that day's traffic. No threshold on a single AUC: the world may become harder for both.
"""

from __future__ import annotations

from typing import Any

import msgspec

from tandem.learn.iteration.beside import beside
from tandem.learn.iteration.day import DayWork
from tandem.learn.iteration.evidence import bads_in_band, compare
from tandem.learn.iteration.feeds import bads_of
from tandem.learn.iteration.resting import days_apart
from tandem.learn.iteration.states import StepRecord, Verdict

__all__ = ["shadow", "watch"]


def watch(work: DayWork) -> StepRecord:
    """How the champion does, and whether its predecessor would do better."""
    if work.stopped:
        return StepRecord(step="watch", verdict="skipped", facts={"codes": ["feed_refused"]})
    state, plan = work.state, work.plan
    facts: dict[str, Any] = {"champion": _doing(work)}
    codes: list[str] = []
    young = state.champion.how in {"envelope", "review"} and bool(state.before)
    if young and days_apart(state.champion.since, work.day) <= plan.watch.days:
        facts["predecessor"], codes = _against_predecessor(work)
    verdict: Verdict = "refused" if codes else "passed"
    inputs = {"champion": str(state.champion.model)}
    return StepRecord(step="watch", verdict=verdict, inputs=inputs, facts=facts | {"codes": codes})


def shadow(work: DayWork) -> StepRecord:
    """The challenger on its way, computed on the day's traffic with the inputs that were captured then."""
    flight = work.state.flight
    if flight is None or work.stopped or work.rows.traffic.num_rows == 0:
        reason = "nothing_on_its_way" if flight is None else "feed_refused" if work.stopped else "no_traffic"
        return StepRecord(step="shadow", verdict="skipped", facts={"codes": [reason]})
    traffic, plan, state = work.rows.traffic, work.plan, work.state
    challenger = work.log_odds(flight.model, traffic)
    found = beside(work.log_odds(state.champion.model, traffic), challenger, plan.approve_below)
    validated = beside(work.log_odds(state.validated, traffic), challenger, plan.approve_below)
    codes = ["approvals_move"] if abs(found.shift) > plan.watch.approval_shift else []
    return StepRecord(
        step="shadow",
        verdict="refused" if codes else "passed",
        inputs={"challenger": flight.model, "champion": state.champion.model, "validated": state.validated},
        facts={
            "challenger": flight.name,
            "stage": flight.stage,
            "share": flight.share,
            "day": flight.days + 1,
            "beside_champion": msgspec.to_builtins(found),
            "beside_validated": msgspec.to_builtins(validated),
            "codes": codes,
        },
    )


def _doing(work: DayWork) -> dict[str, Any]:
    """The champion on the newest mature days."""
    judged = work.between(work.rows.mature, work.window.test)
    bad = bads_of(judged, work.plan.target)
    if bad.sum() < 1 or bad.sum() == bad.size:
        return {"rows": judged.num_rows, "bads": int(bad.sum())}
    score = work.log_odds(work.state.champion.model, judged)
    found = compare(bad, score, score, work.plan.evidence, 1)
    low, high = bads_in_band(found.champion_calibration, found.bads)
    return {
        "rows": found.rows,
        "bads": found.bads,
        "days": list(work.window.test),
        "value": list(found.champion),
        "calibration": [found.champion_calibration, low, high],
    }


def _against_predecessor(work: DayWork) -> tuple[dict[str, Any], list[str]]:
    state, plan = work.state, work.plan
    champion, before = state.champion.model, state.before[0].model
    facts: dict[str, Any] = {}
    codes = []
    traffic = work.rows.traffic
    if traffic.num_rows:
        found = beside(work.log_odds(before, traffic), work.log_odds(champion, traffic), plan.approve_below)
        facts["traffic"] = msgspec.to_builtins(found)
        if abs(found.shift) > plan.watch.approval_shift:
            codes.append("approvals_move")
    own = work.between(work.rows.mature, (state.champion.since, work.day))
    bad = bads_of(own, plan.target)
    facts["own_bads"] = int(bad.sum())
    if facts["own_bads"] >= plan.watch.minimum_bads and bad.sum() < bad.size:
        paired = compare(bad, work.log_odds(before, own), work.log_odds(champion, own), plan.evidence, 1)
        facts["paired"] = msgspec.to_builtins(paired)
        if paired.high < -plan.watch.margin:
            codes.append("predecessor_better")
    return facts, codes
