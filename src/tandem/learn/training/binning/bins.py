"""The nouns of binning: what a bin holds, and how a column's values become weights of evidence.

Weight of evidence here is ``ln(odds of bad in the bin / odds of bad overall)``: larger is riskier, as in the model
documents. It is shrunk towards zero by ``prior`` rows at the overall rate, so an almost empty bin says almost nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.binning.segments import Trend
from tandem.learn.training.frame import CategoricalColumn, Column, NumericColumn

__all__ = ["BinCounts", "Binning", "weight_of_evidence"]


@dataclass(frozen=True, slots=True)
class BinCounts:
    """Rows and bad rows of one bin."""

    count: int
    bads: int


def weight_of_evidence(bads: float, count: float, total_bads: float, total: float, prior: float) -> float:
    """Shrunk weight of evidence of ``bads`` in ``count`` rows out of ``total_bads`` in ``total``."""
    rate = total_bads / total
    bad = bads + prior * rate
    good = count - bads + prior * (1 - rate)
    return float(np.log(bad / good) - np.log(rate / (1 - rate)))


@dataclass(frozen=True, slots=True)
class Binning:
    """How one column is binned.

    Attributes:
        name: of the column.
        numeric: whether the column holds numbers.
        edges: numeric only: bin i holds ``edges[i-1] <= value < edges[i]``.
        groups: categorical only: texts per bin.
        bins: counts per bin, in order; then ``missing``, ``unknown`` and ``specials`` apart.
        trend: shape of the bad rate over the bins; ``none`` for categories.
        woe: weight per bin. ``missing_woe`` and ``unknown_woe`` are 0 where training had no such row.
        special_values: numeric values with a meaning of their own, each with its counts and weight.
        iv: information value over all bins.
    """

    name: str
    numeric: bool
    edges: FloatArray
    groups: tuple[tuple[str, ...], ...]
    bins: tuple[BinCounts, ...]
    missing: BinCounts
    trend: Trend
    woe: FloatArray
    missing_woe: float
    unknown_woe: float
    iv: float
    special_values: tuple[float, ...] = ()
    special_bins: tuple[BinCounts, ...] = ()
    special_woe: FloatArray = field(default_factory=lambda: np.empty(0))
    pooled: int | None = None

    @property
    def sign(self) -> int:
        """1 where risk rises over the bins, -1 where it falls, 0 where it does neither throughout."""
        if not self.numeric or len(self.bins) < 2:
            return 0
        return {"ascending": 1, "descending": -1}.get(self.trend, 0)

    def weights(self, column: Column) -> FloatArray:
        """Weight of evidence per row of ``column``."""
        codes = self.codes(column)
        table = np.concatenate([self.woe, self.special_woe, [self.missing_woe, self.unknown_woe]])
        result: FloatArray = table[codes]
        return result

    def codes(self, column: Column) -> IntArray:
        """Bin number per row: bins, then specials, then missing, then unknown."""
        missing = len(self.bins) + len(self.special_values)
        if isinstance(column, NumericColumn):
            return self._numeric_codes(column, missing)
        return self._categorical_codes(column, missing)

    def _numeric_codes(self, column: NumericColumn, missing: int) -> IntArray:
        codes = np.searchsorted(self.edges, column.values, side="right").astype(np.int64)
        for place, value in enumerate(self.special_values):
            codes[column.values == value] = len(self.bins) + place
        codes[np.isnan(column.values)] = missing
        return codes

    def _categorical_codes(self, column: CategoricalColumn, missing: int) -> IntArray:
        place = {text: i for i, group in enumerate(self.groups) for text in group}
        table = np.asarray([place.get(level, missing + 1) for level in column.levels] + [missing + 1, missing])
        # Codes -1 (missing) and -2 (unknown) index the table's tail from behind.
        result: IntArray = table[column.codes]
        return result
