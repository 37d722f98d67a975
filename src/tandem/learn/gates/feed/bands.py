"""Where a figure of a new day is expected, given the same figure on the days before.

Days differ by more than sampling: weekends, seasons, campaigns. So a band adds what days differed by to what chance adds on
a day of this size, and is a prediction interval (Student's t, because the days are few), not a confidence interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, stdtrit

__all__ = ["Band", "share_band", "value_band"]


class Band(NamedTuple):
    """Lowest and highest expected value, and the mean."""

    low: float
    high: float
    mean: float

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies inside."""
        return self.low <= value <= self.high


def value_band(past: Sequence[float], level: float, noises: Sequence[float] = (), noise: float = 0.0) -> Band:
    """The band of one more value after ``past``.

    Args:
        noises: standard errors of the past values; their part in the spread of the past is chance and not unrest.
        noise: standard error of the new value.
    """
    values = np.asarray(past, dtype=np.float64)
    chance = float(np.mean(np.square(noises))) if noises else 0.0
    spread = float(values.var(ddof=1)) if values.size > 1 else 0.0
    return _band(float(values.mean()), max(spread - chance, 0.0), noise**2 + chance / values.size, values.size, level)


def share_band(hits: Sequence[int], totals: Sequence[int], rows: int, level: float) -> Band:
    """The band of a share on a day of ``rows`` rows, after days with ``hits`` of ``totals``, cut to [0, 1].

    The variance between days is what is left of the variance of the shares when binomial noise is taken away, at least 0.
    """
    count, total = np.asarray(hits, dtype=np.float64), np.asarray(totals, dtype=np.float64)
    count, total = count[total > 0], total[total > 0]
    if not count.size:
        return Band(0.0, 1.0, 0.5)
    mean = float((count.sum() + 0.5) / (total.sum() + 1))
    chance = mean * (1 - mean)
    spread = float((count / total).var(ddof=1)) if count.size > 1 else 0.0
    between = max(spread - float(np.mean(chance / total)), 0.0)
    band = _band(mean, between, chance * (1 / max(rows, 1) + 1 / float(total.sum())), count.size, level)
    return Band(max(0.0, band.low), min(1.0, band.high), mean)


def _band(mean: float, between: float, chance: float, days: int, level: float) -> Band:
    """What days differ by is known from few days (t); what chance adds is known (normal). The widths add in squares."""
    few, many = _quantiles(level, max(days - 1, 1))
    width = math.hypot(few * math.sqrt(between * (1 + 1 / days)), many * math.sqrt(chance))
    return Band(mean - width, mean + width, mean)


@lru_cache(maxsize=1024)
def _quantiles(level: float, freedom: int) -> tuple[float, float]:
    """Of Student's t and of the normal law, that ``level`` lies outside of on both sides together."""
    return float(stdtrit(freedom, 1 - level / 2)), float(ndtri(1 - level / 2))
