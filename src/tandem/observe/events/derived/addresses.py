"""One door, one key, as far as spelling goes: the same address written two ways gives the same text.

What is done, in words. Case, width, accents, punctuation and blanks are dropped; letters and digits that touch are parted
(``12A`` is ``12 A``). English words of streets, buildings and directions take their postal abbreviation (``Street`` is
``St``, ``Apartment`` is ``Apt``), and ``No`` before a number goes. Of a Chinese address the characters for province and
city go (省, 市, 自治区), Chinese numerals before a number's word become digits (三号楼 is 3号楼), 幢 and 座 are 栋, 层 after a
number is 楼, and 号 and 室 after a number go, but not that of 号楼.

What is not done: nothing is looked up. No geocoding, no correcting of mistakes, no other order of the parts, no
traditional characters for simplified ones, no ``Main`` for ``Main Street``. So two keys that differ may be one door; two
addresses with one key are one door but for rare accidents of spelling.
"""

from __future__ import annotations

import re
from typing import Final

from tandem.observe.events.derived.text import folded, joined, words_of
from tandem.observe.events.limits import IDENTIFIER_LENGTH

__all__ = ["address_key"]

_SHORT: Final = {
    "alley": "aly", "apartment": "apt", "avenue": "ave", "av": "ave", "block": "blk", "boulevard": "blvd",
    "building": "bldg", "circle": "cir", "close": "cl", "court": "ct", "crescent": "cres", "drive": "dr", "east": "e",
    "estate": "est", "floor": "fl", "gardens": "gdns", "grove": "gr", "heights": "hts", "highway": "hwy", "house": "hse",
    "lane": "ln", "mount": "mt", "north": "n", "northeast": "ne", "northwest": "nw", "park": "pk", "parkway": "pkwy",
    "place": "pl", "plaza": "plz", "road": "rd", "room": "rm", "saint": "st", "south": "s", "southeast": "se",
    "southwest": "sw", "square": "sq", "str": "st", "street": "st", "suite": "ste", "terrace": "ter", "tower": "twr",
    "west": "w",
}  # fmt: skip
_NUMBER: Final = frozenset({"no", "nr", "num", "number"})
_NO_ADDRESS: Final = frozenset({"", "n a", "na", "nil", "none", "null", "test", "unknown", "x", "不详", "无", "未知"})
"""What people write into a field that they cannot leave empty: it would join them all."""

_PLACES = re.compile("省|市|(?:壮族|回族|维吾尔)?自治区")
_NUMERALS = re.compile("[零〇一二两三四五六七八九十百]+(?=号|楼|层|室|单元|栋|幢|座|弄|期|组)")
_BUILDING = re.compile("[幢座]")
_STOREY = re.compile(r"(?<=\d)层")
_TOLD = re.compile(r"(?<=\d)(?:号(?![楼院线馆])|室)+")
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TIMES = {"十": 10, "百": 100}


def address_key(text: str) -> str | None:
    """The address in one spelling; None where there is none, or one of more than 255 characters."""
    if len(text) > IDENTIFIER_LENGTH:
        return None
    key = _shortened(folded(text))
    while not key.isascii() and (again := _shortened(_respelled(key))) != key:
        key = again  # what a drop brings together may be dropped itself: 三市号 is 三号 is 3
    return None if key in _NO_ADDRESS or len(key) > IDENTIFIER_LENGTH else key


def _shortened(text: str) -> str:
    kept: list[str] = []
    for word in reversed(words_of(text)):
        if not (word in _NUMBER and kept and kept[-1].isdecimal()):
            kept.append(_SHORT.get(word) or _ascii_digits(word))
    return joined(reversed(kept))


def _respelled(text: str) -> str:
    """A Chinese address with less of what tells nothing."""
    key = _NUMERALS.sub(lambda match: _number(match[0]), _PLACES.sub("", text))
    return _TOLD.sub(" ", _STOREY.sub("楼", _BUILDING.sub("栋", key)))


def _ascii_digits(word: str) -> str:
    return word if word.isascii() or not word.isdecimal() else "".join(str(int(digit)) for digit in word)


def _number(numerals: str) -> str:
    """十二 and 一二 are 12, 一百零三 is 103."""
    if not any(one in _TIMES for one in numerals):
        return "".join(str(_DIGITS[one]) for one in numerals)
    total = digit = 0
    for one in numerals:
        if one in _TIMES:
            total, digit = total + (digit or 1) * _TIMES[one], 0
        else:
            digit = _DIGITS[one]
    return str(total + digit)
