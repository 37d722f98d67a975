"""Whether a number moved between two sets of days, or only trembled.

What varies is the day, not the row: payments of one Monday share its weather, its campaign and its fraud wave, and counting each of
them as a witness would make every difference look certain. So a ratio is the ratio of sums over days, with the linearised variance
of its days as clusters (Cochran 1977, section 6.3 and 9A; the "ratio estimator"), a count or a sum is its mean per day, and a number that
does not add up (a median, a percentile) is the mean of its days. Two sides are then compared as Welch (1947) does, with his degrees
of freedom. Days are taken as independent; a slow drift within a side makes the limits too narrow, never too wide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from scipy.special import stdtrit

from tandem.kernel.time import DAY, Micros
from tandem.learn.before_after.types import Move, Side, Verdict
from tandem.observe.metrics import Day, Number, Shape

__all__ = ["FEWEST_DAYS", "every_day", "move_of", "verdict_of"]

FEWEST_DAYS: Final = 3
"""Fewer days on a side say nothing of how much days differ."""


class _Estimate(NamedTuple):
    value: float
    variance: float | None
    days: int


def move_of(shape: Shape, then: Sequence[Day], now: Sequence[Day], whole: tuple[Number, Number] = (None, None)) -> Move:
    """How the number moved.

    Args:
        shape: of the metric.
        then, now: its days that have rows.
        whole: for ``neither``, the number over all of each side: it is shown, its days only say how sure the move is.
    """
    first, second = _estimate(shape, then), _estimate(shape, now)
    shown = whole if shape == "neither" else (_value(first), _value(second))
    difference = None if shown[0] is None or shown[1] is None else shown[1] - shown[0]
    half = None if difference is None else _half_width(first, second)
    return Move(
        shape=shape,
        then=shown[0],
        now=shown[1],
        difference=difference,
        low=None if half is None or difference is None else difference - half,
        high=None if half is None or difference is None else difference + half,
        days_then=len(then),
        days_now=len(now),
        rows_then=_rows(shape, then),
        rows_now=_rows(shape, now),
    )


def every_day(days: Sequence[Day], side: Side) -> tuple[Day, ...]:
    """``days`` with a zero for every day of ``side`` on which nothing happened; an open end is the first or last that had something."""
    if not days:
        return ()
    start = days[0].at if side.start is None else Micros(side.start - side.start % DAY)
    end = days[-1].at + DAY if side.end is None else side.end
    found = {day.at: day for day in days}
    return tuple(found.get(Micros(at), Day(at=Micros(at), amount=0)) for at in range(start, end, DAY))


def verdict_of(move: Move, better: str) -> Verdict:
    """What may be said of a move where ``better`` is ``up``, ``down`` or unknown."""
    if move.low is None or move.high is None:
        return "too_little"
    if move.low <= 0 <= move.high:
        return "not_shown"
    if not better:
        return "moved"
    return "better" if (move.low > 0) == (better == "up") else "worse"


def _estimate(shape: Shape, days: Sequence[Day]) -> _Estimate | None:
    if shape == "ratio":
        return _ratio([(float(day.amount or 0), float(day.base or 0)) for day in days])
    return _mean([float(day.amount) for day in days if day.amount is not None])


def _ratio(days: Sequence[tuple[float, float]]) -> _Estimate | None:
    base = sum(each for _, each in days)
    if base == 0:
        return None
    value, count = sum(amount for amount, _ in days) / base, len(days)
    if count < FEWEST_DAYS:
        return _Estimate(value, None, count)
    residuals = sum((amount - value * each) ** 2 for amount, each in days)
    return _Estimate(value, count / (count - 1) * residuals / base**2, count)


def _mean(values: Sequence[float]) -> _Estimate | None:
    if not values:
        return None
    count = len(values)
    mean = sum(values) / count
    if count < FEWEST_DAYS:
        return _Estimate(mean, None, count)
    return _Estimate(mean, sum((one - mean) ** 2 for one in values) / (count - 1) / count, count)


def _half_width(first: _Estimate | None, second: _Estimate | None) -> float | None:
    if first is None or second is None or first.variance is None or second.variance is None:
        return None
    total = first.variance + second.variance
    if total == 0:
        return 0.0
    freedom = total**2 / sum(one.variance**2 / (one.days - 1) for one in (first, second) if one.variance)
    return float(stdtrit(freedom, 0.975)) * math.sqrt(total)


def _value(estimate: _Estimate | None) -> float | None:
    return None if estimate is None else estimate.value


def _rows(shape: Shape, days: Sequence[Day]) -> Number:
    return sum(day.base or 0 for day in days) if shape == "ratio" else None
