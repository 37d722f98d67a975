"""The decode wall: from raw bytes to a plain document, or to a problem that names what is wrong.

Stock frameworks answer 500 to one hostile byte: an invalid UTF-8 sequence, a lone surrogate, a thousand open brackets.
Behind this wall a document is at most ``BODY_BYTES_MAX`` long and ``DEPTH_MAX`` deep, valid UTF-8, without duplicate
keys, without numbers that are not finite or not 64-bit, without NUL, and every string in it can be encoded again.

The good body is the common one, so the checks that pass are cheap: msgspec refuses most things while it decodes, and
the rest is settled by counting bytes. Only a body that fails is looked at slowly, to say where.
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

import msgspec

from tandem.faces.api.diagnosis import diagnose
from tandem.faces.api.problems import Malformed, WrongMediaType
from tandem.kernel.errors import TooLarge
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN

__all__ = ["BODY_BYTES_MAX", "DEPTH_MAX", "decode_document", "depth_exceeds", "refuse_length", "refuse_media_type"]

BODY_BYTES_MAX = 256 * 1024
DEPTH_MAX = 32

# Possessive and with an alternative for the unclosed string: linear on any input.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_JSON_TYPE = re.compile(rb'^\s*application/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$', re.IGNORECASE)

_decode = msgspec.json.Decoder().decode


def decode_document(body: bytes, *, limit: int = BODY_BYTES_MAX) -> dict[str, Any]:
    """``body`` as a document whose every value is safe to use, store and send back.

    Raises:
        TooLarge: over ``limit`` bytes or ``DEPTH_MAX``.
        Malformed: not strict JSON, or not an object.
    """
    if len(body) > limit:
        refuse_length(len(body), limit)
    if body.count(b"[") + body.count(b"{") > DEPTH_MAX and depth_exceeds(body, DEPTH_MAX):
        raise TooLarge(
            f"The document is nested more than {DEPTH_MAX} levels deep.",
            code="too_deep",
            hint=f"flatten it to at most {DEPTH_MAX} levels",
        )
    try:
        document = _decode(body)
    except (ValueError, RecursionError):
        diagnose(body)
    if type(document) is not dict:
        raise Malformed(
            "The body must be a JSON object.", code="not_an_object", value=_kind(document), hint="send {...}"
        )
    # Only an escape can smuggle a NUL or half a surrogate pair past the decoder.
    if (b"\\" in body and b"\\u" in body) or _entries(document) != _colons(body):
        diagnose(body, document)
    return document


def depth_exceeds(body: bytes, limit: int) -> bool:
    """Whether brackets outside strings are nested deeper than ``limit``; unbalanced ones count as nested."""
    brackets = _STRING.sub(b"", body).translate(_ONE_KIND, _NOT_BRACKETS)
    levels = 0
    while levels < limit:
        # Each pass removes exactly the innermost level. What no pass can shorten is unbalanced: the decoder says so.
        shorter = brackets.replace(b"[]", b"")
        if len(shorter) == len(brackets):
            break
        brackets = shorter
        levels += 1
    return levels + brackets.count(b"[") > limit


def refuse_length(length: int, limit: int = BODY_BYTES_MAX) -> NoReturn:
    """Say that a body of ``length`` bytes is over the limit."""
    raise TooLarge(
        "The body is over the limit.",
        code="body_too_large",
        field="body",
        value=f"{length} bytes",
        hint=f"send at most {limit} bytes; split a batch, or use `tandem ingest` for files",
    )


def refuse_media_type(content_type: bytes | None) -> None:
    """Raise unless ``content_type`` announces JSON in UTF-8.

    Raises:
        WrongMediaType: absent, or anything else.
    """
    if content_type == b"application/json" or (content_type is not None and _JSON_TYPE.match(content_type)):
        return
    raise WrongMediaType(
        "The body must be announced as JSON.",
        field="Content-Type",
        value="(absent)" if content_type is None else content_type.decode("latin-1"),
        hint="send the header Content-Type: application/json",
    )


def _colons(body: bytes) -> int:
    # An upper bound on the number of keys in the text: without white space, a colon that ends a key follows a quote.
    # When it equals the number of entries decoded, no key was written twice; else the slow look decides.
    return body.translate(None, b" \t\r\n").count(b'":')


def _entries(value: Any) -> int:
    # The number of entries in all objects inside; -1 or less where an integer is over 64 bits, so that it never equals
    # the number of colons.
    kind = type(value)
    if kind is dict:
        count = len(value)
        for item in value.values():
            inner = type(item)
            if inner is str:
                continue
            if inner is int:
                if not INTEGER_MIN <= item <= INTEGER_MAX:
                    return _FAR_BELOW
            elif inner is dict or inner is list:
                count += _entries(item)
        return count
    count = 0
    for item in value:
        inner = type(item)
        if inner is dict or inner is list:
            count += _entries(item)
        elif inner is int and not INTEGER_MIN <= item <= INTEGER_MAX:
            return _FAR_BELOW
    return count


_FAR_BELOW = -(2**40)


def _kind(value: Any) -> str:
    return {list: "an array", str: "a string", bool: "a boolean", type(None): "null"}.get(type(value), "a number")
