"""The online host: a fold over the journal that tells, for every event that a recurrent network scores, the parts of its margin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tandem.decide.sequences.plan import SequencePlan
from tandem.decide.sequences.states import PEOPLE, Histories
from tandem.kernel.errors import IntegrityError, InvalidInput
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.graph import damaged, open_state, seal_state

__all__ = ["OnlineSequence"]

_MAGIC: Final = b"TGRU"


class OnlineSequence:
    """The memory of one network, moved by one event at a time.

    One writer: calls are not to overlap. Given the same events in the same order it gives the same bits.

    Args:
        plan: what to read, and what it is called.
        people: how many entities are remembered at most, the longest unused forgotten first.

    Attributes:
        histories: what is remembered; to be read, not to be moved.
    """

    def __init__(self, plan: SequencePlan, *, people: int = PEOPLE) -> None:
        self.plan = plan
        self.histories = Histories(plan.document, people)
        self.last_seq = 0
        self._nothing: list[Value] = [None] * len(plan.names)

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
        parts = self._told(event, vector, self.histories.observe)
        self.last_seq = seq
        return parts

    def foresee(self, event: Event, vector: Sequence[Value]) -> list[Value]:
        """What ``observe`` would tell of ``event``; nothing moves."""
        return self._told(event, vector, self.histories.read)

    def _told(self, event: Event, vector: Sequence[Value], tell: Callable[..., list[float]]) -> list[Value]:
        plan = self.plan
        if event.event_type != plan.event:
            return self._nothing.copy()
        try:
            return list(tell(plan.inputs.of(event, vector), event.occurred_at, event.entities.get(plan.member)))
        except ValueError as error:
            raise InvalidInput(
                "The event holds a value the network cannot take.",
                code="invalid_event",
                field=event.event_type,
                hint=f"{error}; use the event reader",
            ) from error

    def snapshot(self) -> bytes:
        """Everything needed to go on after ``last_seq``."""
        return self.taken()()

    def taken(self) -> Callable[[], bytes]:
        """The snapshot of now, of which only what must not change meanwhile is done at once: the rest by calling it, once."""
        return seal_state(_MAGIC, self.plan.digest, self.last_seq, self.histories.state())

    @classmethod
    def restore(cls, plan: SequencePlan, data: bytes, *, people: int = PEOPLE) -> OnlineSequence:
        """The host that ``snapshot`` was taken of.

        Raises:
            Conflict: the snapshot belongs to another plan.
            IntegrityError: it is damaged.
        """
        last_seq, state = open_state(_MAGIC, plan.digest, data)
        host = cls(plan, people=people)
        try:
            host.histories = Histories.restored(plan.document, state, people)
        except ValueError as error:
            raise damaged() from error
        host.last_seq = last_seq
        return host
