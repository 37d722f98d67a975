"""One attempt at one connector: to a checked address, TLS on, no redirects, within a time and a size."""

from __future__ import annotations

import asyncio
import ssl
from typing import Final, NamedTuple, Protocol

import httpcore

from tandem.decide.connectors.requests import BODY_MAX
from tandem.kernel.errors import InvalidInput
from tandem.kernel.outward import Networks, NotSentError, Resolve, check_url, guarded_pool, named_faults

__all__ = ["Fetch", "Fetched", "HttpFetch"]

_CONNECTIONS: Final = 32
_IDLE_S: Final = 30.0


class Fetched(NamedTuple):
    """A whole answer."""

    status: int
    body: bytes


class Fetch(Protocol):
    """Who carries a request outside."""

    async def post(self, url: str, headers: dict[str, str], body: bytes, within_s: float) -> Fetched:
        """The answer, whatever its status.

        Raises:
            NotSentError: no whole answer came in time, it was too large, or the address may not be reached.
        """
        ...

    async def close(self) -> None:
        """Let go of idle connections."""
        ...


class HttpFetch:
    """``Fetch`` over HTTPS.

    Args:
        inside: networks that may be reached besides the public internet.
        resolve: how a host becomes addresses; the system's way where None.
        trust: certificates that are trusted; the system's where None.
    """

    def __init__(
        self, inside: Networks = (), *, resolve: Resolve | None = None, trust: ssl.SSLContext | None = None
    ) -> None:
        self._inside = inside
        self._resolve = resolve
        self._trust = trust
        self._pool: httpcore.AsyncConnectionPool | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def post(self, url: str, headers: dict[str, str], body: bytes, within_s: float) -> Fetched:
        try:
            check_url(url, self._inside)
        except InvalidInput:
            raise NotSentError("address_not_allowed") from None
        sent = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
        with named_faults():
            async with asyncio.timeout(within_s):
                return await self._ask(url, sent, body)

    async def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None and self._loop is asyncio.get_running_loop():
            await pool.aclose()

    async def _ask(self, url: str, headers: list[tuple[bytes, bytes]], body: bytes) -> Fetched:
        async with self._pool_here().stream("POST", url, headers=headers, content=body) as response:
            read = bytearray()
            async for chunk in response.aiter_stream():
                read += chunk
                if len(read) > BODY_MAX:
                    raise NotSentError("too_large")
            return Fetched(response.status, bytes(read))

    def _pool_here(self) -> httpcore.AsyncConnectionPool:
        loop = asyncio.get_running_loop()
        if self._pool is None or self._loop is not loop:  # connections belong to the loop that made them
            self._loop = loop
            self._pool = guarded_pool(
                self._inside, resolve=self._resolve, trust=self._trust, connections=_CONNECTIONS, idle_s=_IDLE_S
            )
        return self._pool
