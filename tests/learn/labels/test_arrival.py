"""How late the bads come, told right although the young have not had their time."""

from __future__ import annotations

import numpy as np
import pytest

from tandem.kernel.time import DAY
from tandem.learn.labels import arrival_curve


def history(count=20_000, mean=20.0, bad_rate=0.2, days=120, seed=1):
    """Decisions spread over ``days``; a bad one is told of after an exponential delay, if one looks long enough."""
    rng = np.random.default_rng(seed)
    watched = rng.uniform(0, days, count)
    delay = rng.exponential(mean, count)
    told = (rng.random(count) < bad_rate) & (delay <= watched)
    return watched * DAY, np.where(told, delay, np.nan) * DAY


def test_the_share_known_is_that_of_the_delays_although_the_young_are_among_them():
    watched, told = history()
    curve = arrival_curve(watched, told)
    whole = 1 - np.exp(-curve.days / 20)
    plain = told[~np.isnan(told)] / DAY
    for point in curve.points:
        assert point.share == pytest.approx((1 - np.exp(-point.days / 20)) / whole, abs=0.03)
        if 10 < point.days < 40:
            assert np.mean(plain <= point.days) > point.share + 0.02  # what a count of delays would have said
    assert curve.young > 0


def test_trust_after_so_many_days_is_where_the_share_is_known_and_its_bound_later():
    curve = arrival_curve(*history())
    assert curve.trust_after_days == pytest.approx(-20 * np.log(0.05), rel=0.15)
    assert curve.trust_after_days_high >= curve.trust_after_days
    assert all(p.low <= p.share + 1e-9 and p.share - 1e-9 <= p.high for p in curve.points)
    half = arrival_curve(*history(), trusted_share=0.5)
    assert half.trust_after_days < curve.trust_after_days / 3


def test_what_is_watched_long_enough_is_a_plain_count():
    told = np.array([0.5, 3.2, 3.9, 9.5] + [np.nan] * 36) * DAY
    curve = arrival_curve(np.full(40, 100.0) * DAY, told)
    assert [(p.days, round(p.share, 9)) for p in curve.points] == [(1, 0.25), (4, 0.75), (10, 1.0)]
    assert (curve.trust_after_days, curve.bads, curve.decisions) == (10, 4, 40)


def test_what_comes_after_the_window_does_not_count():
    told = np.array([1.5, 50.5] + [np.nan] * 38) * DAY
    curve = arrival_curve(np.full(40, 100.0) * DAY, told, window_us=30 * DAY)
    assert (curve.days, curve.bads, curve.trust_after_days) == (30, 1, 2)


def test_without_any_bad_nothing_is_promised():
    curve = arrival_curve(np.full(50, 10.0) * DAY, np.full(50, np.nan))
    assert (curve.trust_after_days, curve.points, curve.bads) == (None, (), 0)
    assert arrival_curve(np.empty(0), np.empty(0)).decisions == 0


def test_the_same_seed_gives_the_same_intervals():
    assert arrival_curve(*history()) == arrival_curve(*history())
