"""Shares with what can be said of them: Wilson's interval, which stays sensible for few cases and for 0 % and 100 %."""

from __future__ import annotations

from math import sqrt
from typing import Final

import msgspec

__all__ = ["EffectRate", "rate_of"]

_Z: Final = 1.959963984540054
"""Two-sided 95 %."""


class EffectRate(msgspec.Struct, frozen=True, kw_only=True):
    """``part`` of ``whole`` as a share, with its 95 % Wilson interval; null where there is nothing to divide by.

    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.
    """

    part: int
    whole: int
    share: float | None
    low: float | None
    high: float | None


def rate_of(part: int, whole: int) -> EffectRate:
    """The share of ``part`` in ``whole``."""
    if whole == 0:
        return EffectRate(part=part, whole=0, share=None, low=None, high=None)
    share = part / whole
    spread = _Z * sqrt(share * (1 - share) / whole + _Z * _Z / (4 * whole * whole))
    middle = share + _Z * _Z / (2 * whole)
    scale = 1 + _Z * _Z / whole
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return EffectRate(part=part, whole=whole, share=share, low=max(0.0, low), high=min(1.0, high))
