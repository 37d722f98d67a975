"""The live stream: decisions as server-sent events, for people to watch.

A person cannot read two thousand lines a second, and a slow reader may not slow a decision. So each reader gets a
message at most four times a second, with the newest decisions and the number of those left out.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import Any

import msgspec

from tandem.faces.api.bodies import Receive, Scope, Send
from tandem.faces.api.responses import API_HEADERS
from tandem.kernel.errors import Unavailable

__all__ = ["LiveStream"]

_READERS_MAX = 32
_SHOWN_MAX = 20
_PAUSE_S = 0.25
_HEARTBEAT_S = 15.0
_ENCODE = msgspec.json.Encoder().encode


class _Reader:
    def __init__(self) -> None:
        self.newest: deque[Any] = deque(maxlen=_SHOWN_MAX)
        self.count = 0
        self.changed = asyncio.Event()


class LiveStream:
    """Fans what was decided out to those who watch."""

    def __init__(self) -> None:
        self._readers: set[_Reader] = set()
        self._waiting: deque[Any] = deque(maxlen=_SHOWN_MAX)
        self._counted = 0
        self._woken = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = asyncio.Event()

    @property
    def watched(self) -> bool:
        """Whether anybody reads."""
        return bool(self._readers)

    def publish(self, decision: Any) -> None:
        """Take note of ``decision``; from any thread, never blocks, costs nothing while nobody watches."""
        if not self._readers or self._loop is None:
            return
        self._waiting.append(decision)
        self._counted += 1
        if not self._woken:
            self._woken = True
            with contextlib.suppress(RuntimeError):  # the loop is closing: nobody watches any more
                self._loop.call_soon_threadsafe(self._spread)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._closing.set()
        for reader in self._readers:
            reader.changed.set()

    async def __call__(self, _scope: Scope, receive: Receive, send: Send, request_id: bytes) -> int:
        """Stream until the reader leaves or the server stops.

        Raises:
            Unavailable: too many readers.
        """
        if len(self._readers) >= _READERS_MAX:
            raise Unavailable(
                "Too many readers of the live stream.", code="too_many_readers", retry_after_s=30, hint="close a page"
            )
        self._loop = asyncio.get_running_loop()
        reader = _Reader()
        self._readers.add(reader)
        left = asyncio.create_task(_leaves(receive, reader))
        headers = [(b"content-type", b"text/event-stream"), (b"x-request-id", request_id), *API_HEADERS]
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True})
            while not (left.done() or self._closing.is_set()):
                await send({"type": "http.response.body", "body": await _next(reader), "more_body": True})
                await asyncio.sleep(_PAUSE_S)
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._readers.discard(reader)
            left.cancel()
        return 200

    def _spread(self) -> None:
        self._woken = False
        items, self._waiting = self._waiting, deque(maxlen=_SHOWN_MAX)
        counted, self._counted = self._counted, 0
        for reader in self._readers:
            reader.newest.extend(items)
            reader.count += counted
            reader.changed.set()


async def _next(reader: _Reader) -> bytes:
    try:
        await asyncio.wait_for(reader.changed.wait(), _HEARTBEAT_S)
    except TimeoutError:
        return b": still here\n\n"
    reader.changed.clear()
    newest, count = list(reader.newest), reader.count
    reader.newest.clear()
    reader.count = 0
    message = _ENCODE({"decisions": newest, "left_out": count - len(newest)})
    return b"event: decisions\ndata: " + message + b"\n\n"


async def _leaves(receive: Receive, reader: _Reader) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    reader.changed.set()
