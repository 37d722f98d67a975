"""Which library boosts for which family."""

from __future__ import annotations

from typing import Final

from tandem.learn.training.catboost_engine import CatBoost
from tandem.learn.training.engine import Engine
from tandem.learn.training.lightgbm_engine import LightGbm
from tandem.learn.training.spec import BOOSTED, BoostedFamily, TrainSpec
from tandem.learn.training.xgboost_engine import XgBoost

__all__ = ["check_engines", "engine_of"]

_ENGINES: Final[dict[BoostedFamily, Engine]] = {
    "lightgbm": LightGbm(),
    "xgboost": XgBoost(),
    "catboost": CatBoost(),
}


def engine_of(family: BoostedFamily) -> Engine:
    """The engine of a family; the library itself is loaded when it is first asked to work."""
    return _ENGINES[family]


def check_engines(spec: TrainSpec) -> None:
    """Say before anything is learned what an engine that was asked for lacks.

    Raises:
        Unavailable: a library is not installed.
        InvalidInput: it cannot do what is asked.
    """
    for family in BOOSTED:
        if family in spec.families:
            engine_of(family).check(spec)
