"""Which columns alone decide whether an expression has an answer."""

from __future__ import annotations

from typing import Final

from tandem.kernel.expressions import ColumnRef, Expression, Literal, Node

__all__ = ["only_by_columns"]

_SAFE: Final = frozenset(
    {"and", "or", "not", "compare", "in", "in_list", "between", "is_null", "is_boolean", "distinct"}
)


def only_by_columns(expression: Expression) -> tuple[str, ...]:
    """The nullable columns of an expression that can be without an answer only where one of them is missing.

    Empty when it may also fail on present values, as a quotient does.
    """
    columns: dict[str, None] = {}
    waiting: list[Node] = [expression.tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ColumnRef):
            if node.nullable:
                columns[node.name] = None
        elif isinstance(node, Literal):
            if node.value is None:
                return ()
        elif node.operator not in _SAFE and node.nullable:
            return ()
        else:
            waiting.extend(node.args)
    return tuple(columns)
