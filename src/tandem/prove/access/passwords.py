"""Which passwords may be chosen: long enough, and not among those tried first (NIST 800-63B, ASVS 5.0 V6.2).

No composition rules, no expiry: both make people choose worse. What is refused is what every list of guesses begins
with: common words dressed in digits, rows of the keyboard, repetitions, and the names at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from tandem.kernel.errors import InvalidInput

__all__ = ["PASSWORD_MAX", "PASSWORD_MIN", "checked_password"]

PASSWORD_MIN: Final = 12
PASSWORD_MAX: Final = 256
_DISGUISES: Final = str.maketrans("@4310$57!", "aaeiossti")
_WRAPPING: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_SIGNS: Final = re.compile(r"[\W_]+")
_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890")
_DIFFERENT_MIN: Final = 5


def checked_password(password: str, *, names: Iterable[str] = ()) -> str:
    """``password`` if it may be chosen.

    Args:
        names: of the person, the workspace, the product: what a guesser who knows them tries.

    Raises:
        InvalidInput: it may not; the value is never told.
    """
    if len(password) < PASSWORD_MIN:
        _refuse(
            f"A password has at least {PASSWORD_MIN} characters.", "password_too_short", "a few words are a good one"
        )
    if len(password) > PASSWORD_MAX:
        _refuse(f"A password has at most {PASSWORD_MAX} characters.", "password_too_long", "shorten it")
    if "\0" in password or not _encodable(password):
        _refuse("A password is text.", "password_not_text", "leave out characters that are none")
    if _is_common(password.casefold(), {_SIGNS.sub("", name.casefold()) for name in names}):
        _refuse(
            "That password is among the first that a guesser tries.",
            "password_too_common",
            "take a few words that do not belong together",
        )
    return password


def _is_common(lowered: str, names: set[str]) -> bool:
    if len(set(lowered)) < _DIFFERENT_MIN or _walks(lowered):
        return True
    words = _common() | {name for name in names if len(name) >= 3}
    bare = _SIGNS.sub("", lowered)
    undressed = _WRAPPING.sub("", lowered)
    candidates = {bare, _WRAPPING.sub("", bare), undressed.translate(_DISGUISES), lowered.translate(_DISGUISES)}
    return any(_made_of(_SIGNS.sub("", one), words) for one in candidates)


def _made_of(text: str, words: set[str]) -> bool:
    """Whether ``text`` is one to three of ``words`` in a row, with at most two characters around each."""
    if not text:
        return False
    reached = {0}
    for _ in range(3):
        following = set()
        for start in reached:
            for word in words:
                for gap in range(3):
                    if text.startswith(word, start + gap):
                        following.add(start + gap + len(word))
        if any(len(text) - end <= 2 for end in following):
            return True
        reached = following
    return False


def _walks(text: str) -> bool:
    """Whether most steps are to a neighbour on the keyboard or in the alphabet, or stay where they are."""
    steps = [first == second or any(_near(row, first, second) for row in _ROWS) for first, second in pairwise(text)]
    return sum(steps) >= 0.8 * len(steps)


def _near(row: str, first: str, second: str) -> bool:
    return first + second in row or second + first in row


@cache
def _common() -> set[str]:
    text = files(__package__).joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return {line for line in text.splitlines() if line and not line.startswith("#")}


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse(detail: str, code: str, hint: str) -> None:
    raise InvalidInput(detail, code=code, field="password", hint=hint)
