"""Checking a webhook before acting on it (Standard Webhooks: HMAC-SHA256 over id, time and body)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from tandem_sdk._errors import InvalidSignature

__all__ = ["WebhookMessage", "verify"]

TOLERANCE_S = 300


class WebhookMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook that is from whom it says.

    Attributes:
        id: the same when a message is repeated: keep it, and do nothing twice.
        type: ``decision.made``, ``list.changed``, ``release.changed``, ``case.resolved`` or ``webhook.test``.
        timestamp: when it happened.
    """

    id: str
    type: str
    timestamp: str
    data: dict[str, Any]


class _Body(msgspec.Struct):
    type: str
    timestamp: str
    data: dict[str, Any]


def verify(
    headers: Mapping[str, str],
    body: bytes,
    secret: str | Iterable[str],
    *,
    tolerance_s: int = TOLERANCE_S,
    now: float | None = None,
) -> WebhookMessage:
    """The message in ``body``, if one of its signatures was made with ``secret`` (or one of several) not long ago.

    Args:
        headers: of the request, names in any case.
        body: as it came, byte for byte.
        tolerance_s: how old or new the time may be, against repetitions by others.
        now: seconds since 1970; the clock's if left out.

    Raises:
        InvalidSignature: do not act on it; answer 400.
    """
    named = {name.lower(): value for name, value in headers.items()}
    try:
        identifier, stamp, signatures = (named[f"webhook-{each}"] for each in ("id", "timestamp", "signature"))
    except KeyError as error:
        raise InvalidSignature(f"the header {error.args[0]} is missing") from None
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        raise InvalidSignature("the time is no number")
    if abs((time.time() if now is None else now) - int(stamp)) > tolerance_s:
        raise InvalidSignature("the time is too far from now")
    signed = f"{identifier}.{stamp}.".encode() + body
    keys = [_key(each) for each in ([secret] if isinstance(secret, str) else secret)]
    if not any(_matches(key, signed, given) for key in keys for given in signatures.split(" ")):
        raise InvalidSignature("no signature is right")
    try:
        told = msgspec.json.decode(body, type=_Body)
    except msgspec.DecodeError as error:
        raise InvalidSignature(f"not a message: {error}") from None
    return WebhookMessage(id=identifier, type=told.type, timestamp=told.timestamp, data=told.data)


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        raise InvalidSignature("the secret is not whsec_ and base64") from None


def _matches(key: bytes, signed: bytes, given: str) -> bool:
    version, _, signature = given.partition(",")
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256))
    return version == "v1" and hmac.compare_digest(expected, signature.encode("utf-8", "replace"))
