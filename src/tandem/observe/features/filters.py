"""Filters stand outside the kernel: an SQL condition over one event's own fields becomes one flag.

Online a filter is a compiled Python function per event type; in batches it is an SQL expression run by DuckDB. Both
come from the same parsed expression (``tandem.kernel.expressions``), which holds them equal.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tandem.kernel.errors import DefinitionError, InvalidInput, TandemError, near_match
from tandem.kernel.expressions import Column, Dialect, Expression, compile_row, parse, to_sql
from tandem.kernel.identity import EventTypeName
from tandem.kernel.values import Row, SqlType, Value
from tandem.observe.events import EventType

__all__ = ["OCCURRED_AT", "TypeFilters", "batch_filters", "parse_filter", "schema_of"]

OCCURRED_AT = "occurred_at"
"""The event's own time, readable in filters beside its fields: ``EXTRACT(hour FROM occurred_at) < 6`` (UTC)."""

_SQL_TYPES = {
    SqlType.BOOLEAN: "BOOLEAN",
    SqlType.INTEGER: "BIGINT",
    SqlType.DOUBLE: "DOUBLE",
    SqlType.TEXT: "VARCHAR",
    SqlType.TIMESTAMP: "TIMESTAMP",
    SqlType.DATE: "DATE",
}


def schema_of(event_type: EventType) -> dict[str, Column]:
    """What a filter on ``event_type`` may name."""
    schema = {
        field.name: Column(type=field.type, nullable=not field.required, scale=field.scale)
        for field in event_type.fields
    }
    schema.setdefault(OCCURRED_AT, Column(type=SqlType.TIMESTAMP, nullable=False, scale=0))
    return schema


def parse_filter(text: str, event_type: EventType, path: str) -> Expression:
    """The typed condition ``text``.

    Raises:
        DefinitionError: it does not parse, names an unknown field, or is no condition.
    """
    try:
        expression = parse(text, schema_of(event_type))
    except TandemError as error:
        raise DefinitionError(
            f"{error.detail} (filter on {event_type.name})",
            code=error.code,
            field=path,
            value=error.value if error.value is not None else text,
            hint=error.hint,
            at=error.at,
        ) from error
    if expression.type is not SqlType.BOOLEAN:
        raise DefinitionError(
            "A filter is a condition.",
            field=path,
            value=text,
            hint=f"this is a {expression.type}; compare it with something",
        )
    return expression


class TypeFilters:
    """The filters of one event type, in the order the program numbers them."""

    def __init__(self, event_type: EventTypeName, expressions: Sequence[Expression]) -> None:
        self.event_type = event_type
        self.expressions = tuple(expressions)
        self._run = compile_row(list(self.expressions)) if self.expressions else None
        self._needs_time = any(OCCURRED_AT in expression.columns for expression in self.expressions)

    def __call__(self, values: Row, occurred_at: int) -> tuple[Value, ...]:
        """TRUE, FALSE or unknown (None), one per filter."""
        if self._run is None:
            return ()
        if self._needs_time and OCCURRED_AT not in values:
            values = {**values, OCCURRED_AT: occurred_at}
        return self._run(values, {})


def batch_filters(filters: TypeFilters, event_type: EventType, rows: pa.Table) -> list[NDArray[np.bool_]]:
    """Which of ``rows`` (all of one type) are TRUE for each filter, by DuckDB."""
    schema = schema_of(event_type)
    names = sorted({name for expression in filters.expressions for name in expression.columns})
    typed = ", ".join(f'{_cast(name, schema[name], rows)} AS "{name}"' for name in names) or "1 AS one"
    chosen = ", ".join(f"(({to_sql(one, Dialect.DUCKDB)}) IS TRUE)" for one in filters.expressions)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        connection.register("given", rows)
        # names and casts come from the event type, conditions from typed trees: no text of a user's reaches SQL
        found = connection.execute(f"SELECT {chosen} FROM (SELECT {typed} FROM given)").fetchnumpy()  # noqa: S608
    return [np.asarray(column, dtype=np.bool_) for column in found.values()]


def _cast(name: str, column: Column, rows: pa.Table) -> str:
    """The column in the type that expressions are written for."""
    if name not in rows.column_names:
        raise InvalidInput(
            "The table of events lacks a column.",
            code="missing_column",
            field=name,
            hint=near_match(name, rows.column_names) or "filters need it",
        )
    if column.type is SqlType.DECIMAL:
        return f'CAST("{name}" AS DECIMAL(18, {column.scale}))'
    if column.type is SqlType.TIMESTAMP and pa.types.is_integer(rows.schema.field(name).type):
        return f'make_timestamp("{name}")'
    return f'CAST("{name}" AS {_SQL_TYPES[column.type]})'
