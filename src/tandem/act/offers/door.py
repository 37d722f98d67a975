"""What offers ask of whoever contacts customers. Nothing here sends anything: there is one door, and it is somebody else's."""

from __future__ import annotations

from typing import Protocol

import msgspec

from tandem.act.lending import Account
from tandem.act.offers.types import Channel, Language, Purpose
from tandem.kernel.identity import Pseudonym

__all__ = ["Door", "Message", "Reach", "Sent"]


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """How the owner of an account may be reached, and what is so about them.

    Attributes:
        marks: hardship, a dispute, illness, death and the like; whatever it is, it is no time for offers.
        collected: one of their accounts is in collections, which remind of what is soon due by themselves.
    """

    channels: tuple[Channel, ...]
    language: Language
    marks: frozenset[str] = frozenset()
    collected: bool = False


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be told to the owner of an account.

    Attributes:
        template: the programme that wrote it.
    """

    account: str
    owner: Pseudonym
    channel: Channel
    purpose: Purpose
    language: Language
    template: str
    subject: str | None
    text: str


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What came of telling: a contact on its way, or the rule that stood against it."""

    contact: str
    blocked: str | None = None


class Door(Protocol):
    """The way out. The governor of collections is one."""

    def agreed(self, owner: Pseudonym) -> bool:
        """Whether they agreed to offers, and ask for nothing to be done with their data."""
        ...

    def reach(self, account: Account) -> Reach:
        """How to reach the owner of ``account``, late or not."""
        ...

    def known(self, account: Account) -> Reach | None:
        """The same of who was looked at before; None of anybody else. Nothing is recorded."""
        ...

    def against(self, message: Message) -> str | None:
        """The rule that stands against ``message`` now; nothing is recorded."""
        ...

    def tell(self, message: Message, *, key: str) -> Sent:
        """Let ``message`` out, once for ``key`` however often it is asked.

        Raises:
            Unavailable: it may be on its way; asking again with the same key finds out.
        """
        ...

    def stopped(self, contact: str) -> str | None:
        """The rule by which a contact was withdrawn before it left; None where it was not."""
        ...
