"""What ranking to expect of scores whose outcomes are not known yet, from the scores themselves.

Where probabilities can be taken at their word, they say how often each pair will be in the right order: confidence-based
performance estimation (Kivimäki, Bialek, Nurminen and Kuberski 2024). It sees a change of the people who apply and none of how people
behave; so it is only used where the calibration gate passes, and it is checked when outcomes arrive.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from tandem.learn.training import FloatArray, Interval, auc

__all__ = ["expected_auc", "expected_bad_rate"]

_DRAWS: Final = 200
_SEED: Final = 20261128
_SAMPLE: Final = 20_000
_Z95: Final = 1.959963984540054


def expected_auc(probability: FloatArray) -> Interval:
    """The AUC to expect, and where 95 of 100 realised ones would lie were the probabilities right.

    Exact over all pairs; the interval from outcomes drawn by seed, on at most 20,000 rows, scaled to all.
    """
    p = np.sort(probability)
    _, start, count = np.unique(p, return_index=True, return_counts=True)
    goods = np.append(0.0, np.cumsum(1 - p))
    below = np.repeat(goods[start], count)
    tied = np.repeat(goods[start + count] - goods[start], count) - (1 - p)
    pairs = float(p.sum() * (1 - p).sum() - np.sum(p * (1 - p)))
    value = float(np.sum(p * (below + tied / 2))) / max(pairs, 1e-300)
    sample = probability[:: max(1, -(-probability.size // _SAMPLE))]
    random = np.random.default_rng(_SEED)
    drawn = np.asarray([auc((random.random(sample.size) < sample).astype(np.float64), sample) for _ in range(_DRAWS)])
    drawn = drawn[~np.isnan(drawn)]
    if drawn.size < _DRAWS // 2:
        return Interval(value, 0.0, 1.0)
    spread = _Z95 * float(drawn.std(ddof=1)) * math.sqrt(sample.size / probability.size)
    return Interval(value, max(0.0, value - spread), min(1.0, value + spread))


def expected_bad_rate(probability: FloatArray) -> Interval:
    """The bad rate to expect, with its 95 % interval (normal, of a sum of unequal chances)."""
    mean = float(probability.mean())
    spread = _Z95 * float(np.sqrt(np.sum(probability * (1 - probability)))) / probability.size
    return Interval(mean, max(0.0, mean - spread), min(1.0, mean + spread))
