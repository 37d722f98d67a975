"""Sample size and power, against published figures and against simulation."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm
from tried_workspace import experiment

from tandem.decide.experiments import PrimaryMetric, parse_experiment
from tandem.learn.experiments import plan_of, power_of, sample_size

RESPONSE = PrimaryMetric(measure="bad_rate", better="lower", expected=0.85, detect=0.20)
"""Chow, Shao and Wang (2008), section 4.2: 0.85 against 0.65, two-sided 5 %, power 80 %."""


def test_the_size_is_the_published_one():
    assert sample_size(RESPONSE, ratio=1) == 70


def test_a_mean_has_the_size_of_the_text_books():
    metric = PrimaryMetric(measure="mean_of", of="age", better="higher", detect=5, spread=10)
    assert sample_size(metric, ratio=1) == 63  # 2 (1.96 + 0.84)^2 (10 / 5)^2, by the normal


def test_unequal_arms_need_more_in_all():
    sizes = [sample_size(RESPONSE, ratio=ratio) * (1 + ratio) for ratio in (1, 4, 9)]
    assert sizes == sorted(sizes)


def test_power_is_what_a_simulation_finds():
    metric = PrimaryMetric(measure="bad_rate", better="lower", expected=0.2, detect=0.05)
    size = sample_size(metric, ratio=2)
    random = np.random.default_rng(1)
    one, other = random.binomial(2 * size, 0.2, 4_000) / (2 * size), random.binomial(size, 0.15, 4_000) / size
    error = np.sqrt(one * (1 - one) / (2 * size) + other * (1 - other) / size)
    found = np.mean(np.abs(one - other) > norm.ppf(0.975) * error)
    assert found == pytest.approx(0.8, abs=0.03)
    assert power_of(metric, size, ratio=2) == pytest.approx(0.8, abs=0.01)


def test_looking_whenever_one_likes_costs_more():
    plan = plan_of(parse_experiment({"name": "older", **experiment(share=20).body}))
    assert plan.minimum < plan.sequential < 3 * plan.minimum
    assert plan.minimum_all == pytest.approx(plan.minimum * 5, abs=1)


@pytest.mark.parametrize("share", [0, 100])
def test_an_arm_without_a_share_needs_nothing_for_nothing_is_compared(share):
    plan = plan_of(parse_experiment({"name": "older", **experiment(share=share).body}))
    assert (plan.minimum, plan.minimum_all, plan.sequential) == (0, 0, 0)
