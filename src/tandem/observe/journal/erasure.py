"""Erasures as records: what is written when a person is forgotten, and how a start repeats it."""

from __future__ import annotations

import msgspec

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.journal.types import Entry

__all__ = ["Erasure", "erasure_entry"]


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """Body of an erasure record: whose keys, up to which generation, are destroyed."""

    subject: Pseudonym
    generation: int


def erasure_entry(subject: Pseudonym, generation: int, recorded_at: Micros) -> Entry:
    """The entry that records an erasure."""
    body = canonical_bytes(Erasure(subject=subject, generation=generation))
    return Entry(kind="erasure", recorded_at=recorded_at, clear=body, subject=subject)
