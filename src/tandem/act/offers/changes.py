"""What can happen to an offer. Each change is one journal record of kind ``offer``; none can be taken out again.

Pseudonyms, amounts, days and what was drawn stand in the readable part; there is no other: what was written to somebody is in the
record of the contact that it became.
"""

from __future__ import annotations

from typing import Final, Literal, NewType, TypeAlias

import msgspec

from tandem.act.offers.choosing import Chosen, ChosenBy
from tandem.act.offers.subject import Subject
from tandem.act.offers.types import Channel, OfferKind
from tandem.act.products import Day
from tandem.act.trials import Arm
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.values import Row

__all__ = [
    "SYSTEM",
    "Answer",
    "Answered",
    "Blocked",
    "Closed",
    "Decided",
    "OfferChange",
    "OfferId",
    "Outcome",
    "Told",
    "decode_change",
    "encode_change",
    "offer_id",
]

OfferId = NewType("OfferId", str)
Fact: TypeAlias = int | float | None
"""What a programme may look at is a number, or not known."""
SYSTEM: Final = "tandem"
Answer: TypeAlias = Literal["accepted", "refused"]
Outcome: TypeAlias = Literal["paid", "took", "refused", "nothing"]


class _Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    offer: OfferId
    owner: Pseudonym
    by: str


class Decided(_Change, frozen=True, tag="decided", kw_only=True, omit_defaults=True):
    """It was decided to offer something, or nothing; either is on record, with how likely it was.

    Attributes:
        terms: digest of the programme.
        facts: what was known then; what a model learns from.
        until: the last day on which what comes of it counts.
    """

    programme: str
    kind: OfferKind
    terms: Digest
    account: str
    product: str
    currency: str
    day: Day
    until: Day
    arm: Arm
    chosen_by: ChosenBy
    propensity: float
    why: str
    stake_minor: int
    subject: Subject
    facts: dict[str, Fact]
    channel: Channel | None = None
    gain: float | None = None


class Told(_Change, frozen=True, tag="told", kw_only=True, omit_defaults=True):
    """A contact is on its way with it."""

    contact: str


class Blocked(_Change, frozen=True, tag="blocked", kw_only=True, omit_defaults=True):
    """It was not told after all: a rule stood against it as it was to leave. It still counts in its arm."""

    why: str


class Answered(_Change, frozen=True, tag="answered", kw_only=True, omit_defaults=True):
    """The customer answered.

    Attributes:
        never: they want this programme never again.
    """

    answer: Answer
    day: Day
    never: bool = False


class Closed(_Change, frozen=True, tag="closed", kw_only=True, omit_defaults=True):
    """What came of it by the end of its days; of what was not offered, too.

    Attributes:
        share: of what was at stake, paid or turned into a plan, 0 to 1.
        paid_minor: everything paid on the account in these days.
        late: whether anything was late when they were over.
    """

    outcome: Outcome
    share: float
    paid_minor: int
    late: bool
    day: Day


OfferChange: TypeAlias = Decided | Told | Blocked | Answered | Closed

_DECODER: msgspec.json.Decoder[OfferChange] = msgspec.json.Decoder(OfferChange)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: OfferChange) -> bytes:
    """``change`` as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> OfferChange:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)


def offer_id(programme: str, account: str, day: Day) -> OfferId:
    """The id of what is decided for an account on a day: the same however often it is decided."""
    return OfferId(f"off_{digest_of_bytes(canonical_bytes([programme, account, day]))[:24]}")


def decided(
    programme: str, kind: OfferKind, terms: Digest, *, owner: Pseudonym, account: str, product: str, currency: str,
    day: Day, until: Day, chosen: Chosen, subject: Subject, facts: Row,
) -> Decided:  # fmt: skip
    """The record of what was chosen."""
    return Decided(
        offer=offer_id(programme, account, day), owner=owner, by=SYSTEM, programme=programme, kind=kind, terms=terms,
        account=account, product=product, currency=currency, day=day, until=until, arm=chosen.arm,
        chosen_by=chosen.chosen_by, propensity=chosen.propensity, why=chosen.why, stake_minor=subject.stake_minor,
        subject=subject, facts=msgspec.convert(facts, dict[str, Fact]), channel=chosen.channel, gain=chosen.gain,
    )  # fmt: skip
