"""Rows of one key and what is derived from them, for the reference kernel.

Rows stand in the order of (event time, sequence number). A lane keeps running totals *before* each row, so any window,
ending now or in the past, is the difference of two of them; a late row or a correction only recomputes what follows it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import Any

from tandem.observe.features.program import ColumnKind, Lane
from tandem.observe.features.windows import exact_units

__all__ = ["EveryRow", "LaneRows", "LaneTotals", "takes_every_row"]

Number = Any
"""int, float, or int of an identity, by the column's kind; None where the lane does not take the row."""


def takes_every_row(lane: Lane) -> bool:
    """Whether ``lane`` takes every row and looks at no column."""
    return lane.bit < 0 and lane.column < 0


class LaneRows:
    """One lane over the rows of one key; what no cell reads is not kept.

    Args:
        lane: what must be kept.
        kind: of its column, if it has one.
        is_counted: whether any cell asks how many rows it sees, or which of them.
    """

    __slots__ = (
        "cap",
        "counts",
        "has_totals",
        "is_counted",
        "is_double",
        "last_seen",
        "squares",
        "sums",
        "times",
        "values",
    )

    def __init__(self, lane: Lane, kind: ColumnKind | None, *, is_counted: bool) -> None:
        self.is_double = kind is ColumnKind.DOUBLE
        self.is_counted = is_counted
        self.has_totals = is_counted or lane.sums
        self.values: list[Number] = []
        self.counts = [0]
        self.sums = [0] if lane.sums else None
        self.squares = [0] if lane.squares else None
        self.cap = lane.cap
        self.last_seen: dict[int, int] = {}
        self.times: list[int] = []

    def append(self, t: int, value: Number) -> None:
        """Take in the newest row; ``value`` None where the lane does not see it."""
        self.values.append(value)
        if self.has_totals:
            self._append(value)
        if self.cap and value is not None:
            if value in self.last_seen or (self.times and t < self.times[-1]):
                self._see(value, t)
            else:  # a new value at the newest time has no place to be searched for
                self.last_seen[value] = t
                self.times.append(t)

    def insert(self, position: int, t: int, value: Number) -> None:
        """Take in a row that others follow."""
        self.values.insert(position, value)
        self._recompute(position)
        if self.cap and value is not None:
            self._see(value, t)

    def _append(self, value: Number) -> None:
        if self.is_counted:
            counts = self.counts
            counts.append(counts[-1] if value is None else counts[-1] + 1)
        sums = self.sums
        if sums is None:
            return
        units = 0 if value is None else exact_units(value) if self.is_double else value
        sums.append(sums[-1] + units)
        if self.squares is not None:
            self.squares.append(self.squares[-1] + units * units)

    def _recompute(self, position: int) -> None:
        if not self.has_totals:
            return
        tail = self.values[position:]
        del self.counts[position + 1 :]
        if self.sums is not None:
            del self.sums[position + 1 :]
        if self.squares is not None:
            del self.squares[position + 1 :]
        for value in tail:
            self._append(value)

    def _see(self, value: int, t: int) -> None:
        """Move ``value`` to its newest time."""
        before = self.last_seen.get(value)
        if before is not None:
            if before >= t:
                return
            position = bisect_left(self.times, before)
            if position < len(self.times) and self.times[position] == before:
                del self.times[position]
        self.last_seen[value] = t
        if not self.times or t >= self.times[-1]:
            self.times.append(t)
        else:
            insort(self.times, t)

    def remove(self, position: int, times: list[int]) -> None:
        """Forget the row at ``position``; ``times`` are those of the rows that stay."""
        del self.values[position]
        self._recompute(position)
        if self.cap:
            self.last_seen.clear()
            self.times.clear()
            for t, value in zip(times, self.values, strict=True):
                if value is not None:
                    self._see(value, t)

    def drop_oldest(self, count: int, horizon: int) -> None:
        """Forget the first ``count`` rows, all at or before ``horizon``."""
        del self.values[:count]
        if self.is_counted:
            del self.counts[:count]
        if self.sums is not None:
            del self.sums[:count]
        if self.squares is not None:
            del self.squares[:count]
        if self.cap:
            del self.times[: bisect_right(self.times, horizon)]
            self.last_seen = {value: t for value, t in self.last_seen.items() if t > horizon}

    def first(self, low: int, high: int) -> int | None:
        """Index of the first row seen in [low, high)."""
        if self.counts[low] == self.counts[high]:
            return None
        return bisect_right(self.counts, self.counts[low], low, high + 1) - 1

    def last(self, low: int, high: int) -> int | None:
        """Index of the last row seen in [low, high)."""
        if self.counts[low] == self.counts[high]:
            return None
        return bisect_left(self.counts, self.counts[high], low, high + 1) - 1

    def seen(self, low: int, high: int) -> list[Number]:
        """The values seen in [low, high)."""
        return [value for value in self.values[low:high] if value is not None]

    def distinct(self, low: int, high: int, after: int | None) -> int:
        """How many different values are in [low, high); ``after`` is the instant that ``low`` stands for."""
        if high == len(self.values) and after is not None:
            return len(self.times) - bisect_right(self.times, after)
        return len(set(self.seen(low, high)))


class _Always:
    """What a lane of every row sees of each: that it is there."""

    __slots__ = ()

    def __getitem__(self, _index: int) -> bool:
        return True


class EveryRow:
    """The lane that takes every row and looks at no column: there is nothing to keep."""

    __slots__ = ()
    is_double = False
    counts = range(1 << 62)
    values = _Always()
    sums = None
    squares = None

    def append(self, t: int, value: Number) -> None:
        """Nothing to keep."""

    def insert(self, position: int, t: int, value: Number) -> None:
        """Nothing to keep."""

    def remove(self, position: int, times: list[int]) -> None:
        """Nothing was kept."""

    def drop_oldest(self, count: int, horizon: int) -> None:
        """Nothing was kept."""

    def first(self, low: int, high: int) -> int | None:
        """Index of the first row in [low, high)."""
        return low if low < high else None

    def last(self, low: int, high: int) -> int | None:
        """Index of the last row in [low, high)."""
        return high - 1 if low < high else None


class LaneTotals:
    """One lane over rows that were folded together; exact as long as no single row is asked for."""

    __slots__ = ("count", "first", "is_double", "last", "maximum", "minimum", "squares", "sums", "values")

    def __init__(self, kind: ColumnKind | None) -> None:
        self.is_double = kind is ColumnKind.DOUBLE
        self.count = 0
        self.sums = 0
        self.squares = 0
        self.minimum: Number = None
        self.maximum: Number = None
        self.first: tuple[int, int, Number] | None = None
        self.last: tuple[int, int, Number] | None = None
        self.values: set[int] = set()

    def fold(self, lane: Lane, t: int, seq: int, value: Number) -> None:
        """Take in a row that will not be asked for again."""
        self.count += 1
        if lane.sums:
            units = exact_units(value) if self.is_double else value
            self.sums += units
            if lane.squares:
                self.squares += units * units
        if lane.minimum and (self.minimum is None or value < self.minimum):
            self.minimum = value
        if lane.maximum and (self.maximum is None or value > self.maximum):
            self.maximum = value
        if lane.ends:
            if self.first is None or (t, seq) < self.first[:2]:
                self.first = (t, seq, value)
            if self.last is None or (t, seq) > self.last[:2]:
                self.last = (t, seq, value)
        if lane.cap and len(self.values) < lane.cap:
            self.values.add(value)
