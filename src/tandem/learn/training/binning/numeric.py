"""Binning a numeric column: fine cells by quantile and spike, then the best monotone (or justified other) merge."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.binning.bins import BinCounts, Binning, weight_of_evidence
from tandem.learn.training.binning.segments import Segments, Trend
from tandem.learn.training.binning.settings import BinningSettings
from tandem.learn.training.frame import NumericColumn

__all__ = ["bin_numeric"]

_OTHER_TRENDS: Final[tuple[tuple[Trend, str], ...]] = (
    ("descending", ""),
    ("peak", "turn_penalty"),
    ("valley", "turn_penalty"),
    ("none", "free_penalty"),
)
"""Shapes after ``ascending``, in the order they are preferred, and the setting that says by how much they must win."""
_ROUNDING: Final = 1e-6
"""Nats by which two sums of the same runs may differ in rounding, with plenty to spare."""


@dataclass(frozen=True, slots=True)
class _Cells:
    edges: FloatArray
    bads: FloatArray
    counts: FloatArray


def bin_numeric(
    column: NumericColumn,
    bad: FloatArray,
    settings: BinningSettings,
    specials: tuple[float, ...] = (),
) -> Binning:
    """The best binning of ``column`` for ``bad`` under ``settings``; missing and special values stand apart."""
    values = column.values
    missing = np.isnan(values)
    special_masks = [values == value for value in specials]
    apart = missing.copy()
    for mask in special_masks:
        apart |= mask
    cells = _cells(values[~apart], bad[~apart], settings)
    trend, starts = _choose(cells, settings, float(values.size - apart.sum()))
    edges = cells.edges[np.asarray(starts[1:], dtype=np.int64) - 1]
    bads, counts = np.add.reduceat(cells.bads, starts), np.add.reduceat(cells.counts, starts)
    total, total_bads = float(bad.size), float(bad.sum())

    def woe(count: float, bads_in: float) -> float:
        return weight_of_evidence(bads_in, count, total_bads, total, settings.prior) if count else 0.0

    special_bins = tuple(BinCounts(int(mask.sum()), int(bad[mask].sum())) for mask in special_masks)
    missing_bin = BinCounts(int(missing.sum()), int(bad[missing].sum()))
    weights = np.asarray([woe(n, b) for n, b in zip(counts, bads, strict=True)])
    special_woe = np.asarray([woe(b.count, b.bads) for b in special_bins])
    missing_woe = woe(missing_bin.count, missing_bin.bads)
    all_counts = np.concatenate([counts, [b.count for b in special_bins], [missing_bin.count]])
    all_bads = np.concatenate([bads, [b.bads for b in special_bins], [missing_bin.bads]])
    return Binning(
        name=column.name,
        numeric=True,
        edges=edges,
        groups=(),
        bins=tuple(BinCounts(int(n), int(b)) for n, b in zip(counts, bads, strict=True)),
        missing=missing_bin,
        trend=trend,
        woe=weights,
        missing_woe=missing_woe,
        unknown_woe=missing_woe,
        iv=information_value(all_bads, all_counts, np.concatenate([weights, special_woe, [missing_woe]])),
        special_values=specials,
        special_bins=special_bins,
        special_woe=special_woe,
    )


def information_value(bads: FloatArray, counts: FloatArray, woe: FloatArray) -> float:
    """Sum of (share of bads - share of goods) x weight; shrunk weights keep chance from looking like information."""
    goods = counts - bads
    return float(np.sum((bads / max(bads.sum(), 1.0) - goods / max(goods.sum(), 1.0)) * woe))


def _cells(values: FloatArray, bad: FloatArray, settings: BinningSettings) -> _Cells:
    """Cells of roughly equal size; a value frequent enough to fill a cell gets one of its own."""
    if values.size == 0:
        return _Cells(np.empty(0), np.zeros(1), np.zeros(1))
    unique, position, frequency = np.unique(values, return_inverse=True, return_counts=True)
    size = max(values.size / settings.max_cells, 1.0)
    group = np.floor((np.cumsum(frequency) - frequency) / size)
    heavy = frequency >= size
    first = np.concatenate([[True], np.diff(group) > 0])
    first[heavy] = True
    first[1:] |= heavy[:-1]
    number = np.cumsum(first) - 1
    cut = np.flatnonzero(first)[1:]
    edges = np.asarray([_plain_between(float(unique[c - 1]), float(unique[c])) for c in cut])
    cell = number[position]
    count = int(number[-1]) + 1
    return _Cells(
        edges,
        np.bincount(cell, weights=bad, minlength=count).astype(np.float64),
        np.bincount(cell, minlength=count).astype(np.float64),
    )


def _plain_between(low: float, high: float) -> float:
    """The number with fewest digits in (low, high]; people read these edges."""
    middle = low + (high - low) / 2
    if high - low >= 1 and low == math.floor(low) and high == math.floor(high):
        candidates = [float(math.ceil(middle))]
    else:
        candidates = []
    candidates = [float(f"{middle:.{digits}g}") for digits in range(1, 17)] + candidates
    for candidate in candidates:
        if low < candidate <= high:
            return candidate
    return high


def _choose(cells: _Cells, settings: BinningSettings, rows: float) -> tuple[Trend, list[int]]:
    segments = Segments(
        cells.bads,
        cells.counts,
        penalty=settings.penalty,
        min_count=min(settings.min_count(rows), rows),
        prior=settings.prior,
    )
    if settings.trend != "auto":
        return settings.trend, list(segments.best(settings.trend).starts)
    # Nothing is worth more than the best of no shape at all, so a shape that would lose even with its worth is not sought.
    free = segments.best("none")
    trend: Trend = "ascending"
    best = segments.best(trend)
    worth = best.worth
    for other, handicap in _OTHER_TRENDS:
        asked = getattr(settings, handicap) if handicap else 0.0
        if free.worth - asked < worth - _ROUNDING:
            continue
        found = free if other == "none" else segments.best(other)
        if found.worth - asked > worth:
            trend, best, worth = other, found, found.worth - asked
    return trend, list(best.starts)
