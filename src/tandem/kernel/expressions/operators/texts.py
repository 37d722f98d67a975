"""Text: code points, ASCII case, no locale."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase
from typing import Final

from tandem.kernel.expressions.limits import TEXT_RESULT_MAX
from tandem.kernel.expressions.operators.row import Operator, Settle, same_sql

__all__ = ["TEXTS"]

_LENGTH_AFTER = (
    "CAST(length({0}) AS BIGINT) + (length({0}) - length(replace({0}, {d0}, ''))) / {n0} * ({n1} - {n0})"
    f" <= {TEXT_RESULT_MAX}"
)

TEXTS: Final[dict[str, Operator]] = {
    "lower": same_sql("lower(x)", f"translate({{0}}, '{ascii_uppercase}', '{ascii_lowercase}')"),
    "upper": same_sql("upper(x)", f"translate({{0}}, '{ascii_lowercase}', '{ascii_uppercase}')"),
    "length": same_sql("len(x)", "CAST(length({0}) AS BIGINT)"),
    "trim": Operator("x.strip(' ')", "trim({0}, ' ')", "btrim({0}, ' ')"),
    "ltrim": same_sql("x.lstrip(' ')", "ltrim({0}, ' ')"),
    "rtrim": same_sql("x.rstrip(' ')", "rtrim({0}, ' ')"),
    "substring": same_sql("x[d0 - 1:]", "substring({0}, {d0})"),
    "substring_length": same_sql("x[d0 - 1:d0 - 1 + d1]", "substring({0}, {d0}, {d1})"),
    "left": same_sql("x[:d0]", "left({0}, {d0})"),
    "right": same_sql("x[-d0:]", "right({0}, {d0})"),
    "append": same_sql("x + y", "{0} || {1}"),
    "replace": same_sql(
        "replace(x, d0, d1)", f"CASE WHEN {_LENGTH_AFTER} THEN replace({{0}}, {{d0}}, {{d1}}) END", Settle.OPTIONAL
    ),
    "starts_with": same_sql("x.startswith(y)", "starts_with({0}, {1})"),
    "position": same_sql("x.find(y) + 1", "CAST(strpos({0}, {1}) AS BIGINT)"),
    "like": same_sql("d0(x)", "{0} LIKE {d0} ESCAPE {d1}"),
}
