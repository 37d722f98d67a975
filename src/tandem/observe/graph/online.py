"""The online host: a fold over the journal that tells, for every event, what surrounds its member as of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tandem.kernel.errors import IntegrityError, InvalidInput
from tandem.kernel.identity import Pseudonym, Sequence
from tandem.kernel.time import Micros
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.graph.kernels import kernel_of, restored_kernel, state_of
from tandem.observe.graph.network import Named, Network
from tandem.observe.graph.plan import GraphPlan, Reads
from tandem.observe.graph.reached import component_around
from tandem.observe.graph.sealing import damaged, open_state, seal_state

__all__ = ["OnlineGraph"]


_MAGIC: Final = b"TGRA"


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
        member, named = _named(event, reads)
        return self.network.observe(member, named, event.occurred_at)  # type: ignore[return-value]

    def peek(self, member: Pseudonym, at: Micros) -> dict[str, Value]:
        """Every feature as an event of ``member`` at ``at`` would find it that named all it uses; nothing changes.

        The moment is at least that of the newest event: a network has no past.
        """
        now = max(at, self.network.newest)
        lives = [link.life for link in self.plan.graph.links]
        named = [(kind, one) for kind, one, last in self.network.links_of(member) if now - last < lives[kind]]
        return dict(zip(self.plan.names, self.network.read(member, named, now), strict=True))

    @property
    def is_compiled(self) -> bool:
        """Whether the compiled kernel runs."""
        return not isinstance(self.network, Network)

    def foresee(self, event: Event) -> list[Value]:
        """What ``observe`` would tell of ``event``; nothing moves."""
        reads = self.plan.reads.get(event.event_type)
        if reads is None:
            return self._nothing.copy()
        member, named = _named(event, reads)
        return self.network.read(member, named, event.occurred_at)  # type: ignore[return-value]

    def component(self, event: Event) -> tuple[Pseudonym, ...]:
        """The member of ``event`` and whoever it hangs together with, itself first; nobody where it names no member.

        The same right before the event is taken in and right after, but for a crowd that it completes.
        """
        reads = self.plan.reads.get(event.event_type)
        member, named = (None, []) if reads is None else _named(event, reads)
        if member is None:
            return ()
        return component_around(self.network, self.plan.graph.links, member, named, event.occurred_at)

    def snapshot(self) -> bytes:
        """Everything needed to go on after ``last_seq``; the same bytes from either kernel."""
        return self.taken()()

    def taken(self) -> Callable[[], bytes]:
        """The snapshot of now, of which only what must not change meanwhile is done at once: the rest by calling it, once."""
        return seal_state(_MAGIC, self.plan.digest, self.last_seq, state_of(self.network))

    @classmethod
    def restore(cls, plan: GraphPlan, data: bytes, *, compiled: bool | None = None) -> OnlineGraph:
        """The host that ``snapshot`` was taken of, by either kernel.

        Raises:
            Conflict: the snapshot belongs to another plan.
            IntegrityError: it is damaged.
        """
        last_seq, state = open_state(_MAGIC, plan.digest, data)
        host = cls(plan, compiled=compiled)
        try:
            host.network = restored_kernel(plan.graph.links, state, compiled=compiled)
        except ValueError as error:
            raise damaged() from error
        host.last_seq = last_seq
        return host


def _named(event: Event, reads: Reads) -> tuple[Pseudonym | None, Named]:
    entities = event.entities
    # Two fields may name one identifier, such as a phone that is given twice: it is shared once.
    named = list(dict.fromkeys((kind, entities[field]) for kind, field in reads.identifiers if field in entities))
    return entities.get(reads.member), named
