"""Time, through one door.

Inside Tandem an instant is ``Micros``: whole microseconds since 1970-01-01T00:00:00 UTC, an ``int``. It sorts, it is
exact, it is what the feature kernel and Arrow use, and no local time can hide in it. *Event time* (``occurred_at``) is
when something happened; *processing time* (``received_at``) is when we learned it. They have the same type and are
never mixed: the field name says which it is. Code that needs "now" takes a ``Clock``; nothing else may ask the
operating system.
"""

from __future__ import annotations

import re
import time as _time
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NewType, Protocol

from tandem.kernel.errors import InvalidInput

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "SECOND",
    "Clock",
    "FixedClock",
    "Micros",
    "SystemClock",
    "date_to_days",
    "days_to_date",
    "format_instant",
    "parse_date",
    "parse_duration",
    "parse_instant",
]

Micros = NewType("Micros", int)

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DATE = date(1970, 1, 1)
_DURATION = re.compile(r"^(\d+)\s*(us|ms|s|m|min|h|d|w)$")
_DURATION_UNIT = {
    "us": 1,
    "ms": 1000,
    "s": SECOND,
    "m": MINUTE,
    "min": MINUTE,
    "h": HOUR,
    "d": DAY,
    "w": 7 * DAY,
}


class Clock(Protocol):
    """Where the present comes from."""

    def now(self) -> Micros:
        """The present instant."""
        ...

    def monotonic_ns(self) -> int:
        """Nanoseconds of a counter that never goes back; for durations only."""
        ...


class SystemClock:
    """The operating system's clock."""

    def now(self) -> Micros:
        return Micros(_time.time_ns() // 1000)

    def monotonic_ns(self) -> int:
        return _time.perf_counter_ns()


class FixedClock:
    """A clock that moves only when told: for tests, replay and simulation."""

    def __init__(self, now: Micros) -> None:
        self._now = now

    def now(self) -> Micros:
        return self._now

    def monotonic_ns(self) -> int:
        return self._now * 1000

    def advance(self, by: int) -> None:
        """Move forward by ``by`` microseconds."""
        self._now = Micros(self._now + by)

    def set(self, now: Micros) -> None:
        """Jump to ``now``."""
        self._now = now


def parse_instant(text: str) -> Micros:
    """``2026-11-24T06:38:00Z`` (RFC 3339, an offset is required; a bare date is midnight UTC) as ``Micros``.

    Raises:
        InvalidInput: not an instant, or one without an offset.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            "Not an instant in RFC 3339 form.", code="invalid_instant", value=text, hint="write 2026-11-24T06:38:00Z"
        ) from None
    if moment.tzinfo is None:
        if len(text) == len("2026-11-24"):
            moment = moment.replace(tzinfo=UTC)
        else:
            raise InvalidInput(
                "An instant needs an offset from UTC.",
                code="instant_without_offset",
                value=text,
                hint="append Z for UTC, or an offset such as +08:00",
            )
    since = moment - _EPOCH
    return Micros((since.days * 86_400 + since.seconds) * SECOND + since.microseconds)


def format_instant(instant: Micros) -> str:
    """``instant`` in RFC 3339 form, in UTC, with microseconds only where there are any."""
    second, micros = divmod(instant, SECOND)
    return f"{_second(second)}.{micros:06d}Z" if micros else f"{_second(second)}Z"


@lru_cache(maxsize=1024)  # a decision tells three instants, nearly all of them of the same few seconds
def _second(second: int) -> str:
    return (_EPOCH + timedelta(seconds=second)).isoformat().removesuffix("+00:00")


def parse_date(text: str) -> int:
    """``2026-11-24`` as days since 1970-01-01.

    Raises:
        InvalidInput: not a calendar date.
    """
    try:
        return date_to_days(date.fromisoformat(text))
    except ValueError:
        raise InvalidInput("Not a calendar date.", code="invalid_date", value=text, hint="write 2026-11-24") from None


def date_to_days(day: date) -> int:
    """Days from 1970-01-01 to ``day``."""
    return (day - _EPOCH_DATE).days


def days_to_date(days: int) -> date:
    """The calendar date ``days`` after 1970-01-01."""
    return _EPOCH_DATE + timedelta(days=days)


def parse_duration(text: str) -> int:
    """``10m``, ``1h``, ``30d`` ... as microseconds. Units: us ms s m (min) h d w.

    Raises:
        InvalidInput: not a whole number followed by a known unit.
    """
    match = _DURATION.match(text.strip())
    if match is None:
        raise InvalidInput(
            "Not a duration.", code="invalid_duration", value=text, hint="write a whole number and a unit: 10m, 1h, 30d"
        )
    return int(match[1]) * _DURATION_UNIT[match[2]]
