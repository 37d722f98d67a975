"""The cells of tables and scorecards: unary tests, in a normal form that can be run, indexed and analysed.

    -                 any value, missing too        18..25            18 <= x <= 25
    missing           no value                      [18..25)          18 <= x <  25
    present           some value                    in [a, b]         one of these
    >= 30, < 5        comparison                    not in [a, b]     a value, but none of these
    fixed, = 30       equality                      < 5 or missing    alternatives
    != 30             a value other than 30         if x > 2 * y      any expression

The normal form is a set of spans on the ordered line of the column's values, and whether a missing value matches. A cut
``(0, v, 0)`` lies just before ``v`` and ``(0, v, 1)`` just after; a span runs from one cut to another. Whole numbers are
cut before values only, so that neighbours touch and no gap lies between 25 and 26.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final, TypeAlias

import msgspec

from tandem.decide.policy.reading import refuse
from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import parse_date, parse_instant
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN, SqlType, Value

__all__ = [
    "DISCRETE",
    "HIGHEST",
    "LOWEST",
    "Cut",
    "Span",
    "Test",
    "compared",
    "holds",
    "parse_cell",
    "place_of",
    "point_of",
    "within",
]

Cut: TypeAlias = tuple[int, Any, int]
Span: TypeAlias = tuple[Cut, Cut]

LOWEST: Final[Cut] = (-1, None, 0)
HIGHEST: Final[Cut] = (1, None, 0)
DISCRETE: Final = frozenset({SqlType.INTEGER, SqlType.DATE, SqlType.TIMESTAMP, SqlType.BOOLEAN})
_WHOLE: Final[tuple[Span, ...]] = ((LOWEST, HIGHEST),)

_COMPARISON = re.compile(r"(>=|<=|!=|<>|=|>|<)\s*(.+)\Z", re.DOTALL)
_RANGE = re.compile(r"([\[(]?)\s*(.+?)\s*\.\.\s*(.+?)\s*([\])]?)\Z", re.DOTALL)
_MEMBERS = re.compile(r"(not\s+)?in\s*\[(.*)\]\Z", re.DOTALL | re.IGNORECASE)
_PIECE = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|\[[^\]]*\]|\s+or\s+|.""", re.DOTALL | re.IGNORECASE)
_ITEM = re.compile(r"""\s*('(?:[^']|'')*'|"[^"]*"|[^,]*?)\s*(?:,|\Z)""", re.DOTALL)


class Test(msgspec.Struct, frozen=True, kw_only=True):
    """A cell in normal form.

    Attributes:
        text: the cell as written.
        spans: disjoint, sorted; empty where only a missing value matches.
        missing: a missing value matches.
        explicit: the cell says so in a word; ``-`` does not.
        expression: for ``if ...``; the spans are then the whole line.
    """

    __test__ = False

    text: str
    spans: tuple[Span, ...]
    missing: bool = False
    explicit: bool = False
    expression: str | None = None

    @property
    def any(self) -> bool:
        """Every value and the missing one match, whatever they are."""
        return self.expression is None and self.missing and self.spans == _WHOLE


def parse_cell(text: str, kind: SqlType, path: str) -> Test:
    """The test that a cell of a column of type ``kind`` stands for.

    Raises:
        DefinitionError: not a test for this type.
    """
    if text == "-":
        return Test(text=text, spans=_WHOLE, missing=True)
    if text[:3].lower() == "if ":
        return Test(text=text, spans=_WHOLE, missing=True, expression=text[3:].strip())
    spans: list[Span] = []
    missing = False
    for part in _alternatives(text):
        if part.lower() == "missing":
            missing = True
        else:
            spans.extend(_spans(part, kind, path))
    return Test(text=text, spans=_merged(spans), missing=missing, explicit=missing)


def holds(test: Test, value: Value) -> bool:
    """Whether ``value`` passes a test without expression: the plain reading, span by span."""
    if value is None:
        return test.missing
    place = (0, value, 0)
    return any(low <= place < high for low, high in test.spans)


def place_of(value: Value) -> Cut:
    """The cut just before ``value``: it lies in a span exactly when the value does."""
    return (0, value, 0)


def _alternatives(text: str) -> list[str]:
    parts = [""]
    for match in _PIECE.finditer(text):
        piece = match[0]
        if piece.strip().lower() == "or" and piece != piece.strip():
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def _spans(text: str, kind: SqlType, path: str) -> list[Span]:
    if text.lower() == "present":
        return list(_WHOLE)
    if match := _MEMBERS.match(text):
        points = [point_of(_literal(item, kind, path), kind) for item in _items(match[2], path)]
        return _complement(_merged(points)) if match[1] else points
    if match := _COMPARISON.match(text):
        return compared(match[1], _literal(match[2], kind, path), kind)
    quoted = text[:1] in "'\""
    if not quoted and (match := _RANGE.match(text)) and (kind is not SqlType.TEXT or match[1]):
        return _ranged(match, kind, path)
    return [point_of(_literal(text, kind, path), kind)]


def _items(text: str, path: str) -> list[str]:
    items = []
    position = 0
    while position < len(text):
        match = _ITEM.match(text, position)
        assert match is not None  # the last alternative matches anything
        items.append(match[1])
        position = match.end() if match.end() > position else position + 1
    if not items or any(not item for item in items):
        refuse("A list of values is needed between the brackets.", path, text, code="invalid_cell", hint="in [a, b]")
    return items


def compared(operator: str, value: Any, kind: SqlType) -> list[Span]:
    """The spans of the values that stand in this relation to ``value``."""
    low, high = point_of(value, kind)
    match operator:
        case ">=":
            return [(low, HIGHEST)]
        case ">":
            return [(high, HIGHEST)]
        case "<":
            return [(LOWEST, low)]
        case "<=":
            return [(LOWEST, high)]
        case "=":
            return [(low, high)]
        case _:
            return [(LOWEST, low), (high, HIGHEST)]


def _ranged(match: re.Match[str], kind: SqlType, path: str) -> list[Span]:
    first = point_of(_literal(match[2], kind, path), kind)
    last = point_of(_literal(match[3], kind, path), kind)
    low = first[1] if match[1] == "(" else first[0]
    high = last[0] if match[4] == ")" else last[1]
    if low >= high:
        refuse("This range holds no value.", path, match[0], code="empty_range", hint="write the smaller end first")
    return [(low, high)]


def point_of(value: Any, kind: SqlType) -> Span:
    """The span that holds just ``value``."""
    if kind is SqlType.BOOLEAN:
        return ((0, False, 0), (0, True, 0)) if value is False else ((0, True, 0), HIGHEST)
    if kind in DISCRETE:
        return ((0, value, 0), (0, value + 1, 0))
    return ((0, value, 0), (0, value, 1))


def within(spans: list[Span], others: list[Span]) -> tuple[Span, ...]:
    """What two sets of spans have in common."""
    common = [(max(a, c), min(b, d)) for a, b in spans for c, d in others]
    return _merged([(low, high) for low, high in common if low < high])


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return tuple(merged)


def _complement(spans: tuple[Span, ...]) -> list[Span]:
    found = []
    at = LOWEST
    for low, high in spans:
        if at < low:
            found.append((at, low))
        at = high
    if at < HIGHEST:
        found.append((at, HIGHEST))
    return found


def _literal(text: str, kind: SqlType, path: str) -> Any:
    bare = text.strip()
    quoted = len(bare) >= 2 and bare[0] == bare[-1] and bare[0] in "'\""
    word = bare[1:-1].replace("''", "'") if quoted else bare
    try:
        value = _READ[kind](word)
    except (ValueError, InvalidOperation, InvalidInput, OverflowError):
        value = None
    if value is None or (quoted and kind in (SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL, SqlType.BOOLEAN)):
        refuse(f"Not a test for a column of type {kind.value}.", path, text, code="invalid_cell", hint=_HINTS[kind])
    return value


def _integer(text: str) -> int | None:
    value = int(text.replace("_", ""))
    return value if INTEGER_MIN < value < INTEGER_MAX else None


def _double(text: str) -> float | None:
    value = float(text)
    return value + 0.0 if abs(value) < float("inf") else None


def _decimal(text: str) -> Decimal | None:
    value = Decimal(text)
    return value if value.is_finite() else None


def _boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.lower())


_READ: Final[dict[SqlType, Any]] = {
    SqlType.INTEGER: _integer,
    SqlType.DOUBLE: _double,
    SqlType.DECIMAL: _decimal,
    SqlType.BOOLEAN: _boolean,
    SqlType.TEXT: str,
    SqlType.DATE: parse_date,
    SqlType.TIMESTAMP: parse_instant,
}
_HINTS: Final = {
    SqlType.INTEGER: "for example >= 30, 18..25, in [1, 2], missing or -",
    SqlType.DOUBLE: "for example >= 0.3, [0.1..0.2), missing or -",
    SqlType.DECIMAL: "for example >= 0.3, [0.1..0.2), missing or -",
    SqlType.BOOLEAN: "true, false, missing or -",
    SqlType.TEXT: "for example fixed, in [fixed, part_time], missing or -",
    SqlType.DATE: "for example >= 2026-01-31",
    SqlType.TIMESTAMP: "for example >= 2026-01-31T00:00:00Z",
}
