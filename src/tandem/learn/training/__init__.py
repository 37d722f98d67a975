"""Training: from any table and a target to a champion model, its rivals and the evidence, without code."""

from __future__ import annotations

from tandem.learn.training.arrays import BoolArray, FloatArray, IntArray
from tandem.learn.training.evaluation import Evaluation, evaluate
from tandem.learn.training.figures import model_figures
from tandem.learn.training.findings import Finding, Severity
from tandem.learn.training.judging import ModelFigures, judge
from tandem.learn.training.metrics.stability import Stability, psi_of_values
from tandem.learn.training.profile import ColumnProfile
from tandem.learn.training.reading import read_table
from tandem.learn.training.reasons import read_reasons, reason_of
from tandem.learn.training.report import render_report
from tandem.learn.training.spec import FAMILIES, Family, Points, ReasonText, TrainSpec
from tandem.learn.training.training import TrainingResult, train

__all__ = [
    "FAMILIES",
    "BoolArray",
    "ColumnProfile",
    "Evaluation",
    "Family",
    "Finding",
    "FloatArray",
    "IntArray",
    "ModelFigures",
    "Points",
    "ReasonText",
    "Severity",
    "Stability",
    "TrainSpec",
    "TrainingResult",
    "evaluate",
    "judge",
    "model_figures",
    "psi_of_values",
    "read_reasons",
    "read_table",
    "reason_of",
    "render_report",
    "train",
]
