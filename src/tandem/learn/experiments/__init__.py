"""Experiments: what came of shadow, canary, champion/challenger and A/B, and what ends them by itself."""

from tandem.learn.experiments.balance import ExperimentBalance, balance_of
from tandem.learn.experiments.desk import ExperimentDesk
from tandem.learn.experiments.estimating import Difference, Rate, combined, difference, paired_difference, rate_of_units
from tandem.learn.experiments.planning import ExperimentPlan, plan_of, power_of, sample_size
from tandem.learn.experiments.results import (
    ArmReading,
    DifferenceReading,
    ExperimentNote,
    ExperimentPoint,
    ExperimentReading,
    ExperimentState,
    ExperimentVerdict,
    GuardReading,
    MoneyReading,
    SegmentReading,
    ShadowReading,
    VerdictWord,
)
from tandem.learn.experiments.sequential import (
    UNITS_MIN,
    Interval,
    always_valid,
    evidence_above,
    evidence_against,
    exact_evidence_above,
)
from tandem.learn.experiments.watching import SYSTEM, ExperimentWatch

__all__ = [
    "SYSTEM",
    "UNITS_MIN",
    "ArmReading",
    "Difference",
    "DifferenceReading",
    "ExperimentBalance",
    "ExperimentDesk",
    "ExperimentNote",
    "ExperimentPlan",
    "ExperimentPoint",
    "ExperimentReading",
    "ExperimentState",
    "ExperimentVerdict",
    "ExperimentWatch",
    "GuardReading",
    "Interval",
    "MoneyReading",
    "Rate",
    "SegmentReading",
    "ShadowReading",
    "VerdictWord",
    "always_valid",
    "balance_of",
    "combined",
    "difference",
    "evidence_above",
    "evidence_against",
    "exact_evidence_above",
    "paired_difference",
    "plan_of",
    "power_of",
    "rate_of_units",
    "sample_size",
]
