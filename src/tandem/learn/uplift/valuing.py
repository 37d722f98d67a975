"""What a way of choosing would have been worth, from what somebody else's random draws brought: doubly robust, with an interval.

``V = mean( q(x, d(x)) + [a = d(x)] / p(a|x) * (y - q(x, a)) )`` (Dudík, Langford, Li 2011): right if either the model ``q`` or the
propensities ``p`` are right, and the propensities are, for we drew. ``q`` must come from other customers than are valued. The interval
draws customers, not rows (bootstrap, percentiles).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tandem.learn.uplift.fitting import Response
from tandem.learn.uplift.types import NOTHING, FloatArray, IntArray, Tried

__all__ = ["Valued", "value_of"]


@dataclass(frozen=True, slots=True)
class Valued:
    """A value and its 95 % interval, minor units a row above doing nothing; ``matched`` rows were drawn as they would be chosen."""

    value: float
    low: float
    high: float
    rows: int
    matched: int


def value_of(tried: Tried, chosen: IntArray, response: Response, *, seed: int, draws: int = 500) -> Valued:
    """What choosing ``chosen`` (places among the offers, ``NOTHING`` for none) would bring above doing nothing.

    Args:
        tried: rows of exploration of customers that ``response`` has not learnt from.
        chosen: what is chosen in each row.
        response: the model of the estimate.
        seed: of the bootstrap.
        draws: of customers.
    """
    alone = response.share(tried.columns)
    gains = np.column_stack([response.gains(tried.columns), np.zeros(len(tried))])  # the last column: nothing
    each = tried.stake * (
        _robust(tried, chosen, alone, gains) - _robust(tried, np.full_like(chosen, NOTHING), alone, gains)
    )
    units, place = np.unique(tried.unit, return_inverse=True)
    total = np.bincount(place, each, units.size)
    count = np.bincount(place, minlength=units.size)
    rng = np.random.default_rng(seed)
    found = np.empty(draws)
    for one in range(draws):
        times = np.bincount(rng.integers(0, units.size, units.size), minlength=units.size)
        found[one] = float(times @ total) / max(1.0, float(times @ count))
    low, high = np.quantile(found, [0.025, 0.975])
    matched = int((tried.action == chosen).sum())
    return Valued(float(each.mean()), float(low), float(high), len(tried), matched)


def _robust(tried: Tried, chosen: IntArray, alone: FloatArray, gains: FloatArray) -> FloatArray:
    rows = np.arange(len(tried))
    said = alone + gains[rows, chosen]  # NOTHING is -1, the last column
    done = tried.action == chosen
    result: FloatArray = said + np.where(done, (tried.outcome - said) / tried.propensity, 0.0)
    return result
