"""XGBoost as an engine: grown leaf by leaf like LightGBM, at most as deep and as wide, on one thread.

XGBoost has no floor of rows per leaf, only one of curvature; the floor of rows is turned into the curvature that so many
average rows hold. It adds leaves in binary32, the document in binary64. What the two must agree on to the last bit is the
leaf of every row, so margins here are the library's own leaves added in binary64, and its own sum is checked to lie within
the rounding that so many additions can make.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final, Literal

import msgspec
import numpy as np

from tandem.decide.models import Metadata, ModelInput, Trees, from_xgboost
from tandem.kernel.errors import IntegrityError, Unavailable
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.boosting import BoostingLimits, BoostingSettings, BoostingTrial, boosting_presets
from tandem.learn.training.counting import counted
from tandem.learn.training.engine import Folds, tried
from tandem.learn.training.spec import BoostedFamily, TrainSpec

__all__ = ["XgBoost"]

_ROWS: Final = 20_000
"""Rows whose leaves are asked for at once."""
_BLANK: Final = Metadata(name="parity", target="parity")


class XgBoost:
    """The extra ``xgboost``."""

    family: ClassVar[BoostedFamily] = "xgboost"
    searched: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "num_leaves",
        "max_depth",
        "min_data_in_leaf",
        "lambda_l2",
        "feature_fraction",
        "bagging_fraction",
    )

    def presets(self, preset: Literal["credit", "fraud"], rows: int) -> tuple[BoostingSettings, ...]:
        return tuple(one for one in boosting_presets(preset, rows) if not one.extra_trees)

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
        xgboost = _library()

        def grow(train: IntArray, valid: IntArray) -> tuple[Sequence[float], Callable[[int], FloatArray]]:
            held = xgboost.DMatrix(matrix[valid], bad[valid], nthread=1)
            told: dict[str, dict[str, list[float]]] = {}
            booster = xgboost.train(
                _parameters(settings, bad[train], seed, limits),
                xgboost.DMatrix(matrix[train], bad[train], nthread=1),
                num_boost_round=settings.rounds,
                evals=[(held, "valid")],
                evals_result=told,
                early_stopping_rounds=settings.patience,
                verbose_eval=False,
            )

            def margins(rounds: int) -> FloatArray:
                found = booster.predict(held, output_margin=True, iteration_range=(0, rounds))
                return np.asarray(found, dtype=np.float64)

            return told["valid"]["logloss"], margins

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
        xgboost = _library()
        parameters = _parameters(settings, bad, seed, limits)
        return xgboost.train(parameters, xgboost.DMatrix(matrix, bad, nthread=1), num_boost_round=rounds)

    def margin(self, booster: Any, matrix: FloatArray) -> FloatArray:
        """Leaves that the library reaches, added in binary64.

        Raises:
            IntegrityError: the library's own sum is further away than rounding explains.
        """
        xgboost = _library()
        base, values = _leaves(booster)
        total = np.full(matrix.shape[0], base)
        largest = np.abs(total)
        for begin in range(0, matrix.shape[0], _ROWS):
            part = slice(begin, begin + _ROWS)
            rows = xgboost.DMatrix(matrix[part], nthread=1)
            reached = booster.predict(rows, pred_leaf=True).astype(np.int64).reshape(rows.num_row(), -1)
            for place, leaf in enumerate(values):
                total[part] += leaf[reached[:, place]]
                np.maximum(largest[part], np.abs(total[part]), out=largest[part])
            apart = np.abs(booster.predict(rows, output_margin=True).astype(np.float64) - total[part])
            allowed = (len(values) + 2) * float(np.finfo(np.float32).eps) * np.maximum(largest[part], 1.0)
            if bool((apart > allowed).any()):
                raise IntegrityError(
                    "XGBoost's own sum is not the sum of the leaves it reaches.",
                    code="served_model_differs",
                    value=float(apart.max()),
                )
        return total

    def trees(self, booster: Any, metadata: Metadata, inputs: Sequence[ModelInput], matrix: FloatArray) -> Trees:
        return counted(from_xgboost(booster, metadata, inputs), matrix)

    def check(self, spec: TrainSpec) -> None:
        del spec  # it keeps to all there is
        _library()


def _library() -> Any:
    try:
        import xgboost
    except ImportError as error:
        raise Unavailable("xgboost is not installed.", hint="pip install 'tandem-risk[xgboost]'") from error
    return xgboost


def _parameters(
    settings: BoostingSettings, bad: FloatArray, seed: int, limits: BoostingLimits | None
) -> dict[str, Any]:
    """XGBoost's names for ``settings`` on rows with these outcomes, within ``limits``."""
    rate = float(bad.mean())
    result: dict[str, Any] = {
        "objective": "binary:logistic",
        "eval_metric": "logloss",
        "tree_method": "hist",
        "grow_policy": "lossguide",
        "eta": settings.learning_rate,
        "max_leaves": settings.num_leaves,
        "max_depth": settings.max_depth,
        "min_child_weight": max(settings.min_sum_hessian_in_leaf, settings.min_data_in_leaf * rate * (1 - rate)),
        "lambda": settings.lambda_l2,
        "colsample_bytree": settings.feature_fraction,
        "subsample": settings.bagging_fraction,
        "max_bin": settings.max_bin,
        "seed": seed,
        "nthread": 1,
        "verbosity": 0,
    }
    if limits is not None and any(limits.monotone):
        result["monotone_constraints"] = tuple(limits.monotone)
    if limits is not None and limits.together:
        result["interaction_constraints"] = str([list(group) for group in limits.together])  # by place
    return result


class _Values(msgspec.Struct, frozen=True):
    split_conditions: list[float]


class _Model(msgspec.Struct, frozen=True):
    trees: list[_Values]


class _Booster(msgspec.Struct, frozen=True):
    model: _Model


class _Learner(msgspec.Struct, frozen=True):
    gradient_booster: _Booster


class _File(msgspec.Struct, frozen=True):
    learner: _Learner


def _leaves(booster: Any) -> tuple[float, list[FloatArray]]:
    """The margin everybody starts with, and per tree the value of each node by the library's own number."""
    told = bytes(booster.save_raw("json"))
    file = msgspec.json.decode(told, type=_File)
    base = from_xgboost(told, _BLANK).base
    trees = file.learner.gradient_booster.model.trees
    return base, [np.asarray(one.split_conditions, dtype=np.float32).astype(np.float64) for one in trees]
