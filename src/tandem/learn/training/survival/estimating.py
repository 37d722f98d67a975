"""What a book shows without any model: who is still good after t periods, where some were not watched to the end.

Kaplan and Meier (1958), with Greenwood's variance (1926) on the log-log scale, so that a limit stays within 0 and 1 (Kalbfleisch
and Prentice 2002, ch. 1). Periods are discrete: whoever leaves in a period was at risk of the event throughout it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.survival.spells import Spells

__all__ = ["Estimate", "kaplan_meier", "still_watched"]

_Z95 = float(ndtri(0.975))


@dataclass(frozen=True, slots=True)
class Estimate:
    """Share of accounts still good after each period; index 0 is period 1.

    Attributes:
        at_risk, events: accounts watched in the period, and those it ended badly.
        good: share good by its end; ``low`` and ``high`` bound it with 95 % confidence.
    """

    at_risk: IntArray
    events: IntArray
    good: FloatArray
    low: FloatArray
    high: FloatArray


def kaplan_meier(spells: Spells, horizon: int) -> Estimate:
    """The share still good after 1 .. ``horizon`` periods."""
    periods = np.arange(1, horizon + 1)
    ends = np.sort(spells.duration)
    at_risk = ends.size - np.searchsorted(ends, periods, side="left")
    bad = np.sort(spells.duration[spells.event > 0])
    events = np.searchsorted(bad, periods, side="right") - np.searchsorted(bad, periods, side="left")
    risk = np.maximum(at_risk, 1)
    good = np.asarray(np.cumprod(1 - events / risk), dtype=np.float64)
    low, high = _limits(good, np.cumsum(events / (risk * np.maximum(risk - events, 1))))
    return Estimate(at_risk, events, good, low, high)


def _limits(good: FloatArray, relative: FloatArray) -> tuple[FloatArray, FloatArray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.exp(_Z95 * np.sqrt(relative) / np.log(good))
        low, high = good ** (1 / spread), good**spread
    inside = (good > 0) & (good < 1)
    return np.where(inside, low, good), np.where(inside, high, good)


def still_watched(spells: Spells, horizon: int) -> FloatArray:
    """Share of accounts that watching did not lose *before* the end of period t, for t = 0 .. ``horizon``.

    The mirror image of Kaplan and Meier: leaving is the event, and who went bad in a period left none in it.
    """
    periods = np.arange(1, horizon + 1)
    ends = np.sort(spells.duration)
    at_risk = ends.size - np.searchsorted(ends, periods, side="left")
    left = np.sort(spells.duration[spells.event == 0])
    leaving = np.searchsorted(left, periods, side="right") - np.searchsorted(left, periods, side="left")
    bad = np.sort(spells.duration[spells.event > 0])
    events = np.searchsorted(bad, periods, side="right") - np.searchsorted(bad, periods, side="left")
    # the event comes first within a period
    return np.append(1.0, np.cumprod(1 - leaving / np.maximum(at_risk - events, 1)))
