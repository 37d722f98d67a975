"""Snapshots of what is folded from the journal, so that a start reads the end of it and not all of it.

A snapshot is only a shortcut: it is bound to its place in the journal by that record's link, and that of the online
state to the feature plan by its digest; one that does not fit is passed over, and the journal is read from further back.
Deleting the folder costs time, never truth.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from tandem.kernel.identity import Digest

__all__ = ["Shortcut", "Snapshot", "SnapshotFolder"]

_LOG = logging.getLogger(__name__)
_MAGIC = b"tandem-snapshot-2\n"
_KEPT = 2


class Shortcut(msgspec.Struct, frozen=True, kw_only=True):
    """What was folded of the journal up to record ``seq``.

    Attributes:
        mac: link of that record; the snapshot belongs to no other journal.
    """

    seq: int
    mac: bytes


class Snapshot(Shortcut, frozen=True, kw_only=True):
    """The online state.

    Attributes:
        plan: digest of the plan of what is known.
        known, lists: as they are written by whose they are.
    """

    plan: Digest
    known: bytes
    lists: bytes


S = TypeVar("S", bound=Shortcut)
T = TypeVar("T", bound=Shortcut)


class SnapshotFolder(Generic[S]):
    """Files named by their place in the journal; the newest two are kept.

    Args:
        kind: of snapshot that is kept here.
    """

    def __init__(self, folder: Path, kind: type[S]) -> None:
        self._folder = folder
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def below(self, name: str, kind: type[T]) -> SnapshotFolder[T]:
        """A folder of its own for another kind of snapshot."""
        return SnapshotFolder(self._folder / name, kind)

    def write(self, snapshot: S) -> Path:
        """Write ``snapshot``, whole or not at all, and let older ones go."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{snapshot.seq:015d}.snapshot"
        body = self._encode(snapshot)
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

    def newest(self, fits: Callable[[S], bool]) -> S | None:
        """The newest snapshot that is intact and ``fits``."""
        for path in self._paths():
            snapshot = self._read(path)
            if snapshot is None:
                _LOG.warning("The snapshot %s is damaged or of another version: it is passed over", path)
            elif fits(snapshot):
                return snapshot
        return None

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("*.snapshot"), reverse=True)

    def _read(self, path: Path) -> S | None:
        data = path.read_bytes()
        start = len(_MAGIC) + 32
        body = memoryview(data)[start:]
        if not data.startswith(_MAGIC) or hashlib.sha256(body).digest() != data[len(_MAGIC) : start]:
            return None
        try:
            return self._decode(body)
        except msgspec.DecodeError:
            return None
