"""Simple conditions as boxes: a conjunction of comparisons with constants is one unary test per fact.

So rules can be analysed as the rows of a table are: a condition that can never be true, and a rule that earlier ones
leave nothing to. A condition of another form has no box, and nothing is claimed of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tandem.decide.policy.cells import HIGHEST, LOWEST, Span, Test, compared, point_of, within
from tandem.kernel.expressions import Call, ColumnRef, Expression, Literal, Node
from tandem.kernel.values import SqlType

__all__ = ["Box", "box_of", "is_empty"]

Box = Mapping[str, tuple[ColumnRef, Test]]
"""Fact to the reference that read it and the test of its value; a fact not named may have any value."""

_MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_WHOLE: Final[tuple[Span, ...]] = ((LOWEST, HIGHEST),)


def box_of(condition: Expression) -> Box | None:
    """The box of a conjunction of comparisons with constants, or None for a condition of another form."""
    box: dict[str, tuple[ColumnRef, Test]] = {}
    for part in _conjuncts(condition.tree):
        found = _side(part)
        if found is None:
            return None
        column, test = found
        known = box.get(column.name)
        box[column.name] = (column, test if known is None else _both(known[1], test))
    return box


def is_empty(box: Box) -> bool:
    """Whether no row at all is in the box."""
    return any(not test.spans and not test.missing for _, test in box.values())


def _conjuncts(node: Node) -> Iterator[Node]:
    if isinstance(node, Call) and node.operator == "and":
        for arg in node.args:
            yield from _conjuncts(arg)
    else:
        yield node


def _side(node: Node) -> tuple[ColumnRef, Test] | None:
    """The column and test of one comparison."""
    if isinstance(node, ColumnRef):
        return node, _test(point_of(True, SqlType.BOOLEAN))
    if not isinstance(node, Call) or not node.args:
        return None
    if node.operator == "not":
        return _negated(node.args[0])
    if node.operator == "compare":
        return _comparison(node)
    column = node.args[0]
    if not isinstance(column, ColumnRef):
        return None
    if node.operator == "is_null":
        return column, Test(text="", spans=(), missing=True, explicit=True)
    if node.operator == "in":
        return column, _test(*(point_of(value, column.type) for value in node.details))
    return _between(node, column) if node.operator == "between" else None


def _between(node: Call, column: ColumnRef) -> tuple[ColumnRef, Test] | None:
    low, high = node.args[1:]
    for bound in (low, high):
        if not isinstance(bound, Literal) or bound.value is None or bound.type != column.type:
            return None
    assert isinstance(low, Literal)
    assert isinstance(high, Literal)
    spans = within(compared(">=", low.value, column.type), compared("<=", high.value, column.type))
    return column, Test(text="", spans=spans)


def _negated(node: Node) -> tuple[ColumnRef, Test] | None:
    if isinstance(node, ColumnRef):
        return node, _test(point_of(False, SqlType.BOOLEAN))
    if isinstance(node, Call) and node.operator == "is_null" and isinstance(node.args[0], ColumnRef):
        return node.args[0], Test(text="", spans=_WHOLE)
    return None


def _comparison(node: Call) -> tuple[ColumnRef, Test] | None:
    left, right = node.args
    sign = str(node.details[0])
    if isinstance(left, Literal):
        left, right, sign = right, left, _MIRRORED[sign]
    if not isinstance(left, ColumnRef) or not isinstance(right, Literal):
        return None
    if right.value is None or right.type != left.type:
        return None
    return left, _test(*compared(sign, right.value, left.type))


def _test(*spans: Span) -> Test:
    return Test(text="", spans=within(list(spans), list(_WHOLE)))


def _both(one: Test, other: Test) -> Test:
    return Test(
        text="",
        spans=within(list(one.spans), list(other.spans)),
        missing=one.missing and other.missing,
        explicit=one.missing and other.missing,
    )
