"""What can happen to a ring. Each change is a note in the journal, so that it is proved, and a restart tells the same.

A note holds pseudonyms, names and reasons, and no value of an event: nobody's personal data.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros

__all__ = [
    "SYSTEM",
    "CaseOpened",
    "Dismissed",
    "Listed",
    "ListedEntry",
    "Returned",
    "RingChange",
    "Seen",
    "Step",
    "Undone",
    "decode_change",
    "encode_change",
]

SYSTEM: Final = "tandem"
"""Who finds rings, and acts by the automatic rule."""
_ROOM: Final = "rings"


class Step(msgspec.Struct, frozen=True, array_like=True):
    """A step of a path: over an identifier to a member."""

    kind: str
    identifier: Pseudonym
    member: Pseudonym


class ListedEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry on a list: of what, how strongly it hangs on the ring, and by which way."""

    list: str
    kind: str
    entity: Pseudonym
    strength: float = 1.0
    path: tuple[Step, ...] = ()


class _Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="change"):
    ring: str
    by: str
    room: Literal["rings"] = msgspec.field(default=_ROOM)


class Seen(_Change, frozen=True, tag="seen", kw_only=True, omit_defaults=True):
    """A look found the ring changed.

    Attributes:
        finder: by whose definition; looked_at: the place of the journal that was looked at, at: its newest event's time.
    """

    finder: str
    what: Literal["born", "grown", "shrunk", "merged", "split", "ended"]
    looked_at: int
    at: Micros
    joined: tuple[Pseudonym, ...] = ()
    left: tuple[Pseudonym, ...] = ()
    others: tuple[str, ...] = ()


class Listed(_Change, frozen=True, tag="listed", kw_only=True, omit_defaults=True):
    """Entries are put on lists; that is what the change with the id ``ACTION:LIST`` of each list does."""

    action: str
    reason: str
    expires_at: Micros
    entries: tuple[ListedEntry, ...]
    automatic: bool = False


class Undone(_Change, frozen=True, tag="undone", kw_only=True, omit_defaults=True):
    """The entries of an action are taken off again, but those that somebody replaced or removed since."""

    action: str
    reason: str


class Dismissed(_Change, frozen=True, tag="dismissed", kw_only=True, omit_defaults=True):
    """Somebody looked at it and says that it is no fraud."""

    reason: str


class Returned(_Change, frozen=True, tag="returned", kw_only=True, omit_defaults=True):
    """It was dismissed, and has grown so much since that it is to be looked at again."""


class CaseOpened(_Change, frozen=True, tag="case", kw_only=True, omit_defaults=True):
    """A case was opened about it."""

    case: str


RingChange: TypeAlias = Seen | Listed | Undone | Dismissed | Returned | CaseOpened


class _Room(msgspec.Struct):
    room: str = ""


_ROOM_OF = msgspec.json.Decoder(_Room)
_DECODER: msgspec.json.Decoder[RingChange] = msgspec.json.Decoder(RingChange)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: RingChange) -> bytes:
    """``change`` as canonical JSON, with the room it belongs to."""
    document = {"room": _ROOM, **msgspec.to_builtins(change)}
    return _ENCODER.encode(document)


def decode_change(note: bytes) -> RingChange | None:
    """The change in a note; None where the note is another room's."""
    if _ROOM_OF.decode(note).room != _ROOM:
        return None
    return _DECODER.decode(note)
