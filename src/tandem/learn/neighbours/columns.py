"""The table that neighbour features come in: a matrix, and per column which neighbours it looked at.

A column says which link it went over (a device, a target, ``edge`` in a static graph), how many hops, whether it reads
labels, and in which direction a defensible model may use it. Explanations group by the first three, monotone constraints
use the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from tandem.learn.training import FloatArray

__all__ = ["NeighbourColumn", "NeighbourTable"]


@dataclass(frozen=True, slots=True)
class NeighbourColumn:
    """One column.

    Attributes:
        name: lower_snake, unique in the table.
        link: the kind of link it went over; ``own`` for a row's or node's own values.
        hop: 0 own, 1 those linked directly, 2 those linked to them.
        reads_labels: whether known outcomes enter it.
        direction: +1 where more of it may never lower the score (known bad neighbours), -1 the reverse, 0 free.
    """

    name: str
    link: str
    hop: Literal[0, 1, 2]
    reads_labels: bool = False
    direction: Literal[-1, 0, 1] = 0


@dataclass(frozen=True, slots=True)
class NeighbourTable:
    """Columns and their values, one line per row or node; missing is NaN."""

    columns: tuple[NeighbourColumn, ...]
    values: FloatArray

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the order of the columns."""
        return tuple(column.name for column in self.columns)

    @property
    def directions(self) -> tuple[int, ...]:
        """Monotone signs in the order of the columns."""
        return tuple(column.direction for column in self.columns)

    def beside(self, other: NeighbourTable) -> NeighbourTable:
        """Both tables side by side."""
        return NeighbourTable(self.columns + other.columns, np.column_stack([self.values, other.values]))
