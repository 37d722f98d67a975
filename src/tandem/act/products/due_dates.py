"""When instalments are due. Each date is counted from the first one, so a short month shifts none after it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

import msgspec

from tandem.act.products.calendars import Day, business_days, rolled
from tandem.act.products.types import ScheduleRule
from tandem.kernel.time import date_to_days, days_to_date

__all__ = ["Span", "months_later", "spans"]

_DAYS: Final = {"week": 7, "fortnight": 14}


class Span(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The time of one instalment.

    Attributes:
        starts: the first day that is not yet paid for.
        until: the day to which interest is counted.
        due: when it has to be paid: ``until``, or the business day in its place.
        whole: whether it is a whole period; a first one to a fixed day may not be.
    """

    starts: Day
    until: Day
    due: Day
    whole: bool = True


def spans(rule: ScheduleRule, start: Day, count: int) -> tuple[Span, ...]:
    """The times of ``count`` instalments of a draw on day ``start``."""
    works = None if rule.calendar is None or rule.roll == "none" else business_days(rule.calendar)
    first_whole = True
    if rule.every != "month":
        ends = [start + _DAYS[rule.every] * number for number in range(1, count + 1)]
    elif rule.due_day is None:
        ends = [months_later(start, number) for number in range(1, count + 1)]
    else:
        anchor, ends = _on_day(start, rule.due_day, max(rule.first_after_days, 1), count)
        first_whole = anchor == start
    found, before = [], start
    for number, end in enumerate(ends):
        found.append(Span(before, end, rolled(end, rule.roll, works), first_whole or number > 0))
        before = end
    return tuple(found)


def months_later(day: Day, months: int, day_of_month: int | None = None) -> Day:
    """The same day of the month, or ``day_of_month``, so many months later; the last one of a month that is too short."""
    moment = days_to_date(day)
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    wanted = moment.day if day_of_month is None else day_of_month
    return date_to_days(date(year, month + 1, min(wanted, monthrange(year, month + 1)[1])))


def _on_day(start: Day, due_day: int, after: int, count: int) -> tuple[Day, list[Day]]:
    """The due dates on ``due_day``, and the date a period before the first of them."""
    skipped = next(number for number in range(4) if months_later(start, number, due_day) >= start + after)
    ends = [months_later(start, skipped + number, due_day) for number in range(count)]
    return months_later(start, skipped - 1, due_day), ends
