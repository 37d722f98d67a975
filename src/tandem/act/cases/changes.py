"""What can happen to a case. Each change is one journal record; who did it and why cannot be rewritten.

The readable part holds names, codes and pseudonyms. What people write (a note, a reason) and the money at stake may be
personal: they are the sealed part, under the key of the person the case is about.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

from tandem.kernel.identity import DecisionId, EventId, Pseudonym
from tandem.kernel.time import Micros

__all__ = [
    "SYSTEM",
    "Assigned",
    "CaseChange",
    "Escalated",
    "Evidence",
    "Joined",
    "Labelled",
    "Noted",
    "Opened",
    "Proposed",
    "Reopened",
    "Resolved",
    "Returned",
    "Sealed",
    "Seconded",
    "Snoozed",
    "Undone",
    "decode_change",
    "decode_sealed",
    "encode_change",
    "encode_sealed",
]

SYSTEM: Final = "tandem"
"""Who opens cases and records labels."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A decision that a case is about.

    Attributes:
        decision_seq: its place in the journal; its event stands at ``event_seq``.
        probability: what the queue's score said; None where nothing was scored.
    """

    decision_id: DecisionId
    decision_seq: int
    event_id: EventId
    event_seq: int
    event_type: str
    policy: str
    outcome: str
    reasons: tuple[str, ...] = ()
    probability: float | None = None


class _Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    case: str
    by: str


class Opened(_Change, frozen=True, tag="opened", kw_only=True, omit_defaults=True):
    """A decision asked for a person, and no case about its entity was open; or something did that no decision is about.

    Attributes:
        evidence: None where no decision is behind it; then ``topic`` says what is, and ``reason`` is a code of why.
    """

    queue: str
    due_at: Micros
    entity_kind: str
    entity: Pseudonym
    evidence: Evidence | None = None
    subject: Pseudonym | None = None
    topic: str | None = None
    reason: str | None = None


class Joined(_Change, frozen=True, tag="joined", kw_only=True, omit_defaults=True):
    """Another decision about the same entity."""

    queue: str
    due_at: Micros
    evidence: Evidence


class Assigned(_Change, frozen=True, tag="assigned", kw_only=True, omit_defaults=True):
    """Somebody works on it; ``to`` None gives it back to the queue."""

    to: str | None = None


class Snoozed(_Change, frozen=True, tag="snoozed", kw_only=True, omit_defaults=True):
    """Left alone until ``until``; it wakes by the clock."""

    until: Micros


class Escalated(_Change, frozen=True, tag="escalated", kw_only=True, omit_defaults=True):
    """Moved to another queue, for anybody there."""

    queue: str
    due_at: Micros


class Noted(_Change, frozen=True, tag="noted", kw_only=True, omit_defaults=True):
    """Somebody wrote something down; the words are sealed."""


class Proposed(_Change, frozen=True, tag="proposed", kw_only=True, omit_defaults=True):
    """A disposition that another person has to agree to."""

    disposition: str
    adverse: bool | None = None


class Resolved(_Change, frozen=True, tag="resolved", kw_only=True, omit_defaults=True):
    """It is over; ``adverse`` says what label follows, None that none does."""

    disposition: str
    adverse: bool | None = None


class Seconded(_Change, frozen=True, tag="seconded", kw_only=True, omit_defaults=True):
    """Another person agreed to what was proposed."""


class Returned(_Change, frozen=True, tag="returned", kw_only=True, omit_defaults=True):
    """Another person did not agree; it goes back to whoever proposed."""


class Reopened(_Change, frozen=True, tag="reopened", kw_only=True, omit_defaults=True):
    """It was not over."""

    due_at: Micros


class Undone(_Change, frozen=True, tag="undone", kw_only=True, omit_defaults=True):
    """The last change was taken back by who made it."""


class Labelled(_Change, frozen=True, tag="labelled", kw_only=True, omit_defaults=True):
    """The disposition stands in the journal as events: by decision id, the event id.

    Attributes:
        round: of the resolution that it records.
        skipped: decisions that could not be labelled, with the code of why not.
    """

    round: int
    events: dict[str, EventId] = {}
    skipped: dict[str, str] = {}


CaseChange: TypeAlias = (
    Opened
    | Joined
    | Assigned
    | Snoozed
    | Escalated
    | Noted
    | Proposed
    | Resolved
    | Seconded
    | Returned
    | Reopened
    | Undone
    | Labelled
)


class Sealed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The sealed part of a change: what somebody wrote, or the money at stake in minor units."""

    text: str | None = None
    at_stake_minor: int | None = None


_DECODER: msgspec.json.Decoder[CaseChange] = msgspec.json.Decoder(CaseChange)
_SEALED = msgspec.json.Decoder(Sealed)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: CaseChange) -> bytes:
    """``change`` as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> CaseChange:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)


def encode_sealed(sealed: Sealed) -> bytes:
    """``sealed`` as canonical JSON."""
    return _ENCODER.encode(sealed)


def decode_sealed(data: bytes) -> Sealed:
    """The inverse of ``encode_sealed``."""
    return _SEALED.decode(data)
