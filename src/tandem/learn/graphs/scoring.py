"""A whole stream scored as it would have been row by row: two passes of the reference network, states first."""

from __future__ import annotations

import numpy as np

from tandem.decide.graphs import SageNetwork, encoded
from tandem.decide.models import SageDocument
from tandem.learn.graphs.gathering import earlier_neighbours, known_marks
from tandem.learn.graphs.rows import GraphRows, graph_rows
from tandem.learn.neighbours import LinkedRows
from tandem.learn.training import FloatArray

__all__ = ["score_rows"]

_CHUNK = 4_096


def score_rows(document: SageDocument, rows: LinkedRows | GraphRows, values: FloatArray) -> FloatArray:
    """Margins of all ``rows`` in order; labels count from when they are known."""
    rows = graph_rows(rows)
    network = SageNetwork(document)
    width = document.width
    row = encoded(document, values)
    near = earlier_neighbours({kind: rows.links[kind] for kind in document.kinds}, document.slots)
    states = np.zeros((rows.count, 2 * width), np.float32)
    margins = np.empty(rows.count)
    # First states need no neighbour, second states need first ones: after three passes all that is read is final.
    for _ in range(3):
        made = states.copy()
        for start in range(0, rows.count, _CHUNK):
            part = slice(start, start + _CHUNK)
            # The network reads marks as of the row that reads, so they are looked up here and not cached.
            marks = known_marks(rows, near[part], rows.at[part])
            table = np.concatenate([states[near[part]], marks], axis=-1)
            margin, made[part] = network.run(row[part], table, (near[part] >= 0).astype(np.float32))
            margins[part] = margin
        states = made
    return margins
