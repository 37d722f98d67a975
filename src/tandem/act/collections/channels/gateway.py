"""Text messages and calls by a gateway: a signed webhook to whoever sends them, who does the same contact only once.

The request is signed after the Standard Webhooks specification, with the contact's id as its ``webhook-id``; a gateway
that sees it again answers as before and sends nothing. What came of a contact the gateway tells through the API.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from tandem.act.collections.channels.types import Handed, Line
from tandem.act.collections.governor import Permit
from tandem.act.collections.types import Channel
from tandem.act.webhooks import Sender, Subscription, Wanted, secret_of, shown_secret, signed_headers
from tandem.kernel.outward import Networks, NotSentError, check_url
from tandem.kernel.time import Clock, Micros

__all__ = ["GatewayChannel"]

_AGENT: Final = "tandem-collections/1"
_GONE: Final = frozenset({404, 410, 422})
"""Answers with which a gateway says that nobody has this number."""


class GatewayChannel:
    """Posts contacts to ``url``.

    Args:
        key: the workspace's, from which the secret is derived that the gateway checks signatures with.
        inside: networks that may be reached besides the public internet.
    """

    repeatable = True

    def __init__(
        self,
        channel: Channel,
        url: str,
        key: bytes,
        clock: Clock,
        *,
        inside: Networks = (),
        trust: ssl.SSLContext | None = None,
        timeout_s: float = 10.0,
    ) -> None:
        check_url(url, inside)
        self.channel: Channel = channel
        self._url = url
        self._key = key
        self._clock = clock
        self._inside = inside
        self._trust = trust
        self._timeout_s = timeout_s
        self._signer = Subscription(
            id=f"collections.{channel}", url=url, wanted=Wanted(kinds=()), description="", owner="", enabled=True,
            created_at=Micros(0), updated_at=Micros(0), reached=0,
        )  # fmt: skip

    @property
    def secret(self) -> str:
        """What the gateway checks signatures with, as people copy it."""
        return shown_secret(secret_of(self._key, self._signer.id, self._signer.generation))

    @contextlib.contextmanager
    def open(self) -> Iterator[Line]:
        """Ready; a request opens its own connection."""
        yield self

    def hand(self, permit: Permit) -> Handed:
        """Ask the gateway; whatever it says is in the answer."""
        now = self._clock.now()
        body = msgspec.json.encode(self._document(permit))
        headers = {
            "content-type": "application/json",
            "user-agent": _AGENT,
            **signed_headers(self._key, self._signer, permit.contact, body, now),
        }
        permit.take(self.channel, now)
        try:
            status = asyncio.run(self._post(headers, body))
        except NotSentError as error:
            if error.code in {"name", "address_not_allowed"}:
                return Handed(state="failed", why=error.code)
            return Handed(state="unclear", why=error.code)
        if 200 <= status < 300:
            return Handed(state="delivered", why=f"http_{status}")
        return Handed(state="failed", why=f"http_{status}", invalid=status in _GONE)

    async def _post(self, headers: dict[str, str], body: bytes) -> int:
        sender = Sender(self._inside, timeout_s=self._timeout_s, trust=self._trust)
        try:
            return (await sender.post(self._url, headers, body)).status
        finally:
            await sender.close()

    def _document(self, permit: Permit) -> dict[str, Any]:
        return {
            "contact": permit.contact,
            "channel": permit.channel,
            "to": permit.address,
            "language": permit.language,
            "subject": permit.subject,
            "text": permit.text,
        }
