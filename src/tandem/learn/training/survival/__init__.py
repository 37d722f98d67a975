"""When it goes bad: discrete hazards from accounts that were watched for different lengths of time."""

from __future__ import annotations

from tandem.learn.training.survival.curves import default_by
from tandem.learn.training.survival.estimating import Estimate, kaplan_meier
from tandem.learn.training.survival.judging import HorizonFigures, SurvivalFigures, judge_curves
from tandem.learn.training.survival.spec import SurvivalSpec
from tandem.learn.training.survival.spells import Spells, read_spells
from tandem.learn.training.survival.surviving import SurvivalResult, train_survival

__all__ = [
    "Estimate",
    "HorizonFigures",
    "Spells",
    "SurvivalFigures",
    "SurvivalResult",
    "SurvivalSpec",
    "default_by",
    "judge_curves",
    "kaplan_meier",
    "read_spells",
    "train_survival",
]
