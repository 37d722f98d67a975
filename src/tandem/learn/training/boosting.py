"""LightGBM, within the limits that keep it explainable, lawful and repeatable.

Depth is at most 6, so that the exact contributions of every decision can be read from tables. Categories are integer
codes that know nothing of the outcome. A monotone constraint uses the ``basic`` method: the others break the constraint
in LightGBM 4.7 (issues 5358, 6155). Rounds are chosen by inner cross-validation and the model is then refitted on all
training rows with that number, so no row is lost to early stopping. A second booster with random thresholds (extremely
randomised, Geurts 2006) may share the log-odds with the first: their errors differ, and the mean of two boosters is again
a sum of trees.

A booster grows on one thread unless its matrix is large: on a busy machine LightGBM's own threads wait for each other a hundred
times longer than they work on a small one. Several boosters may grow side by side instead: ways to boost, or the folds of one
way. On a large matrix they work, and share one set of histograms, so there the threads are LightGBM's. It gives the same trees on
any number of them (``deterministic``); what stops a search early is a sum of ours, which knows no threads.

Histograms are made column by column. LightGBM's other way, row by row, gives the same trees to the last bit, but with many columns
of many bins it takes several times as long (``python -m benchmarks boosting``), and a second copy of the binned rows.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
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
_LARGE = 20_000_000
"""Cells of a matrix from which LightGBM's own threads earn what they cost."""
_BLOCK = 50_000
"""Rows that are copied out of a matrix at a time."""
_VERY_MANY = 200_000
"""Rows from which steps may be longer and each tree sees half of the columns."""


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

    def parameters(self, seed: int, limits: BoostingLimits | None = None, threads: int = 1) -> dict[str, Any]:
        """LightGBM's parameters for these settings within ``limits``; ``threads`` are its own."""
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
            "force_col_wise": True,
            "num_threads": threads,
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
        if rows >= _VERY_MANY:
            # Half the trees, half the columns each. What it costs and gains: ``python -m benchmarks boosting``.
            return (replace(fine, learning_rate=0.05, feature_fraction=0.5),)
        return (fine,)
    cautious = BoostingSettings(name="best splits", min_data_in_leaf=leaf, lambda_l2=ridge)
    varied = replace(cautious, name="random splits", extra_trees=True)
    if rows >= MANY_ROWS:
        return (cautious, varied)
    # In a small table with much to learn (company accounts), drawing rows throws scarce bads away; in one with little
    # (applications) it helps. Which it is, the folds say.
    eager = replace(cautious, name="all rows", lambda_l2=0.5, bagging_fraction=1.0)
    # Leaves of a single row at drawn thresholds: home equity ranks at .974 with them and at .969 without (``benchmarks training``);
    # at best thresholds smaller leaves gain nothing there. Whether they are heard, the folds say.
    fine = replace(
        eager,
        name="random splits, small leaves",
        extra_trees=True,
        learning_rate=0.05,
        num_leaves=63,
        min_data_in_leaf=1,
    )
    return (cautious, varied, eager, fine)


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
    threads: int = 1,
) -> BoostingTrial:
    """Cross-validate ``settings`` over ``folds`` of (train, valid) row numbers, on as many ``threads``.

    The folds grow in step, a tree each, until their mean log-loss has not fallen for ``settings.patience`` trees, as
    ``lightgbm.cv`` has it (which grows one fold after the other). A row that is valid in no fold keeps a margin of zero.
    """
    import lightgbm

    own = _own_threads(matrix, threads)
    parameters = settings.parameters(seed, limits, own) | {"metric": "None"}  # ``_judged`` is asked instead
    whole: Any = lightgbm.Dataset(matrix, bad, params=parameters).construct()

    def planted(fold: tuple[IntArray, IntArray]) -> Any:
        taught, judged = (whole.subset(np.sort(rows), params=parameters).construct() for rows in fold)
        return lightgbm.Booster(parameters, taught).add_valid(judged, "valid")

    def grown(booster: Any) -> float:
        booster.update()
        return float(booster.eval_valid(_judged)[0][2])

    curve: list[float] = []
    best = 0
    with ExitStack() as stack:
        # A thread of LightGBM's is as loud as the booster made in it asked for, so every fold stays in the thread it began in.
        lanes = [stack.enter_context(ThreadPoolExecutor(1)) for _ in folds[: threads // own]]
        places = [lanes[number % len(lanes)] for number in range(len(folds))]
        begun = [lane.submit(planted, fold) for lane, fold in zip(places, folds, strict=True)]
        boosters = [one.result() for one in begun]
        while len(curve) < settings.rounds and len(curve) - best <= settings.patience:
            losses = [lane.submit(grown, one) for lane, one in zip(places, boosters, strict=True)]
            curve.append(float(np.mean([one.result() for one in losses])))
            best = len(curve) - 1 if curve[-1] < curve[best] else best
    margin = np.zeros(bad.size)
    for (_, valid), booster in zip(folds, boosters, strict=True):
        for rows in np.array_split(valid, valid.size // _BLOCK + 1):
            margin[rows] = booster.predict(matrix[rows], num_iteration=best + 1, raw_score=True, num_threads=own)
    return BoostingTrial(settings, best + 1, curve[best], margin)


def _judged(probability: FloatArray, rows: Any) -> tuple[str, float, bool]:
    """The log-loss of ``rows``, as LightGBM wants a measure told: its name, its value, and that more is not better."""
    return "log_loss", log_loss(rows.get_label(), probability), False


def _own_threads(matrix: FloatArray, threads: int) -> int:
    return threads if matrix.size >= _LARGE else 1


def fit_boosting(
    matrix: FloatArray,
    bad: FloatArray,
    settings: BoostingSettings,
    rounds: int,
    *,
    seed: int,
    limits: BoostingLimits | None = None,
    threads: int = 1,
) -> Any:
    """A ``lightgbm.Booster`` of exactly ``rounds`` trees on all rows, the same on any number of ``threads``."""
    import lightgbm

    parameters = settings.parameters(seed, limits, _own_threads(matrix, threads))
    return lightgbm.train(parameters, lightgbm.Dataset(matrix, bad, params=parameters), num_boost_round=rounds)
