"""Tuning: the numbers in the policy's rules that the plan names, held against others on mature decisions, as proposals.

Out of time: which values are tried comes from the days that teach, what they would have done from the days that judge. A proposal
is a draft of the policy with the one number changed. It decides nothing: a person reviews and releases it, or sends it back. One
that waits is the only one about its number; one that was sent back is not made again before twice as many changed decisions speak
for it.
"""

from __future__ import annotations

import copy
import math
from typing import Any

import msgspec
import numpy as np

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import TandemError
from tandem.learn.backtest import condition_of, condition_with, numbers_in
from tandem.learn.iteration.day import DayWork
from tandem.learn.iteration.plan import Threshold
from tandem.learn.iteration.resting import days_apart
from tandem.learn.iteration.splitting import flows_of
from tandem.learn.iteration.states import Proposal, StepRecord, Verdict
from tandem.learn.iteration.thresholds import Judged, best_of, grid_of, judge
from tandem.learn.training import FloatArray

__all__ = ["tune", "with_threshold"]

_GROWN = 2.0
"""Times as many changed decisions with a known outcome before a number that was sent back is proposed again."""


def tune(work: DayWork) -> StepRecord:
    """Look at every number that the plan names; what is surely better is proposed."""
    codes = _why_not(work)
    if codes:
        return StepRecord(step="tune", verdict="skipped", facts={"codes": codes})
    looked = [_look(work, one) for one in work.plan.thresholds]
    verdict: Verdict = "noted" if any(facts.get("draft") for facts, _ in looked) else "passed"
    kept = work.setting.store.keep(canonical_bytes([state for _, state in looked]))
    return StepRecord(
        step="tune",
        verdict=verdict,
        inputs={"policy": work.setting.desk.policy_with(work.setting.desk.policy()).digest},
        outputs={
            "proposals": kept,
            **{f"draft_{facts['at']}": facts["draft"] for facts, _ in looked if facts.get("draft")},
        },
        facts={"thresholds": [facts for facts, _ in looked]},
    )


def with_threshold(body: dict[str, Any], at: str, number: int, value: float) -> dict[str, Any]:
    """The policy ``body`` with one number of the condition of ``at`` changed, and nothing else."""
    changed = copy.deepcopy(body)
    stage_name, _, name = at.partition(".")
    for flow in flows_of(changed):
        for stage in flow:
            if stage.get("rules") == stage_name:
                parts = [*stage.get("all", ()), *stage.get("first", ())]
            elif stage.get("decide") == stage_name:
                parts = list(stage.get("cases", ()))
            else:
                continue
            for one in parts:
                if name in {one.get("rule"), one.get("case")} and "when" in one:
                    one["when"] = condition_with(one["when"], at, number, value)
    return changed


def _why_not(work: DayWork) -> list[str]:
    """Why nothing is looked at today; empty: it is."""
    if not work.plan.thresholds or work.setting.trials is None:
        return ["no_thresholds"]
    if work.stopped:
        return ["feed_refused"]
    if work.state.flight is not None and work.state.flight.stage == "canary":
        return ["canary_goes_on"]  # the policy is split while it does
    first, last = work.window.test
    if any(first <= one.day <= (last if one.of == "decided" else work.day) for one in work.state.quarantine):
        return ["rows_set_aside"]
    return []


def _look(work: DayWork, threshold: Threshold) -> tuple[dict[str, Any], Proposal]:
    desk, plan = work.setting.desk, work.plan
    facts: dict[str, Any] = {"at": threshold.at, "number": threshold.number, "codes": []}
    try:
        when = condition_of(desk.compiled(), threshold.at)
        stands = numbers_in(when)[threshold.number]
    except (TandemError, IndexError):
        # Somebody released another policy since: the plan names what is not there.
        return facts | {"codes": ["no_such_number"]}, _kept(work, threshold, math.inf)
    facts |= {"when": when, "stands": stands}
    kept = _kept(work, threshold, stands)
    declined = 0
    if kept.draft is not None:
        facts["proposed"] = kept.value
        answer, who, words = desk.answer(kept.draft)
        same = desk.policy_with(with_threshold(desk.policy(), threshold.at, threshold.number, kept.value)).digest
        if answer != "declined" and same == kept.draft:
            return facts | {"codes": [f"proposal_{answer}"]}, kept
        if answer == "declined":
            facts |= {"who": who, "words": words}
            declined = kept.known
    if kept.day and days_apart(kept.day, work.day) < plan.evidence.every_days:
        return facts | {"codes": ["no_look_today"]}, kept
    judged = _judged(work, threshold, stands, kept.looks + 1)
    kept = msgspec.structs.replace(kept, looks=kept.looks + 1, day=work.day)
    if not judged:
        return facts | {"codes": ["nothing_to_try"]}, kept
    found = best_of([one for one in judged if not desk.is_declined(_draft_of(work, threshold, one.value))], threshold)
    shown = found or max(judged, key=lambda one: one.strict_low)
    facts |= {"tried": len(judged), "best": msgspec.to_builtins(shown), "days": list(work.window.test)}
    if found is None:
        return facts | {"codes": ["number_stays"]}, kept
    if found.known < _GROWN * declined:
        return facts | {"codes": ["declined_before"]}, kept
    note = f"{plan.name} {work.day}: {threshold.at}, {found.value:g} in the place of {stands:g}"
    body = with_threshold(desk.policy(), threshold.at, threshold.number, found.value)
    draft = desk.propose(body, note)
    kept = msgspec.structs.replace(kept, draft=draft, value=found.value, known=found.known)
    return facts | {"codes": ["proposed"], "draft": draft}, kept


def _judged(work: DayWork, threshold: Threshold, stands: float, look: int) -> list[Judged]:
    assert work.setting.trials is not None
    values = grid_of(_observed(work, threshold), threshold, stands)
    if not values:
        return []
    tried = work.setting.trials.try_values(work.plan, work.day, threshold, values, work.window.test)
    alpha = work.plan.evidence.alpha
    return [judge(one, threshold, look, alpha, len(values)) for one in tried if one.decisions]


def _observed(work: DayWork, threshold: Threshold) -> FloatArray:
    """Values of the threshold's column on the days that teach."""
    rows = work.between(work.rows.mature, work.window.train)
    if not threshold.field:
        return 1 / (1 + np.exp(-work.log_odds(work.state.champion.model, rows)))
    if threshold.field not in rows.column_names:
        return np.empty(0)
    return np.asarray(rows.column(threshold.field).cast("float64").to_numpy(zero_copy_only=False), dtype=np.float64)


def _draft_of(work: DayWork, threshold: Threshold, value: float) -> Any:
    desk = work.setting.desk
    return desk.policy_with(with_threshold(desk.policy(), threshold.at, threshold.number, value)).digest


def _kept(work: DayWork, threshold: Threshold, stands: float) -> Proposal:
    """Where its looks stand; from the beginning where another number is live by now."""
    for one in work.state.proposals:
        if (one.at, one.number) == (threshold.at, threshold.number) and one.stands == stands:
            return one
    return Proposal(at=threshold.at, number=threshold.number, stands=stands if math.isfinite(stands) else 0.0)
