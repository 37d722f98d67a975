"""Connections that go only where they may, and one name for each way in which a request can fail."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, TypeAlias

import httpcore

from tandem.kernel.outward.addresses import Networks, refused_among

__all__ = ["NotSentError", "Resolve", "guarded_pool", "named_faults"]

Resolve: TypeAlias = Callable[[str, int], Awaitable[list[str]]]
"""The addresses of a host, as text."""


class NotSentError(Exception):
    """There was no whole answer. ``code`` is stable: ``timeout``, ``connection``, ``tls``, ``name``, ``answer`` ..."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def guarded_pool(
    inside: Networks,
    *,
    resolve: Resolve | None = None,
    trust: ssl.SSLContext | None = None,
    connections: int,
    idle_s: float,
) -> httpcore.AsyncConnectionPool:
    """A pool whose every connection goes to an address that was checked; it belongs to one event loop.

    Args:
        inside: networks that may be reached besides the public internet.
        resolve: how a host becomes addresses; the system's way where None.
        trust: certificates that are trusted; the system's where None.
        connections: at once.
        idle_s: after which an unused one is closed.
    """
    return httpcore.AsyncConnectionPool(
        ssl_context=trust or ssl.create_default_context(),
        max_connections=connections,
        keepalive_expiry=idle_s,
        network_backend=_Guarded(inside, resolve or _system_resolve),
    )


@contextlib.contextmanager
def named_faults() -> Iterator[None]:
    """Within it, whatever keeps a whole answer from coming is a ``NotSentError``."""
    try:
        yield
    except (TimeoutError, httpcore.TimeoutException):
        raise NotSentError("timeout") from None
    except httpcore.ProtocolError:
        raise NotSentError("answer") from None
    except httpcore.NetworkError as error:
        raise NotSentError("tls" if _is_tls(error) else "connection") from None
    except (OSError, httpcore.UnsupportedProtocol):
        raise NotSentError("connection") from None


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
