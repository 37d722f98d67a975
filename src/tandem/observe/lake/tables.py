"""Delta tables on disk: appended to exactly once, and rewritten only to take a person out.

Every append carries a Delta transaction ``(source, version)``. A source is ``journal`` or an imported file; its version is
the last place taken. What was written is known from the table itself, so a crash between two tables loses and doubles
nothing: at the next run each table says where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import CommitProperties, DeltaTable, Schema, Transaction, write_deltalake

from tandem.kernel.errors import Conflict, InvalidInput
from tandem.observe.lake.fragments import Fragments
from tandem.observe.lake.schemas import arrow_schema
from tandem.observe.lake.types import LakeTable

__all__ = ["FrozenTables", "Tables"]

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ERASED_AT_ONCE = 200
_JOURNAL = "journal"
_PRUNED_BY = ("seq", "occurred_at", "recorded_at", "received_at")
_SMALL_BYTES = 32 * 2**20
"""Files under this are joined."""


class Tables:
    """The Delta tables under ``root``, one folder each."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._open: dict[str, DeltaTable] = {}
        self._alone: set[str] | None = None
        self._fragments: dict[str, Fragments] = {}
        self._datasets: dict[str, tuple[int, ds.Dataset]] = {}

    def names(self) -> list[str]:
        """Tables that exist."""
        if not self.root.is_dir():
            return []
        return sorted(each.name for each in self.root.iterdir() if (each / "_delta_log").is_dir())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes meanwhile: what a table is like is looked up once and known from then on."""
        self._alone = set()
        try:
            yield
        finally:
            self._alone = None

    def get(self, name: str) -> DeltaTable | None:
        """The table as of now; None if it does not exist yet."""
        if not _NAME.fullmatch(name):
            return None  # also what would lead out of the folder
        table, known = self._open.get(name), self._alone
        if table is None:
            if not (self.root / name / "_delta_log").is_dir():
                return None
            table = self._open[name] = DeltaTable(self.root / name)
        elif known is None or name not in known:
            table.update_incremental()
        if known is not None:
            known.add(name)
        return table

    def dataset(self, name: str) -> ds.Dataset | None:
        """The table as of now, to be read; the same object while the table does not change."""
        table = self.get(name)
        if table is None:
            return None
        version, dataset = self._datasets.get(name, (-1, None))
        if version != table.version():
            fragments = self._fragments.setdefault(name, Fragments(self.root / name))
            version, dataset = self._datasets[name] = table.version(), fragments.dataset(table)
        return dataset

    def schema(self, name: str) -> pa.Schema | None:
        """The table's Arrow schema as of now; None if it does not exist yet."""
        table = self.get(name)
        return None if table is None else pa.schema(table.schema())

    def version_of(self, name: str, source: str) -> int:
        """The last place of ``source`` that the table holds; 0 if none."""
        table = self.get(name)
        return 0 if table is None else table.transaction_version(source) or 0

    def create(self, table: LakeTable) -> None:
        """Create the table if it does not exist, add columns that it lacks."""
        if not _NAME.fullmatch(table.name):
            raise InvalidInput("A table's name is lower_snake.", code="invalid_name", field="name", value=table.name)
        existing = self.get(table.name)
        schema = arrow_schema(table)
        if existing is None:
            # The Delta log repeats the extremes of each column for pruning. Of personal columns it must not: they would
            # outlive an erasure, because the log is never rewritten. Of others they would only make it long.
            pruned_by = ",".join(name for name in _PRUNED_BY if name in schema.names)
            configuration = {"delta.dataSkippingStatsColumns": pruned_by} if pruned_by or table.personal else None
            DeltaTable.create(
                self.root / table.name,
                schema,
                mode="ignore",
                name=table.name,
                description=table.description,
                configuration=configuration,
            )
            return
        have = pa.schema(existing.schema())
        for field in schema:
            if field.name in have.names and have.field(field.name).type != field.type:
                raise Conflict(
                    f"Column {field.name!r} of table {table.name!r} is {have.field(field.name).type} already.",
                    code="lake_schema",
                    field=field.name,
                    value=str(field.type),
                    hint="give the field of the new type a new name",
                )
        added = pa.schema([field for field in schema if field.name not in have.names])
        if len(added):
            existing.alter.add_columns(Schema.from_arrow(added).fields)
        for field in schema:
            if field.name in have.names and (have.field(field.name).metadata or {}) != (field.metadata or {}):
                told = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
                existing.alter.set_column_metadata(field.name, told)

    def append(
        self, table: LakeTable, rows: pa.Table, *, source: str, version: int, lineage: Mapping[str, str]
    ) -> None:
        """Add ``rows`` and remember that ``source`` is taken up to ``version``, in one commit."""
        self.create(table)
        delta = self.get(table.name)
        assert delta is not None, "it was created above"
        write_deltalake(
            delta,
            rows,
            mode="append",
            schema_mode="merge",
            commit_properties=CommitProperties(
                custom_metadata=dict(lineage), app_transactions=[Transaction(source, version)]
            ),
        )

    def take_out(self, name: str, erased: Sequence[tuple[str, int]]) -> int:
        """Delete the rows of each subject up to a place, and the files that held them; how many rows there were.

        The place matters when the projection is repeated: who came back after an erasure keeps what they gave since.
        """
        table = self.get(name)
        if table is None or not erased:
            return 0
        deleted = 0
        for start in range(0, len(erased), _ERASED_AT_ONCE):
            persons = (_rows_of(subject, seq) for subject, seq in erased[start : start + _ERASED_AT_ONCE])
            deleted += int(table.delete(" or ".join(persons)).get("num_deleted_rows") or 0)
        # Also after nothing was deleted: a run that died between the two left the old files behind.
        table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False, full=True)
        return deleted

    def compact(self, name: str, *, personal: bool) -> None:
        """Join small files; of personal tables the old ones go at once."""
        table = self.get(name)
        if table is None:
            return
        table.optimize.compact(target_size=_SMALL_BYTES)
        hours = 0 if personal else None
        table.vacuum(retention_hours=hours, enforce_retention_duration=not personal, dry_run=False)


class FrozenTables(Tables):
    """The tables as they stood when this was made; only to be read."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables.root)
        self._names = tables.names()
        self._there = {name: tables.dataset(name) for name in self._names}
        self._schemas = {name: tables.schema(name) for name in self._names}
        self._taken = {name: tables.version_of(name, _JOURNAL) for name in self._names}

    def names(self) -> list[str]:
        """Tables that existed."""
        return list(self._names)

    def dataset(self, name: str) -> ds.Dataset | None:
        """The table as it stood."""
        return self._there.get(name)

    def schema(self, name: str) -> pa.Schema | None:
        """Its schema as it stood."""
        return self._schemas.get(name)

    def version_of(self, name: str, source: str) -> int:
        """The last place of the journal that the table held; other sources are not remembered."""
        return self._taken.get(name, 0) if source == _JOURNAL else 0


def _rows_of(subject: str, up_to: int) -> str:
    """Delta's predicates are text; a pseudonym is hexadecimal, so nothing else can be in it."""
    if not subject.isalnum() or not subject.isascii():
        raise InvalidInput("Not a pseudonym.", code="invalid_pseudonym", field="subject")
    return f"(subject = '{subject}' and seq <= {up_to:d})"
