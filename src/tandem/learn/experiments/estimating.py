"""Rates, means and their differences, robust where one unit has several decisions.

Every measure is a ratio: what the units of an arm add up to, over how many of their decisions count. Its variance comes from
the units and not from the decisions, by linearisation (Deng, Lu, Litz, 2017, Trustworthy analysis of online A/B tests; the
delta method for ratio metrics): a person who applies ten times is one draw, and so is a ring of thirty.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, nan
from typing import Any

import msgspec
import numpy as np

__all__ = ["Difference", "Rate", "combined", "difference", "paired_difference", "rate_of_units"]

Numbers = np.ndarray[Any, Any]


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """A share or mean over the decisions of an arm.

    Attributes:
        count: decisions that count; ``units`` of which so many.
        total: what they add up to.
        value: total over count; nan without any.
        variance: of ``value``.
    """

    count: int
    units: int
    total: float
    value: float
    variance: float


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Challenger less champion, the variance of that, and how much it weighs among others."""

    value: float
    variance: float
    weight: float


def rate_of_units(units: Numbers, values: Numbers, counted: Numbers) -> Rate:
    """The rate over decisions.

    Args:
        units: number of the unit of each decision.
        values: of each; only looked at where ``counted``.
    """
    total, count = _sums(units, values, counted)
    return _rate(total[count > 0], count[count > 0])


def difference(champion: Rate, challenger: Rate) -> Difference:
    """Of two arms with different units."""
    if not champion.units or not challenger.units:
        return Difference(value=nan, variance=nan, weight=0.0)
    return Difference(
        value=challenger.value - champion.value,
        variance=challenger.variance + champion.variance,
        weight=champion.units * challenger.units / (champion.units + challenger.units),
    )


def paired_difference(
    units: Numbers, champion: tuple[Numbers, Numbers], challenger: tuple[Numbers, Numbers]
) -> Difference:
    """Of two arms on the same decisions: each is (values, counted)."""
    ones = [_sums(units, values, counted) for values, counted in (champion, challenger)]
    rates = [_rate(total, count) for total, count in ones]
    if not rates[0].count or not rates[1].count:
        return Difference(value=nan, variance=nan, weight=0.0)
    residuals = [(total - rate.value * count) / count.mean() for (total, count), rate in zip(ones, rates, strict=True)]
    size = len(residuals[0])
    variance = float(np.var(residuals[1] - residuals[0], ddof=1) / size) if size > 1 else nan
    return Difference(value=rates[1].value - rates[0].value, variance=variance, weight=float(size))


def combined(parts: Sequence[Difference]) -> Difference:
    """One difference out of stretches with different shares: each is estimated within itself, then weighed by its size.

    Thrown together, a month in which the champion had 95 % and one in which it had 50 % would compare the months.
    """
    known = [one for one in parts if one.weight > 0 and isfinite(one.value) and isfinite(one.variance)]
    weight = sum(one.weight for one in known)
    if not known:
        return Difference(value=nan, variance=nan, weight=0.0)
    return Difference(
        value=sum(one.weight * one.value for one in known) / weight,
        variance=sum(one.weight**2 * one.variance for one in known) / weight**2,
        weight=weight,
    )


def _sums(units: Numbers, values: Numbers, counted: Numbers) -> tuple[Numbers, Numbers]:
    """What each unit adds up to, and over how many decisions."""
    size = int(units.max()) + 1 if len(units) else 0
    there = np.bincount(units, minlength=size) > 0
    total = np.bincount(units, weights=np.where(counted, values, 0.0), minlength=size)
    count = np.bincount(units, weights=counted.astype(float), minlength=size)
    return total[there], count[there]


def _rate(total: Numbers, count: Numbers) -> Rate:
    size, whole = len(count), float(count.sum())
    if not whole:
        return Rate(count=0, units=0, total=0.0, value=nan, variance=nan)
    value = float(total.sum()) / whole
    residuals = (total - value * count) / (whole / size)
    variance = float((residuals**2).sum() / (size * (size - 1))) if size > 1 else nan
    return Rate(count=int(whole), units=size, total=float(total.sum()), value=value, variance=variance)
