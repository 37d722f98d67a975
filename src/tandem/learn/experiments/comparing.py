"""Arms against each other: one number for each, the differences, over time and by segment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final

import numpy as np

from tandem.decide.experiments import MEASURES, Experiment
from tandem.kernel.time import Micros, format_instant
from tandem.learn.experiments.estimating import (
    Difference,
    Numbers,
    Rate,
    combined,
    difference,
    paired_difference,
    rate_of_units,
)
from tandem.learn.experiments.measuring import Columns, measured
from tandem.learn.experiments.results import DifferenceReading, ExperimentPoint, SegmentReading
from tandem.learn.experiments.sequential import UNITS_MIN, Interval, always_valid, evidence_against

__all__ = ["Sides", "difference_readings", "interval_of", "points_of", "rate_of_arm", "segments_of"]

_POINTS: Final = 24
_GROUPS_MAX: Final = 6
_EVENTS_MIN: Final = 5
"""Of a share: so many of either kind over both arms before anything is said of a difference."""


@dataclass(frozen=True)
class Sides:
    """The decisions of an experiment; of a shadow those of the challenger beside, place by place.

    Attributes:
        segments: of each decision the values of the fields that the experiment names.
    """

    experiment: Experiment
    columns: Columns
    beside: Columns | None = None
    segments: Sequence[tuple[Any, ...]] = ()

    def taken(self, kept: Numbers) -> Sides:
        """Some of the decisions."""
        return Sides(
            self.experiment, self.columns.taken(kept), None if self.beside is None else self.beside.taken(kept)
        )


def rate_of_arm(sides: Sides, arm: int, measure: str, of: str | None = None) -> Rate:
    """What an arm shows."""
    columns = sides.columns if sides.beside is None or arm == 0 else sides.beside
    values, counted = measured(measure, of, sides.experiment.metric, columns)
    return rate_of_units(columns.unit, values, counted & (columns.arm == arm))


def difference_of(sides: Sides, arm: int, measure: str, of: str | None = None) -> tuple[Difference, bool]:
    """Challenger ``arm`` less the champion, and whether there is enough to say anything of it."""
    metric = sides.experiment.metric
    rates = [rate_of_arm(sides, one, measure, of) for one in (0, arm)]
    enough = min(one.units for one in rates) >= UNITS_MIN
    if MEASURES[measure].kind == "share":
        hits = sum(one.total for one in rates)
        misses = sum(one.count for one in rates) - hits
        enough = enough and min(hits, misses) >= _EVENTS_MIN
    if sides.beside is not None:
        one, other = (measured(measure, of, metric, side) for side in (sides.columns, sides.beside))
        return paired_difference(sides.columns.unit, one, other), enough
    columns = sides.columns
    values, counted = measured(measure, of, metric, columns)
    parts = []
    for stretch in np.unique(columns.stretch):
        here = counted & (columns.stretch == stretch)
        both = [rate_of_units(columns.unit, values, here & (columns.arm == one)) for one in (0, arm)]
        if min(each.units for each in both) >= 2:
            parts.append(difference(*both))
    return combined(parts), enough


def interval_of(found: Difference | Rate, *, alpha: float, tau: float) -> Interval | None:
    """Always valid; None where there is nothing to tell one from."""
    if not isfinite(found.value) or not isfinite(found.variance) or found.variance <= 0:
        return None
    return always_valid(found.value, found.variance, alpha=alpha, tau=tau)


def difference_readings(sides: Sides) -> tuple[DifferenceReading, ...]:
    """Every challenger against the champion; several share what may go wrong (Bonferroni)."""
    experiment = sides.experiment
    metric, arms = experiment.metric, experiment.challengers
    alpha = metric.alpha / len(arms)
    told = []
    for place, arm in enumerate(arms, 1):
        found, enough = difference_of(sides, place, metric.measure, metric.of)
        interval = interval_of(found, alpha=alpha, tau=metric.detect) if enough else None
        value = found.value if isfinite(found.value) else None
        told.append(
            DifferenceReading(
                arm=arm.arm,
                value=value,
                low=None if interval is None else interval.low,
                high=None if interval is None else interval.high,
                evidence=1.0 if interval is None else evidence_against(found.value, found.variance, tau=metric.detect),
                needed=1 / alpha,
                better=None if value is None or value == 0 else (value > 0) == (metric.better == "higher"),
            )
        )
    return tuple(told)


def points_of(sides: Sides) -> tuple[ExperimentPoint, ...]:
    """How the difference of the first challenger came to be what it is, up to the present."""
    size = len(sides.columns.unit)
    points = []
    for count in sorted({max(1, size * step // _POINTS) for step in range(1, _POINTS + 1)} if size else ()):
        kept = np.arange(size) < count
        first = difference_readings(sides.taken(kept))[0]
        until = Micros(int(sides.columns.at[count - 1]))
        points.append(
            ExperimentPoint(
                until=format_instant(until), decisions=count, value=first.value, low=first.low, high=first.high
            )
        )
    return tuple(points)


def segments_of(sides: Sides) -> tuple[SegmentReading, ...]:
    """The difference of the first challenger within groups of the fields that the experiment names."""
    found = []
    for place, field in enumerate(sides.experiment.segments):
        for group, kept in _groups([values[place] for values in sides.segments]):
            first = difference_readings(sides.taken(kept))[0]
            found.append(
                SegmentReading(
                    field=field,
                    group=group,
                    decisions=int(kept.sum()),
                    value=first.value,
                    low=first.low,
                    high=first.high,
                )
            )
    return tuple(found)


def _groups(values: list[Any]) -> Iterator[tuple[str, Numbers]]:
    """Texts and flags by value, the commonest; numbers in quarters; missing apart."""
    missing = np.array([value is None for value in values], bool)
    numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    if numbers and len(set(numbers)) > _GROUPS_MAX:
        cuts = np.unique(np.quantile(numbers, [0.25, 0.5, 0.75], method="nearest"))
        coded = np.searchsorted(cuts, np.array([0 if value is None else value for value in values]), side="right")
        ends: list[float | None] = [None, *cuts.tolist(), None]
        for code in range(len(cuts) + 1):
            kept = (coded == code) & ~missing
            if kept.any():
                yield _range(ends[code], ends[code + 1]), kept
    else:
        texts = np.array(["" if value is None else str(value) for value in values], dtype=object)
        for name, _ in Counter(texts[~missing].tolist()).most_common(_GROUPS_MAX):
            yield str(name), (texts == name) & ~missing
    if missing.any():
        yield "", missing


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"< {high:g}"
    return f">= {low:g}" if high is None else f"{low:g} - {high:g}"
