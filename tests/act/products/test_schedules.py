"""Schedules to the minor unit, held against numpy-financial, which knows nothing of us."""

from __future__ import annotations

import itertools
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.loans_beside import differing, random_loan
from tandem.act.products import ScheduleRule, scheduled
from tandem.kernel.time import date_to_days

START = date_to_days(date(2026, 1, 31))
METHODS = ("equal_instalment", "equal_principal", "bullet")


def test_a_year_of_equal_instalments():
    rule = ScheduleRule(method="equal_instalment")
    found = scheduled(rule, principal_minor=1_200_000, rate_bps=1_200, start=START, count=12)
    assert {one.amount_minor for one in found[:-1]} == {106_619}
    assert found[-1].amount_minor == 106_614  # what rounding left over
    assert found[0].interest_minor == 12_000


def test_equal_principal_leaves_what_does_not_divide_to_the_last():
    rule = ScheduleRule(method="equal_principal")
    found = scheduled(rule, principal_minor=100_001, rate_bps=0, start=START, count=3)
    assert [one.principal_minor for one in found] == [33_333, 33_333, 33_335]


def test_a_bullet_pays_interest_each_time_and_the_principal_at_the_end():
    found = scheduled(ScheduleRule(method="bullet"), principal_minor=100_000, rate_bps=1_200, start=START, count=3)
    assert [(one.principal_minor, one.interest_minor) for one in found] == [(0, 1_000), (0, 1_000), (100_000, 1_000)]


def test_a_declining_schedule_repays_a_part_of_what_is_left_and_the_rest_at_the_end():
    rule = ScheduleRule(method="declining", part_bps=1_000)
    found = scheduled(rule, principal_minor=100_000, rate_bps=1_200, start=START, count=3)
    assert [(one.principal_minor, one.interest_minor) for one in found] == [
        (10_000, 1_000),
        (9_000, 900),
        (81_000, 810),
    ]


def test_fees_come_with_every_instalment_and_the_opening_one_with_the_first():
    found = scheduled(
        ScheduleRule(method="equal_principal"),
        principal_minor=100_000, rate_bps=0, start=START, count=3, fee_minor=500, opening_fee_minor=1_000,
    )  # fmt: skip
    assert [one.fee_minor for one in found] == [1_500, 500, 500]


@settings(max_examples=300, deadline=None)
@given(
    method=st.sampled_from([*METHODS, "declining"]),
    part=st.integers(1, 10_000),
    principal=st.integers(1, 10**12),
    rate=st.integers(0, 10_000),
    count=st.integers(1, 120),
    day_count=st.sampled_from(["periods", "actual_365", "actual_360", "thirty_360"]),
    due_day=st.one_of(st.none(), st.integers(1, 31)),
    start=st.integers(date_to_days(date(2020, 1, 1)), date_to_days(date(2030, 1, 1))),
)
def test_a_schedule_repays_exactly_what_was_lent_and_nothing_in_it_is_below_zero(
    method, part, principal, rate, count, day_count, due_day, start
):
    rule = ScheduleRule(
        method=method, part_bps=part if method == "declining" else None, day_count=day_count, due_day=due_day,
        first_after_days=20 if due_day else 0,
    )  # fmt: skip
    found = scheduled(rule, principal_minor=principal, rate_bps=rate, start=start, count=count)
    assert sum(one.principal_minor for one in found) == principal
    assert all(one.principal_minor >= 0 and one.interest_minor >= 0 for one in found)
    assert [one.number for one in found] == list(range(1, count + 1))
    assert all(one.span.starts < one.span.until for one in found)
    assert all(one.span.until == after.span.starts for one, after in itertools.pairwise(found))


@pytest.mark.parametrize("method", METHODS)
def test_two_thousand_random_loans_are_what_numpy_financial_says(method):
    rng = random.Random(7)
    assert [loan for loan in (random_loan(rng, method) for _ in range(700)) if differing(loan)] == []
