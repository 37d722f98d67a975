"""Dates and instants. In Python an instant is microseconds and a date is days; in SQL they are TIMESTAMP and DATE, UTC."""

from __future__ import annotations

from typing import Final

from tandem.kernel.expressions.limits import DATE_MAX, DATE_MIN
from tandem.kernel.expressions.operators.row import Operator, Settle, same_sql

__all__ = ["TIMES"]

_PG_MICROS = "CAST(extract(epoch from {0}) * 1000000 AS BIGINT)"


def _moved(python: str, sql: str) -> Operator:
    return same_sql(python, f"CASE WHEN {{0}} BETWEEN {{lo}} AND {{hi}} THEN {sql} END", needs="lo <= x <= hi")


TIMES: Final[dict[str, Operator]] = {
    "timestamp_part": same_sql(
        "timestamp_part(x, d0)", "CAST(floor(extract({w0} from {0})) AS BIGINT)", Settle.OPTIONAL
    ),
    "date_part": same_sql("date_part(x, d0)", "CAST(extract({w0} from {0}) AS BIGINT)", Settle.OPTIONAL),
    "timestamp_epoch": Operator(
        "x / 1000000.0",
        "CAST(epoch_us({0}) AS DOUBLE) / #1000000",
        f"CAST({_PG_MICROS} AS double precision) / #1000000",
    ),
    "date_epoch": Operator(
        "x * 86400.0",
        "CAST(epoch_us({0}) // 1000000 AS DOUBLE)",
        "CAST(extract(epoch from {0}) AS double precision)",
    ),
    "truncate_timestamp": same_sql(
        "truncate_timestamp(x, d0)", "CAST(date_trunc({d0}, {0}) AS TIMESTAMP)", Settle.TIMESTAMP, optional=True
    ),
    "truncate_date": Operator(
        "truncate_date(x, d0)",
        "CAST(date_trunc({d0}, {0}) AS DATE)",
        "CAST(date_trunc({d0}, CAST({0} AS TIMESTAMP)) AS DATE)",
        Settle.DATE,
        optional=True,
    ),
    # What would leave the years 1 to 9999 is seen before it is added: PostgreSQL raises where its own calendar ends.
    "add_days": _moved("x + d0", "CAST({0} + INTERVAL '{w0} days' AS DATE)"),
    "add_months_date": _moved("add_months_date(x, d0)", "CAST({0} + INTERVAL '{w0} months' AS DATE)"),
    "add_micros": _moved("x + d0", "{0} + INTERVAL '{w1}'"),
    "add_months_timestamp": _moved("add_months_timestamp(x, d0)", "{0} + INTERVAL '{w0} months'"),
    "shift_days": same_sql(
        "x + y",
        "CASE WHEN {1} BETWEEN -4000000 AND 4000000 THEN"
        f" CASE WHEN ({{0}} - DATE '1970-01-01') + {{1}} BETWEEN {DATE_MIN} AND {DATE_MAX}"
        " THEN {0} + CAST({1} AS INTEGER) END END",
        needs=f"{DATE_MIN} <= x + y <= {DATE_MAX}",
    ),
    "days_between": same_sql("x - y", "CAST({0} - {1} AS BIGINT)"),
    "seconds_between": Operator(
        "(x - y) / 1000000.0",
        "CAST(epoch_us({0}) - epoch_us({1}) AS DOUBLE) / #1000000",
        "CAST(CAST(extract(epoch from {0} - {1}) * 1000000 AS BIGINT) AS double precision) / #1000000",
    ),
}
