"""The forms of the operators that look at unknown themselves, and of the predicates that are as quick false as true.

Everything here asks an ``Emitter`` (the ``PythonScope`` of the function being made) for the forms of its operands.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final, Protocol, TypeAlias

from tandem.kernel.expressions import python_syntax as py
from tandem.kernel.expressions.nodes import Call, ColumnRef, Literal, Node
from tandem.kernel.values import SqlType

__all__ = ["PREDICATES", "TRUTH_FORMS", "VALUE_FORMS", "Emitter", "Known", "Parts"]

Known: TypeAlias = set[str]
"""Columns that an earlier link of a chain of conditions has shown to be there."""
Parts: TypeAlias = tuple[list[ast.expr], ast.expr]
"""Conditions under which a node is known, and its value once they hold."""

_SIGNS: Final[dict[str, type[ast.cmpop]]] = {
    "=": ast.Eq,
    "<>": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
_OPPOSITE: Final = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Emitter(Protocol):
    """What a form asks of the function it is part of; see ``PythonScope``."""

    def local(self, column: str) -> str: ...

    def list_local(self, name: str) -> str: ...

    def temporary(self) -> str: ...

    def runtime(self, name: str) -> ast.expr: ...

    def constant(self, value: object, key: object = None) -> ast.expr: ...

    def node_truth(self, node: Node, known: Known, *, want: bool) -> ast.expr: ...

    def node_value(self, node: Node, known: Known) -> ast.expr: ...

    def parts(self, node: Node, known: Known) -> Parts: ...

    def optional(self, value: ast.expr) -> Parts: ...

    def atom(self, value: ast.expr, conditions: list[ast.expr]) -> ast.expr: ...


# Predicates: strict, and with a false form as quick as the true one.


def _compare(scope: Emitter, node: Call, operands: list[ast.expr], want: bool) -> ast.expr:  # noqa: FBT001
    sign = str(node.details[0])
    left, right = operands
    for arg, other in (node.args, node.args[::-1]):
        if arg.type is SqlType.INTEGER and isinstance(other, Literal) and isinstance(other.value, Decimal):
            plain = scope.constant(_quick(other.value))
            left, right = (left, plain) if other is node.args[1] else (plain, right)
    return ast.Compare(left, [_SIGNS[sign if want else _OPPOSITE[sign]]()], [right])


def _quick(value: Decimal) -> int | float | Decimal:
    """A number that compares with every integer as ``value`` does, and faster."""
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if abs(near) < 2**52 and near != int(near) and int(near) == int(value) else value


def _among(scope: Emitter, node: Call, operands: list[ast.expr], want: bool) -> ast.expr:  # noqa: FBT001
    members = frozenset(node.details)
    if len(members) == 1:
        sign: ast.cmpop = ast.Eq() if want else ast.NotEq()
        return ast.Compare(operands[0], [sign], [scope.constant(next(iter(members)))])
    return ast.Compare(operands[0], [ast.In() if want else ast.NotIn()], [scope.constant(members)])


def _in_list(scope: Emitter, node: Call, operands: list[ast.expr], want: bool) -> ast.expr:  # noqa: FBT001
    members = py.name(scope.list_local(str(node.details[0])))
    return ast.Compare(operands[0], [ast.In() if want else ast.NotIn()], [members])


PREDICATES: Final[Mapping[str, Callable[[Emitter, Call, list[ast.expr], bool], ast.expr]]] = {
    "compare": _compare,
    "in": _among,
    "in_list": _in_list,
}


# Truth forms of the operators that look at unknown themselves.


def _truth_of_junction(scope: Emitter, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    together = (node.operator == "and") is want
    if together:
        return py.all_of([scope.node_truth(arg, known, want=want) for arg in node.args])
    return py.any_of([scope.node_truth(arg, set(known), want=want) for arg in node.args])


def _truth_of_not(scope: Emitter, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    return scope.node_truth(node.args[0], known, want=not want)


def _truth_of_is_null(scope: Emitter, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    arg = node.args[0]
    if isinstance(arg, ColumnRef) and arg.nullable and arg.name not in known:
        if not want:
            known.add(arg.name)
        compare: ast.cmpop = ast.Is() if want else ast.IsNot()
        return ast.Compare(py.name(scope.local(arg.name)), [compare], [py.constant(None)])
    conditions, _ = scope.parts(arg, set(known))
    return py.negated(py.all_of(conditions)) if want else py.all_of(conditions)


def _truth_of_is_boolean(scope: Emitter, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    held = scope.node_truth(node.args[0], known if want else set(known), want=bool(node.details[0]))
    return held if want else py.negated(held)


def _truth_of_distinct(scope: Emitter, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    left, right = (scope.node_value(arg, known) for arg in node.args)
    return ast.Compare(left, [ast.NotEq() if want else ast.Eq()], [right])


def _truth_of_between(scope: Emitter, node: Call, known: Known, want: bool) -> ast.expr:  # noqa: FBT001
    shown = known if want or not _open_ended(node) else set(known)
    conditions, value = scope.parts(node.args[0], shown)
    value = scope.atom(value, conditions)
    if want or not _open_ended(node):
        bounds = []
        for arg in node.args[1:]:
            more, bound = scope.parts(arg, shown)
            conditions += more
            bounds.append(bound)
        inside = ast.Compare(bounds[0], [ast.LtE(), ast.LtE()], [value, bounds[1]])
        return py.all_of([*conditions, inside if want else py.negated(inside)])
    outside: list[ast.expr] = []
    for arg, sign in zip(node.args[1:], (ast.Lt(), ast.Gt()), strict=True):
        more, bound = scope.parts(arg, set(shown))
        outside.append(py.all_of([*more, ast.Compare(value, [sign], [bound])]))
    return py.all_of([*conditions, py.any_of(outside)])


def _open_ended(node: Call) -> bool:
    return node.args[1].nullable or node.args[2].nullable


TRUTH_FORMS: Final[Mapping[str, Callable[[Emitter, Call, Known, bool], ast.expr]]] = {
    "and": _truth_of_junction,
    "or": _truth_of_junction,
    "not": _truth_of_not,
    "is_null": _truth_of_is_null,
    "is_boolean": _truth_of_is_boolean,
    "distinct": _truth_of_distinct,
    "between": _truth_of_between,
}


# Value forms of the same, and of the conditional functions.


def _value_of_junction(scope: Emitter, node: Call, known: Known) -> Parts:
    if not node.nullable:
        return [], scope.node_truth(node, set(known), want=True)
    decisive = node.operator == "or"
    deciding: list[ast.expr] = []
    unknown: list[ast.expr] = []
    for arg in node.args:
        name = scope.temporary()
        bound = py.bind(name, scope.node_value(arg, set(known)))
        deciding.append(ast.Compare(bound, [ast.Is()], [py.constant(decisive)]))
        unknown.append(ast.Compare(py.name(name), [ast.Is()], [py.constant(None)]))
    undecided = ast.IfExp(py.any_of(unknown), py.constant(None), py.constant(not decisive))
    return scope.optional(ast.IfExp(py.any_of(deciding), py.constant(decisive), undecided))


def _value_of_not(scope: Emitter, node: Call, known: Known) -> Parts:
    conditions, value = scope.parts(node.args[0], known)
    return conditions, py.negated(value)


def _value_by_truth(scope: Emitter, node: Call, known: Known) -> Parts:
    return [], scope.node_truth(node, set(known), want=True)


def _value_of_between(scope: Emitter, node: Call, known: Known) -> Parts:
    if not _open_ended(node):
        conditions, value = scope.parts(node.args[0], known)
        (_, low), (_, high) = (scope.parts(arg, known) for arg in node.args[1:])
        return conditions, ast.Compare(low, [ast.LtE(), ast.LtE()], [value, high])
    names = [scope.temporary() for _ in node.args]
    x, low, high = (
        py.bind(name, scope.node_value(arg, set(known))) for name, arg in zip(names, node.args, strict=True)
    )
    name_x, name_low, name_high = names
    none = py.constant(None)
    below = py.all_of([py.is_known(low), ast.Compare(py.name(name_x), [ast.Lt()], [py.name(name_low)])])
    above = py.all_of([py.is_known(high), ast.Compare(py.name(name_x), [ast.Gt()], [py.name(name_high)])])
    either_unknown = py.any_of([ast.Compare(py.name(name), [ast.Is()], [none]) for name in (name_low, name_high)])
    inside = ast.IfExp(either_unknown, none, py.constant(True))
    checked = ast.IfExp(py.any_of([below, above]), py.constant(False), inside)
    return scope.optional(ast.IfExp(ast.Compare(x, [ast.Is()], [none]), none, checked))


def _value_of_case(scope: Emitter, node: Call, known: Known) -> Parts:
    *branches, default = node.args
    result = scope.node_value(default, set(known))
    for index in range(len(branches) - 2, -1, -2):
        shown = set(known)
        condition = scope.node_truth(branches[index], shown, want=True)
        result = ast.IfExp(condition, scope.node_value(branches[index + 1], shown), result)
    return scope.optional(result) if node.nullable else ([], result)


def _value_of_coalesce(scope: Emitter, node: Call, known: Known) -> Parts:
    *first, last = node.args
    result = scope.node_value(last, set(known))
    for arg in reversed(first):
        conditions, value = scope.parts(arg, set(known))
        result = ast.IfExp(py.all_of(conditions), value, result)
    return scope.optional(result) if node.nullable else ([], result)


def _value_of_null_if(scope: Emitter, node: Call, known: Known) -> Parts:
    conditions, value = scope.parts(node.args[0], known)
    scope.runtime("null_if")
    more, result = scope.optional(py.called("null_if", value, scope.node_value(node.args[1], set(known))))
    return conditions + more, result


def _value_of_choice(scope: Emitter, node: Call, known: Known) -> Parts:
    scope.runtime(node.operator)
    result = py.called(node.operator, *(scope.node_value(arg, set(known)) for arg in node.args))
    return scope.optional(result) if node.nullable else ([], result)


VALUE_FORMS: Final[Mapping[str, Callable[[Emitter, Call, Known], Parts]]] = {
    "and": _value_of_junction,
    "or": _value_of_junction,
    "not": _value_of_not,
    "is_null": _value_by_truth,
    "is_boolean": _value_by_truth,
    "distinct": _value_by_truth,
    "between": _value_of_between,
    "case": _value_of_case,
    "coalesce": _value_of_coalesce,
    "null_if": _value_of_null_if,
    "least": _value_of_choice,
    "greatest": _value_of_choice,
    "concat": _value_of_choice,
}
