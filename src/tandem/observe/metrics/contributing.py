"""Why a number moved: its change between two stretches of time, taken apart by a dimension, exactly.

A metric is *additive* (counts and sums), a *ratio* of two additive ones, or neither. The change of an additive metric is
the sum of the changes of its segments. That of a ratio is

    R1 - R0 = sum over segments of  (w1 - w0) * (mean of r0, r1  -  mean of R0, R1)     mix: there is more or less of it
                                  + (mean of w0, w1) * (r1 - r0)                        rate: it became other

with ``w`` the segment's share of the divisor and ``r`` its own ratio. Both sums are exact, with no remainder and no order
in which the effects would have to be taken (midpoint weights). A segment that one stretch lacks is all mix. Of a median
or a distinct count nothing adds up, and nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import msgspec
from sqlglot import exp

from tandem.kernel.time import Micros
from tandem.observe.metrics.parsing import parse_aggregate
from tandem.observe.metrics.types import Metric, Number

__all__ = ["Cell", "Change", "Contribution", "Day", "Parts", "Shape", "change_of", "parts_of"]

Shape: TypeAlias = Literal["additive", "ratio", "neither"]


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What a metric is made of, as SQL aggregates.

    Attributes:
        amount: the metric itself, or its dividend.
        base: the divisor of a ratio.
    """

    shape: Shape
    amount: str
    base: str | None = None


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One segment in one of two stretches of time."""

    value: str | None
    now: bool
    amount: Number
    base: Number = None


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day of a metric: ``at`` is its beginning; ``base`` is None where the metric is no ratio."""

    at: Micros
    amount: Number
    base: Number = None


class Contribution(msgspec.Struct, frozen=True, kw_only=True):
    """What one segment added to the move.

    Attributes:
        value: of the dimension; None for rows without one.
        now, then: the metric in this segment; None where there is nothing to divide by.
        added: to the move, in the metric's unit; ``mix`` and ``rate`` sum to it, for a ratio.
        weight_now, weight_then: its share of the divisor, for a ratio.
    """

    value: str | None
    now: Number
    then: Number
    added: float | int
    mix: float | None = None
    rate: float | None = None
    weight_now: float | None = None
    weight_then: float | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A metric's move. ``parts`` sum to ``change``, largest first; empty where it has no parts that add up."""

    shape: Shape
    now: Number
    then: Number
    change: Number
    dimension: str | None = None
    parts: tuple[Contribution, ...] = ()


def parts_of(metric: Metric) -> Parts:
    """How the metric's expression is made."""
    tree = _bare(parse_aggregate(metric.expression, "expression"))
    if isinstance(tree, exp.Div):
        base = tree.expression
        if isinstance(base, exp.Nullif):
            base = base.this
        if _adds_up(tree.this) and _adds_up(base):
            return Parts(shape="ratio", amount=_sql(tree.this), base=_sql(base))
    mean = _mean(tree)
    if mean is not None:
        return mean
    return Parts(shape="additive" if _adds_up(tree) else "neither", amount=_sql(tree))


def change_of(parts: Parts, dimension: str | None, cells: Iterable[Cell]) -> Change:
    """The move that ``cells`` make up. Where the shape is ``neither`` they hold whole values, one a stretch.

    Args:
        parts: of the metric.
        dimension: that the cells are broken down by; None for one cell a stretch.
        cells: every segment of both stretches.
    """
    segments: dict[str | None, dict[bool, Cell]] = {}
    for cell in cells:
        segments.setdefault(cell.value, {})[cell.now] = cell
    if parts.shape == "neither":
        alone = segments.get(None, {}) if dimension is None else {}
        now, then = (alone[side].amount if side in alone else None for side in (True, False))
        return Change(shape="neither", now=now, then=then, change=_minus(now, then), dimension=dimension)
    if parts.shape == "ratio":
        return _ratio(segments, dimension)
    return _additive(segments, dimension)


def _additive(segments: dict[str | None, dict[bool, Cell]], dimension: str | None) -> Change:
    found: list[Contribution] = []
    for value, sides in segments.items():
        now, then = _amount(sides.get(True)), _amount(sides.get(False))
        found.append(Contribution(value=value, now=now, then=then, added=now - then))
    total_now, total_then = sum(_number(one.now) for one in found), sum(_number(one.then) for one in found)
    return Change(
        shape="additive",
        now=total_now,
        then=total_then,
        change=total_now - total_then,
        dimension=dimension,
        parts=_largest_first(found, dimension),
    )


def _ratio(segments: dict[str | None, dict[bool, Cell]], dimension: str | None) -> Change:
    amounts = {side: sum(_amount(one.get(side)) for one in segments.values()) for side in (True, False)}
    bases = {side: sum(_base(one.get(side)) for one in segments.values()) for side in (True, False)}
    now, then = (amounts[side] / bases[side] if bases[side] else None for side in (True, False))
    if now is None or then is None:
        return Change(shape="ratio", now=now, then=then, change=None, dimension=dimension)
    middle = (now + then) / 2
    found = [
        _segment(value, sides, (bases[False], bases[True]), middle)
        for value, sides in segments.items()
        if _base(sides.get(True)) or _base(sides.get(False)) or _amount(sides.get(True)) or _amount(sides.get(False))
    ]
    return Change(
        shape="ratio",
        now=now,
        then=then,
        change=now - then,
        dimension=dimension,
        parts=_largest_first(found, dimension),
    )


def _segment(value: str | None, sides: dict[bool, Cell], totals: tuple[float, float], middle: float) -> Contribution:
    bases = [_base(sides.get(side)) for side in (False, True)]
    amounts = [_amount(sides.get(side)) for side in (False, True)]
    weights = [base / total for base, total in zip(bases, totals, strict=True)]
    rates = [amount / base if base else None for amount, base in zip(amounts, bases, strict=True)]
    # What a dividend holds outside of the divisor's rows has no rate of its own; it moved the whole all the same.
    loose = [0.0 if base else amount / total for amount, base, total in zip(amounts, bases, totals, strict=True)]
    before = rates[0] if rates[0] is not None else rates[1] or 0.0
    after = rates[1] if rates[1] is not None else before
    mix = (weights[1] - weights[0]) * ((before + after) / 2 - middle)
    rate = (weights[0] + weights[1]) / 2 * (after - before) + loose[1] - loose[0]
    return Contribution(
        value=value,
        now=rates[1],
        then=rates[0],
        added=mix + rate,
        mix=mix,
        rate=rate,
        weight_now=weights[1],
        weight_then=weights[0],
    )


def _largest_first(found: Sequence[Contribution], dimension: str | None) -> tuple[Contribution, ...]:
    if dimension is None:
        return ()
    return tuple(sorted(found, key=lambda one: (-abs(one.added), one.value or "")))


def _adds_up(tree: exp.Expr) -> bool:
    """Whether the expression of two sets of rows together is the sum of that of each."""
    tree = _bare(tree)
    if isinstance(tree, exp.Filter):
        return _adds_up(tree.this)
    if isinstance(tree, exp.Count | exp.CountIf | exp.Sum):
        return tree.find(exp.Distinct) is None
    if isinstance(tree, exp.Add | exp.Sub):
        return _adds_up(tree.this) and _adds_up(tree.expression)
    if isinstance(tree, exp.Neg):
        return _adds_up(tree.this)
    if isinstance(tree, exp.Cast):
        return bool(tree.to.is_type(*exp.DataType.FLOAT_TYPES)) and _adds_up(tree.this)
    if isinstance(tree, exp.Coalesce):  # sum(...) of no rows is unknown; an author may have written it out as 0
        return _adds_up(tree.this) and [each.sql() for each in tree.expressions] == ["0"]
    if isinstance(tree, exp.Mul):
        left, right = tree.this, tree.expression
        return (_adds_up(left) and _is_number(right)) or (_is_number(left) and _adds_up(right))
    return False


def _mean(tree: exp.Expr) -> Parts | None:
    """A mean is a ratio of a sum and a count."""
    inner = tree.this if isinstance(tree, exp.Filter) else tree
    if not isinstance(inner, exp.Avg) or inner.find(exp.Distinct) is not None:
        return None
    made: list[exp.Expr] = [exp.Sum(this=inner.this.copy()), exp.Count(this=inner.this.copy())]
    if isinstance(tree, exp.Filter):
        made = [exp.Filter(this=one, expression=tree.expression.copy()) for one in made]
    return Parts(shape="ratio", amount=_sql(made[0]), base=_sql(made[1]))


def _bare(tree: exp.Expr) -> exp.Expr:
    while isinstance(tree, exp.Paren):
        tree = tree.this
    return tree


def _is_number(tree: exp.Expr) -> bool:
    return isinstance(_bare(tree), exp.Literal) and not _bare(tree).is_string


def _sql(tree: exp.Expr) -> str:
    return tree.sql("duckdb")


def _amount(cell: Cell | None) -> int | float:
    return 0 if cell is None else _number(cell.amount)


def _base(cell: Cell | None) -> int | float:
    return 0 if cell is None else _number(cell.base)


def _number(value: Number) -> int | float:
    return 0 if value is None else value


def _minus(now: Number, then: Number) -> Number:
    return None if now is None or then is None else now - then
