"""How far a probability can be taken at its word: Brier score, log-loss, calibration error, slope, reliability table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.logistic import fit_logistic, logit

__all__ = ["CalibrationFigures", "ReliabilityRow", "brier", "calibration", "log_loss"]

_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class ReliabilityRow:
    """One group of equally many rows, ordered by probability."""

    count: int
    mean_probability: float
    bad_rate: float


@dataclass(frozen=True, slots=True)
class CalibrationFigures:
    """How probabilities compare with what happened.

    Attributes:
        ece: expected calibration error over groups of equal size (quantile ECE).
        ratio: expected bads over observed bads; 1 is right in the large.
        slope, intercept: of a logistic regression of the outcome on the log-odds; 1 and 0 are right. None where the
            probabilities are all alike.
        table: the groups.
    """

    ece: float
    ratio: float
    slope: float | None
    intercept: float | None
    table: tuple[ReliabilityRow, ...]


def brier(bad: FloatArray, probability: FloatArray) -> float:
    """Mean squared difference of probability and outcome (Brier 1950)."""
    return float(np.mean((probability - bad) ** 2))


def log_loss(bad: FloatArray, probability: FloatArray) -> float:
    """Mean negative log-likelihood, in nats."""
    p = np.clip(probability, _TINY, 1 - _TINY)
    return float(-np.mean(bad * np.log(p) + (1 - bad) * np.log1p(-p)))


def calibration(bad: FloatArray, probability: FloatArray, groups: int = 10) -> CalibrationFigures:
    """Calibration over ``groups`` groups of equal size."""
    order = np.argsort(probability, kind="stable")
    rows = [
        ReliabilityRow(int(part.size), float(probability[part].mean()), float(bad[part].mean()))
        for part in np.array_split(order, min(groups, order.size))
    ]
    ece = sum(row.count * abs(row.mean_probability - row.bad_rate) for row in rows) / order.size
    expected, observed = float(probability.sum()), float(bad.sum())
    slope, intercept = _line(bad, probability)
    return CalibrationFigures(ece, expected / max(observed, 1.0), slope, intercept, tuple(rows))


def _line(bad: FloatArray, probability: FloatArray) -> tuple[float | None, float | None]:
    x = logit(probability)
    if float(np.ptp(x)) < _TINY or bad.min() == bad.max():
        return None, None
    fit = fit_logistic(x[:, None], bad, ridge=0.0)
    return float(fit.coefficients[0]), fit.intercept
