"""The words of papers, in both languages, and figures as people read them."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Final

import msgspec

from tandem.act.products import Day
from tandem.decide.letters import Language, amount_in_words, date_in_words
from tandem.kernel.money import Money
from tandem.kernel.time import Micros, days_to_date, format_instant

__all__ = ["LANGUAGES", "Speaker", "words_of"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh-CN")


@functools.cache
def words_of(language: Language) -> dict[str, str]:
    """Every word of ``language``, by key."""
    path = resources.files("tandem.act.papers") / "words" / f"{language}.json"
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str])


class Speaker:
    """Says things in one language and one currency."""

    def __init__(self, language: Language, currency: str) -> None:
        self.language: Language = language
        self.currency = currency
        self._words = words_of(language)

    def __call__(self, key: str, **places: object) -> str:
        """The words under ``key``, with its places filled."""
        found = self._words[key]
        return found.format(**places) if places else found

    def money(self, minor: int) -> str:
        """An amount with its currency."""
        return amount_in_words(minor, self.currency, self.language)

    def figure(self, minor: int) -> str:
        """An amount without its currency, for a column."""
        return f"{Money(minor, self.currency).major():,}"

    def day(self, day: Day) -> str:
        """A day in words."""
        return date_in_words(days_to_date(day), self.language)

    def short_day(self, day: Day) -> str:
        """A day for a column."""
        return days_to_date(day).isoformat()

    def instant(self, at: Micros) -> str:
        """An instant, to the minute."""
        return f"{format_instant(at)[:16].replace('T', ' ')} UTC"

    def per_cent(self, bps: float) -> str:
        """Basis points as a percentage, without zeros that say nothing."""
        return f"{bps / 100:.4f}".rstrip("0").rstrip(".")

    def joined(self, parts: list[str]) -> str:
        """Parts of a sentence, in order."""
        return self("joined").join(parts)
