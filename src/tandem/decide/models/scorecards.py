"""Scoring by a scorecard: find the bin, add its weight.

The same bin gives the margin (exact weights) and the points (as printed, perhaps rounded). Contributions are measured
from the mean weight over the training rows, by the counts of the bins: for an additive model these are the exact
Shapley values of Lundberg and Lee (2017) under independent inputs, and they sum to margin minus expected margin.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from tandem.decide.models.documents import Bin, Scorecard, ScorecardInput
from tandem.decide.models.encoding import UNKNOWN, Codes, Floats, check_even, encode_column, encoder_of, pick_column
from tandem.decide.models.kernels import Ints, ranking_of
from tandem.decide.models.reasons import reason_groups
from tandem.kernel.values import Value

__all__ = ["BinnedInput", "ScorecardScorer"]


class BinnedInput:
    """One input of a scorecard, ready to look up.

    ``bins`` is every bin there is: regular ones, then special ones, then missing, then unknown; ``weights``,
    ``points`` and ``offsets`` (weight minus mean weight) go by position in it. ``find(value)`` is the position of the
    bin that ``value`` falls into; never an exception.
    """

    def __init__(self, document: ScorecardInput) -> None:
        unknown = document.missing if document.unknown is None else document.unknown
        self.bins: tuple[Bin, ...] = (
            *document.bins,
            *(special.bin for special in document.specials),
            document.missing,
            unknown,
        )
        self.weights = [document.coefficient * one.woe for one in self.bins]
        self.points = [one.points for one in self.bins]
        self.mean = _mean(self.weights, [one.count for one in self.bins], shared_unknown=document.unknown is None)
        self.offsets = [weight - self.mean for weight in self.weights]
        self._missing = len(self.bins) - 2
        self._unknown = len(self.bins) - 1
        self._edges = list(document.edges)
        self.codes: Codes | None = None
        if document.type == "categorical":
            self.codes = {text: float(at) for at, group in enumerate(document.groups) for text in group}
        self._encode = encoder_of(self.codes)
        self.find: Callable[[Value], int] = self._find_number if self.codes is None else self._find_text
        self._special = {
            value: len(document.bins) + at for at, special in enumerate(document.specials) for value in special.values
        }

    def _find_number(self, value: Value) -> int:
        number = value if type(value) is float else self._encode(value)
        if number != number:  # noqa: PLR0124 - the cheapest test for NaN
            return self._missing
        if self._special and number in self._special:
            return self._special[number]
        return bisect_right(self._edges, number)

    def _find_text(self, value: Value) -> int:
        code = self._encode(value)
        if code != code:  # noqa: PLR0124
            return self._missing
        return self._unknown if code == UNKNOWN else int(code)

    def find_all(self, column: Iterable[object]) -> np.ndarray[Any, np.dtype[np.int64]]:
        """``find`` for a whole column."""
        numbers = encode_column(column, self.codes)
        missing = np.isnan(numbers)
        if self.codes is not None:
            found = np.where(missing, 0.0, numbers).astype(np.int64)
            found[numbers == UNKNOWN] = self._unknown
        else:
            found = np.searchsorted(np.array(self._edges, dtype=np.float64), numbers, side="right").astype(np.int64)
            for value, at in self._special.items():
                found[numbers == value] = at
        found[missing] = self._missing
        return found


class ScorecardScorer:
    """A scorecard.

    Args:
        document: checked scorecard.
        compiled: False: rank reasons in Python; the rest is Python anyway, being fast enough.
    """

    table_bytes = 0

    def __init__(self, document: Scorecard, *, compiled: bool | None = None) -> None:
        self.inputs = tuple(one.name for one in document.inputs)
        self.reasons = tuple(one.reason for one in document.inputs)
        self.binned = tuple(BinnedInput(one) for one in document.inputs)
        self._rank = ranking_of(reason_groups(self.reasons), compiled=compiled)
        self._intercept = document.intercept
        self._base_points = document.base_points
        self._tables = [(one.find, one.weights, one.points) for one in self.binned]
        self.expected = document.intercept
        for one in self.binned:
            self.expected += one.mean

    def measure(self, row: Sequence[Value]) -> tuple[float, float]:
        if len(row) != len(self._tables):
            raise ValueError(f"{len(row)} values for {len(self._tables)} inputs")
        margin, points = self._intercept, self._base_points
        for (find, weights, table), value in zip(self._tables, row, strict=True):
            at = find(value)
            margin += weights[at]
            points += table[at]
        return margin, points

    def contributions(self, row: Sequence[Value]) -> list[float]:
        if len(row) != len(self.binned):
            raise ValueError(f"{len(row)} values for {len(self.binned)} inputs")
        return [one.offsets[one.find(value)] for one, value in zip(self.binned, row, strict=True)]

    def add_contributions(self, row: Sequence[Value], scale: float, positions: Ints, totals: list[float]) -> None:
        for at, part in zip(positions.tolist(), self.contributions(row), strict=True):
            totals[at] += scale * part

    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]:
        return self._rank(self.contributions(row), top)

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        found = [one.find_all(pick_column(columns, name)) for name, one in zip(self.inputs, self.binned, strict=True)]
        check_even(self.inputs, found)
        total: Floats = np.full(len(found[0]), self._intercept)
        for one, places in zip(self.binned, found, strict=True):
            total += np.array(one.weights)[places]
        return total


def _mean(weights: Sequence[float], counts: Sequence[int], *, shared_unknown: bool) -> float:
    if shared_unknown:  # the unknown bin is the missing bin: count its rows once
        weights, counts = weights[:-1], counts[:-1]
    rows = sum(counts)
    if rows == 0:
        return 0.0
    return math.fsum(weight * (count / rows) for weight, count in zip(weights, counts, strict=True))
