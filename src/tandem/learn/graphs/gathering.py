"""Who the neighbours of a row are: the newest earlier rows on each of its links, as a table of row numbers.

Earlier in the stream, not only in time: of two rows at one instant the first is a neighbour of the second and never the other
way round. So a network that reads states along this table is causal by construction.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tandem.decide.graphs import Floats32
from tandem.decide.models import MARKS
from tandem.learn.graphs.rows import GraphRows
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


def known_marks(rows: GraphRows, neighbours: IntArray, now: IntArray) -> Floats32:
    """Readers x links x slots x 2: whether a neighbour's member is known to be bad, and known to be good, at ``now``.

    Of what was told of a member before ``now``, the last counts: as with the member's own rows, whenever they happened.

    Args:
        rows: all rows.
        neighbours: of the readers, from ``earlier_neighbours``.
        now: when each reader was learned of.
    """
    told = rows.told
    # One number for member and time, so that one search finds the last fact of that member before that time.
    times = np.unique(told.at)
    span = times.size + 1
    keys = told.member * span + np.searchsorted(times, told.at)
    order = np.argsort(keys, kind="stable")
    keys, whose, bad = keys[order], told.member[order], told.bad[order]
    asked = rows.member[neighbours]
    found = np.searchsorted(keys, asked * span + np.searchsorted(times, now)[:, None, None]) - 1
    known = (neighbours >= 0) & (found >= 0)
    marks = np.zeros((*neighbours.shape, MARKS), np.float32)
    if keys.size:
        known &= whose[found] == asked
        marks[..., 0], marks[..., 1] = known & (bad[found] == 1), known & (bad[found] == 0)
    return marks
