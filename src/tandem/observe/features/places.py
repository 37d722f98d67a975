"""Distance between two places on the globe, to the same bit in Python, in numpy and in C++.

Places are whole micro-degrees. The great circle is the haversine on a sphere of the mean radius of the earth (within 0.6 %
of the ellipsoid). Sine and arc sine are their own power series in a fixed order: addition, multiplication, division and
square root are exactly rounded everywhere, while a library's ``sin`` is not the same from one machine to the next.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

__all__ = ["distance", "distances", "speed", "speeds"]

_RADIANS = 1.7453292519943295e-08
_HALF_PI = 1.5707963267948966
_DIAMETER = 12742017.6
_SINE_TERMS = 12
_ARC_TERMS = 30
_LATITUDE_MAX = 90_000_000
_LONGITUDE_MAX = 180_000_000
_SECOND = 1_000_000.0


def distance(
    latitude: float | None, before_latitude: float | None, longitude: float | None, before_longitude: float | None
) -> int | None:
    """Whole metres between two places in micro-degrees; None where one is missing or is no place."""
    if latitude is None or before_latitude is None or longitude is None or before_longitude is None:
        return None
    if max(abs(latitude), abs(before_latitude)) > _LATITUDE_MAX:
        return None
    if max(abs(longitude), abs(before_longitude)) > _LONGITUDE_MAX:
        return None
    chord = math.sqrt(_haversine(float(latitude), float(before_latitude), float(longitude), float(before_longitude)))
    chord = min(chord, 1.0)
    arc = _arc_sine(chord) if chord <= 0.5 else _HALF_PI - 2.0 * _arc_sine(math.sqrt((1.0 - chord) / 2.0))
    metres: int = math.floor(_DIAMETER * arc + 0.5)
    return metres


def speed(metres: int | None, elapsed: float | None) -> float | None:
    """Metres per second over ``elapsed`` microseconds; less than a second counts as one."""
    if metres is None or elapsed is None:
        return None
    return float(metres) / (max(float(elapsed), _SECOND) / _SECOND)


def distances(latitude: Any, before_latitude: Any, longitude: Any, before_longitude: Any) -> tuple[Any, Any]:
    """``distance`` over columns of floats: whole metres as floats, and which of them are places."""
    known = np.maximum(np.abs(latitude), np.abs(before_latitude)) <= _LATITUDE_MAX
    known &= np.maximum(np.abs(longitude), np.abs(before_longitude)) <= _LONGITUDE_MAX
    inside = [np.where(known, one, 0.0) for one in (latitude, before_latitude, longitude, before_longitude)]
    chord = np.minimum(np.sqrt(_haversine(*inside)), 1.0)
    near = _arc_sine(np.minimum(chord, 0.5))
    far = _HALF_PI - 2.0 * _arc_sine(np.sqrt((1.0 - chord) / 2.0))
    return np.floor(_DIAMETER * np.where(chord <= 0.5, near, far) + 0.5), known


def speeds(metres: Any, elapsed: Any) -> Any:
    """``speed`` over columns."""
    return metres / (np.maximum(elapsed, _SECOND) / _SECOND)


def _haversine(latitude: Any, before_latitude: Any, longitude: Any, before_longitude: Any) -> Any:
    """The square of half the chord between two places on the unit sphere."""
    apart = abs(longitude - before_longitude)
    apart = apart + (apart > _LONGITUDE_MAX) * (360_000_000.0 - 2.0 * apart)  # the shorter way round
    north = _sine(abs(latitude - before_latitude) * _RADIANS / 2.0)
    east = _sine(apart * _RADIANS / 2.0)
    return north * north + _cosine(latitude * _RADIANS) * _cosine(before_latitude * _RADIANS) * (east * east)


def _sine(x: Any) -> Any:
    """Sine of at most a quarter turn."""
    square = x * x
    total = term = x
    for n in range(1, _SINE_TERMS):
        term = -(term * square) / float(2 * n * (2 * n + 1))
        total = total + term
    return total


def _cosine(x: Any) -> Any:
    """Cosine of at most a quarter turn."""
    half = _sine(x / 2.0)
    return 1.0 - 2.0 * (half * half)


def _arc_sine(x: Any) -> Any:
    """Arc sine of at most a half."""
    square = x * x
    total = power = x
    for n in range(_ARC_TERMS):
        power = power * square * float((2 * n + 1) * (2 * n + 1)) / float((2 * n + 2) * (2 * n + 3))
        total = total + power
    return total
