"""Experiments: who gets which arm, by a rule that is fixed before the first decision."""

from tandem.decide.experiments.assigning import Assigned, Assigner
from tandem.decide.experiments.clusters import ClusterUnits
from tandem.decide.experiments.definitions import (
    MEASURES,
    Experiment,
    ExperimentArm,
    Exposure,
    GuardAction,
    Measure,
    Mode,
    PrimaryMetric,
    SafetyLimit,
    parse_experiment,
)

__all__ = [
    "MEASURES",
    "Assigned",
    "Assigner",
    "ClusterUnits",
    "Experiment",
    "ExperimentArm",
    "Exposure",
    "GuardAction",
    "Measure",
    "Mode",
    "PrimaryMetric",
    "SafetyLimit",
    "parse_experiment",
]
