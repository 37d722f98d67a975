"""The live stream: decisions and changes as server-sent events, for people and their pages to watch.

A person cannot read two thousand lines a second, and a slow reader may not slow a decision. So each reader gets
decisions at most four times a second, the newest of them with the number of those left out. Changes of lists, releases
and whatever else a page shows are another matter: every one is sent, at once and in order, and a reader that was cut off
takes up where it stood (``Last-Event-ID``).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import Any
from urllib.parse import parse_qs

import msgspec

from tandem.faces.api.bodies import Receive, Scope, Send, header_of
from tandem.faces.api.changes import ChangeKind, ChangeLog, Connection
from tandem.faces.api.responses import API_HEADERS
from tandem.kernel.errors import InvalidInput, Unavailable
from tandem.kernel.identity import Entropy, SystemEntropy
from tandem.kernel.time import Clock, Micros, SystemClock

__all__ = ["READERS_MAX", "LiveStream"]

READERS_MAX = 256
"""Streams open at once."""
_SHOWN_MAX = 20
_PAUSE_S = 0.25
_HEARTBEAT_S = 15.0
_ENCODE = msgspec.json.Encoder().encode
_RESYNC = b"event: resync\ndata: {}\n\n"


class _Reader:
    def __init__(self, connection: Connection, *, decisions: bool) -> None:
        self.connection = connection
        self.decisions = decisions
        self.newest: deque[Any] = deque(maxlen=_SHOWN_MAX)
        self.count = 0
        self.rest_until = 0.0
        self.woken = asyncio.Event()


class LiveStream:
    """Fans what was decided and what has changed out to those who watch."""

    def __init__(self, clock: Clock | None = None, entropy: Entropy | None = None) -> None:
        self.log = ChangeLog(clock or SystemClock(), entropy or SystemEntropy())
        self._readers: set[_Reader] = set()
        self._watching = 0
        self._waiting: deque[Any] = deque(maxlen=_SHOWN_MAX)
        self._counted = 0
        self._woken = False
        self._resting = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = asyncio.Event()

    @property
    def watched(self) -> bool:
        """Whether anybody reads decisions."""
        return self._watching > 0

    def publish(self, decision: Any) -> None:
        """Take note of ``decision``; from any thread, never blocks, costs nothing while nobody watches."""
        if not self._watching:
            return
        self._waiting.append(decision)
        self._counted += 1
        self._wake()

    def publish_change(self, kind: ChangeKind, name: str, seq: int, *, asked_at: Micros | None = None) -> None:
        """Tell everybody that ``name`` has changed; from any thread, never blocks.

        Args:
            kind: what it is: ``release``, ``list``, ``case``, ``artefact`` or ``person``.
            name: which one.
            seq: place in the journal of the record that changed it, which is durable and in force.
            asked_at: when it was asked for, to tell how long it took.
        """
        self.log.add(kind, name, seq, asked_at)
        if kind == "case":
            self._wake_later()
        else:
            self._wake()

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._closing.set()
        for reader in self._readers:
            reader.woken.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send, request_id: bytes) -> int:
        """Stream until the reader leaves or the server stops.

        Raises:
            Unavailable: too many readers.
        """
        if len(self._readers) >= READERS_MAX:
            raise Unavailable(
                "Too many readers of the live stream.", code="too_many_readers", retry_after_s=30, hint="close a page"
            )
        self._loop = asyncio.get_running_loop()
        only_changes, last_id = _asked(scope)
        connection, whole = self.log.open(getattr(scope.get("tandem.principal"), "name", ""), last_id)
        reader = _Reader(connection, decisions=not only_changes)
        self._readers.add(reader)
        self._watching += reader.decisions
        left = asyncio.create_task(_leaves(receive, reader))
        headers = [(b"content-type", b"text/event-stream"), (b"x-request-id", request_id), *API_HEADERS]
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            greeting = self._greeting(connection) + (b"" if whole else _RESYNC)
            await send({"type": "http.response.body", "body": greeting, "more_body": True})
            reader.woken.set()  # what it missed while it was away
            while not (left.done() or self._closing.is_set()):
                body, newest = await self._next(reader)
                if body:
                    await send({"type": "http.response.body", "body": body, "more_body": True})
                    self.log.sent(connection, newest)
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._readers.discard(reader)
            self._watching -= reader.decisions
            self.log.close(connection)
            left.cancel()
        return 200

    async def _next(self, reader: _Reader) -> tuple[bytes, int]:
        """What ``reader`` has not heard yet, up to which change; nothing where it was woken too early."""
        clock = asyncio.get_running_loop().time
        try:
            patience = max(0.0, reader.rest_until - clock()) if reader.count else _HEARTBEAT_S
            await asyncio.wait_for(reader.woken.wait(), patience)
        except TimeoutError:
            if not reader.count:
                return b": still here\n\n", reader.connection.sent
        reader.woken.clear()
        changes, newest_change = self.log.after(reader.connection.sent)
        parts = [change.message for change in changes]
        if newest_change > reader.connection.sent and not changes:
            parts.append(b"id: %b\n%b" % (self.log.id_of(newest_change).encode(), _RESYNC))
        if reader.count and clock() >= reader.rest_until:
            reader.rest_until = clock() + _PAUSE_S
            newest, count = list(reader.newest), reader.count
            reader.newest.clear()
            reader.count = 0
            message = _ENCODE({"decisions": newest, "left_out": count - len(newest)})
            parts.append(b"event: decisions\ndata: " + message + b"\n\n")
        return b"".join(parts), newest_change

    def _greeting(self, connection: Connection) -> bytes:
        heard = self.log.id_of(connection.sent)
        hello = _ENCODE({"connection": connection.name, "id": heard})
        return b"retry: 1000\n\nevent: hello\nid: %b\ndata: %b\n\n" % (heard.encode(), hello)

    def _wake(self) -> None:
        if not self._woken and self._loop is not None:
            self._woken = True
            with contextlib.suppress(RuntimeError):  # the loop is closing: nobody watches any more
                self._loop.call_soon_threadsafe(self._spread)

    def _wake_later(self) -> None:
        """Dozens of cases may open a second: all of a moment are told at once."""
        if not self._resting and self._loop is not None:
            self._resting = True
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._loop.call_later, _PAUSE_S, self._rested)

    def _rested(self) -> None:
        self._resting = False
        self._spread()

    def _spread(self) -> None:
        self._woken = False
        items, self._waiting = self._waiting, deque(maxlen=_SHOWN_MAX)
        counted, self._counted = self._counted, 0
        for reader in self._readers:
            if reader.decisions:
                reader.newest.extend(items)
                reader.count += counted
            reader.woken.set()


def _asked(scope: Scope) -> tuple[bool, str | None]:
    """Whether only changes are asked for, and the id of the last one that was heard."""
    try:
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=100)
    except ValueError:
        raise InvalidInput("Too many query parameters.", code="invalid_parameter", field="query") from None
    only = query.get("only", [None])[-1]
    if only not in {None, "changes"}:
        raise InvalidInput(
            "The stream can be narrowed to changes.",
            code="invalid_parameter",
            field="only",
            value=only,
            hint="only=changes, or nothing",
        )
    last = header_of(scope["headers"], b"last-event-id")
    return only is not None, last.decode("latin-1") if last else query.get("after", [None])[-1]


async def _leaves(receive: Receive, reader: _Reader) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    reader.woken.set()
