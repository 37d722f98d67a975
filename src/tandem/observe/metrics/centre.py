"""The metric centre: where a number is asked for by name, so that page, table and report show the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

import pyarrow as pa

from tandem.kernel.errors import DefinitionError, InvalidInput, NotFound, near_match
from tandem.kernel.time import Micros
from tandem.kernel.values import Value
from tandem.observe.lake import Lake
from tandem.observe.metrics.compiling import Stretch, compile_days, compile_extent, compile_parts, compile_sql
from tandem.observe.metrics.contributing import Cell, Change, Day, change_of, parts_of
from tandem.observe.metrics.types import Grain, Metric, MetricPoint, MetricResult, Number

__all__ = ["MetricCentre"]


class MetricCentre:
    """Metrics by name, measured on a lake, or on one moment of it (``Lake.moment``).

    Raises:
        DefinitionError: two metrics of one name.
    """

    def __init__(self, lake: Lake, metrics: Iterable[Metric]) -> None:
        self._lake = lake
        self._metrics: dict[str, Metric] = {}
        for metric in metrics:
            if metric.name in self._metrics:
                raise DefinitionError("Two metrics have this name.", code="duplicate_metric", value=metric.name)
            self._metrics[metric.name] = metric

    @property
    def metrics(self) -> Mapping[str, Metric]:
        """Name to metric."""
        return self._metrics

    def metric(self, name: str) -> Metric:
        """The metric of that name.

        Raises:
            NotFound: there is none; with the near match.
        """
        metric = self._metrics.get(name)
        if metric is None:
            hint = near_match(name, self._metrics)
            raise NotFound("No metric has this name.", code="unknown_metric", field="metric", value=name, hint=hint)
        return metric

    def value(
        self,
        name: str,
        *,
        by: Sequence[str] = (),
        between: tuple[Micros | None, Micros | None] | None = None,
        grain: Grain | None = None,
        where: Mapping[str, Value] | None = None,
    ) -> MetricResult:
        """The metric, broken down by dimensions and stretches of time as asked.

        Args:
            name: of the metric.
            by: dimensions.
            between: from (included), to (excluded); None leaves an end open.
            grain: minute, hour, day, week, month, quarter or year, in UTC.
            where: dimensions to their one value.

        Raises:
            NotFound: no such metric, or its table is not in the lake yet.
            InvalidInput: an unknown dimension or grain; a column the table has not; a personal dimension; a result that
                is no number.
        """
        metric = self.metric(name)
        schema = self._schema(metric)
        self._refuse_personal(metric, schema)
        compiled = compile_sql(metric, by=by, between=between, grain=grain, where=where, columns=schema.names)
        table = self._lake.sql(compiled.sql, compiled.parameters or None, personal=True)
        points = tuple(_points(table, by, has_period=grain is not None))
        return MetricResult(name=metric.name, unit=metric.unit, digest=metric.digest, points=points)

    def number(
        self,
        name: str,
        *,
        between: tuple[Micros | None, Micros | None] | None = None,
        where: Mapping[str, Value] | None = None,
    ) -> Number:
        """The metric as one number. Raises as ``value`` does."""
        return self.value(name, between=between, where=where).points[0].value

    def extent(self, name: str) -> tuple[Micros, Micros] | None:
        """When the first and the last row happened that the metric counts; None where there is none.

        Raises as ``value`` does.
        """
        metric = self.metric(name)
        schema = self._schema(metric)
        self._refuse_personal(metric, schema)
        compiled = compile_extent(metric, columns=schema.names)
        row = self._lake.sql(compiled.sql, compiled.parameters or None, personal=True).to_pylist()[0]
        return None if row["first_us"] is None else (Micros(row["first_us"]), Micros(row["last_us"]))

    def change(self, name: str, dimension: str | None, *, then: Stretch, now: Stretch) -> Change:
        """How the metric moved between two stretches of time, and what each value of ``dimension`` added to that.

        Args:
            then, now: from (included), to (excluded); they do not overlap.
            dimension: None for the move alone.

        Raises as ``value`` does.
        """
        metric = self.metric(name)
        schema = self._schema(metric)
        self._refuse_personal(metric, schema)
        parts = parts_of(metric)
        compiled = compile_parts(metric, parts, dimension, then=then, now=now, columns=schema.names)
        rows = self._lake.sql(compiled.sql, compiled.parameters, personal=True).to_pylist()
        cells = [
            Cell(
                value=_shown(row["part_by"]),
                now=bool(row["part_now"]),
                amount=_number(row["part_amount"]),
                base=_number(row["part_base"]),
            )
            for row in rows
        ]
        return change_of(parts, dimension, cells)

    def days(
        self,
        name: str,
        *,
        between: tuple[Micros | None, Micros | None] | None = None,
        where: Mapping[str, Value] | None = None,
    ) -> tuple[Day, ...]:
        """What the metric is made of on each day (UTC) that has rows; of a metric of no parts, its value on that day.

        Raises as ``value`` does.
        """
        metric = self.metric(name)
        schema = self._schema(metric)
        self._refuse_personal(metric, schema)
        compiled = compile_days(metric, parts_of(metric), between=between, where=where, columns=schema.names)
        rows = self._lake.sql(compiled.sql, compiled.parameters or None, personal=True).to_pylist()
        return tuple(
            Day(at=Micros(row["day_us"]), amount=_number(row["part_amount"]), base=_number(row["part_base"]))
            for row in rows
            if row["day_us"] is not None
        )

    def _schema(self, metric: Metric) -> pa.Schema:
        schema = self._lake.schema(metric.table)
        if schema is None:
            known = self._lake.tables(personal=True)
            raise NotFound(
                "The metric's table is not in the lake.",
                code="unknown_table",
                field="table",
                value=metric.table,
                hint=near_match(metric.table, known) or "run the projection once there is something to measure",
            )
        return schema

    def _refuse_personal(self, metric: Metric, schema: pa.Schema) -> None:
        for name in (metric.time, *metric.dimensions):
            told = schema.field(name).metadata or {} if name in schema.names else {}
            if told.get(b"class", b"C1") != b"C1":
                raise InvalidInput(
                    "A breakdown by a personal value would show it.",
                    code="personal_dimension",
                    field="dimensions",
                    value=name,
                    hint="derive a class of values and make that a C1 field",
                )


def _points(table: pa.Table, by: Sequence[str], *, has_period: bool) -> list[MetricPoint]:
    columns = table.column_names
    if has_period:
        periods = table.column(0).cast(pa.timestamp("us")).cast(pa.int64()).to_pylist()
    else:
        periods = [None] * table.num_rows
    dimensions = [table.column(columns.index(name)).to_pylist() for name in by]
    values = table.column(len(columns) - 1).to_pylist()
    return [
        MetricPoint(
            value=_number(value),
            period=None if period is None else Micros(period),
            by={name: _shown(cells[index]) for name, cells in zip(by, dimensions, strict=True)},
        )
        for index, (period, value) in enumerate(zip(periods, values, strict=True))
    ]


def _number(value: Any) -> Number:
    """Whole numbers stay exact; what is not finite is unknown."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    raise InvalidInput("The metric gives no number.", code="not_a_number", field="expression", hint="aggregate numbers")


def _shown(cell: Any) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)
