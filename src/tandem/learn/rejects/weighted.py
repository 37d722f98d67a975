"""Two learners that take weights, so that one row may stand for many: a scorecard and boosted trees.

They are here to compare ways of reckoning with the declined and not to be served; what is served is trained by
``learn.training`` on the completed table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from scipy.special import expit

from tandem.learn.training import (
    Binning,
    BinningSettings,
    BoolArray,
    FloatArray,
    Frame,
    IntArray,
    bin_column,
    boosting_presets,
    fit_logistic,
)

__all__ = ["Scorer", "fit_weighted"]

Scorer = Callable[[Frame], FloatArray]
"""The chance of bad per row of a frame."""

_PRIOR: Final = 4.0
_INFORMS: Final = 0.005
_FOLDS: Final = 3
_ROUNDS: Final = 800
_PATIENCE: Final = 40


def fit_weighted(learner: str, frame: Frame, bad: FloatArray, weight: FloatArray, row: IntArray, seed: int) -> Scorer:
    """Fit ``learner`` on weighted rows.

    Args:
        bad: 0 or 1 per row.
        weight: how many rows each stands for; above zero.
        row: number of the person each row is about: copies of one row share it, and stay together in inner folds.
    """
    fit = _fit_scorecard if learner == "scorecard" else _fit_boosting
    # A few rows that stand for many are still few: all weights together are worth Kish's effective number of rows (1965),
    # so that priors and ridges hold back as much as they should.
    return fit(frame, bad, weight * (weight.sum() / (weight @ weight)), row, seed)


def _fit_scorecard(frame: Frame, bad: FloatArray, weight: FloatArray, row: IntArray, seed: int) -> Scorer:
    # Where to cut is looked for with everybody once; what a bin weighs is then counted by all weights.
    once = _once(weight, row, seed)
    cut = frame.take(once)
    binnings = [bin_column(column, bad[once], BinningSettings()) for column in cut.columns]
    binnings = [one for one in binnings if one.iv >= _INFORMS] or [max(binnings, key=lambda one: one.iv)]
    tables = [_weights_of(one, frame, bad, weight) for one in binnings]

    def matrix(rows: Frame) -> FloatArray:
        parts = [table[one.codes(rows.column(one.name))] for one, table in zip(binnings, tables, strict=True)]
        return np.column_stack(parts)

    fitted = fit_logistic(matrix(frame), bad, ridge=2.0, nonnegative=True, weight=weight)
    return lambda rows: np.asarray(expit(fitted.log_odds(matrix(rows))))


def _once(weight: FloatArray, row: IntArray, seed: int) -> IntArray:
    """One of the copies of each row, drawn by their weights."""
    key = np.random.default_rng(seed).exponential(size=weight.size) / weight
    order = np.lexsort((key, row))
    first = np.concatenate([[True], np.diff(row[order]) > 0])
    return np.sort(order[first])


def _weights_of(binning: Binning, frame: Frame, bad: FloatArray, weight: FloatArray) -> FloatArray:
    """Weight of evidence per bin, shrunk towards zero by a few rows at the overall rate."""
    codes = binning.codes(frame.column(binning.name))
    size = int(len(binning.bins) + len(binning.special_values) + 2)
    counts = np.bincount(codes, weights=weight, minlength=size)
    bads = np.bincount(codes, weights=weight * bad, minlength=size)
    rate = float(np.clip((weight @ bad) / weight.sum(), 1e-9, 1 - 1e-9))
    odds = (bads + _PRIOR * rate) / (counts - bads + _PRIOR * (1 - rate))
    return np.asarray(np.log(odds) - np.log(rate / (1 - rate)))


def _fit_boosting(frame: Frame, bad: FloatArray, weight: FloatArray, row: IntArray, seed: int) -> Scorer:
    import lightgbm

    matrix = frame.matrix()
    settings = boosting_presets("credit", bad.size)[0]
    parameters: dict[str, Any] = settings.parameters(seed)
    folds = _folds(row, seed)

    def data(rows: BoolArray | slice) -> Any:
        return lightgbm.Dataset(matrix[rows], bad[rows], weight=weight[rows], params=parameters, free_raw_data=False)

    outcome: dict[str, Any] = lightgbm.cv(
        parameters,
        data(slice(None)),
        num_boost_round=_ROUNDS,
        folds=[(np.flatnonzero(folds != one), np.flatnonzero(folds == one)) for one in range(_FOLDS)],
        callbacks=[lightgbm.early_stopping(_PATIENCE, verbose=False)],
        return_cvbooster=True,
    )
    rounds = len(outcome["valid binary_logloss-mean"])
    margin = np.empty(bad.size)
    for one, booster in enumerate(outcome["cvbooster"].boosters):
        held = folds == one
        margin[held] = booster.predict(matrix[held], num_iteration=rounds, raw_score=True, num_threads=1)
    # Out of fold, so that the probabilities are not too sure (Platt 1999).
    platt = fit_logistic(margin[:, None], bad, ridge=1e-3, weight=weight)
    booster = lightgbm.train(parameters, data(slice(None)), num_boost_round=rounds)

    def score(rows: Frame) -> FloatArray:
        raw = np.asarray(booster.predict(rows.matrix(), raw_score=True, num_threads=1))
        return np.asarray(expit(platt.log_odds(raw[:, None])))

    return score


def _folds(row: IntArray, seed: int) -> IntArray:
    """A fold per row; all copies of one row in the same."""
    people, place = np.unique(row, return_inverse=True)
    order = np.random.default_rng(seed).permutation(people.size) % _FOLDS
    return np.asarray(order[place], dtype=np.int64)
