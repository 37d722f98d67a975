"""Making typed nodes: what can be unknown is worked out here, and what is constant is computed here, once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tandem.kernel.expressions.limits import DECIMAL_DIGITS, DOUBLE_MAX, DOUBLE_TINY
from tandem.kernel.expressions.nodes import Call, ColumnRef, Literal, Node
from tandem.kernel.expressions.operators import OPERATORS
from tandem.kernel.expressions.python_code import PythonScope
from tandem.kernel.values import SqlType, Value

__all__ = ["assume_known", "call", "decimal_literal", "double_literal", "to_double"]

_NEVER_UNKNOWN = frozenset({"is_null", "is_boolean", "distinct", "concat"})
_UNKNOWN_IF_ALL_ARE = frozenset({"coalesce", "least", "greatest"})


def call(
    operator: str,
    *args: Node,
    type: SqlType,  # noqa: A002 - it reads as it should at every call
    scale: int = 0,
    details: tuple[Value, ...] = (),
) -> Call | Literal:
    """An operator applied to operands; the result itself where all of them are constants."""
    node = Call(operator, args, type, scale, _nullable(operator, args), details)
    if _is_strict(operator) and any(isinstance(arg, Literal) and arg.value is None for arg in args):
        return Literal(None, type, scale)
    if operator != "in_list" and all(isinstance(arg, Literal) for arg in args):
        scope = PythonScope()
        return Literal(scope.evaluate(node), type, scale)
    return node


def assume_known(node: Node) -> Node:
    """The same tree for rows in which every column is known."""
    if isinstance(node, ColumnRef):
        return replace(node, nullable=False)
    if isinstance(node, Literal):
        return node
    args = tuple(assume_known(arg) for arg in node.args)
    return replace(node, args=args, nullable=_nullable(node.operator, args))


def _is_strict(operator: str) -> bool:
    return operator in OPERATORS or operator in {"compare", "in", "in_list", "not"}


def _nullable(operator: str, args: tuple[Node, ...]) -> bool:
    if operator in _NEVER_UNKNOWN:
        return False
    if operator in _UNKNOWN_IF_ALL_ARE:
        return all(arg.nullable for arg in args)
    if operator == "case":
        return args[-1].nullable or any(value.nullable for value in args[1:-1:2])
    if operator == "null_if":
        return True
    row = OPERATORS.get(operator)
    return (row is not None and row.partial) or any(arg.nullable for arg in args)


def double_literal(number: Decimal | int) -> Literal | None:
    """A number as DOUBLE; None when it is too large for one."""
    value = float(number)
    if not abs(value) <= DOUBLE_MAX:
        return None
    return Literal(0.0 if abs(value) < DOUBLE_TINY else value, SqlType.DOUBLE)


def decimal_literal(number: Decimal) -> Literal | None:
    """A number as the DECIMAL of just its digits; None when it has more than 18."""
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int), "numbers of a text are finite"
    scale = max(-exponent, 0)
    if scale > DECIMAL_DIGITS or max(len(digits) + exponent, 0) + scale > DECIMAL_DIGITS:
        return None
    return Literal(number, SqlType.DECIMAL, scale)


def to_double(node: Node) -> Node | None:
    """A number as DOUBLE, converted where it is not; None when a constant is too large."""
    if node.type is SqlType.DOUBLE:
        return node
    if isinstance(node, Literal) and isinstance(node.value, Decimal | int):
        return double_literal(node.value)
    operator = "integer_to_double" if node.type is SqlType.INTEGER else "decimal_to_double"
    return call(operator, node, type=SqlType.DOUBLE)
