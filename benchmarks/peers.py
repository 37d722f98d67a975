"""The libraries that the quality benchmark measures beside us: each fits on the training rows of a fold and scores the rest.

Every peer gets the same rows and is told which columns are categories in the way it likes best. *Untuned* is the class as it
comes, with one thread and a seed. *Tuned* is the best by log-loss of the settings that Optuna's TPE sampler could try within
a number of seconds of processor time, the defaults first (EBM: quicker steps), on three inner folds of the training rows, refitted on all
of them (EBM: with twice the bags of a trial); a trial that has begun is finished, so slow peers overrun.
"""

from __future__ import annotations

import importlib.util
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tandem.learn.training.frame import CategoricalColumn, Frame, NumericColumn
from tandem.learn.training.metrics import log_loss
from tandem.learn.training.splitting import inner_folds

__all__ = ["PEERS", "Peer", "fitted", "installed", "tuned"]

_INNER = 3
Fit = Callable[[Frame, np.ndarray, Frame, dict[str, Any], int], np.ndarray]
"""Training rows, outcomes, rows to score, settings, seed -> log-odds."""


@dataclass(frozen=True)
class Peer:
    """A library: how it fits, and what of it is searched.

    Attributes:
        package: what it is installed by.
        first: settings that the search begins with: as it comes, or quicker.
        last: settings that are other in the fit on all rows, which ends the search.
    """

    name: str
    module: str
    package: str
    fit: Fit
    space: Callable[[Any], dict[str, Any]]
    first: dict[str, Any] = field(default_factory=dict)
    last: dict[str, Any] = field(default_factory=dict)


def installed(peer: Peer) -> bool:
    return importlib.util.find_spec(peer.module) is not None


def fitted(
    peer: Peer, learn: Frame, bad: np.ndarray, test: Frame, seed: int, settings: dict[str, Any] | None = None
) -> np.ndarray:
    """Log-odds of the rows of ``test``; without settings, of the class as it comes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return peer.fit(learn, bad, test, settings or {}, seed)


def tuned(peer: Peer, learn: Frame, bad: np.ndarray, test: Frame, seed: int, seconds: float) -> tuple[np.ndarray, int]:
    """Log-odds of the rows of ``test``, and how many settings were tried in so many ``seconds`` of this process."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    folds = inner_folds(bad, _INNER, seed)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))

    def objective(trial: Any) -> float:
        settings = peer.first if trial.number == 0 else peer.space(trial)
        trial.set_user_attr("settings", settings)
        losses = []
        for inner, valid in folds:
            odds = fitted(peer, learn.take(inner), bad[inner], learn.take(valid), seed, settings)
            losses.append(log_loss(bad[valid], 1 / (1 + np.exp(-odds))))
        return float(np.mean(losses))

    until = time.process_time() + seconds
    while not study.trials or time.process_time() < until:
        study.optimize(objective, n_trials=1)
    settings = study.best_trial.user_attrs["settings"] | peer.last
    return fitted(peer, learn, bad, test, seed, settings), len(study.trials)


# -- the peers


def _categories(frame: Frame) -> list[int]:
    return [place for place, column in enumerate(frame.columns) if isinstance(column, CategoricalColumn)]


def _lightgbm(learn: Frame, bad: np.ndarray, test: Frame, settings: dict[str, Any], seed: int) -> np.ndarray:
    from lightgbm import LGBMClassifier

    model = LGBMClassifier(n_jobs=1, verbosity=-1, random_state=seed, **settings)
    model.fit(learn.matrix(), bad, categorical_feature=_categories(learn) or "auto")
    return np.asarray(model.booster_.predict(test.matrix(), raw_score=True))


def _lightgbm_space(trial: Any) -> dict[str, Any]:
    return {
        "n_estimators": trial.suggest_int("n_estimators", 50, 800, log=True),
        "learning_rate": trial.suggest_float("learning_rate", 0.01, 0.2, log=True),
        "num_leaves": trial.suggest_int("num_leaves", 4, 63, log=True),
        "min_child_samples": trial.suggest_int("min_child_samples", 5, 200, log=True),
        "reg_lambda": trial.suggest_float("reg_lambda", 0.01, 100, log=True),
        "colsample_bytree": trial.suggest_float("colsample_bytree", 0.3, 1.0),
        "subsample": trial.suggest_float("subsample", 0.5, 1.0),
        "subsample_freq": 1,
    }


def _table(frame: Frame) -> Any:
    """A pandas table: numbers with NaN, categories as such; one never seen is missing."""
    import pandas as pd

    columns = {}
    for column in frame.columns:
        if isinstance(column, NumericColumn):
            columns[column.name] = column.values  # noqa: PD011 - ours, no pandas
        else:
            codes = np.where(column.codes >= 0, column.codes, -1)
            columns[column.name] = pd.Categorical.from_codes(codes, categories=list(column.levels))
    return pd.DataFrame(columns)


def _xgboost(learn: Frame, bad: np.ndarray, test: Frame, settings: dict[str, Any], seed: int) -> np.ndarray:
    from xgboost import XGBClassifier

    def table(frame: Frame) -> Any:
        plain = _table(frame)
        plain.columns = [f"c{place}" for place in range(plain.shape[1])]  # it refuses names with brackets in them
        return plain

    model = XGBClassifier(n_jobs=1, random_state=seed, enable_categorical=True, **settings)
    model.fit(table(learn), bad)
    return np.asarray(model.predict(table(test), output_margin=True), dtype=np.float64)


def _xgboost_space(trial: Any) -> dict[str, Any]:
    return {
        "n_estimators": trial.suggest_int("n_estimators", 50, 800, log=True),
        "learning_rate": trial.suggest_float("learning_rate", 0.01, 0.2, log=True),
        "max_depth": trial.suggest_int("max_depth", 2, 8),
        "min_child_weight": trial.suggest_float("min_child_weight", 0.5, 50, log=True),
        "reg_lambda": trial.suggest_float("reg_lambda", 0.01, 100, log=True),
        "colsample_bytree": trial.suggest_float("colsample_bytree", 0.3, 1.0),
        "subsample": trial.suggest_float("subsample", 0.5, 1.0),
    }


def _catboost(learn: Frame, bad: np.ndarray, test: Frame, settings: dict[str, Any], seed: int) -> np.ndarray:
    from catboost import CatBoostClassifier, Pool

    def pool(frame: Frame, outcome: np.ndarray | None) -> Any:
        table = _table(frame)
        texts = [frame.columns[place].name for place in _categories(frame)]
        for name in texts:
            table[name] = table[name].astype(object).where(table[name].notna(), "missing").astype(str)
        return Pool(table, outcome, cat_features=texts)

    model = CatBoostClassifier(thread_count=1, verbose=False, random_seed=seed, allow_writing_files=False, **settings)
    model.fit(pool(learn, bad))
    return np.asarray(model.predict(pool(test, None), prediction_type="RawFormulaVal"), dtype=np.float64)


def _catboost_space(trial: Any) -> dict[str, Any]:
    return {
        "iterations": trial.suggest_int("iterations", 100, 1_000, log=True),
        "learning_rate": trial.suggest_float("learning_rate", 0.01, 0.2, log=True),
        "depth": trial.suggest_int("depth", 3, 8),
        "l2_leaf_reg": trial.suggest_float("l2_leaf_reg", 0.5, 50, log=True),
        "rsm": trial.suggest_float("rsm", 0.3, 1.0),
    }


def _ebm(learn: Frame, bad: np.ndarray, test: Frame, settings: dict[str, Any], seed: int) -> np.ndarray:
    from interpret.glassbox import ExplainableBoostingClassifier

    model = ExplainableBoostingClassifier(n_jobs=1, random_state=seed, **settings)
    model.fit(_table(learn), bad.astype(int))
    return np.asarray(model.decision_function(_table(test)), dtype=np.float64)


def _ebm_space(trial: Any) -> dict[str, Any]:
    return {
        "outer_bags": 4,
        "learning_rate": trial.suggest_float("learning_rate", 0.01, 0.2, log=True),
        "max_bins": trial.suggest_int("max_bins", 32, 1024, log=True),
        "max_leaves": trial.suggest_int("max_leaves", 2, 4),
        "interactions": f"{trial.suggest_float('interactions', 0.0, 3.0):.2f}x",
        "smoothing_rounds": trial.suggest_int("smoothing_rounds", 0, 200),
        "min_samples_leaf": trial.suggest_int("min_samples_leaf", 2, 50, log=True),
    }


def _optbinning(learn: Frame, bad: np.ndarray, test: Frame, settings: dict[str, Any], seed: int) -> np.ndarray:
    from optbinning import BinningProcess
    from sklearn.linear_model import LogisticRegression

    names = list(learn.names)
    texts = [names[place] for place in _categories(learn)]

    def table(frame: Frame) -> Any:
        plain = _table(frame)
        for name in texts:
            plain[name] = plain[name].astype(object)
        return plain

    binning = BinningProcess(names, categorical_variables=texts, max_n_prebins=settings.get("max_n_prebins", 20))
    woe = binning.fit_transform(table(learn), bad, metric_missing="empirical", metric_special="empirical")
    model = LogisticRegression(C=settings.get("C", 1.0), max_iter=2_000, random_state=seed).fit(woe, bad)
    scored = binning.transform(table(test), metric="woe", metric_missing="empirical", metric_special="empirical")
    return np.asarray(model.decision_function(scored))


def _optbinning_space(trial: Any) -> dict[str, Any]:
    return {
        "C": trial.suggest_float("C", 0.001, 100, log=True),
        "max_n_prebins": trial.suggest_int("max_n_prebins", 5, 40),
    }


PEERS = (
    Peer("LightGBM", "lightgbm", "lightgbm", _lightgbm, _lightgbm_space),
    Peer("XGBoost", "xgboost", "xgboost", _xgboost, _xgboost_space),
    Peer("CatBoost", "catboost", "catboost", _catboost, _catboost_space),
    Peer(
        "EBM",
        "interpret",
        "interpret-core",
        _ebm,
        _ebm_space,
        {"outer_bags": 4, "learning_rate": 0.05},
        {"outer_bags": 8},
    ),
    Peer("optbinning", "optbinning", "optbinning", _optbinning, _optbinning_space),
)
