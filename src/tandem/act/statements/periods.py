"""The months that an account has statements of. Pure."""

from __future__ import annotations

from tandem.act.products import Day
from tandem.kernel.time import date_to_days, days_to_date

__all__ = ["months_of"]


def months_of(opened: Day, today: Day) -> list[tuple[Day, Day]]:
    """Each calendar month from the day of opening to today, the newest first: its first and its last day, both included.

    The first begins with the opening, and the newest ends today, if its month does not end before.
    """
    found: list[tuple[Day, Day]] = []
    last = today
    while last >= opened:
        first = date_to_days(days_to_date(last).replace(day=1))
        found.append((max(first, opened), last))
        last = first - 1
    return found
