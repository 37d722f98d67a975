"""What scorecards and additive models have in common: a value has a place, and a place has a weight.

Every input is looked up once; its place gives a weight, the points of a printed card and an offset from the mean weight.
A pair of inputs has a table of its own, found by the same places. The margin is summed in the order of the document:
intercept, one weight per input, one weight per pair. Contributions are the offsets, and half of each pair's for either of
its inputs; for sums of tables these are the exact Shapley values under independent inputs (Lundberg and Lee 2017).

This is the reference; ``_tables.hpp`` is its twin, with the same numbers in the same order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tandem.decide.models.encoding import UNKNOWN, Codes, Floats, check_even, encode_column, encoder_of, pick_column
from tandem.decide.models.explaining import Explaining
from tandem.decide.models.reasons import reason_groups
from tandem.kernel.values import Value

__all__ = ["Joint", "Lookup", "ReferenceTables", "Tables", "Term"]

Positions = npt.NDArray[np.int64]


class Lookup:
    """From a value of one input to its place; never an exception.

    Args:
        missing, unknown: the places of a missing value and of a text outside ``codes``.
        edges: of a numeric input, rising; a place begins at each of them.
        codes: of a categorical input: text to place. None: numeric.
        specials: numbers with a place of their own, looked at before the edges.
    """

    def __init__(
        self,
        *,
        missing: int,
        unknown: int,
        edges: Sequence[float] = (),
        codes: Codes | None = None,
        specials: Mapping[float, int] | None = None,
    ) -> None:
        self.missing, self.unknown = missing, unknown
        self.edges, self.codes, self.specials = list(edges), codes, dict(specials or {})
        self._encode = encoder_of(codes)
        self.find: Callable[[Value], int] = self._find_number if codes is None else self._find_text
        self.cuts = self.edges if codes is None and not self.specials else None
        """The edges where nothing else decides the place of a number; None elsewhere."""

    def find_all(self, column: Iterable[object]) -> Positions:
        """``find`` for a whole column."""
        numbers = encode_column(column, self.codes)
        missing = np.isnan(numbers)
        if self.codes is not None:
            found = np.where(missing, 0.0, numbers).astype(np.int64)
            found[numbers == UNKNOWN] = self.unknown
        else:
            found = np.searchsorted(np.array(self.edges, dtype=np.float64), numbers, side="right").astype(np.int64)
            for value, at in self.specials.items():
                found[numbers == value] = at
        found[missing] = self.missing
        return found

    def _find_number(self, value: Value) -> int:
        number = value if type(value) is float else self._encode(value)
        if number != number:  # noqa: PLR0124 - the cheapest test for NaN
            return self.missing
        if self.specials and number in self.specials:
            return self.specials[number]
        return bisect_right(self.edges, number)

    def _find_text(self, value: Value) -> int:
        code = self._encode(value)
        if code != code:  # noqa: PLR0124
            return self.missing
        return self.unknown if code == UNKNOWN else int(code)


@dataclass(frozen=True, slots=True)
class Term:
    """What one input adds, by place: ``weights``, ``offsets`` from the mean weight, and ``points`` of a printed card."""

    lookup: Lookup
    weights: Sequence[float]
    offsets: Sequence[float]
    points: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Joint:
    """What two inputs add together.

    Args:
        first, second: positions of the inputs.
        rows, columns: by place of the first and of the second input, the row and the column of the table.
        weights: the table; ``halves``: half of what each cell is above the table's mean.
    """

    first: int
    second: int
    rows: Sequence[int]
    columns: Sequence[int]
    weights: Sequence[Sequence[float]]
    halves: Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Tables:
    """A model that is a sum of tables.

    Args:
        inputs, reasons: name and reason code of each input, in the order of a row.
        terms: per input, what it adds.
        joints: what pairs of inputs add.
        intercept: where the margin starts; ``expected``: its mean over the training rows.
        base_points: where the points start; None for a model without a printed card.
    """

    inputs: tuple[str, ...]
    reasons: tuple[str | None, ...]
    terms: tuple[Term, ...]
    intercept: float
    expected: float
    joints: tuple[Joint, ...] = ()
    base_points: float | None = None

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        """Margins of whole columns, bit for bit those of single rows.

        Raises:
            InvalidInput: a column is missing or of another length.
        """
        found = [
            one.lookup.find_all(pick_column(columns, name)) for name, one in zip(self.inputs, self.terms, strict=True)
        ]
        check_even(self.inputs, found)
        total: Floats = np.full(len(found[0]), self.intercept)
        for one, at in zip(self.terms, found, strict=True):
            total += np.array(one.weights)[at]
        for pair in self.joints:
            rows, across = np.array(pair.rows)[found[pair.first]], np.array(pair.columns)[found[pair.second]]
            total += np.array(pair.weights)[rows, across]
        return total


class ReferenceTables(Explaining):
    """The kernel of ``tables`` in Python."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(reason_groups(tables.reasons), compiled=False)
        # A float of an input cut by edges alone is searched for on the spot: a call would cost more than the search.
        self._lookups = [(one.lookup.cuts, one.lookup.find) for one in tables.terms]
        self._weights = [one.weights for one in tables.terms]
        self._offsets = [one.offsets for one in tables.terms]
        self._points = [one.points for one in tables.terms]
        self._joints = [(_by_place(one, one.weights), one.first, one.second) for one in tables.joints]
        self._halves = [(_by_place(one, one.halves), one.first, one.second) for one in tables.joints]
        self._intercept, self._base_points = tables.intercept, tables.base_points

    def measure(self, row: Sequence[Value]) -> tuple[float, float | None]:
        """Margin, and the points of the printed card where there is one.

        Raises:
            ValueError: another number of values than inputs.
        """
        found = self._places(row)
        margin, points = self._intercept, self._base_points
        if points is None:
            for weights, at in zip(self._weights, found, strict=True):
                margin += weights[at]
        else:
            for weights, card, at in zip(self._weights, self._points, found, strict=True):
                margin += weights[at]
                points += card[at]
        for table, first, second in self._joints:
            margin += table[found[first]][found[second]]
        return margin, points

    def contributions(self, row: Sequence[Value]) -> list[float]:
        found = self._places(row)
        parts = [offsets[at] for offsets, at in zip(self._offsets, found, strict=True)]
        for halves, first, second in self._halves:
            half = halves[found[first]][found[second]]
            parts[first] += half
            parts[second] += half
        return parts

    def _places(self, row: Sequence[Value]) -> list[int]:
        if len(row) != len(self._lookups):
            raise ValueError(f"{len(row)} values for {len(self._lookups)} inputs")
        return [
            bisect_right(cuts, value)
            if type(value) is float and cuts is not None and value == value  # noqa: PLR0124 - not NaN
            else find(value)
            for (cuts, find), value in zip(self._lookups, row, strict=True)
        ]


def _by_place(joint: Joint, table: Sequence[Sequence[float]]) -> list[list[float]]:
    """``table`` by the places of both inputs; places in one row share it."""
    wide = [[row[at] for at in joint.columns] for row in table]
    return [wide[at] for at in joint.rows]
