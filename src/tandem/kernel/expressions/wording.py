"""An expression in plain words, for people who do not read SQL; and in SQL again, for a part of one.

Words come from the table ``PHRASES``: per operator its form in SQL, in English and in Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final

from tandem.kernel.expressions.nodes import Call, ColumnRef, Expression, Literal, Node
from tandem.kernel.expressions.phrases import DETAILS, LEVELS, PHRASES, SILENT
from tandem.kernel.time import days_to_date, format_instant
from tandem.kernel.values import SqlType, Value

__all__ = ["Language", "in_words", "shown_value", "source_of"]

_SIGNED: Final = 7
_ATOM: Final = 9
_NO_LABELS: Final[Mapping[str, str]] = {}


class Language(StrEnum):
    """A language that expressions are rendered in."""

    SQL = "sql"
    ENGLISH = "en"
    CHINESE = "zh"


def in_words(expression: Expression, language: Language | str, labels: Mapping[str, str] = _NO_LABELS) -> str:
    """``expression`` as a sentence in ``en`` or ``zh``. ``labels`` may give columns and lists names for people."""
    return _Wording(Language(language), labels).write(expression.tree)


def source_of(node: Node) -> str:
    """A node in the language itself."""
    return _Wording(Language.SQL, _NO_LABELS).write(node)


def shown_value(value: Value, kind: SqlType | None) -> Value:
    """A value as a person reads it: instants and dates as ISO text, the rest as it is."""
    if value is None or kind is None:
        return None
    if kind is SqlType.TIMESTAMP:
        try:
            return format_instant(int(value))  # type: ignore[arg-type]
        except OverflowError:
            return int(value)
    if kind is SqlType.DATE:
        try:
            return days_to_date(int(value)).isoformat()
        except OverflowError:
            return int(value)
    return value


class _Wording:
    def __init__(self, language: Language, labels: Mapping[str, str]) -> None:
        self._language = language
        self._labels = labels
        self._index = list(Language).index(language)
        self._comma = "、" if language is Language.CHINESE else ", "

    def write(self, node: Node) -> str:
        if isinstance(node, Literal):
            return self._constant(node.value, node.type, node.scale)
        if isinstance(node, ColumnRef):
            return self._labels.get(node.name, node.name)
        if node.operator == "case":
            return self._case(node)
        if node.operator == "not":
            return self._negation(node)
        if node.operator in SILENT:
            return self.write(node.args[0])
        phrase = PHRASES[_key(node)][self._index]
        operands = [self._inside(arg, _held(node)) for arg in node.args]
        if "{all}" in phrase:
            return phrase.replace("{all}", self._comma.join(self.write(arg) for arg in node.args))
        if "{joined" in phrase:
            return phrase.removeprefix("{joined").removesuffix("}").join(operands)
        values = dict(zip(("x", "y", "z"), operands, strict=False)) | self._details(node)
        return phrase.format_map(values)

    def _inside(self, node: Node, parent: int) -> str:
        """An operand, in brackets where reading on would change its meaning."""
        text = self.write(node)
        if _level(node) > parent:
            return text
        return f"（{text}）" if self._language is Language.CHINESE else f"({text})"

    def _details(self, node: Call) -> dict[str, str]:
        if node.operator == "in":
            kind = node.args[0].type
            return {"members": self._comma.join(self._constant(value, kind) for value in node.details)}
        details = {f"d{index}": self._detail(node, detail) for index, detail in enumerate(node.details)}
        details["scale"] = str(node.scale)
        return details

    def _detail(self, node: Call, detail: Value) -> str:
        if node.operator in {"like", "replace"}:
            return self._constant(detail, SqlType.TEXT)
        if node.operator == "in_list":
            return self._labels.get(str(detail), str(detail)) if self._index else self._constant(detail, SqlType.TEXT)
        if node.operator == "add_micros":
            number, _, unit = str(detail).partition(" ")
            return f"{number} {DETAILS.get(unit, {}).get(self._language.value, unit)}"
        return DETAILS.get(str(detail), {}).get(self._language.value, str(detail))

    def _negation(self, node: Call) -> str:
        (arg,) = node.args
        if isinstance(arg, Call):
            phrase = PHRASES.get(f"not_{_key(arg)}")
            if phrase is not None:
                values = dict(zip(("x", "y", "z"), (self._inside(item, _held(arg)) for item in arg.args), strict=False))
                return phrase[self._index].format_map(values | self._details(arg))
        return PHRASES["not"][self._index].format_map({"x": self._inside(arg, _level(node))})

    def _case(self, node: Call) -> str:
        *branches, default = node.args
        start, branch, last = (PHRASES[key][self._index] for key in ("case", "case_branch", "case_default"))
        parts = [
            branch.format_map({"x": self.write(branches[index]), "y": self.write(branches[index + 1])})
            for index in range(0, len(branches), 2)
        ]
        return start.format_map({"x": "".join(parts), "y": last.format_map({"x": self.write(default)})})

    def _constant(self, value: Value, kind: SqlType | None, scale: int = 0) -> str:
        if value is None:
            return (_null(kind, scale), "unknown", "未知")[self._index]
        if isinstance(value, bool):
            return (str(value).upper(), str(value).lower(), "真" if value else "假")[self._index]
        shown = shown_value(value, kind)
        if kind in {SqlType.DATE, SqlType.TIMESTAMP}:
            text = str(shown).removesuffix("Z").replace("T", " ")
            assert kind is not None
            return text if self._index else f"{kind.name} '{text}'"
        if isinstance(shown, str):
            if self._language is Language.CHINESE:
                return f"“{shown}”"
            return "'" + shown.replace("'", "''") + "'"
        return f"{shown:f}" if isinstance(shown, Decimal) else repr(shown)


def _null(kind: SqlType | None, scale: int) -> str:
    if kind is None:
        return "NULL"
    return f"CAST(NULL AS {kind.name}{f'(18, {scale})' if kind is SqlType.DECIMAL else ''})"


def _level(node: Node) -> int:
    """How tightly a node holds together; what stands inside a tighter one needs brackets."""
    if isinstance(node, ColumnRef):
        return _ATOM
    if isinstance(node, Literal):
        negative = isinstance(node.value, int | float | Decimal) and node.value < 0
        return _SIGNED if negative else _ATOM
    if node.operator in SILENT:
        return _level(node.args[0])
    return LEVELS.get(_key(node), _ATOM)


def _held(node: Call) -> int:
    """How tightly an operator holds its operands; a function has brackets of its own."""
    return LEVELS.get(_key(node), -1)


def _key(node: Call) -> str:
    """The row of ``PHRASES`` for a node."""
    if node.operator == "compare":
        return str(node.details[0])
    if node.operator == "is_boolean":
        return "is_true" if node.details[0] else "is_false"
    if node.operator == "like" and node.details[1] is not None:
        return "like_escape"
    return node.operator
