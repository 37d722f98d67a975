"""Due dates: no drift at short months, business days as QuantLib has them, and the first date to a fixed day."""

from __future__ import annotations

from datetime import date

import pytest
import QuantLib
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.act.products import ScheduleRule, business_days, rolled, spans
from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import date_to_days, days_to_date

YEARS = st.integers(date_to_days(date(2015, 1, 1)), date_to_days(date(2030, 12, 31)))


def days(rule, start, count):
    return [days_to_date(one.due).isoformat() for one in spans(rule, date_to_days(date.fromisoformat(start)), count)]


def test_a_short_month_has_its_last_day_and_shifts_none_after_it():
    found = days(ScheduleRule(method="bullet"), "2026-01-31", 4)
    assert found == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


def test_a_fixed_day_leaves_time_before_the_first_instalment():
    rule = ScheduleRule(method="bullet", due_day=10, first_after_days=20)
    assert days(rule, "2026-01-05", 2) == ["2026-02-10", "2026-03-10"]  # the 10th of January is only five days away
    assert days(rule, "2026-01-15", 2) == ["2026-02-10", "2026-03-10"]


def test_a_first_period_to_a_fixed_day_is_counted_by_its_days():
    rule = ScheduleRule(method="bullet", due_day=10, first_after_days=20)
    whole, stub = spans(rule, date_to_days(date(2026, 1, 10)), 1), spans(rule, date_to_days(date(2026, 1, 5)), 1)
    assert (whole[0].whole, stub[0].whole) == (True, False)


def test_weeks_and_fortnights():
    assert days(ScheduleRule(method="bullet", every="week"), "2026-01-01", 2) == ["2026-01-08", "2026-01-15"]
    assert days(ScheduleRule(method="bullet", every="fortnight"), "2026-01-01", 2) == ["2026-01-15", "2026-01-29"]


def test_the_spring_festival_and_its_working_saturdays():
    works = business_days("CN")
    assert not works(date_to_days(date(2025, 1, 29)))
    assert works(date_to_days(date(2025, 1, 26)))  # a Sunday on which China worked
    rule = ScheduleRule(method="bullet", roll="following", calendar="CN", due_day=29, first_after_days=5)
    (one,) = spans(rule, date_to_days(date(2025, 1, 2)), 1)
    assert days_to_date(one.until) == date(2025, 1, 29)  # interest is counted to here
    assert days_to_date(one.due) == date(2025, 2, 5)


@settings(max_examples=400, deadline=None)
@given(day=YEARS, roll=st.sampled_from(["following", "modified_following", "preceding"]))
def test_rolling_is_what_quantlib_does_with_the_european_calendar(day, roll):
    theirs = {
        "following": QuantLib.Following, "modified_following": QuantLib.ModifiedFollowing, "preceding": QuantLib.Preceding,
    }[roll]  # fmt: skip
    moment = days_to_date(day)
    found = QuantLib.TARGET().adjust(QuantLib.Date(moment.day, moment.month, moment.year), theirs)
    assert rolled(day, roll, business_days("ECB")) == date_to_days(date.fromisoformat(found.ISO()))


def test_a_calendar_that_is_none_is_named():
    with pytest.raises(DefinitionError, match=r"No calendar has this name.*value: Atlantis"):
        business_days("Atlantis")
