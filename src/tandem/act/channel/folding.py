"""Customers as the fold of what happened in their channel: pure, and without anything personal, which stays sealed."""

from __future__ import annotations

import msgspec

from tandem.act.channel.changes import (
    ApplicationBegun,
    Applied,
    Asked,
    Confirmed,
    ConsentGiven,
    ConsentWithdrawn,
    CustomerChange,
    Disclosed,
    Invited,
    Preferred,
    Restricted,
    Signed,
)
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros

__all__ = ["ConsentStanding", "Customers", "CustomersKept", "Request", "Shown", "Standing"]


class Shown(msgspec.Struct, kw_only=True):
    """A table of costs that was put before somebody, and since when."""

    change: Disclosed
    since: Micros
    confirmed_at: Micros | None = None


class ConsentStanding(msgspec.Struct, kw_only=True):
    """A consent and whether it holds."""

    change: ConsentGiven
    given_at: Micros
    withdrawn_at: Micros | None = None


class Request(msgspec.Struct, kw_only=True):
    """Something that a person answers."""

    change: Asked
    at: Micros


class Standing(msgspec.Struct, kw_only=True):
    """One customer.

    Attributes:
        applications: by decision; ``signed``: by decision.
        disclosures: by digest.
        consents: by the merchant's invitation that they were given at, empty for what they said themselves; then by name.
        seqs: places of their records in the journal.
    """

    applications: dict[str, Applied] = {}
    signed: dict[str, Signed] = {}
    disclosures: dict[str, Shown] = {}
    consents: dict[str, dict[str, ConsentStanding]] = {}
    requests: list[Request] = []
    preferred: Preferred | None = None
    restricted: Restricted | None = None
    seqs: list[int] = []

    def take(self, change: CustomerChange, at: Micros) -> None:
        """What follows for them from ``change``."""
        match change:
            case Applied():
                self.applications[change.decision] = change
            case Disclosed() | Confirmed():
                self._read(change, at)
            case Signed():
                self.signed[change.decision] = change
            case ConsentGiven():
                agreed = self.consents.setdefault(change.checkout or "", {})
                agreed[change.consent] = ConsentStanding(change=change, given_at=at)
            case ConsentWithdrawn():
                self.consents[change.checkout or ""][change.consent].withdrawn_at = at
            case Preferred():
                self.preferred = change
            case Asked():
                self.requests.append(Request(change=change, at=at))
            case Restricted():
                self.restricted = change
            case Invited() | ApplicationBegun():
                pass  # what it was is in its record; what came of it is in the next

    def _read(self, change: Disclosed | Confirmed, at: Micros) -> None:
        if isinstance(change, Disclosed):
            self.disclosures.setdefault(change.disclosure, Shown(change=change, since=at))
        else:
            self.disclosures[change.disclosure].confirmed_at = at

    def agreed(self, checkout: str | None) -> dict[str, ConsentStanding]:
        """What they agreed to at a merchant's checkout, or, with None, themselves."""
        return self.consents.get(checkout or "", {})

    @property
    def automated(self) -> bool:
        """Whether a program alone may decide against them."""
        return self.preferred is None or self.preferred.automated


class CustomersKept(msgspec.Struct, frozen=True, kw_only=True):
    """All customers; ``places``: where each invitation stands in the journal, in their order."""

    invitations: list[Invited]
    places: list[int]
    customers: dict[Pseudonym, Standing]


class Customers:
    """Every customer; ``apply`` changes in journal order, then ask."""

    def __init__(self) -> None:
        self.invitations: dict[str, Invited] = {}
        self.places: dict[str, int] = {}
        """Where each invitation stands in the journal."""
        self._customers: dict[Pseudonym, Standing] = {}

    def __len__(self) -> int:
        return len(self._customers)

    def kept(self) -> CustomersKept:
        """All of them as they are, for a snapshot, which is encoded before anything moves."""
        return CustomersKept(
            invitations=list(self.invitations.values()), places=list(self.places.values()), customers=self._customers
        )

    @classmethod
    def restored(cls, kept: CustomersKept) -> Customers:
        """The customers that ``kept`` was taken of."""
        found = cls()
        found.invitations = {one.invitation: one for one in kept.invitations}
        found.places = dict(zip(found.invitations, kept.places, strict=True))
        found._customers = kept.customers
        return found

    def of(self, owner: Pseudonym) -> Standing:
        """The customer of that pseudonym; somebody of whom nothing is known is one, too."""
        found = self._customers.get(owner)
        return Standing() if found is None else found

    def signed_by(self, invitation: str) -> Signed | None:
        """What was signed on an invitation."""
        invited = self.invitations.get(invitation)
        signed = () if invited is None else self.of(invited.owner).signed.values()
        return next((one for one in signed if one.invitation == invitation), None)

    def bought_by_another(self, invitation: str, decision: str | None) -> bool:
        """Whether the purchase of an invitation was signed on, by another decision than that one."""
        invited, signed = self.invitations.get(invitation), self.signed_by(invitation)
        return invited is not None and invited.purchase and signed is not None and signed.decision != decision

    def apply(self, change: CustomerChange, seq: int, at: Micros) -> None:
        """Take in ``change``, whose record stands at ``seq`` and was recorded at ``at``."""
        if isinstance(change, Invited):
            self.invitations[change.invitation] = change
            self.places[change.invitation] = seq
        one = self._customers.setdefault(change.owner, Standing())
        one.seqs.append(seq)
        one.take(change, at)
