"""The libraries that boost trees, behind one face: the tournament, tuning and documents ask the same of each.

An engine grows boosters within the limits that ``boosting`` sets out (small trees, one thread, no statistics of the outcome
in place of a category) and hands its trees over in the served form. Settings carry LightGBM's names; what a library calls
otherwise is translated by its engine, and what it does not have is not searched for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, Protocol

import numpy as np
from scipy.special import expit

from tandem.decide.models import Metadata, ModelInput, Trees
from tandem.kernel.errors import InvalidInput
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.boosting import BoostingLimits, BoostingSettings, BoostingTrial
from tandem.learn.training.metrics import log_loss
from tandem.learn.training.spec import BoostedFamily, TrainSpec

__all__ = ["Engine", "Folds", "refuse_groups", "tried"]

Folds = tuple[tuple[IntArray, IntArray], ...]


class Engine(Protocol):
    """One library.

    Attributes:
        family: the word it competes under.
        searched: names of the settings that tuning looks among.
    """

    @property
    def family(self) -> BoostedFamily: ...

    @property
    def searched(self) -> tuple[str, ...]: ...

    def presets(self, preset: Literal["credit", "fraud"], rows: int) -> tuple[BoostingSettings, ...]:
        """The settings that compete for ``rows`` training rows."""
        ...

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
        """Cross-validate ``settings`` over ``folds`` of (train, valid) row numbers, on as many ``threads``."""
        ...

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
        """A booster of exactly ``rounds`` trees on all rows; the same on any number of ``threads``."""
        ...

    def margin(self, booster: Any, matrix: FloatArray) -> FloatArray:
        """Log-odds per row as the library's own booster gives them."""
        ...

    def trees(self, booster: Any, metadata: Metadata, inputs: Sequence[ModelInput], matrix: FloatArray) -> Trees:
        """The booster in the served form; ``matrix`` holds the training rows, which are counted in its leaves."""
        ...

    def check(self, spec: TrainSpec) -> None:
        """Return when the library is installed and can keep to ``spec``.

        Raises:
            Unavailable: it is not installed.
            InvalidInput: it cannot.
        """
        ...


def tried(
    settings: BoostingSettings,
    bad: FloatArray,
    folds: Folds,
    grow: Callable[[IntArray, IntArray], tuple[Sequence[float], Callable[[int], FloatArray]]],
    threads: int = 1,
) -> BoostingTrial:
    """The trial that one early-stopped booster per fold makes.

    The number of rounds is where the mean of the folds' curves is least, as far as every fold has come; each fold's margins
    are those of its first so many trees.

    Args:
        settings: what is tried.
        bad: 0 or 1 per row.
        folds: (train, valid) row numbers.
        grow: of one fold: log-loss on its valid rows after each round, and the margins of these rows by number of rounds.
        threads: folds side by side.
    """
    with ThreadPoolExecutor(threads) as pool:
        grown = list(pool.map(grow, *zip(*folds, strict=True)))
    common = min(len(curve) for curve, _ in grown)
    mean = np.mean([curve[:common] for curve, _ in grown], axis=0)
    rounds = int(np.argmin(mean)) + 1
    margin = np.zeros(bad.size)
    seen = np.zeros(bad.size, dtype=np.bool_)
    for (_, valid), (_, margins) in zip(folds, grown, strict=True):
        margin[valid] = margins(rounds)
        seen[valid] = True
    return BoostingTrial(settings, rounds, log_loss(bad[seen], expit(margin[seen])), margin)


def refuse_groups(spec: TrainSpec, library: str) -> None:
    """For a library that cannot be told which columns may act together.

    Raises:
        InvalidInput: groups were asked for.
    """
    if spec.act_together:
        raise InvalidInput(
            f"{library} cannot be held to groups of columns that act together.",
            code="family_cannot",
            field="act_together",
            value=library,
            hint="leave that family away, or the groups; lightgbm, xgboost and ebm keep to them",
        )
