"""Simulated experiments, each looked at after every single decision, judged as the product judges and as is usual elsewhere.

Two arms by a fair coin. What is simulated is the decision's value: a share or an amount of money. The peer is the z-test of two
means, for samples of this size the t-test, asked again after every decision; and, as it is meant to be used, once at its horizon.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from tandem.learn.experiments import UNITS_MIN, always_valid

Numbers = np.ndarray
Draw = Callable[[np.random.Generator, tuple[int, int]], Numbers]
ALPHA = 0.05
_EVENTS_MIN = 5
"""As ``comparing``: so many of either kind over both arms before anything is said of a share."""
_CHUNK = 2_000_000
"""Decisions simulated at once."""
_CHECKED = 200
"""Looks of a study at which the vectorised interval is held against the product's own."""


@dataclass(frozen=True)
class Study:
    """What is simulated.

    Attributes:
        draw: values of decisions of the champion, and of the challenger less ``effect``.
        challenger: those of the challenger.
        effect: the true difference.
        tau: the smallest difference worth finding.
        share: whether the values are 0 and 1.
    """

    draw: Draw
    challenger: Draw
    effect: float
    tau: float
    share: bool


@dataclass(frozen=True)
class Found:
    """Of all runs: the shares in which ever, at any look.

    Attributes:
        claimed, claimed_z: a difference was claimed; ``claimed_z`` by the peer.
        missed, missed_z: the true difference was outside of the interval.
        at_end_z: the peer, asked once after the last decision, claimed one.
        first: mean number of decisions, of runs that claimed one, until they did.
    """

    claimed: float
    claimed_z: float
    missed: float
    missed_z: float
    at_end_z: float
    first: float


def simulate(study: Study, runs: int, decisions: int, seed: int) -> Found:
    """So many runs of so many decisions, looked at after each of them.

    Raises:
        RuntimeError: the interval here is not the product's.
    """
    random = np.random.default_rng(seed)
    size = max(1, _CHUNK // decisions)
    parts = [_chunk(study, min(size, runs - start), decisions, random) for start in range(0, runs, size)]
    claimed, claimed_z, missed, missed_z, at_end, first = (np.concatenate(one) for one in zip(*parts, strict=True))
    return Found(
        claimed=float(claimed.mean()),
        claimed_z=float(claimed_z.mean()),
        missed=float(missed.mean()),
        missed_z=float(missed_z.mean()),
        at_end_z=float(at_end.mean()),
        first=float(first[claimed].mean()) if claimed.any() else float("nan"),
    )


def _chunk(study: Study, runs: int, decisions: int, random: np.random.Generator) -> tuple[Numbers, ...]:
    challenger = random.random((runs, decisions)) < 0.5
    values = np.where(
        challenger, study.challenger(random, challenger.shape), study.draw(random, challenger.shape)
    ).astype(float)
    rates = [_running(values, arm) for arm in (~challenger, challenger)]
    (count, mean, variance), (count_2, mean_2, variance_2) = rates
    difference, spread_of = mean_2 - mean, variance + variance_2
    told = (np.minimum(count, count_2) >= UNITS_MIN) & (spread_of > 0)
    if study.share:
        hits = values.cumsum(axis=1)
        told &= np.minimum(hits, np.arange(1, decisions + 1) - hits) >= _EVENTS_MIN
    spread = _spread(np.where(told, spread_of, 1.0), study.tau)
    _hold_against_the_product(difference[told], spread_of[told], spread[told], study.tau, random)
    spread_z = norm.ppf(1 - ALPHA / 2) * np.sqrt(np.where(told, spread_of, 1.0))
    claims = told & (np.abs(difference) > spread)
    error = np.abs(difference - study.effect)
    return (
        claims.any(axis=1),
        (told & (np.abs(difference) > spread_z)).any(axis=1),
        (told & (error > spread)).any(axis=1),
        (told & (error > spread_z)).any(axis=1),
        (np.abs(difference) > spread_z)[:, -1],
        claims.argmax(axis=1) + 1,
    )


def _running(values: Numbers, arm: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Count, mean and its variance of one arm after each decision; the variance as ``rate_of_units`` has it."""
    count = arm.cumsum(axis=1)
    total = np.where(arm, values, 0.0).cumsum(axis=1)
    square = np.where(arm, values**2, 0.0).cumsum(axis=1)
    some = np.maximum(count, 1)
    mean = total / some
    return count, mean, np.maximum(square - total * mean, 0.0) / (some * np.maximum(count - 1, 1))


def _spread(variance: Numbers, tau: float) -> Numbers:
    whole = variance + tau * tau
    spread: Numbers = np.sqrt(2 * variance * whole / (tau * tau) * (np.log(1 / ALPHA) + 0.5 * np.log(whole / variance)))
    return spread


def _hold_against_the_product(
    value: Numbers, variance: Numbers, spread: Numbers, tau: float, random: np.random.Generator
) -> None:
    for place in random.integers(len(value), size=min(_CHECKED, len(value))):
        product = always_valid(float(value[place]), float(variance[place]), alpha=ALPHA, tau=tau)
        if abs(product.high - value[place] - spread[place]) > 1e-9 * spread[place]:
            raise RuntimeError("the interval of this benchmark is not the product's")
