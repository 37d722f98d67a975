"""The port behind the journal: a table of records that only grows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol

from tandem.observe.journal.chain import StoredRow
from tandem.observe.journal.types import EntryKind

__all__ = ["JournalStore"]


class JournalStore(Protocol):
    """Where records stand. One process at a time may hold a store for writing; reading is open to all.

    Every method raises ``Unavailable`` when the database does not answer.
    """

    @property
    def dialect(self) -> Literal["sqlite", "postgres"]:
        """Whose SQL it speaks."""
        ...

    def append(self, rows: Sequence[StoredRow]) -> None:
        """Write all of ``rows`` in one transaction; durable on return, and none of them there after an error."""
        ...

    def find(self, kind: EntryKind, key: str) -> StoredRow | None:
        """The row of that kind and key."""
        ...

    def digests(self, kind: EntryKind, keys: Sequence[str]) -> dict[str, str | None]:
        """Those of ``keys`` that are taken, with the digest each stands for."""
        ...

    def keys(self, kind: EntryKind) -> Iterator[str]:
        """Every key of that kind, in no order."""
        ...

    def scan(
        self,
        from_seq: int = 1,
        to_seq: int | None = None,
        kinds: Sequence[EntryKind] | None = None,
        *,
        lenient: bool = False,
    ) -> Iterator[StoredRow]:
        """Rows in order, both ends included, as of the moment of the call.

        ``lenient`` also gives rows whose text is not valid Unicode, with surrogates for what cannot be read; slower.
        """
        ...

    def at(self, seqs: Sequence[int]) -> list[StoredRow]:
        """The rows with these numbers that are there, in order."""
        ...

    def last(self) -> StoredRow | None:
        """The row with the highest number."""
        ...

    def count(self) -> int:
        """How many rows there are."""
        ...

    def meta(self, name: str) -> str | None:
        """A fact about the journal itself."""
        ...

    def set_meta(self, name: str, value: str) -> None:
        """Write such a fact; durable on return."""
        ...

    def migrate(self, script: str, facts: Mapping[str, str]) -> None:
        """Run the statements of ``script`` and write ``facts``, in one transaction."""
        ...

    def reopen(self) -> None:
        """Drop the connection and make a new one, after a failure."""
        ...

    def close(self) -> None:
        """Release the store, and with it the right to write."""
        ...
