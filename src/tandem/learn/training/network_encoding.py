"""How a network reads a table: knots of every number, levels of every text, both of the training rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.frame import CategoricalColumn, Frame, NumericColumn

__all__ = ["Encoding", "encoded_rows", "encoding_of"]

_TAIL = 0.005
"""Share of the rows beyond the outermost knots on either side: there a number says no more than the knot."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """What the numbers and codes of a network mean.

    Attributes:
        knots: per numeric column, by its name: strictly increasing, one at least.
        levels: per categorical column: the texts with a vector.
        starts: per categorical column: the first row of its vectors, levels first, then missing, then unknown.
    """

    knots: dict[str, tuple[float, ...]]
    levels: dict[str, tuple[str, ...]]
    starts: dict[str, int]

    @property
    def texts(self) -> int:
        """Vectors of all texts."""
        return sum(len(one) + 2 for one in self.levels.values())

    @property
    def missing_codes(self) -> IntArray:
        """Per categorical column the code of a missing text; that of an unknown one is the next."""
        return np.array([self.starts[name] + len(one) for name, one in self.levels.items()], dtype=np.int64)

    @property
    def stretches(self) -> tuple[FloatArray, FloatArray]:
        """Both ends of every stretch between two knots, columns x most stretches, padded with stretches nobody reaches."""
        most = max((len(one) - 1 for one in self.knots.values()), default=0)
        low = np.full((len(self.knots), max(most, 1)), 1e30)
        high = np.full_like(low, 2e30)
        for row, one in enumerate(self.knots.values()):
            low[row, : len(one) - 1], high[row, : len(one) - 1] = one[:-1], one[1:]
        return low, high


def encoding_of(frame: Frame, most: int, fewest: int) -> Encoding:
    """The encoding of ``frame``: at most ``most`` knots a number, no level of fewer than ``fewest`` rows."""
    knots: dict[str, tuple[float, ...]] = {}
    levels: dict[str, tuple[str, ...]] = {}
    starts: dict[str, int] = {}
    start = 0
    for column in frame.columns:
        if isinstance(column, NumericColumn):
            knots[column.name] = _knots(column, most)
            continue
        counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.levels))
        levels[column.name] = tuple(text for text, count in zip(column.levels, counts, strict=True) if count >= fewest)
        starts[column.name] = start
        start += len(levels[column.name]) + 2
    return Encoding(knots, levels, starts)


def encoded_rows(encoding: Encoding, frame: Frame) -> tuple[FloatArray, IntArray]:
    """Numbers with NaN (rows x numeric columns) and codes into the vectors of texts (rows x categorical columns)."""
    numbers = np.empty((frame.rows, len(encoding.knots)))
    codes = np.empty((frame.rows, len(encoding.levels)), dtype=np.int64)
    number = text = 0
    for column in frame.columns:
        if isinstance(column, NumericColumn):
            # Beyond any stretch, and still a number to reckon with.
            numbers[:, number] = np.clip(column.values, -1e29, 1e29)
            number += 1
        else:
            codes[:, text] = _codes(column, encoding)
            text += 1
    return numbers, codes


def _knots(column: NumericColumn, most: int) -> tuple[float, ...]:
    values = column.values[np.isfinite(column.values)]
    special = np.isin(values, column.specials)
    plain, known = values[~special], np.unique(values[special])
    if not values.size:
        return (0.0,)
    found = np.unique(plain)
    if found.size > most:
        found = np.unique(np.quantile(plain, np.linspace(_TAIL, 1 - _TAIL, most)))
    chosen = np.unique(np.clip(np.concatenate([found, known]), -1e29, 1e29))
    return tuple(chosen.tolist())


def _codes(column: CategoricalColumn, encoding: Encoding) -> IntArray:
    kept = {text: place for place, text in enumerate(encoding.levels[column.name])}
    start, missing = encoding.starts[column.name], len(kept)
    # From behind: -1 is missing, -2 unknown.
    table = [*(kept.get(level, missing + 1) for level in column.levels), missing + 1, missing]
    found: IntArray = start + np.array(table, dtype=np.int64)[column.codes]
    return found
