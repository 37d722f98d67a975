"""The batch host: the same network folded over a table of events, so that a training set reads what a policy read.

A graph is one state and not one a key, so its batch is a walk through the table in the order of the journal: what a row
finds is what the online host found, or would have found, when the event arrived.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from tandem.kernel.identity import EventTypeName
from tandem.observe.features import TypeFilters
from tandem.observe.graph.online import OnlineGraph
from tandem.observe.graph.plan import GraphPlan
from tandem.observe.graph.table import EventTable

__all__ = ["compute_graph", "filtered_fields"]

_CHUNK: Final = 20_000


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
    entities: dict[EventTypeName, tuple[str, ...]] = {}
    for event_type, reads in plan.reads.items():
        entities[event_type] = (reads.member, *(field for _, field in reads.identifiers))
    for event_type, member in plan.members.items():
        entities[event_type] = (*entities.get(event_type, ()), member)
    reading = EventTable(events, entities, filtered_fields(plan.marks))
    host = OnlineGraph(plan, compiled=compiled)
    found = np.zeros((len(plan.names), len(reading.seq)), dtype=np.int64)
    missing = np.ones((len(plan.names), len(reading.seq)), dtype=np.bool_)
    for start in range(0, len(reading.order), _CHUNK):
        rows = reading.order[start : start + _CHUNK]
        for row, (seq, event, _) in zip(rows.tolist(), reading.events(rows), strict=True):
            vector = host.observe(event, seq)
            for place, value in enumerate(vector):
                if value is not None:
                    found[place, row] = value
                    missing[place, row] = False
    columns = [pa.array(values, mask=nulls) for values, nulls in zip(found, missing, strict=True)]
    return pa.table([pa.array(reading.seq), *columns], names=["seq", *plan.names])


def filtered_fields(marks: Mapping[EventTypeName, TypeFilters]) -> dict[EventTypeName, tuple[str, ...]]:
    """The fields that the conditions of marks read, per event type."""
    return {
        event_type: tuple(dict.fromkeys(name for one in filters.expressions for name in one.columns))
        for event_type, filters in marks.items()
    }
