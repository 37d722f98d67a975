"""The limits of a model document, in one table.

They keep a hostile document from costing more than a moment, and every sum of a valid one finite: at most
``MAX_TREES`` leaves of ``MAX_WEIGHT`` each stay far below the largest binary64.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "MAX_BINS",
    "MAX_BLOCKS",
    "MAX_CATEGORIES",
    "MAX_CELLS",
    "MAX_DEPTH",
    "MAX_DOCUMENT_BYTES",
    "MAX_ENTRIES",
    "MAX_HIDDEN",
    "MAX_INPUTS",
    "MAX_LEAVES",
    "MAX_LEAVES_TOTAL",
    "MAX_LINKS",
    "MAX_MARKS",
    "MAX_MEMBERS",
    "MAX_NETWORK_INPUTS",
    "MAX_PAIRS",
    "MAX_SLOTS",
    "MAX_STRETCHES",
    "MAX_TEXT",
    "MAX_TREES",
    "MAX_VECTOR_NUMBERS",
    "MAX_WEIGHT",
    "MAX_WIDTH",
]

MAX_DOCUMENT_BYTES: Final = 64 * 2**20
MAX_INPUTS: Final = 2_000
MAX_CATEGORIES: Final = 20_000
"""Texts of one categorical input."""
MAX_BINS: Final = 1_000
"""Bins, specials or groups of one input of a scorecard or an additive model; points of an isotonic table get ten times as many."""
MAX_PAIRS: Final = 1_000
"""Tables of two inputs in an additive model."""
MAX_CELLS: Final = 500_000
"""Cells of all of them."""
MAX_TREES: Final = 10_000
MAX_LEAVES: Final = 4_096
"""Leaves of one tree."""
MAX_LEAVES_TOTAL: Final = 500_000
MAX_DEPTH: Final = 64
"""Decisions from root to leaf."""
MAX_MEMBERS: Final = 16
MAX_ENTRIES: Final = 10_000
"""Entries of each metadata mapping."""
MAX_TEXT: Final = 4_096
"""Characters of any one text."""
MAX_WEIGHT: Final = 1e6
"""Largest absolute leaf, coefficient, weight of evidence, intercept or slope, in log-odds."""
MAX_NETWORK_INPUTS: Final = 512
MAX_LINKS: Final = 8
"""Of a graph network: their shares are exact over all 2**8 sets of them."""
MAX_SLOTS: Final = 32
"""Neighbours of one link."""
MAX_WIDTH: Final = 128
"""Numbers of one state."""
MAX_HIDDEN: Final = 256
"""Hidden numbers of one block of a tabular network."""
MAX_BLOCKS: Final = 3
"""Blocks of a tabular network."""
MAX_STRETCHES: Final = 4_225
"""Stretches over which its gradient may be constant: each block but the last multiplies them by its hidden numbers and one."""
MAX_VECTOR_NUMBERS: Final = 2_000_000
"""Numbers in the vectors of all its inputs."""
MAX_MARKS: Final = 16
