"""From the journal's writer thread back to the event loop, with one wake-up per commit and not one per answer."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from typing import TypeAlias

from tandem.decide.decisions import Answer, OnAnswer
from tandem.kernel.errors import TandemError

__all__ = ["AnswerBridge", "Settled"]

Settled: TypeAlias = Answer | TandemError


class AnswerBridge:
    """Futures that another thread may fulfil.

    The writer calls back once per request of a commit, and a commit may answer fifty. Waking the loop costs a system
    call, so only the first answer of a burst wakes it; the others ride along.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ready: deque[tuple[asyncio.Future[Settled], Settled]] = deque()
        self._woken = False

    def waiter(self) -> tuple[asyncio.Future[Settled], OnAnswer]:
        """A future of the loop, and the function that fulfils it from any thread."""
        future: asyncio.Future[Settled] = self._loop.create_future()
        return future, partial(self._deliver, future)

    def _deliver(self, future: asyncio.Future[Settled], answer: Settled) -> None:
        self._ready.append((future, answer))
        if not self._woken:
            self._woken = True
            try:
                self._loop.call_soon_threadsafe(self._drain)
            except RuntimeError:  # the loop closed meanwhile: the decision is durable, its caller will ask again
                self._ready.clear()

    def _drain(self) -> None:
        # Lowered before looking: an answer that comes in meanwhile is either seen here or wakes the loop again.
        self._woken = False
        while self._ready:
            future, answer = self._ready.popleft()
            if not future.done():  # a client that left has cancelled its future
                future.set_result(answer)
