"""Lots that come out the same however often they are drawn: by a keyed hash of who or what they are drawn for. Pure."""

from __future__ import annotations

import hashlib
from typing import Final, Literal, TypeAlias

from tandem.decide.policy import Splitter
from tandem.kernel.identity import Pseudonym

__all__ = ["Arm", "Lots", "drawn"]

Arm: TypeAlias = Literal["treated", "held_out"]
_TREATED: Final = "treated"
_SPAN: Final = 2**64


class Lots:
    """Who is held out: by a keyed hash of the owner, so it is the same every time, and all accounts of one go together.

    Args:
        share: of all owners that are held out, 0 to 1.
        salt: another one draws others; say in it what is tried, so that two trials do not hold out the same people.
    """

    def __init__(self, share: float, salt: str) -> None:
        percent = 100.0 * share
        self._splitter = Splitter.between([(_TREATED, 100.0 - percent), ("held_out", percent)], salt)

    def of(self, owner: Pseudonym) -> Arm:
        """The arm of all accounts of ``owner``."""
        return "treated" if self._splitter.arm_of(owner) == _TREATED else "held_out"


def drawn(*of: object) -> float:
    """A number from 0 up to 1 that is always the same for ``of`` and spread evenly over accounts and days."""
    digest = hashlib.sha256("|".join(map(str, of)).encode()).digest()
    return int.from_bytes(digest[:8], "big") / _SPAN
