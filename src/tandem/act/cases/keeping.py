"""Where cases come from at a start, and when a snapshot of them is left for the next."""

from __future__ import annotations

import contextlib
import gc
import logging
import threading
from collections.abc import Iterator
from typing import Final

from tandem.act.cases.folding import Cases
from tandem.act.cases.snapshots import FORM, CaseSnapshot, Fold, completed, snapshot_of
from tandem.decide.decisions import DecisionProcess, SnapshotFolder
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Sequence
from tandem.observe.journal import Receipt

__all__ = ["Keeping"]

_LOG = logging.getLogger(__name__)
_EVERY: Final = 20_000
"""Changes of cases between two snapshots: these a start folds in about a second."""


class Keeping:
    """Folds cases, and keeps snapshots of those it is given; whoever calls it holds the lock of the book.

    Args:
        process: whose journal is folded, and beside whose snapshots these are kept.
    """

    def __init__(self, process: DecisionProcess) -> None:
        self._journal = process.journal
        self._folder = None if process.snapshots is None else process.snapshots.below("cases", CaseSnapshot)
        self._since = 0
        self._writing: threading.Thread | None = None

    def fold(self) -> Cases:
        """Every case there is in the journal."""
        with _nothing_collected():
            snapshot = None if self._folder is None else self._folder.newest(self._fits)
            fold, self._since = Fold(snapshot), 0
            for record in self._journal.read(Sequence(fold.cases.seq + 1), kinds=["case"]):
                fold.take(record)
                self._since += 1
            return fold.settle(self._journal)

    def changed(self, cases: Cases, number: int, receipt: Receipt) -> None:
        """So many changes, which ``receipt`` is for, have just been made of ``cases``."""
        self._since += number
        if self._since >= _EVERY:
            self.keep(cases, receipt)

    def keep(self, cases: Cases, receipt: Receipt | None) -> None:
        """Leave a snapshot of ``cases``, of which ``receipt`` is for the last change; None where all is on disk.

        Only taking it holds up the caller. The rest goes on in a thread: where it cannot be written the next start takes
        longer and nothing else.
        """
        if self._folder is None or self._since == 0 or (self._writing is not None and self._writing.is_alive()):
            return
        self._since = 0
        self._writing = threading.Thread(
            target=self._write, args=(self._folder, snapshot_of(cases), receipt), name="case-snapshot", daemon=True
        )
        self._writing.start()

    def finish(self) -> None:
        """Wait for what is being written."""
        if self._writing is not None:
            self._writing.join()

    def _fits(self, snapshot: CaseSnapshot) -> bool:
        if snapshot.form != FORM or snapshot.seq > self._journal.head.seq:
            return False
        return [record.mac for record in self._journal.at([snapshot.seq])] == [snapshot.mac]

    def _write(self, folder: SnapshotFolder[CaseSnapshot], snapshot: CaseSnapshot, receipt: Receipt | None) -> None:
        try:
            if receipt is not None:
                receipt.wait()
            folder.write(completed(snapshot, self._journal))
        except Unavailable:
            return  # the cases ran ahead of the journal, and are folded anew
        except OSError:
            _LOG.exception("A snapshot of the cases could not be written")


@contextlib.contextmanager
def _nothing_collected() -> Iterator[None]:
    """Hundreds of thousands of objects that stay are no reason to look for garbage among them, again and again."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()
