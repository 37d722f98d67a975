"""A table of events, row by row as events again: what the batch hosts fold that keep one state and not one a key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tandem.kernel.errors import InvalidInput, near_match
from tandem.kernel.identity import Digest, EventId, EventTypeName, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import Micros
from tandem.observe.events import Event

__all__ = ["EventTable", "needed_column", "whole_micros"]

_NO_DIGEST: Final = Digest("0" * 64)
_HEADING: Final = ("seq", "event_id", "event_type", "occurred_at")
_CORRECTS: Final = "supersedes"


class EventTable:
    """Rows of a table as events, with the fields that are asked for and no others.

    Args:
        table: columns ``seq``, ``event_id``, ``event_type``, ``occurred_at`` (timestamp, or microseconds since the epoch),
            optionally ``supersedes``, and a column per field; entities as pseudonyms. Rows may come in any order.
        entities: per event type, the fields of entities that are read.
        values: per event type, the other fields that are read.
        beside: other columns that are read, whatever the type.

    Attributes:
        seq: of every row.
        order: numbers of the rows that are read, in the order of the journal.

    Raises:
        InvalidInput: a column is missing or of another type, or a sequence number stands twice.
    """

    def __init__(
        self,
        table: pa.Table,
        entities: Mapping[EventTypeName, Sequence[str]],
        values: Mapping[EventTypeName, Sequence[str]],
        beside: Sequence[str] = (),
    ) -> None:
        for name in _HEADING:
            needed_column(table, name)
        self._entities, self._values, self._beside = entities, values, tuple(beside)
        wanted = {name for names in (*entities.values(), *values.values()) for name in names}
        kinds = pa.array(sorted({*entities, *values}), pa.string())
        is_read: NDArray[np.bool_] = pc.is_in(needed_column(table, "event_type").cast(pa.string()), kinds).to_numpy()
        # A table without such events need not have their columns.
        fields = sorted(wanted.union(beside).difference(_HEADING)) if is_read.any() else []
        for name in fields:
            needed_column(table, name)
        self._table = table.select([*_HEADING, *fields, *(one for one in [_CORRECTS] if one in table.column_names)])
        self.seq = _instants(self._table.column("seq"), "seq")
        _instants(self._table.column("occurred_at"), "occurred_at")
        order = np.argsort(self.seq, kind="stable")
        if (np.diff(self.seq[order]) == 0).any():
            raise InvalidInput("A sequence number stands twice.", code="duplicate_seq", field="seq")
        self.order: NDArray[np.int64] = order[is_read[order]]

    def events(self, rows: Any) -> Iterator[tuple[Number, Event, list[Any]]]:
        """The events of those rows, each with its place in the journal and what stands beside."""
        part = self._table.take(pa.array(rows))
        columns = {name: _python(part.column(name)) for name in part.column_names}
        for place in range(len(part)):
            event_type = EventTypeName(columns["event_type"][place])
            fields = self._entities.get(event_type, ())
            named = {name: Pseudonym(one) for name in fields if (one := columns[name][place]) is not None}
            at = Micros(columns["occurred_at"][place])
            corrects = columns[_CORRECTS][place] if _CORRECTS in columns else None
            event = Event(
                event_id=EventId(columns["event_id"][place]),
                event_type=event_type,
                occurred_at=at,
                received_at=at,
                values={name: columns[name][place] for name in self._values.get(event_type, ())},
                entities=named,
                subject=None,
                digest=_NO_DIGEST,
                clear=b"",
                secret=None,
                supersedes=None if corrects is None else EventId(corrects),
                entity_kinds={},
            )
            yield Number(columns["seq"][place]), event, [columns[name][place] for name in self._beside]


def needed_column(table: pa.Table, name: str) -> pa.ChunkedArray:
    """That column of a table of events.

    Raises:
        InvalidInput: there is none.
    """
    if name not in table.column_names:
        raise InvalidInput(
            "The table of events lacks a column.",
            code="missing_column",
            field=name,
            hint=near_match(name, table.column_names) or "see docs/reference/graphs.md",
        )
    return table.column(name)


def _python(column: pa.ChunkedArray) -> list[Any]:
    """As ``kernel.values`` has them."""
    if pa.types.is_timestamp(column.type):
        column = whole_micros(column)
    elif pa.types.is_date(column.type):
        column = column.cast(pa.date32()).cast(pa.int32())
    return column.to_pylist()  # type: ignore[no-any-return]


def _instants(column: pa.ChunkedArray, name: str) -> Any:
    """Whole numbers, or instants as microseconds since the epoch; none may be null."""
    if column.null_count:
        raise InvalidInput("A null where none may be.", code="null", field=name)
    try:
        return whole_micros(column).to_numpy()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InvalidInput("A column of another type.", code="wrong_type", field=name, value=str(error)) from None


def whole_micros(column: Any) -> Any:
    """Instants, or whole numbers that stand for them, as microseconds since the epoch."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz))
    return column.cast(pa.int64())
