"""Intervals that may be looked at at any time: never wrong more often than promised, however often one looks."""

from __future__ import annotations

from math import isinf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.learn.experiments import UNITS_MIN, always_valid, evidence_against, exact_evidence_above

ALPHA, STUDIES = 0.05, 400
LOOKS = np.unique(np.geomspace(UNITS_MIN, 20_000, 120).astype(int))
"""A look every few percent: what is missed between two of them is little."""


def running(draws):
    """(mean, variance of the mean) of each study at each look."""
    total, square = draws.cumsum(axis=1)[:, LOOKS - 1], (draws**2).cumsum(axis=1)[:, LOOKS - 1]
    mean = total / LOOKS
    return mean, np.maximum(square / LOOKS - mean**2, 0) / (LOOKS - 1)


def ever(found):
    return float(np.mean(found.any(axis=1)))


def outside(value, variance, truth, tau):
    whole = variance + tau**2
    spread = np.sqrt(
        2 * variance * whole / tau**2 * (np.log(1 / ALPHA) + 0.5 * np.log(whole / np.maximum(variance, 1e-300)))
    )
    return np.abs(value - truth) > spread


DRAWN = {
    "share of 2 %": (lambda random, size: (random.random(size) < 0.02).astype(float), 0.01),
    "share of 30 %": (lambda random, size: (random.random(size) < 0.3).astype(float), 0.03),
    "money with a long tail": (lambda random, size: np.where(random.random(size) < 0.1, random.lognormal(8, 1, size), 0.0), 60.0),
}  # fmt: skip


@pytest.mark.parametrize("drawn", DRAWN)
def test_who_peeks_all_the_time_is_alarmed_falsely_no_more_often_than_alpha(drawn):
    draw, tau = DRAWN[drawn]
    random = np.random.default_rng(7)
    (one, of_one), (other, of_other) = (running(draw(random, (STUDIES, LOOKS[-1]))) for _ in range(2))
    wrong = ever(outside(other - one, of_one + of_other, 0.0, tau))
    assert wrong <= ALPHA + 2 * np.sqrt(ALPHA * (1 - ALPHA) / STUDIES)


def test_who_peeks_at_fixed_horizon_intervals_is_alarmed_falsely_far_more_often():
    # what the room is for: the same studies, judged by 1.96 standard errors at every look
    random = np.random.default_rng(7)
    (one, of_one), (other, of_other) = (running((random.random((STUDIES, LOOKS[-1])) < 0.3) * 1.0) for _ in range(2))
    assert ever(np.abs(other - one) > 1.96 * np.sqrt(of_one + of_other)) > 4 * ALPHA


@pytest.mark.parametrize("effect", [0.01, 0.05])
def test_the_truth_is_inside_at_every_look(effect):
    random = np.random.default_rng(11)
    one, of_one = running((random.random((STUDIES, LOOKS[-1])) < 0.2) * 1.0)
    other, of_other = running((random.random((STUDIES, LOOKS[-1])) < 0.2 + effect) * 1.0)
    assert ever(outside(other - one, of_one + of_other, effect, 0.02)) <= ALPHA + 0.02


def test_a_real_difference_is_found():
    random = np.random.default_rng(3)
    one, of_one = running((random.random((STUDIES, LOOKS[-1])) < 0.2) * 1.0)
    other, of_other = running((random.random((STUDIES, LOOKS[-1])) < 0.23) * 1.0)
    assert ever(outside(other - one, of_one + of_other, 0.0, 0.03)) > 0.95


@given(st.floats(-1, 1), st.floats(1e-9, 1), st.floats(0.001, 0.5), st.floats(0.001, 0.2))
def test_the_interval_leaves_nothing_out_just_when_the_evidence_is_enough(value, variance, tau, alpha):
    found = always_valid(value, variance, alpha=alpha, tau=tau)
    rejected = not found.low <= 0 <= found.high
    evidence = evidence_against(value, variance, tau=tau)
    if abs(evidence * alpha - 1) > 1e-9:
        assert rejected == (evidence >= 1 / alpha)


def test_the_formula_is_that_of_the_simulation():
    for value, variance, tau in ((0.02, 1e-4, 0.01), (0.3, 0.01, 0.2)):
        found = always_valid(value, variance, alpha=ALPHA, tau=tau)
        inside = (found.low + 1e-9, found.high - 1e-9)
        assert not any(outside(value, variance, truth, tau) for truth in inside)
        assert all(outside(value, variance, truth, tau) for truth in (found.low - 1e-9, found.high + 1e-9))


def test_nothing_is_said_without_a_variance():
    found = always_valid(0.5, 0.0, alpha=ALPHA, tau=0.1)
    assert isinf(found.low)
    assert isinf(found.high)


# -- a share against a limit, exactly ---------------------------------------------------------------------------------


def test_a_share_at_its_limit_is_exact_from_the_first_decision_on():
    random = np.random.default_rng(5)
    alarmed = 0
    for _ in range(STUDIES):
        hits = np.cumsum(random.random(400) < 0.05)
        alarmed += any(exact_evidence_above(int(hits[n - 1]), n, 0.05) >= 1 / ALPHA for n in range(1, 401, 4))
    assert alarmed / STUDIES <= ALPHA


def test_a_share_far_above_its_limit_is_seen_soon():
    assert exact_evidence_above(30, 100, 0.1) > 1_000
    assert exact_evidence_above(5, 100, 0.1) < 1


def test_limits_at_the_ends():
    assert exact_evidence_above(1, 10, 0.0) > 1e300
    assert exact_evidence_above(0, 10, 0.0) == 1
    assert exact_evidence_above(10, 10, 1.0) == 1
    assert exact_evidence_above(0, 0, 0.5) == 1
