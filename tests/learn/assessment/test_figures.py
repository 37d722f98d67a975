"""Figures of an assessment: cash flows to their end or until they stop, sums with intervals and bounds, groups beside each other."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tandem.act.products import parse_product
from tandem.faces.launching import quoted_by
from tandem.learn.assessment import Assumptions, UnitFlows, result_of
from tandem.learn.assessment.margins import economics_of
from tandem.learn.assessment.population import Lent
from tandem.learn.assessment.treating import treated_by

FREE = Assumptions(funding_bps=0)
LOAN = {
    "name": "loan",
    "kind": "term_loan",
    "title": {"en": "Loan", "zh-CN": "贷款"},
    "currency": "CNY",
    "amount": {"least_minor": 10_000, "most_minor": 100_000_000},
    "terms": [6, 12, 24],
    "schedule": {"method": "equal_instalment"},
    "price": {"rate_bps": {"least": 0, "most": 3_000, "otherwise": 1_200}, "fee_bps": 10},
    "policies": {"application": "application"},
}
QUOTED = quoted_by({"loan": parse_product(LOAN)}, 20_000)


def test_a_loan_of_a_year_by_hand():
    flows = UnitFlows(years=(0.5, 1.0), principal=(0.5, 0.5), interest=(0.06, 0.03), fees=(0.01, 0.0))
    good = result_of(flows, Assumptions(funding_bps=400), bad=False)
    assert (good.interest, good.fees, good.loss, good.instalments) == (pytest.approx(0.09), 0.01, 0.0, 2)
    assert good.balance_years == pytest.approx(0.5 * 1.0 + 0.5 * 0.5)
    assert good.funding == pytest.approx(0.04 * good.balance_years)
    bad = result_of(flows, Assumptions(funding_bps=400, lgd=0.6, paid_before_bad=0.5), bad=True)
    assert (bad.interest, bad.fees, bad.loss) == (pytest.approx(0.06), 0.01, pytest.approx(0.6 * 0.5))
    assert bad.balance_years == good.balance_years


def test_one_that_never_pays_loses_its_share_of_everything_and_earns_nothing():
    never = result_of(QUOTED("loan", 12, 1_200), Assumptions(lgd=0.6, paid_before_bad=0.0), bad=True)
    assert (never.interest, never.fees, never.loss) == (0.0, 0.0, 0.6)


@given(
    term=st.sampled_from([6, 12, 24]),
    rate=st.integers(0, 3_000),
    lgd=st.floats(0, 1),
    paid=st.floats(0, 1),
)
def test_a_loan_that_goes_bad_never_brings_more_than_one_that_is_paid(term, rate, lgd, paid):
    flows = QUOTED("loan", term, rate)
    assert math.isclose(sum(flows.principal), 1.0, abs_tol=1e-9)
    given_ = Assumptions(funding_bps=0, lgd=lgd, paid_before_bad=paid)
    good, bad = (result_of(flows, given_, bad=one) for one in (False, True))
    assert bad.interest + bad.fees - bad.loss <= good.interest + good.fees + 1e-12
    assert 0 <= bad.loss <= lgd + 1e-12


def lent(count, *, amount=100_000.0, rate=1_200):
    return Lent(
        approved=np.ones(count, dtype=bool),
        amount=np.full(count, amount),
        term=np.full(count, 12),
        rate_bps=np.full(count, rate),
    )


def nan(count):
    return np.full(count, np.nan)


@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=2, max_size=60))
def test_what_is_expected_lies_between_everybody_paying_and_nobody(outcomes):
    bad = np.array(outcomes, dtype=np.int8)
    found = economics_of("loan", lent(len(bad)), bad, nan(len(bad)), QUOTED, Assumptions())
    assert found.all_bad_minor <= found.all_good_minor
    if found.expected is None:
        assert not (bad >= 0).any()
        return
    assert found.all_bad_minor - 1 <= found.expected.net_minor <= found.all_good_minor + 1
    parts = found.expected
    assert parts.net_minor == pytest.approx(
        parts.interest_minor + parts.fees_minor - parts.loss_minor - parts.funding_minor - parts.operating_minor, abs=3
    )


def test_unknown_ones_are_weighed_by_the_model_where_it_says_something_of_each_and_else_by_the_known_rate():
    bad = np.array([0, 0, 0, 1, -1, -1])
    by_model = economics_of("loan", lent(6), bad, np.full(6, 0.5), QUOTED, FREE)
    by_rate = economics_of("loan", lent(6), bad, nan(6), QUOTED, FREE)
    assert (by_model.weighed_by, by_rate.weighed_by) == ("model", "known")
    assert by_model.expected.net_minor < by_rate.expected.net_minor
    assert by_rate.loss_share == pytest.approx(by_rate.expected.loss_minor / 600_000)


def test_the_interval_holds_the_true_margin_about_as_often_as_it_says():
    rng = np.random.default_rng(7)
    rate, count, rounds = 0.2, 300, 400
    truth = economics_of("loan", lent(count), np.full(count, -1), np.full(count, rate), QUOTED, FREE).expected.net_minor
    held = 0
    for _ in range(rounds):
        outcome = (rng.random(count) < rate).astype(np.int8)
        known = rng.random(count) < 0.5
        found = economics_of("loan", lent(count), np.where(known, outcome, -1), nan(count), QUOTED, FREE).expected
        held += found.net_low_minor <= truth <= found.net_high_minor
    assert held / rounds >= 0.93


def test_groups_are_held_against_the_one_approved_most_often_with_katz_intervals():
    codes = np.repeat([0, 1], [400, 200])
    approved = np.concatenate([np.arange(400) < 320, np.arange(200) < 100])
    one = Lent(approved=approved, amount=np.ones(600), term=np.ones(600), rate_bps=np.full(600, 900))
    many, few = treated_by("home", ("owner", "rent"), codes, one, np.zeros(600)).groups
    assert many.ratio is None
    assert few.ratio == pytest.approx(0.5 / 0.8)
    oracle = stats.contingency.relative_risk(100, 200, 320, 400).confidence_interval(0.95)
    assert (few.ratio_low, few.ratio_high) == (pytest.approx(oracle.low), pytest.approx(oracle.high))


def test_prices_are_held_against_the_group_that_pays_least_by_welch():
    rng = np.random.default_rng(1)
    rates = np.concatenate([rng.normal(900, 50, 300), rng.normal(1_000, 90, 100)]).round()
    codes = np.repeat([0, 1], [300, 100])
    one = Lent(approved=np.ones(400, dtype=bool), amount=np.ones(400), term=np.ones(400), rate_bps=rates)
    _, dear = treated_by("home", ("owner", "rent"), codes, one, np.zeros(400)).groups
    oracle = stats.ttest_ind(rates[300:], rates[:300], equal_var=False).confidence_interval(0.95)
    assert dear.price.above_bps == pytest.approx(rates[300:].mean() - rates[:300].mean())
    assert dear.price.above_low_bps == pytest.approx(oracle.low, rel=0.03)
    assert dear.price.above_high_bps == pytest.approx(oracle.high, rel=0.03)


def test_a_group_too_small_to_be_compared_is_shown_and_judged_by_nothing():
    codes = np.repeat([0, 1], [200, 20])
    one = Lent(approved=np.arange(220) < 150, amount=np.ones(220), term=np.ones(220), rate_bps=np.full(220, 900))
    _, small = treated_by("home", ("owner", "rent"), codes, one, np.zeros(220)).groups
    assert (small.decisions, small.ratio) == (20, None)
