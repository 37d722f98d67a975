"""What can happen in collections. Each change is one journal record of kind ``contact``; none can be taken out again.

The readable part holds pseudonyms, amounts, days and what was judged. Numbers, names and words said are the sealed part,
under the debtor's key: they go with the person, and what was counted still counts.
"""

from __future__ import annotations

from typing import Final, Literal, NewType, TypeAlias

import msgspec

from tandem.act.collections.conduct import Block
from tandem.act.collections.file import AgreedHours, ContactId, PointId, PointKind
from tandem.act.collections.rules import Mark, Whose
from tandem.act.collections.types import Channel, Choice, Purpose, Situation, Step
from tandem.act.products import Day
from tandem.kernel.identity import Pseudonym

__all__ = [
    "SYSTEM",
    "Change",
    "ContactAbout",
    "ContactBlocked",
    "ContactEnded",
    "ContactSent",
    "ContactWanted",
    "Described",
    "DisputeEnded",
    "DisputeId",
    "Disputed",
    "Ending",
    "Entered",
    "Known",
    "Left",
    "Marked",
    "Noted",
    "OfferEnded",
    "OfferId",
    "OfferKind",
    "OfferOutcome",
    "Offered",
    "Placed",
    "PointAdded",
    "PointMoved",
    "PromiseEnded",
    "PromiseId",
    "PromiseOutcome",
    "Promised",
    "Proposed",
    "Recalled",
    "Sealed",
    "Spared",
    "Taken",
    "WhyLeft",
    "decode_change",
    "decode_sealed",
    "encode_change",
    "encode_sealed",
]

PromiseId = NewType("PromiseId", str)
DisputeId = NewType("DisputeId", str)
OfferId = NewType("OfferId", str)

SYSTEM: Final = "tandem"
"""Who makes automatic contacts and settles promises."""

Ending: TypeAlias = Literal["delivered", "answered", "unanswered", "refused", "failed", "unclear", "withdrawn"]
PromiseOutcome: TypeAlias = Literal["kept", "partly", "broken", "withdrawn"]
OfferKind: TypeAlias = Literal["settlement", "restructure"]
OfferOutcome: TypeAlias = Literal["accepted", "declined", "lapsed", "met", "missed"]
"""``accepted``: agreed and not yet carried out; ``met``: paid and waived, or the new schedule begun; ``missed``: agreed, and not
paid in time."""
WhyLeft: TypeAlias = Literal["paid", "written_off", "closed"]


class _Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    debtor: Pseudonym
    by: str


class Entered(_Change, frozen=True, tag="entered", kw_only=True, omit_defaults=True):
    """An account came into collections: something is late, or soon due.

    Attributes:
        oldest_due: the day that days past due are counted from; None where nothing is late.
    """

    account: str
    owner_kind: str
    product: str
    currency: str
    day: Day
    oldest_due: Day | None = None


class Left(_Change, frozen=True, tag="left", kw_only=True, omit_defaults=True):
    """Nothing is late any more, or nothing is expected.

    Attributes:
        paid_minor: what was paid since it entered.
    """

    account: str
    why: WhyLeft
    day: Day
    paid_minor: int = 0


class Known(_Change, frozen=True, tag="known", kw_only=True, omit_defaults=True):
    """An account on which nothing is late became known, so that its owner can be told of offers; it is not in collections."""

    account: str
    owner_kind: str
    product: str
    currency: str
    day: Day


class PointAdded(_Change, frozen=True, tag="point_added", kw_only=True, omit_defaults=True):
    """A number or an address; itself, and whose it is, sealed."""

    point: PointId
    kind: PointKind
    whose: Whose = "debtor"


class PointMoved(_Change, frozen=True, tag="point_moved", kw_only=True, omit_defaults=True):
    """What is so about a number now; None: as before."""

    point: PointId
    invalid: bool | None = None
    opted_out: bool | None = None
    refused: bool | None = None


class Described(_Change, frozen=True, tag="described", kw_only=True):
    """How a debtor is to be dealt with; all of it, each time."""

    zone: str | None
    language: Literal["en", "zh-CN"]
    agreed_hours: AgreedHours | None
    off: tuple[Channel, ...]
    consents: tuple[Purpose, ...]


class Marked(_Change, frozen=True, tag="marked", kw_only=True, omit_defaults=True):
    """Something is so about a debtor, or no longer."""

    mark: Mark
    on: bool = True


class ContactAbout(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a contact is.

    Attributes:
        rules: the rule set it was judged by.
        choice, situation: why it was chosen; None where a person wanted it.
    """

    account: str
    channel: Channel
    point: PointId
    whose: Whose
    purpose: Purpose
    step: Step
    rules: str | None
    template: str | None = None
    agency: str | None = None
    choice: Choice | None = None
    situation: Situation | None = None


class ContactWanted(_Change, frozen=True, tag="wanted", kw_only=True, omit_defaults=True):
    """No rule stood against it; it counts from here on, and is on its way. What is to be said is sealed."""

    contact: ContactId
    about: ContactAbout


class ContactBlocked(_Change, frozen=True, tag="blocked", kw_only=True, omit_defaults=True):
    """Rules stood against it; it was not made.

    Attributes:
        rule: the first of them; blocks: all, as they were worded.
    """

    contact: ContactId
    about: ContactAbout
    rule: str
    blocks: tuple[Block, ...]


class ContactSent(_Change, frozen=True, tag="sent", kw_only=True, omit_defaults=True):
    """It was judged again and goes out now: written before anything leaves."""

    contact: ContactId


class ContactEnded(_Change, frozen=True, tag="ended", kw_only=True, omit_defaults=True):
    """What came of it.

    Attributes:
        why: a code: of the mail server, the gateway, the rule that stood against it by then.
        minutes: a person's time.
    """

    contact: ContactId
    state: Ending
    why: str = ""
    minutes: float = 0.0


class Promised(_Change, frozen=True, tag="promised", kw_only=True, omit_defaults=True):
    """The debtor will pay so much by the end of ``due``.

    Attributes:
        paid_before: payments of its day or a later one that stood in the account when it was made, as plan and fact: they
            do not keep it.
    """

    promise: PromiseId
    account: str
    amount_minor: int
    due: Day
    day: Day
    contact: ContactId | None = None
    paid_before: tuple[tuple[str, str], ...] = ()


class PromiseEnded(_Change, frozen=True, tag="promise_ended", kw_only=True, omit_defaults=True):
    """What was paid of it by its day, as the account has it."""

    promise: PromiseId
    outcome: PromiseOutcome
    paid_minor: int
    day: Day


class Disputed(_Change, frozen=True, tag="disputed", kw_only=True, omit_defaults=True):
    """The debtor says it is not owed, or not so; why is sealed."""

    dispute: DisputeId
    account: str
    day: Day


class DisputeEnded(_Change, frozen=True, tag="dispute_ended", kw_only=True, omit_defaults=True):
    """It was looked into."""

    dispute: DisputeId
    upheld: bool
    day: Day


class Offered(_Change, frozen=True, tag="offered", kw_only=True, omit_defaults=True):
    """The lender would take less at once, or make another schedule, until the end of ``until``.

    Attributes:
        amount_minor: that settles everything; count: instalments of the new schedule.
        plans: what it is about, by name: what was open then, never what is drawn later.
        paid_minor: what had been paid on them before it, which counts towards nothing.
    """

    offer: OfferId
    account: str
    kind: OfferKind
    until: Day
    day: Day
    amount_minor: int | None = None
    count: int | None = None
    rate_bps: int | None = None
    plans: tuple[str, ...] = ()
    paid_minor: int = 0


class OfferEnded(_Change, frozen=True, tag="offer_ended", kw_only=True, omit_defaults=True):
    """What the debtor made of it; and, once that was yes, what became of it."""

    offer: OfferId
    outcome: OfferOutcome
    day: Day


class Proposed(_Change, frozen=True, tag="proposed", kw_only=True, omit_defaults=True):
    """The strategy would do what needs a person."""

    account: str
    choice: Choice
    day: Day


class Spared(_Change, frozen=True, tag="spared", kw_only=True, omit_defaults=True):
    """A lot fell, and nothing is done about the account on that day: what contacts are measured against, and learnt from."""

    account: str
    choice: Choice
    situation: Situation


class Placed(_Change, frozen=True, tag="placed", kw_only=True, omit_defaults=True):
    """An agency collects it now; owed_minor: what was due and unpaid then."""

    account: str
    agency: str
    day: Day
    owed_minor: int


class Recalled(_Change, frozen=True, tag="recalled", kw_only=True, omit_defaults=True):
    """The lender collects it again; paid_minor: what was paid meanwhile."""

    account: str
    day: Day
    paid_minor: int


class Taken(_Change, frozen=True, tag="taken", kw_only=True, omit_defaults=True):
    """Somebody works on it; ``to`` None gives it back to the queue."""

    account: str
    to: str | None = None


class Noted(_Change, frozen=True, tag="noted", kw_only=True, omit_defaults=True):
    """Somebody wrote something down; the words are sealed."""

    account: str


Change: TypeAlias = (
    Entered
    | Known
    | Left
    | PointAdded
    | PointMoved
    | Described
    | Marked
    | ContactWanted
    | ContactBlocked
    | ContactSent
    | ContactEnded
    | Promised
    | PromiseEnded
    | Disputed
    | DisputeEnded
    | Offered
    | OfferEnded
    | Proposed
    | Spared
    | Placed
    | Recalled
    | Taken
    | Noted
)


class Sealed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The sealed part of a change.

    Attributes:
        value: a number or an address; name: whose; relation: what they are to the debtor.
        subject, text: what was said or written.
    """

    value: str | None = None
    name: str | None = None
    relation: str | None = None
    subject: str | None = None
    text: str | None = None


_DECODER: msgspec.json.Decoder[Change] = msgspec.json.Decoder(Change)
_SEALED = msgspec.json.Decoder(Sealed)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: Change) -> bytes:
    """``change`` as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> Change:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)


def encode_sealed(sealed: Sealed) -> bytes:
    """``sealed`` as canonical JSON."""
    return _ENCODER.encode(sealed)


def decode_sealed(data: bytes) -> Sealed:
    """The inverse of ``encode_sealed``."""
    return _SEALED.decode(data)
