"""A sentence in both languages, and the values that stand in it."""

from __future__ import annotations

from typing import Any, Final

import msgspec

__all__ = ["Sentence", "cut", "shown"]

_TEXT_MAX: Final = 200


class Sentence(msgspec.Struct, frozen=True):
    """The same said twice."""

    en: str
    zh: str

    def filled(self, **parts: object) -> Sentence:
        """With ``parts`` in the places of their names."""
        return Sentence(self.en.format(**parts), self.zh.format(**parts))


def shown(value: Any) -> str:
    """``value`` of a definition as people read it; cut where it is long."""
    return cut(_text(value))


def cut(text: str) -> str:
    """``text``, its end left out where it is long."""
    return text if len(text) <= _TEXT_MAX else text[: _TEXT_MAX - 1] + "…"


def _text(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(item)}" for key, item in value.items())
    return " ".join(str(value).split())
