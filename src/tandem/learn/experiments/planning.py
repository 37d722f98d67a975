"""How many decisions an experiment needs, computed from what it says before it begins.

The fixed-horizon size for a difference of two means, with unequal arms (Chow, Shao, Wang, 2008, Sample size calculations in
clinical research, ch. 3 and 4): for a share the variance follows from the share, for a mean it is given. Looking whenever one
likes costs more; how much is found from the always-valid interval itself.
"""

from __future__ import annotations

from math import ceil
from typing import Final

import msgspec
from scipy.special import ndtr, ndtri

from tandem.decide.experiments import MEASURES, Experiment, PrimaryMetric
from tandem.learn.experiments.sequential import always_valid

__all__ = ["ExperimentPlan", "plan_of", "power_of", "sample_size"]

_SIZE_MAX: Final = 1 << 40


class ExperimentPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What was promised.

    Attributes:
        minimum: decisions of the smallest challenger that are needed at a fixed horizon.
        minimum_all: of all arms together.
        sequential: of the smallest challenger, where one looks as often as one likes.

    All are 0 where an arm has no share: nothing is compared then, and only guards look.
    """

    minimum: int
    minimum_all: int
    sequential: int


def plan_of(experiment: Experiment) -> ExperimentPlan:
    """The plan that follows from the experiment's metric and shares."""
    metric = experiment.metric
    champion, smallest = experiment.champion.share, min(one.share for one in experiment.challengers)
    if experiment.mode == "shadow":
        champion = smallest  # both on the same decisions
    if smallest <= 0 or champion <= 0:  # nobody to compare with
        return ExperimentPlan(minimum=0, minimum_all=0, sequential=0)
    ratio = champion / smallest
    minimum = sample_size(metric, ratio=ratio)
    return ExperimentPlan(
        minimum=minimum,
        minimum_all=ceil(minimum * 100 / smallest),
        sequential=_sequential_size(metric, ratio, minimum),
    )


def sample_size(metric: PrimaryMetric, *, ratio: float) -> int:
    """Decisions of the challenger at a fixed horizon; the champion has ``ratio`` times as many."""
    z = float(ndtri(1 - metric.alpha / 2) + ndtri(metric.power))
    champion, challenger = _variances(metric)
    return max(1, ceil(z * z * (challenger + (champion / ratio if ratio > 0 else champion)) / metric.detect**2))


def power_of(metric: PrimaryMetric, count: int, *, ratio: float) -> float:
    """How often a difference of ``detect`` is found at a fixed horizon with so many decisions of the challenger."""
    champion, challenger = _variances(metric)
    error = ((challenger + champion / ratio) / count) ** 0.5
    found = metric.detect / error - ndtri(1 - metric.alpha / 2)
    return float(ndtr(found))


def _sequential_size(metric: PrimaryMetric, ratio: float, start: int) -> int:
    """So many that an estimate of ``detect`` is outside of the interval around none with the power asked for."""
    champion, challenger = _variances(metric)
    size, z = start, float(ndtri(metric.power))
    while size < _SIZE_MAX:
        variance = (challenger + champion / ratio) / size
        spread = always_valid(0.0, variance, alpha=metric.alpha, tau=metric.detect).high
        if metric.detect >= spread + z * variance**0.5:
            return size
        size = ceil(size * 1.02) + 1
    return size


def _variances(metric: PrimaryMetric) -> tuple[float, float]:
    """Of one decision with the champion and with the challenger."""
    if MEASURES[metric.measure].kind == "share":
        expected = metric.expected or 0.0
        better = expected + (metric.detect if metric.better == "higher" else -metric.detect)
        better = min(max(better, 0.0), 1.0)
        return expected * (1 - expected), better * (1 - better)
    spread = metric.spread or 1.0
    return spread * spread, spread * spread
