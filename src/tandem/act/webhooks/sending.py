"""One request to one receiver: to a checked address, without redirects, within a time and a size."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Mapping

import msgspec

from tandem.act.webhooks.types import ATTEMPT_S
from tandem.kernel.outward import Networks, Resolve, guarded_pool, named_faults

__all__ = ["Answer", "Sender"]

_ANSWER_BYTES_MAX = 64 * 1024
_CONNECTIONS = 32
_IDLE_S = 30.0
_RETRY_AFTER_DIGITS = 6


class Answer(msgspec.Struct, frozen=True):
    """What a receiver said; of its body nothing is kept. ``retry_after_s`` where it asked for a pause."""

    status: int
    retry_after_s: int | None = None


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
        self._pool = guarded_pool(inside, resolve=resolve, trust=trust, connections=_CONNECTIONS, idle_s=_IDLE_S)

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The receiver's answer, whatever its status.

        Raises:
            NotSentError: no whole answer came in time, or the address may not be reached.
        """
        sent = [(name.encode(), value.encode()) for name, value in headers.items()]
        with named_faults():
            async with asyncio.timeout(self._timeout_s):
                return await self._ask(url, sent, body)

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


def _retry_after(headers: Iterable[tuple[bytes, bytes]]) -> int | None:
    for name, value in headers:
        if name.lower() == b"retry-after" and value.isdigit() and len(value) <= _RETRY_AFTER_DIGITS:
            return int(value)
    return None
