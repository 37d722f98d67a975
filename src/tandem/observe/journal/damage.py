"""The vocabulary of damage, and the report a verification gives."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from tandem.observe.journal.types import Head

__all__ = ["Damage", "DamageKind", "VerificationReport"]


class DamageKind(StrEnum):
    """What happened to the journal, as far as the traces tell."""

    ALTERED = "altered"
    """Content, time, number or link of a record differs from what was written; its neighbours are intact."""
    MISSING = "missing"
    """Records were taken out of the middle."""
    TRUNCATED_HEAD = "truncated_head"
    """The oldest records are gone."""
    TRUNCATED_TAIL = "truncated_tail"
    """The newest records are gone, though the database still remembers that it had them."""
    ROLLED_BACK = "rolled_back"
    """The whole database is that of an earlier time: an old copy was put in its place."""
    INSERTED = "inserted"
    """A record stands where none was written."""
    DUPLICATED = "duplicated"
    """A record is a copy of another."""
    SWAPPED = "swapped"
    """Two records stand in each other's place."""
    REPLACED = "replaced"
    """A whole record, link included, is not of this journal: a forgery, or one of another workspace."""
    REWRITTEN = "rewritten"
    """A run of records was written anew by somebody without the key, or against a signed head by somebody with it."""
    UNKEYED = "unkeyed"
    """A run of records carries a plain hash in place of the keyed one."""
    FOREIGN = "foreign"
    """The journal is that of another workspace or master key."""
    UNREADABLE = "unreadable"
    """The database itself cannot read on from here."""
    HEAD_FORGED = "head_forged"
    """A line of the file of heads does not carry this workspace's signature."""


class Damage(msgspec.Struct, frozen=True, kw_only=True):
    """One damage.

    Attributes:
        kind: what happened.
        seq: where it begins: number of the first record concerned, as it stands; for records that are gone, the
            number they had.
        last_seq: where it ends.
        detail: one sentence for people.
    """

    kind: DamageKind
    seq: int
    last_seq: int
    detail: str


class VerificationReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a walk over the whole journal found.

    Attributes:
        records: how many stand there.
        head: the last of them; None if there is none.
        heads_checked: signed heads that agree with the records.
        signed_seq: the highest record a signed head covers. Of records after it, only what the chain itself shows can
            be said: their removal leaves no trace unless the expected count is known.
        notes: what an auditor should know and is no damage, such as a recorded restore.
        damage: in order of place; at most ``MOST_DAMAGE`` of them.
        damage_count: how many there are in all.
    """

    records: int
    head: Head | None
    heads_checked: int
    signed_seq: int
    notes: tuple[str, ...]
    damage: tuple[Damage, ...]
    damage_count: int

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return self.damage_count == 0
