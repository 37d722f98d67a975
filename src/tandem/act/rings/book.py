"""The book of rings: the fold of the journal's notes about them, and the one way to add to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from tandem.act.rings.changes import RingChange, decode_change, encode_change
from tandem.act.rings.folding import Rings
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import Unavailable
from tandem.kernel.time import Clock, Micros
from tandem.observe.journal import Entry, Receipt

__all__ = ["RingBook"]

_AT_ONCE = 500
"""Notes in one submission, so that a first look at many rings leaves room for decisions."""


class RingBook:
    """Rings as the journal has them. ``lock`` is held by whoever looks at ``rings``, and taken before the writer's.

    Args:
        process: the one writer.
    """

    def __init__(self, process: DecisionProcess, clock: Clock) -> None:
        self.lock = threading.RLock()
        self._process = process
        self._clock = clock
        self._rings = Rings()
        self._folded_of: object = None

    @property
    def rings(self) -> Rings:
        """All rings; under ``lock``.

        Raises:
            Unavailable: the journal does not answer.
        """
        if self._folded_of is None or self._process.journal.broken:
            self._process.recover()
        self._fold_if_needed()
        return self._rings

    def write(self, changes_of: Callable[[Rings], Sequence[RingChange]]) -> None:
        """Write what ``changes_of`` makes of the rings as they are, durably, in order.

        Raises:
            Unavailable: some of it may not have been written. Anything that ``changes_of`` raises: nothing was.
        """
        receipts: list[Receipt] = []
        with self.lock:
            rest = list(changes_of(self.rings))
            while rest:
                some, rest = rest[:_AT_ONCE], rest[_AT_ONCE:]
                receipts.append(self._submit(some))
        try:
            for receipt in receipts:
                receipt.wait()
        except Unavailable:
            with self.lock:
                self._folded_of = None
            raise

    def _submit(self, changes: Sequence[RingChange]) -> Receipt:
        at: list[Micros] = []

        def entries() -> list[Entry]:
            self._fold_if_needed()
            at.append(self._clock.now())
            return [Entry(kind="note", recorded_at=at[0], clear=encode_change(one)) for one in changes]

        receipt = self._process.append(entries)
        for number, change in enumerate(changes):
            self._rings.apply(change, receipt.first_seq + number, at[0])
        return receipt

    def _fold_if_needed(self) -> None:
        state = self._process.state
        if self._folded_of is state:
            return
        self._process.journal.drain()  # what was submitted here stands there then; nobody else writes about rings
        rings = Rings()
        for record in self._process.journal.read(kinds=["note"]):
            change = decode_change(record.clear)
            if change is not None:
                rings.apply(change, record.seq, record.recorded_at)
        self._rings, self._folded_of = rings, state
