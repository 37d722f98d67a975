"""LightGBM as an engine; see ``boosting`` for what it is held to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import numpy as np

from tandem.decide.models import Metadata, ModelInput, Trees, from_lightgbm
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.boosting import (
    BoostingLimits,
    BoostingSettings,
    BoostingTrial,
    boosting_presets,
    fit_boosting,
    try_boosting,
)
from tandem.learn.training.engine import Folds
from tandem.learn.training.spec import BoostedFamily, TrainSpec

__all__ = ["LightGbm"]


class LightGbm:
    """The booster that competes by default; a core dependency."""

    family: ClassVar[BoostedFamily] = "lightgbm"
    searched: ClassVar[tuple[str, ...]] = (
        "learning_rate",
        "num_leaves",
        "max_depth",
        "min_data_in_leaf",
        "lambda_l2",
        "feature_fraction",
        "bagging_fraction",
        "extra_trees",
    )

    def presets(self, preset: Literal["credit", "fraud"], rows: int) -> tuple[BoostingSettings, ...]:
        return boosting_presets(preset, rows)

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
        return try_boosting(matrix, bad, folds, settings, seed=seed, limits=limits, threads=threads)

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
        return fit_boosting(matrix, bad, settings, rounds, seed=seed, limits=limits, threads=threads)

    def margin(self, booster: Any, matrix: FloatArray) -> FloatArray:
        result: FloatArray = np.asarray(booster.predict(matrix, raw_score=True, num_threads=1), dtype=np.float64)
        return result

    def trees(self, booster: Any, metadata: Metadata, inputs: Sequence[ModelInput], matrix: FloatArray) -> Trees:
        del matrix  # LightGBM has counted the rows itself
        return from_lightgbm(booster, metadata, inputs)

    def check(self, spec: TrainSpec) -> None:
        """A core dependency keeps to all there is."""
