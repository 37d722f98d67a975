"""The exact as-of semantics, pure. Read this first if you doubt a number.

A feature read by the event at sequence ``n`` with event time ``t`` sees a row (an earlier event of the same key, or
the event itself) if and only if

1. it was **known**: ``seq <= n``, and ``seq < n`` where the definition excludes the event itself;
2. it had **happened** and is **inside the window**: ``oldest(t, window, hop) < occurred_at <= t``;
3. it was **not corrected**: no event with a sequence number up to ``n`` supersedes it;
4. it **passes** the definition's event types and filter.

So a late event (``t`` behind the key's newest) gets the window that ends at its own time, a row dated after ``t`` is
not seen, and rows with the same time are ordered by sequence number. Nothing is approximated: state that could change
an answer is kept, and where it can no longer be, the answer is None (``is_too_late``), never a truncated number.

Settled history. Lifetime and tiled features keep rows one by one only for ``lateness``; older rows are folded into
totals. A correction of a row that is already folded does not reach them (``is_settled``). Exact windows are always
corrected.

Numbers. Whole numbers and decimals (as scaled whole numbers) are summed without limit; a result outside 64 bits is
None, never wrapped. Floats are summed exactly and rounded once, so no order of arrival and no number of updates can
change a bit. Division and square root happen last, in binary64.

Empty windows. ``count``, ``sum`` and ``distinct`` of nothing are 0. Every other aggregate of nothing is None, as is
``std`` of fewer than two values and anything divided by zero. Nulls of the field are skipped; ``count`` counts rows.
"""

from __future__ import annotations

import math

from tandem.kernel.time import SECOND
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN

__all__ = [
    "DOUBLE_UNIT",
    "exact_units",
    "fits",
    "is_settled",
    "is_too_late",
    "mean",
    "novelty",
    "oldest",
    "ratio",
    "rounded_units",
    "shortfall",
    "std",
    "sum_double",
    "tile_of",
    "whole_seconds",
    "without",
    "zscore",
]

DOUBLE_UNIT = 1 << 1074
"""Every finite binary64 is a whole multiple of ``1 / DOUBLE_UNIT``; sums of those multiples are exact."""


def oldest(t: int, window: int, hop: int | None) -> int:
    """The instant a row must be *after* to be in the window that ends at ``t``.

    Exact: ``t - window``. Tiled: the far edge moved out to the multiple of ``hop`` (since the epoch) at or before it,
    so that whole tiles are covered: a tiled window sees at least what the exact one sees, and less than ``hop`` more.
    """
    if hop is None:
        return t - window
    return tile_of(t - window + 1, hop) - 1


def tile_of(t: int, hop: int) -> int:
    """Start of the epoch-aligned tile that holds ``t``."""
    return t // hop * hop


def is_too_late(t: int, newest: int, lateness: int) -> bool:
    """Whether an event at ``t`` is so far behind its key's newest that its windows can no longer be exact."""
    return t < newest - lateness


def is_settled(t: int, newest: int, lateness: int) -> bool:
    """Whether a row at ``t`` has been folded into totals: every later answer sees it."""
    return t <= newest - lateness


def fits(number: int) -> int | None:
    """``number`` if it is a 64-bit integer, else None: declared overflow."""
    return number if INTEGER_MIN <= number <= INTEGER_MAX else None


def whole_seconds(elapsed: int) -> int:
    """Microseconds as whole seconds, rounded down."""
    return elapsed // SECOND


def exact_units(value: float) -> int:
    """``value`` as a whole number of ``1 / DOUBLE_UNIT``."""
    numerator, denominator = value.as_integer_ratio()
    return numerator * (DOUBLE_UNIT // denominator)


def rounded_units(units: int, unit: int = DOUBLE_UNIT) -> float | None:
    """``units / unit`` rounded once to binary64 (half to even); None where it is too large for one."""
    try:
        return units / unit
    except OverflowError:
        return None


def sum_double(units: int) -> float | None:
    """The sum of floats from their exact units."""
    return rounded_units(units)


def mean(total: int, count: int, *, is_double: bool, divisor: float) -> float | None:
    """``total / count`` in binary64. ``divisor`` is 10 to the scale, for decimals."""
    if count == 0:
        return None
    whole = rounded_units(total) if is_double else float(total)
    return None if whole is None else whole / float(count) / divisor


def std(total: int, squares: int, count: int, *, is_double: bool, divisor: float) -> float | None:
    """The sample standard deviation (n - 1) from exact moments; None for fewer than two values.

    The numerator ``n * sum(x^2) - sum(x)^2`` is a whole number, so nothing cancels however many rows came and went.
    """
    if count < 2:
        return None
    numerator = count * squares - total * total
    pairs = float(count * (count - 1))
    if not is_double:
        return math.sqrt(float(numerator) / pairs) / divisor
    # the variance of floats can be outside binary64 where the deviation is not: take out a power of four first
    power = max(0, (numerator.bit_length() - 400) // 2)
    root = math.sqrt(numerator / (1 << 2 * power) / pairs)
    try:
        return math.ldexp(root, power - 1074) / divisor
    except OverflowError:
        return None


def ratio(part: float | None, whole: float | None, factor: float) -> float | None:
    """``part / whole * factor``; None where either is missing, the whole is 0, or the result is not finite."""
    if part is None or whole is None or whole == 0:
        return None
    result = float(part) / float(whole) * factor
    return result if math.isfinite(result) else None


def zscore(current: float | None, average: float | None, deviation: float | None) -> float | None:
    """How many of its own history's deviations ``current`` is from the history's mean; None where that has no sense."""
    if current is None or average is None or deviation is None or deviation == 0:
        return None
    result = (float(current) - average) / deviation
    return result if math.isfinite(result) else None


def novelty(after: int | None, before: int | None, cap: float) -> int | None:
    """1 where the event brought a value that was not there, else 0; None where the count before was at its ``cap``."""
    if after is None or before is None or before >= cap:
        return None
    return after - before


def shortfall(part: float | None, whole: float | None) -> float | None:
    """``1 - part / whole``; None where either is missing or the whole is 0."""
    if part is None or whole is None or whole == 0:
        return None
    return 1.0 - float(part) / float(whole)


def without(since_one: int | None, since_other: int | None, ones: int | None) -> int | None:
    """1 where the one happened and the other has not happened since, else 0; at the same instant counts as since."""
    if ones is None:
        return None
    if since_one is None:
        return 0
    return int(since_other is None or since_other > since_one)
