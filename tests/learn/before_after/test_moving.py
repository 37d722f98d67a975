"""Whether a number moved, judged by how much its days differ."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from tandem.kernel.time import DAY, Micros
from tandem.learn.before_after import Side, move_of, verdict_of
from tandem.learn.before_after.moving import every_day
from tandem.observe.metrics import Day


def days(pairs):
    return [Day(at=Micros(at * DAY), amount=amount, base=base) for at, (amount, base) in enumerate(pairs)]


def counts(values):
    return [Day(at=Micros(at * DAY), amount=value) for at, value in enumerate(values)]


@given(
    then=st.lists(st.integers(0, 1_000), min_size=3, max_size=20),
    now=st.lists(st.integers(0, 1_000), min_size=3, max_size=20),
)
def test_a_count_is_compared_per_day_as_welch_does(then, now):
    move = move_of("additive", counts(then), counts(now))
    assert move.difference == pytest.approx(np.mean(now) - np.mean(then))
    if np.var(then) > 0 and np.var(now) > 0:
        plain = stats.ttest_ind(now, then, equal_var=False).confidence_interval(0.95)
        assert (move.low, move.high) == pytest.approx((plain.low, plain.high))


def test_a_ratio_of_sides_of_different_length_is_that_of_their_sums():
    move = move_of("ratio", days([(1, 10), (3, 10), (2, 20)]), days([(5, 10)] * 6))
    assert (move.then, move.now) == (6 / 40, 0.5)
    assert (move.rows_then, move.rows_now, move.days_then, move.days_now) == (40, 60, 3, 6)


@pytest.mark.parametrize("spread", [0.0, 0.03])
def test_the_limits_hold_the_true_difference_as_often_as_they_say(spread):
    """Two sides with the same true rate, days with moods of their own: 95 % of the limits hold zero."""
    rng = np.random.default_rng(3)
    held = []
    for _ in range(600):
        sides = []
        for count in (20, 30):
            rate = np.clip(0.1 + spread * rng.normal(size=count), 0.001, 0.5)
            base = rng.integers(200, 800, size=count)
            sides.append(days(zip(rng.binomial(base, rate).tolist(), base.tolist(), strict=True)))
        move = move_of("ratio", *sides)
        held.append(move.low <= 0 <= move.high)
    assert 0.92 <= np.mean(held) <= 0.975


def test_counting_rows_as_witnesses_would_be_far_too_sure():
    """The same world judged by rows: what the limits would be if all rows of a day were independent."""
    rng = np.random.default_rng(4)
    false = []
    for _ in range(200):
        bad = [rng.binomial(5_000, np.clip(0.1 + 0.03 * rng.normal(size=10), 0.001, 0.5)).sum() for _ in range(2)]
        rate = sum(bad) / 100_000
        false.append(abs(bad[0] - bad[1]) / 50_000 > 1.96 * np.sqrt(rate * (1 - rate) * 2 / 50_000))
    assert np.mean(false) > 0.5


def test_a_percentile_shows_the_whole_and_is_judged_by_its_days():
    move = move_of("neither", counts([10, 12, 11]), counts([20, 22, 21]), whole=(11.5, 21.5))
    assert (move.then, move.now, move.difference) == (11.5, 21.5, 10.0)
    assert move.low > 0


def test_a_day_on_which_nothing_happened_counts_as_one():
    found = every_day(counts([4]), Side(start=Micros(0), end=Micros(4 * DAY)))
    assert [day.amount for day in found] == [4, 0, 0, 0]
    assert every_day([], Side()) == ()


@pytest.mark.parametrize(
    ("low", "high", "better", "verdict"),
    [(1, 2, "up", "better"), (1, 2, "down", "worse"), (-2, -1, "down", "better"), (-2, -1, "up", "worse"),
     (-1, 1, "up", "not_shown"), (1, 2, "", "moved"), (None, None, "up", "too_little")],
)  # fmt: skip
def test_what_may_be_said(low, high, better, verdict):
    plain = move_of("additive", counts([1, 2, 3]), counts([2, 3, 4]))
    assert verdict_of(msgspec.structs.replace(plain, low=low, high=high), better) == verdict


def test_two_days_say_nothing_of_how_much_days_differ():
    move = move_of("ratio", days([(1, 10), (2, 10)]), days([(5, 10)] * 9))
    assert (move.difference, move.low) == (pytest.approx(0.35), None)
    assert verdict_of(move, "up") == "too_little"
