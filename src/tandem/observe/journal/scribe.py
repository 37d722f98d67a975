"""From an entry to the row that is written, and from the row to the record that is read."""

from __future__ import annotations

from tandem.kernel.errors import InvalidInput, TooLarge
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import Micros
from tandem.observe.journal.chain import Chain, StoredRow
from tandem.observe.journal.limits import JournalLimits
from tandem.observe.journal.types import KINDS, Entry, Record
from tandem.prove.privacy import Vault

__all__ = ["Scribe", "context_of", "record_of"]


class Scribe:
    """Checks an entry, seals its personal part, and links it to the row before."""

    def __init__(self, chain: Chain, vault: Vault, limits: JournalLimits) -> None:
        self._chain = chain
        self._vault = vault
        self._limits = limits

    def row(self, entry: Entry, seq: int, previous: bytes) -> StoredRow:
        """``entry`` as the row number ``seq`` that follows the link ``previous``.

        Raises:
            InvalidInput: an unknown kind, or a personal part without a subject.
            TooLarge: a body over the limits.
        """
        if entry.kind not in KINDS:
            raise InvalidInput(
                "Not a kind of record.", code="unknown_kind", field="kind", value=entry.kind, hint=", ".join(KINDS)
            )
        limit = self._limits.body_bytes
        if len(entry.clear) > limit:
            raise TooLarge(f"A body has at most {limit} bytes.", code="body_too_large", field="clear")
        sealed = None
        if entry.secret is not None:
            if entry.subject is None:
                raise InvalidInput("A personal part needs a subject.", code="secret_without_subject", field="subject")
            if len(entry.secret) > limit:
                raise TooLarge(f"A personal part has at most {limit} bytes.", code="body_too_large", field="secret")
            sealed = self._vault.seal(entry.subject, entry.secret, context_of(seq, entry.kind))
        row = (seq, entry.kind, entry.recorded_at, entry.key, entry.digest, entry.subject, entry.clear, sealed, b"")
        return (*row[:8], self._chain.link(row, previous))


def record_of(row: StoredRow) -> Record:
    """A stored row as a record."""
    seq, kind, recorded_at, key, digest, subject, clear, sealed, mac = row
    return Record(
        seq=Number(seq),
        kind=kind,  # type: ignore[arg-type]
        recorded_at=Micros(recorded_at),
        clear=clear,
        key=key,
        digest=None if digest is None else Digest(digest),
        subject=None if subject is None else Pseudonym(subject),
        sealed=sealed,
        mac=mac,
    )


def context_of(seq: int, kind: str) -> bytes:
    """What binds a sealed part to its place in the journal."""
    return b"journal\0" + seq.to_bytes(8, "big") + kind.encode()
