"""A payoff quote: paid on its day it closes everything, to the minor unit, and says what it is made of."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lived_accounts import Life, lives
from till_product import FIRST_DAY, agreed

from tandem.act.lending import Paid
from tandem.act.statements import payoff_of


def test_a_quote_says_each_component_the_early_fee_and_what_a_day_more_costs():
    life = Life()
    life.draw("tv", agreed(120_000))
    quote = payoff_of(life.account, FIRST_DAY + 10)
    (plan,) = quote.plans
    assert (plan.principal, plan.early_fee, plan.penalty, plan.waiting) == (120_000, 600, 0, 0)
    assert quote.total == plan.principal + plan.interest + plan.fee + plan.early_fee
    assert quote.on_later(1) == payoff_of(life.account, FIRST_DAY + 11).total == quote.total + quote.a_day_more
    assert quote.a_day_more in {29, 30}  # nine per cent a year of 120,000, by days


def test_what_waits_is_taken_off():
    life = Life()
    life.draw("tv", agreed(120_000))
    before = payoff_of(life.account, FIRST_DAY + 10).total
    life.happen("tv", Paid(day=FIRST_DAY + 3, amount_minor=20_000))
    after = payoff_of(life.account, FIRST_DAY + 10)
    assert (after.plans[0].waiting, after.total) == (20_000, before - 20_000)


def test_what_is_closed_is_not_quoted():
    life = Life()
    life.draw("tv", agreed(120_000))
    life.happen("tv", Paid(day=FIRST_DAY + 3, amount_minor=payoff_of(life.account, FIRST_DAY + 3).total, early=True))
    assert payoff_of(life.account, FIRST_DAY + 4).plans == ()


@settings(max_examples=250, deadline=None)
@given(lives(), st.integers(0, 300))
def test_paying_exactly_that_on_that_day_closes_every_plan_to_the_minor_unit(life, after):
    day = max(FIRST_DAY + 120 + after, *(one.plan.day for one in life.account.draws.values()))
    quote = payoff_of(life.account, day)
    for one in quote.plans:
        assert one.principal + one.interest + one.fee + one.penalty + one.early_fee - one.waiting <= one.total
        if one.total:
            assert one.principal + one.interest + one.fee + one.penalty + one.early_fee - one.waiting == one.total
            assert life.happen(one.plan, Paid(day=day, amount_minor=one.total, early=True), heard=day)
            plan = life.account.draws[one.plan].plan
            assert plan.closed
            assert plan.totals.waiting == 0
    assert payoff_of(life.account, day).total == 0


@settings(max_examples=150, deadline=None)
@given(lives(), st.integers(0, 200))
def test_each_later_day_is_what_a_quote_for_that_day_would_say(life, after):
    day = max(FIRST_DAY + 120 + after, *(one.plan.day for one in life.account.draws.values()))
    quote = payoff_of(life.account, day, days_more=3)
    for later in (1, 2, 3):
        assert quote.on_later(later) == sum(one.total for one in payoff_of(life.account, day + later).plans)
