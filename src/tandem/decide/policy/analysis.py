"""Overlaps, gaps and unreachable rows of a decision table, each with a concrete example.

A depth-first walk over the columns' regions keeps the mask of rows that match so far. A combination is a gap when no row
is left; a row is unreachable under ``first`` when inside its own box every combination is already taken by rows above.
States are remembered by (column, mask), and the work is counted: a table too entangled to be analysed within the budget
says so instead of being called complete. (The problem is NP-hard in the number of columns; CDMN and DMN verifiers such
as Calvanese et al., "Semantic DMN", 2018, sweep in the same manner.)
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from tandem.decide.policy.cells import Test
from tandem.decide.policy.regions import Column, cut_column, example_value, region_in_words
from tandem.kernel.values import SqlType, Value

__all__ = ["Overlap", "Place", "TableAnalysis", "analyse_table", "unreachable_rows"]

_BUDGET = 2_000_000
"""Regions looked at; about a second."""
_MOST = 100
"""Findings of one kind that are listed; a table with more is wrong in one way many times."""
_MISSING = -1


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A combination of regions: in words, and as example values by column name."""

    words: str
    example: dict[str, Value]


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """Two rows that match the same place; indices from 0."""

    first: int
    second: int
    place: Place


class TableAnalysis(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with a table.

    Attributes:
        gaps: present values that no row certainly covers.
        missing_gaps: places where a missing value is met by no row that names it.
        overlaps: pairs of rows, none of them with an ``if`` cell.
        unreachable: (row, place): rows that can never be first, with a place they would have matched.
        complete: False when the budget ran out and silence proves nothing.
    """

    gaps: tuple[Place, ...] = ()
    missing_gaps: tuple[Place, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    unreachable: tuple[tuple[int, Place], ...] = ()
    complete: bool = True


def analyse_table(
    names: Sequence[str], kinds: Sequence[SqlType], nullable: Sequence[bool], rows: Sequence[Sequence[Test]]
) -> TableAnalysis:
    """Analyse the rows in the order in which they are tried.

    Args:
        names: of the columns; kinds: their types; nullable: whether a value may be missing.
        rows: one test per column and row.
    """
    if not rows:
        return TableAnalysis()
    columns = [cut_column([row[c] for row in rows], kind) for c, kind in enumerate(kinds)]
    grid = _Grid(names, columns, nullable, rows)
    certain = sum(1 << i for i, row in enumerate(rows) if all(test.expression is None for test in row))
    everything = [list(range(len(column.cuts))) for column in columns]
    gaps = grid.uncovered(certain, everything)
    missing_gaps = [place for c in range(len(columns)) if nullable[c] for place in grid.missing_gap(c, certain)]
    overlaps = grid.overlaps(certain)
    unreachable = grid.unreachable(certain)
    return TableAnalysis(
        gaps=tuple(gaps),
        missing_gaps=tuple(missing_gaps),
        overlaps=tuple(overlaps),
        unreachable=tuple(unreachable),
        complete=grid.steps <= _BUDGET,
    )


def unreachable_rows(
    names: Sequence[str], kinds: Sequence[SqlType], nullable: Sequence[bool], rows: Sequence[Sequence[Test]]
) -> list[tuple[int, Place]]:
    """(row, place) of rows that can never be the first to match; rows as for ``analyse_table``."""
    columns = [cut_column([row[c] for row in rows], kind) for c, kind in enumerate(kinds)]
    return _Grid(names, columns, nullable, rows).unreachable((1 << len(rows)) - 1)


class _Grid:
    """The columns' regions and the walk over their combinations."""

    def __init__(
        self,
        names: Sequence[str],
        columns: Sequence[Column],
        nullable: Sequence[bool],
        rows: Sequence[Sequence[Test]],
    ) -> None:
        self.names = names
        self.rows = rows
        self.columns = columns
        self.nullable = nullable
        self.steps = 0

    def uncovered(self, rows: int, regions: Sequence[Sequence[int]], most: int = _MOST) -> list[Place]:
        """Places within ``regions`` (``_MISSING`` stands for the missing value) that no row of ``rows`` matches."""
        found: list[Place] = []
        told: set[str] = set()
        closed: set[tuple[int, int]] = set()

        def walk(column: int, mask: int, chosen: tuple[int, ...]) -> bool:
            """True when something below is uncovered."""
            if not mask:
                place = self._place(chosen, regions)
                if place.words not in told:
                    told.add(place.words)
                    found.append(place)
                return True
            if column == len(self.columns) or (column, mask) in closed or self.steps > _BUDGET:
                return False
            hit = False
            self.steps += len(regions[column])
            for region in _distinct(self.columns[column], regions[column], mask):
                hit |= walk(column + 1, mask & self._mask(column, region), (*chosen, region))
                if len(found) >= most:
                    return True
            if not hit:
                closed.add((column, mask))
            return hit

        walk(0, rows, ())
        return found

    def missing_gap(self, column: int, certain: int) -> list[Place]:
        """A place where this column is missing and no row that names it matches; at most one."""
        regions = [
            [_MISSING] if c == column else [*range(len(one.cuts)), *([_MISSING] if self.nullable[c] else [])]
            for c, one in enumerate(self.columns)
        ]
        return self.uncovered(certain & self.columns[column].explicit, regions, most=1)

    def unreachable(self, certain: int) -> list[tuple[int, Place]]:
        """Rows that never are the first to match."""
        found: list[tuple[int, Place]] = []
        for index in range(len(self.rows)):
            box = [self._regions_of(c, index) for c in range(len(self.columns))]
            above = certain & ((1 << index) - 1)
            if all(box) and not above:
                continue
            if not all(box) or not self.uncovered(above, box, most=1):
                if self.steps > _BUDGET or len(found) >= _MOST:
                    break
                # A column without a region asks for a missing value where none can be.
                chosen = tuple(regions[0] if regions else _MISSING for regions in box)
                found.append((index, self._place(chosen, box)))
        return found

    def overlaps(self, certain: int) -> list[Overlap]:
        """Pairs of rows that can match together."""
        found: list[Overlap] = []
        for index in range(len(self.rows)):
            if not certain >> index & 1:
                continue
            box = [self._regions_of(c, index) for c in range(len(self.columns))]
            others = certain >> (index + 1) << (index + 1)
            for c, regions in enumerate(box):
                together = 0
                for region in regions:
                    together |= self._mask(c, region)
                    self.steps += 1
                others &= together
            while others and self.steps <= _BUDGET:
                second = (others & -others).bit_length() - 1
                others &= others - 1
                both = [[r for r in regions if self._mask(c, r) >> second & 1] for c, regions in enumerate(box)]
                place = self._place(tuple(regions[0] for regions in both), both)
                found.append(Overlap(first=index, second=second, place=place))
                if len(found) >= _MOST:
                    return found
        return found

    def _regions_of(self, column: int, row: int) -> list[int]:
        one = self.columns[column]
        regions: list[int] = []
        for low, high in self.rows[row][column].spans:
            regions.extend(range(bisect_left(one.cuts, low), bisect_left(one.cuts, high)))
        if self.nullable[column] and one.missing >> row & 1:
            regions.append(_MISSING)
        return regions

    def _mask(self, column: int, region: int) -> int:
        one = self.columns[column]
        return one.missing if region == _MISSING else one.masks[region]

    def _place(self, chosen: tuple[int, ...], regions: Sequence[Sequence[int]]) -> Place:
        full = (*chosen, *(regions[c][0] if regions[c] else 0 for c in range(len(chosen), len(self.columns))))
        words = []
        example: dict[str, Value] = {}
        for c, region in enumerate(full):
            name, one = self.names[c], self.columns[c]
            if region == _MISSING:
                words.append(f"{name} is missing")
                example[name] = None
                continue
            low, high = one.region(region)
            example[name] = example_value(low, high, one.kind)
            if c < len(chosen):
                words.append(region_in_words(name, low, high, one.kind))
        return Place(words=" and ".join(words) or "always", example=example)


def _distinct(column: Column, regions: Sequence[int], mask: int) -> list[int]:
    """One region for each different set of rows it leaves (the walk below would be the same), and every gap."""
    seen: set[int] = set()
    kept = []
    for region in regions:
        left = mask & (column.missing if region == _MISSING else column.masks[region])
        if not left or left not in seen:
            seen.add(left)
            kept.append(region)
    return kept
