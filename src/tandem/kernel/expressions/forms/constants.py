"""Constants, columns and brackets."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from sqlglot import expressions as exp

from tandem.kernel.expressions.binding import Binder, Form
from tandem.kernel.expressions.building import call
from tandem.kernel.expressions.coercion import NUMERIC, Interval, Operand
from tandem.kernel.expressions.nodes import Literal, Node
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN, SqlType

__all__ = ["CONSTANTS"]


def _literal(binder: Binder, source: exp.Expr) -> Node:
    """A number or a text."""
    text = str(source.this)
    if source.args.get("is_string"):
        if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise binder.problems.error("The text holds a character that no database keeps.", "invalid_text", source)
        return Literal(text, SqlType.TEXT)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise binder.problems.error("Not a number.", "invalid_number", source, value=text) from None
    if text.isdigit():
        if number > INTEGER_MAX:
            raise binder.problems.error(
                "The number does not fit into 64 bits.",
                "number_too_large",
                source,
                value=text,
                hint="write it with a point for a DOUBLE",
            )
        return Literal(int(number), SqlType.INTEGER)
    _, digits, exponent = number.as_tuple()
    if len(digits) > 400 or abs(int(exponent)) > 400:
        raise binder.problems.error("The number is too long.", "number_too_long", source, value=text)
    return Literal(number, SqlType.DECIMAL, 0, adaptive=True)


def _negation(binder: Binder, source: exp.Expr) -> Operand:
    """``-x``; of a constant, the negative constant."""
    if isinstance(source.this, exp.Literal) and source.this.name == str(INTEGER_MAX + 1):
        return Literal(INTEGER_MIN, SqlType.INTEGER)
    operand = binder.operand(source.this)
    if isinstance(operand, Interval):
        return operand.negated()
    if operand.type not in NUMERIC:
        raise binder.problems.type_mismatch("Only a number can be negated", source, operand)
    if isinstance(operand, Literal) and operand.adaptive and isinstance(operand.value, Decimal):
        return Literal(operand.value.copy_negate(), operand.type, 0, adaptive=True)
    assert operand.type is not None
    return call(f"negate_{operand.type.value}", operand, type=operand.type, scale=operand.scale)


def _column(binder: Binder, source: exp.Expr) -> Node:
    assert isinstance(source, exp.Column)
    return binder.column(source)


def _boolean(_: Binder, source: exp.Expr) -> Node:
    return Literal(bool(source.this), SqlType.BOOLEAN)


def _null(_: Binder, source: exp.Expr) -> Node:  # noqa: ARG001 - the signature of a form
    return Literal(None, None)


def _brackets(binder: Binder, source: exp.Expr) -> Operand:
    return binder.bind(source.this)


CONSTANTS: Final[dict[type, Form]] = {
    exp.Literal: Form(_literal, "this", "is_string"),
    exp.Boolean: Form(_boolean, "this"),
    exp.Null: Form(_null),
    exp.Column: Form(_column, "this", "table", "db", "catalog"),
    exp.Paren: Form(_brackets, "this"),
    exp.Neg: Form(_negation, "this"),
}
