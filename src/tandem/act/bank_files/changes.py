"""What can happen between us and a bank. Each change is one journal record, with what it posted to the books.

Amounts and pseudonyms stand in the readable part; who the other side is and what they wrote is sealed, under the key of the
account's owner where that is known, and of the item itself until a person says whose it is. So is where the money of a
proposed order goes to.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from tandem.act.bank_files.pain_writing import OrderKind, Sender
from tandem.act.lending import AccountId, Posting
from tandem.act.products import Day
from tandem.kernel.identity import Digest

__all__ = [
    "Agreed",
    "Assigned",
    "BankChange",
    "DeclineReason",
    "Declined",
    "FileTaken",
    "ItemTaken",
    "Ordered",
    "Outcome",
    "PartyKept",
    "Sent",
    "StatusTaken",
    "Sum",
    "decode_change",
    "encode_change",
]

Outcome: TypeAlias = Literal["matched", "reversed", "cleared", "unmatched"]
"""Paid to a plan; a payment of ours taken back; a pay-out that has left; for a person to look at."""

DeclineReason: TypeAlias = Literal["wrong_party", "wrong_amount", "not_due", "suspicious", "other"]
"""Why a person does not agree to a file: codes and no words, for words would name customers."""


class _Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    by: str


class Ordered(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An order in a file."""

    end_to_end: str
    account: AccountId
    plan: str
    amount_minor: int


class PartyKept(_Change, frozen=True, tag="party", kw_only=True, omit_defaults=True):
    """Where the money of one order of a file goes to or comes from, sealed, until another person has looked at it.

    Attributes:
        key: of the file.
    """

    key: str
    end_to_end: str
    account: AccountId


class Sent(_Change, frozen=True, tag="sent", kw_only=True, omit_defaults=True):
    """A file of orders was made for the bank, under the key of who asked for it.

    Attributes:
        proposed: by a person: nothing of it goes out before another one has agreed. What was written before there was such
            a thing was not.
        sender: of what is proposed, so that the file can be made once it is agreed; the lender's own account.
    """

    key: str
    kind: OrderKind
    message_id: str
    currency: str
    on: Day
    orders: tuple[Ordered, ...]
    proposed: bool = False
    sender: Sender | None = None


class Agreed(_Change, frozen=True, tag="agreed", kw_only=True, omit_defaults=True):
    """Another person agreed to a proposed file; it may go out."""

    message_id: str


class Declined(_Change, frozen=True, tag="declined", kw_only=True, omit_defaults=True):
    """Another person did not agree to a proposed file; it never goes out, and its orders may be made again."""

    message_id: str
    reason: DeclineReason


class ItemTaken(_Change, frozen=True, tag="item", kw_only=True, omit_defaults=True):
    """A movement of a bank account was taken in.

    Attributes:
        item: what it is known by, 32 hex digits.
        why: the code of what keeps it from being matched.
        original: end-to-end id of what came back.
        fact_id: of the payment it became, or that it took back.
    """

    item: str
    alike: str
    file: Digest
    at: str
    outcome: Outcome
    amount_minor: int
    currency: str
    incoming: bool
    booked: Day
    valued: Day
    charges_minor: int = 0
    why: str | None = None
    returned: str | None = None
    account: AccountId | None = None
    plan: str | None = None
    end_to_end: str | None = None
    fact_id: str | None = None
    posted: tuple[Posting, ...] = ()


class Assigned(_Change, frozen=True, tag="assigned", kw_only=True, omit_defaults=True):
    """A person said what an unmatched item is: a payment of a plan, a charge of the bank's, or of other books.

    Attributes:
        to: ``payment``, ``return`` (of the payment ``fact_id``), ``payout``, ``charge`` or ``elsewhere``.
    """

    item: str
    to: Literal["payment", "return", "payout", "charge", "elsewhere"]
    account: AccountId | None = None
    plan: str | None = None
    fact_id: str | None = None
    posted: tuple[Posting, ...] = ()


class StatusTaken(_Change, frozen=True, tag="status", kw_only=True, omit_defaults=True):
    """The bank said what became of an order."""

    end_to_end: str
    status: str
    reason: str | None = None


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """How many, and how much in minor units of one currency; signed, what came in above zero."""

    count: int = 0
    minor: int = 0

    def plus(self, minor: int) -> Sum:
        """One more."""
        return Sum(count=self.count + 1, minor=self.minor + minor)


class FileTaken(_Change, frozen=True, tag="file", kw_only=True, omit_defaults=True):
    """A file was taken in, all of it.

    Attributes:
        sums: by currency and then by outcome (``again`` of what was known before); they are the file's net movement.
        left_out: entries that are not booked.
    """

    file: Digest
    version: str
    message_id: str
    sums: dict[str, dict[str, Sum]] = {}
    statuses: dict[str, int] = {}
    left_out: int = 0


BankChange: TypeAlias = PartyKept | Sent | Agreed | Declined | ItemTaken | Assigned | StatusTaken | FileTaken

_DECODER: msgspec.json.Decoder[BankChange] = msgspec.json.Decoder(BankChange)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: BankChange) -> bytes:
    """``change`` as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> BankChange:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)
