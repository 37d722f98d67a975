"""The one ASGI application: a small table for the hot path, a control plane behind it, one way to fail."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tandem.faces.api.bodies import ClientGoneError, Message, Receive, Scope, Send
from tandem.faces.api.hot import IN_FLIGHT_MAX, HotPath
from tandem.faces.api.meters import Meters
from tandem.faces.api.problems import PROBLEM_TYPE, internal_problem
from tandem.faces.api.process import Process
from tandem.faces.api.responses import respond, respond_problem
from tandem.kernel.errors import Refused, TandemError
from tandem.kernel.identity import Entropy, SystemEntropy

__all__ = ["LOCAL_HOSTS", "Application"]

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names this server answers to. Any other Host is a page of a stranger that had its name point here."""

_LOG = logging.getLogger("tandem.http")
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._:-]{1,128}\Z")

Handler = Callable[[Scope, Receive, Send, bytes], Awaitable[int]]


class Application:
    """ASGI 3 callable.

    Args:
        process: the one decision maker.
        control: the ASGI application of everything that is not hot; it raises ``TandemError`` for problems.
        hosts: host names answered to, without port.
        in_flight_max: decision requests at once.
        entropy: where request ids come from.
    """

    def __init__(
        self,
        process: Process,
        control: Callable[[Scope, Receive, Send], Awaitable[None]],
        *,
        meters: Meters,
        hosts: Sequence[str] = LOCAL_HOSTS,
        in_flight_max: int = IN_FLIGHT_MAX,
        entropy: Entropy | None = None,
    ) -> None:
        hot = HotPath(process, meters, in_flight_max=in_flight_max)
        self._hot: dict[tuple[str, str], Handler] = {
            ("POST", "/v1/decisions"): hot.decide,
            ("POST", "/v1/events"): hot.record,
            ("POST", "/v1/decisions/batch"): hot.decide_batch,
            ("POST", "/v1/events/batch"): hot.record_batch,
        }
        self._control = control
        self._meters = meters
        self._hosts = frozenset(host.encode() for host in hosts)
        self._prefix = (entropy or SystemEntropy()).bytes(6).hex()
        self._count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        host, request_id, site = self._named(scope["headers"])
        handler = self._hot.get((scope["method"], scope["path"]))
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        route = scope["path"] if handler is not None else "control"
        try:
            self._refuse_strangers(scope["method"], host, site)
            if handler is not None:
                status = await handler(scope, receive, watched, request_id)
            else:
                scope["tandem.request_id"] = request_id
                await self._control(scope, receive, watched)
                return
        except ClientGoneError:
            return
        except TandemError as error:
            status = error.status
            self._meters.refused(error.code)
            if status >= 500 and status != 503:
                _LOG.exception("request %s failed: %s", request_id.decode(), error.code)
            if not started:
                await respond_problem(send, error, request_id=request_id)
        except Exception:
            status = 500
            self._meters.refused("internal")
            _LOG.exception("request %s failed", request_id.decode())
            if started:
                raise
            await respond(
                send,
                500,
                internal_problem(request_id.decode()),
                request_id=request_id,
                content_type=PROBLEM_TYPE.encode(),
            )
        self._meters.answered(route, status)

    def _named(self, headers: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes, bytes]:
        host = request_id = site = b""
        for name, value in headers:
            if name == b"host":
                host = value
            elif name == b"x-request-id":
                request_id = value
            elif name == b"sec-fetch-site":
                site = value
        if not request_id or not _REQUEST_ID.match(request_id):
            self._count += 1
            request_id = f"{self._prefix}-{self._count:x}".encode()
        return host, request_id, site

    def _refuse_strangers(self, method: str, host: bytes, site: bytes) -> None:
        name = host if host in self._hosts else host.rpartition(b":")[0]
        if name not in self._hosts:
            raise Refused(
                "This server does not answer to that host name.",
                code="wrong_host",
                field="Host",
                value=host.decode("latin-1"),
                hint="use http://127.0.0.1 and the port",
            )
        if site in {b"cross-site", b"same-site"} and method != "GET":
            raise Refused(
                "A page of another site may not change anything here.",
                code="cross_site",
                field="Sec-Fetch-Site",
                value=site.decode("latin-1"),
                hint="call the API from a program or from this server's own page",
            )


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message: dict[str, Any] = dict(await receive())
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
