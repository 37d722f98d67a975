"""What features and graphs of earlier releases would know by now, so that going back to them waits for nothing.

A release with another plan needs another state, and folding that from the first record on takes as long as the journal is long. So
the states of the plans that were live last are kept beside the one that decides, and follow the journal a moment behind: going
back folds what came in that moment. A state that is here is worth what a folded one is, and is thrown away as easily.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tandem.decide.decisions.known import OnlineKnown
from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.state import event_of
from tandem.kernel.errors import TandemError
from tandem.kernel.identity import Digest
from tandem.observe.journal import Journal

__all__ = ["EarlierPlans"]

_CHUNK: Final = 500
"""Records folded in one go, which whoever goes back may have to wait for."""
_REST: Final = 1.0
"""After a chunk the thread rests so many times as long as it took: a long journal is folded in half of the interpreter's time, and
decisions keep the rest. Resting three times as long, a slow machine under load was not done folding when somebody went back."""
_EVERY_S: Final = 0.5
"""Between two looks at the journal."""
_LOG = logging.getLogger(__name__)


@dataclass
class _Kept:
    """A state as of record ``seq``, and a release that reads the events for it."""

    live: LiveRelease
    known: OnlineKnown
    seq: int
    moving: threading.Lock = field(default_factory=threading.Lock)


class EarlierPlans:
    """States of the last few plans that were live, moved along the journal. Safe to use from several threads.

    Args:
        journal: read for them; only what is durable.
        most: how many are kept; the one that was left longest ago goes first. 0 keeps none.
        compiled: use compiled kernels: True, False, or None for where built.
    """

    def __init__(self, journal: Journal, *, most: int, compiled: bool | None = None) -> None:
        self._journal = journal
        self._most = most
        self._compiled = compiled
        self._kept: OrderedDict[Digest, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def keep(self, live: LiveRelease, known: OnlineKnown, seq: int) -> None:
        """Go on with ``known``, the state of ``live`` after record ``seq``; nobody else moves it from now on."""
        with self._lock:
            self._put(_Kept(live, known, seq))

    def take(self, live: LiveRelease) -> tuple[OnlineKnown, int] | None:
        """The state that ``live`` needs and the record it is after, kept here no longer; None where there is none."""
        with self._lock:
            found = self._kept.pop(live.known.digest, None)
        if found is None:
            return None
        with found.moving:
            return found.known, found.seq

    def follow(self, earlier: Callable[[], Iterator[LiveRelease]]) -> None:
        """Move along with the journal in a thread of its own, until ``close``.

        Args:
            earlier: asked once, in that thread: releases that were live before, the last first. Their plans are folded from the
                first record on, as many as are kept; what asks for more stops.
        """
        if self._most and self._thread is None:
            self._thread = threading.Thread(target=self._run, args=(earlier,), name="earlier-plans", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Stop following."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def forget(self) -> None:
        """Keep nothing of what was kept."""
        with self._lock:
            self._kept.clear()

    def catch_up(self) -> None:
        """Move every state to the end of the journal, or until ``close``."""
        with self._lock:
            kept = list(self._kept.values())
        for one in kept:
            began = time.thread_time()
            while not self._closing.is_set() and self._advance(one):
                self._closing.wait(_REST * (time.thread_time() - began))
                began = time.thread_time()

    # -- inside --------------------------------------------------------------------------------------------------

    def _put(self, one: _Kept) -> None:
        self._kept[one.live.known.digest] = one
        self._kept.move_to_end(one.live.known.digest)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def _advance(self, one: _Kept) -> bool:
        """Fold the next chunk; whether there may be more."""
        with one.moving:
            with self._lock:
                if self._kept.get(one.live.known.digest) is not one:  # somebody decides by it
                    return False
            last = min(one.seq + _CHUNK, int(self._journal.head.seq))
            for record in self._journal.read(one.seq + 1, last, kinds=["event"]):
                if one.live.knows(record):
                    one.known.observe(event_of(record, one.live, self._journal.open_secret), record.seq)
            one.seq = max(one.seq, last)
            return last < self._journal.head.seq

    def _run(self, earlier: Callable[[], Iterator[LiveRelease]]) -> None:
        try:
            self._begin(earlier())
        except TandemError:
            _LOG.exception("Earlier plans could not be made ready; going back to them takes longer")
        while not self._closing.wait(_EVERY_S):
            try:
                self.catch_up()
            except Exception:  # noqa: BLE001 - a state that failed half-way is none
                _LOG.exception("Earlier plans could not follow the journal; going back to them takes longer")
                self.forget()

    def _begin(self, earlier: Iterator[LiveRelease]) -> None:
        for live in earlier:
            if self._closing.is_set():
                return
            with self._lock:
                if len(self._kept) >= self._most:
                    return
                if live.known.digest not in self._kept:
                    self._put(_Kept(live, OnlineKnown(live.known, compiled=self._compiled), 0))
                    self._kept.move_to_end(live.known.digest, last=False)  # older than those that were live since
