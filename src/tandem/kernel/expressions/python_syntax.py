"""Pieces of Python's syntax tree, by the names the rest of the room calls them."""

from __future__ import annotations

import ast
from typing import Any

__all__ = ["all_of", "any_of", "bind", "called", "constant", "is_atom", "is_known", "name", "negated"]


def name(local: str) -> ast.Name:
    """The value of a local."""
    return ast.Name(local, ast.Load())


def bind(local: str, value: ast.expr) -> ast.NamedExpr:
    """A value that is also given to a local."""
    return ast.NamedExpr(ast.Name(local, ast.Store()), value)


def constant(value: Any) -> ast.Constant:
    """A value that Python can write down."""
    return ast.Constant(value)


def is_known(value: ast.expr) -> ast.Compare:
    """The value is not None."""
    return ast.Compare(value, [ast.IsNot()], [constant(None)])


def all_of(conditions: list[ast.expr]) -> ast.expr:
    """Conditions joined by and; True of none."""
    return _joined(ast.And(), conditions, empty=True)


def any_of(conditions: list[ast.expr]) -> ast.expr:
    """Conditions joined by or; False of none."""
    return _joined(ast.Or(), conditions, empty=False)


def _joined(operator: ast.boolop, conditions: list[ast.expr], *, empty: bool) -> ast.expr:
    flat: list[ast.expr] = []
    for condition in conditions:
        if isinstance(condition, ast.BoolOp) and type(condition.op) is type(operator):
            flat.extend(condition.values)
        elif not (isinstance(condition, ast.Constant) and condition.value is empty):
            flat.append(condition)
    if not flat:
        return constant(empty)
    return flat[0] if len(flat) == 1 else ast.BoolOp(operator, flat)


def negated(condition: ast.expr) -> ast.expr:
    """The condition, turned around."""
    return ast.UnaryOp(ast.Not(), condition)


def called(function: str, *arguments: ast.expr) -> ast.Call:
    """A call of a function by its name."""
    return ast.Call(name(function), list(arguments), [])


def is_atom(node: ast.expr) -> bool:
    """Whether a value may be written twice: a name or a constant."""
    return isinstance(node, ast.Name | ast.Constant)
