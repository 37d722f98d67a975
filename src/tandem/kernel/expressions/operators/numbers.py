"""Arithmetic and rounding, by type.

PostgreSQL raises where a result leaves binary64, so its forms look at the operands' magnitudes first: roughly, and only
to keep out of the danger zone between 1e305 and 1e308; the exact limit is then applied to the result (``Settle``).
"""

from __future__ import annotations

from typing import Final

from tandem.kernel.expressions.operators.row import Operator, Settle, same_sql

__all__ = ["NUMBERS"]

_HUGE = "CAST({0} AS HUGEINT) %s CAST({1} AS HUGEINT)"
_NUMERIC = "CAST({0} AS NUMERIC) %s CAST({1} AS NUMERIC)"
_WIDE = "CAST({0} AS DECIMAL(38,{s})) %s CAST({1} AS DECIMAL(38,{s}))"

_SUM = (
    "CASE WHEN ({0} > #1e300 AND {1} > #0) OR ({1} > #1e300 AND {0} > #0) OR ({0} < #-1e300 AND {1} < #0)"
    " OR ({1} < #-1e300 AND {0} < #0) THEN NULL ELSE {0} + {1} END"
)
_DIFFERENCE = (
    "CASE WHEN ({0} > #1e300 AND {1} < #0) OR ({1} < #-1e300 AND {0} > #0) OR ({0} < #-1e300 AND {1} > #0)"
    " OR ({1} > #1e300 AND {0} < #0) THEN NULL ELSE {0} - {1} END"
)
_PRODUCT = (
    "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN {0} = #0 OR {1} = #0 THEN #0 WHEN log(abs({0})) + log(abs({1})) > #305 THEN NULL"
    " WHEN log(abs({0})) + log(abs({1})) < #-305 THEN #0 ELSE {0} * {1} END"
)
_QUOTIENT = (
    "CASE WHEN {0} IS NULL OR {1} IS NULL OR {1} = #0 THEN NULL WHEN {0} = #0 THEN #0 WHEN log(abs({0})) - log(abs({1})) > #305 THEN NULL"
    " WHEN log(abs({0})) - log(abs({1})) < #-305 THEN #0 ELSE {0} / {1} END"
)
_ROUND = (
    "CASE WHEN abs({0}) < #4503599627370496 THEN CASE WHEN {0} < #0 THEN #-1 ELSE #1 END * (floor(abs({0}) * #1e{d0})"
    " + CASE WHEN abs({0}) * #1e{d0} - floor(abs({0}) * #1e{d0}) >= #0.5 THEN #1 ELSE #0 END) / #1e{d0} ELSE {0} END"
)
_POWER = (
    "CASE WHEN {0} IS NULL OR {1} IS NULL THEN NULL WHEN {1} = #0 THEN #1 WHEN {0} = #0 THEN CASE WHEN {1} < #0 THEN NULL ELSE #0 END"
    " WHEN {0} < #0 AND {1} <> floor({1}) THEN NULL WHEN abs({1}) < #1e-200 THEN #1"
    " WHEN abs({1}) > #1e20 THEN CASE WHEN abs({0}) = #1 THEN #1"
    " WHEN (abs({0}) > #1) = ({1} > #0) THEN NULL ELSE #0 END"
    " WHEN {1} * ln(abs({0})) > #700 THEN NULL WHEN {1} * ln(abs({0})) < #-700 THEN #0 ELSE power({0}, {1}) END"
)
_EXP = "CASE WHEN {0} > #700 THEN NULL WHEN {0} < #-700 THEN #0 ELSE exp({0}) END"


def _whole(python: str, sql: str, settle: Settle) -> Operator:
    return Operator(python, _HUGE % sql, _NUMERIC % sql, settle)


NUMBERS: Final[dict[str, Operator]] = {
    # whole numbers
    "add_integer": _whole("x + y", "+", Settle.INTEGER),
    "subtract_integer": _whole("x - y", "-", Settle.INTEGER),
    "multiply_integer": _whole("x * y", "*", Settle.INTEGER),
    "negate_integer": Operator("-x", "-CAST({0} AS HUGEINT)", "-CAST({0} AS NUMERIC)", Settle.INTEGER),
    "abs_integer": Operator("abs(x)", "abs(CAST({0} AS HUGEINT))", "abs(CAST({0} AS NUMERIC))", Settle.INTEGER),
    "remainder": same_sql(
        "remainder(x, y)",
        "CASE WHEN {1} = 0 THEN NULL WHEN {1} = -1 THEN {0} * 0 ELSE {0} % {1} END",
        needs="y != 0",
    ),
    "sign_integer": same_sql("(x > 0) - (x < 0)", "CAST(sign({0}) AS BIGINT)"),
    # binary64
    "add_double": Operator("x + y", "{0} + {1}", _SUM, Settle.SUM),
    "subtract_double": Operator("x - y", "{0} - {1}", _DIFFERENCE, Settle.SUM),
    "multiply_double": Operator("x * y", "{0} * {1}", _PRODUCT, Settle.PRODUCT),
    "divide_double": Operator(
        "x / y", "CASE WHEN {1} <> #0 THEN {0} / {1} END", _QUOTIENT, Settle.PRODUCT, needs="y != 0.0"
    ),
    "negate_double": same_sql("-x", "-{0}"),
    "abs_double": same_sql("abs(x)", "abs({0})"),
    "sign_double": same_sql("(x > 0) - (x < 0)", "CAST(sign({0}) AS BIGINT)"),
    "floor_double": same_sql("floor_double(x)", "floor({0})"),
    "ceil_double": same_sql("ceil_double(x)", "ceil({0})"),
    "trunc_double": same_sql("trunc_double(x)", "trunc({0})"),
    "round_double": same_sql("round_double(x, d0)", _ROUND),
    "sqrt": same_sql("sqrt(x)", "CASE WHEN {0} >= #0 THEN sqrt({0}) END", needs="x >= 0.0"),
    "ln": same_sql("ln(x)", "CASE WHEN {0} > #0 THEN ln({0}) END", needs="x > 0.0"),
    "log10": Operator(
        "log10(x)",
        "CASE WHEN {0} > #0 THEN log10({0}) END",
        "CASE WHEN {0} > #0 THEN log({0}) END",
        needs="x > 0.0",
    ),
    "exp": same_sql("exponential(x)", _EXP, Settle.PRODUCT, optional=True),
    "power": same_sql("power(x, y)", _POWER, Settle.PRODUCT, optional=True),
    # exact decimals
    "add_decimal": Operator("decimal_add(x, y)", _WIDE % "+", "{0} + {1}", Settle.DECIMAL),
    "subtract_decimal": Operator("decimal_subtract(x, y)", _WIDE % "-", "{0} - {1}", Settle.DECIMAL),
    "multiply_decimal": Operator(
        "decimal_multiply(x, y)",
        # Two of 18 digits would be multiplied in 64 bits; 19 make it 128.
        "CAST({0} AS DECIMAL(19,{s0})) * CAST({1} AS DECIMAL(19,{s1}))",
        "{0} * {1}",
        Settle.DECIMAL,
    ),
    "negate_decimal": same_sql("decimal_minus(x)", "-{0}"),
    "abs_decimal": same_sql("decimal_abs(x)", "abs({0})"),
    "sign_decimal": same_sql("(x > 0) - (x < 0)", "CAST(sign({0}) AS BIGINT)"),
    "floor_decimal": same_sql("floor_decimal(x)", "floor({0})"),
    "ceil_decimal": same_sql("ceil_decimal(x)", "ceil({0})"),
    "trunc_decimal": same_sql("trunc_decimal(x)", "trunc({0})"),
    "round_decimal": same_sql("round_decimal(x, d0)", "round({0}, {d0})"),
}
