"""How well a score ranks: AUC with its exact variance, KS, average precision, paired comparisons.

``bad`` is 1 for the event; a higher ``score`` means riskier. The AUC variance is DeLong's (DeLong, DeLong and
Clarke-Pearson 1988), computed by mid-ranks (Sun and Xu 2014) in O(n log n).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tandem.learn.training.arrays import FloatArray

__all__ = [
    "AucDifference",
    "Interval",
    "auc",
    "auc_difference",
    "auc_interval",
    "average_precision",
    "gini",
    "ks",
]

_Z95 = 1.959963984540054
"""Of the normal distribution: 97.5 % lie below."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AucDifference:
    """AUC of the first score minus AUC of the second on the same rows, with a paired 95 % interval and p-value."""

    value: float
    low: float
    high: float
    p: float


def auc(bad: FloatArray, score: FloatArray) -> float:
    """Chance that a bad row scores above a good one, ties counted half."""
    bads = bad > 0.5
    count_bad = int(bads.sum())
    count_good = bad.size - count_bad
    if count_bad == 0 or count_good == 0:
        return math.nan
    ranks = _mid_ranks(score)
    return float((ranks[bads].sum() - count_bad * (count_bad + 1) / 2) / (count_bad * count_good))


def gini(bad: FloatArray, score: FloatArray) -> float:
    """2 AUC - 1."""
    return 2 * auc(bad, score) - 1


def auc_interval(bad: FloatArray, score: FloatArray) -> Interval:
    """AUC with DeLong's 95 % interval, cut to [0, 1]."""
    value, variance = _delong(bad, score[None, :])
    spread = _Z95 * math.sqrt(max(float(variance[0, 0]), 0.0))
    return Interval(float(value[0]), max(0.0, float(value[0]) - spread), min(1.0, float(value[0]) + spread))


def auc_difference(bad: FloatArray, first: FloatArray, second: FloatArray) -> AucDifference:
    """Paired DeLong comparison of two scores on the same rows."""
    value, covariance = _delong(bad, np.vstack([first, second]))
    difference = float(value[0] - value[1])
    variance = float(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])
    deviation = math.sqrt(max(variance, 0.0))
    p = 1.0 if deviation == 0.0 else math.erfc(abs(difference) / deviation / math.sqrt(2))
    return AucDifference(difference, difference - _Z95 * deviation, difference + _Z95 * deviation, p)


def ks(bad: FloatArray, score: FloatArray) -> float:
    """Largest gap between the score distributions of bads and goods (Kolmogorov-Smirnov), 0 to 1."""
    order = np.argsort(-score, kind="stable")
    ordered = bad[order]
    caught_bad = np.cumsum(ordered) / max(float(ordered.sum()), 1.0)
    caught_good = np.cumsum(1 - ordered) / max(float((1 - ordered).sum()), 1.0)
    last_of_tie = np.append(np.diff(score[order]) != 0, True)
    return float(np.max(np.abs(caught_bad - caught_good)[last_of_tie], initial=0.0))


def average_precision(bad: FloatArray, score: FloatArray) -> float:
    """Area under precision by recall, as a sum of steps; equal scores enter together."""
    total = float(bad.sum())
    if total == 0:
        return math.nan
    order = np.argsort(-score, kind="stable")
    last_of_tie = np.append(np.diff(score[order]) != 0, True)
    caught = np.cumsum(bad[order])[last_of_tie]
    flagged = (np.arange(1, bad.size + 1))[last_of_tie]
    return float(np.sum(np.diff(caught, prepend=0.0) / total * caught / flagged))


def _delong(bad: FloatArray, scores: FloatArray) -> tuple[FloatArray, FloatArray]:
    """AUC of each row of ``scores``, and their covariance matrix."""
    bads = bad > 0.5
    m, n = int(bads.sum()), int((~bads).sum())
    if m == 0 or n == 0:
        count = scores.shape[0]
        return np.full(count, math.nan), np.full((count, count), math.nan)
    values, by_bad, by_good = [], [], []
    for score in scores:
        all_ranks = _mid_ranks(score)
        values.append((all_ranks[bads].sum() - m * (m + 1) / 2) / (m * n))
        by_bad.append((all_ranks[bads] - _mid_ranks(score[bads])) / n)
        by_good.append(1.0 - (all_ranks[~bads] - _mid_ranks(score[~bads])) / m)
    covariance = np.atleast_2d(np.cov(np.vstack(by_bad))) / m if m > 1 else np.zeros((len(values), len(values)))
    if n > 1:
        covariance = covariance + np.atleast_2d(np.cov(np.vstack(by_good))) / n
    return np.asarray(values), covariance


def _mid_ranks(values: FloatArray) -> FloatArray:
    from scipy.stats import rankdata  # half a second of every start of the server, which seldom ranks anything

    ranks: FloatArray = rankdata(values)
    return ranks
