"""The months that an account has statements of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.act.statements import months_of
from tandem.kernel.time import date_to_days, days_to_date


def days(*texts):
    return tuple(date_to_days(date.fromisoformat(one)) for one in texts)


@pytest.mark.parametrize(
    ("opened", "today", "months"),
    [
        ("2026-03-15", "2026-03-15", [("2026-03-15", "2026-03-15")]),
        ("2026-01-31", "2026-02-01", [("2026-02-01", "2026-02-01"), ("2026-01-31", "2026-01-31")]),
        (
            "2025-12-10",
            "2026-02-28",
            [("2026-02-01", "2026-02-28"), ("2026-01-01", "2026-01-31"), ("2025-12-10", "2025-12-31")],
        ),
    ],
)
def test_months_are_the_calendars_from_the_opening_to_today(opened, today, months):
    assert months_of(*days(opened, today)) == [days(*month) for month in months]


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 3_000))
def test_every_day_is_in_one_month_and_none_twice(opened, age):
    start = date_to_days(opened)
    months = months_of(start, start + age)[::-1]
    assert [day for since, until in months for day in range(since, until + 1)] == list(range(start, start + age + 1))
    assert all(days_to_date(since).month == days_to_date(until).month for since, until in months)
