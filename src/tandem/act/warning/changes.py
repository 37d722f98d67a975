"""What can happen to a warning. Each change is one journal record; who did it, and on which decision, cannot be rewritten.

The readable part holds names, codes, reasons as they were said, and pseudonyms. What people write is the sealed part, under
the key of the person it is about.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.act.warning.rules import Action, Severity
from tandem.kernel.identity import DecisionId, EventId, Pseudonym
from tandem.kernel.time import Micros

__all__ = [
    "SYSTEM",
    "Acted",
    "Dismissed",
    "Escalated",
    "Labelled",
    "Left",
    "Outcome",
    "Pursued",
    "Raised",
    "Said",
    "Settled",
    "Signal",
    "Taken",
    "WarningChange",
    "Worsened",
    "decode_change",
    "encode_change",
]

SYSTEM: Final = "tandem"
"""Who raises and settles warnings."""

Outcome: TypeAlias = Literal["came_true", "did_not"]


class Signal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Why, in the words in which the decision said it."""

    code: str
    en: str = ""
    zh: str = ""


class Said(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The decision that warns.

    Attributes:
        occurred_at: of its event; a warning counts its days from there.
        probability: the highest that one of its models gave; None where none was asked.
        grades, flags: that it says of a borrower, where it monitors one.
    """

    decision_id: DecisionId
    decision_seq: int
    event_id: EventId
    event_seq: int
    event_type: str
    policy: str
    outcome: str
    occurred_at: Micros
    signals: tuple[Signal, ...] = ()
    probability: float | None = None
    grades: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


class _Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    warning: str
    by: str


class Raised(_Change, frozen=True, tag="raised", kw_only=True, omit_defaults=True):
    """A decision asked for a warning, and nothing about the entity was being watched.

    Attributes:
        ends_at: in the time of events: until then it may come true.
        subject: whose key seals what people write about it; None: the entity's own.
    """

    rule: str
    entity_kind: str
    entity: Pseudonym
    severity: Severity
    owner: str
    action: Action
    due_at: Micros
    ends_at: Micros
    said: Said
    subject: Pseudonym | None = None


class Worsened(_Change, frozen=True, tag="worsened", kw_only=True, omit_defaults=True):
    """Another decision about the entity is more severe than what was known."""

    rule: str
    severity: Severity
    owner: str
    action: Action
    due_at: Micros
    said: Said


class Taken(_Change, frozen=True, tag="taken", kw_only=True, omit_defaults=True):
    """Somebody looks at it; ``to`` is None where they gave it back."""

    to: str | None


class Escalated(_Change, frozen=True, tag="escalated", kw_only=True, omit_defaults=True):
    """Nobody did anything by the deadline."""

    severity: Severity
    owner: str
    due_at: Micros


class Pursued(_Change, frozen=True, tag="pursued", kw_only=True, omit_defaults=True):
    """What its rule asks for was begun.

    Attributes:
        ref: of the case, the contact or the proposal.
    """

    action: Action
    ref: str


class Left(_Change, frozen=True, tag="left", kw_only=True, omit_defaults=True):
    """What its rule asks for was not begun by itself and is people's to do; ``why`` as a code, or the name of a conduct rule."""

    action: Action
    why: str


class Acted(_Change, frozen=True, tag="acted", kw_only=True, omit_defaults=True):
    """Somebody did something about it; what is sealed."""

    action: Action


class Dismissed(_Change, frozen=True, tag="dismissed", kw_only=True, omit_defaults=True):
    """Somebody says that there is nothing to be warned of; why is sealed. What happens is watched all the same."""


class Settled(_Change, frozen=True, tag="settled", kw_only=True, omit_defaults=True):
    """It is known whether it came true.

    Attributes:
        event_id, event_seq, occurred_at: the event that says so; None where its time was over.
        lead_days: whole days from the warned event to the one that came true; None where it did not.
    """

    outcome: Outcome
    event_id: EventId | None = None
    event_seq: int | None = None
    occurred_at: Micros | None = None
    lead_days: int | None = None


class Labelled(_Change, frozen=True, tag="labelled", kw_only=True, omit_defaults=True):
    """How it ended stands in the journal as an event; ``skipped`` says why not."""

    event_id: EventId | None = None
    skipped: str | None = None


WarningChange: TypeAlias = (
    Raised | Worsened | Taken | Escalated | Pursued | Left | Acted | Dismissed | Settled | Labelled
)

_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER: msgspec.json.Decoder[WarningChange] = msgspec.json.Decoder(WarningChange)


def encode_change(change: WarningChange) -> bytes:
    """The readable body of its record."""
    return _ENCODER.encode(change)


def decode_change(clear: bytes) -> WarningChange:
    """The inverse of ``encode_change``."""
    return _DECODER.decode(clear)
