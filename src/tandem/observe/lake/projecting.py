"""The projection: journal records in, rows of tables out. Pure but for opening what is sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from typing import Any

import msgspec
import pyarrow as pa

from tandem.kernel.errors import Conflict, DefinitionError, NotFound
from tandem.kernel.identity import Digest
from tandem.observe.events import Event, EventReader
from tandem.observe.journal import Record
from tandem.observe.lake.bodies import BODIES, other_body, value_at
from tandem.observe.lake.schemas import arrow_type, event_table, personal_event_table
from tandem.observe.lake.types import JournalReader, LakeColumn, LakeTable

__all__ = ["Batch", "Projector", "as_arrow", "count_records"]

_RowDict = dict[str, Any]


class Batch:
    """Rows waiting to be written, by table; and how many records each table is owed."""

    def __init__(self) -> None:
        self.rows: dict[str, list[_RowDict]] = {}
        self.tables: dict[str, LakeTable] = {}
        self.owed: Counter[str] = Counter()
        self.erased: list[tuple[str, int]] = []
        self.first = self.last = 0

    def add(self, table: LakeTable, row: _RowDict) -> None:
        """Put ``row`` to the rows of ``table``."""
        self.tables[table.name] = table
        self.rows.setdefault(table.name, []).append(row)


class Projector:
    """Knows the tables of every event type and kind of record."""

    def __init__(self, journal: JournalReader, reader: EventReader) -> None:
        self._journal = journal
        self._reader = reader
        _check_names(reader)
        self._events: dict[str, tuple[LakeTable, LakeTable | None]] = {}
        self._bodies: dict[str, tuple[bool, list[tuple[str, list[str]]], LakeTable, LakeTable | None]] = {}

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
        table, personal = self._tables_of(event)
        row = {**event.values, **_place(record.seq, event), "supersedes": event.supersedes}
        batch.add(table, row)
        batch.owed[table.name] += 1
        if personal is not None and event.subject is not None and opened is not None:
            batch.add(personal, row)

    def _tables_of(self, event: Event) -> tuple[LakeTable, LakeTable | None]:
        known = self._events.get(event.event_type)
        if known is None:
            event_type = self._reader.event_types[event.event_type]
            known = self._events[event.event_type] = (event_table(event_type), personal_event_table(event_type))
        return known

    def _body(self, record: Record, batch: Batch) -> None:
        known = self._bodies.get(record.kind)
        if known is None:
            body_table = BODIES.get(record.kind) or other_body(record.kind)
            tables = body_table.table(), body_table.personal_table()
            known = self._bodies[record.kind] = (body_table.with_body, body_table.steps(), *tables)
        with_body, steps, table, personal = known
        place = {
            "seq": record.seq,
            "record_key": record.key,
            "recorded_at": record.recorded_at,
            "subject": record.subject,
        }
        body = msgspec.json.decode(record.clear)
        row = {**place, **{name: _cell(value_at(body, path)) for name, path in steps}}
        if with_body:
            row["body"] = record.clear.decode()
        batch.add(table, row)
        batch.owed[table.name] += 1
        if personal is not None and record.sealed is not None and record.subject is not None:
            opened = self._journal.open_secret(record)
            if isinstance(opened, bytes):
                batch.add(personal, {**place, "body": opened.decode()})


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


def as_arrow(table: LakeTable, rows: list[_RowDict]) -> pa.Table:
    """``rows`` as Arrow, by the table's columns."""
    arrays = [_array(column, rows) for column in table.columns]
    return pa.Table.from_arrays(arrays, names=[column.name for column in table.columns])


def _array(column: LakeColumn, rows: list[_RowDict]) -> pa.Array:
    name = column.name
    try:
        return pa.array([row.get(name) for row in rows], arrow_type(column))
    except (pa.ArrowException, OverflowError) as error:
        raise Conflict(
            f"Column {name!r} holds values of another type than {column.type}: the event type changed since. {error}",
            code="lake_schema",
            field=name,
            hint="give the field of the new type a new name",
        ) from None


def _place(seq: int, event: Event) -> _RowDict:
    return {
        "seq": seq,
        "event_id": event.event_id,
        "occurred_at": event.occurred_at,
        "received_at": event.received_at,
        "subject": event.subject,
    }


def _cell(value: Any) -> Any:
    """Lists of text stay lists; other structure is told as JSON."""
    if isinstance(value, dict):
        return msgspec.json.encode(value).decode()
    return value
