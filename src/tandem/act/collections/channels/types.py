"""What a channel is: something that is opened first, where that can fail without harm, and then hands one contact over."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

import msgspec

from tandem.act.collections.changes import Ending
from tandem.act.collections.governor import Permit
from tandem.act.collections.types import Channel

__all__ = ["Handed", "Line", "NotOpenError", "Outlet"]


class NotOpenError(Exception):
    """The channel cannot be used now; nothing left. ``code`` is stable: ``connection``, ``timeout``, ``login`` ..."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """What the other side said.

    Attributes:
        why: its code.
        invalid: the address is nobody's.
    """

    state: Ending
    why: str = ""
    invalid: bool = False


class Line(Protocol):
    """An open way out."""

    def hand(self, permit: Permit) -> Handed:
        """Hand one contact over; whatever happens is in the answer."""
        ...


class Outlet(Protocol):
    """A channel.

    Attributes:
        repeatable: handing the same contact over again does nothing twice.
    """

    channel: Channel
    repeatable: bool

    def open(self) -> AbstractContextManager[Line]:
        """A way out.

        Raises:
            NotOpenError: not now.
        """
        ...
