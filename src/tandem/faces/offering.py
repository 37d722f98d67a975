"""Offers, wired: by the governor of collections they leave, and what customers said in their own channel speaks for or against them.

The rooms of the wing know nothing of each other; here is said what one of them asks of another.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.act.channel import Core
from tandem.act.collections import Blocked, CollectionsDesk, DebtorFile, Said, Telling
from tandem.act.collections import Purpose as ContactPurpose
from tandem.act.lending import Account, LendingDesk
from tandem.act.offers import CHANNELS, Message, Reach, Sent
from tandem.kernel.errors import TandemError
from tandem.kernel.identity import Pseudonym

__all__ = ["Governed", "OfferBars"]

_DISPUTE: Final = "dispute"


class OfferBars:
    """What stands against an offer as it is wanted and as it leaves: whatever was so when it was decided may have changed.

    Args:
        customers: where they agree to offers, and object.
    """

    def __init__(self, lending: LendingDesk, customers: Core) -> None:
        self._lending = lending
        self._customers = customers

    def __call__(self, owner: Pseudonym, account: str, purpose: ContactPurpose) -> str | None:
        """The built-in rule; None where nothing stands against it and, where it needs their consent, they gave it."""
        try:
            about = self._lending.account(account)
        except TandemError:
            return "offer_to_nobody"
        day = self._lending.today()
        others = self._lending.look(lambda accounts: accounts.of(owner))
        late = any(one.state == "written_off" or (not one.ended and one.days_past_due(day) > 0) for one in others)
        if about.owner != owner or about.state != "open" or late:
            return "offer_not_performing"
        if self._customers.objects(owner):
            return "offer_marked"
        if purpose != "service" and not self._customers.wants_offers(owner):
            return "offer_no_consent"
        return None


class Governed:
    """The door of offers: the governor and the outbox of collections."""

    def __init__(self, collections: CollectionsDesk, customers: Core) -> None:
        self._telling = Telling(collections)
        self._customers = customers

    def agreed(self, owner: Pseudonym) -> bool:
        """As ``Door``: what they said in their own channel."""
        return self._customers.wants_offers(owner)

    def reach(self, account: Account) -> Reach:
        """As ``Door``."""
        return self._reach(account, self._telling.file(account))

    def known(self, account: Account) -> Reach | None:
        """As ``Door``."""
        file = self._telling.known(account)
        return None if file is None else self._reach(account, file)

    def against(self, message: Message) -> str | None:
        """As ``Door``: by the conduct rules."""
        return self._telling.against(_said(message))

    def tell(self, message: Message, *, key: str) -> Sent:
        """As ``Door``."""
        judged = self._telling.tell(_said(message), key=key)
        blocked = judged.verdict.first.rule if isinstance(judged.verdict, Blocked) else None
        return Sent(contact=judged.contact, blocked=blocked)

    def stopped(self, contact: str) -> str | None:
        """As ``Door``."""
        return self._telling.stopped(contact)

    def _reach(self, account: Account, file: DebtorFile) -> Reach:
        marks = frozenset(str(one) for one in file.marks)
        if self._customers.objects(account.owner):
            marks |= {_DISPUTE}
        ways = self._telling.channels(file)
        return Reach(
            channels=tuple(one for one in CHANNELS if one in ways), language=file.language, marks=marks,
            collected=self._telling.collected(account.owner),
        )  # fmt: skip


def _said(message: Message) -> Said:
    return msgspec.convert(msgspec.to_builtins(message), Said)
