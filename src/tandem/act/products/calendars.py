"""Business days, and where a due date goes that is none.

The days themselves are public knowledge that changes each year; they come from the ``holidays`` library, which also
knows the Chinese working weekends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from tandem.act.products.types import Roll
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.time import days_to_date

__all__ = ["Day", "business_days", "rolled"]

Day = int
"""Days since 1970-01-01."""

_FINANCIAL: Final = {"ECB": "XECB"}
_FURTHEST: Final = 60
"""No calendar closes for so many days in a row."""


@lru_cache(maxsize=32)
def business_days(calendar: str) -> Callable[[Day], bool]:
    """Whether a day is a business day in ``calendar``: a country's two letters, or ``ECB``.

    Raises:
        DefinitionError: no such calendar.
    """
    import holidays  # many calendars, and most products roll nothing

    try:
        known = (
            holidays.financial_holidays(_FINANCIAL[calendar])
            if calendar in _FINANCIAL
            else holidays.country_holidays(calendar)
        )
    except NotImplementedError:  # what the library raises for a place it does not know
        raise DefinitionError(
            "No calendar has this name.",
            code="unknown_calendar",
            field="schedule.calendar",
            value=calendar,
            hint=near_match(calendar, [*_FINANCIAL, *holidays.list_supported_countries(include_aliases=False)])
            or "a country's two letters, such as CN, or ECB",
        ) from None

    @lru_cache(maxsize=20_000)
    def works(day: Day) -> bool:
        return known.is_working_day(days_to_date(day))

    return works


def rolled(day: Day, roll: Roll, works: Callable[[Day], bool] | None) -> Day:
    """``day``, or the business day that ``roll`` puts in its place.

    ``modified_following`` stays within the month: it goes back where the next business day is in another one.
    """
    if roll == "none" or works is None:
        return day
    if roll == "preceding":
        return _next(day, -1, works)
    following = _next(day, 1, works)
    if roll == "modified_following" and days_to_date(following).month != days_to_date(day).month:
        return _next(day, -1, works)
    return following


def _next(day: Day, step: int, works: Callable[[Day], bool]) -> Day:
    for away in range(_FURTHEST):
        if works(day + step * away):
            return day + step * away
    raise DefinitionError("This calendar has no business day.", code="no_business_day", field="schedule.calendar")
