"""How a table that collects joins the numbers of its rows; a cell without a value does not count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN

__all__ = ["COLLECTORS"]

Number: TypeAlias = int | float | None


def _sum(so_far: Number, value: Number) -> Number:
    if so_far is None or value is None:
        return value if so_far is None else so_far
    total = so_far + value
    if isinstance(total, int):
        return min(max(total, INTEGER_MIN), INTEGER_MAX)
    return total


def _min(so_far: Number, value: Number) -> Number:
    if so_far is None or value is None:
        return value if so_far is None else so_far
    return min(so_far, value)


def _max(so_far: Number, value: Number) -> Number:
    if so_far is None or value is None:
        return value if so_far is None else so_far
    return max(so_far, value)


COLLECTORS: Final[dict[str, Callable[[Number, Number], Number]]] = {"sum": _sum, "min": _min, "max": _max}
"""Aggregate to the function that joins what was collected so far with one more value."""
