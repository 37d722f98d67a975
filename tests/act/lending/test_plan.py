"""A plan: what is owed on a day, what a payment meets, and that whatever happens money is conserved."""

from __future__ import annotations

import msgspec
import pytest
from day_by_day import DayByDay
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.act.lending import (
    NEVER,
    NotOwed,
    OutOfOrder,
    Paid,
    Plan,
    PlanTerms,
    Refunded,
    Rescheduled,
    Returned,
    Waived,
    WrittenOff,
    replayed,
)
from tandem.act.products import ScheduleRule, scheduled

START = 20_000
MONTHLY = ScheduleRule(method="equal_principal", every="fortnight")
"""Fortnights, so that a due date is easily counted."""


def terms(principal=300_000, rate=2_607, count=3, rule=MONTHLY, fee=0, **more):
    instalments = scheduled(rule, principal_minor=principal, rate_bps=rate, start=START, count=count, fee_minor=fee)
    return PlanTerms(
        principal_minor=principal, drawn_on=START, rate_bps=rate, rule=rule, instalments=instalments, **more
    )


def drawn(**given):
    return Plan.drawn(terms(**given))


def parts(owed):
    return owed.fee, owed.penalty, owed.interest, owed.principal


def test_before_the_first_due_date_nothing_is_due():
    owed = drawn().owed(START + 13)
    assert (owed.due, owed.to_come, owed.days_past_due) == (0, 300_000, 0)
    assert (owed.next_due, owed.next_minor) == (START + 14, 103_000)


def test_on_the_due_date_it_is_due_and_a_day_later_it_is_late():
    plan = drawn()
    assert parts(plan.owed(START + 14)) == (0, 0, 3_000, 100_000)
    assert plan.owed(START + 14).days_past_due == 0
    assert plan.owed(START + 15).days_past_due == 1


def test_a_payment_meets_the_oldest_instalment_first_in_the_agreed_order():
    plan = drawn(fee=500)
    plan.apply(Paid(day=START + 28, amount_minor=3_600))
    assert parts(plan.owed(START + 28)) == (500, 0, 2_000, 199_900)
    assert plan.owed(START + 28).days_past_due == 14


def test_what_is_paid_before_it_is_due_waits_and_meets_it_then():
    plan = drawn()
    plan.apply(Paid(day=START + 5, amount_minor=103_000))
    assert plan.totals.waiting == 103_000
    assert plan.owed(START + 5).next_minor == 0
    assert plan.oldest_due() == START + 28
    assert plan.on(START + 14).totals.principal_paid == 100_000
    assert plan.owed(START + 20).days_past_due == 0


def test_grace_costs_nothing_and_after_it_the_days_count_from_the_due_date():
    plan = drawn(overdue_bps_per_day=5, grace_days=3)
    assert plan.owed(START + 17).penalty == 0
    assert plan.owed(START + 18).penalty == 200  # 100,000 x 4 days x 5 / 10,000


def test_a_penalty_is_rounded_once_however_often_it_is_looked_at_or_paid():
    plan = drawn(principal=999, count=3, rate=0, overdue_bps_per_day=5)
    for day in range(15, 28):
        plan = plan.on(START + day)
    assert plan.owed(START + 27).penalty == drawn(principal=999, count=3, rate=0, overdue_bps_per_day=5).owed(
        START + 27
    ).penalty  # fmt: skip


def test_paying_everything_early_costs_the_interest_so_far_and_the_fee():
    plan = drawn(early_fee_bps=100)
    owed = plan.owed(START + 7)
    assert owed.payoff == 300_000 + 1_500 + 3_000
    plan.apply(Paid(day=START + 7, amount_minor=owed.payoff, early=True))
    assert plan.closed
    assert (plan.totals.interest_paid, plan.totals.fee_paid, plan.totals.waiting) == (1_500, 3_000, 0)


def test_what_is_over_before_a_holiday_and_not_yet_due_costs_no_early_fee():
    rule = ScheduleRule(method="bullet", every="week", roll="following", calendar="CN")
    friday = next(day for day in range(START + 21, START + 28) if (day + 3) % 7 == 4)
    instalments = scheduled(rule, principal_minor=1_000, rate_bps=0, start=friday + 1, count=1)
    plan = Plan.drawn(
        PlanTerms(
            principal_minor=1_000,
            drawn_on=friday + 1,
            rate_bps=0,
            rule=rule,
            instalments=instalments,
            early_fee_bps=100,
        )
    )
    assert (instalments[0].span.until, instalments[0].due) == (friday + 8, friday + 10)  # a Saturday, put off to Monday
    assert plan.owed(friday + 7).payoff == 1_010
    assert plan.owed(friday + 8).payoff == 1_000
    plan.apply(Paid(day=friday + 8, amount_minor=1_000, early=True))
    assert (plan.closed, plan.totals.waiting) == (True, 0)


@pytest.mark.parametrize(("fees_to_come", "paid"), [(False, 500), (True, 1_500)])
def test_fees_of_periods_that_have_not_begun_are_waived_or_due_as_agreed(fees_to_come, paid):
    plan = drawn(fee=500, fees_to_come=fees_to_come)
    plan.apply(Paid(day=START + 7, amount_minor=plan.owed(START + 7).payoff, early=True))
    assert (plan.closed, plan.totals.fee_paid) == (True, paid)


@pytest.mark.parametrize(("fewer", "count"), [(False, 3), (True, 2)])
def test_after_part_was_paid_early_there_is_less_to_pay_or_fewer_times(fewer, count):
    plan = drawn(fewer=fewer)
    plan.apply(Paid(day=START + 7, amount_minor=101_500, early=True))
    assert plan.totals.principal_paid == 100_000
    assert sum(line.principal for line in plan.lines) == 200_000
    assert len(plan.lines) == count
    assert plan.lines[0].interest == 1_000  # seven days of 200,000


def test_what_is_due_comes_before_what_is_early():
    plan = drawn()
    plan.apply(Paid(day=START + 14, amount_minor=153_000, early=True))
    assert plan.totals.principal_paid == 150_000
    assert plan.totals.interest_paid == 3_000


def test_a_refund_repays_without_a_fee_and_what_is_too_much_waits_to_go_back():
    plan = drawn(early_fee_bps=100)
    plan.apply(Refunded(day=START + 7, amount_minor=310_000))
    assert (plan.closed, plan.totals.fee_paid, plan.totals.waiting) == (True, 0, 8_500)
    plan.apply(Returned(day=START + 8, amount_minor=8_500))
    assert plan.totals.waiting == 0


@pytest.mark.parametrize("parts_of_it", [(300_000,), (150_000, 150_000), (100_000, 200_000)])
@pytest.mark.parametrize("fees_to_come", [False, True])
def test_when_refunds_together_undo_the_purchase_fees_that_are_not_due_go_and_the_plan_closes(
    parts_of_it, fees_to_come
):
    plan = drawn(rate=0, fee=500, fees_to_come=fees_to_come, early_fee_bps=100)
    plan.apply(Paid(day=START + 14, amount_minor=100_500))
    for part in parts_of_it:
        assert not plan.closed
        plan.apply(Refunded(day=START + 15, amount_minor=part))
    assert plan.closed
    assert (plan.totals.fee_paid, plan.totals.waiting) == (500, 100_000)  # what was paid of the goods waits to go back


def test_a_fee_that_was_due_before_the_purchase_was_undone_stays_due():
    plan = drawn(rate=0, fee=500)
    plan.apply(Refunded(day=START + 20, amount_minor=300_000))
    assert (plan.closed, plan.totals.fee_paid) == (False, 500)
    assert plan.owed(START + 20).payoff == 500


def test_nothing_goes_back_that_does_not_wait():
    with pytest.raises(NotOwed, match="No such money waits"):
        drawn().apply(Returned(day=START + 1, amount_minor=1))


def test_a_waiver_is_of_what_is_due():
    plan = drawn(overdue_bps_per_day=5)
    plan.apply(Waived(day=START + 24, penalty_minor=500, interest_minor=1_000))
    assert parts(plan.owed(START + 24)) == (0, 0, 2_000, 100_000)
    with pytest.raises(NotOwed, match=r"So much interest is not due.*at most 2000"):
        plan.apply(Waived(day=START + 24, interest_minor=2_001))


def test_a_settlement_is_a_payment_and_the_rest_waived():
    plan = drawn()
    plan.apply(Paid(day=START + 50, amount_minor=200_000))
    owed = plan.standing()
    plan.apply(Waived(day=START + 50, rest=True))
    assert plan.closed
    assert plan.totals.principal == 0
    assert plan.totals.waiting == 0, "what was paid counts, and no more than the rest is given up"
    totals = plan.totals
    assert totals.interest_waived + totals.principal_waived == owed.payoff


def test_what_was_paid_ahead_is_not_written_off():
    plan = drawn()
    plan.apply(Paid(day=START + 10, amount_minor=250_000))
    owed = plan.owed(START + 12)
    plan.apply(WrittenOff(day=START + 12))
    assert plan.totals.waiting == 0
    assert plan.totals.principal_lost + plan.totals.interest_lost == owed.payoff
    paid = drawn()
    paid.apply(Paid(day=START + 10, amount_minor=paid.owed(START + 10).payoff + 10_000))
    with pytest.raises(NotOwed, match="Nothing is owed"):
        paid.apply(WrittenOff(day=START + 10))


def test_a_new_schedule_makes_one_principal_of_all_that_is_owed():
    plan = drawn(overdue_bps_per_day=5)
    before = plan.owed(START + 35)
    plan.apply(Rescheduled(day=START + 35, count=6, rate_bps=0))
    owed = before.due + before.to_come + before.accrued
    assert sum(line.principal for line in plan.lines) == owed == plan.totals.principal
    assert plan.owed(START + 35).days_past_due == 0
    assert len(plan.lines) == 6


def test_what_comes_after_a_write_off_is_a_recovery():
    plan = drawn()
    plan.apply(WrittenOff(day=START + 200))
    plan.apply(Paid(day=START + 300, amount_minor=5_000))
    assert (plan.totals.recovered, plan.totals.waiting, plan.owed(START + 300).payoff) == (5_000, 0, 0)
    with pytest.raises(NotOwed, match="Nothing is owed"):
        plan.apply(WrittenOff(day=START + 301))


def test_a_back_dated_fact_is_out_of_order_and_a_replay_takes_it():
    plan = drawn(overdue_bps_per_day=5)
    plan.apply(Paid(day=START + 40, amount_minor=1_000))
    with pytest.raises(OutOfOrder):
        plan.apply(Paid(day=START + 14, amount_minor=103_000))
    facts = [Paid(day=START + 40, amount_minor=1_000), Paid(day=START + 14, amount_minor=103_000)]
    anew = replayed(terms(overdue_bps_per_day=5), facts)
    assert anew.owed(START + 40).penalty == 100_000 * 12 * 5 // 10_000 - anew.totals.penalty_paid
    assert anew.oldest_due() == START + 28


# -- whatever happens --------------------------------------------------------------------------------------------


@st.composite
def lives(draw):
    rule = ScheduleRule(
        method=draw(st.sampled_from(["equal_instalment", "equal_principal", "bullet"])),
        every=draw(st.sampled_from(["month", "fortnight", "week"])),
        roll=draw(st.sampled_from(["none", "following", "preceding"])),
        calendar="CN",
        day_count=draw(st.sampled_from(["periods", "actual_365", "thirty_360"])),
    )
    agreed = terms(
        principal=draw(st.integers(1, 2_000_000)),
        rate=draw(st.integers(0, 3_600)),
        count=draw(st.integers(1, 8)),
        rule=rule,
        fee=draw(st.sampled_from([0, 0, 150])),
        overdue_bps_per_day=draw(st.sampled_from([0, 5, 7])),
        grace_days=draw(st.integers(0, 5)),
        early_fee_bps=draw(st.sampled_from([0, 100])),
        fees_to_come=draw(st.booleans()),
        fewer=draw(st.booleans()),
        order=tuple(draw(st.permutations(["fee", "penalty", "interest", "principal"]))),
    )
    amount = st.integers(1, agreed.principal_minor // 2 + 2_000)
    after = st.integers(0, 150).map(lambda days: START + days)
    fact = st.one_of(
        st.builds(Paid, day=after, amount_minor=amount, early=st.booleans()),
        st.builds(Paid, day=after, amount_minor=amount),
        st.builds(Refunded, day=after, amount_minor=amount),
        st.builds(Waived, day=after, interest_minor=st.integers(0, 50), penalty_minor=st.integers(0, 50)),
        st.builds(Rescheduled, day=after, count=st.integers(1, 6), rate_bps=st.integers(0, 2_400)),
        st.builds(WrittenOff, day=after),
    )
    return agreed, draw(st.lists(fact, max_size=8))


def folded(agreed, facts):
    """The plan, and the facts that it took."""
    plan, taken = Plan.drawn(agreed), []
    for fact in sorted(facts, key=lambda one: one.day):
        trial = plan.copy()
        try:
            trial.apply(fact)
        except NotOwed:
            continue
        plan = trial
        taken.append(fact)
    return plan, taken


@settings(max_examples=400, deadline=None)
@given(lives())
def test_what_is_lent_is_repaid_waived_lost_or_owed_to_the_cent(life):
    plan, taken = folded(*life)
    totals = plan.totals
    assert totals.principal == sum(line.principal for line in plan.lines)
    assert totals.waiting >= 0
    assert all(value >= 0 for value in msgspec.structs.astuple(totals))
    assert totals.received == sum(fact.amount_minor for fact in taken if isinstance(fact, Paid))
    assert all(line.fee >= 0 and line.interest >= 0 and line.principal >= 0 for line in plan.lines)


@settings(max_examples=300, deadline=None)
@given(lives(), st.integers(0, 400))
def test_paying_the_payoff_closes_it_and_leaves_nothing_waiting(life, later):
    plan, _ = folded(*life)
    day = plan.day + later
    owed = plan.owed(day)
    if plan.lost or owed.payoff == 0:
        return
    plan.apply(Paid(day=day, amount_minor=owed.payoff, early=True))
    assert plan.closed
    assert plan.totals.waiting == 0


@settings(max_examples=300, deadline=None)
@given(lives(), st.integers(0, 200))
def test_looking_in_between_changes_nothing_and_late_days_follow_from_one_date(life, later):
    plan, _ = folded(*life)
    day, oldest = plan.day + later, plan.oldest_due()
    stepped = plan
    for between in range(plan.day, day + 1):
        stepped = stepped.on(between)
        assert stepped.owed(between).days_past_due == max(between - oldest, 0)
    assert stepped.owed(day) == plan.owed(day)
    assert (oldest == NEVER) == (plan.on(day + 40_000).oldest_due() == NEVER)


@settings(max_examples=300, deadline=None)
@given(lives(), st.integers(0, 60))
def test_it_is_what_counting_day_by_day_gives(life, later):
    agreed, facts = life
    plan, taken = folded(agreed, [one for one in facts if isinstance(one, Paid) and not one.early])
    day = plan.day + later
    slow = DayByDay(agreed, taken, day)
    owed = plan.owed(day)
    assert (owed.fee, owed.penalty, owed.interest, owed.principal) == slow.due
    assert owed.days_past_due == slow.days_past_due
    assert plan.on(day).totals.waiting == slow.waiting


@settings(max_examples=200, deadline=None)
@given(lives(), st.randoms(use_true_random=False))
def test_in_whatever_order_facts_are_heard_of_the_same_plan_comes_of_them(life, rng):
    agreed, facts = life
    days = sorted({fact.day for fact in facts})
    one_a_day = [next(fact for fact in facts if fact.day == day) for day in days]
    plan, taken = folded(agreed, one_a_day)
    shuffled = list(taken)
    rng.shuffle(shuffled)
    assert replayed(agreed, shuffled) == plan


@settings(max_examples=100, deadline=None)
@given(lives())
def test_a_plan_is_written_and_read_as_it_is(life):
    plan, _ = folded(*life)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(plan), type=Plan) == plan
