"""The events of the lake as one Arrow table: what batch features and training sets are made of.

The table has the journal's own order (``seq``), so whatever is computed from it sees each event when we learned of it
and not when it happened: late and corrected events cannot leak into the past.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import pyarrow as pa

from tandem.observe.events import EventType
from tandem.observe.lake import Lake, kept_fields

__all__ = ["event_schema", "events_query", "known_events"]

_TIME: Final = pa.timestamp("us")
_HEADING: Final = {
    "seq": pa.int64(),
    "event_id": pa.string(),
    "occurred_at": _TIME,
    "received_at": _TIME,
    "supersedes": pa.string(),
}
_ROWS_MAX: Final = 500_000_000
_TIMEOUT_S: Final = 3_600.0
_LAST_PLACE: Final = 2**63 - 1


def known_events(lake: Lake, event_types: Iterable[EventType], *, up_to: int | None = None) -> pa.Table:
    """Every event of ``event_types`` that the lake has taken in, with its C2 values; those of an erased person are null.

    Args:
        up_to: a place of the journal; what came after it is left out.

    Returns:
        ``seq``, ``event_id``, ``occurred_at``, ``received_at``, ``supersedes``, ``event_type``, and every field that the lake keeps of
        the types, by name; in the order of ``seq``, entities as pseudonyms, times in UTC without saying so. Where two
        types give one name different kinds of value, it is text.

    Raises:
        Unavailable: the lake does not answer within an hour.
    """
    wanted = sorted(event_types, key=lambda each: each.name)
    schema = event_schema(wanted)
    there = set(lake.tables(personal=True))
    parts = [events_query(each, there) for each in wanted if each.name in there]
    if not parts:
        return schema.empty_table()
    query = f"SELECT * FROM ({' UNION ALL BY NAME '.join(parts)}) WHERE seq <= $up_to ORDER BY seq"  # noqa: S608 - see events_query
    asked = {"up_to": _LAST_PLACE if up_to is None else up_to}
    rows = lake.sql(query, asked, personal=True, rows_max=_ROWS_MAX, timeout_s=_TIMEOUT_S)
    found = set(rows.column_names)
    columns = [rows.column(one.name) if one.name in found else pa.nulls(len(rows)) for one in schema]
    return pa.table([one.cast(field.type) for one, field in zip(columns, schema, strict=True)], schema=schema)


def events_query(event_type: EventType, there: Collection[str]) -> str:
    """All events of a type that is ``there``, as SQL that any engine is asked."""
    # Names are lower_snake, checked where the event type was read: nothing in them ends a quoted name.
    name = event_type.name
    table = f"{name}_full" if f"{name}_full" in there else name
    columns = ", ".join(f'"{one}"' for one in (*_HEADING, *kept_fields(event_type)))
    return f"SELECT {columns}, '{name}' AS event_type FROM \"{table}\""  # noqa: S608


def event_schema(event_types: Iterable[EventType]) -> pa.Schema:
    """The columns of ``known_events``."""
    kinds: dict[str, pa.DataType] = {}
    for each in event_types:
        for name, kind in kept_fields(each).items():
            plain = _TIME if pa.types.is_timestamp(kind) else kind
            kinds[name] = plain if kinds.get(name, plain) == plain else pa.string()
    return pa.schema({**_HEADING, "event_type": pa.string(), **kinds}.items())
