"""Safety limits: is one broken, by the number alone or beyond what chance explains?"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np

from tandem.decide.experiments import MEASURES, SafetyLimit
from tandem.learn.experiments.comparing import Sides, difference_of, rate_of_arm
from tandem.learn.experiments.estimating import Rate
from tandem.learn.experiments.results import GuardReading
from tandem.learn.experiments.sequential import UNITS_MIN, evidence_above, exact_evidence_above

__all__ = ["approved_minor", "guard_readings"]


def guard_readings(sides: Sides) -> tuple[GuardReading, ...]:
    """Every limit, with the challenger that stands worst against it."""
    order = {"broken": 3, "doubtful": 2, "kept": 1, "waiting": 0}
    told = []
    for guard in sides.experiment.guards:
        found = [_reading(sides, guard, place) for place in range(1, len(sides.experiment.arms))]
        told.append(max(found, key=lambda one: (order[one.state], one.evidence or 0)))
    return tuple(told)


def approved_minor(sides: Sides, arms: Sequence[int]) -> int | None:
    """What ``arms`` approved, in minor units; None where no amount is known."""
    columns = sides.columns if sides.beside is None else sides.beside
    kept = np.isin(columns.arm, list(arms)) & (columns.outcome == "approve")
    amounts = columns.amount[kept]
    return None if np.isnan(columns.amount).all() else int(np.nansum(amounts))


def _reading(sides: Sides, guard: SafetyLimit, arm: int) -> GuardReading:
    value, count, evidence = _judged(sides, guard, arm)
    over = value is not None and (value > guard.limit if guard.breached == "above" else value < guard.limit)
    needed = 1 / guard.alpha
    if count < guard.minimum or value is None:
        state = "waiting"
    elif not over:
        state = "kept"
    elif guard.hard or MEASURES[guard.measure].kind == "limit" or evidence >= needed:
        state = "broken"
    else:
        state = "doubtful"
    hard = guard.hard or MEASURES[guard.measure].kind == "limit"
    return GuardReading(
        guard=guard.guard,
        measure=guard.measure,
        limit=guard.limit,
        breached=guard.breached,
        against=guard.against,
        hard=hard,
        action=guard.action,
        minimum=guard.minimum,
        arm=sides.experiment.arms[arm].arm,
        value=value,
        decisions=count,
        evidence=None if hard else evidence,
        needed=None if hard else needed,
        state=state,  # type: ignore[arg-type]
    )


def _judged(sides: Sides, guard: SafetyLimit, arm: int) -> tuple[float | None, int, float]:
    """(the value, on how many decisions, evidence that it is beyond the limit)."""
    columns = sides.columns if sides.beside is None else sides.beside
    mine = columns.arm == arm
    if guard.measure == "latency_ms_p99":
        took = columns.took[mine]
        return (float(np.quantile(took, 0.99)) / 1000 if len(took) else None), int(mine.sum()), 0.0
    if guard.measure == "exposure_minor":
        approved = approved_minor(sides, [arm])
        return (None if approved is None else float(approved)), int(mine.sum()), 0.0
    rate = rate_of_arm(sides, arm, guard.measure, guard.of)
    sign = 1 if guard.breached == "above" else -1
    if guard.against == "champion":
        found, enough = difference_of(sides, arm, guard.measure, guard.of)
        if not isfinite(found.value):
            return None, rate.count, 1.0
        tau = max(abs(guard.limit), sides.experiment.metric.detect)
        evidence = evidence_above(sign * found.value, found.variance, limit=sign * guard.limit, tau=tau)
        return found.value, rate.count, evidence if enough else 1.0
    if not rate.count:
        return None, 0, 1.0
    return rate.value, rate.count, _beyond(rate, guard, sign)


def _beyond(rate: Rate, guard: SafetyLimit, sign: int) -> float:
    """Evidence against "within the limit": exact for a share where every unit has one decision."""
    if MEASURES[guard.measure].kind == "share" and rate.units == rate.count:
        hits = round(rate.total) if sign > 0 else rate.count - round(rate.total)
        return exact_evidence_above(hits, rate.count, guard.limit if sign > 0 else 1 - guard.limit)
    if rate.units < UNITS_MIN:
        return 1.0
    tau = 0.25 * abs(guard.limit) or 1.0
    return evidence_above(sign * rate.value, rate.variance, limit=sign * guard.limit, tau=tau)
