"""What the lake's follower has read of the journal: known at once, however long its tables take.

Copying a burst of events into tables takes seconds. A change of a list or a release must not wait for that to be known
here, so a thread of its own reads, says so, and wakes the copying. The copying then goes as far as was read and no
further, so that no event is copied by an older release than the one it was taken by.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Final, Self

from tandem.decide.decisions import Beside
from tandem.faces.read_marks import ReadMarks
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Sequence as Place
from tandem.kernel.time import Clock
from tandem.observe.journal import EntryKind, JournalView, Record
from tandem.prove.privacy import Erased

__all__ = ["ReadAhead", "UpTo"]

_LOOK_S: Final = 0.1
"""Seconds between two looks: a change must be everywhere within one."""
_CHANGES: Final[list[EntryKind]] = ["list", "artefact", "erasure", "note", "case", "audit"]
_AWAITED: Final[set[EntryKind]] = {"list", "artefact"}


class ReadAhead:
    """Reads the journal while it is entered.

    Args:
        opened: opens the journal; called in the thread that reads.
        marks: where it is written down how far.
    """

    def __init__(self, opened: Callable[[], AbstractContextManager[Beside]], marks: ReadMarks, *, clock: Clock) -> None:
        self.place = Place(0)
        self._opened = opened
        self._marks = marks
        self._clock = clock
        self._closing = threading.Event()
        self._changed = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="read-ahead", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._thread.join()

    def take(self) -> Place:
        """Everything up to here has been read; what ``changed`` tells from now on comes behind it.

        Raises:
            BaseException: what ended the reading.
        """
        if self._failure is not None:
            raise self._failure
        self._changed.clear()
        return self.place

    @property
    def changed(self) -> bool:
        """Whether a list or a release changed since ``take``, or there is nothing more to wait for."""
        return self._changed.is_set()

    def _run(self) -> None:
        try:
            with self._opened() as beside:
                while not self._closing.is_set():
                    with contextlib.suppress(Unavailable):  # the database is away: at the next look
                        self._look(beside)
                    self._closing.wait(_LOOK_S)
        except BaseException as error:  # noqa: BLE001 - it is raised where somebody waits for it
            self._failure = error
            self._changed.set()

    def _look(self, beside: Beside) -> None:
        last = beside.store.last()
        if last is None or last[0] <= self.place:
            return
        news = beside.journal.read(Place(self.place + 1), last[0], kinds=_CHANGES)
        # The first look is behind everything; what there was before is nobody's news.
        found = {record.kind for record in news} if self.place else _AWAITED
        self._marks.write(Place(last[0]), self._clock.now(), changed=bool(found))
        self.place = Place(last[0])
        if found & _AWAITED:
            self._changed.set()


class UpTo:
    """A journal as if it ended at ``place``."""

    def __init__(self, journal: JournalView, place: Place) -> None:
        self._journal = journal
        self._place = place

    def read(
        self, from_seq: int = 1, to_seq: int | None = None, kinds: Sequence[EntryKind] | None = None
    ) -> Iterator[Record]:
        """Records in order, both ends included."""
        return self._journal.read(from_seq, self._place if to_seq is None else min(to_seq, self._place), kinds)

    def open_secret(self, record: Record) -> bytes | Erased | None:
        """The personal part of ``record``."""
        return self._journal.open_secret(record)
