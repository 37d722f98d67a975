"""LIKE patterns, matched in time linear in the text for each piece between two ``%``: no regular expression, no blow-up."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Matcher", "pattern_matcher", "pattern_pieces"]

Matcher = Callable[[str], bool]
_ONE = ""
"""Stands for ``_`` in a piece; no character of a text equals it."""


def pattern_pieces(pattern: str, escape: str | None) -> list[list[str]] | None:
    """The pieces between the ``%`` of a pattern, each a list of characters with ``""`` for ``_``.

    None when the escape character is followed by nothing, or by something that needs no escape.
    """
    pieces: list[list[str]] = [[]]
    characters = iter(pattern)
    for character in characters:
        if character == escape:
            following = next(characters, None)
            if following is None or following not in {"%", "_", escape}:
                return None
            pieces[-1].append(following)
        elif character == "%":
            pieces.append([])
        else:
            pieces[-1].append(_ONE if character == "_" else character)
    return pieces


def pattern_matcher(pattern: str, escape: str | None) -> Matcher:
    """A function that says whether a text matches ``pattern``; the pattern has been checked."""
    pieces = pattern_pieces(pattern, escape)
    assert pieces is not None, "parse checks the pattern"
    if all(_ONE not in piece for piece in pieces):
        simple = _without_wildcard_characters(["".join(piece) for piece in pieces])
        if simple is not None:
            return simple
    return _general(pieces)


def _without_wildcard_characters(words: list[str]) -> Matcher | None:
    match words:
        case [word]:
            return word.__eq__
        case [start, ""]:
            return lambda text: text.startswith(start)
        case ["", end]:
            return lambda text: text.endswith(end)
        case ["", inside, ""]:
            return lambda text: inside in text
        case _:
            return None


def _general(pieces: list[list[str]]) -> Matcher:
    first, last = pieces[0], pieces[-1]
    middle = [piece for piece in pieces[1:-1] if piece]

    def matches(text: str) -> bool:
        if len(pieces) == 1:
            return len(text) == len(first) and _fits(first, text, 0)
        if len(text) < len(first) + len(last) or not _fits(first, text, 0):
            return False
        end = len(text) - len(last)
        if not _fits(last, text, end):
            return False
        at = len(first)
        for piece in middle:
            # The leftmost place is always right: it leaves the most for what follows.
            while at + len(piece) <= end and not _fits(piece, text, at):
                at += 1
            if at + len(piece) > end:
                return False
            at += len(piece)
        return True

    return matches


def _fits(piece: list[str], text: str, at: int) -> bool:
    return all(wanted in {_ONE, text[at + index]} for index, wanted in enumerate(piece))
