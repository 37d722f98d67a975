"""One byte string per value, so that a digest means something.

The canonical form is JSON with sorted keys, no white space, shortest round-trip floats and UTF-8 (msgspec's
deterministic order). It is close to RFC 8785 but keeps 64-bit integers exact, which money needs. NaN and infinities have
no canonical form and are refused.
"""

from __future__ import annotations

import hashlib
import math
from typing import Any

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest

__all__ = ["canonical_bytes", "digest_of", "digest_of_bytes"]

_ENCODER = msgspec.json.Encoder(order="deterministic")


def canonical_bytes(value: Any) -> bytes:
    """The canonical encoding of a JSON-like value or of a msgspec struct.

    Raises:
        InvalidInput: the value holds a NaN or an infinity.
    """
    encoded = _ENCODER.encode(value)
    # msgspec writes NaN as null: a silent change of meaning. Only a document with a null can hide one.
    if b"null" in encoded:
        plain = msgspec.to_builtins(value)
        if not _is_finite(plain):
            _refuse_nan(plain, "$")
    return encoded


def digest_of(value: Any) -> Digest:
    """SHA-256 over the canonical encoding of ``value``."""
    return digest_of_bytes(canonical_bytes(value))


def digest_of_bytes(data: bytes) -> Digest:
    """SHA-256 over ``data``, in hex."""
    return Digest(hashlib.sha256(data).hexdigest())


def _is_finite(value: Any) -> bool:
    """Whether every number in ``value`` is finite."""
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(map(_is_finite, value.values()))
    if isinstance(value, list | tuple):
        try:
            # infinite or NaN whenever one of many numbers is; anything but numbers is looked at one by one
            return math.isfinite(sum(value)) or all(map(_is_finite, value))
        except TypeError:
            return all(map(_is_finite, value))
    return True


def _refuse_nan(value: Any, path: str) -> None:
    """Name the first number in ``value`` that is not finite."""
    if isinstance(value, float) and not math.isfinite(value):
        raise InvalidInput(
            "A number that is not finite has no canonical form.",
            code="not_finite",
            field=path,
            value=repr(value),
            hint="send null where a value is missing",
        )
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_nan(item, f"{path}.{key}")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _refuse_nan(item, f"{path}[{index}]")
