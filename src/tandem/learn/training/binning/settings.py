"""The few numbers that binning turns on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["BinningSettings"]


@dataclass(frozen=True, slots=True)
class BinningSettings:
    """How finely to bin.

    Attributes:
        trend: shape of the bad rate; ``auto`` is monotone unless the data insist on a turn.
        max_cells: cells before merging.
        penalty: nats of log-likelihood a bin must earn (1.92 is p = .05 of a likelihood-ratio test).
        min_share, min_rows, most_rows: a bin holds at least ``min(max(min_share * rows, min_rows), most_rows)`` rows.
        prior: rows at the overall rate mixed into each bin.
        turn_penalty: nats that a peak or valley must beat the best monotone binning by.
        free_penalty: the same, for no shape at all.
        rare_share: levels with less than this share of rows are pooled; so are those with fewer than ``rare_rows``.
        level_penalty: nats a group of levels must earn; levels are sorted by their own bad rate, which flatters them.
    """

    trend: Literal["auto", "ascending", "descending", "peak", "valley", "none"] = "auto"
    max_cells: int = 60
    penalty: float = 2.0
    min_share: float = 0.01
    min_rows: int = 20
    most_rows: int = 300
    prior: float = 4.0
    turn_penalty: float = 8.0
    free_penalty: float = 20.0
    rare_share: float = 0.005
    rare_rows: int = 20
    level_penalty: float = 0.7

    def min_count(self, rows: float) -> float:
        """Fewest rows of a bin among ``rows``."""
        return min(max(self.min_share * rows, self.min_rows), self.most_rows)
