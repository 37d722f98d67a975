"""Text as it is compared: case, width and accents aside, cut into words; a Chinese character is a word.

Names and addresses are written in as many ways as there are forms to fill in. What is left after folding is for comparing
only and is shown to nobody, so it may lose what tells nothing: ``ＪＯＳÉ O’Neil`` and ``jose oneil`` fold to one text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

__all__ = ["HAN", "folded", "joined", "words_of"]

HAN: Final = "〇々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for use inside the brackets of a regular expression."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_WORDS = re.compile(rf"[{HAN}]|\d+|[^\W\d_{HAN}]+")
_BESIDE_HAN = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])")


def folded(text: str) -> str:
    """``text`` without case, width (NFKC), accents and apostrophes; folding it again changes nothing."""
    if text.isascii():
        return _APOSTROPHES.sub("", text.lower())
    # Folding case of what is decomposed, twice: Unicode's compatibility caseless match (D146). Accents go in between.
    bare = _APOSTROPHES.sub("", text)
    for _ in range(2):
        bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", bare).casefold())
    return _APOSTROPHES.sub("", unicodedata.normalize("NFKC", bare))


def words_of(text: str) -> list[str]:
    """Chinese characters one by one, numbers, and words of letters, in their order; all else divides."""
    return _WORDS.findall(text)


def joined(words: Iterable[str]) -> str:
    """Words with blanks between them, but none beside a Chinese character."""
    spaced = " ".join(words)
    return spaced if spaced.isascii() else _BESIDE_HAN.sub("", spaced)
