"""The projection: journal records in, rows of tables out. Pure but for opening what is sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from typing import Any, TypeAlias

import msgspec
import pyarrow as pa

from tandem.kernel.errors import Conflict, DefinitionError, NotFound
from tandem.kernel.identity import Digest
from tandem.observe.events import Event, EventReader, EventType
from tandem.observe.journal import Record
from tandem.observe.lake.bodies import BODIES, BodyReader, BodyTable, other_body
from tandem.observe.lake.schemas import PLACE_COLUMNS, arrow_type, event_table, personal_event_table
from tandem.observe.lake.types import JournalReader, LakeColumn, LakeTable

__all__ = ["Batch", "Projector", "Row", "as_arrow", "count_records"]

Row: TypeAlias = Sequence[Any]
"""The values of a row, in the order of the table's columns; the first is ``seq``."""


class Batch:
    """Rows waiting to be written, by table; and how many records each table is owed."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}
        self.tables: dict[str, LakeTable] = {}
        self.owed: Counter[str] = Counter()
        self.erased: list[tuple[str, int]] = []
        self.first = self.last = 0

    def add(self, table: LakeTable, row: Row) -> None:
        """Put ``row`` to the rows of ``table``."""
        self.tables[table.name] = table
        self.rows.setdefault(table.name, []).append(row)


class Projector:
    """Knows the tables of every event type and kind of record."""

    def __init__(self, journal: JournalReader, reader: EventReader) -> None:
        self._journal = journal
        self._reader = reader
        _check_names(reader)
        self._events: dict[str, _EventTables] = {}
        self._bodies: dict[str, _BodyTables] = {}

    def project(self, records: Iterable[Record]) -> Batch:
        """The rows of ``records``."""
        batch = Batch()
        for record in records:
            batch.first = batch.first or record.seq
            batch.last = record.seq
            if record.kind == "event":
                self._event(record, batch)
            else:
                self._body(record, batch)
            if record.kind == "erasure" and record.subject is not None:
                batch.erased.append((record.subject, record.seq))
        return batch

    def _event(self, record: Record, batch: Batch) -> None:
        secret = self._journal.open_secret(record) if record.sealed is not None else None
        opened = secret if isinstance(secret, bytes) else None
        try:
            event = self._reader.rebuild(record.clear, opened, digest=record.digest or Digest(""))
        except NotFound:
            # The type was dropped since. The record still is a row: the count must reconcile.
            self._body(record, batch)
            return
        self._tables_of(event).add(record, event, batch, with_personal=opened is not None)

    def _tables_of(self, event: Event) -> _EventTables:
        known = self._events.get(event.event_type)
        if known is None:
            event_type = self._reader.event_types[event.event_type]
            known = self._events[event.event_type] = _EventTables(event_type)
        return known

    def _body(self, record: Record, batch: Batch) -> None:
        known = self._bodies.get(record.kind)
        if known is None:
            known = self._bodies[record.kind] = _BodyTables(BODIES.get(record.kind) or other_body(record.kind))
        known.add(record, batch)
        if known.personal is not None and record.sealed is not None and record.subject is not None:
            opened = self._journal.open_secret(record)
            if isinstance(opened, bytes):
                batch.add(known.personal, (*_place(record), opened.decode()))


class _EventTables:
    """The tables of one event type."""

    def __init__(self, event_type: EventType) -> None:
        self.table = event_table(event_type)
        self.personal = personal_event_table(event_type)
        self._fields = [column.name for column in self.table.columns[PLACE_COLUMNS + 1 :]]
        self._personal_fields = (
            [column.name for column in self.personal.columns[PLACE_COLUMNS:]] if self.personal else []
        )

    def add(self, record: Record, event: Event, batch: Batch, *, with_personal: bool) -> None:
        """Put the event to the rows of its tables."""
        place = (record.seq, event.event_id, event.occurred_at, event.received_at, event.subject)
        value_of = event.values.get
        batch.add(self.table, (*place, event.supersedes, *map(value_of, self._fields)))
        batch.owed[self.table.name] += 1
        if self.personal is not None and event.subject is not None and with_personal:
            batch.add(self.personal, (*place, *map(value_of, self._personal_fields)))


class _BodyTables:
    """The tables of one kind of record that is no event."""

    def __init__(self, body: BodyTable) -> None:
        self.table = body.table()
        self.personal = body.personal_table()
        self._with_body = body.with_body
        self._reader = BodyReader(body)

    def add(self, record: Record, batch: Batch) -> None:
        """Put what is readable of the record to the rows of its table."""
        row = (*_place(record), *self._reader.cells(record.clear))
        batch.add(self.table, (*row, record.clear.decode()) if self._with_body else row)
        batch.owed[self.table.name] += 1


def _check_names(reader: EventReader) -> None:
    taken = {form.name for form in BODIES.values()} | {"lake_checks", "lake_progress"}
    for name in reader.event_types:
        if name in taken or name.endswith(("_personal", "_full", "_records")):
            raise DefinitionError(
                "An event type of that name would take the place of another table of the lake.",
                code="reserved_name",
                field="name",
                value=name,
                hint="choose another name",
            )


class _Named(msgspec.Struct):
    """As much of an event's body as counting needs."""

    event_type: str


def count_records(records: Iterable[Record], event_types: Container[str]) -> Counter[str]:
    """How many of ``records`` each table is owed. Shares nothing with ``Projector``: it is there to check it."""
    owed: Counter[str] = Counter()
    decode = msgspec.json.Decoder(_Named).decode
    for record in records:
        name = decode(record.clear).event_type if record.kind == "event" else None
        if name is not None and name in event_types:
            owed[name] += 1
        else:
            owed[BODIES[record.kind].name if record.kind in BODIES else f"{record.kind}_records"] += 1
    return owed


def as_arrow(table: LakeTable, rows: Sequence[Row]) -> pa.Table:
    """``rows`` as Arrow, by the table's columns."""
    columns = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    arrays = [_array(column, cells) for column, cells in zip(table.columns, columns, strict=True)]
    return pa.Table.from_arrays(arrays, names=[column.name for column in table.columns])


def _array(column: LakeColumn, cells: Sequence[Any]) -> pa.Array:
    try:
        return pa.array(cells, arrow_type(column))
    except (pa.ArrowException, OverflowError) as error:
        raise Conflict(
            f"Column {column.name!r} holds values of another type than {column.type}: the event type changed since."
            f" {error}",
            code="lake_schema",
            field=column.name,
            hint="give the field of the new type a new name",
        ) from None


def _place(record: Record) -> tuple[Any, ...]:
    return record.seq, record.key, record.recorded_at, record.subject
