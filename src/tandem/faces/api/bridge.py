"""From the journal's writer thread back to the event loop, with one wake-up per commit and not one per answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from functools import partial
from typing import TypeAlias

from tandem.decide.decisions import Answer, OnAnswer
from tandem.kernel.errors import TandemError

__all__ = ["AnswerBridge", "Settled"]

Settled: TypeAlias = Answer | TandemError


class AnswerBridge:
    """Futures that the writer thread fulfils.

    Waking the loop costs a system call, and a commit may answer fifty requests: ``deliver`` takes them all at once.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def waiter(self) -> tuple[asyncio.Future[Settled], OnAnswer]:
        """A future of the loop, and the function that ``deliver`` calls to fulfil it."""
        future: asyncio.Future[Settled] = self._loop.create_future()
        return future, partial(_settle, future)

    def deliver(self, answers: Sequence[tuple[OnAnswer, Settled]]) -> None:
        """Fulfil the futures of one commit; from any thread."""
        # A loop that closed while the server stops: the decisions are durable, the callers will ask again.
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(_settle_all, answers)


def _settle_all(answers: Sequence[tuple[OnAnswer, Settled]]) -> None:
    for on_answer, answer in answers:
        on_answer(answer)


def _settle(future: asyncio.Future[Settled], answer: Settled) -> None:
    if not future.done():  # a client that left has cancelled its future
        future.set_result(answer)
