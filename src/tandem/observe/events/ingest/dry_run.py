"""A dry run: what an import would make of the first rows, with nothing kept."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from tandem.kernel.errors import NotFound, near_match
from tandem.kernel.time import Clock, days_to_date, format_instant
from tandem.kernel.values import Row, SqlType, Value
from tandem.observe.events.ingest.importing import read_row
from tandem.observe.events.ingest.rows import RowReader
from tandem.observe.events.ingest.sources import Source, Unreadable, open_source, rows_of
from tandem.observe.events.ingest.types import ImportMapping, Rejection
from tandem.observe.events.reading import EventReader
from tandem.observe.events.types import Event, EventField

__all__ = ["DryRun", "FieldProfile", "dry_run"]

_DISTINCT_COUNTED = 1_000
_SHOWN = 20


class FieldProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What a field would hold, over the rows that were read.

    Attributes:
        known: rows with a value.
        distinct: different values, counted up to 1,000.
        lowest, highest: of numbers, dates and instants, the last two in ISO form; None for personal values.
        commonest: up to three values and their counts; empty for personal values, numbers and times.
    """

    name: str
    type: SqlType
    known: int
    distinct: int
    lowest: Value
    highest: Value
    commonest: tuple[tuple[str, int], ...]


class DryRun(msgspec.Struct, frozen=True, kw_only=True):
    """What the first rows would become.

    Attributes:
        read: rows gone through; each is in ``accepted`` or ``rejected``.
        codes: code of a rejected row's first fault to number of rows.
        sample: values of the first rows accepted; entities by pseudonym.
        rejections: the first rows rejected, with reasons.
        fields: profile of every field of the event type.
        unused_columns: columns of the file that the mapping leaves out.
    """

    read: int
    accepted: int
    rejected: int
    codes: dict[str, int]
    sample: tuple[Row, ...]
    rejections: tuple[Rejection, ...]
    fields: tuple[FieldProfile, ...]
    unused_columns: tuple[str, ...]


def dry_run(path: Path, mapping: ImportMapping, reader: EventReader, *, clock: Clock, rows: int = 1_000) -> DryRun:
    """What the first ``rows`` rows of the file would become; nothing is kept, no event is handed over.

    Raises:
        NotFound: no such file, sheet or event type.
        InvalidInput: the file is not of its format or lacks a mapped column.
    """
    event_type = reader.event_types.get(mapping.event_type)
    if event_type is None:
        hint = near_match(mapping.event_type, reader.event_types)
        raise NotFound("Unknown event type.", code="unknown_event_type", value=mapping.event_type, hint=hint)
    source = open_source(path, mapping.source)
    events: list[Event] = []
    rejections: list[Rejection] = []
    try:
        documents = RowReader(mapping, event_type, source)
        for number, row in enumerate(islice(rows_of(source), rows), start=1):
            outcome = read_row(row, number, documents, reader, clock)
            if isinstance(outcome, Event):
                events.append(outcome)
            else:
                original = row.original if isinstance(row, Unreadable) else source.original(row)
                rejections.append(Rejection(row=number, faults=outcome, original=original))
        unused = _unused(source, mapping)
    finally:
        source.close()
    return DryRun(
        read=len(events) + len(rejections),
        accepted=len(events),
        rejected=len(rejections),
        codes=dict(Counter(each.faults[0].code for each in rejections)),
        sample=tuple(event.values for event in events[:_SHOWN]),
        rejections=tuple(rejections[:_SHOWN]),
        fields=tuple(_profile(field, [event.values[field.name] for event in events]) for field in event_type.fields),
        unused_columns=unused,
    )


def _unused(source: Source, mapping: ImportMapping) -> tuple[str, ...]:
    if source.columns is None:
        return ()
    told = [mapping.event_id, mapping.supersedes or "", *(each.expression or "" for each in mapping.fields.values())]
    used = {each.column for each in mapping.fields.values()} | set(mapping.occurred_at.columns)
    return tuple(name for name in source.columns if name not in used and not any(name in text for text in told))


def _profile(field: EventField, values: list[Value]) -> FieldProfile:
    known: list[Any] = [value for value in values if value is not None]
    distinct = len(set(known[:100_000]))
    personal = field.data_class.is_personal or field.entity is not None
    listed = field.type in {SqlType.TEXT, SqlType.BOOLEAN}
    counted = Counter(str(value) for value in known).most_common(3) if listed and not personal else []
    bounded = bool(known) and not personal and not listed
    return FieldProfile(
        name=field.name,
        type=field.type,
        known=len(known),
        distinct=min(distinct, _DISTINCT_COUNTED),
        lowest=_shown(field, min(known)) if bounded else None,
        highest=_shown(field, max(known)) if bounded else None,
        commonest=tuple(counted),
    )


def _shown(field: EventField, value: Any) -> Value:
    """A value as people read it: times and dates in ISO form."""
    if field.type is SqlType.TIMESTAMP:
        return format_instant(value)
    if field.type is SqlType.DATE:
        return days_to_date(value).isoformat()
    shown: Value = value
    return shown
