"""Signatures after the Standard Webhooks specification: HMAC-SHA256 over id, time and body.

A secret is derived from the workspace's key, the subscription and a generation. It stands in no file, is the same after
a restart, and is shown once to the person who asked for it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from tandem.act.webhooks.types import ROTATION, Subscription
from tandem.kernel.time import SECOND, Micros

__all__ = ["secret_of", "shown_secret", "signed_headers"]

_PREFIX = "whsec_"


def secret_of(key: bytes, subscription: str, generation: int) -> bytes:
    """The 32 bytes that sign the messages of ``subscription``."""
    return hmac.digest(key, f"{subscription}.{generation}".encode(), hashlib.sha256)


def shown_secret(secret: bytes) -> str:
    """``secret`` as people copy it: ``whsec_`` and base64."""
    return _PREFIX + base64.b64encode(secret).decode()


def signed_headers(key: bytes, subscription: Subscription, message_id: str, body: bytes, now: Micros) -> dict[str, str]:
    """The three headers of the specification; two signatures for a day after the secret was rotated."""
    timestamp = str(now // SECOND)
    content = f"{message_id}.{timestamp}.".encode() + body
    generations = [subscription.generation]
    if subscription.rotated_at is not None and now < subscription.rotated_at + ROTATION:
        generations.append(subscription.generation - 1)
    signatures = [
        base64.b64encode(hmac.digest(secret_of(key, subscription.id, each), content, hashlib.sha256)).decode()
        for each in generations
    ]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{each}" for each in signatures),
    }
