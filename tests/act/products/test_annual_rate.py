"""The yearly rate, fees in, beside pyxirr and beside numbers that can be checked by hand."""

from __future__ import annotations

from datetime import date

import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.act.products import ScheduleRule, cost_table, scheduled, yearly_bps
from tandem.kernel.time import date_to_days, days_to_date

START = date_to_days(date(2026, 3, 15))
RULE = ScheduleRule(method="equal_instalment")


def test_without_fees_twelve_times_the_monthly_rate_is_the_rate():
    costs = cost_table(RULE, scheduled(RULE, principal_minor=10_000_000, rate_bps=1_800, start=START, count=12))
    assert costs.nominal_bps == pytest.approx(1_800, abs=0.01)
    assert costs.effective_bps == pytest.approx((1.015**12 - 1) * 10_000, abs=0.01)


def test_a_fee_of_half_a_per_cent_a_month_is_nearly_eleven_per_cent_a_year():
    rule = ScheduleRule(method="equal_principal")
    found = scheduled(rule, principal_minor=1_200_000, rate_bps=0, start=START, count=12, fee_minor=6_000)
    assert cost_table(rule, found).nominal_bps == pytest.approx(1_090, abs=1)


def test_what_costs_nothing_is_no_rate():
    found = scheduled(RULE, principal_minor=1_200, rate_bps=0, start=START, count=12)
    assert cost_table(RULE, found).effective_bps == 0


@settings(max_examples=200, deadline=None)
@given(
    method=st.sampled_from(["equal_instalment", "equal_principal", "bullet"]),
    principal=st.integers(100_000, 10**9), rate=st.integers(1, 3_600), count=st.integers(1, 60),
    fee=st.integers(0, 100), opening=st.integers(0, 500),
)  # fmt: skip
def test_by_days_it_is_what_pyxirr_finds(method, principal, rate, count, fee, opening):
    rule = ScheduleRule(method=method)
    found = scheduled(
        rule, principal_minor=principal, rate_bps=rate, start=START, count=count,
        fee_minor=principal * fee // 10_000, opening_fee_minor=principal * opening // 10_000,
    )  # fmt: skip
    dates = [days_to_date(START), *(days_to_date(one.due) for one in found)]
    theirs = pyxirr.xirr(dates, [principal, *(-one.amount_minor for one in found)])
    assert yearly_bps(rule, found, "effective", "days") == pytest.approx(theirs * 10_000, abs=0.01)
