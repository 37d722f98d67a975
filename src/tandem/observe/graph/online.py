"""The online host: a fold over the journal that tells, for every event, what surrounds its member as of it.

A snapshot is: magic "TGRA", format u16, plan digest 32 bytes, last sequence number u64; the state as ``states`` tells;
CRC-32 of all before, u32.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import partial
from typing import Final

from tandem.kernel.errors import Conflict, IntegrityError, InvalidInput
from tandem.kernel.identity import Sequence
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.graph.kernels import kernel_of, restored_kernel, state_of
from tandem.observe.graph.network import Network
from tandem.observe.graph.plan import GraphPlan

__all__ = ["OnlineGraph"]


_HEAD: Final = struct.Struct("<4sH32sQ")
_MAGIC: Final = b"TGRA"
_FORMAT: Final = 1


class OnlineGraph:
    """The network of one graph, moved by one event at a time.

    One writer: calls are not to overlap. Given the same events in the same order it gives the same vectors.

    Args:
        plan: what to read, and what it is called.
        compiled: True demands the compiled kernel, False the reference; None takes what is there.

    Attributes:
        network: who shares what with whom; to be read, not to be moved.

    Raises:
        Unavailable: the compiled kernel is demanded and not there.
    """

    def __init__(self, plan: GraphPlan, *, compiled: bool | None = None) -> None:
        self.plan = plan
        self.network = kernel_of(plan.graph.links, compiled=compiled)
        self.last_seq = 0
        self._nothing: list[Value] = [None] * len(plan.names)

    def observe(self, event: Event, seq: Sequence) -> list[Value]:
        """Every feature as of ``event``, in the order of ``plan.names``, read before the event is taken in.

        Raises:
            IntegrityError: ``seq`` is not after the last one.
            InvalidInput: the event holds what no event reader lets through.
        """
        if seq <= self.last_seq:
            raise IntegrityError(
                "Events must come in the order of the journal.", code="out_of_order", field="seq", value=seq
            )
        try:
            vector = self._observe(event)
        except ValueError as error:
            raise InvalidInput(
                "The event holds a value the graph cannot take.",
                code="invalid_event",
                field=event.event_type,
                hint=f"{error}; use the event reader",
            ) from error
        self.last_seq = seq
        return vector

    def _observe(self, event: Event) -> list[Value]:
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
        entities = event.entities
        member = entities.get(reads.member)
        # Two fields may name one identifier, such as a phone that is given twice: it is shared once.
        named = list(dict.fromkeys((kind, entities[field]) for kind, field in reads.identifiers if field in entities))
        return self.network.observe(member, named, event.occurred_at)  # type: ignore[return-value]

    @property
    def is_compiled(self) -> bool:
        """Whether the compiled kernel runs."""
        return not isinstance(self.network, Network)

    def snapshot(self) -> bytes:
        """Everything needed to go on after ``last_seq``; the same bytes from either kernel."""
        return self.taken()()

    def taken(self) -> Callable[[], bytes]:
        """The snapshot of now, of which only what must not change meanwhile is done at once: the rest by calling it, once."""
        head = _HEAD.pack(_MAGIC, _FORMAT, bytes.fromhex(self.plan.digest), self.last_seq)
        return partial(_sealed, [head, state_of(self.network)])

    @classmethod
    def restore(cls, plan: GraphPlan, data: bytes, *, compiled: bool | None = None) -> OnlineGraph:
        """The host that ``snapshot`` was taken of, by either kernel.

        Raises:
            Conflict: the snapshot belongs to another plan.
            IntegrityError: it is damaged.
        """
        view = memoryview(data)
        if len(data) < _HEAD.size + 4 or zlib.crc32(view[:-4]) != int.from_bytes(view[-4:], "little"):
            raise _damaged()
        magic, version, digest, last_seq = _HEAD.unpack_from(data)
        if (magic, version) != (_MAGIC, _FORMAT):
            raise _damaged()
        if digest.hex() != plan.digest:
            raise Conflict("The snapshot is of another graph.", code="snapshot_plan", hint="rebuild it by replay")
        host = cls(plan, compiled=compiled)
        try:
            host.network = restored_kernel(plan.graph.links, bytes(view[_HEAD.size : -4]), compiled=compiled)
        except ValueError as error:
            raise _damaged() from error
        host.last_seq = last_seq
        return host


def _sealed(parts: list[bytes]) -> bytes:
    check = 0
    for part in parts:
        check = zlib.crc32(part, check)
    sealed = b"".join((*parts, check.to_bytes(4, "little")))
    parts.clear()  # it may be large, and whoever called holds on to it
    return sealed


def _damaged() -> IntegrityError:
    return IntegrityError("The graph's snapshot is damaged.", code="snapshot_damaged", hint="rebuild it by replay")
