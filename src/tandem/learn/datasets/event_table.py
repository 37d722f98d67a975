"""The journal's events as one Arrow table: what batch features and training sets are made of.

The table has the journal's own order (``seq``), so whatever is computed from it sees each event when we learned of it
and not when it happened: late and corrected events cannot leak into the past.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import pyarrow as pa

from tandem.decide.decisions import LiveRelease
from tandem.kernel.values import SqlType, Value
from tandem.observe.events import Event, EventType
from tandem.observe.journal import Record
from tandem.prove.privacy import Erased

__all__ = ["event_table"]

_ARROW = {
    SqlType.BOOLEAN: pa.bool_(),
    SqlType.INTEGER: pa.int64(),
    SqlType.DOUBLE: pa.float64(),
    SqlType.TEXT: pa.string(),
    SqlType.TIMESTAMP: pa.timestamp("us"),
    SqlType.DATE: pa.date32(),
}


def event_table(
    records: Iterable[Record],
    release: LiveRelease,
    open_secret: Callable[[Record], bytes | Erased | None],
    *,
    event_types: Collection[str] | None = None,
) -> pa.Table:
    """The events of ``records`` as a table, in journal order.

    Args:
        records: event records; others are passed over.
        release: reads them; events of types it does not know are passed over.
        open_secret: opens the personal part; of an erased person the values are null.
        event_types: only these; None for all.

    Returns:
        ``seq``, ``event_id``, ``event_type``, ``occurred_at``, ``supersedes``, and every field of the types, by name;
        entities as pseudonyms.
    """
    known = release.reader.event_types
    wanted = {name for name in known if event_types is None or name in event_types}
    fields = _fields([known[name] for name in sorted(wanted)])
    columns: dict[str, list[Value]] = {name: [] for name in ("seq", *_HEADING, *fields)}
    appenders = [(name, columns[name].append) for name in fields]
    for record in records:
        if record.kind != "event" or not release.knows(record):
            continue
        secret = open_secret(record)
        assert record.digest is not None, "every event is recorded with its digest"
        event = release.reader.rebuild(
            record.clear, secret if isinstance(secret, bytes) else None, digest=record.digest
        )
        if event.event_type not in wanted:
            continue
        columns["seq"].append(record.seq)
        _heading(event, columns)
        values = event.values
        for name, append in appenders:
            append(values.get(name))
    types = {"seq": pa.int64(), **_HEADING, **fields}
    return pa.table({name: pa.array(columns[name], types[name]) for name in types})


_HEADING = {
    "event_id": pa.string(),
    "event_type": pa.string(),
    "occurred_at": pa.timestamp("us"),
    "supersedes": pa.string(),
}


def _heading(event: Event, columns: dict[str, list[Value]]) -> None:
    columns["event_id"].append(event.event_id)
    columns["event_type"].append(event.event_type)
    columns["occurred_at"].append(event.occurred_at)
    columns["supersedes"].append(event.supersedes)


def _fields(event_types: Iterable[EventType]) -> dict[str, pa.DataType]:
    """Every field by name; where two types give one name different kinds of value, it is text."""
    found: dict[str, pa.DataType] = {}
    for event_type in event_types:
        for field in event_type.fields:
            if field.type is SqlType.DECIMAL:
                kind: pa.DataType = pa.decimal128(18, field.scale)
            else:
                kind = _ARROW[field.type]
            found[field.name] = kind if found.get(field.name, kind) == kind else pa.string()
    return found
