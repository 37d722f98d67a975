"""Which library boosts for which family, and which are here."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from tandem.learn.training.catboost_engine import CatBoost
from tandem.learn.training.engine import Engine
from tandem.learn.training.lightgbm_engine import LightGbm
from tandem.learn.training.spec import BOOSTED, ORDER, BoostedFamily, Family, TrainSpec
from tandem.learn.training.xgboost_engine import XgBoost

__all__ = ["check_engines", "engine_of", "installed_families"]

_ENGINES: Final[dict[BoostedFamily, Engine]] = {
    "lightgbm": LightGbm(),
    "xgboost": XgBoost(),
    "catboost": CatBoost(),
}
_PACKAGES: Final[dict[Family, str]] = {
    "ebm": "interpret",
    "xgboost": "xgboost",
    "catboost": "catboost",
    "network": "torch",
}
"""Packages that come with extras, by the family that cannot do without."""


def installed_families() -> tuple[Family, ...]:
    """The families that can compete on this machine, the simplest first."""
    return tuple(one for one in ORDER if one not in _PACKAGES or find_spec(_PACKAGES[one]) is not None)


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
