"""Moving SQLite's write-ahead log into its database beside the writer, so that no commit has to.

SQLite's own way is to let the commit that fills the log also empty it: at 2,000 decisions a second that is a commit of
20 ms, once a second, and all who wait for it are the 99th percentile. A checkpoint in the passive mode needs neither the
writer's lock nor Python's, so it runs here, little and often. What is left to the writer is to wrap the log around when
it is full, which copies only what came since the last round.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable

__all__ = ["EVERY_S", "Checkpointer"]

EVERY_S = 0.1
"""Between two rounds while there is something to move."""

_LOG = logging.getLogger(__name__)


class Checkpointer:
    """A thread that moves the log of one database while there is something to move.

    Args:
        connect: opens a connection for it alone.
        every_s: the pause before each round, in which commits gather.

    A round that fails changes nothing for anybody: the records are safe in the log, and the writer's own checkpoint
    moves them when the log is full.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], *, every_s: float = EVERY_S) -> None:
        self._every_s = every_s
        self._written = threading.Event()
        self._closing = threading.Event()
        self._db = connect()
        self._db.execute("PRAGMA synchronous = FULL")
        self._thread = threading.Thread(target=self._run, name="journal-checkpointer", daemon=True)
        self._thread.start()

    def note_written(self) -> None:
        """There is something to move; cheap enough to be called after every commit."""
        if not self._written.is_set():
            self._written.set()

    def close(self) -> None:
        """Stop after the round at work, and let the connection go."""
        self._closing.set()
        self._written.set()
        self._thread.join()
        with contextlib.suppress(sqlite3.Error):
            self._db.close()

    def _run(self) -> None:
        # Asked before every waiting: a closing that falls just before `clear` below would else never be heard of.
        while not self._closing.is_set():
            self._written.wait()
            if self._closing.wait(self._every_s):
                return
            self._written.clear()  # before looking: what is written meanwhile makes another round
            try:
                self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            except sqlite3.Error:
                _LOG.warning("The journal's log could not be moved into its database; the writer will", exc_info=True)
