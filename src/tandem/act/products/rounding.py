"""Rounding of money: to the nearest minor unit, and a half goes up, as on a customer's statement."""

from __future__ import annotations

__all__ = ["nearest"]


def nearest(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` as a whole number, exactly; a half is rounded away from zero.

    Args:
        denominator: above zero.
    """
    if numerator < 0:
        return -nearest(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)
