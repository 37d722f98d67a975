"""The batch host: the same fold over a table of events.

So whatever is trained on a network's parts reads what a policy read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa

from tandem.decide.graphs.online import OnlineNetwork
from tandem.decide.graphs.plan import NetworkPlan, PlannedInputs
from tandem.kernel.identity import EventTypeName
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.graph import EventTable, filtered_fields

__all__ = ["compute_network", "folded_parts", "network_table"]

_CHUNK: Final = 20_000


def network_table(plan: NetworkPlan, events: pa.Table) -> EventTable:
    """``events`` as ``plan`` reads them: what marks, and what is scored, with its known inputs beside, in their order.

    Args:
        events: as ``observe.graph.EventTable`` takes them, the known columns that the network reads among them.

    Raises:
        InvalidInput: a column is missing or of another type, or a sequence number stands twice.
    """
    document = plan.document
    entities: dict[EventTypeName, tuple[str, ...]] = {document.event: (plan.member, *plan.links)}
    for event_type, member in plan.members.items():
        entities[event_type] = (*entities.get(event_type, ()), member)
    values = filtered_fields(plan.marks)
    values[document.event] = (*values.get(document.event, ()), *(name for _, name in plan.inputs.fields))
    return EventTable(events, entities, values, [document.inputs[place] for place, _ in plan.inputs.known])


def compute_network(plan: NetworkPlan, events: pa.Table, *, compiled: bool | None = None) -> pa.Table:
    """Every part as of every event, in the order of ``events``: ``seq`` and then ``plan.names``, bit for bit as online.

    Args:
        plan: what to read.
        events: see ``network_table``. Events of other types stand by: their columns are null.
        compiled: True demands the compiled kernel, False the reference; None takes what is there.

    Raises:
        InvalidInput: see ``network_table``.
        Unavailable: the compiled kernel is demanded and not there.
    """
    return folded_parts(OnlineNetwork(plan, compiled=compiled), network_table(plan, events))


class _Plan(Protocol):
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def inputs(self) -> PlannedInputs: ...
    @property
    def event(self) -> EventTypeName: ...


class _Host(Protocol):
    @property
    def plan(self) -> _Plan: ...
    def observe(self, event: Event, seq: Number, vector: Sequence[Value]) -> list[Value]: ...


def folded_parts(host: _Host, reading: EventTable) -> pa.Table:
    """What ``host``, which remembers nothing yet, tells of every row: ``seq`` and then the names of its plan.

    Args:
        host: the online host of a network.
        reading: the events as its plan reads them, its known inputs beside each, in their order.
    """
    plan = host.plan
    found = np.full((len(plan.names), len(reading.seq)), np.nan)
    vector: list[Any] = [None] * (max((at for _, at in plan.inputs.known), default=-1) + 1)
    for start in range(0, len(reading.order), _CHUNK):
        rows = reading.order[start : start + _CHUNK]
        for row, (seq, event, beside) in zip(rows.tolist(), reading.events(rows), strict=True):
            for (_, at), value in zip(plan.inputs.known, beside, strict=True):
                vector[at] = value
            parts = host.observe(event, seq, vector)
            if event.event_type == plan.event:
                found[:, row] = parts
    columns = [pa.array(values, mask=np.isnan(values)) for values in found]
    return pa.table([pa.array(reading.seq), *columns], names=["seq", *plan.names])
