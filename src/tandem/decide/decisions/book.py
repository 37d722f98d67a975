"""What the book has seen: the values that earlier decisions on the same type of event looked at.

A suggestion outside of what anybody ever applied with is a suggestion that nobody can follow. Looked at are the decisions before
the one in question, so that what is suggested does not change as the book grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from tandem.decide.decisions.records import decode_body, personal_of
from tandem.decide.decisions.turning import is_number
from tandem.kernel.values import Value
from tandem.observe.journal import Journal, Record

__all__ = ["BOOK_LAST", "BOOK_LEAST", "Book", "book_before", "book_of"]

BOOK_LAST: Final = 500
"""Decisions looked at, at most."""
BOOK_LEAST: Final = 50
"""With fewer, the book says nothing: it has seen too little."""
_LOOK_BACK: Final = 20_000
_STRIDE: Final = 2_000


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """Values seen, by column.

    Attributes:
        decisions: that were looked at.
        ranges: smallest and largest number; choices: texts and truth values.
    """

    decisions: int = 0
    ranges: Mapping[str, tuple[float, float]] = {}
    choices: Mapping[str, frozenset[Value]] = {}

    @property
    def speaks(self) -> bool:
        """Whether it has seen enough to rule anything out."""
        return self.decisions >= BOOK_LEAST


def book_before(record: Record, event_type: str, journal: Journal) -> Book:
    """The book as it was when the decision of ``record`` was taken; erased persons are not in it."""

    def rows() -> Iterator[Mapping[str, Any]]:
        for earlier in _backwards(record.seq - 1, journal):
            if decode_body(earlier.clear).trail.event_type == event_type:
                used = personal_of(earlier, journal)
                if used is not None:
                    yield used.inputs

    return book_of(rows())


def book_of(rows: Iterable[Mapping[str, Any]]) -> Book:
    """The book that the first ``BOOK_LAST`` of ``rows`` make."""
    count = 0
    ranges: dict[str, tuple[float, float]] = {}
    choices: dict[str, set[Value]] = {}
    for row in rows:
        count += 1
        for name, value in row.items():
            if is_number(value):
                low, high = ranges.get(name, (value, value))
                ranges[name] = (min(low, value), max(high, value))
            elif isinstance(value, str | bool):
                choices.setdefault(name, set()).add(value)
        if count == BOOK_LAST:
            break
    return Book(decisions=count, ranges=ranges, choices={name: frozenset(seen) for name, seen in choices.items()})


def _backwards(last: int, journal: Journal) -> Iterator[Record]:
    stop = max(0, last - _LOOK_BACK)
    while last > stop:
        first = max(stop + 1, last - _STRIDE + 1)
        yield from reversed(list(journal.read(first, last, kinds=["decision"])))
        last = first - 1
