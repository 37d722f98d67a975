"""What can happen to an account. Each change is one journal record, with what it posted to the books.

Amounts stand in the readable part beside pseudonyms: whose account it is goes with the person's key, and the books still
sum after an erasure. What somebody wrote about it is sealed under that key. A change says what it posted, so that the books of last year do not move with a later version of
this program; folding it again and finding another amount is an error.
"""

from __future__ import annotations

from typing import Final, NewType, TypeAlias

import msgspec

from tandem.act.lending.acts import Act, ProposalId, Reason
from tandem.act.lending.facts import Fact, PlanTerms
from tandem.act.lending.postings import Posting
from tandem.act.products import Day
from tandem.kernel.identity import DecisionId, Digest, Pseudonym
from tandem.kernel.time import Micros

__all__ = [
    "SYSTEM",
    "AccountChange",
    "AccountId",
    "Accrued",
    "Aged",
    "Agreed",
    "Closed",
    "Declined",
    "Drawn",
    "Frozen",
    "GradeMoved",
    "Happened",
    "LimitMoved",
    "Opened",
    "Proposed",
    "Reversed",
    "Withdrawn",
    "decode_change",
    "decode_note",
    "encode_change",
    "encode_note",
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
        disclosure: digest of the table of costs that the customer had read and confirmed, where they signed by themselves.
    """

    owner_kind: str
    owner: Pseudonym
    product: str
    terms: Digest
    currency: str
    day: Day
    limit_minor: int | None = None
    decision: DecisionId | None = None
    disclosure: Digest | None = None


class Drawn(_Change, frozen=True, tag="drawn", kw_only=True, omit_defaults=True):
    """Money went out under ``terms``, in the plan of that name; ``elsewhere``: from another system, before it was taken over."""

    plan: str
    terms: PlanTerms
    merchant: Pseudonym | None = None
    decision: DecisionId | None = None
    posted: tuple[Posting, ...] = ()
    elsewhere: bool = False


class Happened(_Change, frozen=True, tag="happened", kw_only=True, omit_defaults=True):
    """A fact about a plan, known by ``fact_id``."""

    plan: str
    fact_id: str
    fact: Fact
    posted: tuple[Posting, ...] = ()
    reason: Reason | None = None


class Reversed(_Change, frozen=True, tag="reversed", kw_only=True, omit_defaults=True):
    """A fact had not happened: a debit came back, a waiver was a mistake."""

    plan: str
    fact_id: str
    posted: tuple[Posting, ...] = ()
    reason: Reason | None = None


class LimitMoved(_Change, frozen=True, tag="limit", kw_only=True, omit_defaults=True):
    """The limit is another one now; ``review``: of limits, that asked for it."""

    limit_minor: int
    decision: DecisionId | None = None
    reason: Reason | None = None
    review: str | None = None


class Frozen(_Change, frozen=True, tag="frozen", kw_only=True, omit_defaults=True):
    """Nothing may be drawn, or again: ``frozen`` false. ``review``: of limits, that asked for it."""

    frozen: bool = True
    reason: Reason | None = None
    review: str | None = None


class GradeMoved(_Change, frozen=True, tag="graded", kw_only=True, omit_defaults=True):
    """A decision on something that its owner did says another grade of risk, or other flags, than stood before.

    Attributes:
        before, grade: the grade that stood, and the one that stands now; None where none was ever said.
        flags: all that stand now, in the order of the product.
        decision, decision_seq, policy: the decision, its place in the journal, and what took it.
        occurred_at: of its event.
    """

    before: str | None
    grade: str | None
    flags: tuple[str, ...]
    decision: DecisionId
    decision_seq: int
    policy: str
    occurred_at: Micros


class Closed(_Change, frozen=True, tag="closed", kw_only=True, omit_defaults=True):
    """Nothing is owed and nothing will be drawn."""

    reason: Reason | None = None


class Proposed(_Change, frozen=True, tag="proposed", kw_only=True, omit_defaults=True):
    """Somebody asks for what another person has to agree to. Until then nothing has moved.

    Attributes:
        fact_id: what the fact will be known by.
        cost_minor: what the lender would give up by it as things stand.
    """

    proposal: ProposalId
    act: Act
    reason: Reason
    fact_id: str = ""
    cost_minor: int = 0


class Agreed(_Change, frozen=True, tag="agreed", kw_only=True, omit_defaults=True):
    """Another person agreed, and it is done: ``made`` is what it came to, in the name of who proposed it."""

    proposal: ProposalId
    made: Happened | Reversed | LimitMoved | Frozen


class Declined(_Change, frozen=True, tag="declined", kw_only=True, omit_defaults=True):
    """Another person did not agree."""

    proposal: ProposalId


class Withdrawn(_Change, frozen=True, tag="withdrawn", kw_only=True, omit_defaults=True):
    """Whoever proposed it does not ask for it any more."""

    proposal: ProposalId


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


AccountChange: TypeAlias = (
    Opened
    | Drawn
    | Happened
    | Reversed
    | LimitMoved
    | Frozen
    | GradeMoved
    | Closed
    | Proposed
    | Agreed
    | Declined
    | Withdrawn
    | Aged
    | Accrued
)


class _Sealed(msgspec.Struct, frozen=True):
    note: str


_DECODER: msgspec.json.Decoder[AccountChange] = msgspec.json.Decoder(AccountChange)
_SEALED = msgspec.json.Decoder(_Sealed)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: AccountChange) -> bytes:
    """``change`` as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> AccountChange:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)


def encode_note(note: str) -> bytes:
    """What somebody wrote beside a change, as the part of its record that is sealed."""
    return _ENCODER.encode(_Sealed(note))


def decode_note(data: bytes) -> str:
    """The note that ``encode_note`` wrote."""
    return _SEALED.decode(data).note
