"""Expressions as one Python function: unpack the row once, check for unknown once, then plain operators."""

from __future__ import annotations

import ast
from collections.abc import Callable, Container, Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias, cast

from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions.building import assume_known
from tandem.kernel.expressions.nodes import ColumnRef, Expression, Node, walk
from tandem.kernel.expressions.python_code import PythonScope
from tandem.kernel.values import Row, SqlType, Value

__all__ = ["Conditions", "Hits", "ListMembers", "RowFunction", "compile_conditions", "compile_row"]

ListMembers: TypeAlias = Mapping[str, Container[str]]
RowFunction: TypeAlias = Callable[[Row, ListMembers], tuple[Value, ...]]
Conditions: TypeAlias = Callable[[Row, ListMembers], list[int]]


class Hits(StrEnum):
    """Which of many conditions are wanted."""

    ALL = "all"
    FIRST = "first"


def compile_row(expressions: Sequence[Expression], *, fast_path: bool = True) -> RowFunction:
    """One function giving the values of all ``expressions`` for a row; None where one is unknown.

    ``lists`` must hold every list that the expressions name. ``fast_path=False`` leaves out the variant for rows
    without any unknown (for tests, which compare the two).
    """
    may_be_unknown = _nullable_columns(expressions) if fast_path else ()
    scope = PythonScope()
    careful = _tuple(scope, [expression.tree for expression in expressions])
    if not may_be_unknown:
        return cast("RowFunction", scope.build("row", [ast.Return(careful)]))
    plain = _tuple(scope, [assume_known(expression.tree) for expression in expressions])
    unknown = ast.BoolOp(
        ast.Or(),
        [
            ast.Compare(ast.Name(scope.local(column), ast.Load()), [ast.Is()], [ast.Constant(None)])
            for column in may_be_unknown
        ],
    )
    test = unknown if len(may_be_unknown) > 1 else unknown.values[0]
    body: list[ast.stmt] = [ast.If(test, [ast.Return(careful)], []), ast.Return(plain)]
    return cast("RowFunction", scope.build("row", body))


def compile_conditions(conditions: Sequence[Expression], *, hits: Hits = Hits.ALL) -> Conditions:
    """One function giving the positions of the conditions that are true for a row, in order: all, or only the first.

    A condition that is unknown has not fired. 250 conditions of three comparisons take about ten microseconds.

    Raises:
        DefinitionError: a condition is not BOOLEAN.
    """
    for index, condition in enumerate(conditions):
        if condition.type is not SqlType.BOOLEAN:
            raise DefinitionError(
                f"A condition must be BOOLEAN, and this is {condition.type.name}.",
                code="not_a_condition",
                field=f"conditions[{index}]",
                value=condition.text,
                hint="compare it with something",
            )
    scope = PythonScope()
    body: list[ast.stmt] = []
    fired = ast.Name("fired", ast.Load())
    for index, condition in enumerate(conditions):
        hit: ast.stmt
        if hits is Hits.FIRST:
            hit = ast.Return(ast.List([ast.Constant(index)], ast.Load()))
        else:
            hit = ast.Expr(ast.Call(ast.Attribute(fired, "append", ast.Load()), [ast.Constant(index)], []))
        body.append(ast.If(scope.truth(condition), [hit], []))
    empty = ast.List([], ast.Load())
    if hits is Hits.FIRST:
        body.append(ast.Return(empty))
    else:
        body.insert(0, ast.Assign([ast.Name("fired", ast.Store())], empty))
        body.append(ast.Return(fired))
    return cast("Conditions", scope.build("conditions", body))


def _nullable_columns(expressions: Sequence[Expression]) -> tuple[str, ...]:
    nodes = (node for expression in expressions for node in walk(expression.tree))
    return tuple(dict.fromkeys(node.name for node in nodes if isinstance(node, ColumnRef) and node.nullable))


def _tuple(scope: PythonScope, trees: Sequence[Node]) -> ast.expr:
    return ast.Tuple([scope.node_value(tree, set()) for tree in trees], ast.Load())
