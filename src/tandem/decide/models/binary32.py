"""Thresholds of libraries that compare in binary32, as thresholds for binary64 values.

XGBoost and CatBoost round every value to binary32 (to nearest, ties to even) before they compare it. A comparison of rounded
values is a comparison of the values themselves with another threshold: the largest binary64 that still rounds to the last
binary32 on the left. With it a document takes the library's way at every double, ties included.
"""

from __future__ import annotations

import math
import sys
from typing import Final

import numpy as np

__all__ = ["below", "largest_rounding_to", "single"]

_MAX: Final = float(np.finfo(np.float32).max)
_BEYOND: Final = 2.0**128
"""What would follow the largest binary32: halfway there values begin to round to infinity."""


def single(value: float) -> float:
    """``value`` rounded to binary32; beyond its range an infinity."""
    with np.errstate(over="ignore"):
        return float(np.float32(value))


def below(value: float) -> float:
    """The largest binary32 below the binary32 ``value``."""
    return float(np.nextafter(np.float32(value), np.float32(-np.inf)))


def largest_rounding_to(value: float) -> float:
    """The largest finite binary64 that rounds to the binary32 ``value`` or to a smaller one."""
    if math.isinf(value):
        return math.copysign(sys.float_info.max, value)
    following = _BEYOND if value == _MAX else float(np.nextafter(np.float32(value), np.float32(np.inf)))
    halfway = value + (following - value) / 2
    # At the very middle the even one of the two wins, and then the middle is the largest that rounds down.
    return halfway if single(halfway) <= value else math.nextafter(halfway, -math.inf)
