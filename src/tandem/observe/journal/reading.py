"""A journal as a reader sees it: by the process that writes it, or by another beside it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Many

from tandem.kernel.identity import Pseudonym, Sequence
from tandem.observe.journal.scribe import context_of, record_of
from tandem.observe.journal.store import JournalStore
from tandem.observe.journal.types import EntryKind, Record
from tandem.prove.privacy import Erased, Vault

__all__ = ["JournalView"]


class JournalView:
    """Durable records, and what is sealed in them.

    Args:
        store: open for writing or only for reading; it stays the caller's.
        vault: holds the keys of the same workspace.
    """

    def __init__(self, store: JournalStore, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    def read(
        self, from_seq: int = 1, to_seq: int | None = None, kinds: Many[EntryKind] | None = None
    ) -> Iterator[Record]:
        """Durable records in order, both ends included, as a stream.

        Raises:
            Unavailable: the database does not answer.
        """
        return map(record_of, self._store.scan(from_seq, to_seq, kinds))

    def at(self, seqs: Many[int]) -> list[Record]:
        """The records at these places that are there, in order; for a few thousand at most.

        Raises:
            Unavailable: the database does not answer.
        """
        return [record_of(row) for row in self._store.at(seqs)]

    def open_secret(self, record: Record) -> bytes | Erased | None:
        """The personal part of ``record``; ``Erased`` if its key was destroyed; None if it had none.

        Raises:
            IntegrityError: the sealed bytes are not those that were written in this place.
        """
        if record.sealed is None or record.subject is None:
            return None
        return self.open_sealed(record.seq, record.kind, record.subject, record.sealed)

    def open_sealed(self, seq: Sequence, kind: EntryKind, subject: Pseudonym, sealed: bytes) -> bytes | Erased:
        """As ``open_secret``, of a sealed part that was copied from the record at ``seq``."""
        return self._vault.open(subject, sealed, context_of(seq, kind))
