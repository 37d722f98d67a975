"""From the journal's writer thread back to the event loop, with one wake-up per commit and not one per answer."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

__all__ = ["AnswerBridge"]

T = TypeVar("T")


class AnswerBridge(Generic[T]):
    """Futures that another thread may fulfil.

    The writer calls back once per request of a commit. Waking the loop costs a system call, so only the first answer of
    a batch wakes it; the others ride along.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._ready: deque[tuple[asyncio.Future[T], T]] = deque()
        self._woken = False

    def waiter(self) -> tuple[asyncio.Future[T], Callable[[T], None]]:
        """A future of the loop, and the function that fulfils it from any thread."""
        future: asyncio.Future[T] = self._loop.create_future()
        return future, partial(self._deliver, future)

    def _deliver(self, future: asyncio.Future[T], answer: T) -> None:
        self._ready.append((future, answer))
        if not self._woken:
            self._woken = True
            try:
                self._loop.call_soon_threadsafe(self._drain)
            except RuntimeError:  # the loop closed during shutdown: the answer is durable, the client will ask again
                self._ready.clear()

    def _drain(self) -> None:
        # Lowered before looking: an answer that comes in meanwhile is either seen here or wakes the loop again.
        self._woken = False
        ready = self._ready
        while ready:
            future, answer = ready.popleft()
            if not future.done():  # a client that left has cancelled its future
                future.set_result(answer)
