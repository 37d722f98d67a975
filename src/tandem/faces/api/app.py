"""The one ASGI application: a small table for the hot path, a control plane behind it, one way to fail."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeAlias

from tandem.faces.api.bodies import ClientGoneError, Message, Receive, Scope, Send
from tandem.faces.api.gate import Gate
from tandem.faces.api.meters import Meters
from tandem.faces.api.problems import PROBLEM_TYPE, MethodNotAllowed, internal_problem
from tandem.faces.api.responses import respond, respond_problem
from tandem.kernel.errors import Refused, TandemError
from tandem.kernel.identity import Entropy, SystemEntropy

__all__ = ["LOCAL_HOSTS", "Application", "Handler"]

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names this server answers to. Any other Host is a page of a stranger that had its name point here."""

_LOG = logging.getLogger("tandem.http")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._:-]{1,128}\Z")

Handler: TypeAlias = Callable[[Scope, Receive, Send, bytes], Awaitable[int]]
"""Answers a request, given its id; returns the status it sent, or raises ``TandemError`` before it sends anything."""


class _Watched:
    """A ``send`` that remembers whether an answer has begun, and with which status.

    No success of a change leaves before it is on record.
    """

    __slots__ = ("gate", "scope", "send", "status")

    def __init__(self, send: Send, scope: Scope, gate: Gate) -> None:
        self.send = send
        self.scope = scope
        self.gate = gate
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if self.status is None:
            self.status = status = message["status"]
            if status < 300 and "tandem.record" in self.scope:
                await self.gate.record(self.scope)
            bucket = self.scope.get("tandem.bucket")
            if bucket is not None:
                message["headers"] = [*message["headers"], *bucket.headers()]
        await self.send(message)


class Application:
    """ASGI 3 callable.

    Args:
        table: the hot routes by method and path.
        control: the ASGI application of everything else.
        gate: who may; asked before a hot route, and by the control plane before its own.
        meters: where answers are counted.
        closed: addresses of the table that the control plane may not answer in its own way.
        close_streams: ends what would otherwise never end.
        close: lets go of what the application holds of its event loop.
        hosts: host names answered to, without port.
        entropy: where request ids come from.
    """

    def __init__(
        self,
        table: Mapping[tuple[str, str], Handler],
        control: Callable[[Scope, Receive, Send], Awaitable[None]],
        *,
        gate: Gate,
        meters: Meters,
        closed: Mapping[str, tuple[str, ...]],
        close_streams: Callable[[], None],
        close: Callable[[], Awaitable[None]] | None = None,
        hosts: Sequence[str] = LOCAL_HOSTS,
        entropy: Entropy | None = None,
    ) -> None:
        self._table = dict(table)
        self._control = control
        self._gate = gate
        self._meters = meters
        self._closed = dict(closed)
        self.close_streams = close_streams
        self._close = close
        self._hosts = frozenset(host.encode() for host in hosts)
        self._prefix = (entropy or SystemEntropy()).bytes(6).hex()
        self._count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return  # no websockets, and start and stop are the server's business
        host, request_id, site, origin = self._named(scope["headers"])
        watched = _Watched(send, scope, self._gate)
        handler = self._table.get((scope["method"], scope["path"]))
        try:
            self._refuse_strangers(scope["method"], host, site, origin)
            if handler is None:
                self._refuse_closed(scope)
                scope["tandem.request_id"] = request_id
                await self._control(scope, receive, watched)
            else:
                self._gate.admit(scope, scope["method"], scope["path"])
                await handler(scope, receive, watched, request_id)
        except ClientGoneError:
            return
        except TandemError as error:
            await self._refuse(error, watched, request_id)
        except Exception:  # noqa: BLE001 - the last line: whatever it is, the caller gets an answer
            await self._fail(watched, request_id)
        # The template of the route and never the address: that may hold identifiers.
        route = scope["path"] if handler is not None else _template_of(scope)
        self._meters.answered(route, watched.status or 0)

    async def close(self) -> None:
        """Let go of connections; the event loop is about to end."""
        if self._close is not None:
            await self._close()

    async def _refuse(self, error: TandemError, watched: _Watched, request_id: bytes) -> None:
        self._meters.refused(error.code)
        if error.status == 500:
            _LOG.error("request %s: %s", request_id.decode(), error.code)
        if watched.status is None:
            await respond_problem(watched, error, request_id=request_id)

    async def _fail(self, watched: _Watched, request_id: bytes) -> None:
        _LOG.exception("request %s failed", request_id.decode())
        if watched.status is None:
            self._meters.refused("internal")
            body = internal_problem(request_id.decode())
            await respond(watched, 500, body, request_id=request_id, content_type=PROBLEM_TYPE.encode())

    def _named(self, headers: Sequence[tuple[bytes, bytes]]) -> tuple[bytes, bytes, bytes, bytes]:
        host = request_id = site = origin = b""
        for name, value in headers:
            if name == b"host":
                host = value
            elif name == b"x-request-id":
                request_id = value
            elif name == b"sec-fetch-site":
                site = value
            elif name == b"origin":
                origin = value
        if not request_id or not _REQUEST_ID.match(request_id):
            self._count += 1
            request_id = f"{self._prefix}-{self._count:x}".encode()
        return host, request_id, site, origin

    def _refuse_closed(self, scope: Scope) -> None:
        allowed = self._closed.get(scope["path"])
        if allowed is not None and scope["method"] not in allowed:
            raise MethodNotAllowed(scope["method"], allowed)

    def _refuse_strangers(self, method: str, host: bytes, site: bytes, origin: bytes) -> None:
        name = host if host in self._hosts else host.rpartition(b":")[0]
        if name not in self._hosts:
            raise Refused(
                "This server does not answer to that host name.",
                code="wrong_host",
                field="Host",
                value=host.decode("latin-1"),
                hint="use http://127.0.0.1 and the port",
            )
        # Browsers from before Sec-Fetch-Site say only from which origin a page comes.
        foreign = site in {b"cross-site", b"same-site"} or (origin and not site and not self._is_ours(origin))
        if foreign and method != "GET":
            raise Refused(
                "A page of another site may not change anything here.",
                code="cross_site",
                field="Sec-Fetch-Site",
                value=(site or origin).decode("latin-1"),
                hint="call the API from a program or from this server's own page",
            )

    def _is_ours(self, origin: bytes) -> bool:
        name = origin.partition(b"://")[2]
        return name in self._hosts or name.rpartition(b":")[0] in self._hosts


def _template_of(scope: Scope) -> str:
    return getattr(scope.get("route"), "path", "(none)")
