"""A whole stream scored as it would have been row by row: everybody's first row, then everybody's second, and so on."""

from __future__ import annotations

import numpy as np

from tandem.decide.models import GruDocument
from tandem.decide.sequences import Many
from tandem.learn.sequences.rows import SequenceRows
from tandem.learn.training import FloatArray

__all__ = ["score_rows"]


def score_rows(document: GruDocument, rows: SequenceRows) -> tuple[FloatArray, FloatArray]:
    """The parts of the margin of all ``rows``, own and history, in their order and to the bits of ``Histories``.

    Args:
        document: checked, over the names of ``rows``.
        rows: the stream.
    """
    many = Many(document)
    whose, rank = rows.ranks()
    gaps = rows.gaps()
    states = np.zeros((int(whose.max(initial=-1)) + 1, document.width), np.float32)
    own, history = np.empty(rows.count), np.zeros(rows.count)
    order = np.argsort(rank, kind="stable")
    edges = np.searchsorted(rank[order], np.arange(int(rank.max(initial=-1)) + 2))
    for step in range(len(edges) - 1):
        part = order[edges[step] : edges[step + 1]]
        who = whose[part]
        first, read = many.rows([column[part] for column in rows.columns], gaps[part])
        own[part] = many.margins(first, np.zeros_like(states[who]))
        if step:
            history[part] = many.margins(read, states[who]) - own[part]
        states[who] = many.moved(read, states[who])
    return own, history
