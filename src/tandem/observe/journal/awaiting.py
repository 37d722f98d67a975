"""The journal for an event loop: many requests wait, one commit wakes the loop once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from tandem.observe.journal.journal import Journal
from tandem.observe.journal.receipts import Receipt
from tandem.observe.journal.types import Entry

__all__ = ["AsyncJournal"]


class AsyncJournal:
    """Submits from one event loop and awaits durability.

    Waking a loop from another thread costs a system call and a turn of the loop; here that is paid once per commit and
    not once per request.
    """

    def __init__(self, journal: Journal, loop: asyncio.AbstractEventLoop) -> None:
        self._journal = journal
        self._loop = loop
        self._waiters: dict[Receipt, asyncio.Future[Receipt]] = {}

    def submit(self, entries: Sequence[Entry]) -> tuple[Receipt, asyncio.Future[Receipt]]:
        """Number ``entries`` now; the future resolves when they are on disk. Call on the loop's own thread.

        Raises:
            Conflict, Unavailable, TooLarge, InvalidInput: as ``Journal.submit``.
        """
        waiter: asyncio.Future[Receipt] = self._loop.create_future()
        receipt = self._journal.submit(entries, on_durable=self._committed)
        # The writer may already have committed it; its news reaches `_wake` through the loop, after this line.
        self._waiters[receipt] = waiter
        return receipt, waiter

    async def append(self, entries: Sequence[Entry]) -> Receipt:
        """Submit and wait until durable.

        Raises:
            Unavailable: the commit failed; nothing is acknowledged.
        """
        return await self.submit(entries)[1]

    def _committed(self, receipts: Sequence[Receipt]) -> None:
        self._loop.call_soon_threadsafe(self._wake, receipts)

    def _wake(self, receipts: Sequence[Receipt]) -> None:
        for receipt in receipts:
            waiter = self._waiters.pop(receipt)
            if waiter.done():
                continue  # the request was cancelled; its entries are durable all the same
            if receipt.error is None:
                waiter.set_result(receipt)
            else:
                waiter.set_exception(receipt.error)
