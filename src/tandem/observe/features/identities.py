"""Texts as 128-bit identities, so that the kernel never sees a string.

A pseudonym already is one. Any other text is known by a hash of it; where a feature gives a text back (``first``,
``last``), the host keeps a dictionary of the texts it has met.
"""

from __future__ import annotations

from hashlib import blake2b

from tandem.kernel.errors import InvalidInput

__all__ = ["bad_value", "event_identity", "identity_of", "pseudonym_text"]


def identity_of(text: str) -> bytes:
    """16 bytes that stand for ``text``."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def event_identity(event_id: str) -> bytes:
    """16 bytes that stand for an event's id, by which it can be corrected."""
    return blake2b(event_id.encode("utf-8", "surrogatepass"), digest_size=16, person=b"event").digest()


def pseudonym_text(identity: int) -> str:
    """The 32 hex digits of a pseudonym."""
    return f"{identity:032x}"


def bad_value(event_type: str, error: Exception) -> InvalidInput:
    """The error for an event the kernel cannot take; the event reader lets none through."""
    return InvalidInput(
        "The event holds a value the feature kernel cannot take.",
        code="invalid_event",
        field=event_type,
        hint=f"{error}; entities are pseudonyms of 32 hex digits; use the event reader",
    )
