"""All figures of one model on one set of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.metrics import (
    ApprovalRow,
    CalibrationFigures,
    GainsRow,
    Interval,
    Stability,
    approval_table,
    auc_interval,
    average_precision,
    brier,
    calibration,
    gains_table,
    ks,
    log_loss,
    psi_of_values,
)

__all__ = ["CurvePoint", "ModelFigures", "judge"]

_CURVE_POINTS = 101


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of the ROC and precision-recall curves, by share of rows flagged."""

    flagged: float
    recall: float
    false_positive_rate: float
    precision: float


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """How a model did on rows it did not learn from.

    Attributes:
        rows, bads: of the test.
        auc: with DeLong's 95 % interval; ``gini`` is 2 AUC - 1.
        ks, average_precision: of the ranking.
        brier, log_loss, calibration: of the probability.
        stability: PSI of the probability between out-of-fold training rows and the test.
        approvals: approval rate against bad rate, with the confusion at each cut-off.
        gains: tenths, riskiest first.
        curve: for drawing.
    """

    rows: int
    bads: int
    auc: Interval
    gini: float
    ks: float
    average_precision: float
    brier: float
    log_loss: float
    calibration: CalibrationFigures
    stability: Stability
    approvals: tuple[ApprovalRow, ...]
    gains: tuple[GainsRow, ...]
    curve: tuple[CurvePoint, ...]


def judge(bad: FloatArray, log_odds: FloatArray, reference: FloatArray) -> ModelFigures:
    """Figures of calibrated ``log_odds`` on rows with outcome ``bad``; ``reference`` is training's, for stability."""
    probability = 1 / (1 + np.exp(-log_odds))
    area = auc_interval(bad, log_odds)
    return ModelFigures(
        rows=int(bad.size),
        bads=int(bad.sum()),
        auc=area,
        gini=2 * area.value - 1,
        ks=ks(bad, log_odds),
        average_precision=average_precision(bad, log_odds),
        brier=brier(bad, probability),
        log_loss=log_loss(bad, probability),
        calibration=calibration(bad, probability),
        stability=psi_of_values(reference, log_odds),
        approvals=approval_table(bad, probability),
        gains=gains_table(bad, log_odds),
        curve=_curve(bad, log_odds),
    )


def _curve(bad: FloatArray, score: FloatArray) -> tuple[CurvePoint, ...]:
    order = np.argsort(-score, kind="stable")
    caught, missed = np.cumsum(bad[order]), np.cumsum(1 - bad[order])
    total_bad, total_good = max(float(caught[-1]), 1.0), max(float(missed[-1]), 1.0)
    points = []
    for share in np.linspace(0, 1, _CURVE_POINTS):
        count = round(share * bad.size)
        hit, false = (float(caught[count - 1]), float(missed[count - 1])) if count else (0.0, 0.0)
        points.append(CurvePoint(float(share), hit / total_bad, false / total_good, hit / count if count else 1.0))
    return tuple(points)
