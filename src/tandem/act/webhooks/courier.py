"""The courier: a thread with an event loop of its own that feeds the outbox and asks the receivers.

It looks at the journal's head, a number in memory, ten times a second, and touches nothing on the way of a decision.
Receivers are served side by side; of each, one message at a time.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from tandem.act.webhooks.feeding import feed
from tandem.act.webhooks.outbox import Outbox
from tandem.act.webhooks.retrying import after
from tandem.act.webhooks.sending import Sender
from tandem.act.webhooks.signing import signed_headers
from tandem.act.webhooks.types import ATTEMPT_S, Attempt, Delivery, Subscription
from tandem.kernel.errors import NotFound, TandemError, Unavailable
from tandem.kernel.identity import Entropy
from tandem.kernel.outward import NotSentError
from tandem.kernel.time import HOUR, Clock, Micros
from tandem.observe.journal import Journal

__all__ = ["Courier"]

T = TypeVar("T")

_LOG = logging.getLogger(__name__)
_LOOK_S = 0.1
_AFTER_A_FAULT_S = 1.0
_STOP_S = 5.0
_AGENT = "tandem-webhooks/1"


class Courier:
    """Delivers.

    Args:
        key: the workspace's key of webhooks, from which secrets are derived.
        sender: made on the courier's own loop.
    """

    def __init__(
        self, journal: Journal, outbox: Outbox, key: bytes, sender: Sender, *, clock: Clock, entropy: Entropy
    ) -> None:
        self._journal = journal
        self._outbox = outbox
        self._key = key
        self._sender = sender
        self._clock = clock
        self._entropy = entropy
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._pruned_at: Micros | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        ready = threading.Event()
        self._thread = threading.Thread(target=self._live, args=(ready,), name="tandem-webhooks", daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        """End; an attempt under way is cut off and made again after the next start."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(_STOP_S + ATTEMPT_S)
            self._thread = None

    def attempt_now(self, subscription: Subscription, delivery: Delivery) -> Attempt:
        """One attempt out of turn, from another thread; blocks until it is over.

        Raises:
            Unavailable: nothing is delivered by this process.
        """
        return self._here(self.attempt(subscription, delivery))

    async def attempt(self, subscription: Subscription, delivery: Delivery) -> Attempt:
        """Ask the receiver once; whatever happens is in the answer."""
        at = self._clock.now()
        headers = {
            "content-type": "application/json",
            "user-agent": _AGENT,
            **signed_headers(self._key, subscription, delivery.id, delivery.body, at),
        }
        started = self._clock.monotonic_ns()
        status = error = retry_after_s = None
        try:
            answer = await self._sender.post(subscription.url, headers, delivery.body)
        except NotSentError as failure:
            error = failure.code
        else:
            status, retry_after_s = answer.status, answer.retry_after_s
            error = None if 200 <= status < 300 else "redirect" if 300 <= status < 400 else "status"
        took_ms = (self._clock.monotonic_ns() - started) / 1_000_000
        return Attempt(at=at, took_ms=took_ms, status=status, error=error, retry_after_s=retry_after_s)

    async def serve(self, identifier: str) -> None:
        """Deliver what waits for one subscription, in order, up to the first failure."""
        while not self._stopping.is_set():
            try:
                subscription = self._outbox.subscription(identifier)
            except NotFound:
                return
            delivery = self._outbox.following(identifier)
            if delivery is None or not subscription.served or subscription.due_at > self._clock.now():
                return
            attempt = await self.attempt(subscription, delivery)
            later, state = after(subscription, attempt, self._entropy)
            self._outbox.note(delivery.id, state, attempt, None if later == subscription else later)
            if not attempt.taken:
                return

    async def round(self) -> bool:
        """Feed one step, and set out for every receiver that is due; whether there is more to feed at once."""
        more = feed(self._journal, self._outbox)
        now = self._clock.now()
        waiting = self._outbox.waiting()
        for each in self._outbox.subscriptions() if waiting else ():
            if each.id in waiting and each.served and each.due_at <= now and each.id not in self._busy:
                task = asyncio.create_task(self.serve(each.id))
                self._busy[each.id] = task
                task.add_done_callback(lambda done, name=each.id: self._done(name, done))  # type: ignore[misc]
        if self._pruned_at is None or now - self._pruned_at > HOUR:
            self._outbox.prune(now)
            self._pruned_at = now
        return more

    async def settle(self) -> None:
        """Wait until everybody who set out is back."""
        while self._busy:
            await asyncio.gather(*self._busy.values(), return_exceptions=True)
            await asyncio.sleep(0)

    def _done(self, name: str, task: asyncio.Task[None]) -> None:
        del self._busy[name]
        if not task.cancelled() and (error := task.exception()) is not None:
            _LOG.error("webhook %s could not be served", name, exc_info=error)

    def _live(self, ready: threading.Event) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            ready.set()
            runner.run(self._run())
            self._loop = None

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                more = await self.round()
            except TandemError as error:
                _LOG.warning("webhooks wait: %s", error)
                more = False
                await asyncio.sleep(_AFTER_A_FAULT_S)
            await asyncio.sleep(0 if more else _LOOK_S)
        for task in list(self._busy.values()):
            task.cancel()
        await self.settle()
        await self._sender.close()

    def _here(self, work: Coroutine[Any, Any, T]) -> T:
        loop = self._loop
        if loop is None or self._stopping.is_set():
            work.close()
            raise Unavailable("No webhooks are delivered by this process.", code="webhooks_off")
        return asyncio.run_coroutine_threadsafe(work, loop).result(ATTEMPT_S + _STOP_S)
