"""How good a term structure is, with accounts that were not watched to the end counted for what they are.

Of an account that left after 3 periods nobody knows whether it was good after 12. Leaving it out would favour those who went bad
early, so those who were watched stand for those who were not: everybody's weight is one over the chance of having been watched
until then (Robins and Rotnitzky 1992). On that rest the AUC at a horizon (bads by then against goods at its end; Uno et al. 2007) and
the Brier score (Graf et al. 1999).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tandem.learn.training.arrays import BoolArray, FloatArray, IntArray
from tandem.learn.training.survival.estimating import Estimate, kaplan_meier, still_watched
from tandem.learn.training.survival.spells import Spells

__all__ = ["HorizonFigures", "SurvivalFigures", "judge_curves"]


@dataclass(frozen=True, slots=True)
class HorizonFigures:
    """One horizon.

    Attributes:
        period: its end; ``at_risk`` accounts were watched in it, ``bads`` had gone bad by its end.
        expected: mean predicted probability of having gone bad by then.
        observed: what Kaplan and Meier say, ``low`` and ``high`` its 95 % limits.
        auc: of bads by then against goods at its end; None where one of them is missing.
        brier: mean squared error of the probability; ``brier_without`` of the training book's curve, the same for everybody.
    """

    period: int
    at_risk: int
    bads: int
    expected: float
    observed: float
    low: float
    high: float
    auc: float | None
    brier: float
    brier_without: float


@dataclass(frozen=True, slots=True)
class SurvivalFigures:
    """All horizons, and the Brier scores averaged over them. ``gain`` is what the model takes off the error of the plain curve."""

    accounts: int
    bads: int
    horizons: tuple[HorizonFigures, ...]
    brier: float
    brier_without: float

    @property
    def gain(self) -> float:
        """Share of the plain curve's error that the model removes; below zero it is worse than no model."""
        return 1 - self.brier / self.brier_without if self.brier_without > 0 else 0.0


def judge_curves(spells: Spells, probability: FloatArray, plain: Estimate) -> SurvivalFigures:
    """Hold ``probability`` (accounts by periods) against what happened to ``spells``.

    Args:
        plain: the curve of the training book, to be better than.
    """
    horizon = probability.shape[1]
    observed = kaplan_meier(spells, horizon)
    watched = still_watched(spells, horizon)
    figures = tuple(
        _at(period, spells, probability[:, period - 1], observed, watched, 1 - float(plain.good[period - 1]))
        for period in range(1, horizon + 1)
    )
    return SurvivalFigures(
        accounts=len(spells),
        bads=int((spells.event[spells.duration <= horizon]).sum()),
        horizons=figures,
        brier=float(np.mean([one.brier for one in figures])),
        brier_without=float(np.mean([one.brier_without for one in figures])),
    )


def _at(
    period: int, spells: Spells, probability: FloatArray, observed: Estimate, watched: FloatArray, without: float
) -> HorizonFigures:
    bad = (spells.event > 0) & (spells.duration <= period)
    good = (spells.duration > period) | ((spells.event == 0) & (spells.duration == period))
    weight = _weights(spells.duration, bad, good, watched, period)
    return HorizonFigures(
        period=period,
        at_risk=int(observed.at_risk[period - 1]),
        bads=int(bad.sum()),
        expected=float(probability.mean()),
        observed=float(1 - observed.good[period - 1]),
        low=float(1 - observed.high[period - 1]),
        high=float(1 - observed.low[period - 1]),
        auc=_weighted_auc(probability, bad, good, weight),
        brier=_brier(probability, bad, weight),
        brier_without=_brier(np.full(len(spells), without), bad, weight),
    )


def _weights(duration: IntArray, bad: BoolArray, good: BoolArray, watched: FloatArray, period: int) -> FloatArray:
    """One over the chance of having been watched until what is known was known; 0 of whom nothing is known.

    Who was watched through the period itself, and left at its end, is good at its end: the chance of being watched so far is
    that of not having left in an earlier period.
    """
    # leaving at the end of a period comes after that period was lived through
    until = np.where(bad, np.minimum(duration, period) - 1, period - 1).clip(min=0)
    weight = np.where(bad | good, 1 / np.maximum(watched[until], 1e-9), 0.0)
    result: FloatArray = weight
    return result


def _brier(probability: FloatArray, bad: BoolArray, weight: FloatArray) -> float:
    return float(np.sum(weight * (probability - bad) ** 2) / max(float(weight.sum()), 1e-12))


def _weighted_auc(score: FloatArray, bad: BoolArray, good: BoolArray, weight: FloatArray) -> float | None:
    """Weighted share of (bad, good) pairs in which the bad scores higher, ties counted half; O(n log n)."""
    if not bad.any() or not good.any():
        return None
    values, place = np.unique(score, return_inverse=True)
    bads = np.bincount(place, weights=weight * bad, minlength=values.size)
    goods = np.bincount(place, weights=weight * good, minlength=values.size)
    below = np.cumsum(goods) - goods
    return float(np.sum(bads * (below + goods / 2)) / (bads.sum() * goods.sum()))
