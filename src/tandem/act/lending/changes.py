"""What can happen to an account. Each change is one journal record, with what it posted to the books.

Amounts stand in the readable part beside pseudonyms: whose account it is goes with the person's key, and the books still
sum after an erasure. A change says what it posted, so that the books of last year do not move with a later version of
this program; folding it again and finding another amount is an error.
"""

from __future__ import annotations

from typing import Final, NewType, TypeAlias

import msgspec

from tandem.act.lending.facts import Fact, PlanTerms
from tandem.act.lending.postings import Posting
from tandem.act.products import Day
from tandem.kernel.identity import DecisionId, Digest, Pseudonym

__all__ = [
    "SYSTEM",
    "AccountChange",
    "AccountId",
    "Accrued",
    "Aged",
    "Closed",
    "Drawn",
    "Frozen",
    "Happened",
    "LimitMoved",
    "Opened",
    "Reversed",
    "decode_change",
    "encode_change",
]

AccountId = NewType("AccountId", str)
SYSTEM: Final = "tandem"
"""Who ages accounts."""


class _Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    account: AccountId
    by: str


class Opened(_Change, frozen=True, tag="opened", kw_only=True, omit_defaults=True):
    """Somebody signed.

    Attributes:
        owner: the person or enterprise.
        product: by name; ``terms`` is the digest of the version they signed.
        limit_minor: the most they may owe; None where the product has one draw.
        decision: that approved it; None where it was taken over from another system.
    """

    owner_kind: str
    owner: Pseudonym
    product: str
    terms: Digest
    currency: str
    day: Day
    limit_minor: int | None = None
    decision: DecisionId | None = None


class Drawn(_Change, frozen=True, tag="drawn", kw_only=True, omit_defaults=True):
    """Money went out under ``terms``, in the plan of that name."""

    plan: str
    terms: PlanTerms
    merchant: Pseudonym | None = None
    decision: DecisionId | None = None
    posted: tuple[Posting, ...] = ()


class Happened(_Change, frozen=True, tag="happened", kw_only=True, omit_defaults=True):
    """A fact about a plan, known by ``fact_id``."""

    plan: str
    fact_id: str
    fact: Fact
    posted: tuple[Posting, ...] = ()


class Reversed(_Change, frozen=True, tag="reversed", kw_only=True, omit_defaults=True):
    """A fact had not happened: a debit came back, a waiver was a mistake."""

    plan: str
    fact_id: str
    posted: tuple[Posting, ...] = ()


class LimitMoved(_Change, frozen=True, tag="limit", kw_only=True, omit_defaults=True):
    """The limit is another one now; ``review``: of limits, that asked for it."""

    limit_minor: int
    decision: DecisionId | None = None
    review: str | None = None


class Frozen(_Change, frozen=True, tag="frozen", kw_only=True, omit_defaults=True):
    """Nothing may be drawn, or again: ``frozen`` false. ``review``: of limits, that asked for it."""

    frozen: bool = True
    review: str | None = None


class Closed(_Change, frozen=True, tag="closed", kw_only=True, omit_defaults=True):
    """Nothing is owed and nothing will be drawn."""


class Aged(msgspec.Struct, frozen=True, kw_only=True, tag_field="change", tag="aged"):
    """On ``day`` these accounts were in other buckets of days past due than before.

    Attributes:
        numbers: of the accounts, ascending; buckets: theirs now.
    """

    day: Day
    numbers: tuple[int, ...]
    buckets: tuple[int, ...]
    by: str = SYSTEM


class Accrued(msgspec.Struct, frozen=True, kw_only=True, tag_field="change", tag="accrued"):
    """So much more has been earned by the end of ``day`` than was posted before, by all accounts in a currency together.

    Each amount may be below zero: a payment that was back-dated, or a debit that came back, changes what late cost.
    """

    day: Day
    currency: str
    interest_minor: int
    fee_minor: int
    penalty_minor: int
    posted: tuple[Posting, ...] = ()
    by: str = SYSTEM


AccountChange: TypeAlias = Opened | Drawn | Happened | Reversed | LimitMoved | Frozen | Closed | Aged | Accrued

_DECODER: msgspec.json.Decoder[AccountChange] = msgspec.json.Decoder(AccountChange)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: AccountChange) -> bytes:
    """``change`` as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> AccountChange:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)
