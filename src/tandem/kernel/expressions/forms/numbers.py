"""Arithmetic and the functions of numbers."""

from __future__ import annotations

from typing import Final

from sqlglot import expressions as exp

from tandem.kernel.expressions import limits
from tandem.kernel.expressions.binding import Binder, Form
from tandem.kernel.expressions.building import call
from tandem.kernel.expressions.coercion import NUMERIC, Interval, Operand
from tandem.kernel.expressions.forms.times import TIMES_TYPES, moved, time_difference
from tandem.kernel.expressions.nodes import Literal, Node
from tandem.kernel.values import SqlType

__all__ = ["NUMBERS"]

_ARITHMETIC: Final[dict[type[exp.Expr], str]] = {exp.Add: "add", exp.Sub: "subtract", exp.Mul: "multiply"}
_WORDS: Final[dict[type[exp.Expr], str]] = {
    exp.Floor: "floor",
    exp.Ceil: "ceil",
    exp.Trunc: "trunc",
    exp.Sqrt: "sqrt",
    exp.Ln: "ln",
    exp.Exp: "exp",
}


def _arithmetic(binder: Binder, source: exp.Expr) -> Node:
    word = _ARITHMETIC[type(source)]
    left, right = binder.operand(source.this), binder.operand(source.expression)
    dated = _with_dates(binder, word, left, right, source)
    if dated is not None:
        return dated
    assert not isinstance(left, Interval)
    assert not isinstance(right, Interval)
    left, right = _meeting(binder, left, right, source)
    if SqlType.DOUBLE in {left.type, right.type}:
        left, right = binder.coercion.double(left, source), binder.coercion.double(right, source)
        return call(f"{word}_double", left, right, type=SqlType.DOUBLE)
    if SqlType.DECIMAL not in {left.type, right.type}:
        return call(f"{word}_integer", left, right, type=SqlType.INTEGER)
    scale = left.scale + right.scale if word == "multiply" else max(left.scale, right.scale)
    if scale > limits.DECIMAL_DIGITS:
        raise binder.problems.error(
            f"The product would have {scale} digits after the point; DECIMAL keeps {limits.DECIMAL_DIGITS}.",
            "scale_too_large",
            source,
            hint="ROUND one side first",
        )
    return call(f"{word}_decimal", left, right, type=SqlType.DECIMAL, scale=scale)


def _with_dates(binder: Binder, word: str, left: Operand, right: Operand, source: exp.Expr) -> Node | None:
    if isinstance(left, Interval):
        if word == "add" and not isinstance(right, Interval) and right.type in TIMES_TYPES:
            return moved(right, left)
        raise binder.problems.error(
            "An interval can be added to a date or instant.", "misplaced_interval", source, hint="write the date first"
        )
    if isinstance(right, Interval):
        if word in {"add", "subtract"} and left.type in TIMES_TYPES:
            return moved(left, right if word == "add" else right.negated())
        raise binder.problems.type_mismatch("An interval can be added to a date or instant", source, left)
    if left.type not in TIMES_TYPES and right.type not in TIMES_TYPES:
        return None
    if word == "subtract":
        return time_difference(binder, left, right, source)
    if word == "add" and left.type is SqlType.DATE and right.type is SqlType.INTEGER:
        return call("shift_days", left, right, type=SqlType.DATE)
    raise binder.problems.type_mismatch(
        "These cannot be combined", source, left, right, hint="add an INTERVAL, as in due + INTERVAL '30 days'"
    )


def _meeting(binder: Binder, left: Node, right: Node, source: exp.Expr) -> tuple[Node, Node]:
    """Two numbers; one with a point is DECIMAL where the other is, and DOUBLE otherwise."""
    for node in (left, right):
        if node.type not in NUMERIC:
            raise binder.problems.type_mismatch("Arithmetic needs numbers", source, left, right)
    decimal = any(
        node.type is SqlType.DECIMAL and not (isinstance(node, Literal) and node.adaptive) for node in (left, right)
    )
    change = binder.coercion.exact if decimal else binder.coercion.settled
    return change(left, source), change(right, source)


def _divide(binder: Binder, source: exp.Expr) -> Node:
    left, right = (_number(binder, part) for part in (source.this, source.expression))
    left, right = binder.coercion.double(left, source), binder.coercion.double(right, source)
    return call("divide_double", left, right, type=SqlType.DOUBLE)


def _remainder(binder: Binder, source: exp.Expr) -> Node:
    left, right = binder.typed(source.this, SqlType.INTEGER), binder.typed(source.expression, SqlType.INTEGER)
    return call("remainder", left, right, type=SqlType.INTEGER)


def _number(binder: Binder, source: exp.Expr) -> Node:
    return binder.typed(source, *NUMERIC)


def _absolute(binder: Binder, source: exp.Expr) -> Node:
    node = _number(binder, source.this)
    assert node.type is not None
    return call(f"abs_{node.type.value}", node, type=node.type, scale=node.scale)


def _sign(binder: Binder, source: exp.Expr) -> Node:
    node = _number(binder, source.this)
    assert node.type is not None
    return call(f"sign_{node.type.value}", node, type=SqlType.INTEGER)


def _whole(binder: Binder, source: exp.Expr) -> Node:
    word = _WORDS[type(source)]
    node = _number(binder, source.this)
    assert node.type is not None
    return node if node.type is SqlType.INTEGER else call(f"{word}_{node.type.value}", node, type=node.type)


def _round(binder: Binder, source: exp.Expr) -> Node:
    node = _number(binder, source.this)
    digits_source = source.args.get("decimals")
    digits = 0 if digits_source is None else binder.whole(digits_source, "Digits", 0, limits.ROUND_DIGITS_MAX)
    if node.type is SqlType.INTEGER:
        return node
    if node.type is SqlType.DOUBLE:
        return call("round_double", node, type=SqlType.DOUBLE, details=(digits,))
    if digits >= node.scale:
        return node
    return call("round_decimal", node, type=SqlType.DECIMAL, scale=digits, details=(digits,))


def _real(binder: Binder, source: exp.Expr) -> Node:
    word = _WORDS[type(source)]
    return call(word, binder.coercion.double(_number(binder, source.this), source), type=SqlType.DOUBLE)


def _log10(binder: Binder, source: exp.Expr) -> Node:
    base = source.this
    if source.args.get("expression") is None or not (isinstance(base, exp.Literal) and base.name == "10"):
        raise binder.problems.error(
            "LOG means different things in different databases.", "unknown_function", source, hint="use LN or LOG10"
        )
    return call("log10", binder.coercion.double(_number(binder, source.expression), source), type=SqlType.DOUBLE)


def _power(binder: Binder, source: exp.Expr) -> Node:
    sides = (binder.coercion.double(_number(binder, part), source) for part in (source.this, source.expression))
    return call("power", *sides, type=SqlType.DOUBLE)


NUMBERS: Final[dict[type, Form]] = {
    **{kind: Form(_arithmetic, "this", "expression") for kind in _ARITHMETIC},
    exp.Div: Form(_divide, "this", "expression"),
    exp.Mod: Form(_remainder, "this", "expression", names=("MOD",)),
    exp.Abs: Form(_absolute, "this", names=("ABS",)),
    exp.Sign: Form(_sign, "this", names=("SIGN",)),
    exp.Floor: Form(_whole, "this", names=("FLOOR",)),
    exp.Ceil: Form(_whole, "this", names=("CEIL", "CEILING")),
    exp.Trunc: Form(_whole, "this", names=("TRUNC",)),
    exp.Round: Form(_round, "this", "decimals", names=("ROUND",)),
    exp.Sqrt: Form(_real, "this", names=("SQRT",)),
    exp.Ln: Form(_real, "this", names=("LN",)),
    exp.Exp: Form(_real, "this", names=("EXP",)),
    exp.Log: Form(_log10, "this", "expression", names=("LOG10",)),
    exp.Pow: Form(_power, "this", "expression", names=("POWER", "POW")),
}
