"""The online host: a fold over the journal that tells, for every event that a network scores, the parts of its margin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from tandem.decide.graphs.explaining import NeighbourEffect, neighbour_effects
from tandem.decide.graphs.kernels import kernel_of, restored_kernel
from tandem.decide.graphs.network import SageNetwork, encoded
from tandem.decide.graphs.plan import NetworkPlan
from tandem.decide.graphs.states import THINGS, Network
from tandem.decide.models import MARKS, number_of
from tandem.kernel.errors import IntegrityError, InvalidInput
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.graph import damaged, open_state, seal_state

__all__ = ["OnlineNetwork"]

_MAGIC: Final = b"TNET"


class OnlineNetwork:
    """The memory of one network, moved by one event at a time.

    One writer: calls are not to overlap. Given the same events in the same order it gives the same bits.

    Args:
        plan: what to read, and what it is called.
        things: how many named things are remembered at most, the longest unused forgotten first.
        compiled: True demands the compiled kernel, False the reference; None takes what is there.

    Attributes:
        network: what is remembered; to be read, not to be moved.

    Raises:
        Unavailable: the compiled kernel is demanded and not there.
    """

    def __init__(self, plan: NetworkPlan, *, things: int = THINGS, compiled: bool | None = None) -> None:
        self.plan = plan
        self.network = kernel_of(plan.document, things, compiled=compiled)
        self.last_seq = 0
        self._nothing: list[Value] = [None] * len(plan.names)
        self._matrices: SageNetwork | None = None

    def observe(self, event: Event, seq: Number, vector: Sequence[Value]) -> list[Value]:
        """The parts of the margin as of ``event``, in the order of ``plan.names``, read before the event is remembered.

        Args:
            vector: what else is known of the event, in the order the plan was compiled with.

        Raises:
            IntegrityError: ``seq`` is not after the last one.
            InvalidInput: the event holds what no event reader lets through.
        """
        if seq <= self.last_seq:
            raise IntegrityError(
                "Events must come in the order of the journal.", code="out_of_order", field="seq", value=seq
            )
        try:
            parts = self._observe(event, vector)
        except ValueError as error:
            raise InvalidInput(
                "The event holds a value the network cannot take.",
                code="invalid_event",
                field=event.event_type,
                hint=f"{error}; use the event reader",
            ) from error
        self.last_seq = seq
        return parts

    def _observe(self, event: Event, vector: Sequence[Value]) -> list[Value]:
        plan, parts = self.plan, self._nothing.copy()
        if event.event_type == plan.document.event:
            member = event.entities.get(plan.member)
            parts = self.network.observe(plan.inputs.of(event, vector), plan.named_by(event), member)  # type: ignore[assignment]
        filters = plan.marks.get(event.event_type)
        if filters is not None:
            member = event.entities.get(plan.members[event.event_type])
            (bad,) = filters(event.values, event.occurred_at)
            if member is not None and bad is not None:
                self.network.mark(member, bad=bool(bad))
        return parts

    def foresee(self, event: Event, vector: Sequence[Value]) -> list[Value]:
        """What ``observe`` would tell of ``event``; nothing moves."""
        plan = self.plan
        if event.event_type != plan.document.event:
            return self._nothing.copy()
        return self.network.read(plan.inputs.of(event, vector), plan.named_by(event))  # type: ignore[return-value]

    def effects(self, event: Event, vector: Sequence[Value]) -> tuple[NeighbourEffect, ...]:
        """What each neighbour of ``event``, and each link, would do to its margin, strongest first; nothing moves.

        Neighbours go by the pseudonym of their member, for people who look. An effect is what the margin would lose without
        that neighbour, in binary32: effects need not add up, and the parts, which do, are exact.
        """
        plan, document = self.plan, self.plan.document
        if event.event_type != document.event:
            return ()
        shape = (1, len(document.links), document.slots)
        near, present = np.zeros((*shape, 2 * document.width + MARKS), np.float32), np.zeros(shape, np.float32)
        keys: list[list[str]] = []
        for place, some in enumerate(self.network.gather(plan.named_by(event))):
            for slot, (_, known, states) in enumerate(some):
                near[0, place, slot] = [*np.frombuffer(states, np.float32), known is True, known is False]
                present[0, place, slot] = 1.0
            keys.append([member for member, _, _ in some])
        if self._matrices is None:
            self._matrices = SageNetwork(document)
        row = encoded(document, np.array([[number_of(one) for one in plan.inputs.of(event, vector)]]))
        return neighbour_effects(self._matrices, row, near, present, keys)

    @property
    def is_compiled(self) -> bool:
        """Whether the compiled kernel runs."""
        return not isinstance(self.network, Network)

    def snapshot(self) -> bytes:
        """Everything needed to go on after ``last_seq``; the same bytes from either kernel."""
        return self.taken()()

    def taken(self) -> Callable[[], bytes]:
        """The snapshot of now, of which only what must not change meanwhile is done at once: the rest by calling it, once."""
        return seal_state(_MAGIC, self.plan.digest, self.last_seq, self.network.state())

    @classmethod
    def restore(
        cls, plan: NetworkPlan, data: bytes, *, things: int = THINGS, compiled: bool | None = None
    ) -> OnlineNetwork:
        """The host that ``snapshot`` was taken of, by either kernel.

        Raises:
            Conflict: the snapshot belongs to another plan.
            IntegrityError: it is damaged.
        """
        last_seq, state = open_state(_MAGIC, plan.digest, data)
        host = cls(plan, things=things, compiled=compiled)
        try:
            host.network = restored_kernel(plan.document, state, things, compiled=compiled)
        except ValueError as error:
            raise damaged() from error
        host.last_seq = last_seq
        return host
