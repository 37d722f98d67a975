"""Everything that learns, on training rows only: bins, weights, rounds, calibration, and the choice of champion."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.boosting import BoostingLimits, BoostingTrial
from tandem.learn.training.engine import Engine
from tandem.learn.training.engines import engine_of
from tandem.learn.training.frame import Frame
from tandem.learn.training.interactions import groups_of, pairs_apart
from tandem.learn.training.linear import LinearFit, fit_linear
from tandem.learn.training.machine import MachineFit, fit_machine, machine_settings
from tandem.learn.training.memory import give_back
from tandem.learn.training.network import NetworkFit, fit_network, network_settings
from tandem.learn.training.scorecard import ScorecardFit, ScorecardSettings, fit_scorecard, with_edits
from tandem.learn.training.spec import BoostedFamily, Family, TrainSpec
from tandem.learn.training.splitting import inner_folds
from tandem.learn.training.telling import Told, TrainingStep, silent
from tandem.learn.training.tournament import Arena, Choice, run_tournament

__all__ = ["Developed", "confident_trends", "develop"]


@dataclass(frozen=True, slots=True)
class Developed:
    """The fitted models of every family that competed.

    Attributes:
        scorecard: with bins for all columns; None where it did not compete.
        lines: the logistic regression; None where it did not compete.
        machine: the explainable boosting machine; None where it did not compete.
        boosters: of each family of boosted trees that competed, one per trial of its mix; objects of the library.
        network: the tabular network; None where it did not compete.
        limits: signs and groups that boosted trees, lines and the machine were held to.
        choice: the tournament.
    """

    scorecard: ScorecardFit | None
    lines: LinearFit | None
    machine: MachineFit | None
    boosters: Mapping[BoostedFamily, tuple[Any, ...]]
    network: NetworkFit | None
    limits: BoostingLimits
    choice: Choice

    def log_odds(self, frame: Frame) -> dict[Family, FloatArray]:
        """Calibrated log-odds of bad per row of ``frame``, by family."""
        result: dict[Family, FloatArray] = {}
        if self.scorecard is not None:
            result["scorecard"] = self.choice.candidate("scorecard").platt.apply(self.scorecard.margin(frame))
        if self.lines is not None:
            result["logistic"] = self.choice.candidate("logistic").platt.apply(self.lines.margin(frame))
        if self.machine is not None:
            result["ebm"] = self.choice.candidate("ebm").platt.apply(self.machine.margin(frame))
        for boosted, mix in self.choice.boosting.items():
            matrix, engine = frame.matrix(), engine_of(boosted)
            margin = np.zeros(frame.rows)
            for weight, booster in zip(mix.weights, self.boosters[boosted], strict=True):
                margin += weight * engine.margin(booster, matrix)
            result[boosted] = self.choice.candidate(boosted).platt.apply(margin)
        if self.network is not None:
            result["network"] = self.choice.candidate("network").platt.apply(self.network.margin(frame))
        if self.choice.shares:
            mixed = np.zeros(frame.rows)
            for family, share in self.choice.shares:
                mixed += share * result[family]
            result["blend"] = self.choice.candidate("blend").platt.apply(mixed)
        return result


def develop(
    frame: Frame, bad: FloatArray, spec: TrainSpec, instants: IntArray | None = None, told: Told = silent
) -> Developed:
    """Fit every family of ``spec`` on ``frame`` and choose the champion by inner folds.

    Args:
        frame: training rows.
        bad: 0 or 1 per row.
        spec: what was asked.
        instants: when each row was, where there is a time column; tuning goes forward in time with it.
        told: hears how far it is.
    """
    settings = with_edits(ScorecardSettings(), frame, bad, spec.bin_edits)
    scorecard = None
    if "scorecard" in spec.families or spec.monotone == "auto":
        scorecard = fit_scorecard(frame, bad, settings)
    limits = BoostingLimits(
        monotone=confident_trends(frame, scorecard) if spec.monotone == "auto" and scorecard is not None else (),
        together=groups_of(frame.names, spec.act_together),
    )
    folds = inner_folds(bad, spec.fold_count(bad.size), spec.seed)
    choice = run_tournament(Arena(frame, bad, folds, settings, limits, instants, told), spec)
    give_back()
    told(TrainingStep(stage="fitting"))
    lines = None if choice.ridge is None else fit_linear(frame, bad, choice.ridge, limits.monotone)
    machine = None
    if "ebm" in spec.families:
        apart = pairs_apart(len(frame.columns), limits.together)
        machine = fit_machine(
            frame, bad, machine_settings(spec.preset), seed=spec.seed, monotone=limits.monotone, apart=apart
        )
    boosters: dict[BoostedFamily, tuple[Any, ...]] = {}
    for family, mix in choice.boosting.items():
        matrix, engine = frame.matrix(), engine_of(family)
        each = max(1, spec.threads // len(mix.trials))

        def grow(
            trial: BoostingTrial, matrix: FloatArray = matrix, engine: Engine = engine, threads: int = each
        ) -> Any:
            return engine.fit(matrix, bad, trial.settings, trial.rounds, seed=spec.seed, limits=limits, threads=threads)

        with ThreadPoolExecutor(spec.threads) as pool:
            boosters[family] = tuple(pool.map(grow, mix.trials))
        give_back()
    network = None
    if "network" in spec.families:
        network = fit_network(frame, bad, network_settings(spec.preset), seed=spec.seed)
    return Developed(
        scorecard if "scorecard" in spec.families else None, lines, machine, boosters, network, limits, choice
    )


def confident_trends(frame: Frame, scorecard: ScorecardFit) -> tuple[int, ...]:
    """Sign per column that the data are sure of: columns in the scorecard whose bins rise or fall throughout."""
    sign = {binning.name: binning.sign for binning in scorecard.binnings}
    return tuple(sign.get(name, 0) for name in frame.names)
