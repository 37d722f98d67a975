"""The batch host: the same network folded over a table of events, so that a training set reads what a policy read.

A graph is one state and not one a key, so its batch is a walk through the table in the order of the journal: what a row
finds is what the online host found, or would have found, when the event arrived.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from tandem.observe.graph.online import OnlineGraph
from tandem.observe.graph.plan import GraphPlan

__all__ = ["compute_graph"]

_CHUNK: Final = 20_000
_NO_DIGEST: Final = Digest("0" * 64)
_HEADING: Final = ("seq", "event_id", "event_type", "occurred_at")
_CORRECTS: Final = "supersedes"


def compute_graph(plan: GraphPlan, events: pa.Table, *, compiled: bool | None = None) -> pa.Table:
    """Every column of ``plan`` as of every event, in the order of ``events``: ``seq`` and then ``plan.names``.

    Args:
        plan: what to read.
        events: columns ``seq``, ``event_id``, ``event_type``, ``occurred_at`` (timestamp, or microseconds since the
            epoch), optionally ``supersedes``, and a column per field that the plan reads; entities as pseudonyms. Rows
            may come in any order; ``seq`` decides. Events of other types stand by: their columns are null.
        compiled: True demands the compiled kernel, False the reference; None takes what is there.

    Raises:
        InvalidInput: a column is missing or of another type, or a sequence number stands twice.
        Unavailable: the compiled kernel is demanded and not there.
    """
    reading = _Reading(plan, events)
    order = np.argsort(reading.seq, kind="stable")
    if (np.diff(reading.seq[order]) == 0).any():
        raise InvalidInput("A sequence number stands twice.", code="duplicate_seq", field="seq")
    host = OnlineGraph(plan, compiled=compiled)
    found = np.zeros((len(plan.names), len(order)), dtype=np.int64)
    missing = np.ones((len(plan.names), len(order)), dtype=np.bool_)
    walked = order[reading.of_the_graph[order]]
    for start in range(0, len(walked), _CHUNK):
        rows = walked[start : start + _CHUNK]
        for row, (seq, event) in zip(rows.tolist(), reading.events(rows), strict=True):
            vector = host.observe(event, seq)
            for place, value in enumerate(vector):
                if value is not None:
                    found[place, row] = value
                    missing[place, row] = False
    columns = [pa.array(values, mask=nulls) for values, nulls in zip(found, missing, strict=True)]
    return pa.table([pa.array(reading.seq), *columns], names=["seq", *plan.names])


class _Reading:
    """Rows of the table as events, with the fields that the plan reads and no others."""

    def __init__(self, plan: GraphPlan, table: pa.Table) -> None:
        self._plan = plan
        for name in _HEADING:
            _needed(table, name)
        self._entities: dict[EventTypeName, tuple[str, ...]] = {}
        for event, reads in plan.reads.items():
            self._entities[event] = (reads.member, *(field for _, field in reads.identifiers))
        for event, member in plan.members.items():
            self._entities[event] = (*self._entities.get(event, ()), member)
        self._values = {
            event: tuple(dict.fromkeys(name for one in filters.expressions for name in one.columns))
            for event, filters in plan.marks.items()
        }
        wanted = {name for names in (*self._entities.values(), *self._values.values()) for name in names}
        kinds = pa.array(sorted({*self._entities, *self._values}), pa.string())
        of_the_graph = pc.is_in(_needed(table, "event_type").cast(pa.string()), kinds)
        self.of_the_graph: NDArray[np.bool_] = of_the_graph.to_numpy()
        # A table without such events need not have their columns.
        fields = sorted(wanted.difference(_HEADING)) if self.of_the_graph.any() else []
        for name in fields:
            _needed(table, name)
        self._table = table.select([*_HEADING, *fields, *(one for one in [_CORRECTS] if one in table.column_names)])
        self.seq = _instants(self._table.column("seq"), "seq")
        _instants(self._table.column("occurred_at"), "occurred_at")

    def events(self, rows: Any) -> Iterator[tuple[Number, Event]]:
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
            yield Number(columns["seq"][place]), event


def _needed(table: pa.Table, name: str) -> pa.ChunkedArray:
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
        column = _whole_micros(column)
    elif pa.types.is_date(column.type):
        column = column.cast(pa.date32()).cast(pa.int32())
    return column.to_pylist()  # type: ignore[no-any-return]


def _instants(column: pa.ChunkedArray, name: str) -> Any:
    """Whole numbers, or instants as microseconds since the epoch; none may be null."""
    if column.null_count:
        raise InvalidInput("A null where none may be.", code="null", field=name)
    try:
        return _whole_micros(column).to_numpy()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InvalidInput("A column of another type.", code="wrong_type", field=name, value=str(error)) from None


def _whole_micros(column: Any) -> Any:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us", column.type.tz))
    return column.cast(pa.int64())
