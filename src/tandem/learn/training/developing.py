"""Everything that learns, on training rows only: bins, weights, rounds, calibration, and the choice of champion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.boosting import fit_boosting
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
        booster: a ``lightgbm.Booster``; None where it did not compete.
        monotone: sign per input that LightGBM was held to; empty when free.
        choice: the tournament.
    """

    scorecard: ScorecardFit | None
    booster: Any
    monotone: tuple[int, ...]
    choice: Choice

    def log_odds(self, frame: Frame) -> dict[Family, FloatArray]:
        """Calibrated log-odds of bad per row of ``frame``, by family."""
        result: dict[Family, FloatArray] = {}
        if self.scorecard is not None:
            result["scorecard"] = self.choice.candidate("scorecard").platt.apply(self.scorecard.margin(frame))
        if self.booster is not None:
            margin = np.asarray(self.booster.predict(frame.matrix(), raw_score=True, num_threads=1))
            result["lightgbm"] = self.choice.candidate("lightgbm").platt.apply(margin)
        weight = self.choice.scorecard_weight
        if weight is not None:
            mixed = weight * result["scorecard"] + (1 - weight) * result["lightgbm"]
            result["blend"] = self.choice.candidate("blend").platt.apply(mixed)
        return result


def develop(frame: Frame, bad: FloatArray, spec: TrainSpec) -> Developed:
    """Fit every family of ``spec`` on ``frame`` and choose the champion by inner folds."""
    settings = ScorecardSettings()
    scorecard = None
    if "scorecard" in spec.families or spec.monotone == "auto":
        scorecard = fit_scorecard(frame, bad, settings)
    monotone = confident_trends(frame, scorecard) if spec.monotone == "auto" and scorecard is not None else ()
    choice = run_tournament(frame, bad, inner_folds(bad, spec.folds, spec.seed), spec, settings, monotone)
    booster = None
    if choice.boosting is not None:
        booster = fit_boosting(
            frame.matrix(),
            bad,
            choice.boosting.settings,
            choice.boosting.rounds,
            seed=spec.seed,
            threads=spec.threads,
            monotone=monotone,
        )
    return Developed(scorecard if "scorecard" in spec.families else None, booster, monotone, choice)


def confident_trends(frame: Frame, scorecard: ScorecardFit) -> tuple[int, ...]:
    """Sign per column that the data are sure of: columns in the scorecard whose bins rise or fall throughout."""
    sign = {
        binning.name: {"ascending": 1, "descending": -1}.get(binning.trend, 0) if len(binning.bins) > 1 else 0
        for binning in scorecard.binnings
        if binning.numeric
    }
    return tuple(sign.get(name, 0) for name in frame.names)
