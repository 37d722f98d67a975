"""Dates and instants. In Python an instant is microseconds and a date is days; in SQL they are TIMESTAMP and DATE, UTC."""

from __future__ import annotations

from typing import Final

from tandem.kernel.expressions.operators.row import Operator, Settle, same_sql

__all__ = ["TIMES"]

_PG_MICROS = "CAST(extract(epoch from {0}) * 1000000 AS BIGINT)"

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
    "add_days": same_sql("x + d0", "CAST({0} + INTERVAL '{w0} days' AS DATE)", Settle.DATE),
    "add_months_date": same_sql("add_months_date(x, d0)", "CAST({0} + INTERVAL '{w0} months' AS DATE)", Settle.DATE, optional=True),
    "add_micros": same_sql("x + d0", "{0} + INTERVAL '{w1}'", Settle.TIMESTAMP),
    "add_months_timestamp": same_sql(
        "add_months_timestamp(x, d0)", "{0} + INTERVAL '{w0} months'", Settle.TIMESTAMP, optional=True
    ),
    "shift_days": same_sql("x + y", "CASE WHEN abs({1}) <= 4000000 THEN {0} + CAST({1} AS INTEGER) END", Settle.DATE),
    "days_between": same_sql("x - y", "CAST({0} - {1} AS BIGINT)"),
    "seconds_between": Operator(
        "(x - y) / 1000000.0",
        "CAST(epoch_us({0}) - epoch_us({1}) AS DOUBLE) / #1000000",
        "CAST(CAST(extract(epoch from {0} - {1}) * 1000000 AS BIGINT) AS double precision) / #1000000",
    ),
}
