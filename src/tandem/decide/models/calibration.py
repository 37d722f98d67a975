"""From margin to probability, the same to the last bit for one row and for a million.

Everything here is Python's own arithmetic on purpose: a vectorised exponential may differ in the last bit, and then an
offline score would not be the online score.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from typing import Final

from tandem.decide.models.documents import Calibration, IsotonicCalibration, NoCalibration, PlattCalibration

__all__ = ["calibrator_of", "log_odds", "sigmoid"]

_EDGE: Final = 1e-12
_FAR_EDGE: Final = 1.0 - _EDGE


def sigmoid(margin: float) -> float:
    """The logistic function, without overflow at either end."""
    if margin >= 0.0:
        return 1.0 / (1.0 + math.exp(-margin))
    grown = math.exp(margin)
    return grown / (1.0 + grown)


def log_odds(probability: float) -> float:
    """The inverse of ``sigmoid``; probabilities within 1e-12 of 0 or 1 are taken as that far away."""
    if probability < _EDGE:
        probability = _EDGE
    elif probability > _FAR_EDGE:
        probability = _FAR_EDGE
    return math.log(probability / (1.0 - probability))


def calibrator_of(calibration: Calibration) -> Callable[[float], float]:
    """The function from margin to probability."""
    match calibration:
        case NoCalibration():
            return sigmoid
        case PlattCalibration(slope=slope, intercept=intercept):
            return lambda margin: sigmoid(slope * margin + intercept)
        case IsotonicCalibration():
            return _table(calibration)


def _table(calibration: IsotonicCalibration) -> Callable[[float], float]:
    margins, probabilities = calibration.margins, calibration.probabilities
    last = len(margins) - 1

    def stepped(margin: float) -> float:
        return probabilities[max(bisect_right(margins, margin) - 1, 0)]

    def linear(margin: float) -> float:
        at = bisect_right(margins, margin) - 1
        if at < 0:
            return probabilities[0]
        if at >= last:
            return probabilities[last]
        share = (margin - margins[at]) / (margins[at + 1] - margins[at])
        # min: rounding may not carry the value past its neighbour, or it would fall at the next margin
        return min(probabilities[at] + share * (probabilities[at + 1] - probabilities[at]), probabilities[at + 1])

    return stepped if calibration.steps else linear
