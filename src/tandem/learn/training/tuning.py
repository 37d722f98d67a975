"""Looking for better settings of boosted trees, with the looking itself judged.

Optuna's TPE sampler (Akiba et al. 2019) proposes, inner folds choose, and rows that took no part in the choice judge: for
every outer fold the whole search is run on the rest, so the log-odds that the tournament sees are honest about the search.
With a time column the inner folds go forward in time: each learns from the past and is tried on what came next.

The budget is a number of trials, never a time: results must not depend on how busy a machine was. One job, one seed; the
preset's own settings are always the first trial.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from tandem.kernel.errors import Unavailable
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.boosting import BoostingLimits, BoostingSettings, BoostingTrial
from tandem.learn.training.engine import Engine
from tandem.learn.training.lightgbm_engine import LightGbm
from tandem.learn.training.metrics import log_loss
from tandem.learn.training.splitting import forward_folds, inner_folds

__all__ = ["Search", "tuned_trial"]

_INNER = 3


@dataclass(frozen=True, slots=True)
class Search:
    """How to search.

    Attributes:
        trials: sets of settings to try.
        start: where from; what is not searched stays as it is here.
        seed: of the sampler, the folds and the boosters.
        limits: what every booster is held to.
        engine: whose settings.
        threads: folds side by side; the result does not depend on it.
    """

    trials: int
    start: BoostingSettings
    seed: int
    limits: BoostingLimits
    engine: Engine = field(default_factory=LightGbm)
    threads: int = 1


def tuned_trial(
    matrix: FloatArray,
    bad: FloatArray,
    folds: tuple[tuple[IntArray, IntArray], ...],
    search: Search,
    instants: IntArray | None = None,
) -> BoostingTrial:
    """The settings found on all rows, with the log-odds that nested searches give each row out of ``folds``.

    Args:
        matrix: rows by columns.
        bad: 0 or 1 per row.
        folds: outer folds of (train, valid); each row is valid once.
        search: how to look.
        instants: when each row was; inner folds go forward in time with them.

    Raises:
        Unavailable: optuna is not installed.
    """
    margin = np.empty(bad.size)
    for train, valid in folds:
        found = _find(matrix[train], bad[train], search, None if instants is None else instants[train])
        booster = search.engine.fit(
            matrix[train], bad[train], found.settings, found.rounds, seed=search.seed, limits=search.limits
        )
        margin[valid] = search.engine.margin(booster, matrix[valid])
    best = _find(matrix, bad, search, instants)
    return replace(best, log_loss=log_loss(bad, 1 / (1 + np.exp(-margin))), margin=margin)


def _find(matrix: FloatArray, bad: FloatArray, search: Search, instants: IntArray | None) -> BoostingTrial:
    """The best of ``search.trials`` sets of settings by log-loss over inner folds of these rows."""
    folds = inner_folds(bad, _INNER, search.seed) if instants is None else forward_folds(instants, bad, _INNER)
    study = _study(search.seed)
    study.enqueue_trial({name: getattr(search.start, name) for name in search.engine.searched})
    found: list[BoostingTrial] = []

    def objective(trial: Any) -> float:
        settings = _suggested(trial, search)
        # A row that is in no validation part of forward folds keeps a margin nobody reads.
        found.append(
            search.engine.attempt(
                matrix, bad, folds, settings, seed=search.seed, limits=search.limits, threads=search.threads
            )
        )
        return found[-1].log_loss

    study.optimize(objective, n_trials=search.trials, n_jobs=1)
    return min(found, key=lambda one: one.log_loss)


def _study(seed: int) -> Any:
    try:
        import optuna
    except ImportError as error:
        raise Unavailable("optuna is not installed.", hint="pip install 'tandem-risk[tune]'") from error
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    return optuna.create_study(direction="minimize", sampler=optuna.samplers.TPESampler(seed=seed))


def _suggested(trial: Any, search: Search) -> BoostingSettings:
    values = {name: _SPACE[name](trial) for name in search.engine.searched}
    return replace(search.start, name=f"tuned, trial {trial.number}", **values)


_SPACE: Final[dict[str, Callable[[Any], Any]]] = {
    "learning_rate": lambda trial: trial.suggest_float("learning_rate", 0.01, 0.1, log=True),
    "num_leaves": lambda trial: trial.suggest_int("num_leaves", 3, 15),
    "max_depth": lambda trial: trial.suggest_int("max_depth", 2, 6),
    "min_data_in_leaf": lambda trial: trial.suggest_int("min_data_in_leaf", 5, 200, log=True),
    "lambda_l2": lambda trial: trial.suggest_float("lambda_l2", 0.1, 100.0, log=True),
    "feature_fraction": lambda trial: trial.suggest_float("feature_fraction", 0.2, 1.0),
    "bagging_fraction": lambda trial: trial.suggest_float("bagging_fraction", 0.4, 1.0),
    "extra_trees": lambda trial: trial.suggest_categorical("extra_trees", [False, True]),
}
"""Where each setting is looked for, in the order in which the sampler is asked."""
