"""How much two texts are alike, from 0 to 1: a name given here and a name given there, two addresses of one order.

The distances are rapidfuzz's. What they are given is folded first, and a Chinese character counts as a word of its own: so
the measures over words are put together here, as rapidfuzz's ``token_sort_ratio`` and ``token_set_ratio`` are, but without
the blanks between characters, which every two Chinese names would have in common. A text in Chinese characters and one
without any have nothing to compare: the answer is missing, and not a zero that would read as two people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from tandem.observe.events.derived.addresses import address_key
from tandem.observe.events.derived.text import HAN, folded, joined, words_of

__all__ = ["METHODS", "address_similarity", "text_similarity"]

METHODS: Final = ("jaro_winkler", "token_sort", "token_set")
"""Character by character, with more weight on how they begin; words in any order; words in any order, where more words on
one side cost nothing (``Li Wei`` and ``Li Wei Ming`` are 1)."""

_DIGITS: Final = 4
_HAN = re.compile(f"[{HAN}]")
_NO_HAN = re.compile(f"[^{HAN}\\s]")

Similarity = Callable[[str, str], float | None]


def text_similarity(method: str) -> Similarity:
    """The likeness of two texts; None where one of them has no word, or where they share no script."""
    return _similarity(method, folded)


def address_similarity(method: str) -> Similarity:
    """The likeness of two addresses, each spelled as its key; None where one of them has none."""
    return _similarity(method, lambda text: address_key(text) or "")


def _similarity(method: str, spelled: Callable[[str], str]) -> Similarity:
    measure = _measure(method)

    def similarity(one: str, other: str) -> float | None:
        first, second = words_of(spelled(one)), words_of(spelled(other))
        if not first or not second or _apart(first, second):
            return None
        # Jaro's search for common characters depends on which text it starts from: it always starts from the lesser.
        first, second = sorted((first, second))
        return round(measure(first, second), _DIGITS)

    return similarity


def _measure(method: str) -> Callable[[list[str], list[str]], float]:
    from rapidfuzz.distance import Indel, JaroWinkler

    def alike(first: Iterable[str], second: Iterable[str]) -> float:
        return Indel.normalized_similarity(joined(first), joined(second))

    def by_sorting(first: list[str], second: list[str]) -> float:
        return alike(sorted(first), sorted(second))

    def by_sets(first: list[str], second: list[str]) -> float:
        both = sorted({*first} & {*second})
        left, right = ([*both, *sorted({*one} - {*both})] for one in (first, second))
        return max(alike(left, right), alike(both, left), alike(both, right)) if both else alike(left, right)

    def by_characters(first: list[str], second: list[str]) -> float:
        return JaroWinkler.similarity(joined(first), joined(second))

    return {"jaro_winkler": by_characters, "token_sort": by_sorting, "token_set": by_sets}[method]


def _apart(first: list[str], second: list[str]) -> bool:
    """Whether one is in Chinese characters and nothing else, and the other has none."""
    one, other = "".join(first), "".join(second)
    return any(
        not _NO_HAN.search(chinese) and not _HAN.search(foreign) for chinese, foreign in ((one, other), (other, one))
    )
