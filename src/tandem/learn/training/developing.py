"""Everything that learns, on training rows only: bins, weights, rounds, calibration, and the choice of champion."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.boosting import BoostingTrial, fit_boosting
from tandem.learn.training.frame import Frame
from tandem.learn.training.scorecard import ScorecardFit, ScorecardSettings, fit_scorecard
from tandem.learn.training.spec import Family, TrainSpec
from tandem.learn.training.splitting import inner_folds
from tandem.learn.training.tournament import Choice, run_tournament

__all__ = ["Developed", "confident_trends", "develop"]


@dataclass(frozen=True, slots=True)
class Developed:
    """The fitted models of every family that competed.

    Attributes:
        scorecard: with bins for all columns; None where it did not compete.
        boosters: ``lightgbm.Booster`` objects, one per trial of ``choice.boosting``; empty where it did not compete.
        monotone: sign per input that LightGBM was held to; empty when free.
        choice: the tournament.
    """

    scorecard: ScorecardFit | None
    boosters: tuple[Any, ...]
    monotone: tuple[int, ...]
    choice: Choice

    def log_odds(self, frame: Frame) -> dict[Family, FloatArray]:
        """Calibrated log-odds of bad per row of ``frame``, by family."""
        result: dict[Family, FloatArray] = {}
        if self.scorecard is not None:
            result["scorecard"] = self.choice.candidate("scorecard").platt.apply(self.scorecard.margin(frame))
        if self.choice.boosting is not None:
            matrix = frame.matrix()
            margin = np.zeros(frame.rows)
            for weight, booster in zip(self.choice.boosting.weights, self.boosters, strict=True):
                margin += weight * np.asarray(booster.predict(matrix, raw_score=True, num_threads=1))
            result["lightgbm"] = self.choice.candidate("lightgbm").platt.apply(margin)
        share = self.choice.scorecard_weight
        if share is not None:
            mixed = share * result["scorecard"] + (1 - share) * result["lightgbm"]
            result["blend"] = self.choice.candidate("blend").platt.apply(mixed)
        return result


def develop(frame: Frame, bad: FloatArray, spec: TrainSpec) -> Developed:
    """Fit every family of ``spec`` on ``frame`` and choose the champion by inner folds."""
    settings = ScorecardSettings()
    scorecard = None
    if "scorecard" in spec.families or spec.monotone == "auto":
        scorecard = fit_scorecard(frame, bad, settings)
    monotone = confident_trends(frame, scorecard) if spec.monotone == "auto" and scorecard is not None else ()
    choice = run_tournament(
        frame, bad, inner_folds(bad, spec.fold_count(bad.size), spec.seed), spec, settings, monotone
    )
    boosters: tuple[Any, ...] = ()
    if choice.boosting is not None:
        matrix = frame.matrix()

        def grow(trial: BoostingTrial) -> Any:
            return fit_boosting(matrix, bad, trial.settings, trial.rounds, seed=spec.seed, monotone=monotone)

        with ThreadPoolExecutor(spec.threads) as pool:
            boosters = tuple(pool.map(grow, choice.boosting.trials))
    return Developed(scorecard if "scorecard" in spec.families else None, boosters, monotone, choice)


def confident_trends(frame: Frame, scorecard: ScorecardFit) -> tuple[int, ...]:
    """Sign per column that the data are sure of: columns in the scorecard whose bins rise or fall throughout."""
    sign = {binning.name: binning.sign for binning in scorecard.binnings}
    return tuple(sign.get(name, 0) for name in frame.names)
