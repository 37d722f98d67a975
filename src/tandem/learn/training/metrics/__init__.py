"""Figures that judge a score: ranking, probability, stability, cut-offs."""

from __future__ import annotations

from tandem.learn.training.metrics.conformal import (
    BandFigures,
    ProbabilityIntervals,
    ReviewBand,
    band_figures,
    review_band,
    venn_abers,
)
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
from tandem.learn.training.metrics.stability import (
    Stability,
    holm,
    psi_chance,
    psi_of_counts,
    psi_of_rows,
    psi_of_values,
)

__all__ = [
    "ApprovalRow",
    "AucDifference",
    "BandFigures",
    "CalibrationFigures",
    "GainsRow",
    "Interval",
    "ProbabilityIntervals",
    "ReliabilityRow",
    "ReviewBand",
    "Stability",
    "approval_table",
    "auc",
    "auc_difference",
    "auc_interval",
    "average_precision",
    "band_figures",
    "brier",
    "calibration",
    "gains_table",
    "gini",
    "holm",
    "ks",
    "log_loss",
    "psi_chance",
    "psi_of_counts",
    "psi_of_rows",
    "psi_of_values",
    "review_band",
    "venn_abers",
]
