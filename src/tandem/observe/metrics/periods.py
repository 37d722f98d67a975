"""Stretches of time that numbers are shown over: the last so many days in whole buckets, and the same stretch before.

A stretch of ``7d`` that ends at an instant begins six whole days before the day of that instant, so that every bucket of a
chart but the last is full. It is compared with the same stretch one length earlier, the part of the last bucket included:
a Tuesday morning stands beside a Tuesday morning, never beside a whole day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY, HOUR, MINUTE, Micros
from tandem.observe.metrics.types import Grain

__all__ = ["ALL", "Period", "grain_for", "period_of", "period_starts", "span_of"]

ALL: Final = "all"
_SPAN = re.compile(r"([1-9][0-9]{0,2})([hd])")
_UNITS: Final = {"h": HOUR, "d": DAY}
_STEPS: Final[dict[Grain, int]] = {"minute": MINUTE, "hour": HOUR, "day": DAY, "week": 7 * DAY}
_WEEK_SHIFT: Final = 3 * DAY
"""1970 began on a Thursday; weeks begin on Monday."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_STARTS_MAX: Final = 2_000
_FINEST: Final[Sequence[tuple[int, Grain]]] = (
    (2 * HOUR, "minute"),
    (2 * DAY, "hour"),
    (92 * DAY, "day"),
    (2 * 366 * DAY, "week"),
)


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of time in buckets, and the one before; ``start`` is included, ``end`` is not."""

    start: Micros
    end: Micros
    grain: Grain
    before: tuple[Micros, Micros] | None = None


def span_of(text: str) -> int | None:
    """The length of ``24h``, ``7d`` ... in microseconds; None for ``all``.

    Raises:
        InvalidInput: neither.
    """
    if text == ALL:
        return None
    found = _SPAN.fullmatch(text)
    if found is None:
        raise InvalidInput(
            "A range is a number of hours or days, or all.",
            code="invalid_range",
            field="range",
            value=text,
            hint="24h, 7d, 30d, all",
        )
    return int(found[1]) * _UNITS[found[2]]


def grain_for(span: int) -> Grain:
    """The bucket that shows ``span`` microseconds in at most some hundred pieces."""
    return next((grain for longest, grain in _FINEST if span <= longest), "month")


def period_of(end: Micros, span: int, grain: Grain | None = None) -> Period:
    """The stretch of ``span`` that ends with ``end``, from the beginning of a bucket on."""
    grain = grain or grain_for(span)
    start = end - span
    step = _STEPS.get(grain)
    if step is not None and step <= span:
        start = _floor(end, step) + step - span
    return Period(start=Micros(start), end=end, grain=grain, before=(Micros(start - span), Micros(end - span)))


def period_starts(start: Micros, end: Micros, grain: Grain) -> list[Micros]:
    """The beginning of every bucket of the stretch, as ``date_trunc`` gives them; at most 2,000."""
    step = _STEPS.get(grain)
    if step is not None:
        first = _floor(start, step)
        return [Micros(at) for at in range(first, end, step)][:_STARTS_MAX]
    months = {"month": 1, "quarter": 3, "year": 12}[grain]
    moment = _EPOCH + timedelta(microseconds=start)
    index = (moment.year * 12 + moment.month - 1) // months * months
    found: list[Micros] = []
    while len(found) < _STARTS_MAX:
        at = datetime(index // 12, index % 12 + 1, 1, tzinfo=UTC)
        micros = Micros((at - _EPOCH) // timedelta(microseconds=1))
        if micros >= end:
            break
        found.append(micros)
        index += months
    return found


def _floor(at: int, step: int) -> int:
    shift = _WEEK_SHIFT if step == _STEPS["week"] else 0
    return (at + shift) // step * step - shift
