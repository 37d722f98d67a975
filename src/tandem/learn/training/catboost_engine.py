"""CatBoost as an engine: symmetric trees of at most 32 leaves over numbers and codes, on one thread.

Categories are codes, as they are for LightGBM, and not the statistics of the outcome that CatBoost would make of them: those
depend on the order of the training rows, and a document that holds them would hold outcomes of people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar, Final, Literal

import numpy as np

from tandem.decide.models import Metadata, ModelInput, Trees, from_catboost
from tandem.kernel.errors import Unavailable
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.boosting import BoostingLimits, BoostingSettings, BoostingTrial, boosting_presets
from tandem.learn.training.engine import Folds, refuse_groups, tried
from tandem.learn.training.spec import BoostedFamily, TrainSpec

__all__ = ["CatBoost"]

_DEEPEST: Final = 5
"""2**5 leaves a tree, so that the tables of exact contributions stay small."""


class CatBoost:
    """The extra ``catboost``."""

    family: ClassVar[BoostedFamily] = "catboost"
    searched: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "max_depth",
        "lambda_l2",
        "feature_fraction",
        "bagging_fraction",
    )

    def presets(self, preset: Literal["credit", "fraud"], rows: int) -> tuple[BoostingSettings, ...]:
        return tuple(
            replace(one, max_depth=_DEEPEST, learning_rate=0.05, rounds=1_000)
            for one in boosting_presets(preset, rows)
            if not one.extra_trees
        )

    def attempt(
        self,
        matrix: FloatArray,
        bad: FloatArray,
        folds: Folds,
        settings: BoostingSettings,
        *,
        seed: int,
        limits: BoostingLimits | None = None,
        threads: int = 1,
    ) -> BoostingTrial:
        catboost = _library()

        def grow(train: IntArray, valid: IntArray) -> tuple[Sequence[float], Callable[[int], FloatArray]]:
            parameters = _parameters(settings, settings.rounds, seed, limits)
            booster = catboost.CatBoost({**parameters, "od_type": "Iter", "od_wait": settings.patience})
            held = catboost.Pool(matrix[valid], bad[valid], thread_count=1)
            pool = catboost.Pool(matrix[train], bad[train], thread_count=1)
            booster.fit(pool, eval_set=held, use_best_model=False)

            def margins(rounds: int) -> FloatArray:
                return _margin(booster, held, rounds)

            return booster.evals_result_["validation"]["Logloss"], margins

        return tried(settings, bad, folds, grow, threads)

    def fit(
        self,
        matrix: FloatArray,
        bad: FloatArray,
        settings: BoostingSettings,
        rounds: int,
        *,
        seed: int,
        limits: BoostingLimits | None = None,
        threads: int = 1,
    ) -> Any:
        del threads  # its trees depend on how many grow them
        catboost = _library()
        booster = catboost.CatBoost(_parameters(settings, rounds, seed, limits))
        return booster.fit(catboost.Pool(matrix, bad, thread_count=1))

    def margin(self, booster: Any, matrix: FloatArray) -> FloatArray:
        return _margin(booster, _library().Pool(matrix, thread_count=1), 0)

    def trees(self, booster: Any, metadata: Metadata, inputs: Sequence[ModelInput], matrix: FloatArray) -> Trees:
        del matrix  # CatBoost has counted the rows itself
        return from_catboost(booster, metadata, inputs)

    def check(self, spec: TrainSpec) -> None:
        _library()
        refuse_groups(spec, "catboost")


def _margin(booster: Any, pool: Any, rounds: int) -> FloatArray:
    """Log-odds of the first ``rounds`` trees; 0: of all."""
    told = booster.predict(pool, prediction_type="RawFormulaVal", ntree_end=rounds, thread_count=1)
    result: FloatArray = np.asarray(told, dtype=np.float64)
    return result


def _library() -> Any:
    try:
        import catboost
    except ImportError as error:
        raise Unavailable("catboost is not installed.", hint="pip install 'tandem-risk[catboost]'") from error
    return catboost


def _parameters(settings: BoostingSettings, rounds: int, seed: int, limits: BoostingLimits | None) -> dict[str, Any]:
    """CatBoost's names for ``settings``, within ``limits``."""
    result: dict[str, Any] = {
        "loss_function": "Logloss",
        "iterations": rounds,
        "learning_rate": settings.learning_rate,
        "depth": min(settings.max_depth, _DEEPEST),
        "l2_leaf_reg": settings.lambda_l2,
        "rsm": settings.feature_fraction,
        "border_count": settings.max_bin - 1,
        "grow_policy": "SymmetricTree",
        "boosting_type": "Plain",
        "boost_from_average": True,
        "nan_mode": "Min",
        "random_seed": seed,
        "thread_count": 1,
        "allow_writing_files": False,
        "logging_level": "Silent",
    }
    if settings.bagging_fraction < 1:
        result |= {"bootstrap_type": "Bernoulli", "subsample": settings.bagging_fraction}
    else:
        result["bootstrap_type"] = "No"
    if limits is not None and any(limits.monotone):
        result["monotone_constraints"] = list(limits.monotone)
    return result
