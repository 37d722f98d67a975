"""Turning log-odds that rank into probabilities that can be believed.

The calibrator learns from out-of-fold log-odds only: a model's margins on its own training rows are too sure.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.logistic import fit_logistic

__all__ = ["Platt", "fit_platt"]


@dataclass(frozen=True, slots=True)
class Platt:
    """``log-odds = slope * margin + intercept`` (Platt 1999); the slope is above zero, so ranks stay."""

    slope: float
    intercept: float

    def apply(self, margin: FloatArray) -> FloatArray:
        """Calibrated log-odds."""
        result: FloatArray = self.slope * margin + self.intercept
        return result


def fit_platt(margin: FloatArray, bad: FloatArray) -> Platt:
    """The slope and intercept that make ``margin`` most likely; slope 1 where the margins say nothing."""
    if float(np.ptp(margin)) == 0.0:
        rate = float(np.clip(bad.mean(), 1e-9, 1 - 1e-9))
        return Platt(1.0, float(np.log(rate / (1 - rate)) - margin[0]))
    fit = fit_logistic(margin[:, None], bad, ridge=1e-3)
    slope = float(fit.coefficients[0])
    if slope <= 1e-6:
        rate = float(np.clip(bad.mean(), 1e-9, 1 - 1e-9))
        return Platt(1e-6, float(np.log(rate / (1 - rate))))
    return Platt(slope, fit.intercept)
