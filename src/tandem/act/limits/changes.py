"""What can happen to a review of limits, as journal records of kind ``limit_review``.

A review is drawn up once for a strategy and a day; what it asks of each account follows in records of their own, so that
no record grows with the book. Nothing personal stands in any of them: accounts are named by their ids.
"""

from __future__ import annotations

from typing import Final, Literal, NewType, TypeAlias

import msgspec

from tandem.act.limits.types import MoveKind, SolverFacts
from tandem.act.products import Day
from tandem.kernel.identity import Digest

__all__ = [
    "AT_ONCE",
    "Agreed",
    "Asked",
    "DrawnUp",
    "Ended",
    "Line",
    "LineState",
    "Listed",
    "Moved",
    "ReviewChange",
    "ReviewId",
    "Settled",
    "Totals",
    "decode_change",
    "encode_change",
]

ReviewId = NewType("ReviewId", str)
AT_ONCE: Final = 1_000
"""Accounts in one record."""
LineState: TypeAlias = Literal["proposed", "noticed", "offered", "due", "moved", "declined", "lapsed", "dropped"]
"""Proposed; told and waiting; offered and waiting; to be moved now; moved; the customer said no; it held no more; the whole
review was declined."""


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What a review asks of one account; amounts in minor units, over the strategy's horizon.

    Attributes:
        step: name of it; kind: what it does.
        from_minor, to_minor: the limit.
        grade, band: where the account stands, by name.
        pd: of its grade.
        revenue_minor, loss_minor: expected after the step; held_revenue_minor, held_loss_minor: if the limit stayed.
        reasons: codes, the most important first.
        most_minor: what it can afford; None: not known.
    """

    account: str
    step: str
    kind: MoveKind
    from_minor: int
    to_minor: int
    grade: str
    band: str
    pd: float
    revenue_minor: int
    loss_minor: int
    held_revenue_minor: int
    held_loss_minor: int
    reasons: tuple[str, ...] = ()
    most_minor: int | None = None


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """All accounts of a review together, after the steps that it proposes and if every limit stayed."""

    accounts: int
    held_out: int
    limit_minor: int
    held_limit_minor: int
    balance_minor: int
    held_balance_minor: int
    revenue_minor: int
    held_revenue_minor: int
    loss_minor: int
    held_loss_minor: int
    steps: dict[str, int] = {}


class _Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    review: ReviewId
    by: str


class DrawnUp(_Change, frozen=True, tag="drawn_up", kw_only=True, omit_defaults=True):
    """A review: what was chosen for all accounts of a product, as they were on ``day``.

    Attributes:
        terms: digest of the strategy.
        moving: accounts that it would move, in the records that follow.
    """

    strategy: str
    terms: Digest
    product: str
    currency: str
    day: Day
    moving: int
    totals: Totals
    solver: SolverFacts


class Listed(_Change, frozen=True, tag="listed", kw_only=True, omit_defaults=True):
    """Some of the accounts that a review would move."""

    lines: tuple[Line, ...]


class Agreed(_Change, frozen=True, tag="agreed", kw_only=True, omit_defaults=True):
    """Another person let it go ahead: decreases are told, increases offered, freezes due at once.

    Attributes:
        decreases_on: the day on which decreases count. offered_until: the last day to consent; None: no consent is needed.
    """

    day: Day
    decreases_on: Day
    offered_until: Day | None = None


class Ended(_Change, frozen=True, tag="ended", kw_only=True, omit_defaults=True):
    """The review was declined before it went ahead; ``note`` says why."""

    note: str


class Asked(_Change, frozen=True, tag="asked", kw_only=True, omit_defaults=True):
    """The customer said to an increase: yes, or no."""

    account: str
    day: Day
    consents: bool


class Moved(_Change, frozen=True, tag="moved", kw_only=True, omit_defaults=True):
    """The limit is what the review asked for, on the account itself; or nothing may be drawn."""

    account: str
    day: Day


class Settled(_Change, frozen=True, tag="settled", kw_only=True, omit_defaults=True):
    """What the review asked of an account does not hold any more; ``why`` is a code."""

    account: str
    day: Day
    why: str


ReviewChange: TypeAlias = DrawnUp | Listed | Agreed | Ended | Asked | Moved | Settled

_DECODER: msgspec.json.Decoder[ReviewChange] = msgspec.json.Decoder(ReviewChange)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: ReviewChange) -> bytes:
    """``change`` as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> ReviewChange:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)
