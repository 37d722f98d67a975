"""How much of a year a stretch of days is, as an exact fraction.

``thirty_360`` is the Eurobond basis (30E/360): the 31st counts as the 30th. ``periods`` counts a whole month as a twelfth
of a year, a whole week as 7 days of 365, and what is not whole by 30E/360, or by days of 365 where periods are weeks.
"""

from __future__ import annotations

from tandem.act.products.calendars import Day
from tandem.act.products.due_dates import Span
from tandem.act.products.types import ScheduleRule
from tandem.kernel.time import days_to_date

__all__ = ["part_of_year", "part_until"]


def part_of_year(rule: ScheduleRule, span: Span) -> tuple[int, int]:
    """The part of a year that interest is counted for in ``span``: numerator and denominator."""
    if rule.day_count == "actual_365":
        return span.until - span.starts, 365
    if rule.day_count == "actual_360":
        return span.until - span.starts, 360
    if rule.day_count == "thirty_360":
        return _thirty(span.starts, span.until), 360
    if rule.every != "month":
        return span.until - span.starts, 365
    return (1, 12) if span.whole else (_thirty(span.starts, span.until), 360)


def part_until(rule: ScheduleRule, span: Span, day: Day) -> tuple[int, int]:
    """As ``part_of_year``, from the start of ``span`` to ``day`` within it; never more than the whole."""
    if day <= span.starts:
        return 0, 1
    whole = part_of_year(rule, span)
    if day >= span.until:
        return whole
    part = part_of_year(rule, Span(span.starts, day, day, whole=False))
    return part if part[0] * whole[1] < whole[0] * part[1] else whole


def _thirty(start: Day, end: Day) -> int:
    first, last = days_to_date(start), days_to_date(end)
    days = min(last.day, 30) - min(first.day, 30)
    return 360 * (last.year - first.year) + 30 * (last.month - first.month) + days
