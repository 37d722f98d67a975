"""Who the neighbours of a row are: the newest earlier rows on each of its links, as a table of row numbers.

Earlier in the stream, not only in time: of two rows at one instant the first is a neighbour of the second and never the other
way round. So a network that reads states along this table is causal by construction.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tandem.decide.graphs import MARKS, Floats32
from tandem.learn.neighbours import LinkedRows
from tandem.learn.training import IntArray

__all__ = ["earlier_neighbours", "known_marks"]


def earlier_neighbours(links: Mapping[str, IntArray], slots: int) -> IntArray:
    """Rows x links x slots: row numbers of the newest earlier rows, newest first; -1 where there is none."""
    tables = []
    for codes in links.values():
        # The row before on the same link, then the one before that: following a chain, one step per slot.
        order = np.argsort(codes, kind="stable")
        same = np.flatnonzero((codes[order][1:] == codes[order][:-1]) & (codes[order][1:] >= 0))
        before = np.full(codes.size + 1, -1, dtype=np.int64)
        before[order[same + 1]] = order[same]
        steps = [before[:-1]]
        for _ in range(slots - 1):
            # -1 looks up the last place of ``before``, which is -1 again.
            steps.append(before[steps[-1]])
        tables.append(np.stack(steps, axis=1))
    return np.stack(tables, axis=1)


def known_marks(rows: LinkedRows, neighbours: IntArray, now: IntArray) -> Floats32:
    """Readers x links x slots x 2: whether a neighbour is known to be bad, and known to be good, at ``now``.

    Args:
        rows: all rows.
        neighbours: of the readers, from ``earlier_neighbours``.
        now: when each reader occurs.
    """
    known = (neighbours >= 0) & (rows.known_at[neighbours] < now[:, None, None])
    bad = rows.bad[neighbours] == 1.0
    marks = np.zeros((*neighbours.shape, MARKS), np.float32)
    marks[..., 0], marks[..., 1] = known & bad, known & ~bad
    return marks
