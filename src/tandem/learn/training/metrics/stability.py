"""Whether two samples come from the same distribution: the population stability index, judged by its own noise.

The usual thresholds (0.10 and 0.25) mean nothing without the sample sizes: with no drift at all, PSI over ``b`` bins is
about chi-squared with ``b - 1`` degrees of freedom times ``1/n + 1/m`` (Yurdakul 2018). The critical value here is the
99 % point of that law.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import chdtrc, chdtri

from tandem.learn.training.arrays import FloatArray

__all__ = ["Stability", "holm", "psi_chance", "psi_of_counts", "psi_of_rows", "psi_of_values"]

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Stability:
    """PSI between two samples, the value that chance alone stays below 99 times in 100, and whether it drifted."""

    psi: float
    critical: float

    @property
    def drifted(self) -> bool:
        """More than chance explains, and more than the 0.10 that practice calls small."""
        return self.psi > max(self.critical, 0.1)


def psi_of_counts(before: FloatArray, after: FloatArray) -> Stability:
    """PSI of two count vectors over the same bins; half a row is added to each bin so that none is empty."""
    n, m = max(float(before.sum()), 1.0), max(float(after.sum()), 1.0)
    critical = _critical(max(before.size - 1, 1)) * (1 / n + 1 / m)
    return Stability(float(psi_of_rows(before, after)), critical)


def psi_of_rows(before: FloatArray, after: FloatArray) -> FloatArray:
    """PSI between the count vectors in the last axis of two arrays [..., bins]; as in ``psi_of_counts``."""
    p, q = before + _HALF, after + _HALF
    p, q = p / p.sum(axis=-1, keepdims=True), q / q.sum(axis=-1, keepdims=True)
    psi: FloatArray = np.sum((q - p) * np.log(q / p), axis=-1)
    return psi


def psi_of_values(before: FloatArray, after: FloatArray, bins: int = 10) -> Stability:
    """PSI of two samples of numbers over quantile bins of the first; missing values are a bin of their own."""
    known = before[~np.isnan(before)]
    edges = np.unique(np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1])) if known.size else np.empty(0)
    return psi_of_counts(_counts(before, edges), _counts(after, edges))


def psi_chance(before: FloatArray, after: FloatArray, unrest: float = 1.0) -> float:
    """How often chance alone gives a PSI as large between two count vectors; bins empty in both do not count.

    Args:
        unrest: how many times as much as by sampling such vectors differ anyway, at least 1.
    """
    used = int(((before + after) > 0).sum()) - 1
    if used < 1:
        return 1.0
    noise = unrest * (1 / max(float(before.sum()), 1.0) + 1 / max(float(after.sum()), 1.0))
    return float(chdtrc(used, psi_of_counts(before, after).psi / noise))


def holm(chances: Sequence[float]) -> tuple[float, ...]:
    """p-values of tests made together, adjusted so that one wrong rejection among them stays as rare as asked (Holm 1979)."""
    adjusted, worst = [1.0] * len(chances), 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=lambda one: chances[one])):
        worst = max(worst, min(1.0, (len(chances) - rank) * chances[place]))
        adjusted[place] = worst
    return tuple(adjusted)


@cache
def _critical(freedom: int) -> float:
    """The 99 % point of chi-squared."""
    return float(chdtri(freedom, 0.01))


def _counts(values: FloatArray, edges: FloatArray) -> FloatArray:
    missing = np.isnan(values)
    inside = np.bincount(np.searchsorted(edges, values[~missing], side="right"), minlength=edges.size + 1)
    counts: FloatArray = np.append(inside, missing.sum()).astype(np.float64)
    return counts
