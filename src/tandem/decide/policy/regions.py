"""A column of a table cut into regions: within one region every value meets the same rows.

The masks are integers with one bit per row; bit ``r`` is set where row ``r`` matches. Three questions need no more than
them: which rows match a value (``indexing``), which values no row covers, and which rows can never be first
(``analysis``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from tandem.decide.policy.cells import DISCRETE, HIGHEST, LOWEST, Cut, Test
from tandem.kernel.time import Micros, days_to_date, format_instant
from tandem.kernel.values import SqlType, Value

__all__ = ["Column", "cut_column", "example_value", "region_in_words"]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """The regions of one column, in order.

    Attributes:
        kind: type of the values.
        cuts: where regions begin; region ``i`` reaches from ``cuts[i]`` to ``cuts[i + 1]``, the last to the end.
        masks: rows matching in each region.
        missing: rows matching a missing value.
        explicit: rows that name the missing value in a word.
    """

    kind: SqlType
    cuts: tuple[Cut, ...]
    masks: tuple[int, ...]
    missing: int
    explicit: int

    def region(self, index: int) -> tuple[Cut, Cut]:
        """Both cuts of region ``index``."""
        return self.cuts[index], self.cuts[index + 1] if index + 1 < len(self.cuts) else HIGHEST


def cut_column(tests: Sequence[Test], kind: SqlType) -> Column:
    """Sweep over the ends of all spans; O(rows) mask operations."""
    start: Cut = (0, False, 0) if kind is SqlType.BOOLEAN else LOWEST
    flips: dict[Cut, int] = {start: 0}
    for row, test in enumerate(tests):
        for low, high in test.spans:
            begin = max(low, start)
            if begin < high:
                flips[begin] = flips.get(begin, 0) ^ (1 << row)
                flips[high] = flips.get(high, 0) ^ (1 << row)
    flips.pop(HIGHEST, None)
    cuts = sorted(flips)
    masks = []
    mask = 0
    for cut in cuts:
        mask ^= flips[cut]
        masks.append(mask)
    return Column(
        kind=kind,
        cuts=tuple(cuts),
        masks=tuple(masks),
        missing=sum(1 << row for row, test in enumerate(tests) if test.missing),
        explicit=sum(1 << row for row, test in enumerate(tests) if test.explicit),
    )


def example_value(low: Cut, high: Cut, kind: SqlType) -> Value:
    """A value of the region between two cuts, as plain as possible."""
    value: Value
    for value in _candidates(low, high, kind):
        place = (0, value, 0)
        if low <= place < high:
            return value
    end: Value = low[1]
    return end  # an open interval between neighbouring numbers: its end says where


def _candidates(low: Cut, high: Cut, kind: SqlType) -> Iterator[Any]:
    first, last = low[1], high[1]
    if kind is SqlType.BOOLEAN:
        yield from (False, True)
    elif kind is SqlType.TEXT:
        if low[0] == 0 and low[2] == 0:
            yield first
        yield from ("other", "", "?", "zz")
        if low[0] == 0:
            yield from (first + "x", first + " ", first + "\x00")
    elif low[0] < 0:
        one = Decimal(1) if kind is SqlType.DECIMAL else 1.0 if kind is SqlType.DOUBLE else 1
        yield from ((0 * one,) if high[0] > 0 else (last - one, last))
    elif low[2] == 0:
        yield first
    elif high[0] > 0:
        yield first + 1
    else:
        yield first + (last - first) / 2
        yield last


def region_in_words(name: str, low: Cut, high: Cut, kind: SqlType) -> str:
    """``18 <= age < 25``: the region as an analyst writes it."""
    if low[0] < 0 and high[0] > 0:
        return f"{name} is anything"
    if kind is SqlType.BOOLEAN:
        return name if low[1] else f"not {name}"
    if kind is SqlType.TEXT and (low[0] < 0 or high[0] > 0 or low[1] != high[1]):
        # Texts are compared for equality nearly always; "after 'own' and before 'rent'" would say nothing to anyone.
        return f"{name} is any other text"
    if low[0] == 0 and high[0] == 0:
        if (low[1], low[2], high[2]) == (high[1], 0, 1) or (kind in DISCRETE and low[1] + 1 == high[1]):
            return f"{name} = {_shown(low[1], kind)}"
        below = "<=" if low[2] == 0 else "<"
        above = "<" if high[2] == 0 else "<="
        return f"{_shown(low[1], kind)} {below} {name} {above} {_shown(high[1], kind)}"
    if low[0] < 0:
        return f"{name} {'<' if high[2] == 0 else '<='} {_shown(high[1], kind)}"
    return f"{name} {'>=' if low[2] == 0 else '>'} {_shown(low[1], kind)}"


def _shown(value: Any, kind: SqlType) -> str:
    if kind is SqlType.DATE:
        return days_to_date(value).isoformat()
    if kind is SqlType.TIMESTAMP:
        return format_instant(Micros(value))
    return repr(value) if kind is SqlType.TEXT else str(value)
