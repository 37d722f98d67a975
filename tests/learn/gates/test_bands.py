"""A band keeps its level on days that differ by more than sampling: few clean days fall out of it, and a real loss does."""

from __future__ import annotations

import numpy as np
import pytest

from tandem.learn.gates.feed.bands import value_band

LEVEL, UNREST, NOISE = 0.001, 0.027, 0.034
"""As measured on five worlds of the generator's payments: what their days' rankings differ by, and what chance adds."""


def rankings(random: np.random.Generator, days: int, runs: int) -> np.ndarray:
    """Rankings of ``days`` clean days in each of ``runs`` worlds."""
    return 0.69 + random.normal(0, UNREST, (runs, days)) + random.normal(0, NOISE, (runs, days))


@pytest.mark.parametrize("days", [14, 60])
def test_of_ten_thousand_clean_days_about_as_many_fall_below_as_the_level_says(days: int) -> None:
    drawn = rankings(np.random.default_rng(3), days + 1, 10_000)
    below = sum(one[-1] < value_band(list(one[:-1]), LEVEL, [NOISE] * days, NOISE).low for one in drawn)
    assert below / 10_000 <= 1.5 * LEVEL


def test_labels_that_are_all_made_up_fall_below_in_most_cases() -> None:
    drawn = rankings(np.random.default_rng(4), 61, 2_000)
    lost = drawn[:, -1] - 0.19
    below = [
        value < value_band(list(one[:-1]), LEVEL, [NOISE] * 60, NOISE).low
        for one, value in zip(drawn, lost, strict=True)
    ]
    assert np.mean(below) > 0.75
