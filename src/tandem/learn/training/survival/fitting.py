"""Growing the hazard: LightGBM over lived periods, folds drawn by account.

Rows of one account say nearly the same, so an account is wholly in a fold or wholly out of it; otherwise the number of rounds would
be chosen on rows that were learned by heart. Calibration learns from out-of-fold margins, as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.boosting import BoostingTrial, boosting_presets, fit_boosting, try_boosting
from tandem.learn.training.calibrating import Platt, fit_platt
from tandem.learn.training.frame import Frame
from tandem.learn.training.spec import TrainSpec
from tandem.learn.training.splitting import inner_folds
from tandem.learn.training.survival.periods import lived_periods, with_period
from tandem.learn.training.survival.spells import Spells

__all__ = ["HazardFit", "fit_hazard"]


@dataclass(frozen=True, slots=True)
class HazardFit:
    """A fitted hazard.

    Attributes:
        frame: the inputs it reads, ``period`` last, with the rows of the lived periods.
        booster: a ``lightgbm.Booster``.
        trial: what cross-validation said.
        platt: from its margin to the log-odds of going bad within the period.
    """

    frame: Frame
    booster: Any
    trial: BoostingTrial
    platt: Platt

    def log_odds(self, frame: Frame) -> FloatArray:
        """Calibrated log-odds of going bad within the period, per row of a frame that has one."""
        margin = np.asarray(self.booster.predict(frame.matrix(), raw_score=True, num_threads=1))
        return self.platt.apply(margin)


def fit_hazard(frame: Frame, spells: Spells, horizon: int, spec: TrainSpec) -> HazardFit:
    """Fit on accounts ``frame``, one row per spell, over periods 1 .. ``horizon``."""
    lived = lived_periods(spells, horizon)
    rows = with_period(frame.take(lived.account), lived.period)
    matrix = rows.matrix()
    folds = _folds_of_rows(lived.account, inner_folds(spells.event, spec.fold_count(len(spells)), spec.seed))
    trials = [
        try_boosting(matrix, lived.event, folds, settings, seed=spec.seed, threads=spec.threads)
        for settings in boosting_presets("credit", len(spells))
    ]
    trial = min(trials, key=lambda one: one.log_loss)
    booster = fit_boosting(matrix, lived.event, trial.settings, trial.rounds, seed=spec.seed, threads=spec.threads)
    return HazardFit(rows, booster, trial, fit_platt(trial.margin, lived.event))


def _folds_of_rows(
    account: IntArray, folds: tuple[tuple[IntArray, IntArray], ...]
) -> tuple[tuple[IntArray, IntArray], ...]:
    """The folds of accounts as folds of their lived periods."""
    numbers = np.arange(account.size)
    result = []
    for _, valid in folds:
        inside = np.isin(account, valid)
        result.append((numbers[~inside], numbers[inside]))
    return tuple(result)
