"""The lake: projected from the journal, queried in SQL, checked as rows arrive."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import sqlglot
from sqlglot import exp

from tandem.kernel.errors import Conflict, InvalidInput, Unavailable
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import Clock, Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import EventReader
from tandem.observe.lake.checks import CHECKS_TABLE, as_rows, check_arrival, reconciliation
from tandem.observe.lake.inventory import take_inventory
from tandem.observe.lake.projecting import Batch, Projector, as_arrow, count_records
from tandem.observe.lake.queries import LAKE_CHANGED, Sandbox
from tandem.observe.lake.tables import FrozenTables, Tables
from tandem.observe.lake.types import (
    AssetField,
    CheckResult,
    JournalReader,
    LakeColumn,
    LakeTable,
    Projection,
)
from tandem.observe.lake.views import LakeView, create_view, refuse_clash, tables_of

__all__ = ["Lake"]

_JOURNAL = "journal"
_PERSONAL = "_personal"
_FULL = "_full"
_BATCH_RECORDS = 20_000
_STILL_TRIES = 100
_STILL_PAUSE_S = 0.02
_PROGRESS = LakeTable(
    name="lake_progress",
    description="Which stretch of the journal each run of the projection took.",
    columns=(
        LakeColumn(name="from_seq", type=SqlType.INTEGER, required=True, source="lake"),
        LakeColumn(name="to_seq", type=SqlType.INTEGER, required=True, source="lake"),
        LakeColumn(name="projected_at", type=SqlType.TIMESTAMP, required=True, source="lake"),
    ),
)

_LAST_CHECKS = f"""
    SELECT table_name AS "table", check_name AS "check", passed, expected, found, epoch_us(checked_at) AS checked_at, seq
    FROM {CHECKS_TABLE.name}
    QUALIFY row_number() OVER (PARTITION BY table_name, check_name ORDER BY seq DESC, checked_at DESC) = 1
    ORDER BY table_name, check_name
"""  # noqa: S608 - the name is a constant


class Lake:
    """Delta tables under ``root``. One process projects at a time; any may query.

    Args:
        root: folder; made at the first projection.
        clock: tells when rows were checked.
    """

    def __init__(self, root: Path, *, clock: Clock) -> None:
        self.root = root
        self._clock = clock
        self._tables = Tables(root)
        self._sandbox = Sandbox()
        self._wait = threading.Event()
        self._views: dict[str, tuple[LakeView, frozenset[str]]] = {}

    # -- filling ---------------------------------------------------------------------------------------------------

    def project(
        self, journal: JournalReader, reader: EventReader, *, batch_records: int = _BATCH_RECORDS
    ) -> Projection:
        """Take every durable record since the last run; each once, whatever crashed before.

        An erasure among the records takes the person's rows out of every personal table, files and all.

        Raises:
            Conflict: another process is projecting, or a field changed its type.
            IntegrityError: a record cannot be read.
        """
        with self._alone():
            start = self.projected_seq + 1
            projector = Projector(journal, reader)
            records = journal.read(start)
            added: dict[str, int] = {}
            last, erased = start - 1, 0
            while taken := list(islice(records, batch_records)):
                batch = projector.project(taken)
                for name, count in self._land(batch).items():
                    added[name] = added.get(name, 0) + count
                erased += self._take_out(batch.erased)
                self._advance(batch)
                last = batch.last
            return Projection(from_seq=start, to_seq=last, rows=added, erased=erased)

    def import_table(
        self, table: LakeTable, rows: pa.Table, *, file_digest: Digest, lineage: Mapping[str, str] | None = None
    ) -> int:
        """Land a file as it came, as table ``import_<name>``; the same file again adds nothing. Rows added.

        Raises:
            InvalidInput: the columns are not the declared ones, or personal ones come without a ``subject`` column of
                pseudonyms, by which a person could be taken out again.
        """
        personal = any(column.data_class.is_personal for column in table.columns)
        name = f"import_{table.name}" + (_PERSONAL if personal else "")
        if [column.name for column in table.columns] != rows.column_names:
            raise InvalidInput("The rows do not have the declared columns.", code="columns_differ", field="columns")
        if personal and not {"subject", "seq"} <= set(rows.column_names):
            raise InvalidInput(
                "Personal columns need the columns subject (pseudonyms) and seq (row numbers), so that a person can be"
                " taken out again.",
                code="subject_missing",
                field="columns",
            )
        landing = LakeTable(name=name, columns=table.columns, personal=personal, description=table.description)
        with self._alone():
            if self._tables.version_of(name, file_digest):
                return 0
            told = {"file_digest": str(file_digest), **(lineage or {})}
            typed = rows.cast(pa.schema([field.remove_metadata() for field in as_arrow(landing, []).schema]))
            before = self._count(name)
            self._tables.append(landing, typed, source=file_digest, version=1, lineage=told)
            self._check_import(landing, file_digest, before + rows.num_rows)
        return int(rows.num_rows)

    def erase(self, subject: Pseudonym, *, up_to_seq: int) -> int:
        """Take a person out of every personal table; how many rows. ``project`` does so for every erasure it meets."""
        with self._alone():
            return self._take_out([(subject, up_to_seq)])

    def compact(self) -> None:
        """Join the small files that many projections leave."""
        with self._alone():
            for name in self._tables.names():
                self._tables.compact(name, personal=name.endswith(_PERSONAL))

    @property
    def projected_seq(self) -> int:
        """The last place of the journal that the lake has taken."""
        return self._tables.version_of(_PROGRESS.name, _JOURNAL)

    @property
    def projected_at(self) -> Micros | None:
        """When the lake last took something of the journal; None before it did."""
        if not self.projected_seq:
            return None
        rows = self.sql(f"SELECT epoch_us(max(projected_at)) AS at FROM {_PROGRESS.name}").to_pylist()  # noqa: S608 - a constant
        return Micros(rows[0]["at"])

    def define_views(self, views: Iterable[LakeView]) -> None:
        """Answer to ``views`` from now on, in place of those before.

        Raises:
            DefinitionError: one has the name of a table, or looks at another.
        """
        defined = {view.name: view for view in views}
        refuse_clash(defined, frozenset(self._tables.names()))
        self._views = {name: (view, tables_of(view)) for name, view in defined.items()}

    def moment(self) -> Lake:
        """The lake as it stands now, for questions whose answers belong together; it does not see what lands later.

        Files that are rewritten meanwhile are gone from it: a question then raises ``Unavailable`` (``lake_changed``).
        """
        frozen = Lake(self.root, clock=self._clock)
        with self._still():
            frozen._tables = FrozenTables(self._tables)
        frozen._sandbox = self._sandbox
        frozen._views = self._views
        return frozen

    # -- asking ----------------------------------------------------------------------------------------------------

    def sql(
        self,
        query: str,
        parameters: Sequence[Any] | Mapping[str, Any] | None = None,
        *,
        personal: bool = False,
        rows_max: int = 1_000_000,
        timeout_s: float = 60.0,
    ) -> pa.Table:
        """The answer of one reading statement, in DuckDB's SQL.

        Args:
            query: SELECT, WITH, DESCRIBE, SHOW TABLES, SUMMARIZE or EXPLAIN.
            parameters: for ``?`` or ``$name``.
            personal: whether personal tables are seen, and the views ``<type>_full`` of events with their personal
                values beside them.
            rows_max, timeout_s: limits.

        Raises:
            InvalidInput, NotFound: with position, name and near match.
            Refused: a statement that does more than read.
            TooLarge, Unavailable: over a limit.
        """

        def ask() -> pa.Table:
            known = self.tables(personal=personal)
            return self._sandbox.ask(query, parameters, self._dataset, known, rows_max=rows_max, timeout_s=timeout_s)

        try:
            return ask()
        except Unavailable as error:
            if error.code != LAKE_CHANGED:
                raise
            return ask()  # files were rewritten under the first one; the second sees the new ones

    def tables(self, *, personal: bool = False) -> list[str]:
        """Names that ``sql`` answers to."""
        names = self._tables.names()
        there = frozenset(names)
        # A view stands only on tables that are there; before the first rows of one there is nothing to see.
        names = sorted([*names, *(name for name, (_, needed) in self._views.items() if needed <= there)])
        if not personal:
            return [name for name in names if not name.endswith(_PERSONAL)]
        bases = [name.removesuffix(_PERSONAL) for name in names if name.endswith(_PERSONAL)]
        return sorted([*names, *(base + _FULL for base in bases if base in names)])

    def schema(self, table: str) -> pa.Schema | None:
        """The Arrow schema of a table or view, with class and lineage in each column's metadata; None if unknown."""
        if table.endswith(_FULL):
            base, private = self.schema(table.removesuffix(_FULL)), self.schema(table.removesuffix(_FULL) + _PERSONAL)
            if base is None or private is None:
                return None
            return pa.schema([*base, *(field for field in private if field.name not in base.names)])
        if table in self._views and table in self.tables():
            return self.sql(exp.select("*").from_(exp.to_table(table)).limit(0).sql("duckdb")).schema
        return self._tables.schema(table)

    def files(self, table: str) -> tuple[pa.Schema, list[str]] | None:
        """The schema and the Parquet files of a table as it stands, for an engine that reads them itself.

        None where there is no such table. Files that are rewritten later go after a while; those of personal tables at
        once, so that who reads one is told that it is gone and never shows an erased person.
        """
        found = self._tables.get(table)
        return None if found is None else (pa.schema(found.schema()), list(found.file_uris()))

    def view(self, name: str) -> str | None:
        """The statement behind a view, ``<type>_full`` among them, for an engine that reads ``files`` itself; None where it is none."""
        made = self._dataset(name)
        return sqlglot.parse_one(made, dialect="duckdb").expression.sql("duckdb") if isinstance(made, str) else None

    def checks(self) -> list[CheckResult]:
        """The last result of every check of every table."""
        if CHECKS_TABLE.name not in self._tables.names():
            return []
        rows = self.sql(_LAST_CHECKS).to_pylist()
        return [CheckResult(**{**row, "checked_at": Micros(row["checked_at"])}) for row in rows]

    def reconcile(self, journal: JournalReader, reader: EventReader) -> list[CheckResult]:
        """Count the whole journal again, record by record, against the lake; one result a table.

        ``project`` checks what it lands; this finds what was lost or added since.
        """
        last = self.projected_seq
        owed = count_records(journal.read(1, last), reader.event_types) if last else {}
        names = sorted({*owed, *self.tables()} - {CHECKS_TABLE.name, _PROGRESS.name})
        now = self._clock.now()
        return [
            reconciliation(name, owed.get(name, 0), self._count(name), now, last)
            for name in names
            if not name.startswith("import_")
        ]

    def inventory(self) -> list[AssetField]:
        """Every field of every table: class, owner, source, purpose, quality."""
        return take_inventory(self._tables, self.checks())

    # -- inside ----------------------------------------------------------------------------------------------------

    def _land(self, batch: Batch) -> dict[str, int]:
        added: dict[str, int] = {}
        results: list[CheckResult] = []
        lineage = {"journal_from": str(batch.first), "journal_to": str(batch.last)}
        for name, rows in batch.rows.items():
            table = batch.tables[name]
            taken = self._tables.version_of(name, _JOURNAL)
            fresh = rows if rows[0][0] > taken else [row for row in rows if row[0] > taken]
            if fresh:
                data = as_arrow(table, fresh)
                self._tables.append(table, data, source=_JOURNAL, version=batch.last, lineage=lineage)
                added[name] = len(fresh)
            if not table.personal:
                results += self._check(table, batch)
        if results:
            data = as_arrow(CHECKS_TABLE, as_rows(results))
            self._tables.append(CHECKS_TABLE, data, source=_JOURNAL, version=batch.last, lineage=lineage)
        return added

    def _check(self, table: LakeTable, batch: Batch) -> list[CheckResult]:
        dataset, schema = self._tables.dataset(table.name), self._tables.schema(table.name)
        assert dataset is not None, "rows have just landed in it"
        assert schema is not None, "rows have just landed in it"
        stretch = (ds.field("seq") >= batch.first) & (ds.field("seq") <= batch.last)
        looked_at = [column.name for column in table.columns if column.required]  # place and times are, bodies are not
        landed = dataset.to_table(columns=looked_at, filter=stretch)
        return check_arrival(
            table,
            landed,
            schema,
            owed=batch.owed[table.name],
            checked_at=self._clock.now(),
            seq=batch.last,
        )

    def _check_import(self, table: LakeTable, file_digest: Digest, owed: int) -> None:
        """Of an imported table the whole is looked at: files are few, and a row that stands in two is doubled."""
        dataset, schema = self._tables.dataset(table.name), self._tables.schema(table.name)
        assert dataset is not None, "rows have just landed in it"
        assert schema is not None, "rows have just landed in it"
        results = check_arrival(
            table,
            dataset.to_table(),
            schema,
            owed=owed,
            checked_at=self._clock.now(),
            seq=self.projected_seq,
        )
        data = as_arrow(CHECKS_TABLE, as_rows(results))
        self._tables.append(CHECKS_TABLE, data, source=file_digest, version=1, lineage={"file_digest": file_digest})

    def _advance(self, batch: Batch) -> None:
        data = as_arrow(_PROGRESS, [(batch.first, batch.last, self._clock.now())])
        self._tables.append(_PROGRESS, data, source=_JOURNAL, version=batch.last, lineage={})

    def _take_out(self, erased: Sequence[tuple[str, int]]) -> int:
        personal = [name for name in self._tables.names() if name.endswith(_PERSONAL)]
        return sum(self._tables.take_out(name, erased) for name in personal)

    def _count(self, name: str) -> int:
        dataset = self._tables.dataset(name)
        return 0 if dataset is None else int(dataset.count_rows())

    def _dataset(self, name: str) -> Any | None:
        view, _ = self._views.get(name, (None, None))
        if view is not None:
            return create_view(view)
        if name.endswith(_FULL):
            return self._full(name.removesuffix(_FULL))
        return self._tables.dataset(name)

    def _full(self, base: str) -> str | None:
        """The view of events with their personal values beside them; where a person was erased, there are none."""
        clear, private = self.schema(base), self.schema(base + _PERSONAL)
        if clear is None or private is None:
            return None
        left, right = exp.to_identifier("e", quoted=True), exp.to_identifier("p", quoted=True)
        columns = [exp.column(name, left, quoted=True) for name in clear.names]
        columns += [exp.column(name, right, quoted=True) for name in private.names if name not in clear.names]
        same = exp.column("seq", left, quoted=True).eq(exp.column("seq", right, quoted=True))
        joined = (
            exp.select(*columns)
            .from_(exp.alias_(exp.to_table(base), left, table=True))
            .join(exp.alias_(exp.to_table(base + _PERSONAL), right, table=True), on=same, join_type="left")
        )
        return exp.Create(
            this=exp.to_table(base + _FULL),
            kind="VIEW",
            expression=joined,
            properties=exp.Properties(expressions=[exp.TemporaryProperty()]),
        ).sql("duckdb")

    @contextmanager
    def _still(self) -> Iterator[None]:
        """No projection runs meanwhile: one that stands between two tables shows half of a moment.

        Waits for two seconds at most: the first copy of a large journal takes longer, and is looked at as it is.
        """
        if not self.root.is_dir():
            yield
            return
        with (self.root / ".lock").open("w") as lock:
            for _ in range(_STILL_TRIES):
                try:
                    fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
                    break
                except OSError:
                    self._wait.wait(_STILL_PAUSE_S)
            yield

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Conflict(
                    "Another process is writing to the lake.", code="lake_busy", hint="wait until it is done"
                ) from None
            with self._tables.alone():
                yield
