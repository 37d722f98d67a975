"""How the reference kernel reads one cell: a function per aggregate, over rows alone or over rows and folded totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tandem.observe.features import windows
from tandem.observe.features.lanes import LaneRows, LaneTotals, takes_every_row
from tandem.observe.features.program import Cell, Lane, Op

if TYPE_CHECKING:
    from tandem.observe.features.reference import KeyState

__all__ = ["Read", "Reading", "over_rows", "over_tiles"]

Read = Callable[["KeyState", int, int, int, "int | None", "list[Any] | None"], Any]
"""(state, t, low, high, after, seen): rows [low, high) are in the window, which lies after the instant ``after`` (None
for lifetime); ``seen`` is what each lane sees of the event itself, None where it is not counted."""

Reading = tuple[int, Read, int]
"""Cell, how it is read, and the number of its window."""


def over_rows(cell: Cell, of: Lane) -> Read:  # noqa: C901 - a table of functions
    """How ``cell``, of the lane ``of``, is read where every row is kept."""
    lane, cap, op = cell.lane, cell.cap, cell.op
    every = takes_every_row(of)

    def count_all(_state: KeyState, _t: int, low: int, high: int, _after: int | None, _seen: list[Any] | None) -> Any:
        return high - low

    def count(state: KeyState, _t: int, low: int, high: int, _after: int | None, _seen: list[Any] | None) -> Any:
        counts = state.lanes[lane].counts
        return counts[high] - counts[low]

    def total(state: KeyState, _t: int, low: int, high: int, _after: int | None, _seen: list[Any] | None) -> Any:
        rows = state.lanes[lane]
        units = rows.sums[high] - rows.sums[low]
        return windows.sum_double(units) if rows.is_double else windows.fits(units)

    def distinct(state: KeyState, _t: int, low: int, high: int, after: int | None, _seen: list[Any] | None) -> Any:
        return min(cap, state.lanes[lane].distinct(low, high, after))

    def time_since_any(state: KeyState, t: int, low: int, high: int, _a: int | None, _seen: list[Any] | None) -> Any:
        return windows.whole_seconds(t - state.times[high - 1]) if low < high else None

    def time_since(state: KeyState, t: int, low: int, high: int, _after: int | None, _seen: list[Any] | None) -> Any:
        last = state.lanes[lane].last(low, high)
        return None if last is None else windows.whole_seconds(t - state.times[last])

    def elapsed(state: KeyState, t: int, low: int, high: int, _after: int | None, _seen: list[Any] | None) -> Any:
        last = state.lanes[lane].last(low, high)
        return None if last is None else t - state.times[last]

    def repeats(state: KeyState, _t: int, low: int, high: int, _after: int | None, seen: list[Any] | None) -> Any:
        own = None if seen is None else seen[lane]
        return None if own is None else state.lanes[lane].values[low:high].count(own)

    def first(state: KeyState, _t: int, low: int, high: int, _after: int | None, _seen: list[Any] | None) -> Any:
        rows = state.lanes[lane]
        at = rows.first(low, high)
        return None if at is None else rows.values[at]

    def last(state: KeyState, _t: int, low: int, high: int, _after: int | None, _seen: list[Any] | None) -> Any:
        rows = state.lanes[lane]
        at = rows.last(low, high)
        return None if at is None else rows.values[at]

    def extreme(state: KeyState, _t: int, low: int, high: int, _after: int | None, _seen: list[Any] | None) -> Any:
        values = state.lanes[lane].seen(low, high)
        return (min(values) if op is Op.MIN else max(values)) if values else None

    def moments(state: KeyState, _t: int, low: int, high: int, _after: int | None, _seen: list[Any] | None) -> Any:
        return _from_moments(cell, state.lanes[lane], low, high, [])

    readers: dict[Op, Read] = {
        Op.COUNT: count_all if every else count, Op.DISTINCT: distinct,
        Op.TIME_SINCE: time_since_any if every else time_since, Op.FIRST: first, Op.LAST: last,
        Op.MIN: extreme, Op.MAX: extreme, Op.SUM: total, Op.MEAN: moments, Op.STD: moments, Op.CURRENT: _current(lane),
        Op.ELAPSED: elapsed, Op.REPEATS: repeats,
    }  # fmt: skip
    return readers[op]


def over_tiles(cell: Cell) -> Read:  # noqa: C901 - a table of functions
    """How ``cell`` is read where older rows are folded; every folded row is older than every row that is not."""
    lane, cap, op = cell.lane, cell.cap, cell.op

    def count(state: KeyState, _t: int, low: int, high: int, after: int | None, _seen: list[Any] | None) -> Any:
        counts = state.lanes[lane].counts
        return counts[high] - counts[low] + sum(tile.count for tile in _tiles(state, lane, after))

    def distinct(state: KeyState, _t: int, low: int, high: int, after: int | None, _seen: list[Any] | None) -> Any:
        values = set(state.lanes[lane].seen(low, high))
        return min(cap, len(values.union(*(tile.values for tile in _tiles(state, lane, after)))))

    def time_since(state: KeyState, t: int, low: int, high: int, after: int | None, _seen: list[Any] | None) -> Any:
        last = state.lanes[lane].last(low, high)
        if last is not None:
            return windows.whole_seconds(t - state.times[last])
        ends = [tile.last[0] for tile in _tiles(state, lane, after) if tile.last is not None]
        return windows.whole_seconds(t - ends[-1]) if ends else None

    def elapsed(state: KeyState, t: int, low: int, high: int, after: int | None, _seen: list[Any] | None) -> Any:
        last = state.lanes[lane].last(low, high)
        if last is not None:
            return t - state.times[last]
        ends = [tile.last[0] for tile in _tiles(state, lane, after) if tile.last is not None]
        return t - ends[-1] if ends else None

    def first(state: KeyState, _t: int, low: int, high: int, after: int | None, _seen: list[Any] | None) -> Any:
        for tile in _tiles(state, lane, after):
            if tile.first is not None:
                return tile.first[2]
        rows = state.lanes[lane]
        at = rows.first(low, high)
        return None if at is None else rows.values[at]

    def last(state: KeyState, _t: int, low: int, high: int, after: int | None, _seen: list[Any] | None) -> Any:
        rows = state.lanes[lane]
        at = rows.last(low, high)
        if at is not None:
            return rows.values[at]
        ends = [tile.last[2] for tile in _tiles(state, lane, after) if tile.last is not None]
        return ends[-1] if ends else None

    def extreme(state: KeyState, _t: int, low: int, high: int, after: int | None, _seen: list[Any] | None) -> Any:
        values = state.lanes[lane].seen(low, high)
        values += [tile.minimum if op is Op.MIN else tile.maximum for tile in _tiles(state, lane, after) if tile.count]
        return (min(values) if op is Op.MIN else max(values)) if values else None

    def moments(state: KeyState, _t: int, low: int, high: int, after: int | None, _seen: list[Any] | None) -> Any:
        return _from_moments(cell, state.lanes[lane], low, high, list(_tiles(state, lane, after)))

    readers: dict[Op, Read] = {
        Op.COUNT: count, Op.DISTINCT: distinct, Op.TIME_SINCE: time_since, Op.FIRST: first, Op.LAST: last,
        Op.MIN: extreme, Op.MAX: extreme, Op.SUM: moments, Op.MEAN: moments, Op.STD: moments, Op.CURRENT: _current(lane),
        Op.ELAPSED: elapsed,
    }  # fmt: skip
    return readers[op]


def _current(lane: int) -> Read:
    def current(_s: KeyState, _t: int, _low: int, _high: int, _after: int | None, seen: list[Any] | None) -> Any:
        return None if seen is None else seen[lane]

    return current


def _tiles(state: KeyState, lane: int, after: int | None) -> Iterator[LaneTotals]:
    """The folded totals in the window, oldest first."""
    for start, tile in sorted(state.tiles.items()):
        if after is None or start > after:
            yield tile[lane]


def _from_moments(cell: Cell, rows: LaneRows, low: int, high: int, tiles: list[LaneTotals]) -> Any:
    """Sum, mean or standard deviation from exact counts, sums and sums of squares."""
    total = rows.sums[high] - rows.sums[low] if rows.sums is not None else 0
    if tiles:
        total += sum(tile.sums for tile in tiles)
    if cell.op is Op.SUM:
        return windows.sum_double(total) if rows.is_double else windows.fits(total)
    count = rows.counts[high] - rows.counts[low] + sum(tile.count for tile in tiles)
    if cell.op is Op.MEAN:
        return windows.mean(total, count, is_double=rows.is_double, divisor=cell.divisor)
    squares = rows.squares[high] - rows.squares[low] if rows.squares is not None else 0
    squares += sum(tile.squares for tile in tiles)
    return windows.std(total, squares, count, is_double=rows.is_double, divisor=cell.divisor)
