"""From log-odds to points and back: the one place where the sign and the factor are written down.

``factor = pdo / ln 2`` points per unit of log-odds; more points mean less risk (Siddiqi, *Credit Risk Scorecards*,
2006, ch. 6).
"""

from __future__ import annotations

import math

from tandem.decide.models.documents import Scaling

__all__ = ["base_points", "bin_points", "factor_of", "margin_of_points", "points_of"]


def factor_of(scaling: Scaling) -> float:
    """Points per unit of log-odds."""
    return scaling.pdo / math.log(2.0)


def points_of(scaling: Scaling, margin: float) -> float:
    """Points of an applicant with log-odds ``margin`` of the adverse outcome."""
    return _rounded(scaling.base_points - factor_of(scaling) * (margin + math.log(scaling.base_odds)), scaling)


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
    # + 0.0 so that a printed card never shows -0
    return points + 0.0 if scaling.decimals is None else round(points, scaling.decimals) + 0.0
