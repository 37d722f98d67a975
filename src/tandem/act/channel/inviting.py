"""Letting customers in, and what whoever let them in is told of it: little, and only of their own invitations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias
from urllib.parse import urlencode, urlsplit

import msgspec

from tandem.act.channel.changes import InvitationId, Invited, Sealed
from tandem.act.channel.core import Core
from tandem.act.lending import Done, NotAllowed, Refunded
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import EntityKind, Pseudonym, new_id
from tandem.kernel.time import SECOND
from tandem.prove.access import Act, Customer, CustomerPasses, Principal

__all__ = ["InvitationMade", "InvitationState", "InvitationStatus", "Inviting", "Wanted"]

InvitationState: TypeAlias = Literal["open", "signed", "refunded"]
"""``open``: nothing was signed. Whether somebody was declined, looked at by a person or went away is theirs to tell."""
_VALUES_MAX: Final = 40


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a program wants a customer to be let in for; see ``Invited``.

    Attributes:
        key: of the caller; asked again under it, the invitation is the same.
        identifier: who they are, as events name them.
        values: fields of the application that the program knows; the customer is not asked for them.
        life: microseconds in which the pass can be used.
    """

    key: str
    identifier: str
    acts: tuple[Act, ...]
    life: int
    kind: str = "person"
    product: str | None = None
    amount_minor: int | None = None
    reference: str | None = None
    back: str | None = None
    values: Mapping[str, object] = {}


class InvitationMade(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation and the pass to it, which is told this once."""

    invitation: InvitationId
    token: str


class InvitationStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever invited is told.

    Attributes:
        paid_minor: what the customer drew for the purchase; refunded_minor: of it, given back.
    """

    invitation: InvitationId
    state: InvitationState
    reference: str | None
    amount_minor: int | None
    paid_minor: int
    refunded_minor: int


class Inviting:
    """Safe to call from several threads."""

    def __init__(self, core: Core, passes: CustomerPasses) -> None:
        self._core = core
        self._passes = passes

    def invite(self, wanted: Wanted, *, by: Principal) -> InvitationMade:
        """Let a customer in.

        Raises:
            InvalidInput: an identifier, kind, act, product, amount or address that cannot be taken.
            Conflict: the lender has no channel, or the key was used for another invitation.
        """
        merchant = self._passes.merchant_of(by)
        self._check(wanted, () if merchant is None else merchant.origins)
        owner = self._owner(wanted)
        invitation = InvitationId(new_id("inv", self._core.clock, self._core.entropy))
        change = Invited(
            owner=owner,
            by=by.name,
            invitation=invitation,
            kind=wanted.kind,
            acts=tuple(str(one) for one in wanted.acts),
            merchant=None if merchant is None else merchant.merchant,
            product=wanted.product,
            amount_minor=wanted.amount_minor,
            named=wanted.reference is not None,
        )
        # What is asked for is compared by a digest: of it all, with the values hidden by a key, so nobody finds it by trying.
        fixed = msgspec.structs.replace(
            change, invitation=InvitationId(""), named=False, reference=wanted.reference, back=wanted.back
        )
        asked = {"change": msgspec.to_builtins(fixed), "values": self._core.hidden(dict(wanted.values))}
        sealed = Sealed(
            identifier=wanted.identifier, reference=wanted.reference, back=wanted.back, values=dict(wanted.values)
        )
        written = self._core.ask(f"invite:{by.name}:{wanted.key}", asked, lambda _: change, sealed=sealed).change
        assert isinstance(written, Invited), "what was asked"
        token = self._passes.issue(
            kind=wanted.kind,
            pseudonym=owner,
            invitation=written.invitation,
            acts=wanted.acts,
            by=by,
            life=wanted.life,
        )
        return InvitationMade(invitation=written.invitation, token=token)

    def status(self, invitation: str, *, by: Principal) -> InvitationStatus:
        """What became of an invitation.

        Raises:
            NotFound: there is none of the caller's.
        """
        invited = self._core.invitation_of(by, invitation)
        signed = self._core.look(lambda customers: customers.signed_by(invitation))
        paid = refunded = 0
        if signed is not None and signed.plan is not None:
            draw = self._core.lending.account(signed.account).draws[signed.plan]
            paid = draw.plan.terms.principal_minor
            refunded = sum(one.amount_minor for one in draw.facts.values() if isinstance(one, Refunded))
        return InvitationStatus(
            invitation=invited.invitation,
            state="open" if signed is None else "refunded" if refunded and refunded >= paid else "signed",
            reference=self._core.reference_of(invited),
            amount_minor=invited.amount_minor,
            paid_minor=paid,
            refunded_minor=refunded,
        )

    def refund(self, invitation: str, *, refund_id: str, amount_minor: int, by: Principal) -> Done:
        """The merchant gives back all or part of its own purchase.

        Raises:
            NotFound: no such invitation of the caller's. NotAllowed: nothing was bought by it, or less than that is left.
            Conflict: the id was used for another amount.
        """
        self._core.invitation_of(by, invitation)
        signed = self._core.look(lambda customers: customers.signed_by(invitation))
        if signed is None or signed.plan is None:
            raise NotAllowed("Nothing was bought by this.", code="nothing_bought", field="invitation", value=invitation)
        key = f"refund:{invitation}:{refund_id}"
        return self._core.lending.refund(signed.account, signed.plan, amount_minor, key=key, by=by.name, own="channel")

    def way_back(self, customer: Customer) -> str | None:
        """Where a customer goes when it is over, signed so that a merchant can see that it is from here; None: nowhere.

        The message that is signed is ``invitation.state.seconds``; it says no more than the state that a merchant is told.
        """
        invited = self._core.invitation(customer)
        back = self._core.back_of(invited)
        if back is None:
            return None
        signed = self._core.look(lambda customers: customers.signed_by(invited.invitation))
        state, at = "open" if signed is None else "signed", str(self._core.clock.now() // SECOND)
        signature = self._passes.signature(customer.key, f"{invited.invitation}.{state}.{at}".encode())
        told = {"invitation": invited.invitation, "state": state, "at": at, "signature": signature or ""}
        joint = "&" if urlsplit(back).query else "?"
        return f"{back}{joint}{urlencode(told)}"

    def _check(self, wanted: Wanted, origins: tuple[str, ...]) -> None:
        channel = self._core.channel
        if wanted.product is not None and wanted.product not in channel.products:
            raise InvalidInput(
                "Customers cannot apply for that by themselves.",
                code="not_in_channel",
                field="product",
                value=wanted.product,
                hint="one of " + ", ".join(channel.products),
            )
        if len(wanted.values) > _VALUES_MAX:
            raise InvalidInput("Too many values.", code="too_many_values", field="values", value=len(wanted.values))
        if wanted.back is not None:
            parts = urlsplit(wanted.back)
            if f"{parts.scheme}://{parts.netloc}" not in origins:
                raise InvalidInput(
                    "The way back leads to none of the merchant's own pages.",
                    code="foreign_address",
                    field="back",
                    value=wanted.back,
                    hint="an address below an origin that the key was made with",
                )

    def _owner(self, wanted: Wanted) -> Pseudonym:
        if not wanted.identifier.strip():
            raise InvalidInput("Somebody is let in.", code="empty_identifier", field="identifier")
        known = self._core.process.pseudonyms_of(wanted.identifier)
        owner = known.get(EntityKind(wanted.kind))
        if owner is None:
            raise InvalidInput(
                "No event is about such.",
                code="unknown_entity_kind",
                field="kind",
                value=wanted.kind,
                hint="one of " + ", ".join(known),
            )
        return owner
