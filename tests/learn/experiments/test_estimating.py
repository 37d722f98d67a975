"""Rates that know how many draws they are made of."""

from __future__ import annotations

import numpy as np
import pytest

from tandem.learn.experiments import balance_of, combined, difference, paired_difference, rate_of_units


def everything(size):
    return np.ones(size, bool)


def test_with_one_decision_each_the_variance_is_the_ordinary_one():
    values = (np.random.default_rng(1).random(500) < 0.3) * 1.0
    rate = rate_of_units(np.arange(500), values, everything(500))
    assert rate.value == pytest.approx(values.mean())
    assert rate.variance == pytest.approx(values.var(ddof=1) / 500)


def test_a_ring_of_thirty_is_one_draw():
    units = np.repeat(np.arange(40), 30)
    alike = np.repeat((np.random.default_rng(2).random(40) < 0.5) * 1.0, 30)
    rate = rate_of_units(units, alike, everything(1200))
    apart = rate_of_units(np.arange(1200), alike, everything(1200))
    assert rate.variance > 25 * apart.variance


def test_clustered_intervals_cover_the_truth():
    random, missed = np.random.default_rng(3), 0
    for _ in range(300):
        sizes = random.integers(1, 8, 200)
        leaning = random.beta(1, 4, 200)
        units = np.repeat(np.arange(200), sizes)
        values = (random.random(len(units)) < leaning[units]) * 1.0
        rate = rate_of_units(units, values, everything(len(units)))
        missed += abs(rate.value - 0.2) > 1.96 * rate.variance**0.5
    assert missed / 300 < 0.09


def test_pairs_take_out_what_both_arms_share():
    random = np.random.default_rng(4)
    base = random.normal(100, 50, 400)
    one, other = base, base + random.normal(2, 1, 400)
    counted = everything(400)
    paired = paired_difference(np.arange(400), (one, counted), (other, counted))
    apart = difference(rate_of_units(np.arange(400), one, counted), rate_of_units(np.arange(400), other, counted))
    assert paired.value == pytest.approx(apart.value)
    assert paired.variance < apart.variance / 100


def test_stretches_are_compared_within_themselves():
    """In the first the champion had most and everybody was bad; thrown together the challenger would seem better."""
    rates = [
        (rate_of_units(np.arange(900), np.arange(900) % 2 * 1.0, everything(900)),
         rate_of_units(np.arange(100), np.arange(100) % 2 * 1.0, everything(100))),
        (rate_of_units(np.arange(500), (np.arange(500) % 10 == 0) * 1.0, everything(500)),
         rate_of_units(np.arange(500), (np.arange(500) % 10 == 0) * 1.0, everything(500))),
    ]  # fmt: skip
    assert combined([difference(*pair) for pair in rates]).value == pytest.approx(0.0)


def test_a_split_that_is_the_split_is_not_suspected_however_often_one_looks():
    random, suspected = np.random.default_rng(5), 0
    for _ in range(200):
        arm = (random.random(20_000) < 0.1).cumsum()
        suspected += any(
            balance_of([((n - int(arm[n - 1]), int(arm[n - 1])), (90.0, 10.0))]).broken for n in range(100, 20_000, 400)
        )
    assert suspected == 0


def test_a_split_that_loses_units_is_seen():
    assert balance_of([((9_000, 800), (90.0, 10.0))]).broken
    assert balance_of([((100, 1), (100.0, 0.0))]).broken, "in an arm that nobody is to be in"


def test_each_stretch_is_held_against_its_own_shares():
    assert not balance_of([((9_000, 1_000), (90.0, 10.0)), ((5_000, 5_000), (50.0, 50.0))]).broken
