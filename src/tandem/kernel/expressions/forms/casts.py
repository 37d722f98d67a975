"""CAST."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sqlglot import expressions as exp

from tandem.kernel.expressions import limits
from tandem.kernel.expressions.binding import Binder, Form
from tandem.kernel.expressions.building import call
from tandem.kernel.expressions.coercion import Interval
from tandem.kernel.expressions.nodes import Literal, Node
from tandem.kernel.expressions.operators import OPERATORS
from tandem.kernel.expressions.runtime import round_decimal
from tandem.kernel.values import SqlType, Value

__all__ = ["CASTS"]

_TYPES: Final = {
    exp.DType.BOOLEAN: SqlType.BOOLEAN,
    exp.DType.INT: SqlType.INTEGER,
    exp.DType.BIGINT: SqlType.INTEGER,
    exp.DType.DOUBLE: SqlType.DOUBLE,
    exp.DType.DECIMAL: SqlType.DECIMAL,
    exp.DType.TEXT: SqlType.TEXT,
    exp.DType.VARCHAR: SqlType.TEXT,
    exp.DType.DATE: SqlType.DATE,
    exp.DType.TIMESTAMP: SqlType.TIMESTAMP,
}
_NAMES: Final = "BOOLEAN, INTEGER, DOUBLE, DECIMAL(p, s), TEXT, DATE, TIMESTAMP"


def _cast(binder: Binder, source: exp.Expr) -> Node:
    target, digits, scale = _target(binder, source)
    operand = binder.bind(source.this)
    if isinstance(operand, Interval):
        raise binder.problems.error("An interval cannot be cast.", "misplaced_interval", source)
    if operand.type is None:
        return Literal(None, target, scale)
    if isinstance(operand, Literal) and operand.adaptive and target is SqlType.DECIMAL:
        # The number as written, not as binary64 would have it.
        assert isinstance(operand.value, Decimal)
        rounded = round_decimal(operand.value, scale)
        fits = rounded.is_finite() and abs(rounded) < Decimal(10) ** (digits - scale)
        return Literal(rounded if fits else None, target, scale)
    operand = binder.coercion.settled(operand, source)
    assert operand.type is not None
    if operand.type is target and target is not SqlType.DECIMAL:
        return operand
    if operand.type is SqlType.BOOLEAN and target in {SqlType.DOUBLE, SqlType.DECIMAL}:
        operand = call("boolean_to_integer", operand, type=SqlType.INTEGER)
    return _converted(binder, source, operand, target, (digits, scale))


def _converted(binder: Binder, source: exp.Expr, operand: Node, target: SqlType, size: tuple[int, int]) -> Node:
    assert operand.type is not None
    digits, scale = size
    operator = f"{operand.type.value}_to_{target.value}"
    if operator not in OPERATORS:
        raise binder.problems.type_mismatch(
            f"There is no CAST to {target.name} from this", source, operand, hint=_hint(operand.type, target)
        )
    details: tuple[Value, ...] = ()
    if target is SqlType.DECIMAL:
        details = (scale, digits - scale)
    elif operator == "decimal_to_text":
        details = (operand.scale,)
    result = call(operator, operand, type=target, scale=scale, details=details)
    if (
        isinstance(result, Literal)
        and result.value is None
        and isinstance(operand, Literal)
        and operand.value is not None
    ):
        raise binder.problems.error(
            f"The constant is not a {target.name}.", "invalid_constant", source, value=operand.value, hint=_form(target)
        )
    return result


def _hint(source: SqlType, target: SqlType) -> str | None:
    if source is SqlType.DOUBLE and target is SqlType.TEXT:
        return "databases write binary numbers differently; CAST it AS DECIMAL(18, 2) first"
    if source in {SqlType.DATE, SqlType.TIMESTAMP}:
        return "use EXTRACT(epoch FROM ...)"
    return None


def _form(target: SqlType) -> str | None:
    forms = {SqlType.DATE: "write DATE '2026-11-24'", SqlType.TIMESTAMP: "write TIMESTAMP '2026-11-24 06:38:00'"}
    return forms.get(target)


def _target(binder: Binder, source: exp.Expr) -> tuple[SqlType, int, int]:
    """Type, digits and scale of a CAST."""
    to = source.args["to"]
    target = _TYPES.get(to.this)
    parameters = to.expressions
    if target is None or (parameters and target is not SqlType.DECIMAL) or to.args.get("nested"):
        raise binder.problems.error("Unknown type.", "unknown_type", source, value=to.sql(), hint=f"known: {_NAMES}")
    if target is not SqlType.DECIMAL:
        return target, limits.DECIMAL_DIGITS, 0
    sizes = [int(item.name) if item.name.isdigit() and len(item.name) < 4 else -1 for item in parameters]
    digits, scale = (*sizes, 0)[:2] if sizes else (-1, -1)
    if len(sizes) > 2 or not (1 <= digits <= limits.DECIMAL_DIGITS and 0 <= scale <= digits):
        raise binder.problems.error(
            "DECIMAL needs its size.",
            "invalid_size",
            source,
            value=to.sql(),
            hint=f"DECIMAL(p, s) with p from 1 to {limits.DECIMAL_DIGITS} and s from 0 to p",
        )
    return target, digits, scale


CASTS: Final[dict[type, Form]] = {exp.Cast: Form(_cast, "this", "to", names=("CAST",))}
