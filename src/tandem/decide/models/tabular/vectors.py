"""From a value to its vector: a place among the rows of one table, and how far on the way to the next.

The table has, input after input, one row per knot or level, then the one of a missing value, then (categorical) the one of an
unknown text. ``steps`` is what leads from a row to the next knot's; zero where nothing leads on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.decide.models.documents import Vectors
from tandem.decide.models.encoding import UNKNOWN, Codes, Floats, encode_column, encoder_of
from tandem.kernel.values import Value

__all__ = ["Finder", "Places", "VectorTable"]

Places: TypeAlias = npt.NDArray[np.int64]


class Finder:
    """The places of one input, the first of which is ``start``; never an exception for a value.

    Args:
        one: the input.
        start: the row of the table at which it begins.
    """

    def __init__(self, one: Vectors, start: int) -> None:
        self.start, self.knots = start, list(one.knots)
        self.codes: Codes | None = None
        if one.type == "categorical":
            self.codes = {text: float(at) for at, text in enumerate(one.levels)}
        self.missing = start + len(one.vectors)
        self.unknown = self.missing + 1
        self._encode = encoder_of(self.codes)
        self.find: Callable[[Value], tuple[int, float]] = self._find_number if self.codes is None else self._find_text

    def numbers(self, column: Iterable[object]) -> Floats:
        """A whole column as numbers: values, or codes of texts; NaN where missing."""
        return encode_column(column, self.codes)

    def find_all(self, column: Iterable[object]) -> tuple[Places, Floats]:
        """``find`` for a whole column: places, and how far each is on the way to the next."""
        numbers = self.numbers(column)
        missing = np.isnan(numbers)
        share = np.zeros(len(numbers))
        if self.codes is None:
            knots = np.array(self.knots)
            place = np.clip(np.searchsorted(knots, numbers, side="right") - 1, 0, len(knots) - 1)
            between = np.flatnonzero(~missing & (numbers > knots[0]) & (numbers < knots[-1]))
            low = place[between]
            share[between] = (numbers[between] - knots[low]) / (knots[low + 1] - knots[low])
        else:
            known = np.where(missing | (numbers == UNKNOWN), 0.0, numbers)
            place = known.astype(np.int64)
            place[numbers == UNKNOWN] = self.unknown - self.start
        place[missing] = self.missing - self.start
        return (place + self.start).astype(np.int64), share

    def _find_number(self, value: Value) -> tuple[int, float]:
        number = value if type(value) is float else self._encode(value)
        if number != number:  # noqa: PLR0124 - the cheapest test for NaN
            return self.missing, 0.0
        knots = self.knots
        place = bisect_right(knots, number) - 1
        if place < 0:
            return self.start, 0.0
        if place >= len(knots) - 1:
            return self.start + len(knots) - 1, 0.0
        low = knots[place]
        return self.start + place, (number - low) / (knots[place + 1] - low)

    def _find_text(self, value: Value) -> tuple[int, float]:
        code = self._encode(value)
        if code != code:  # noqa: PLR0124
            return self.missing, 0.0
        return (self.unknown if code == UNKNOWN else self.start + int(code)), 0.0


class VectorTable:
    """All vectors of a checked network.

    Args:
        inputs: in order.

    Attributes:
        finders: of the inputs, in order.
        rows: table rows by width; ``steps``: the same shape.
    """

    def __init__(self, inputs: Iterable[Vectors]) -> None:
        self.finders: list[Finder] = []
        rows: list[Sequence[float]] = []
        for one in inputs:
            self.finders.append(Finder(one, len(rows)))
            rows += [*one.vectors, one.missing]
            if one.type == "categorical":
                rows.append(one.missing if one.unknown is None else one.unknown)
        self.rows: Floats = np.array(rows, dtype=np.float64)
        self.steps: Floats = np.zeros_like(self.rows)
        for each in self.finders:
            if each.codes is None:
                knots = self.rows[each.start : each.missing]
                self.steps[each.start : each.missing - 1] = np.diff(knots, axis=0)
        self._finds = [one.find for one in self.finders]

    def find(self, row: Sequence[Value]) -> tuple[list[int], list[float]]:
        """Places and shares of one row.

        Raises:
            ValueError: another number of values than inputs.
        """
        if len(row) != len(self._finds):
            raise ValueError(f"{len(row)} values for {len(self._finds)} inputs")
        found = [find(value) for find, value in zip(self._finds, row, strict=True)]
        return [place for place, _ in found], [share for _, share in found]
