"""The online host: a fold over the journal that tells, for every event, what surrounds its member as of it."""

from __future__ import annotations

import msgspec

from tandem.kernel.errors import Conflict, IntegrityError
from tandem.kernel.identity import Digest, Pseudonym, Sequence
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.graph.network import Named, Network, NetworkState
from tandem.observe.graph.plan import GraphPlan, Reads

__all__ = ["OnlineGraph"]


class _Snapshot(msgspec.Struct, array_like=True, frozen=True):
    digest: Digest
    last_seq: int
    state: NetworkState


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Snapshot)


class OnlineGraph:
    """The network of one graph, moved by one event at a time.

    One writer: calls are not to overlap. Given the same events in the same order it gives the same vectors.

    Args:
        plan: what to read, and what it is called.
    """

    def __init__(self, plan: GraphPlan) -> None:
        self.plan = plan
        self.network = Network(plan.graph.links)
        self.last_seq = 0
        self._nothing: list[Value] = [None] * len(plan.names)

    def observe(self, event: Event, seq: Sequence) -> list[Value]:
        """Every feature as of ``event``, in the order of ``plan.names``, read before the event is taken in.

        Raises:
            IntegrityError: ``seq`` is not after the last one.
        """
        if seq <= self.last_seq:
            raise IntegrityError(
                "Events must come in the order of the journal.", code="out_of_order", field="seq", value=seq
            )
        self.last_seq = seq
        vector = self._read_and_link(event)
        filters = self.plan.marks.get(event.event_type)
        if filters is not None:
            member = event.entities.get(self.plan.members[event.event_type])
            (bad,) = filters(event.values, event.occurred_at)
            if member is not None and bad is not None:
                self.network.mark(member, event.occurred_at, bad=bool(bad))
        return vector

    def _read_and_link(self, event: Event) -> list[Value]:
        reads = self.plan.reads.get(event.event_type)
        if reads is None:
            return self._nothing.copy()
        member, named = _named(event, reads)
        vector = self._read(event, member, named)
        if member is not None:
            self.network.link(member, named, event.occurred_at)
        return vector

    def _read(self, event: Event, member: Pseudonym | None, named: Named) -> list[Value]:
        found = self.network.read(member, named, event.occurred_at)
        vector: list[Value] = [value for values in found.per_link for value in values]
        vector.extend(found.across)
        return vector

    def peek(self, event: Event) -> list[Value]:
        """What ``observe`` would tell of ``event``; nothing moves."""
        reads = self.plan.reads.get(event.event_type)
        return self._nothing.copy() if reads is None else self._read(event, *_named(event, reads))

    def snapshot(self) -> bytes:
        """Everything needed to go on after ``last_seq``."""
        return _ENCODER.encode(_Snapshot(self.plan.digest, self.last_seq, self.network.state()))

    @classmethod
    def restore(cls, plan: GraphPlan, data: bytes) -> OnlineGraph:
        """The host that ``snapshot`` was taken of.

        Raises:
            Conflict: the snapshot belongs to another plan.
            IntegrityError: it is damaged.
        """
        try:
            kept = _DECODER.decode(data)
        except msgspec.DecodeError as error:
            raise IntegrityError(
                "The graph's snapshot is damaged.", code="snapshot_damaged", hint="rebuild it by replay"
            ) from error
        if kept.digest != plan.digest:
            raise Conflict("The snapshot is of another graph.", code="snapshot_plan", hint="rebuild it by replay")
        host = cls(plan)
        host.network = Network.restored(plan.graph.links, kept.state)
        host.last_seq = kept.last_seq
        return host


def _named(event: Event, reads: Reads) -> tuple[Pseudonym | None, Named]:
    entities = event.entities
    # Two fields may name one identifier, such as a phone that is given twice: it is shared once.
    named = list(dict.fromkeys((kind, entities[field]) for kind, field in reads.identifiers if field in entities))
    return entities.get(reads.member), named
