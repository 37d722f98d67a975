"""The hosts of circles: online, a fold over the journal; and over a table, the same fold row by row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pyarrow as pa

from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import Pseudonym, Sequence
from tandem.kernel.time import Micros
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.graph.circle_plan import CirclePlan
from tandem.observe.graph.circles import Circles, Transfer
from tandem.observe.graph.sealing import damaged, open_state, seal_state
from tandem.observe.graph.table import EventTable

__all__ = ["OnlineCircles", "compute_circles"]

_MAGIC: Final = b"TCIR"
_CHUNK: Final = 20_000


class OnlineCircles:
    """What each transfer closes, as of it. One writer: calls are not to overlap.

    Given the same events in the same order it gives the same vectors.

    Args:
        plan: what to read, and what it is called.
    """

    def __init__(self, plan: CirclePlan) -> None:
        self.plan = plan
        self.last_seq = 0
        self._circles = Circles(plan.definition.window, plan.definition.hops)
        self._nothing: list[Value] = [None] * len(plan.names)

    def observe(self, event: Event, seq: Sequence) -> list[Value]:
        """Every column as of ``event``, in the order of ``plan.names``; then it is taken in.

        Raises:
            IntegrityError: ``seq`` is not after the last one.
        """
        if seq <= self.last_seq:
            raise IntegrityError(
                "Events must come in the order of the journal.", code="out_of_order", field="seq", value=seq
            )
        self.last_seq = seq
        transfer = self._transfer(event)
        if transfer is None:
            return self._nothing.copy()
        closed = self._circles.read(transfer)
        returned = self._circles.returned(transfer.payer, transfer.at)
        self._circles.take(transfer, closed)
        return [*closed, *returned]

    def foresee(self, event: Event) -> list[Value]:
        """What ``observe`` would tell of ``event``; nothing moves."""
        transfer = self._transfer(event)
        if transfer is None:
            return self._nothing.copy()
        return [*self._circles.read(transfer), *self._circles.returned(transfer.payer, transfer.at)]

    def peek(self, one: Pseudonym, at: Micros) -> dict[str, Value]:
        """What came back to an account in the window before ``at``; nothing moves."""
        return dict(zip(self.plan.names[2:], self._circles.returned(one, at), strict=True))

    def snapshot(self) -> bytes:
        """Everything needed to go on after ``last_seq``."""
        return self.taken()()

    def taken(self) -> Callable[[], bytes]:
        """The snapshot of now; calling it, once, does what need not be done at once."""
        return seal_state(_MAGIC, self.plan.digest, self.last_seq, self._circles.state())

    @classmethod
    def restore(cls, plan: CirclePlan, data: bytes) -> OnlineCircles:
        """The host that ``snapshot`` was taken of.

        Raises:
            Conflict: it belongs to another plan. IntegrityError: it is damaged.
        """
        last_seq, state = open_state(_MAGIC, plan.digest, data)
        host = cls(plan)
        try:
            host._circles = Circles.restored(plan.definition.window, plan.definition.hops, state)
        except ValueError as error:
            raise damaged() from error
        host.last_seq = last_seq
        return host

    def _transfer(self, event: Event) -> Transfer | None:
        fields = self.plan.reads.get(event.event_type)
        if fields is None:
            return None
        payer, payee = event.entities.get(fields.payer), event.entities.get(fields.payee)
        amount = event.values.get(fields.amount)
        if payer is None or payee is None or not isinstance(amount, int):
            return None
        return Transfer(payer, payee, amount, event.occurred_at)


def compute_circles(plan: CirclePlan, events: pa.Table) -> pa.Table:
    """Every column of ``plan`` as of every event, in the order of ``events``: ``seq`` and then ``plan.names``.

    Args:
        events: as for ``compute_graph``.

    Raises:
        InvalidInput: a column is missing or of another type, or a sequence number stands twice.
    """
    entities = {event: (one.payer, one.payee) for event, one in plan.reads.items()}
    reading = EventTable(events, entities, {event: (one.amount,) for event, one in plan.reads.items()})
    host = OnlineCircles(plan)
    found = np.zeros((len(plan.names), len(reading.seq)), dtype=np.int64)
    missing = np.ones((len(plan.names), len(reading.seq)), dtype=np.bool_)
    for start in range(0, len(reading.order), _CHUNK):
        rows = reading.order[start : start + _CHUNK]
        for row, (seq, event, _) in zip(rows.tolist(), reading.events(rows), strict=True):
            for place, value in enumerate(host.observe(event, seq)):
                if value is not None:
                    found[place, row] = value
                    missing[place, row] = False
    columns = [pa.array(values, mask=nulls) for values, nulls in zip(found, missing, strict=True)]
    return pa.table([pa.array(reading.seq), *columns], names=["seq", *plan.names])
