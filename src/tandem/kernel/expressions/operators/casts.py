"""CAST: total, exact where the types are; what has no counterpart is unknown.

Text becomes a number, date or instant only in one plain form each, given by a pattern that all three engines check
first, so no engine's own leniency (blanks, ``inf``, ``tomorrow``) shows through.
"""

from __future__ import annotations

from typing import Final

from tandem.kernel.expressions.operators.numbers import NUMBERS
from tandem.kernel.expressions.operators.row import Operator, Settle, same_sql

__all__ = ["CASTS"]

_INTEGER = "[+-]?[0-9]{1,19}"
_DOUBLE = "[+-]?([0-9]{1,30}([.][0-9]{0,30})?|[.][0-9]{1,30})([eE][+-]?[0-9]{1,2})?"
_DECIMAL = "[+-]?([0-9]{1,18}([.][0-9]{0,18})?|[.][0-9]{1,18})"
_DATE = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"

_ROUNDED = NUMBERS["round_double"].duckdb.replace("{d0}", "0")
_IN_64_BITS = "{0} >= #-9223372036854775808 AND {0} < #9223372036854775808"


def _full(pattern: str) -> tuple[str, str]:
    return f"regexp_full_match({{0}}, '{pattern}')", f"{{0}} ~ '^({pattern})$'"


def _text(python: str, pattern: str, duckdb: str, postgres: str, settle: Settle = Settle.OPTIONAL) -> Operator:
    in_duckdb, in_postgres = _full(pattern)
    return Operator(
        python,
        f"CASE WHEN {in_duckdb} THEN {duckdb} END",
        f"CASE WHEN {in_postgres} THEN {postgres} END",
        settle,
        optional=True,
    )


# A day is right when counting from the first of its month stays in the month. Year 0 has no first.
_PG_FIRST = "make_date(CAST(substr({0}, 1, 4) AS INTEGER), CAST(substr({0}, 6, 2) AS INTEGER), 1)"
_PG_DAY = f"{_PG_FIRST} + (CAST(substr({{0}}, 9, 2) AS INTEGER) - 1)"
_PG_DATE = (
    "CASE WHEN substr({0}, 1, 4) = '0000' THEN NULL"
    f" WHEN extract(month from {_PG_DAY}) = CAST(substr({{0}}, 6, 2) AS INTEGER) THEN {_PG_DAY} END"
)
_DUCK_DATE = "CASE WHEN substr({0}, 1, 4) <> '0000' THEN TRY_CAST(substr({0}, 1, 10) AS DATE) END"
_SCALED = "{0} * #1e{s}"

CASTS: Final[dict[str, Operator]] = {
    "boolean_to_integer": same_sql("x + 0", "CAST(CAST({0} AS INTEGER) AS BIGINT)"),
    "boolean_to_text": same_sql("boolean_to_text(x)", "CASE WHEN {0} THEN 'true' WHEN NOT {0} THEN 'false' END"),
    "integer_to_boolean": same_sql("x != 0", "{0} <> 0"),
    "integer_to_double": Operator("x * 1.0", "CAST({0} AS DOUBLE)", "CAST({0} AS double precision)"),
    "integer_to_decimal": Operator(
        "round_decimal(x, 0)", "CAST({0} AS DECIMAL(38,{s}))", "CAST({0} AS NUMERIC(38,{s}))", Settle.DECIMAL
    ),
    "integer_to_text": Operator("f'{x}'", "CAST({0} AS VARCHAR)", "CAST({0} AS TEXT)"),
    "double_to_boolean": same_sql("x != 0.0", "{0} <> #0"),
    "double_to_integer": same_sql(
        "double_to_integer(x)",
        f"CASE WHEN {_IN_64_BITS} THEN CAST({_ROUNDED} AS BIGINT) END",
        Settle.OPTIONAL,
    ),
    "double_to_decimal": Operator(
        "double_to_decimal(x, d0)",
        "CASE WHEN abs({0}) < #1e18 THEN CASE WHEN abs({0} * #1e{d0}) < #1e18 THEN CAST(CAST("
        + _ROUNDED.replace("{0}", f"({_SCALED})").replace("{s}", "{d0}")
        + " AS BIGINT) AS DECIMAL(19,0)) * CAST('1e-{d0}' AS DECIMAL(18,{d0})) END END",
        "CASE WHEN abs({0}) < #1e18 THEN CASE WHEN abs({0} * #1e{d0}) < #1e18 THEN CAST(CAST("
        + _ROUNDED.replace("{0}", f"({_SCALED})").replace("{s}", "{d0}")
        + " AS BIGINT) AS NUMERIC) * CAST('1e-{d0}' AS NUMERIC(18,{d0})) END END",
        Settle.DECIMAL,
        optional=True,
    ),
    "decimal_to_boolean": same_sql("x != 0", "{0} <> 0"),
    "decimal_to_integer": Operator(
        "decimal_to_integer(x)", "CAST(round({0}, 0) AS BIGINT)", "CAST(round({0}, 0) AS BIGINT)"
    ),
    # Through text: DuckDB's own conversion divides in binary64 and can be one bit off.
    "decimal_to_double": Operator("float(x)", "CAST(CAST({0} AS VARCHAR) AS DOUBLE)", "CAST({0} AS double precision)"),
    "decimal_to_decimal": Operator(
        "round_decimal(x, d0)", "CAST({0} AS DECIMAL(38,{s}))", "CAST({0} AS NUMERIC(38,{s}))", Settle.DECIMAL
    ),
    "decimal_to_text": Operator("decimal_to_text(x, d0)", "CAST({0} AS VARCHAR)", "CAST({0} AS TEXT)"),
    "text_to_boolean": same_sql(
        "text_to_boolean(x)",
        "CASE translate({0}, 'AEFLRSTU', 'aeflrstu') WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END",
        Settle.OPTIONAL,
    ),
    "text_to_integer": _text(
        "text_to_integer(x)",
        _INTEGER,
        "TRY_CAST({0} AS BIGINT)",
        "CASE WHEN CAST({0} AS NUMERIC) BETWEEN -9223372036854775808 AND 9223372036854775807"
        " THEN CAST({0} AS BIGINT) END",
    ),
    "text_to_double": _text("text_to_double(x)", _DOUBLE, "CAST({0} AS DOUBLE)", "CAST({0} AS double precision)"),
    "text_to_decimal": _text(
        "text_to_decimal(x, d0)",
        _DECIMAL,
        "round(CAST({0} AS DECIMAL(38,18)), {d0})",
        "round(CAST({0} AS NUMERIC), {d0})",
        Settle.DECIMAL,
    ),
    "text_to_date": _text("text_to_date(x)", _DATE, _DUCK_DATE, _PG_DATE),
    "text_to_timestamp": _text(
        "text_to_timestamp(x)",
        f"{_DATE}[ T]{_TIME}",
        f"{_DUCK_DATE} + CAST(substr({{0}}, 12) AS TIME)",
        f"({_PG_DATE}) + CAST(substr({{0}}, 12) AS TIME)",
    ),
    "date_to_timestamp": same_sql("x * 86400000000", "CAST({0} AS TIMESTAMP)"),
    "date_to_text": Operator(
        "date_to_text(x)", "strftime({0}, '%Y-%m-%d')", "to_char({0}, 'YYYY-MM-DD')", Settle.OPTIONAL
    ),
    "timestamp_to_date": same_sql("x // 86400000000", "CAST({0} AS DATE)"),
    "timestamp_to_text": Operator(
        "timestamp_to_text(x)",
        "strftime({0}, '%Y-%m-%d %H:%M:%S.%f')",
        "to_char({0}, 'YYYY-MM-DD HH24:MI:SS.US')",
        Settle.OPTIONAL,
    ),
}
