"""One request to one receiver: to a checked address, without redirects, within a time and a size."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeAlias

import httpcore
import msgspec

from tandem.act.webhooks.targets import Networks, refused_among
from tandem.act.webhooks.types import ATTEMPT_S

__all__ = ["Answer", "NotSentError", "Resolve", "Sender"]

Resolve: TypeAlias = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a host, as text."""

_ANSWER_BYTES_MAX = 64 * 1024
_CONNECTIONS = 32
_IDLE_S = 30.0
_RETRY_AFTER_DIGITS = 6


class Answer(msgspec.Struct, frozen=True):
    """What a receiver said; of its body nothing is kept. ``retry_after_s`` where it asked for a pause."""

    status: int
    retry_after_s: int | None = None


class NotSentError(Exception):
    """There was no whole answer. ``code`` is stable: ``timeout``, ``connection``, ``tls``, ``name``, ``answer`` ..."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Sender:
    """Posts to receivers; belongs to one event loop.

    Args:
        inside: networks that may be reached besides the public internet.
        resolve: how a host becomes addresses; the system's way where None.
        timeout_s: for a request as a whole, answer included.
        trust: certificates that are trusted; the system's where None.
    """

    def __init__(
        self,
        inside: Networks,
        *,
        resolve: Resolve | None = None,
        timeout_s: float = ATTEMPT_S,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._timeout_s = timeout_s
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust or ssl.create_default_context(),
            max_connections=_CONNECTIONS,
            keepalive_expiry=_IDLE_S,
            network_backend=_Guarded(inside, resolve or _system_resolve),
        )

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The receiver's answer, whatever its status.

        Raises:
            NotSentError: no whole answer came in time, or the address may not be reached.
        """
        sent = [(name.encode(), value.encode()) for name, value in headers.items()]
        try:
            async with asyncio.timeout(self._timeout_s):
                return await self._ask(url, sent, body)
        except (TimeoutError, httpcore.TimeoutException):
            raise NotSentError("timeout") from None
        except httpcore.ProtocolError:
            raise NotSentError("answer") from None
        except httpcore.NetworkError as error:
            raise NotSentError("tls" if _is_tls(error) else "connection") from None
        except (OSError, httpcore.UnsupportedProtocol):
            raise NotSentError("connection") from None

    async def close(self) -> None:
        """Let go of idle connections."""
        await self._pool.aclose()

    async def _ask(self, url: str, headers: list[tuple[bytes, bytes]], body: bytes) -> Answer:
        async with self._pool.stream("POST", url, headers=headers, content=body) as response:
            left = _ANSWER_BYTES_MAX
            async for chunk in response.aiter_stream():
                left -= len(chunk)
                if left < 0:
                    break  # the status is all that counts; leaving closes the connection
            return Answer(response.status, _retry_after(response.headers))


class _Guarded(httpcore.AsyncNetworkBackend):
    """Connects to addresses that were checked, and to no others."""

    def __init__(self, inside: Networks, resolve: Resolve) -> None:
        self._inside = inside
        self._resolve = resolve
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._resolve(host, port)
        if not addresses:
            raise NotSentError("name")
        if refused_among(addresses, self._inside):
            raise NotSentError("address_not_allowed")
        failed: Exception = NotSentError("connection")
        for address in addresses:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                failed = error
        raise failed

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        raise NotSentError("address_not_allowed")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def _system_resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSentError("name") from None
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _is_tls(error: Exception) -> bool:
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLError):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


def _retry_after(headers: Iterable[tuple[bytes, bytes]]) -> int | None:
    for name, value in headers:
        if name.lower() == b"retry-after" and value.isdigit() and len(value) <= _RETRY_AFTER_DIGITS:
            return int(value)
    return None
