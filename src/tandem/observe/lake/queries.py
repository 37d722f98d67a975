"""SQL over the lake: DuckDB in memory, tables handed in as Arrow, no way out.

Three walls, each enough for most attacks: only statements that read are run, by DuckDB's own parser; the engine may not
touch files, networks, extensions or Python variables, and its settings are locked; and a question sees only the tables
that it names. Time, memory and rows of the answer are limited.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import duckdb
import pyarrow as pa

from tandem.kernel.errors import InvalidInput, NotFound, Refused, TooLarge, Unavailable, near_match

__all__ = ["LAKE_CHANGED", "Sandbox"]

LAKE_CHANGED: Final = "lake_changed"
"""Code of the error when files went away between the opening of a table and its reading."""

_EXPLAIN = re.compile(r"^\s*explain\s+(analyze\s+|verbose\s+)?", re.IGNORECASE)
_MISSING = re.compile(r"(?:Table|View) with name \"?(.+?)\"? does not exist", re.IGNORECASE)
_MEMORY = "1GB"
_WORD = re.compile(r"\w+")
_ROW_BATCH = 65_536
_CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "python_enable_replacements": "false",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": _MEMORY,
    "threads": "2",
}


class Sandbox:
    """An engine that answers questions about Arrow data it is handed, one cursor a question.

    Cursors do not see each other's tables. Starting the engine takes ten milliseconds, a question about one.
    """

    def __init__(self) -> None:
        self._engine: duckdb.DuckDBPyConnection | None = None
        self._lock = threading.Lock()

    def ask(
        self,
        query: str,
        parameters: Sequence[Any] | Mapping[str, Any] | None,
        open_table: Callable[[str], Any | None],
        known: Sequence[str],
        *,
        rows_max: int,
        timeout_s: float,
    ) -> pa.Table:
        """The answer of one reading statement.

        Args:
            query: SELECT, WITH, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN of such.
            parameters: for ``?`` or ``$name`` in the query.
            open_table: Arrow data of a table by name, or the statement that creates a view over such; None if there is
                nothing of that name.
            known: names of all tables, for near matches and ``SHOW TABLES``.
            rows_max: more rows are refused, not cut.
            timeout_s: seconds until the query is stopped.

        Raises:
            InvalidInput: not SQL that DuckDB understands; with its words.
            Refused: a statement that does more than read.
            NotFound: no such table, with the near match.
            TooLarge, Unavailable: over a limit of rows, memory or time.
        """
        cursor = self._cursor()
        timer = threading.Timer(timeout_s, cursor.interrupt)
        try:
            _check_reads_only(cursor, query)
            _hand_over(cursor, query, known, open_table)
            timer.start()
            reader = cursor.execute(query, parameters).to_arrow_reader(_ROW_BATCH)
            return _within(reader, rows_max)
        except duckdb.InterruptException:
            raise Unavailable(f"The query ran longer than {timeout_s:g} s.", code="query_timeout") from None
        except duckdb.OutOfMemoryException:
            raise TooLarge(
                f"The query needs more than {_MEMORY}.", code="query_memory", hint="aggregate before joining or sorting"
            ) from None
        except duckdb.Error as error:
            raise _friendly(error, known) from None
        finally:
            timer.cancel()
            cursor.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._lock:
            if self._engine is None:
                self._engine = duckdb.connect(":memory:", config=_CONFIGURATION)
                self._engine.execute("SET GLOBAL TimeZone = 'UTC'")
                self._engine.execute("SET lock_configuration = true")
            return self._engine.cursor()


def _hand_over(
    cursor: duckdb.DuckDBPyConnection, query: str, known: Sequence[str], open_table: Callable[[str], Any | None]
) -> None:
    """Register the tables that ``query`` names, and make its views, with the tables that these name in turn."""
    views: list[str] = []
    waiting = _tables_in(query, known)
    seen = set(waiting)
    while waiting:
        name = waiting.pop()
        data = open_table(name)
        if isinstance(data, str):
            views.append(data)
            beneath = [each for each in _tables_in(data, known) if each not in seen]
            waiting += beneath
            seen.update(beneath)
        elif data is not None:
            cursor.register(name, data)
    for view in views:
        cursor.execute(view)


def _check_reads_only(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    statements = connection.extract_statements(query)
    if len(statements) != 1:
        detail = "One statement at a time." if statements else "There is no statement."
        raise Refused(detail, code="not_one_statement", field="query")
    kind = statements[0].type
    if kind == duckdb.StatementType.EXPLAIN:
        inner, found = _EXPLAIN.subn("", query, count=1)
        if found:
            _check_reads_only(connection, inner)
            return
    if kind != duckdb.StatementType.SELECT:
        raise Refused(
            f"The lake answers questions only; this is {kind.name}.",
            code="statement_not_allowed",
            field="query",
            hint="SELECT, WITH, DESCRIBE, SHOW TABLES, SUMMARIZE, EXPLAIN",
        )


def _tables_in(text: str, known: Sequence[str]) -> list[str]:
    """Tables and views that ``text`` may read; a name in it is enough, an extra table does no harm."""
    if re.search(r"\b(show|information_schema|duckdb_\w+)\b", text, re.IGNORECASE):
        return list(known)
    words = set(_WORD.findall(text.lower()))
    return [name for name in known if name in words]


def _within(reader: pa.RecordBatchReader, rows_max: int) -> pa.Table:
    batches, rows = [], 0
    for batch in reader:
        rows += batch.num_rows
        if rows > rows_max:
            raise TooLarge(
                f"The answer has more than {rows_max:,} rows.", code="too_many_rows", hint="aggregate, or add LIMIT"
            )
        batches.append(batch)
    return pa.Table.from_batches(batches, schema=reader.schema)


def _friendly(error: duckdb.Error, known: Sequence[str]) -> InvalidInput | NotFound | Refused | Unavailable:
    words = str(error).strip()
    if "No such file" in words:
        # A person was taken out, or files were joined, between the opening of a table and its reading.
        return Unavailable("The lake changed while it was asked.", code=LAKE_CHANGED, hint="ask again")
    missing = _MISSING.search(words)
    if missing is not None:
        name = missing[1]
        hint = near_match(name, known) or "tables: " + ", ".join(known[:20])
        return NotFound("The lake has no such table.", code="unknown_table", field="query", value=name, hint=hint)
    first, _, rest = words.partition("\n")
    if isinstance(error, duckdb.PermissionException):
        return Refused("The lake does not read files or networks.", code="no_external_access", hint=first)
    return InvalidInput(first, code="invalid_query", field="query", hint=rest.strip() or None)
