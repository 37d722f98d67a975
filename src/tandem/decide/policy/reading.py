"""Reading a document of unknown shape: every complaint names the place, the value and the near match."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any, NoReturn

from tandem.decide.policy.limits import MAX_EXPRESSION_LENGTH, MAX_NAME_LENGTH
from tandem.kernel.errors import DefinitionError, TooLarge, near_match
from tandem.kernel.time import date_to_days
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN, Value

__all__ = ["Reader", "refuse"]

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


def refuse(
    detail: str, path: str, value: object = None, *, code: str = "invalid_policy", hint: str | None = None
) -> NoReturn:
    """Raise the DefinitionError that says what is wrong where."""
    raise DefinitionError(detail, code=code, field=path or None, value=value, hint=hint)


class Reader:
    """A mapping of the document and where it stands; reading a key wrongly typed is a DefinitionError."""

    def __init__(self, document: Any, path: str, known: Collection[str]) -> None:
        if not isinstance(document, dict):
            refuse("A mapping is needed here.", path, document, hint="write key: value lines")
        for key in document:
            if not isinstance(key, str):
                refuse("A key must be text.", path, key, hint="put the key in quotes")
            if key not in known:
                refuse("Unknown key.", self._at(path, key), key, code="unknown_key", hint=near_match(key, known))
        self.document: dict[str, Any] = document
        self.path = path

    @staticmethod
    def _at(path: str, key: str) -> str:
        return f"{path}.{key}" if path else key

    def at(self, key: str) -> str:
        """Path of ``key`` in the whole document."""
        return self._at(self.path, key)

    def has(self, key: str) -> bool:
        return self.document.get(key) is not None

    def raw(self, key: str) -> Any:
        """The value as it stands; missing keys are refused."""
        if not self.has(key):
            refuse(f"{key} is missing.", self.at(key), code="missing_key", hint=f"add {key}:")
        return self.document[key]

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and not self.has(key):
            return default
        value = self.raw(key)
        if not isinstance(value, str):
            refuse("Text is needed here.", self.at(key), value, hint="put the value in quotes")
        return value

    def name(self, key: str, default: str | None = None) -> str:
        """A lower_snake name."""
        value = self.text(key, default)
        if not _NAME.match(value) or len(value) > MAX_NAME_LENGTH:
            refuse(
                "A name is lower_snake: a letter, then letters, digits and underscores.",
                self.at(key),
                value,
                code="invalid_name",
                hint="for example under_age",
            )
        return value

    def expression(self, key: str) -> str:
        """SQL text, or a number or truth value standing for itself."""
        return self.expression_of(self.raw(key), self.at(key))

    @staticmethod
    def expression_of(value: Any, path: str) -> str:
        """``value`` as the text of an expression."""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int | float) and math.isfinite(value):
            return repr(value)
        if not isinstance(value, str) or not value.strip():
            refuse("An expression is needed here.", path, value, hint="for example income - debt")
        if len(value) > MAX_EXPRESSION_LENGTH:
            raise TooLarge(
                f"An expression has at most {MAX_EXPRESSION_LENGTH} characters.",
                field=path,
                value=len(value),
                hint="name parts of it in a set stage",
            )
        return value

    def optional_expression(self, key: str) -> str | None:
        return self.expression(key) if self.has(key) else None

    def choice(self, key: str, known: Collection[str], default: str | None = None) -> str:
        """One of ``known``."""
        return self.choice_of(self.text(key, default), self.at(key), known)

    @staticmethod
    def choice_of(value: Any, path: str, known: Collection[str]) -> str:
        if not isinstance(value, str) or value not in known:
            known = [str(word) for word in known]  # a hint names the word, not the member of an enumeration
            hint = near_match(value if isinstance(value, str) else "", known) or f"known: {', '.join(sorted(known))}"
            refuse("Not one of the words allowed here.", path, value, code="unknown_word", hint=hint)
        return value

    def integer(self, key: str, default: int) -> int:
        value = self.document.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not INTEGER_MIN <= value <= INTEGER_MAX:
            refuse("A whole number is needed here.", self.at(key), value)
        return value

    def number(self, key: str, default: float | None = None) -> int | float:
        value = default if default is not None and not self.has(key) else self.raw(key)
        return self.number_of(value, self.at(key))

    @staticmethod
    def number_of(value: Any, path: str) -> int | float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            refuse("A number is needed here.", path, value)
        if isinstance(value, int) and not INTEGER_MIN <= value <= INTEGER_MAX:
            refuse("A number must fit 64 bits.", path, value)
        return value

    def flag(self, key: str) -> bool:
        value = self.document.get(key, False)
        if not isinstance(value, bool):
            refuse("true or false is needed here.", self.at(key), value)
        return value

    def items(self, key: str, *, needed: bool = True) -> Iterator[tuple[str, Any]]:
        """(path, item) of a list."""
        if not needed and not self.has(key):
            return
        value = self.raw(key)
        if not isinstance(value, list | tuple):
            refuse("A list is needed here.", self.at(key), value, hint="start each line with a dash")
        for index, item in enumerate(value):
            yield f"{self.at(key)}[{index}]", item

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text stands for a list of one."""
        if isinstance(self.document.get(key), str):
            return (self.document[key],)
        found = []
        for path, item in self.items(key, needed=False):
            if not isinstance(item, str):
                refuse("Text is needed here.", path, item)
            found.append(item)
        return tuple(found)

    def pairs(self, key: str, *, ordered: bool) -> Iterator[tuple[str, str, Any]]:
        """(path, name, value) of a list of ``- name: value`` lines, or of a mapping where the order has no meaning."""
        if not self.has(key):
            return
        value = self.document[key]
        if isinstance(value, dict) and (not ordered or len(value) == 1):
            # Sorted, because a stored mapping has no order.
            value = [{name: value[name]} for name in sorted(value, key=str)]
        if not isinstance(value, list | tuple):
            refuse("Lines of the form '- name: value' are needed here.", self.at(key), value)
        for index, item in enumerate(value):
            path = f"{self.at(key)}[{index}]"
            if not isinstance(item, dict) or len(item) != 1:
                refuse("One 'name: value' is needed here.", path, item)
            name, content = next(iter(item.items()))
            if not isinstance(name, str) or not _NAME.match(name) or len(name) > MAX_NAME_LENGTH:
                refuse(
                    "A name is lower_snake.",
                    path,
                    name,
                    code="invalid_name",
                    hint="within { }, put an expression that has a comma in quotes",
                )
            yield path, name, content

    def scalar(self, key: str) -> Value:
        return self.scalar_of(self.raw(key), self.at(key))

    @staticmethod
    def scalar_of(value: Any, path: str) -> Value:
        """A value of a cell or a fact. YAML dates become days; YAML times are refused, as they may lack an offset."""
        if isinstance(value, float):
            return float(Reader.number_of(value, path))
        if isinstance(value, datetime):
            refuse(
                "Write an instant as text with its offset.", path, str(value), hint="'2026-11-24T06:38:00Z' in quotes"
            )
        if isinstance(value, date):
            return date_to_days(value)
        if value is None or isinstance(value, bool | str):
            return value
        if isinstance(value, int):
            return int(Reader.number_of(value, path))
        refuse("A number, a text, true, false or null is needed here.", path, value)
