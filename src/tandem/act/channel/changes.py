"""What can happen in a customer's channel. Each change is one journal record; what is personal in it is sealed for its owner.

Amounts, digests and pseudonyms stand in the readable part; identifiers, what was filled in and what somebody wrote do not.
"""

from __future__ import annotations

from typing import Final, Literal, NewType, TypeAlias

import msgspec

from tandem.kernel.identity import DecisionId, Digest, Pseudonym

__all__ = [
    "ApplicationBegun",
    "Applied",
    "Asked",
    "Confirmed",
    "ConsentGiven",
    "ConsentWithdrawn",
    "CustomerChange",
    "Disclosed",
    "InvitationId",
    "Invited",
    "Preferred",
    "RequestAbout",
    "Restricted",
    "Sealed",
    "Signed",
    "decode_change",
    "encode_change",
]

InvitationId = NewType("InvitationId", str)
RequestAbout: TypeAlias = Literal["objection", "human", "correction", "automated_decision", "erasure"]


class _Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    owner: Pseudonym
    by: str


class Invited(_Change, frozen=True, tag="invited", kw_only=True, omit_defaults=True):
    """A program let somebody in. Sealed: who they are, what it knows of them, how it names the purchase, where they go after it.

    Attributes:
        merchant: the merchant's own id, as events name it.
        named: the merchant has a name for the purchase.
        reference, back: that name and that address where an earlier version wrote them in the open; sealed since.
    """

    invitation: InvitationId
    kind: str
    acts: tuple[str, ...]
    merchant: str | None = None
    product: str | None = None
    amount_minor: int | None = None
    named: bool = False
    reference: str | None = None
    back: str | None = None

    @property
    def purchase(self) -> bool:
        """Whether it is to one purchase, which is signed once; else who was let in may take several things."""
        told = self.named or self.reference is not None
        return self.merchant is not None or self.amount_minor is not None or told


class ApplicationBegun(_Change, frozen=True, tag="application_begun", kw_only=True, omit_defaults=True):
    """They applied; the time of the record is the time of the event. Sealed: what was filled in."""

    invitation: InvitationId
    event: str
    product: str


class Applied(_Change, frozen=True, tag="applied", kw_only=True, omit_defaults=True):
    """It was decided."""

    invitation: InvitationId
    event: str
    product: str
    decision: DecisionId


class Disclosed(_Change, frozen=True, tag="disclosed", kw_only=True, omit_defaults=True):
    """The table of costs was put before them. Sealed: the table.

    Attributes:
        least_seconds: how long it has to be there before it can be confirmed; ``source``: who says so, in the language of the table.
    """

    disclosure: Digest
    decision: DecisionId
    term: int
    amount_minor: int
    language: str
    least_seconds: int
    source: str


class Confirmed(_Change, frozen=True, tag="confirmed", kw_only=True, omit_defaults=True):
    """They confirmed that they read it; ``seconds``: how long it had been before them, by the server's clock."""

    disclosure: Digest
    seconds: int


class Signed(_Change, frozen=True, tag="signed", kw_only=True, omit_defaults=True):
    """They signed, having confirmed ``disclosure``."""

    invitation: InvitationId
    decision: DecisionId
    disclosure: Digest
    account: str
    plan: str | None = None
    amount_minor: int = 0


class ConsentGiven(_Change, frozen=True, tag="consent_given", kw_only=True, omit_defaults=True):
    """They agreed to one thing; ``text``: digest of what they read, ``language`` in which.

    Attributes:
        checkout: the invitation by a merchant that it was said at, and that it holds for alone; None: they said it themselves.
    """

    consent: str
    text: Digest
    language: str
    invitation: InvitationId
    checkout: InvitationId | None = None


class ConsentWithdrawn(_Change, frozen=True, tag="consent_withdrawn", kw_only=True, omit_defaults=True):
    """They agree to it no more; ``checkout`` as of what was agreed to."""

    consent: str
    checkout: InvitationId | None = None


class Preferred(_Change, frozen=True, tag="preferred", kw_only=True, omit_defaults=True):
    """What is done with their data: whether offers are made to them, and whether a program alone may decide against them."""

    marketing: bool
    automated: bool


class Asked(_Change, frozen=True, tag="asked", kw_only=True, omit_defaults=True):
    """They asked for something that a person answers, in a case. Sealed: their words."""

    request: str
    about: RequestAbout
    invitation: InvitationId
    case: str
    decision: DecisionId | None = None


class Restricted(_Change, frozen=True, tag="restricted", kw_only=True, omit_defaults=True):
    """They asked for erasure, and law keeps the records: nothing is done with them but keeping and what is owed.

    Attributes:
        until: the day they can be erased, as far as it is known; None while an account is open.
    """

    until: int | None = None


CustomerChange: TypeAlias = (
    Invited
    | ApplicationBegun
    | Applied
    | Disclosed
    | Confirmed
    | Signed
    | ConsentGiven
    | ConsentWithdrawn
    | Preferred
    | Asked
    | Restricted
)


class Sealed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The personal part of a change.

    Attributes:
        identifier: the real one, of who was invited.
        reference: the merchant's name for a purchase; back: where to go when it is over.
        values: fields of the application: what the inviting program knows, or what was filled in.
        text: what somebody wrote.
        disclosure: the table of costs as it was read.
    """

    identifier: str = ""
    reference: str | None = None
    back: str | None = None
    values: dict[str, object] = {}
    text: str = ""
    disclosure: dict[str, object] = {}


_DECODER: Final[msgspec.json.Decoder[CustomerChange]] = msgspec.json.Decoder(CustomerChange)
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")


def encode_change(change: CustomerChange | Sealed) -> bytes:
    """``change``, or its personal part, as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> CustomerChange:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)
