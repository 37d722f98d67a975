"""The limits of a model document, in one table.

They keep a hostile document from costing more than a moment, and every sum of a valid one finite: at most
``MAX_TREES`` leaves of ``MAX_WEIGHT`` each stay far below the largest binary64.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "MAX_BINS",
    "MAX_CATEGORIES",
    "MAX_DEPTH",
    "MAX_DOCUMENT_BYTES",
    "MAX_ENTRIES",
    "MAX_INPUTS",
    "MAX_LEAVES",
    "MAX_LEAVES_TOTAL",
    "MAX_MEMBERS",
    "MAX_TEXT",
    "MAX_TREES",
    "MAX_WEIGHT",
]

MAX_DOCUMENT_BYTES: Final = 64 * 2**20
MAX_INPUTS: Final = 2_000
MAX_CATEGORIES: Final = 20_000
"""Texts of one categorical input."""
MAX_BINS: Final = 1_000
"""Bins, specials or groups of one scorecard input; points of an isotonic table get ten times as many."""
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
