"""The client for programs with an event loop; call for call the twin of ``Tandem``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from tandem_sdk import _calls as calls
from tandem_sdk import _models as m
from tandem_sdk._calls import BATCH_MAX, PAGE, AnyEvent, Call, Page
from tandem_sdk._clients import STREAM_TIMEOUT, TIMEOUT, settings
from tandem_sdk._errors import ConnectionFailed, TandemError
from tandem_sdk._retrying import Retry
from tandem_sdk._streaming import EventLines, StreamEvent

__all__ = ["AsyncTandem"]

T = TypeVar("T")


class AsyncTandem:
    """Talks to one Tandem server from one event loop; close it, or use it in an ``async with``.

    Args:
        base_url: such as ``https://risk.example.com``.
        api_key: ``tdm_...``; None for a server on this machine that asks for none.
        timeout: of one attempt.
        retry: how often a request is repeated.
        transport: another way to the server, for tests.
    """

    def __init__(
        self,
        base_url: str,
        *,
        api_key: str | None = None,
        timeout: httpx.Timeout | float = TIMEOUT,
        retry: Retry | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._retry = retry or Retry()
        self._http = httpx.AsyncClient(**settings(base_url, api_key, timeout), transport=transport)

    # -- events ----------------------------------------------------------------------------------------------------

    async def decide(self, event: AnyEvent, *, policy: str | None = None) -> m.Decision:
        """One event in, one durable decision out. The same event again gets the same decision.

        Raises:
            Problem: refused; nothing of the event was kept.
            ConnectionFailed, IncompleteAnswer: no whole answer after all attempts; send the same event again later.
        """
        return await self._do(calls.decide(event, policy))

    async def record(self, event: AnyEvent) -> m.Recorded:
        """One event in, recorded without a decision; raises as ``decide``."""
        return await self._do(calls.record(event))

    async def decide_batch(self, events: Iterable[AnyEvent], *, policy: str | None = None) -> list[m.BatchItem]:
        """Events decided in the order given, any number of them; one item for each, in that order.

        An event that is refused has its problem in its item. One that the server could not take just now is sent again.
        """
        return [item async for item in self.decide_many(events, policy=policy)]

    def decide_many(self, events: Iterable[AnyEvent], *, policy: str | None = None) -> AsyncIterator[m.BatchItem]:
        """As ``decide_batch``, for as many events as you like: sent ``BATCH_MAX`` at a time as you read."""
        return self._batches(events, decided=True, policy=policy)

    async def record_batch(self, events: Iterable[AnyEvent]) -> list[m.BatchItem]:
        """Events recorded without decisions; else as ``decide_batch``."""
        return [item async for item in self._batches(events, decided=False)]

    # -- decisions -------------------------------------------------------------------------------------------------

    async def decision(self, identifier: str) -> m.DecisionRecord:
        """One decision by its own id or its event's."""
        return await self._do(calls.decision(identifier))

    async def explain(self, identifier: str) -> m.Explanation:
        """Why a decision was taken."""
        return await self._do(calls.explain(identifier))

    async def replay(self, identifier: str) -> m.Replay:
        """Take a decision again from its record."""
        return await self._do(calls.replay(identifier))

    def decisions(
        self, *, outcome: m.Outcome | None = None, policy: str | None = None
    ) -> AsyncIterator[m.DecisionRecord]:
        """Decisions, newest first, page by page as you read."""
        return self._pages(
            lambda place: calls.decisions(outcome=outcome, policy=policy, before=place, limit=PAGE), None
        )

    async def features(self, kind: str, identifier: str, *, at: datetime | None = None) -> m.Features:
        """What is known of one entity, now or at another moment."""
        return await self._do(calls.features(kind, identifier, at))

    # -- lists -----------------------------------------------------------------------------------------------------

    async def lists(self) -> list[m.ListSummary]:
        """All lists."""
        return await self._do(calls.lists())

    def list_entries(self, name: str) -> AsyncIterator[m.ListEntry]:
        """Entries of a list in the order they were added, page by page as you read."""
        return self._pages(lambda place: calls.list_entries(name, after=place or 0, limit=PAGE), 0)

    async def change_list(
        self,
        name: str,
        *,
        add: Sequence[Mapping[str, Any]] = (),
        remove: Sequence[Mapping[str, Any]] = (),
        change_id: str | None = None,
        by: str = "tandem-sdk",
    ) -> m.ListChanged:
        """Add and remove entries, all at once or not at all; in force for the next event.

        Args:
            add: ``{"identifier": ..., "reason": ..., "source": ...}`` each, and ``expires_after`` where they shall.
            remove: ``{"identifier": ...}`` or ``{"member": pseudonym}`` each.
            change_id: the idempotency key; made up if left out.
            by: for the record where the server does not know who asks.
        """
        return await self._do(calls.change_list(name, add, remove, change_id, by))

    # -- webhooks --------------------------------------------------------------------------------------------------

    async def webhooks(self) -> list[m.Webhook]:
        """All webhooks."""
        return await self._do(calls.webhooks())

    async def create_webhook(
        self,
        url: str,
        kinds: Sequence[str] = ("decision.made",),
        *,
        outcomes: Sequence[m.Outcome] = (),
        policies: Sequence[str] = (),
        description: str = "",
    ) -> m.WebhookWithSecret:
        """Tell a receiver of what happens from now on. Keep the secret: it is shown this once."""
        return await self._do(calls.create_webhook(url, kinds, outcomes, policies, description))

    async def delete_webhook(self, identifier: str) -> None:
        """Forget a webhook and its messages."""
        await self._do(calls.delete_webhook(identifier))

    async def test_webhook(self, identifier: str) -> m.Delivery:
        """Send a test now; what came of it."""
        return await self._do(calls.test_webhook(identifier))

    def deliveries(self, identifier: str, *, state: str | None = None) -> AsyncIterator[m.Delivery]:
        """Messages of a webhook, newest first, page by page as you read."""
        return self._pages(lambda place: calls.deliveries(identifier, state=state, before=place, limit=PAGE), None)

    # -- the server ------------------------------------------------------------------------------------------------

    async def status(self) -> m.ServerStatus:
        """What the server runs and has done."""
        return await self._do(calls.status())

    async def stream(self, *, last_id: str | None = None) -> AsyncIterator[StreamEvent]:
        """The live stream, for ever: a connection that ends is made anew, from the last event on.

        Raises:
            Problem: refused.
            ConnectionFailed: the server could not be reached, after all attempts in a row.
        """
        lines = EventLines(last_id)
        failures = 0
        while True:
            headers = {"Accept": "text/event-stream"}
            if lines.last_id is not None:
                headers["Last-Event-ID"] = lines.last_id
            try:
                async with self._http.stream("GET", "/v1/stream", headers=headers, timeout=STREAM_TIMEOUT) as response:
                    if response.status_code >= 400:
                        await response.aread()
                        calls.answer_of(calls.anything("GET", "/v1/stream", None, None), response)
                    failures = 0
                    async for line in response.aiter_lines():
                        event = lines.feed(line)
                        if event is not None:
                            yield event
            except (httpx.TransportError, TandemError) as error:
                failures += 1
                await self._pause(failures, error, again=True)
            lines.cut()
            await asyncio.sleep(lines.retry_s)

    async def request(
        self, method: str, path: str, *, params: Mapping[str, Any] | None = None, body: Any = None
    ) -> Any:
        """Any other address of the API, its answer as plain values."""
        return await self._do(calls.anything(method, path, params, body))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    # -- inside ----------------------------------------------------------------------------------------------------

    async def _do(self, call: Call[T]) -> T:
        content = call.content()
        headers = {} if content is None else {"Content-Type": "application/json"}
        attempt = 0
        while True:
            attempt += 1
            try:
                response = await self._http.request(
                    call.method, call.path, params=call.params, content=content, headers=headers
                )
                return calls.answer_of(call, response)
            except (httpx.TransportError, TandemError) as error:
                await self._pause(attempt, error, again=call.again)

    async def _pause(self, attempt: int, error: httpx.TransportError | TandemError, *, again: bool) -> None:
        pause_s = self._retry.pause_s(attempt, error, again=again)
        if pause_s is None:
            if isinstance(error, TandemError):
                raise error
            raise ConnectionFailed(
                f"no answer from {self._http.base_url} after {attempt} attempts: {str(error) or type(error).__name__}"
            ) from error
        await asyncio.sleep(pause_s)

    async def _batches(
        self, events: Iterable[AnyEvent], *, decided: bool, policy: str | None = None
    ) -> AsyncIterator[m.BatchItem]:
        iterator = iter(events)
        while chunk := [calls.document_of(event) for event in islice(iterator, BATCH_MAX)]:
            for item in await self._batch(chunk, decided=decided, policy=policy):
                yield item

    async def _batch(self, documents: list[dict[str, Any]], *, decided: bool, policy: str | None) -> list[m.BatchItem]:
        items = await self._do(calls.batch(documents, decided=decided, policy=policy))
        for attempt in range(1, self._retry.attempts):
            late = [index for index, item in enumerate(items) if calls.not_now(item)]
            pause_s = self._retry.pause_s(attempt, items[late[0]].problem, again=True) if late else None
            if pause_s is None:
                break
            await asyncio.sleep(pause_s)
            answered = await self._do(calls.batch([documents[index] for index in late], decided=decided, policy=policy))
            for index, item in zip(late, answered, strict=True):
                items[index] = item
        return items

    async def _pages(self, page_at: Callable[[int | None], Call[Page[T]]], place: int | None) -> AsyncIterator[T]:
        while True:
            page = await self._do(page_at(place))
            for item in page.items:
                yield item
            if page.following is None:
                return
            place = page.following
