"""The explainable boosting machine: log-odds as a sum of tables, one per column and one per pair of columns.

Trained by interpret-core (Lou, Caruana, Gehrke and Hooker 2013; Nori, Jenkins, Koch and Caruana 2019), the one module that
imports it; what serves is our own document, read off its tables. Bins are coarser than the library's own, 64 for a column
and 32 in a pair: a reviewer reads them, and on the sets we tried coarser bins lost nothing and took half the time. So did longer
steps and a stop after 25 rounds without a gain, where it was 50: as many bags of a rate of .2 rank as well as of .1. The bags
of a fit grow one after the other in this process; several fits may run side by side, and no result depends on it.

A column that is held to a sign takes part in no pair (interpret leaves it out), so that its own table proves the promise.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from tandem.kernel.errors import Unavailable
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.frame import Frame, NumericColumn

__all__ = ["Cuts", "MachineFit", "MachineSettings", "PairTable", "Table", "fit_machine", "machine_settings"]


@dataclass(frozen=True, slots=True)
class MachineSettings:
    """How to boost tables; names and meanings are interpret's.

    ``pairs_per_column`` times the columns, at most ``most_pairs``, is how many pairs are looked for.
    """

    outer_bags: int = 8
    learning_rate: float = 0.2
    smoothing_rounds: int = 20
    early_stopping_rounds: int = 25
    max_bins: int = 64
    max_interaction_bins: int = 32
    pairs_per_column: float = 3.0
    most_pairs: int = 40

    def pairs(self, columns: int) -> int:
        """Pairs to look for among ``columns``."""
        return min(int(self.pairs_per_column * columns), self.most_pairs, columns * (columns - 1) // 2)


def machine_settings(preset: Literal["credit", "fraud"]) -> MachineSettings:
    """The settings of a preset: for fraud, bins as fine as interpret's own, and steps short enough for what is rare."""
    if preset == "credit":
        return MachineSettings()
    return MachineSettings(max_bins=900, max_interaction_bins=64, learning_rate=0.1, early_stopping_rounds=50)


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where a table cuts a column: ``edges`` of numbers, or ``groups`` of texts."""

    edges: tuple[float, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What a column adds alone: log-odds per bin, then of a missing value, then of a text no bin holds."""

    cuts: Cuts
    weights: FloatArray


@dataclass(frozen=True, slots=True)
class PairTable:
    """What two columns (by place) add together; rows and columns as in ``Table``."""

    first: int
    second: int
    cuts: tuple[Cuts, Cuts]
    weights: FloatArray


@dataclass(frozen=True, slots=True)
class MachineFit:
    """A fitted machine: ``tables`` per column, ``pairs``, ``intercept``, and interpret's own ``model`` to compare with."""

    tables: tuple[Table, ...]
    pairs: tuple[PairTable, ...]
    intercept: float
    model: Any

    def margin(self, frame: Frame) -> FloatArray:
        """Log-odds of bad per row, as interpret gives them."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # it warns of missing values, which have a row of their own
            result: FloatArray = np.asarray(self.model.decision_function(_matrix(frame)), dtype=np.float64)
        return result


def fit_machine(
    frame: Frame,
    bad: FloatArray,
    settings: MachineSettings,
    *,
    seed: int,
    monotone: tuple[int, ...] = (),
    apart: Sequence[tuple[int, int]] = (),
) -> MachineFit:
    """Boost the tables of ``frame``.

    Args:
        frame: columns to read.
        bad: 0 or 1 per row.
        settings: how.
        seed: of the bags.
        monotone: sign per column; empty when all are free.
        apart: pairs of columns, by place, that may not act together.

    Raises:
        Unavailable: interpret is not installed.
    """
    machine = _library()
    kinds = ["continuous" if isinstance(column, NumericColumn) else "nominal" for column in frame.columns]
    model = machine(
        feature_types=kinds,
        outer_bags=settings.outer_bags,
        learning_rate=settings.learning_rate,
        smoothing_rounds=settings.smoothing_rounds,
        early_stopping_rounds=settings.early_stopping_rounds,
        interaction_smoothing_rounds=settings.smoothing_rounds,
        max_bins=settings.max_bins,
        max_interaction_bins=settings.max_interaction_bins,
        interactions=settings.pairs(len(kinds)),
        exclude=list(apart) or None,
        monotone_constraints=list(monotone) if any(monotone) else None,
        n_jobs=1,
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        model.fit(_matrix(frame), bad.astype(np.int64))
    return _read(model, kinds)


def _library() -> Any:
    try:
        from interpret.glassbox import ExplainableBoostingClassifier
    except ImportError as error:
        raise Unavailable("interpret-core is not installed.", hint="pip install 'tandem-risk[ebm]'") from error
    return ExplainableBoostingClassifier


def _matrix(frame: Frame) -> Any:
    """Rows by columns: numbers with NaN, texts with None; a text training never saw is one no level is called."""
    if all(isinstance(column, NumericColumn) for column in frame.columns):
        return frame.matrix()
    result = np.empty((frame.rows, len(frame.columns)), dtype=object)
    for place, column in enumerate(frame.columns):
        if isinstance(column, NumericColumn):
            result[:, place] = column.values
        else:
            # From behind: -1 is missing, -2 unknown. No level is empty.
            result[:, place] = np.array([*column.levels, "", None], dtype=object)[column.codes]
    return result


def _read(model: Any, kinds: Sequence[str]) -> MachineFit:
    """The tables of a fitted model, with the missing row last and, of numbers, no unknown one."""
    alone = [Table(Cuts(), np.zeros(2)) for _ in kinds]
    pairs = []
    for places, scores in zip(model.term_features_, model.term_scores_, strict=True):
        cuts = tuple(_cuts(model.bins_[place], kinds[place], len(places)) for place in places)
        weights = np.asarray(scores, dtype=np.float64)
        for axis, place in enumerate(places):
            weights = _reordered(weights, axis, kinds[place])
        if len(places) == 1:
            alone[places[0]] = Table(cuts[0], weights)
        else:
            pairs.append(PairTable(places[0], places[1], (cuts[0], cuts[1]), weights))
    return MachineFit(tuple(alone), tuple(pairs), float(np.ravel(model.intercept_)[0]), model)


def _cuts(levels: Sequence[Any], kind: str, width: int) -> Cuts:
    """The cuts of a column in a term of ``width`` columns: the last resolution serves all wider terms."""
    found = levels[min(len(levels), width) - 1]
    if kind == "continuous":
        return Cuts(edges=tuple(float(edge) for edge in found))
    groups: dict[int, list[str]] = {}
    for text, place in found.items():
        groups.setdefault(int(place), []).append(str(text))
    return Cuts(groups=tuple(tuple(groups[place]) for place in sorted(groups)))


def _reordered(weights: FloatArray, axis: int, kind: str) -> FloatArray:
    """Interpret puts missing first and unknown last: bins, missing and, of texts, unknown."""
    size = weights.shape[axis]
    order = [*range(1, size - 1), 0, *([size - 1] if kind == "nominal" else [])]
    result: FloatArray = np.take(weights, order, axis=axis)
    return result
