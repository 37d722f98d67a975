"""Erasures: written into the journal, registered outside of it, and repeated at every start.

Three places, because each can be lost alone. The record says within the chain that and when a person was erased. The
destroyed key makes it true. The register, a file kept with the signed heads, survives the restoring of an old backup
in which that person's key still stands: whoever starts the restored journal repeats the register first.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.journal.appending import append_line
from tandem.observe.journal.types import Entry
from tandem.prove.privacy import Vault

__all__ = ["Erasure", "ErasureRegister", "erasure_entry", "erasure_of"]


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """Whose keys, up to which generation, are destroyed."""

    subject: Pseudonym
    generation: int


def erasure_entry(erasure: Erasure, recorded_at: Micros) -> Entry:
    """The entry that records an erasure."""
    return Entry(kind="erasure", recorded_at=recorded_at, clear=canonical_bytes(erasure), subject=erasure.subject)


def erasure_of(clear: bytes) -> Erasure:
    """The erasure in the body of an erasure record."""
    return msgspec.json.decode(clear, type=Erasure)


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    workspace: str
    subject: str
    generation: int
    signature: str


class ErasureRegister:
    """Erasures of one workspace in a signed, append-only file outside the database."""

    def __init__(self, path: Path, workspace: str, key: Ed25519PrivateKey) -> None:
        self.path = path
        self._workspace = workspace
        self._key = key

    @classmethod
    def beside(cls, heads: Path, vault: Vault) -> ErasureRegister:
        """The register kept in the folder of the signed heads, where it belongs unless it is named elsewhere."""
        return cls(heads.with_name("erasures.jsonl"), vault.workspace, vault.signing_key())

    def append(self, erasure: Erasure) -> None:
        """Add ``erasure``; on disk when this returns."""
        signature = self._key.sign(self._message(erasure.subject, erasure.generation)).hex()
        line = _Line(
            workspace=self._workspace, subject=erasure.subject, generation=erasure.generation, signature=signature
        )
        append_line(self.path, canonical_bytes(line))

    def erasures(self) -> Iterator[Erasure]:
        """Every erasure in the file.

        Raises:
            IntegrityError: a whole line is unreadable, unsigned, or of another workspace. A last line that a crash
                cut is passed over: its erasure is in the journal.
        """
        if not self.path.exists():
            return
        lines = self.path.read_bytes().split(b"\n")
        for number, line in enumerate(lines[:-1], start=1):
            if line:
                yield self._read(number, line)

    def _read(self, number: int, line: bytes) -> Erasure:
        try:
            found = msgspec.json.decode(line, type=_Line)
            self._key.public_key().verify(
                bytes.fromhex(found.signature), self._message(found.subject, found.generation)
            )
        except (ValueError, InvalidSignature):
            raise IntegrityError(
                "A line of the erasure register is not what was written.",
                code="register_altered",
                at=f"{self.path.name}, line {number}",
                hint="take the copy of the register that is kept elsewhere",
            ) from None
        return Erasure(subject=Pseudonym(found.subject), generation=found.generation)

    def _message(self, subject: str, generation: int) -> bytes:
        return canonical_bytes(["tandem erasure 1", self._workspace, subject, generation])
