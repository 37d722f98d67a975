"""What contacts brought: money that is not missed, against customers whom nobody contacted, and how sure that is.

A bill is missed if it is unpaid 30 days after it fell due. What an arm's contacts brought is what the arm left alone misses beyond it. Paying
some days earlier or later within the month brings nothing by this measure, and self-cure is on both sides; money that merely came in
after a contact is not counted for it.

Customers dealt to arms by chance are compared as strangers, adjusted for what each owed and missed before (Deng, Xu, Kohavi, Walker 2013).
The same customers lived through each strategy are compared as pairs. Intervals are percentiles of a bootstrap over customers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Effect", "Measured", "adjusted", "measured"]

_Floats: TypeAlias = npt.NDArray[np.float64]
_DRAWS = 500


@dataclass(frozen=True, slots=True)
class Effect:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Two strategies against the arm left alone, minor units.

    Attributes:
        baseline, ours: brought by one contact.
        more: how much more one contact of ours brings, in percent; its interval is wide or empty of meaning where the baseline's
            contacts bring nothing.
        gained: the same difference in minor units a contact of the baseline.
        contacts: a customer, of each.
    """

    baseline: Effect
    ours: Effect
    more: Effect
    gained: Effect
    contacts: tuple[float, float]


def adjusted(value: _Floats, before: _Floats) -> _Floats:
    """``value`` less what its linear dependence on ``before`` (a column each) says beyond the mean."""
    centred = before - before.mean(axis=0)
    slope, *_ = np.linalg.lstsq(centred, value - value.mean(), rcond=None)
    result: _Floats = value - centred @ slope
    return result


def measured(
    alone: _Floats, baseline: _Floats, ours: _Floats, contacts: tuple[_Floats, _Floats], *, paired: bool, seed: int
) -> Measured:
    """What the contacts of two strategies brought.

    Args:
        alone, baseline, ours: missed by each customer of each arm.
        contacts: made with each customer by the baseline and by ours.
        paired: the arrays are of the same customers in the same order.
        seed: of the bootstrap.
    """
    rng = np.random.default_rng(seed)
    point = _figures(*(float(one.mean()) for one in (alone, baseline, ours, *contacts)))
    draws = np.empty((_DRAWS, 4))
    for one in range(_DRAWS):
        if paired:
            times = [_times(rng, alone.size)] * 3
        else:
            times = [_times(rng, part.size) for part in (alone, baseline, ours)]
        drawn = zip((*times, times[1], times[2]), (alone, baseline, ours, *contacts), strict=True)
        draws[one] = _figures(*(float(weight @ part) / part.size for weight, part in drawn))
    low, high = np.nanquantile(draws, [0.025, 0.975], axis=0)
    found = [Effect(*map(float, one)) for one in zip(point, low, high, strict=True)]
    return Measured(found[0], found[1], found[2], found[3], (float(contacts[0].mean()), float(contacts[1].mean())))


def _times(rng: np.random.Generator, size: int) -> _Floats:
    """How often each customer is drawn: Poisson, which for many customers is drawing with replacement."""
    drawn = rng.poisson(1.0, size).astype(np.float64)
    result: _Floats = drawn * (size / max(1.0, drawn.sum()))
    return result


def _figures(
    alone: float, baseline: float, ours: float, made: float, made_by_us: float
) -> tuple[float, float, float, float]:
    one, other = (alone - baseline) / max(made, 1e-9), (alone - ours) / max(made_by_us, 1e-9)
    more = 100 * (other / one - 1) if one > 0 else float("nan")
    return one, other, more, other - one
