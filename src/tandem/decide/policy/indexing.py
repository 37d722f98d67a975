"""Decision tables as look-ups: bisect every column once, AND the masks, take the lowest bit.

A table of 3,000 rows costs a bisection and one AND of 3,000 bits per column, instead of 3,000 comparisons. The price is
memory: about (regions x rows / 8) bytes per column.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from tandem.decide.policy.cells import DISCRETE, LOWEST, Cut, Test
from tandem.decide.policy.regions import Column, cut_column
from tandem.kernel.values import SqlType, Value

__all__ = ["TableIndex", "plain_cuts", "point_cuts", "region_of"]


class TableIndex:
    """The masks of a table whose rows stand in the order they are tried.

    Args:
        kinds: type of each column.
        rows: tests by row and column.
        fails: whether an undecided row ends the search (a ``when_missing`` that is not ``skip``).
        collects: every matching row counts, not only the first.
    """

    def __init__(
        self, kinds: Sequence[SqlType], rows: Sequence[Sequence[Test]], *, fails: bool, collects: bool = False
    ) -> None:
        self.collects = collects
        self.columns = tuple(cut_column([row[c] for row in rows], kind) for c, kind in enumerate(kinds))
        self._fails = fails
        self._undecided = tuple(
            sum(1 << i for i, row in enumerate(rows) if row[c].spans and not row[c].missing) for c in range(len(kinds))
        )

    def careful(self, values: Sequence[Value], certain: int, unsure: int) -> tuple[int, bool]:
        """The mask of rows that match, and whether a missing value keeps the table from answering with them.

        A row is undecided when no cell speaks against it and one has no answer. A matching row that names the missing
        value in a word answers; otherwise an undecided row that would have been tried before it does not let it.

        Args:
            values: one per column; some may be None.
            certain: rows whose ``if`` cells hold.
            unsure: rows whose ``if`` cells have no answer.
        """
        matching = certain
        possible = certain | unsure
        named = 0
        for column, undecided, value in zip(self.columns, self._undecided, values, strict=True):
            if value is None:
                matching &= column.missing
                possible &= column.missing | undecided
                named |= column.explicit
            else:
                mask = column.masks[region_of(column, value)]
                matching &= mask
                possible &= mask
        open_rows = possible & ~matching
        if not self._fails or not open_rows:
            return matching, False
        if self.collects:
            return matching, not named & matching
        first = matching & -matching
        return matching, not named & first and (not first or (open_rows & -open_rows) < first)


def region_of(column: Column, value: Any) -> int:
    """Index of the region that holds ``value``."""
    return bisect_right(column.cuts, (0, value, 0)) - 1


def plain_cuts(cuts: Sequence[Cut], kind: SqlType) -> list[Any] | None:
    """The cuts after the first as plain numbers for ``bisect_right``, or None where there is no such form."""
    if kind not in DISCRETE and kind is not SqlType.DOUBLE:
        return None
    if kind is SqlType.BOOLEAN or not cuts or cuts[0] != LOWEST:
        return None
    # For binary64, "just after v" is "from the next number on".
    return [math.nextafter(value, math.inf) if side else value for _, value, side in cuts[1:]]


def point_cuts(cuts: Sequence[Cut]) -> list[Any] | None:
    """The values of a column tested for equality only: every second region is one of them; None for other columns."""
    if cuts[0] != LOWEST or len(cuts) % 2 == 0:
        return None
    values = []
    for low, high in zip(cuts[1::2], cuts[2::2], strict=True):
        if low[1] != high[1] or (low[2], high[2]) != (0, 1):
            return None
        values.append(low[1])
    return values
