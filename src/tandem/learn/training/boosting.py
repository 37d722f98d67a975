"""LightGBM, within the limits that keep it explainable, lawful and repeatable.

Depth is at most 6, so that the exact contributions of every decision can be read from tables. Categories are integer
codes that know nothing of the outcome. A monotone constraint uses the ``basic`` method: the others break the constraint
in LightGBM 4.7 (issues 5358, 6155). Rounds are chosen by inner cross-validation and the model is then refitted on all
training rows with that number, so no row is lost to early stopping. A second booster with random thresholds (extremely
randomised, Geurts 2006) may share the log-odds with the first: their errors differ, and the mean of two boosters is again
a sum of trees.

Every booster grows on one thread: on a busy machine LightGBM's own threads wait for each other a hundred times longer than
they work. Several boosters may grow side by side instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Literal

import numpy as np
from scipy.special import expit

from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.metrics import log_loss
from tandem.learn.training.spec import MANY_ROWS

__all__ = [
    "BoostedMix",
    "BoostingLimits",
    "BoostingSettings",
    "BoostingTrial",
    "boosting_presets",
    "fit_boosting",
    "mix_trials",
    "try_boosting",
]

_MIXES = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True)
class BoostingLimits:
    """What trees are held to.

    Attributes:
        monotone: sign per column; empty when all are free.
        together: groups of columns, by place, that may stand on one path; every column is in one. Empty: all may.
    """

    monotone: tuple[int, ...] = ()
    together: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class BoostingSettings:
    """One way to boost; names and meanings are LightGBM's.

    ``rounds`` is the most that cross-validation may choose, ``patience`` how many rounds without gain end the search.
    """

    name: str
    learning_rate: float = 0.03
    num_leaves: int = 15
    max_depth: int = 6
    min_data_in_leaf: int = 20
    min_sum_hessian_in_leaf: float = 1e-3
    lambda_l2: float = 1.0
    feature_fraction: float = 0.6
    bagging_fraction: float = 0.8
    max_bin: int = 255
    min_data_in_bin: int = 3
    extra_trees: bool = False
    rounds: int = 2000
    patience: int = 50

    def parameters(self, seed: int, limits: BoostingLimits | None = None) -> dict[str, Any]:
        """LightGBM's parameters for these settings within ``limits``."""
        result: dict[str, Any] = {
            "objective": "binary",
            "metric": "binary_logloss",
            "learning_rate": self.learning_rate,
            "num_leaves": self.num_leaves,
            "max_depth": self.max_depth,
            "min_data_in_leaf": self.min_data_in_leaf,
            "min_sum_hessian_in_leaf": self.min_sum_hessian_in_leaf,
            "lambda_l2": self.lambda_l2,
            "feature_fraction": self.feature_fraction,
            "bagging_fraction": self.bagging_fraction,
            "bagging_freq": 1 if self.bagging_fraction < 1 else 0,
            "max_bin": self.max_bin,
            "min_data_in_bin": self.min_data_in_bin,
            "extra_trees": self.extra_trees,
            "seed": seed,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": 1,
            "verbosity": -1,
        }
        if limits is not None and any(limits.monotone):
            result["monotone_constraints"] = list(limits.monotone)
            result["monotone_constraints_method"] = "basic"
        if limits is not None and limits.together:
            result["interaction_constraints"] = [list(group) for group in limits.together]
        return result


def boosting_presets(preset: Literal["credit", "fraud"], rows: int) -> tuple[BoostingSettings, ...]:
    """The settings that compete for ``rows`` training rows."""
    leaf = int(np.clip(rows // 400, 10, 60))
    ridge = 10.0 if rows >= MANY_ROWS else 2.0
    if preset == "fraud":
        # A leaf must hold curvature, not only rows: where one row in two hundred is bad, twenty sure goods weigh nothing
        # and a leaf of theirs is noise (average precision .66 without, .70 with, on the handbook's card stream).
        fine = BoostingSettings(
            name="fine bins",
            max_bin=4095,
            min_data_in_bin=1,
            min_sum_hessian_in_leaf=1.0,
            lambda_l2=1.0,
            feature_fraction=1.0,
            bagging_fraction=1.0,
        )
        return (fine,)
    cautious = BoostingSettings(name="best splits", min_data_in_leaf=leaf, lambda_l2=ridge)
    varied = replace(cautious, name="random splits", extra_trees=True)
    if rows >= MANY_ROWS:
        return (cautious, varied)
    # In a small table with much to learn (company accounts), drawing rows throws scarce bads away; in one with little
    # (applications) it helps. Which it is, the folds say.
    eager = replace(cautious, name="all rows", lambda_l2=0.5, bagging_fraction=1.0)
    return (cautious, varied, eager)


@dataclass(frozen=True, slots=True)
class BoostingTrial:
    """What cross-validation said of one way to boost.

    Attributes:
        settings: the way.
        rounds: the number of trees with least log-loss over the inner folds.
        log_loss: that log-loss.
        margin: out-of-fold log-odds per training row.
    """

    settings: BoostingSettings
    rounds: int
    log_loss: float
    margin: FloatArray


@dataclass(frozen=True, slots=True)
class BoostedMix:
    """Boosters that share the log-odds: ``margin`` is the mean of theirs, weighted by ``weights`` (sum 1, none zero)."""

    trials: tuple[BoostingTrial, ...]
    weights: tuple[float, ...]

    @property
    def margin(self) -> FloatArray:
        """Out-of-fold log-odds per training row."""
        total: FloatArray = sum(  # type: ignore[assignment]
            weight * trial.margin for weight, trial in zip(self.weights, self.trials, strict=True)
        )
        return total

    @property
    def detail(self) -> str:
        """The mix in words."""
        parts = zip(self.weights, self.trials, strict=True)
        return " + ".join(f"{w:g} x {t.settings.name}, {t.rounds} rounds" for w, t in parts)


def mix_trials(trials: tuple[BoostingTrial, ...], bad: FloatArray) -> BoostedMix:
    """The single trial, or the pair weighted in quarters, with least out-of-fold log-loss."""
    alone = [BoostedMix((trial,), (1.0,)) for trial in trials]
    pairs = [
        BoostedMix((first, second), (weight, 1 - weight))
        for first, second in combinations(trials, 2)
        for weight in _MIXES
    ]
    return min([*alone, *pairs], key=lambda mix: log_loss(bad, expit(mix.margin)))


def try_boosting(
    matrix: FloatArray,
    bad: FloatArray,
    folds: tuple[tuple[IntArray, IntArray], ...],
    settings: BoostingSettings,
    *,
    seed: int,
    limits: BoostingLimits | None = None,
) -> BoostingTrial:
    """Cross-validate ``settings`` over ``folds`` of (train, valid) row numbers."""
    import lightgbm

    parameters = settings.parameters(seed, limits)
    outcome: dict[str, Any] = lightgbm.cv(
        parameters,
        lightgbm.Dataset(matrix, bad, params=parameters, free_raw_data=False),
        num_boost_round=settings.rounds,
        folds=list(folds),
        callbacks=[lightgbm.early_stopping(settings.patience, verbose=False)],
        return_cvbooster=True,
    )
    curve = outcome["valid binary_logloss-mean"]
    rounds = len(curve)
    margin = np.empty(bad.size)
    for (_, valid), booster in zip(folds, outcome["cvbooster"].boosters, strict=True):
        margin[valid] = booster.predict(matrix[valid], num_iteration=rounds, raw_score=True, num_threads=1)
    return BoostingTrial(settings, rounds, float(curve[-1]), margin)


def fit_boosting(
    matrix: FloatArray,
    bad: FloatArray,
    settings: BoostingSettings,
    rounds: int,
    *,
    seed: int,
    limits: BoostingLimits | None = None,
) -> Any:
    """A ``lightgbm.Booster`` of exactly ``rounds`` trees on all rows."""
    import lightgbm

    parameters = settings.parameters(seed, limits)
    return lightgbm.train(parameters, lightgbm.Dataset(matrix, bad, params=parameters), num_boost_round=rounds)
