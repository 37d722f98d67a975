"""AND, OR, NOT, comparisons, IN, LIKE, BETWEEN and the IS family."""

from __future__ import annotations

from typing import Final

from sqlglot import expressions as exp

from tandem.kernel.expressions import limits
from tandem.kernel.expressions.binding import Binder, Form
from tandem.kernel.expressions.building import call
from tandem.kernel.expressions.coercion import NUMERIC, Interval, Operand
from tandem.kernel.expressions.nodes import Call, ColumnRef, Literal, Node
from tandem.kernel.expressions.patterns import pattern_pieces
from tandem.kernel.values import SqlType, Value

__all__ = ["LOGIC", "comparison"]

_SIGNS: Final[dict[type[exp.Expr], str]] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
_CHOICES: Final[dict[type[exp.Expr], str]] = {
    exp.Coalesce: "coalesce",
    exp.Least: "least",
    exp.Greatest: "greatest",
}
_BOOLEAN: Final = SqlType.BOOLEAN


def comparison(binder: Binder, sign: str, left: Operand, right: Operand, source: exp.Expr) -> Node:
    """``left sign right``, converted to what can be compared."""
    nodes = binder.coercion.comparable([left, right], source)
    if sign not in {"=", "<>"} and nodes[0].type is _BOOLEAN:
        raise binder.problems.type_mismatch("Conditions have no order", source, *nodes, hint="use = or <>")
    return call("compare", *nodes, type=_BOOLEAN, details=(sign,))


def _compare(binder: Binder, source: exp.Expr) -> Node:
    left, right = binder.operand(source.this), binder.operand(source.expression)
    return comparison(binder, _SIGNS[type(source)], left, right, source)


def _junction(binder: Binder, source: exp.Expr) -> Node:
    """A chain of AND (or of OR) as one node: a policy of 200 conditions is not 200 levels deep."""
    kind = type(source)
    waiting, found = [source], []
    while waiting:
        current = waiting.pop()
        if type(current) is kind:
            waiting += [current.expression, current.this]
        else:
            found.append(current)
    args: list[Node] = []
    operator = "and" if kind is exp.And else "or"
    for part in found:
        node = binder.condition(part)
        args += node.args if isinstance(node, Call) and node.operator == operator else [node]
    return call(operator, *args, type=_BOOLEAN)


def _negated(node: Node) -> Node:
    return call("not", node, type=_BOOLEAN)


def _not(binder: Binder, source: exp.Expr) -> Node:
    return _negated(binder.condition(source.this))


def _between(binder: Binder, source: exp.Expr) -> Node:
    operands = [binder.operand(source.args[part]) for part in ("this", "low", "high")]
    nodes = binder.coercion.comparable(operands, source)
    if nodes[0].type is _BOOLEAN:
        raise binder.problems.type_mismatch("Conditions have no order", source, *nodes)
    return call("between", *nodes, type=_BOOLEAN)


def _in(binder: Binder, source: exp.Expr) -> Node:
    items = source.args.get("expressions") or []
    if not items:
        raise binder.refused(source, "query")
    if len(items) > limits.IN_ITEMS_MAX:
        raise binder.problems.error(
            f"IN holds more than {limits.IN_ITEMS_MAX} values.", "too_many_values", source, hint="use a named list"
        )
    needle = binder.operand(source.this)
    operands = [binder.operand(item) for item in items]
    if not all(isinstance(operand, Literal) for operand in operands):
        tests = [comparison(binder, "=", needle, operand, source) for operand in operands]
        return tests[0] if len(tests) == 1 else call("or", *tests, type=_BOOLEAN)
    first, *members = binder.coercion.comparable([needle, *operands], source)
    values: list[Value] = []
    for member in members:
        assert isinstance(member, Literal)
        values.append(_member(binder, first, member, source))
    known = tuple(dict.fromkeys(value for value in values if value is not None))
    if len(known) == len(set(values)):
        return call("in", first, type=_BOOLEAN, details=known)
    # A member that is unknown (a constant date that moved out of range) may be the needle or not.
    unknown = Literal(None, _BOOLEAN)
    return call("or", call("in", first, type=_BOOLEAN, details=known), unknown, type=_BOOLEAN) if known else unknown


def _member(binder: Binder, needle: Node, member: Literal, source: exp.Expr) -> Value:
    if needle.type is SqlType.INTEGER and member.type is SqlType.DECIMAL:
        raise binder.problems.type_mismatch("A whole number is never equal to one with a point", source, needle, member)
    return member.value


def _like(binder: Binder, source: exp.Expr) -> Node:
    return _matched(binder, source, None)


def _like_with_escape(binder: Binder, source: exp.Expr) -> Node:
    if not isinstance(source.this, exp.Like):
        raise binder.refused(source)
    escape = binder.constant_text(source.expression, "ESCAPE")
    if len(escape) != 1:
        raise binder.problems.error("ESCAPE must be one character.", "invalid_pattern", source, value=escape)
    return _matched(binder, source.this, escape)


def _matched(binder: Binder, source: exp.Expr, escape: str | None) -> Node:
    if set(source.args) - {"this", "expression", "negate"}:
        raise binder.refused(source)
    text = binder.typed(source.this, SqlType.TEXT)
    pattern = binder.constant_text(source.expression, "A LIKE pattern")
    if len(pattern) > limits.PATTERN_LENGTH_MAX:
        raise binder.problems.error(
            f"The pattern is longer than {limits.PATTERN_LENGTH_MAX} characters.", "pattern_too_long", source
        )
    if pattern_pieces(pattern, escape) is None:
        raise binder.problems.error(
            "The escape character must stand before %, _ or itself.", "invalid_pattern", source, value=pattern
        )
    node = call("like", text, type=_BOOLEAN, details=(pattern, escape))
    return _negated(node) if source.args.get("negate") else node


def _is(binder: Binder, source: exp.Expr) -> Node:
    what = source.expression
    if isinstance(what, exp.Null):
        operand = binder.operand(source.this)
        if isinstance(operand, Interval):
            raise binder.refused(source, "interval")
        return call("is_null", binder.coercion.settled(operand, source), type=_BOOLEAN)
    if isinstance(what, exp.Boolean):
        return call("is_boolean", binder.condition(source.this), type=_BOOLEAN, details=(bool(what.this),))
    raise binder.refused(source, type(what).__name__)


def _distinct(binder: Binder, source: exp.Expr) -> Node:
    operands = [binder.operand(source.this), binder.operand(source.expression)]
    node = call("distinct", *binder.coercion.comparable(operands, source), type=_BOOLEAN)
    return node if isinstance(source, exp.NullSafeNEQ) else _negated(node)


def _function(binder: Binder, source: exp.Expr) -> Node:
    """``in_list(column, 'name')``: the one function of our own."""
    if source.name.lower() != "in_list":
        raise binder.refused(source)
    arguments = source.expressions
    if len(arguments) != 2:
        raise binder.problems.error("in_list takes a column and the name of a list.", "wrong_arguments", source)
    member = binder.typed(arguments[0], SqlType.TEXT)
    if not isinstance(member, ColumnRef):
        raise binder.problems.error("in_list asks about a column.", "column_needed", source)
    name = binder.constant_text(arguments[1], "The name of a list")
    if name not in binder.lists:
        raise binder.problems.unknown_name("list", name, binder.lists, source)
    return call("in_list", member, type=_BOOLEAN, details=(name,))


def _case(binder: Binder, source: exp.Expr) -> Node:
    subject = source.args.get("this")
    conditions: list[Node] = []
    results: list[Operand] = []
    needle = None if subject is None else binder.operand(subject)
    for branch in source.args["ifs"]:
        if {name for name, value in branch.args.items() if value is not None} != {"this", "true"}:
            raise binder.refused(branch)
        if needle is None:
            conditions.append(binder.condition(branch.this))
        else:
            conditions.append(comparison(binder, "=", needle, binder.operand(branch.this), branch))
        results.append(binder.bind(branch.args["true"]))
    default = source.args.get("default")
    results.append(Literal(None, None) if default is None else binder.bind(default))
    values, kind, scale = binder.coercion.unified(results, source)
    args = [node for pair in zip(conditions, values, strict=False) for node in pair]
    return call("case", *args, values[-1], type=kind, scale=scale)


def _choice(binder: Binder, source: exp.Expr) -> Node:
    operator = _CHOICES[type(source)]
    operands = [binder.bind(item) for item in (source.this, *source.expressions)]
    values, kind, scale = binder.coercion.unified(operands, source)
    if operator != "coalesce" and kind not in NUMERIC | {SqlType.TEXT, SqlType.DATE, SqlType.TIMESTAMP}:
        raise binder.problems.type_mismatch("Conditions have no order", source, *values)
    return values[0] if len(values) == 1 else call(operator, *values, type=kind, scale=scale)


def _null_if(binder: Binder, source: exp.Expr) -> Node:
    operands = [binder.operand(source.this), binder.operand(source.expression)]
    first, second = binder.coercion.comparable(operands, source)
    assert first.type is not None
    return call("null_if", first, second, type=first.type, scale=first.scale)


LOGIC: Final[dict[type, Form]] = {
    exp.And: Form(_junction, "this", "expression"),
    exp.Or: Form(_junction, "this", "expression"),
    exp.Not: Form(_not, "this"),
    **{kind: Form(_compare, "this", "expression") for kind in _SIGNS},
    exp.Between: Form(_between, "this", "low", "high"),
    exp.In: Form(_in, "this", "expressions"),
    exp.Like: Form(_like, "this", "expression", "negate"),
    exp.Escape: Form(_like_with_escape, "this", "expression"),
    exp.Is: Form(_is, "this", "expression"),
    exp.NullSafeEQ: Form(_distinct, "this", "expression"),
    exp.NullSafeNEQ: Form(_distinct, "this", "expression"),
    exp.Case: Form(_case, "this", "ifs", "default"),
    exp.Coalesce: Form(_choice, "this", "expressions", names=("COALESCE",)),
    exp.Least: Form(_choice, "this", "expressions", "ignore_nulls", names=("LEAST",)),
    exp.Greatest: Form(_choice, "this", "expressions", "ignore_nulls", names=("GREATEST",)),
    exp.Nullif: Form(_null_if, "this", "expression", names=("NULLIF",)),
    exp.Anonymous: Form(_function, "this", "expressions", names=("IN_LIST",)),
}
