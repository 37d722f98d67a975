"""Whether another number in a rule would be worth more, beyond chance and whatever the unknown outcomes were.

What an approval is worth is the plan's word: a good one 1, a bad one ``-bad_costs``. Only decisions whose approval changes count,
so the difference to what stands is paired: n decisions, each worth +1, -1, +c, -c or 0. Of decisions that nobody approved, nobody
knows the outcome; so every value is judged twice, as if all of them were good and as if all were bad, and must hold both ways. The
chance of error is spread over every look since the number went live (``gates.alpha_at``) and over the values that are tried.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Protocol

import msgspec
import numpy as np
from scipy.special import ndtri

from tandem.kernel.errors import InvalidInput
from tandem.learn.gates import alpha_at
from tandem.learn.iteration.plan import IterationPlan, Threshold
from tandem.learn.training import FloatArray

__all__ = ["Changed", "Judged", "Trials", "Tried", "best_of", "grid_of", "judge"]

FEWEST_CHANGED: Final = 30
"""Changed decisions with a known outcome below which nothing is concluded: the interval is a normal one."""
_Z95: Final = 1.959963984540054


class Changed(msgspec.Struct, frozen=True):
    """Decisions by what became of them."""

    good: int
    bad: int
    unknown: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.good + self.bad + self.unknown


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """Another number: how many of ``decisions`` would be approved that are not, and the other way round."""

    value: float
    when: str
    decisions: int
    gained: Changed
    lost: Changed


class Trials(Protocol):
    """Decides again what was decided, with other numbers in one rule."""

    def try_values(
        self, plan: IterationPlan, day: str, threshold: Threshold, values: Sequence[float], days: tuple[str, str]
    ) -> list[Tried]:
        """Each of ``values`` in the live policy, over the decisions of ``days``, with outcomes as known at the end of ``day``."""
        ...


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A number against the one that stands, per 1,000 decisions, in good approvals.

    Attributes:
        gained, lost: good, bad and unknown outcomes of changed approvals.
        shift: change of the share of approvals.
        all_good, all_bad: the difference and its 95 % interval, were every unknown outcome good, or bad.
        strict_low: the lower of both lower bounds at the level of this look; ``level``, ``look``: that level, which look it was.
        unknown: share of unknown outcomes among changed decisions.
    """

    value: float
    when: str
    decisions: int
    gained: tuple[int, int, int]
    lost: tuple[int, int, int]
    shift: float
    all_good: tuple[float, float, float]
    all_bad: tuple[float, float, float]
    strict_low: float
    level: float
    look: int
    unknown: float

    @property
    def known(self) -> int:
        """Changed decisions with a known outcome."""
        return sum(self.gained[:2]) + sum(self.lost[:2])


def grid_of(values: FloatArray, threshold: Threshold, stands: float) -> tuple[float, ...]:
    """Observed quantiles to try in the place of ``stands``, without it; whole numbers where the column has nothing else."""
    known = values[~np.isnan(values)]
    if not known.size:
        return ()
    places = np.linspace(0, 1, threshold.values + 2)[1:-1]
    # Around what stands, as far as the shift of approvals may go, the quantiles lie closest.
    here = float((known < stands).mean())
    near = np.clip(here + (places - 0.5) * 4 * threshold.approval_shift, 0, 1)
    found = np.quantile(known, near, method="inverted_cdf")
    return tuple(float(f"{one:.6g}") for one in np.unique(found) if not math.isclose(one, stands, rel_tol=1e-6))


def judge(tried: Tried, threshold: Threshold, look: int, alpha: float, values: int) -> Judged:
    """``tried`` against what stands, at look number ``look``, as one of ``values`` that are tried.

    Raises:
        InvalidInput: nothing was decided.
    """
    if tried.decisions < 1:
        raise InvalidInput("Nothing was decided.", code="no_decisions", field="decisions", value=tried.decisions)
    level = alpha_at(look, alpha) / max(values, 1)
    scenarios = [_difference(tried, threshold.bad_costs, bad) for bad in (False, True)]
    strict = min(mean - float(-ndtri(level)) * spread for mean, spread in scenarios)
    changed = tried.gained.count + tried.lost.count
    good, bad = (
        (_mille(mean), _mille(mean - _Z95 * spread), _mille(mean + _Z95 * spread)) for mean, spread in scenarios
    )
    return Judged(
        value=tried.value,
        when=tried.when,
        decisions=tried.decisions,
        gained=(tried.gained.good, tried.gained.bad, tried.gained.unknown),
        lost=(tried.lost.good, tried.lost.bad, tried.lost.unknown),
        shift=round((tried.gained.count - tried.lost.count) / tried.decisions, 6),
        all_good=good,
        all_bad=bad,
        strict_low=_mille(strict),
        level=float(f"{level:.3g}"),
        look=look,
        unknown=round((tried.gained.unknown + tried.lost.unknown) / max(changed, 1), 4),
    )


def best_of(judged: Sequence[Judged], threshold: Threshold) -> Judged | None:
    """The one that is surely worth most, among those that are worth anything for sure; None: what stands stays."""
    able = [
        one
        for one in judged
        if one.strict_low > 0 and one.known >= FEWEST_CHANGED and abs(one.shift) <= threshold.approval_shift
    ]
    return max(able, key=lambda one: (one.strict_low, -abs(one.shift)), default=None)


def _difference(tried: Tried, cost: float, bad: bool) -> tuple[float, float]:  # noqa: FBT001 - one of two scenarios
    """Mean worth per decision against what stands, and its standard error; every unknown outcome ``bad`` or not."""
    counts = {1.0: 0, -1.0: 0, cost: 0, -cost: 0}
    for changed, sign in ((tried.gained, 1.0), (tried.lost, -1.0)):
        good_ones = changed.good + (0 if bad else changed.unknown)
        counts[sign] += good_ones
        counts[-sign * cost] += changed.count - good_ones
    n = tried.decisions
    mean = sum(worth * count for worth, count in counts.items()) / n
    square = sum(worth * worth * count for worth, count in counts.items()) / n
    return mean, math.sqrt(max(square - mean * mean, 0.0) / n)


def _mille(value: float) -> float:
    return float(f"{1000 * value:.4g}")
