"""Those who wait to hear that what they asked for is on disk."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TypeAlias

from tandem.decide.decisions.answering import Decided
from tandem.decide.decisions.types import Answer, OnAnswer
from tandem.kernel.errors import TandemError, Unavailable
from tandem.kernel.identity import EventId
from tandem.observe.journal import Receipt

__all__ = ["Callers", "Told"]

Told: TypeAlias = list[tuple[OnAnswer, "Answer | TandemError"]]
"""Whom to tell, and what."""

_TELLING_S = 10.0


class Callers:
    """Callers by the event they asked about, and the answers they will get. Safe to use from several threads.

    The one writer adds to it; the journal's thread settles it. Who asks about an event that is on its way already is
    told together with the first one, and no sooner.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[EventId, list[tuple[OnAnswer, bool]]] = {}
        self._answers: dict[int, tuple[Answer, Decided | None]] = {}

    def expect(self, seq: int, on_answer: OnAnswer, answer: Answer, decided: Decided | None) -> None:
        """Keep ``answer`` until record ``seq`` is settled."""
        self._waiting[answer.event_id] = [(on_answer, False)]
        self._answers[seq] = (answer, decided)

    def forget(self, seq: int) -> None:
        """What was expected at ``seq`` was never handed in."""
        answer, _ = self._answers.pop(seq)
        del self._waiting[answer.event_id]

    def join(self, event_id: EventId, on_answer: OnAnswer) -> bool:
        """Wait with whoever waits for this event; False where nobody does."""
        with self._changed:
            waiting = self._waiting.get(event_id)
            if waiting is None:
                return False
            waiting.append((on_answer, True))
            return True

    def settle(self, receipts: Sequence[Receipt]) -> tuple[Told, list[Decided]]:
        """What to tell now that ``receipts`` are settled, and the decisions that became durable."""
        told: Told = []
        made: list[Decided] = []
        for receipt in receipts:
            with self._changed:
                answer, decided = self._answers.pop(receipt.first_seq)
                waiting = self._waiting.pop(answer.event_id)
                self._changed.notify_all()
            if receipt.error is not None:
                told += [(on_answer, receipt.error) for on_answer, _ in waiting]
                continue
            if decided is not None:
                made.append(decided)
            told += [(on_answer, answer.again() if late else answer) for on_answer, late in waiting]
        return told, made

    def wait_until_told(self) -> None:
        """Let the journal's thread finish with those whose commit failed: their numbers are about to be given again.

        Raises:
            Unavailable: it takes too long; nothing has changed.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: not self._answers, _TELLING_S):
                raise Unavailable("Those whose commit failed are still being told.", code="recovering")
