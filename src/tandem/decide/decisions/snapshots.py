"""Snapshots of the online state, so that a start reads the end of the journal and not all of it.

A snapshot is only a shortcut: it is bound to its place in the journal by that record's link, and to the feature plan
by its digest; one that does not fit is passed over, and the journal is read from further back. Deleting the folder
costs time, never truth.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import msgspec

from tandem.kernel.identity import Digest

__all__ = ["Snapshot", "SnapshotFolder"]

_MAGIC = b"tandem-snapshot-1\n"
_KEPT = 2


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """The online state after record ``seq``.

    Attributes:
        mac: link of that record; the snapshot belongs to no other journal.
        plan: digest of the feature plan.
        features, lists: as their rooms write them.
    """

    seq: int
    mac: bytes
    plan: Digest
    features: bytes
    lists: bytes


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Snapshot)


class SnapshotFolder:
    """Files named by their place in the journal; the newest two are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, snapshot: Snapshot) -> Path:
        """Write ``snapshot``, whole or not at all, and let older ones go."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{snapshot.seq:015d}.snapshot"
        body = _ENCODER.encode(snapshot)
        temporary = self._folder / "next.part"  # one name: what a crash leaves half-written is written over
        with temporary.open("wb") as file:
            file.write(_MAGIC)
            file.write(hashlib.sha256(body).digest())
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        for old in self._paths()[_KEPT:]:
            old.unlink(missing_ok=True)
        return path

    def newest(self, fits: Callable[[Snapshot], bool]) -> Snapshot | None:
        """The newest snapshot that is intact and ``fits``."""
        for path in self._paths():
            snapshot = _read(path)
            if snapshot is not None and fits(snapshot):
                return snapshot
        return None

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("*.snapshot"), reverse=True)


def _read(path: Path) -> Snapshot | None:
    data = path.read_bytes()
    start = len(_MAGIC) + 32
    body = data[start:]
    if not data.startswith(_MAGIC) or hashlib.sha256(body).digest() != data[len(_MAGIC) : start]:
        return None
    try:
        return _DECODER.decode(body)
    except msgspec.DecodeError:
        return None
