"""Training: from any table and a target to a champion model, its rivals and the evidence, without code."""

from __future__ import annotations

from tandem.learn.training.arrays import BoolArray, FloatArray, IntArray
from tandem.learn.training.binning import BinEdit, Binning, BinningSettings, bin_column
from tandem.learn.training.boosting import boosting_presets
from tandem.learn.training.checks import sounds_later
from tandem.learn.training.columns import numbers_of, texts_of
from tandem.learn.training.engines import installed_families
from tandem.learn.training.evaluation import Evaluation, evaluate, inputs_of, rows_of, score_table
from tandem.learn.training.figures import model_figures
from tandem.learn.training.findings import Finding, Severity
from tandem.learn.training.frame import CategoricalColumn, Frame, NumericColumn
from tandem.learn.training.instants import instants_of
from tandem.learn.training.judging import ModelFigures, judge
from tandem.learn.training.logistic import fit_logistic
from tandem.learn.training.looking import LOOKED_AT_MAX, ColumnLook, LookAsked, LookFault, Outlook, TableLook, look_at
from tandem.learn.training.memory import give_back
from tandem.learn.training.metrics import (
    AucDifference,
    CalibrationFigures,
    Interval,
    Stability,
    auc,
    auc_difference,
    auc_interval,
    calibration,
    holm,
    ks,
    psi_chance,
    psi_of_counts,
    psi_of_rows,
    psi_of_values,
)
from tandem.learn.training.network import torch_seeded
from tandem.learn.training.network_encoding import Encoding, encoded_rows, encoding_of
from tandem.learn.training.network_reading import hidden_at_random, reading_of, vectors_of
from tandem.learn.training.profile import ColumnProfile, conform, profile_table
from tandem.learn.training.provenance import data_digest
from tandem.learn.training.reading import read_table
from tandem.learn.training.reasons import read_bin_edits, read_reasons, reason_of
from tandem.learn.training.report import both, render_report
from tandem.learn.training.sensitive import Sensitive, sensitive_column
from tandem.learn.training.spec import BOOSTED, FAMILIES, Family, Points, ReasonText, TrainSpec
from tandem.learn.training.suggesting import Suggested
from tandem.learn.training.telling import Told, TrainingStep
from tandem.learn.training.training import TrainingResult, train

__all__ = [
    "BOOSTED",
    "FAMILIES",
    "LOOKED_AT_MAX",
    "AucDifference",
    "BinEdit",
    "Binning",
    "BinningSettings",
    "BoolArray",
    "CalibrationFigures",
    "CategoricalColumn",
    "ColumnLook",
    "ColumnProfile",
    "Encoding",
    "Evaluation",
    "Family",
    "Finding",
    "FloatArray",
    "Frame",
    "IntArray",
    "Interval",
    "LookAsked",
    "LookFault",
    "ModelFigures",
    "NumericColumn",
    "Outlook",
    "Points",
    "ReasonText",
    "Sensitive",
    "Severity",
    "Stability",
    "Suggested",
    "TableLook",
    "Told",
    "TrainSpec",
    "TrainingResult",
    "TrainingStep",
    "auc",
    "auc_difference",
    "auc_interval",
    "bin_column",
    "boosting_presets",
    "both",
    "calibration",
    "conform",
    "data_digest",
    "encoded_rows",
    "encoding_of",
    "evaluate",
    "fit_logistic",
    "give_back",
    "hidden_at_random",
    "holm",
    "inputs_of",
    "installed_families",
    "instants_of",
    "judge",
    "ks",
    "look_at",
    "model_figures",
    "numbers_of",
    "profile_table",
    "psi_chance",
    "psi_of_counts",
    "psi_of_rows",
    "psi_of_values",
    "read_bin_edits",
    "read_reasons",
    "read_table",
    "reading_of",
    "reason_of",
    "render_report",
    "rows_of",
    "score_table",
    "sensitive_column",
    "sounds_later",
    "texts_of",
    "torch_seeded",
    "train",
    "vectors_of",
]
