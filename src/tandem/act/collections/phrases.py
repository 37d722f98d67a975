"""Finding a phrase in what is said, however it is spaced, spelled or dressed up.

Text is folded first: full-width and other compatibility forms become plain, case goes, marks over letters and invisible
characters go. A Chinese phrase is then looked for among the characters alone, so nothing put between them hides it. A
phrase of words is looked for between the borders of words, with anything that is no letter allowed inside and digits,
signs and Cyrillic letters that look like Latin ones taken for these; "assault" is not found in "salt", nor "sue" in
"issue".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from tandem.act.collections.rules import Wording

__all__ = ["Speech", "found_in"]

_ALIKE: Final = {
    "a": "a4@\u0430", "b": "b8", "c": "c\u0441", "e": "e3\u0435", "g": "g9", "h": "h\u043d", "i": "i1!|\u0456", "k": "k\u043a",
    "l": "l1|", "m": "m\u043c", "o": "o0\u043e", "p": "p\u0440", "s": "s5$\u0455", "t": "t7+\u0442", "x": "x\u0445", "y": "y\u0443",
}  # fmt: skip
_INSIDE: Final = r"[^a-z0-9\u4e00-\u9fff]{0,3}"
"""What may stand between two letters of a word without hiding it."""


class Speech:
    """What is said, folded once and searched for many phrases.

    Attributes:
        plain: in lower case and plain letters; letters: these without anything between.
    """

    def __init__(self, text: str) -> None:
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        self.plain = "".join(one for one in decomposed if unicodedata.category(one) not in {"Mn", "Cf", "Me"})
        self.letters = "".join(one for one in self.plain if one.isalnum())

    def holds_characters(self, phrase: str) -> bool:
        """Whether the characters of ``phrase`` come one after the other, whatever stands between."""
        return Speech(phrase).letters in self.letters

    def holds_words(self, phrase: str) -> bool:
        """Whether the words of ``phrase`` come one after the other, as words."""
        return _pattern(phrase).search(self.plain) is not None


def found_in(speech: Speech, wording: Wording) -> str | None:
    """The first phrase of ``wording`` that is said; None if none is."""
    for phrase in wording.zh:
        if speech.holds_characters(phrase):
            return phrase
    return next((phrase for phrase in wording.en if speech.holds_words(phrase)), None)


@lru_cache(maxsize=4_096)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = []
    for word in Speech(phrase).plain.split():
        letters = [f"[{re.escape(_ALIKE.get(one, one))}]" for one in word if one.isalnum()]
        if letters:
            words.append(_INSIDE.join(letters))
    body = r"[^a-z0-9]{0,10}".join(words)
    return re.compile(rf"(?<![a-z0-9]){body}(?![a-z0-9])")
