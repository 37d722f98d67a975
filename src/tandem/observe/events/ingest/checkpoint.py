"""Where an import stands, on disk, so that a killed one goes on instead of starting over."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import msgspec

from tandem.kernel.errors import Conflict, IntegrityError
from tandem.kernel.identity import Digest
from tandem.observe.events.ingest.types import IngestReport

__all__ = ["Checkpoint", "digest_of_file", "load_checkpoint", "save_checkpoint"]

_BLOCK = 1 << 20


class Checkpoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What was done after the last whole batch.

    Attributes:
        report: the counts so far; its digests say of which file and mapping.
        rows: rows gone through, the unreadable ones included.
        rejected_bytes: length of the file of rejected rows.
    """

    report: IngestReport
    rows: int
    rejected_bytes: int


def save_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Replace the checkpoint at ``path``, atomically and durably."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(msgspec.json.encode(checkpoint))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def load_checkpoint(path: Path, file_digest: Digest, mapping_digest: Digest) -> Checkpoint | None:
    """The checkpoint at ``path``; None if there is none.

    Raises:
        Conflict: it belongs to another file or mapping.
        IntegrityError: it cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        checkpoint = msgspec.json.decode(data, type=Checkpoint)
    except (msgspec.DecodeError, ValueError) as error:
        raise IntegrityError(f"The checkpoint cannot be read: {error}.", code="checkpoint", field=str(path)) from None
    for what, now, then in (
        ("file", file_digest, checkpoint.report.file_digest),
        ("mapping", mapping_digest, checkpoint.report.mapping_digest),
    ):
        if now != then:
            raise Conflict(
                f"The {what} is not the one this import began with.",
                code="other_import",
                field="resume",
                value=str(path),
                hint="remove the checkpoint to import from the start; events already taken count as duplicates",
            )
    return checkpoint


def digest_of_file(path: Path) -> Digest:
    """SHA-256 of the file, read in blocks."""
    with path.open("rb") as file:
        hasher = hashlib.sha256()
        while block := file.read(_BLOCK):
            hasher.update(block)
    return Digest(hasher.hexdigest())
