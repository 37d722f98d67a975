"""Telling what changed to those who watch: once it is durable and in force, in the order of the journal."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Literal

import msgspec

from tandem.kernel.time import Micros

__all__ = ["Announcements", "ChangeKind", "Changed"]

ChangeKind = Literal["list", "release", "artefact"]


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """Something that decides, or may decide one day, is another than before.

    Attributes:
        kind: ``list``: its entries; ``release``: what is in force; ``artefact``: drafts, reviews, refusals of drafts.
        name: the list; the digest of the release; ``kind/name`` of the artefact.
        seq: place of its record in the journal.
        asked_at: when it was asked for, before anything was assembled or waited for; until it is announced it was on its way.
    """

    kind: ChangeKind
    name: str
    seq: int
    asked_at: Micros


class Announcements:
    """Changes that are in force and wait to be durable; announced in order. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._telling = threading.RLock()
        self._waiting: deque[Changed] = deque()
        self._watchers: list[Callable[[Changed], None]] = []

    def watch(self, watcher: Callable[[Changed], None]) -> Callable[[], None]:
        """Call ``watcher`` with every change from now on; returns how to stop. It must not block."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def expect(self, change: Changed) -> None:
        """``change`` is in force; it is announced when ``durable`` reaches its place."""
        with self._lock:
            self._waiting.append(change)

    def forget(self) -> None:
        """What waits was lost with its commit."""
        with self._lock:
            self._waiting.clear()

    def durable(self, seq: int) -> None:
        """Everything up to record ``seq`` is on disk: announce what waited for it."""
        with self._telling:  # whoever comes second finds nothing left, and never overtakes the first
            while (change := self._next(seq)) is not None:
                for watcher in tuple(self._watchers):
                    watcher(change)

    def _next(self, seq: int) -> Changed | None:
        with self._lock:
            if self._waiting and self._waiting[0].seq <= seq:
                return self._waiting.popleft()
            return None
