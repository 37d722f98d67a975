"""What every part of the channel leans on: the book of customers, and what is a customer's own.

Whatever is somebody else's is absent here, in the same words as what is not there at all; and who came by a merchant's
checkout has nothing but what came of that one invitation, for a merchant did not prove who they are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import msgspec

from tandem.act.books import Book, Draft, Request, Written
from tandem.act.cases import CaseDesk
from tandem.act.channel.changes import (
    Applied,
    CustomerChange,
    InvitationId,
    Invited,
    Sealed,
    decode_change,
    encode_change,
)
from tandem.act.channel.folding import Customers, Standing
from tandem.act.channel.reading import channel_of
from tandem.act.channel.snapshots import customer_shortening
from tandem.act.channel.types import Channel
from tandem.act.lending import Account, LendingDesk, NotAllowed
from tandem.decide.decisions import DecisionProcess, LiveReading
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import Conflict, NotFound, TandemError
from tandem.kernel.identity import EntityKind, Entropy, Pseudonym
from tandem.kernel.time import Clock
from tandem.prove.access import Customer, Principal

__all__ = ["Core", "bought"]

T = TypeVar("T")
_KIND: Final = "customer"


class Core:
    """Shared by the parts of the channel; safe to call from several threads.

    Args:
        process: the one writer.
    """

    def __init__(
        self, process: DecisionProcess, lending: LendingDesk, cases: CaseDesk, *, clock: Clock, entropy: Entropy
    ) -> None:
        self.process = process
        self.lending = lending
        self.cases = cases
        self.clock = clock
        self.entropy = entropy
        self._book: Book[Customers, CustomerChange] = Book(
            process,
            clock,
            kind="customer",
            empty=Customers,
            encode=encode_change,
            decode=decode_change,
            shortening=customer_shortening(),
        )
        self._live: LiveReading[Channel | None] = LiveReading(
            process, channel_of, nothing=None, otherwise="The channel of the live release is closed"
        )

    @property
    def channel(self) -> Channel:
        """What the live release says to customers.

        Raises:
            Conflict: nothing.
        """
        found = self._live.now
        if found is None:
            raise Conflict(
                "This lender has opened no channel for customers.",
                code="no_channel",
                hint="add channels/NAME.yaml and release it; see docs/customer-channel.md",
            )
        return found

    # -- the book ----------------------------------------------------------------------------------------------------

    def look(self, see: Callable[[Customers], T]) -> T:
        """What ``see`` makes of all customers; nothing moves meanwhile, so it must not keep them."""
        with self._book.lock:
            return see(self._book.now)

    def keep(self) -> None:
        """Leave a snapshot of the customers, so that the next start is short."""
        self._book.keep()

    def ask(
        self,
        key: str,
        asked: object,
        change: Callable[[Customers], CustomerChange],
        *,
        sealed: Sealed | None = None,
    ) -> Written[CustomerChange]:
        """Write what ``change`` makes of the customers as they are, once under ``key``.

        Args:
            asked: nothing personal: its digest stands in the readable part. ``hidden`` makes it so.

        Raises:
            Conflict: the key was used for something else. Anything that ``change`` raises: nothing was written.
        """

        def draft(customers: Customers, _now: int) -> Draft[CustomerChange]:
            made = change(customers)
            return Draft(change=made, owner=made.owner, secret=None if sealed is None else encode_change(sealed))

        return self._book.ask(Request(key=key, asked=asked, draft=draft))

    def hidden(self, value: Any) -> str:
        """A digest of ``value`` that nobody outside can guess from candidates: it is keyed."""
        return self.process.vault.pseudonym(EntityKind(_KIND), canonical_bytes(value).decode())

    def opened(self, seq: int) -> Sealed:
        """The personal part of the record at that place; empty where it was erased, or there is none."""
        record = next(iter(self.process.journal.at([seq])), None)
        secret = None if record is None else self.process.journal.open_secret(record)
        return msgspec.json.decode(secret, type=Sealed) if isinstance(secret, bytes) else Sealed()

    # -- what they agreed to, for other rooms ------------------------------------------------------------------------

    def wants_offers(self, owner: Pseudonym) -> bool:
        """Whether offers may be made to them: they asked for them, which nobody is taken to do, and not to be let alone."""

        def see(customers: Customers) -> bool:
            found = customers.of(owner)
            return found.preferred is not None and found.preferred.marketing and found.restricted is None

        return self.look(see)

    def objects(self, owner: Pseudonym) -> bool:
        """Whether an objection of theirs waits for a person."""
        asked = self.look(
            lambda customers: [one for one in customers.of(owner).requests if one.change.about == "objection"]
        )
        for one in asked:
            try:
                case = self.cases.case(one.change.case)
            except TandemError:
                return True
            if not (case.resolved and (case.standing.resolved_at or 0) >= one.at):
                return True
        return False

    # -- what is one's own -------------------------------------------------------------------------------------------

    def standing(self, owner: Pseudonym) -> Standing:
        """A customer as they stand now; a copy."""
        return self.look(lambda customers: msgspec.convert(msgspec.to_builtins(customers.of(owner)), Standing))

    def invitation(self, customer: Customer) -> Invited:
        """What let them in."""
        return self.invited(customer.invitation)

    def invited(self, invitation: str) -> Invited:
        """An invitation, whoever asks.

        Raises:
            NotFound: a pass outlived a journal that was restored from a backup.
        """
        found = self.look(lambda customers: customers.invitations.get(InvitationId(invitation)))
        if found is None:
            raise unknown_invitation(invitation)
        return found

    def reference_of(self, invited: Invited) -> str | None:
        """The merchant's name for a purchase; None where it has none, or it was erased with its customer."""
        return invited.reference or (self._sealed_with(invited).reference if invited.named else None)

    def back_of(self, invited: Invited) -> str | None:
        """Where a customer goes when it is over; None: nowhere."""
        return invited.back or self._sealed_with(invited).back

    def _sealed_with(self, invited: Invited) -> Sealed:
        return self.opened(self.look(lambda customers: customers.places[invited.invitation]))

    def invitation_of(self, by: Principal, invitation: str) -> Invited:
        """An invitation of the caller's own.

        Raises:
            NotFound: there is none, or it is somebody else's.
        """
        found = self.look(lambda customers: customers.invitations.get(InvitationId(invitation)))
        if found is None or found.by != by.name:
            raise unknown_invitation(invitation)
        return found

    def applications(self, customer: Customer) -> list[Applied]:
        """Their applications, newest first."""
        found = list(self.standing(customer.pseudonym).applications.values())
        if customer.merchant is not None:
            found = [one for one in found if one.invitation == customer.invitation]
        return found[::-1]

    def application(self, customer: Customer, decision_id: str) -> Applied:
        """One of their applications, by its decision.

        Raises:
            NotFound: there is none, or it is somebody else's.
        """
        for one in self.applications(customer):
            if one.decision == decision_id:
                return one
        raise NotFound(
            "You have no such application.", code="unknown_application", field="decision_id", value=decision_id
        )

    def accounts(self, customer: Customer) -> list[Account]:
        """Their accounts, oldest first."""
        found = self.lending.look(lambda accounts: accounts.of(customer.pseudonym))
        if customer.merchant is not None:
            own = {str(one.decision) for one in self.applications(customer)}
            found = [one for one in found if one.decision in own]
        return found

    def account_of(self, applied: Applied) -> Account | None:
        """The account that was opened on an application, whether or not its signature is on record yet."""
        return self.lending.look(
            lambda accounts: next((one for one in accounts.of(applied.owner) if one.decision == applied.decision), None)
        )

    def is_bought(self, applied: Applied) -> bool:
        """Whether another application took the purchase of this one; also one whose signature stopped half way."""
        if self.look(lambda customers: customers.bought_by_another(applied.invitation, applied.decision)):
            return True
        if not self.invited(applied.invitation).purchase:
            return False
        others = [
            one
            for one in self.standing(applied.owner).applications.values()
            if one.invitation == applied.invitation and one.decision != applied.decision
        ]
        found = [self.account_of(one) for one in others]
        return any(one is not None and one.draws for one in found)

    def account(self, customer: Customer, account_id: str) -> Account:
        """One of their accounts.

        Raises:
            NotFound: there is none, or it is somebody else's.
        """
        for one in self.accounts(customer):
            if one.account_id == account_id:
                return one
        raise NotFound("You have no such account.", code="unknown_account", field="account", value=account_id)


def unknown_invitation(invitation: str) -> NotFound:
    """What is said of an invitation that is not there, and of one that is not the caller's."""
    return NotFound("No invitation has this id.", code="unknown_invitation", field="invitation", value=invitation)


def bought(invitation: str) -> NotAllowed:
    """What is said where one purchase would be signed a second time."""
    return NotAllowed(
        "This purchase is signed already.", code="bought", field="invitation", value=invitation,
        hint="what was signed stands under your accounts",
    )  # fmt: skip
