"""From a metric and a question to one SQL statement: built as a tree, values as parameters, never pasted text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias, get_args

import msgspec
from sqlglot import exp

from tandem.kernel.errors import InvalidInput, near_match
from tandem.kernel.time import Micros
from tandem.kernel.values import Value
from tandem.observe.metrics.contributing import Parts
from tandem.observe.metrics.parsing import columns_of, parse_aggregate, parse_condition
from tandem.observe.metrics.types import Grain, Metric

__all__ = ["CompiledMetric", "Stretch", "compile_days", "compile_extent", "compile_parts", "compile_sql"]

Stretch: TypeAlias = tuple[Micros, Micros]
"""From (included), to (excluded)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VALUE = "metric_value"
_PERIOD = "metric_period"


class CompiledMetric(msgspec.Struct, frozen=True, kw_only=True):
    """A question in DuckDB's SQL.

    Its columns are ``metric_period`` if there is a grain, then the dimensions, then ``metric_value``.
    """

    sql: str
    parameters: dict[str, Any]


def compile_sql(
    metric: Metric,
    *,
    by: Sequence[str] = (),
    between: tuple[Micros | None, Micros | None] | None = None,
    grain: Grain | None = None,
    where: Mapping[str, Value] | None = None,
    columns: Sequence[str] | None = None,
) -> CompiledMetric:
    """The statement that measures ``metric``.

    Args:
        metric: what.
        by: dimensions to break it down by.
        between: from (included) and to (excluded), by the metric's time; None leaves an end open.
        grain: length of the stretches to break it down by, in UTC; weeks begin on Monday.
        where: dimensions to their one value; None asks for rows without one.
        columns: what the table has; None leaves it to the lake to say.

    Raises:
        InvalidInput: an unknown dimension, grain or column, with the near match.
    """
    wanted = where or {}
    _check_question(metric, by, grain, wanted)
    aggregate = parse_aggregate(metric.expression, "expression")
    condition = _condition_of(metric)
    if columns is not None:
        read = [*columns_of(aggregate), *(columns_of(condition) if condition else ())]
        _check_columns(metric, [*read, metric.time, *by, *wanted], columns)
    time = exp.column(metric.time, quoted=True)
    groups: list[exp.Expr] = [exp.column(name, quoted=True) for name in by]
    shown: list[exp.Expr] = [group.copy() for group in groups]
    if grain is not None:
        period = exp.Anonymous(this="date_trunc", expressions=[exp.Literal.string(grain), time.copy()])
        groups.insert(0, period)
        shown.insert(0, exp.alias_(period.copy(), _PERIOD))
    query = exp.select(*shown, exp.alias_(aggregate, _VALUE)).from_(exp.to_table(metric.table))
    if condition is not None:
        query = query.where(exp.paren(condition))
    query, parameters = _bounded(query, time, between, wanted)
    if groups:
        query = query.group_by(*groups).order_by(
            *(exp.Ordered(this=group.copy(), nulls_first=False) for group in groups)
        )
    return CompiledMetric(sql=query.sql("duckdb"), parameters=parameters)


def compile_extent(metric: Metric, *, columns: Sequence[str]) -> CompiledMetric:
    """The statement that asks for the first and last moment of the metric's rows, in microseconds.

    Raises:
        InvalidInput: a column the table has not.
    """
    condition = _condition_of(metric)
    aggregate = parse_aggregate(metric.expression, "expression")
    read = [*columns_of(aggregate), *(columns_of(condition) if condition else ())]
    _check_columns(metric, [metric.time, *read], columns)
    time = exp.column(metric.time, quoted=True)

    def micros(of: exp.Expr, name: str) -> exp.Expr:
        return exp.alias_(exp.Anonymous(this="epoch_us", expressions=[of]), name)

    query = exp.select(
        micros(exp.Min(this=time.copy()), "first_us"), micros(exp.Max(this=time.copy()), "last_us")
    ).from_(exp.to_table(metric.table))
    if condition is not None:
        query = query.where(exp.paren(condition))
    return CompiledMetric(sql=query.sql("duckdb"), parameters={})


def compile_days(
    metric: Metric,
    parts: Parts,
    *,
    between: tuple[Micros | None, Micros | None] | None = None,
    where: Mapping[str, Value] | None = None,
    columns: Sequence[str],
) -> CompiledMetric:
    """The statement that measures what the metric is made of, day by day (UTC).

    Its columns are ``day_us`` (the day's beginning in microseconds), ``part_amount`` and ``part_base``; days without rows are left out.

    Raises:
        InvalidInput: an unknown dimension or column.
    """
    wanted = where or {}
    _check_question(metric, [], None, wanted)
    amount = parse_aggregate(parts.amount, "expression")
    base = exp.Null() if parts.base is None else parse_aggregate(parts.base, "expression")
    condition = _condition_of(metric)
    read = [*columns_of(amount), *columns_of(base), *(columns_of(condition) if condition else ())]
    _check_columns(metric, [*read, metric.time, *wanted], columns)
    time = exp.column(metric.time, quoted=True)
    day = exp.Anonymous(this="date_trunc", expressions=[exp.Literal.string("day"), time.copy()])
    query = (
        exp.select(
            exp.alias_(exp.Anonymous(this="epoch_us", expressions=[day]), "day_us"),
            exp.alias_(amount, "part_amount"),
            exp.alias_(base, "part_base"),
        )
        .from_(exp.to_table(metric.table))
        .group_by("1")
        .order_by("1")
    )
    if condition is not None:
        query = query.where(exp.paren(condition))
    query, parameters = _bounded(query, time, between, wanted)
    return CompiledMetric(sql=query.sql("duckdb"), parameters=parameters)


def compile_parts(
    metric: Metric, parts: Parts, dimension: str | None, *, then: Stretch, now: Stretch, columns: Sequence[str]
) -> CompiledMetric:
    """The statement that measures what the metric is made of, in two stretches of time at once.

    Its columns are ``part_by`` (the dimension's value), ``part_now`` (which stretch), ``part_amount`` and ``part_base``.

    Raises:
        InvalidInput: an unknown dimension or column.
    """
    _check_question(metric, [] if dimension is None else [dimension], None, {})
    amount = parse_aggregate(parts.amount, "expression")
    base = exp.Null() if parts.base is None else parse_aggregate(parts.base, "expression")
    condition = _condition_of(metric)
    read = [*columns_of(amount), *columns_of(base), *(columns_of(condition) if condition else ())]
    _check_columns(metric, [*read, metric.time, *([] if dimension is None else [dimension])], columns)
    time = exp.column(metric.time, quoted=True)
    by = exp.Null() if dimension is None else exp.column(dimension, quoted=True)
    is_now = exp.GTE(this=time.copy(), expression=_parameter("now_from"))
    inside = exp.or_(
        *(
            exp.and_(
                exp.GTE(this=time.copy(), expression=_parameter(f"{name}_from")),
                exp.LT(this=time.copy(), expression=_parameter(f"{name}_to")),
            )
            for name in ("then", "now")
        )
    )
    query = (
        exp.select(
            exp.alias_(by, "part_by"),
            exp.alias_(exp.paren(is_now), "part_now"),
            exp.alias_(amount, "part_amount"),
            exp.alias_(base, "part_base"),
        )
        .from_(exp.to_table(metric.table))
        .where(inside)
        .group_by("1", "2")
    )
    if condition is not None:
        query = query.where(exp.paren(condition))
    moments = {"then_from": then[0], "then_to": then[1], "now_from": now[0], "now_to": now[1]}
    return CompiledMetric(
        sql=query.sql("duckdb"), parameters={name: _moment(instant) for name, instant in moments.items()}
    )


def _condition_of(metric: Metric) -> exp.Expr | None:
    return None if metric.filter is None else parse_condition(metric.filter, "filter")


def _check_question(metric: Metric, by: Sequence[str], grain: Grain | None, where: Mapping[str, Value]) -> None:
    if grain is not None and grain not in get_args(Grain):
        raise _unknown("grain", grain, get_args(Grain))
    for key, names in (("by", by), ("where", where)):
        for name in names:
            if name not in metric.dimensions:
                raise _unknown(key, name, metric.dimensions)


def _check_columns(metric: Metric, used: Sequence[str], columns: Sequence[str]) -> None:
    for name in used:
        if name not in columns:
            raise _unknown(f"table {metric.table}", name, columns)


def _bounded(
    query: exp.Select,
    time: exp.Column,
    between: tuple[Micros | None, Micros | None] | None,
    where: Mapping[str, Value],
) -> tuple[exp.Select, dict[str, Any]]:
    parameters: dict[str, Any] = {}
    start, end = between or (None, None)
    if start is not None:
        parameters["start_at"] = _moment(start)
        query = query.where(exp.GTE(this=time.copy(), expression=_parameter("start_at")))
    if end is not None:
        parameters["end_at"] = _moment(end)
        query = query.where(exp.LT(this=time.copy(), expression=_parameter("end_at")))
    for index, (name, value) in enumerate(where.items()):
        key = f"value_{index}"
        parameters[key] = value
        same = exp.NullSafeEQ(this=exp.column(name, quoted=True), expression=_parameter(key))
        query = query.where(same)
    return query, parameters


def _parameter(name: str) -> exp.Placeholder:
    return exp.Placeholder(this=name)


def _moment(instant: Micros) -> datetime:
    return _EPOCH + timedelta(microseconds=instant)


def _unknown(field: str, name: str, known: Sequence[str]) -> InvalidInput:
    what = "grain" if field == "grain" else "dimension" if field in {"by", "where"} else "column"
    hint = near_match(name, known) or ("known: " + ", ".join(known[:20]) if known else "the metric has no dimensions")
    return InvalidInput(f"Unknown {what}.", code=f"unknown_{what}", field=field, value=name, hint=hint)
