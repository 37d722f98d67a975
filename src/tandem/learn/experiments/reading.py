"""A reading: everything there is to say of an experiment now, from its decisions and what is known of them."""

from __future__ import annotations

from collections import Counter
from math import isfinite

import numpy as np
from scipy.special import ndtri

from tandem.decide.experiments import MEASURES
from tandem.kernel.time import DAY, Micros, format_instant
from tandem.learn.experiments.balance import ExperimentBalance, balance_of
from tandem.learn.experiments.comparing import (
    Sides,
    difference_of,
    difference_readings,
    interval_of,
    points_of,
    rate_of_arm,
    segments_of,
)
from tandem.learn.experiments.guarding import approved_minor, guard_readings
from tandem.learn.experiments.judging import verdict_of
from tandem.learn.experiments.measuring import columns_of, measured
from tandem.learn.experiments.observing import Observations
from tandem.learn.experiments.planning import plan_of
from tandem.learn.experiments.results import (
    ArmReading,
    ExperimentNote,
    ExperimentReading,
    ExperimentState,
    MoneyReading,
    ShadowReading,
)
from tandem.learn.experiments.sequential import UNITS_MIN
from tandem.learn.experiments.wording import note

__all__ = ["Standing", "experiment_reading", "sides_of"]


class Standing:
    """What is known of an experiment apart from its decisions.

    Args:
        started, ended: when it went live and when it was withdrawn or taken out; None where it was not.
        by, reason: who ended it and why.
    """

    def __init__(
        self,
        state: ExperimentState,
        *,
        started: Micros | None,
        ended: Micros | None = None,
        by: str | None = None,
        reason: str | None = None,
    ) -> None:
        self.state = state
        self.started = started
        self.ended = ended
        self.by = by
        self.reason = reason


def sides_of(seen: Observations, now: Micros) -> Sides:
    """The decisions as they are known ``now``."""
    experiment = seen.experiment
    matures = None if seen.label is None else seen.label.definition.matures_us
    labels, rows = seen.labels(now), tuple(seen.rows)
    columns = columns_of(rows, labels, now=now, matures=matures, expressions=seen.expressions)
    if experiment.mode != "shadow":
        return Sides(experiment, columns, segments=[row.segments for row in rows])
    beside = columns_of(rows, labels, now=now, matures=matures, expressions=seen.expressions, challenger=True)
    return Sides(experiment, columns, beside, [row.segments for row in rows])


def experiment_reading(seen: Observations, standing: Standing, *, now: Micros, read_to: int) -> ExperimentReading:
    """The reading of ``seen``."""
    experiment, sides = seen.experiment, sides_of(seen, now)
    metric, plan = experiment.metric, plan_of(experiment)
    currency = _currency(seen)
    arms = tuple(_arm(sides, place) for place in range(len(experiment.arms)))
    differences = difference_readings(sides)
    guards, balance = guard_readings(sides), _balance(seen, sides)
    ends = None if standing.started is None else Micros(standing.started + experiment.horizon_days * DAY)
    _, counted = measured(metric.measure, metric.of, metric, sides.columns)
    waits = MEASURES[metric.measure].labels
    challengers = range(1, len(experiment.arms))
    return ExperimentReading(
        name=experiment.name,
        digest=seen.trial.digest,
        state=standing.state,
        mode=experiment.mode,
        on=experiment.on,
        policy=seen.trial.policy,
        unit=experiment.graph or experiment.unit,
        description=experiment.description,
        measure=metric.measure,
        measured=MEASURES[metric.measure].kind,
        better=metric.better,
        detect=metric.detect,
        alpha=metric.alpha,
        power=metric.power,
        currency=currency,
        started_at=None if standing.started is None else format_instant(standing.started),
        ends_at=None if ends is None else format_instant(ends),
        ended_by=standing.by,
        ended_reason=standing.reason,
        plan=plan,
        arms=arms,
        differences=differences,
        points=points_of(sides),
        guards=guards,
        segments=segments_of(sides),
        balance=balance,
        money=_money(seen, sides, currency),
        shadow=_shadow(seen, sides),
        labelled=int(counted.sum()) if waits else None,
        awaited=len(seen.rows) if waits else None,
        exposed_minor=approved_minor(sides, challengers) if experiment.mode != "shadow" else None,
        exposure_minor=None if experiment.exposure is None else experiment.exposure.amount_minor,
        merges=len({(row.unit, other) for row in seen.rows for other in row.merged}),
        notes=_notes(seen, sides),
        verdict=verdict_of(
            experiment,
            plan,
            differences,
            guards,
            balance,
            [one.counted for one in arms[1:]],
            over=ends is not None and now >= ends,
            currency=currency,
        ),
        read_to=read_to,
    )


def _currency(seen: Observations) -> str:
    if seen.label is not None and seen.label.definition.currency:
        return seen.label.definition.currency
    return "" if seen.experiment.exposure is None else seen.experiment.exposure.currency


def _arm(sides: Sides, place: int) -> ArmReading:
    experiment = sides.experiment
    metric = experiment.metric
    columns = sides.columns if sides.beside is None or place == 0 else sides.beside
    mine = columns.arm == place
    rate = rate_of_arm(sides, place, metric.measure, metric.of)
    interval = interval_of(rate, alpha=metric.alpha, tau=metric.detect) if rate.units >= UNITS_MIN else None
    took = columns.took[mine] / 1000
    return ArmReading(
        arm=experiment.arms[place].arm,
        share=experiment.arms[place].share,
        decisions=int(mine.sum()),
        units=len(np.unique(columns.unit[mine])),
        outcomes=dict(sorted(Counter(columns.outcome[mine].tolist()).items())),
        counted=rate.count,
        value=rate.value if isfinite(rate.value) else None,
        low=None if interval is None else interval.low,
        high=None if interval is None else interval.high,
        approved_minor=approved_minor(Sides(experiment, columns), [place]),
        latency_ms_p50=float(np.quantile(took, 0.5)) if len(took) else None,
        latency_ms_p99=float(np.quantile(took, 0.99)) if len(took) else None,
    )


def _balance(seen: Observations, sides: Sides) -> ExperimentBalance | None:
    """Units by arm in each stretch; a shadow divides nobody."""
    if seen.experiment.mode == "shadow" or not seen.rows:
        return None
    columns = sides.columns
    arms = len(seen.experiment.arms)
    stretches = []
    order = list(dict.fromkeys(str(row.stretch) for row in seen.rows))
    shares = {str(digest): one.shares for digest, one in seen.stretches.items()}
    for number, digest in enumerate(order):
        here = columns.stretch == number
        counts = tuple(len(np.unique(columns.unit[here & (columns.arm == arm)])) for arm in range(arms))
        stretches.append((counts, shares[digest]))
    return balance_of(stretches)


def _money(seen: Observations, sides: Sides, currency: str) -> MoneyReading | None:
    if seen.label is None or seen.label.definition.amount is None:
        return None
    found, enough = difference_of(sides, 1, "loss_per_application")
    if not enough or not isfinite(found.value) or found.variance <= 0:
        return None
    spread = float(ndtri(1 - seen.experiment.metric.alpha / 2)) * found.variance**0.5
    return MoneyReading(
        currency=currency,
        value=1000 * found.value,
        low=1000 * (found.value - spread),
        high=1000 * (found.value + spread),
        simulated=seen.label.definition.simulated,
    )


def _shadow(seen: Observations, sides: Sides) -> ShadowReading | None:
    if sides.beside is None:
        return None
    shadows = [(row.outcome, row.shadow) for row in seen.rows if row.shadow is not None]
    moved = Counter(f"{before}>{after.outcome}" for before, after in shadows if before != after.outcome)
    scores = [after.score_moved for _, after in shadows if after.score_moved is not None]
    took = np.array([after.took_us for _, after in shadows]) / 1000
    return ShadowReading(
        decisions=len(shadows),
        changed=sum(moved.values()),
        moved=dict(sorted(moved.items())),
        reasons_changed=sum(after.reasons_differ for _, after in shadows),
        score_moved_mean=float(np.mean(scores)) if scores else None,
        score_moved_max=max(scores, default=None),
        latency_ms_p50=float(np.quantile(took, 0.5)) if len(took) else None,
        latency_ms_p99=float(np.quantile(took, 0.99)) if len(took) else None,
        unread=seen.unread,
    )


def _notes(seen: Observations, sides: Sides) -> tuple[ExperimentNote, ...]:
    experiment = seen.experiment
    measures = [experiment.metric.measure, *(guard.measure for guard in experiment.guards)]
    waits = any(MEASURES[one].labels for one in measures)
    merges = len({(row.unit, other) for row in seen.rows for other in row.merged})
    said: list[tuple[str, int, bool]] = [
        ("no_label", 0, waits and seen.label is None),
        (
            "no_maturity",
            0,
            seen.label is not None
            and seen.label.definition.matures is None
            and (seen.label.definition.amount is not None or any(MEASURES[one].kind == "money" for one in measures)),
        ),
        ("selected", 0, "bad_rate" in measures and experiment.mode != "shadow"),
        ("shadow_unknown", 0, waits and experiment.mode == "shadow"),
        ("simulated", 0, waits and seen.label is not None and seen.label.definition.simulated),
        ("merged", merges, merges > 0),
        ("dropped", seen.dropped, seen.dropped > 0),
        ("erased", seen.erased, seen.erased > 0),
        ("unread", seen.unread, seen.unread > 0),
        ("share_changed", len(seen.stretches), len({one.shares for one in seen.stretches.values()}) > 1),
        ("few", 0, difference_readings(sides)[0].low is None),
    ]
    return tuple(note(code, count) for code, count, holds in said if holds)
