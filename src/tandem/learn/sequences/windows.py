"""Histories cut for training: entities in groups of like length, each group a table of row numbers, a window of columns at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tandem.learn.sequences.rows import SequenceRows
from tandem.learn.training import IntArray

__all__ = ["grouped", "windows"]


def grouped(rows: SequenceRows, size: int) -> list[IntArray]:
    """Tables of row numbers, entities by rank, of at most ``size`` entities each; -1 behind the end of a history.

    Entities of like length stand together, so that little of a table is empty.
    """
    whose, rank = rows.ranks()
    counts = np.bincount(whose) if whose.size else np.empty(0, dtype=np.int64)
    order = np.lexsort((rank, whose))
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]]) if counts.size else np.empty(0, dtype=np.int64)
    some = np.flatnonzero(counts)
    by_length = some[np.argsort(-counts[some], kind="stable")]
    tables = []
    for begin in range(0, by_length.size, size):
        group = by_length[begin : begin + size]
        steps = np.arange(int(counts[group].max()))
        places = starts[group][:, None] + steps[None, :]
        within = steps[None, :] < counts[group][:, None]
        tables.append(np.where(within, order[np.minimum(places, order.size - 1)], -1))
    return tables


def windows(table: IntArray, length: int) -> Iterator[IntArray]:
    """The columns of ``table``, at most ``length`` at a time, oldest first."""
    for begin in range(0, table.shape[1], length):
        yield table[:, begin : begin + length]
