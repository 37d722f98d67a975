"""Figures that judge a score: ranking, probability, stability, cut-offs."""

from __future__ import annotations

from tandem.learn.training.metrics.cutoffs import ApprovalRow, GainsRow, approval_table, gains_table
from tandem.learn.training.metrics.probability import (
    CalibrationFigures,
    ReliabilityRow,
    brier,
    calibration,
    log_loss,
)
from tandem.learn.training.metrics.ranking import (
    AucDifference,
    Interval,
    auc,
    auc_difference,
    auc_interval,
    average_precision,
    gini,
    ks,
)
from tandem.learn.training.metrics.stability import Stability, psi_of_counts, psi_of_values

__all__ = [
    "ApprovalRow",
    "AucDifference",
    "CalibrationFigures",
    "GainsRow",
    "Interval",
    "ReliabilityRow",
    "Stability",
    "approval_table",
    "auc",
    "auc_difference",
    "auc_interval",
    "average_precision",
    "brier",
    "calibration",
    "gains_table",
    "gini",
    "ks",
    "log_loss",
    "psi_of_counts",
    "psi_of_values",
]
