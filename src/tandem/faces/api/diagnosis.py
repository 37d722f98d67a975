"""What is wrong with a body that the fast way would not take, and where.

Runs only on bodies that failed or looked suspicious, so it may be slow (still linear). It reads the text as leniently
as the standard library does, then looks for the first thing that is not allowed and names its place. A problem shows
the offending character or number, never the text around it: nobody knows yet whether that is personal.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from tandem.faces.api.problems import Malformed
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN

__all__ = ["diagnose"]

_ABSENT = object()
_INT_DIGITS_MAX = 40  # longer ones are only shown, never computed: int() of a long text is quadratic
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class _Doubled(list[tuple[str, Any]]):
    """An object in which a key occurs twice."""


class _Huge(str):
    """The digits of an integer over 64 bits."""

    __slots__ = ()


def diagnose(body: bytes, document: Any = _ABSENT) -> None:
    """Raise what is wrong with ``body``; return quietly when it decoded to ``document`` and is in order after all.

    Raises:
        Malformed: always, when no ``document`` is given.
    """
    if not body.strip(b" \t\r\n"):
        raise Malformed("The body is empty.", code="empty_body", hint="send a JSON object")
    text = _text(body)
    try:
        lenient = json.loads(text, object_pairs_hook=_pairs, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise _syntax(error, text) from None
    except RecursionError:
        raise Malformed("The document is nested too deep.", code="too_deep") from None
    _search(lenient, "")
    if document is _ABSENT:  # the strict decoder refused what the lenient one takes, for a reason not looked for above
        raise Malformed("The body is not strict JSON.", hint="send what RFC 8259 describes, in UTF-8")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed(
            "The body is not valid UTF-8.",
            code="invalid_utf8",
            field=_field_before(body[: error.start]),
            value="0x" + body[error.start : error.start + 1].hex(),
            hint="encode the text as UTF-8 before sending it",
            at=f"byte {error.start}",
        ) from None


def _field_before(prefix: bytes) -> str | None:
    # The last key written before the bad byte: the field a person will look at.
    keys = re.findall(rb'"([A-Za-z0-9_]{1,64})"\s*:', prefix[-4096:])
    return keys[-1].decode() if keys else None


def _pairs(pairs: list[tuple[str, Any]]) -> Any:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Doubled(pairs)


def _integer(digits: str) -> int | _Huge:
    if len(digits) <= _INT_DIGITS_MAX:
        number = int(digits)
        if INTEGER_MIN <= number <= INTEGER_MAX:
            return number
    return _Huge(digits)


def _search(value: Any, path: str) -> None:
    if isinstance(value, _Doubled):
        raise _twice(value, path)
    if isinstance(value, dict):
        for key, item in value.items():
            place = _joined(path, key)
            _refuse_text(key, place, "key")
            _search(item, place)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _search(item, f"{path}[{index}]")
    elif isinstance(value, _Huge):
        raise Malformed(
            "An integer over 64 bits.",
            code="integer_overflow",
            field=path or "body",
            value=str(value),
            hint="send a number between -2^63 and 2^63 - 1, or the digits as text",
        )
    elif isinstance(value, float) and not math.isfinite(value):
        raise Malformed(
            "A number that is not finite.",
            code="not_finite",
            field=path or "body",
            value=repr(value),
            hint="leave the field out where a value is missing",
        )
    elif isinstance(value, str):
        _refuse_text(value, path or "body", "value")


def _twice(doubled: _Doubled, path: str) -> Malformed:
    seen: set[str] = set()
    for key, _ in doubled:
        if key in seen:
            break
        seen.add(key)
    return Malformed(
        "The same key is written twice in one object.",
        code="duplicate_key",
        field=_joined(path, key),
        value=key,
        hint="send each key once; parsers disagree on which one counts",
    )


def _refuse_text(text: str, place: str, what: str) -> None:
    if "\x00" in text:
        raise Malformed(
            f"A NUL character in a {what}.", code="nul_character", field=place, value="\\u0000", hint="remove it"
        )
    half = None if text.isascii() else _SURROGATE.search(text)
    if half is not None:
        raise Malformed(
            f"Half of a surrogate pair in a {what}: no character.",
            code="lone_surrogate",
            field=place,
            value=half[0],
            hint="send both halves of the pair, or the character itself in UTF-8",
        )


def _joined(path: str, key: str) -> str:
    if not _PLAIN_NAME.match(key) or len(key) > 64:
        key = json.dumps(key[:64])
    return f"{path}.{key}" if path else key


def _syntax(error: json.JSONDecodeError, text: str) -> Malformed:
    ended = error.pos >= len(text.rstrip())
    return Malformed(
        "The body ends before the document does." if ended else f"Not JSON: {_words(error.msg)}.",
        code="truncated_json" if ended else "malformed_json",
        field=_field_before(text[: error.pos].encode("utf-8", "replace")),
        value=None if ended else text[error.pos],
        hint="check that Content-Length covers the whole body" if ended else "send what RFC 8259 describes",
        at=f"line {error.lineno}, column {error.colno}",
    )


def _words(message: str) -> str:
    return message[0].lower() + message[1:]
