"""What is sent, and what is made of what comes back. Pure: values in, values out."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from tandem.decide.connectors.definitions import AnswerField, Connector
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import parse_date
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN, Row, SqlType, Value

__all__ = ["BODY_MAX", "MASK", "masked", "read_answer", "request_of", "without_facts"]

BODY_MAX: Final = 64 * 1024
"""Bytes of an answer that are read; a longer one is no answer."""
MASK: Final = "***"
_TEXT_MAX: Final = 500
_DEPTH_MAX: Final = 32
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def request_of(connector: Connector, values: Mapping[str, Any]) -> bytes | None:
    """The request's body, canonical; None where the event lacks what must be sent.

    Args:
        values: of the event, as they were sent.
    """
    body: dict[str, Any] = {}
    for name, one in connector.send.items():
        value = one.value if one.field is None else values.get(one.field)
        if value is None and not one.optional:
            return None
        body[name] = value
    return canonical_bytes(body)


def masked(connector: Connector, body: bytes) -> dict[str, Any]:
    """The request to look at: what is personal is there, but not to be read."""
    sent: dict[str, Any] = msgspec.json.decode(body)
    for name, one in connector.send.items():
        personal = one.data_class is not None and one.data_class.is_personal
        if personal and sent[name] is not None:
            sent[name] = MASK
    return sent


def read_answer(connector: Connector, body: bytes) -> Row | None:
    """The facts in an answer; None where it is not the answer that was declared.

    Hostile bytes are no answer either: another encoding, nesting without end, numbers that are none.
    """
    if len(body) > BODY_MAX or _depth(body) > _DEPTH_MAX:
        return None
    try:
        document = msgspec.json.decode(body)
    except (ValueError, RecursionError):  # msgspec's own errors are ValueErrors, and so is a text that is not UTF-8
        return None
    row: Row = {}
    for name, one in connector.answer.items():
        found = _at(document, one.at)
        value = None if found is None else _typed(one, found)
        if value is None and (found is not None or not one.nullable):
            return None
        row[name] = value
    return row


def without_facts(connector: Connector) -> Row:
    """Every fact of the connector, missing."""
    return dict.fromkeys(connector.answer)


def _at(document: Any, path: str) -> Any:
    for name, index in _STEP.findall(path):
        if name:
            document = document.get(name) if isinstance(document, dict) else None
        else:
            place = int(index)
            document = document[place] if isinstance(document, list) and place < len(document) else None
        if document is None:
            return None
    return document


def _typed(one: AnswerField, found: Any) -> Value:
    """The value, or None where it is none of that type and domain."""
    if one.type is SqlType.BOOLEAN:
        return found if isinstance(found, bool) else None
    if one.type is SqlType.TEXT:
        allowed = isinstance(found, str) and len(found) <= _TEXT_MAX and (one.values is None or found in one.values)
        return found if allowed and _is_unicode(found) else None
    if one.type is SqlType.DATE:
        return _date(found)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    if one.type is SqlType.INTEGER:
        if not isinstance(found, int) or not INTEGER_MIN <= found <= INTEGER_MAX:
            return None
    elif not math.isfinite(found):
        return None
    if (one.minimum is not None and found < one.minimum) or (one.maximum is not None and found > one.maximum):
        return None
    return found if one.type is SqlType.INTEGER else float(found)


def _date(found: Any) -> Value:
    if not isinstance(found, str):
        return None
    try:
        return parse_date(found)
    except InvalidInput:
        return None


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _depth(body: bytes) -> int:
    """How deep brackets are nested at most; those within texts count too, which only refuses what is odd anyway."""
    depth = deepest = 0
    for byte in body:
        if byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest
