"""The nouns of the journal: an entry is what is handed in, a record is what stands in the book."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import msgspec

from tandem.kernel.identity import Digest, Pseudonym, Sequence
from tandem.kernel.time import Micros

__all__ = ["KINDS", "Entry", "EntryKind", "Head", "Record"]

EntryKind: TypeAlias = Literal[
    "event", "decision", "list", "artefact", "erasure", "note", "case", "audit", "account", "contact", "warning",
    "limit_review", "customer", "bank", "provision", "offer",
]  # fmt: skip
KINDS: tuple[EntryKind, ...] = get_args(EntryKind)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written.

    Attributes:
        kind: what the body is.
        key: idempotency key, unique per kind; None where there is none to keep.
        digest: digest of the content under that key; the journal refuses the same key with another digest.
        recorded_at: processing time.
        minted: the key was just made up, so it need not be looked up; the database still refuses a second one.
        subject: whose key seals ``secret``.
        clear: readable body, canonical JSON.
        secret: personal part, canonical JSON, sealed before it is stored; None if none.
    """

    kind: EntryKind
    recorded_at: Micros
    clear: bytes
    key: str | None = None
    minted: bool = False
    digest: Digest | None = None
    subject: Pseudonym | None = None
    secret: bytes | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the journal: the entry, its place, and its link in the chain. ``sealed`` is ciphertext."""

    seq: Sequence
    kind: EntryKind
    recorded_at: Micros
    clear: bytes
    key: str | None
    digest: Digest | None
    subject: Pseudonym | None
    sealed: bytes | None
    mac: bytes


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The last position and its link; what is signed and kept elsewhere."""

    seq: Sequence
    mac: bytes
    recorded_at: Micros
