"""What a caller holds between handing entries in and knowing that they are safe."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeAlias

from tandem.kernel.errors import Unavailable
from tandem.observe.journal.chain import StoredRow

__all__ = ["OnDurable", "Receipt", "settle"]

_LOG = logging.getLogger(__name__)


class Receipt:
    """Numbers given to entries, and in time the news that they are on disk.

    ``future`` resolves to the receipt itself after the fsync, or raises ``Unavailable``: then nothing of the
    submission is acknowledged, and the caller may submit again under the same keys.
    """

    __slots__ = ("_future", "_lock", "error", "first_seq", "last_seq", "on_durable", "rows", "settled")

    def __init__(
        self, first_seq: int, rows: list[StoredRow], on_durable: OnDurable | None, lock: threading.Lock
    ) -> None:
        self.first_seq = first_seq
        self.last_seq = first_seq + len(rows) - 1
        self.rows = rows
        self.on_durable = on_durable
        self.settled = False
        self.error: Unavailable | None = None
        self._lock = lock
        self._future: Future[Receipt] | None = None

    @property
    def durable(self) -> bool:
        """Whether the entries are on disk."""
        return self.settled and self.error is None

    @property
    def future(self) -> Future[Receipt]:
        """Resolves when the entries are durable or lost. Made on demand: most callers use ``on_durable``."""
        with self._lock:
            if self._future is None:
                self._future = Future()
                if self.settled:
                    self._resolve(self._future)
            return self._future

    def wait(self, timeout_s: float | None = None) -> Receipt:
        """Block until durable.

        Raises:
            Unavailable: the commit failed.
            TimeoutError: not settled in time; the entries may still become durable.
        """
        return self.future.result(timeout_s)

    def settle(self, error: Unavailable | None) -> None:
        """Tell whoever waits. Only the journal calls this."""
        with self._lock:
            self.error = error
            self.settled = True
            self.rows = []
            future = self._future
        if future is not None:
            self._resolve(future)

    def _resolve(self, future: Future[Receipt]) -> None:
        if self.error is None:
            future.set_result(self)
        else:
            future.set_exception(self.error)


OnDurable: TypeAlias = Callable[[Sequence[Receipt]], None]
"""Called from the writer's thread once per commit, with all receipts of that commit that named this callable."""


def settle(receipts: Sequence[Receipt], error: Unavailable | None) -> None:
    """Tell all ``receipts``, then each listener once of all its own."""
    told: dict[OnDurable, list[Receipt]] = {}
    for receipt in receipts:
        receipt.settle(error)
        if receipt.on_durable is not None:
            told.setdefault(receipt.on_durable, []).append(receipt)
    for callback, group in told.items():
        try:
            callback(group)
        except Exception:  # noqa: BLE001 - see below
            # A listener that fails (its event loop is gone, say) must not end the one writer.
            _LOG.exception("A listener of the journal failed")
