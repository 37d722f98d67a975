"""Cut-offs and equal approval, held against counting by hand; bounds that hold whatever the unknown ones were."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.learn.backtest.asked import Price
from tandem.learn.backtest.counting import Counter, money_sum
from tandem.learn.backtest.cutting import cutoffs_of
from tandem.learn.backtest.ledger import APPROVE, LedgerWriter
from tandem.learn.backtest.swapping import approved_in_order, swap_sets

ROW = st.tuples(
    st.sampled_from([0, 1, 2]),  # before
    st.sampled_from([0, 1, 2]),  # after
    st.booleans(),  # both
    st.sampled_from([-1, 0, 1]),  # bad
    st.integers(0, 1_000),  # amount
    st.one_of(st.just(float("nan")), st.sampled_from([0.1, 0.2, 0.5, 0.9])),  # score
)


def ledger_of(rows):
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    before, after, both, bad, amount, score = (np.array(column) for column in columns)
    writer = LedgerWriter(())
    writer.add(
        {
            "seq": np.arange(len(rows)), "occurred_at": np.arange(len(rows)), "decided": before, "before": before,
            "after": after, "both": both, "bad": bad, "reason": np.zeros(len(rows)), "amount": amount, "score": score,
            "inferred": score,
        },
        {},
    )  # fmt: skip
    return writer.ledger()


def counter_of(rows):
    return Counter(ledger_of(rows), with_amounts=True, price=Price(margin=0.1, lgd=0.6))


@given(st.lists(ROW, min_size=1, max_size=40))
@settings(max_examples=150, deadline=None)
def test_each_cut_is_what_counting_by_hand_says(rows):
    counter = counter_of(rows)
    found = cutoffs_of(counter, "risk")
    scored = [row for row in rows if row[2] and not np.isnan(row[5])]
    if not scored:
        assert found is None
        return
    assert found.scored == len(scored)
    assert {point.approved.part for point in found.points} >= {0, len(scored)}
    for point in found.points:
        mine = [row for row in scored if row[5] < point.cut]
        bad, good, unknown = (sum(row[3] == what for row in mine) for what in (1, 0, -1))
        assert (point.approved.part, point.bad_rate.part, point.bad_rate.whole) == (len(mine), bad, bad + good)
        earned = sum(0.1 * row[4] for row in mine if row[3] == 0) - sum(0.6 * row[4] for row in mine if row[3] == 1)
        assert point.profit_bounds.known == pytest.approx(earned, abs=0.01)
        assert point.profit_bounds.all_bad <= point.profit_bounds.inferred + 0.02
        assert point.profit_bounds.inferred <= point.profit_bounds.all_good + 0.02
        if mine:
            assert point.bad_bounds.all_good == pytest.approx(bad / len(mine))
            assert point.bad_bounds.all_bad == pytest.approx((bad + unknown) / len(mine))
    profits = [point.profit_bounds.known for point in found.points]
    assert profits[found.best] == max(profits)


@given(st.lists(ROW, min_size=1, max_size=40))
@settings(max_examples=100, deadline=None)
def test_as_many_are_approved_and_nobody_before_one_who_is_less_risky(rows):
    ledger = ledger_of(rows)
    before = int((ledger.both & (ledger.before == APPROVE)).sum())
    chosen = approved_in_order(ledger, before)
    assert int(chosen.sum()) == before
    rank = {
        at: (-ledger.after[at], np.inf if np.isnan(ledger.score[at]) else ledger.score[at]) for at in range(len(rows))
    }
    worst = max((rank[at] for at in np.flatnonzero(chosen)), default=None)
    passed_over = [rank[at] for at in np.flatnonzero(ledger.both & ~chosen)]
    assert worst is None or all(one >= worst for one in passed_over)
    for swap in swap_sets(counter_of(rows)):
        parts = (swap.stay, swap.out, swap.swapped_in, swap.never)
        assert sum(one.count for one in parts) == int(ledger.both.sum())
        for one in parts:
            assert one.bad + one.good + one.unknown == one.count


def test_the_interval_of_a_sum_covers_it_as_often_as_it_says():
    draw = np.random.default_rng(3)
    covered = 0
    for _ in range(400):
        values = draw.gamma(2.0, 500.0, size=60) * (draw.random(60) < 0.3)
        found = money_sum(values)
        covered += found.low <= 60 * 0.3 * 1_000 <= found.high
    assert 0.90 <= covered / 400 <= 0.98


def test_auc_counts_pairs():
    rows = [(2, 2, True, bad, 1, score) for bad, score in ((1, 0.9), (0, 0.1), (1, 0.2), (0, 0.2), (-1, 0.5))]
    assert cutoffs_of(counter_of(rows), "risk").auc == pytest.approx((1 + 1 + 1 + 0.5) / 4)
