"""Parts of a year as QuantLib counts them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import QuantLib
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.act.products import ScheduleRule, Span, part_of_year, part_until
from tandem.kernel.time import date_to_days, days_to_date

THEIRS = {
    "actual_365": QuantLib.Actual365Fixed(),
    "actual_360": QuantLib.Actual360(),
    "thirty_360": QuantLib.Thirty360(QuantLib.Thirty360.EurobondBasis),
}
DAYS = st.integers(date_to_days(date(2015, 1, 1)), date_to_days(date(2035, 12, 31)))


def moment(day):
    found = days_to_date(day)
    return QuantLib.Date(found.day, found.month, found.year)


@settings(max_examples=400, deadline=None)
@given(day_count=st.sampled_from(sorted(THEIRS)), start=DAYS, length=st.integers(1, 400))
def test_a_part_of_a_year_is_what_quantlib_says(day_count, start, length):
    part, whole = part_of_year(ScheduleRule(method="bullet", day_count=day_count), Span(start, start + length, 0))
    theirs = THEIRS[day_count].yearFraction(moment(start), moment(start + length))
    assert abs(part / whole - theirs) < 1e-12


def test_a_whole_month_is_a_twelfth_whatever_its_days():
    rule = ScheduleRule(method="bullet")
    february = Span(date_to_days(date(2026, 2, 1)), date_to_days(date(2026, 3, 1)), 0)
    assert part_of_year(rule, february) == (1, 12)


@settings(max_examples=300, deadline=None)
@given(
    day_count=st.sampled_from([*sorted(THEIRS), "periods"]),
    start=DAYS, length=st.integers(1, 62), first=st.integers(0, 70), more=st.integers(0, 70),
)  # fmt: skip
def test_time_within_a_period_only_grows_and_ends_at_the_whole(day_count, start, length, first, more):
    rule = ScheduleRule(method="bullet", day_count=day_count)
    span = Span(start, start + length, start + length)
    parts = [Fraction(*part_until(rule, span, start + days)) for days in (0, first, first + more, 1_000)]
    assert parts == sorted(parts)
    assert parts[0] == 0
    assert parts[-1] == Fraction(*part_of_year(rule, span))
