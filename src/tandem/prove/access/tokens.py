"""Secrets made for others to keep: 256 random bits each; here only their SHA-256 stays.

A plain hash is enough where the secret is random: nobody can guess 256 bits, so nothing is gained by making each guess
dear. Passwords are another matter (``passwords.py``).
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from typing import Final

from tandem.kernel.identity import Entropy

__all__ = [
    "API_KEY",
    "CUSTOMER_ENTRY",
    "CUSTOMER_SESSION",
    "LINK",
    "OPERATOR_KEY",
    "SANDBOX_KEY",
    "SESSION",
    "csrf_of",
    "digest_of_token",
    "new_token",
    "returns_key",
]

API_KEY: Final = "tdm_"
SANDBOX_KEY: Final = "tdt_"
OPERATOR_KEY: Final = "tdo_"
SESSION: Final = "tds_"
LINK: Final = "tdl_"
CUSTOMER_ENTRY: Final = "tdp_"
CUSTOMER_SESSION: Final = "tdc_"

_BYTES: Final = 32


def new_token(prefix: str, entropy: Entropy) -> str:
    """A fresh secret: ``prefix``, by which leaked ones are found in logs and repositories, and 43 characters."""
    return prefix + _text(entropy.bytes(_BYTES))


def digest_of_token(token: bytes) -> bytes:
    """What is kept of a token, and what it is looked up by."""
    return hashlib.sha256(token).digest()


def csrf_of(token: bytes) -> str:
    """The second secret of a session, which pages send along in a header: no other site can read it.

    It follows from the token, so it changes with every sign-in and need not be kept.
    """
    return _text(hashlib.sha256(b"csrf\0" + token).digest())


def returns_key(key_digest: bytes) -> bytes:
    """What signs the way back to a merchant: it follows from the merchant's own key, which only they have.

    Args:
        key_digest: SHA-256 of the API key, as ``digest_of_token`` makes it.
    """
    return hashlib.sha256(b"return\0" + key_digest).digest()


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
