"""Signed heads: the place and link of the last record, signed, and appended to a file outside the database.

A chain proves that nothing between two points changed; a head kept elsewhere proves where the end was. With the file
copied off the machine (rsync, object storage, a printer), even somebody who holds every key cannot shorten or rewrite
what a head already covers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.identity import Sequence
from tandem.kernel.time import Micros
from tandem.observe.journal.appending import append_line
from tandem.observe.journal.types import Head

__all__ = ["HeadLine", "HeadsFile", "sign_head"]


class HeadLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file.

    Attributes:
        line: its number in the file, from 1.
        head: what it claims; None if the line cannot be read.
        signed: whether the signature is that of this workspace.
    """

    line: int
    head: Head | None
    signed: bool


class _Signed(msgspec.Struct, frozen=True, kw_only=True):
    workspace: str
    seq: int
    mac: str
    recorded_at: int
    signature: str


class HeadsFile:
    """The signed heads of one workspace, one JSON object a line, only ever appended to."""

    def __init__(self, path: Path, workspace: str, key: Ed25519PrivateKey) -> None:
        self.path = path
        self._workspace = workspace
        self._key = key

    def append(self, head: Head) -> None:
        """Sign ``head`` and add it; on disk when this returns."""
        append_line(self.path, sign_head(head, self._workspace, self._key))

    def lines(self) -> Iterator[HeadLine]:
        """Every line, read and checked."""
        if not self.path.exists():
            return
        public = self._key.public_key()
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                yield _read(number, line, self._workspace, public)


def sign_head(head: Head, workspace: str, key: Ed25519PrivateKey) -> bytes:
    """``head`` as one signed line of JSON, without the newline."""
    signature = key.sign(_message(workspace, head.seq, head.mac.hex(), head.recorded_at)).hex()
    return canonical_bytes(
        _Signed(
            workspace=workspace,
            seq=head.seq,
            mac=head.mac.hex(),
            recorded_at=head.recorded_at,
            signature=signature,
        )
    )


def _read(number: int, line: bytes, workspace: str, public: Ed25519PublicKey) -> HeadLine:
    try:
        found = msgspec.json.decode(line, type=_Signed)
        head = Head(seq=Sequence(found.seq), mac=bytes.fromhex(found.mac), recorded_at=Micros(found.recorded_at))
        signature = bytes.fromhex(found.signature)
    except ValueError:
        return HeadLine(line=number, head=None, signed=False)
    try:
        public.verify(signature, _message(found.workspace, found.seq, found.mac, found.recorded_at))
    except InvalidSignature:
        return HeadLine(line=number, head=head, signed=False)
    return HeadLine(line=number, head=head, signed=found.workspace == workspace)


def _message(workspace: str, seq: int, mac: str, recorded_at: int) -> bytes:
    return canonical_bytes(["tandem head 1", workspace, seq, mac, recorded_at])
