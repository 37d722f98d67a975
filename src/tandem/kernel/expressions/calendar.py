"""Calendar arithmetic on whole days and microseconds, proleptic Gregorian, years 1 to 9999.

An instant or date outside those years has no parts: every function gives None for it, as a database would refuse it.
"""

from __future__ import annotations

import re
from datetime import date

from tandem.kernel.expressions.limits import DATE_MAX, DATE_MIN, TIMESTAMP_MAX, TIMESTAMP_MIN
from tandem.kernel.time import DAY, HOUR, MINUTE, SECOND

__all__ = [
    "add_months_date",
    "add_months_timestamp",
    "date_part",
    "date_to_text",
    "movable_dates",
    "text_to_date",
    "text_to_timestamp",
    "timestamp_part",
    "timestamp_to_text",
    "truncate_date",
    "truncate_timestamp",
]

_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_DATE_TEXT = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_TIME_TEXT = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(\.[0-9]{1,6})?")
_MONTHS = 9999 * 12
_STEPS = {"day": DAY, "hour": HOUR, "minute": MINUTE, "second": SECOND}


def _day(days: int) -> date | None:
    return date.fromordinal(days + _EPOCH_ORDINAL) if DATE_MIN <= days <= DATE_MAX else None


def _days(day: date) -> int:
    return day.toordinal() - _EPOCH_ORDINAL


def date_part(days: int, part: str) -> int | None:
    """``year``, ``quarter``, ``month``, ``day``, ``dow`` (Sunday 0), ``isodow`` (Monday 1) or ``doy`` of a date."""
    day = _day(days)
    if day is None:
        return None
    match part:
        case "year":
            return day.year
        case "quarter":
            return (day.month + 2) // 3
        case "month":
            return day.month
        case "day":
            return day.day
        case "dow":
            return day.isoweekday() % 7
        case "isodow":
            return day.isoweekday()
        case _:
            return day.timetuple().tm_yday


def timestamp_part(instant: int, part: str) -> int | None:
    """A part of an instant in UTC: those of a date, and ``hour``, ``minute``, ``second`` (whole)."""
    if not TIMESTAMP_MIN <= instant <= TIMESTAMP_MAX:
        return None
    match part:
        case "hour":
            return instant % DAY // HOUR
        case "minute":
            return instant % HOUR // MINUTE
        case "second":
            return instant % MINUTE // SECOND
        case _:
            return date_part(instant // DAY, part)


def truncate_date(days: int, unit: str) -> int | None:
    """The first day of the ``year``, ``quarter``, ``month`` or ISO ``week`` (Monday) that holds the date."""
    day = _day(days)
    if day is None:
        return None
    match unit:
        case "year":
            return _days(day.replace(month=1, day=1))
        case "quarter":
            return _days(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1))
        case "month":
            return _days(day.replace(day=1))
        case "week":
            return days - day.weekday()
        case _:
            return days


def truncate_timestamp(instant: int, unit: str) -> int | None:
    """The beginning, in UTC, of the unit that holds the instant."""
    if not TIMESTAMP_MIN <= instant <= TIMESTAMP_MAX:
        return None
    step = _STEPS.get(unit)
    if step is not None:
        return instant // step * step
    days = truncate_date(instant // DAY, unit)
    return None if days is None else days * DAY


def add_months_date(days: int, months: int) -> int | None:
    """The date ``months`` later; a day the month does not have becomes its last."""
    day = _day(days)
    if day is None:
        return None
    index = (day.year - 1) * 12 + day.month - 1 + months
    if not 0 <= index < _MONTHS:
        return None
    first = _month_start(index)
    length = 31 if index == _MONTHS - 1 else _month_start(index + 1) - first
    return first + min(day.day, length) - 1


def add_months_timestamp(instant: int, months: int) -> int | None:
    """The instant ``months`` later at the same time of day."""
    days = add_months_date(instant // DAY, months)
    return None if days is None else days * DAY + instant % DAY


def movable_dates(months: int, days: int) -> tuple[int, int]:
    """First and last date that stays within years 1 to 9999 when moved by an interval; first > last if none does."""
    if not months:
        return max(DATE_MIN, DATE_MIN - days), min(DATE_MAX, DATE_MAX - days)
    first, last = max(0, -months), min(_MONTHS - 1, _MONTHS - 1 - months)
    if first > last:
        return DATE_MAX, DATE_MIN
    return _month_start(first), (DATE_MAX if last == _MONTHS - 1 else _month_start(last + 1) - 1)


def _month_start(index: int) -> int:
    return _days(date(index // 12 + 1, index % 12 + 1, 1))


def date_to_text(days: int) -> str | None:
    """``2026-11-24``."""
    day = _day(days)
    return None if day is None else day.isoformat()


def timestamp_to_text(instant: int) -> str | None:
    """``2026-11-24 06:38:00.000000``: always six digits of a second."""
    day = date_to_text(instant // DAY)
    if day is None:
        return None
    time = instant % DAY
    return f"{day} {time // HOUR:02}:{time % HOUR // MINUTE:02}:{time % MINUTE // SECOND:02}.{time % SECOND:06}"


def text_to_date(text: str) -> int | None:
    """``2026-11-24`` and nothing else, as days."""
    match = _DATE_TEXT.fullmatch(text)
    if match is None:
        return None
    try:
        return _days(date(int(match[1]), int(match[2]), int(match[3])))
    except ValueError:
        return None


def text_to_timestamp(text: str) -> int | None:
    """``2026-11-24 06:38:00[.ffffff]`` (or with T) and nothing else, as microseconds UTC."""
    days = text_to_date(text[:10])
    time = _TIME_TEXT.fullmatch(text[11:])
    if days is None or time is None or text[10] not in " T":
        return None
    micros = int((time[4] or ".")[1:].ljust(6, "0"))
    return days * DAY + int(time[1]) * HOUR + int(time[2]) * MINUTE + int(time[3]) * SECOND + micros
