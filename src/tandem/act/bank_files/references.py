"""References that lead money to its plan: creditor references (ISO 11649), with two check digits and all the rest our own.

A reference says the number of the account and enough of the plan's name to know it by, so none has to be looked up in a book of
references, and a digit that was typed wrongly is seen. What a bank file asks to be moved has an end-to-end id that begins with it.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple

__all__ = ["Reference", "find_references", "order_id", "read_reference", "reference_of", "tag_of"]

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMBER: Final = 8
_TAG: Final = 6
_LONG: Final = 2 + 2 + 1 + _NUMBER + _TAG
_MARK: Final = "T"
_WRITTEN: Final = re.compile(r"RF(?:[ -]?[0-9A-Z]){17}", re.ASCII)


class Reference(NamedTuple):
    """What a reference says.

    Attributes:
        number: of the account. tag: of the plan's name; see ``tag_of``.
    """

    number: int
    tag: str


def reference_of(number: int, plan: str) -> str:
    """The reference of a plan of account ``number``: 19 letters and digits, beginning with ``RF``."""
    body = _MARK + _base36(number, _NUMBER) + tag_of(plan)
    return f"RF{98 - _remainder(body + 'RF00'):02d}{body}"


def tag_of(plan: str) -> str:
    """Six letters and digits for a plan's name."""
    digest = hashlib.sha256(plan.encode()).digest()
    return _base36(int.from_bytes(digest[:4], "big") % 36**_TAG, _TAG)


def read_reference(text: str) -> Reference | None:
    """What ``text`` says if it is one of our references, spaces and hyphens aside; None if a digit is wrong or it is another's."""
    plain = re.sub(r"[ -]", "", text).upper()[:_LONG]
    if (
        len(plain) != _LONG
        or not plain.startswith("RF")
        or plain[4] != _MARK
        or not plain.isalnum()
        or not plain.isascii()
    ):
        return None
    if not plain[2:4].isdigit() or _remainder(plain[4:] + plain[:4]) != 1:
        return None
    return Reference(int(plain[5 : 5 + _NUMBER], 36), plain[5 + _NUMBER :])


def find_references(text: str) -> list[Reference]:
    """All of our references in what somebody wrote, in order, each once."""
    found = (read_reference(match[0]) for match in _WRITTEN.finditer(text.upper()))
    return list(dict.fromkeys(one for one in found if one is not None))


def order_id(number: int, plan: str, purpose: str, attempt: int = 1) -> str:
    """The end-to-end id of an order about a plan, at most 35 characters; another for each attempt.

    Args:
        purpose: ``PO`` to pay it out, ``D`` and the due day to collect what is due.
    """
    return f"{reference_of(number, plan)}-{purpose}" + (f"-{attempt}" if attempt > 1 else "")


def _base36(number: int, digits: int) -> str:
    found = ""
    for _ in range(digits):
        number, digit = divmod(number, 36)
        found = _DIGITS[digit] + found
    assert not number, "an account number has at most eight digits"
    return found


def _remainder(text: str) -> int:
    """ISO 7064 mod 97-10: letters count from 10."""
    return int("".join(str(_DIGITS.index(one)) for one in text)) % 97
