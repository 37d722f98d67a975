"""The debtor's clock: which local day and hour an instant is, exactly, over midnights and changes to summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from tandem.kernel.time import SECOND, Micros

__all__ = ["begins", "day_of", "hours_hold", "open_again"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO: Final = timedelta(microseconds=1)


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _local(at: Micros, zone: str) -> datetime:
    second, micros = divmod(at, SECOND)
    return datetime.fromtimestamp(second, _zone(zone)).replace(microsecond=micros)


@lru_cache(maxsize=65_536)
def _day_of_second(second: int, zone: str) -> date:
    return datetime.fromtimestamp(second, _zone(zone)).date()


def day_of(at: Micros, zone: str) -> date:
    """The local calendar day of ``at``."""
    return _day_of_second(at // SECOND, zone)


def begins(day: date, zone: str, clock: time = time()) -> Micros:
    """The first instant at which the local clock shows ``clock`` or later on ``day``; where it is skipped, what comes next."""
    return Micros((datetime.combine(day, clock, tzinfo=_zone(zone)).astimezone(UTC) - _EPOCH) // _MICRO)


def hours_hold(at: Micros, zone: str, starts: str, ends: str) -> bool:
    """Whether the local clock is in the hours from ``starts`` (in) until ``ends`` (out), over midnight where they are so."""
    now, first, last = _local(at, zone).time(), time.fromisoformat(starts), time.fromisoformat(ends)
    return first <= now < last if first < last else now >= first or now < last


def open_again(at: Micros, zone: str, ends: str) -> Micros:
    """The next instant at which the local clock reaches ``ends``, the end of hours that ``at`` lies in."""
    today, clock = day_of(at, zone), time.fromisoformat(ends)
    found = begins(today, zone, clock)
    return found if found > at else begins(today + timedelta(days=1), zone, clock)
