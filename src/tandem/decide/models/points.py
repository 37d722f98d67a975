"""From log-odds to points and back: the one place where the sign and the factor are written down.

``factor = pdo / ln 2`` points per unit of log-odds; more points mean less risk (Siddiqi, *Credit Risk Scorecards*,
2006, ch. 6).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from tandem.decide.models.documents import Scaling

__all__ = ["base_points", "bin_points", "factor_of", "margin_of_points", "pointer_of", "points_of"]

_NO_MINUS: Final = 0.0
"""Added so that a printed card never shows -0."""


def factor_of(scaling: Scaling) -> float:
    """Points per unit of log-odds."""
    return scaling.pdo / math.log(2.0)


def points_of(scaling: Scaling, margin: float) -> float:
    """Points of an applicant with log-odds ``margin`` of the adverse outcome."""
    return pointer_of(scaling)(margin)


def pointer_of(scaling: Scaling) -> Callable[[float], float]:
    """``points_of`` for one scaling: what does not hang on the margin is computed once."""
    start, factor, offset, decimals = (
        scaling.base_points,
        factor_of(scaling),
        math.log(scaling.base_odds),
        scaling.decimals,
    )
    if decimals is None:
        return lambda margin: start - factor * (margin + offset) + _NO_MINUS
    return lambda margin: round(start - factor * (margin + offset), decimals) + _NO_MINUS


def margin_of_points(scaling: Scaling, points: float) -> float:
    """The log-odds that ``points`` stand for; the inverse of ``points_of`` with exact points."""
    return (scaling.base_points - points) / factor_of(scaling) - math.log(scaling.base_odds)


def base_points(scaling: Scaling, intercept: float) -> float:
    """What every applicant starts with on a scorecard with this intercept."""
    return points_of(scaling, intercept)


def bin_points(scaling: Scaling, coefficient: float, woe: float) -> float:
    """What a bin adds on a scorecard."""
    return _rounded(-factor_of(scaling) * coefficient * woe, scaling)


def _rounded(points: float, scaling: Scaling) -> float:
    return (points if scaling.decimals is None else round(points, scaling.decimals)) + _NO_MINUS
