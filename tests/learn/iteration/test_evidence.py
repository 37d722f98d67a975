"""Evidence: paired, and every look costs certainty."""

from __future__ import annotations

import numpy as np
import pytest

from tandem.learn.iteration import Evidence, compare, reason_to_try

RANDOM = np.random.default_rng(3)
BAD = (RANDOM.random(6000) < 0.1).astype(float)
SIGNAL = RANDOM.normal(size=6000) + 1.2 * BAD
WEAK, STRONG = SIGNAL + RANDOM.normal(size=6000) * 2, SIGNAL
ASKED = Evidence(minimum_bads=100, margin=0.01)


def calibrated(score: np.ndarray, rate: float = 0.1) -> np.ndarray:
    """Log-odds whose mean probability is ``rate``."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 / (1 + np.exp(-(score + middle)))).mean() < rate else (low, middle)
    return score + low


def test_what_is_better_by_far_is_tried_for_being_better() -> None:
    found = compare(BAD, calibrated(WEAK), calibrated(STRONG), ASKED, look=1)
    assert found.low > 0
    assert reason_to_try(found, ASKED, due=False) == ("better", "better")


def test_the_same_difference_shows_less_at_every_later_look() -> None:
    lows = [compare(BAD, WEAK, STRONG, ASKED, look).strict_low for look in (1, 2, 10, 300)]
    assert lows == sorted(lows, reverse=True)
    assert len(set(lows)) == 4


def test_noise_is_no_reason() -> None:
    champion = calibrated(STRONG)
    twin = calibrated(STRONG + RANDOM.normal(size=6000) * 0.02)
    assert reason_to_try(compare(BAD, champion, twin, ASKED, 1), ASKED, due=False) == (None, "not_better")
    assert reason_to_try(compare(BAD, champion, twin, ASKED, 1), ASKED, due=True)[0] == "age"


def test_calibration_that_is_lost_is_repaired_without_being_better() -> None:
    found = compare(BAD, calibrated(STRONG, 0.2), calibrated(STRONG), ASKED, 1)
    assert found.champion_off
    assert not found.candidate_off
    assert reason_to_try(found, ASKED, due=False)[0] == "repair"


def test_what_is_worse_is_never_tried_even_when_the_champion_is_due() -> None:
    found = compare(BAD, calibrated(STRONG), calibrated(WEAK), ASKED, 1)
    assert reason_to_try(found, ASKED, due=True) == (None, "not_shown_not_worse")


def test_nothing_is_concluded_on_too_few_bads() -> None:
    many = Evidence(minimum_bads=5000)
    assert reason_to_try(compare(BAD, WEAK, STRONG, many, 1), many, due=True) == (None, "too_few_bads")


@pytest.mark.prove
def test_no_gain_at_all_passes_for_better_less_often_than_promised() -> None:
    """A hundred champions, each challenged on thirty days by an equal: all looks together err with at most alpha."""
    wrong = 0
    for seed in range(100):
        random = np.random.default_rng(seed)
        bad = (random.random(2000) < 0.15).astype(float)
        score = random.normal(size=2000) + bad
        looks = (
            compare(bad, score + random.normal(size=2000), score + random.normal(size=2000), ASKED, k)
            for k in range(1, 31)
        )
        wrong += any(one.strict_low > 0 for one in looks)
    assert wrong <= 11  # 5 expected at most; 11 is beyond the 99 % point of Binomial(100, 0.05)
