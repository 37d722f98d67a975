"""The events of the journal as one Arrow table, for a workspace whose lake has not read them yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from tandem.decide.decisions import LiveRelease
from tandem.decide.decisions.state import event_of
from tandem.learn.datasets.known_events import event_schema
from tandem.observe.events import EventType
from tandem.observe.journal import Journal, JournalView

__all__ = ["journal_events"]


def journal_events(
    journal: Journal | JournalView, live: LiveRelease, event_types: Iterable[EventType], *, up_to: int | None = None
) -> pa.Table:
    """As ``known_events``, read from the journal itself: slower, and there without a lake.

    Args:
        live: the release by which the events are read.
        up_to: a place of the journal; what came after it is left out.
    """
    wanted = sorted(event_types, key=lambda each: each.name)
    names = {each.name for each in wanted}
    schema = event_schema(wanted)
    columns: dict[str, list[Any]] = {name: [] for name in schema.names}
    for record in journal.read(1, up_to, kinds=["event"]):
        if not live.knows(record):
            continue
        event = event_of(record, live, journal.open_secret)
        if event.event_type not in names:
            continue
        told = {"seq": int(record.seq), "event_id": event.event_id, "occurred_at": int(event.occurred_at)}
        told |= {"received_at": int(event.received_at), "supersedes": event.supersedes, "event_type": event.event_type}
        for name, values in columns.items():
            values.append(told[name] if name in told else event.values.get(name))
    arrays = [_column(columns[field.name], field.type) for field in schema]
    return pa.table(arrays, schema=schema)


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_string(kind):
        values = [one if one is None or isinstance(one, str) else str(one) for one in values]
    return pa.array(values, kind)
