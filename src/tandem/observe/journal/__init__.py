"""The journal: one ordered, durable, tamper-evident book of everything that happened."""

from tandem.observe.journal.types import Entry, EntryKind, Head, Record

__all__ = ["Entry", "EntryKind", "Head", "Record"]
