"""Signed heads: the place and link of the last record, signed, and appended to a file outside the database.

A chain proves that nothing between two points changed; a head kept elsewhere proves where the end was. With the file
copied off the machine (rsync, object storage, a printer), even somebody who holds every key cannot shorten or rewrite
what a head already covers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.identity import Sequence
from tandem.kernel.time import Micros
from tandem.observe.journal.appending import append_line
from tandem.observe.journal.types import Head

__all__ = ["HeadLine", "HeadsFile", "read_head", "sign_head"]


class HeadLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file.

    Attributes:
        line: its number in the file, from 1.
        head: what it claims; None if the line cannot be read.
        signed: whether the signature is that of this workspace.
        restored: this is not a new head but says that a backup ending there was put in place: what was signed after
            it was given up, by somebody who could sign.
    """

    line: int
    head: Head | None
    signed: bool
    restored: bool = False


class _Signed(msgspec.Struct, frozen=True, kw_only=True):
    what: Literal["head", "restored"] = "head"
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

    def append_restored(self, head: Head) -> None:
        """Sign that a backup whose last record is ``head`` was put in place."""
        append_line(self.path, sign_head(head, self._workspace, self._key, what="restored"))

    def lines(self) -> Iterator[HeadLine]:
        """Every line, read and checked."""
        if not self.path.exists():
            return
        public = self._key.public_key()
        with self.path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                yield read_head(line, self._workspace, public, number)


def sign_head(head: Head, workspace: str, key: Ed25519PrivateKey, what: Literal["head", "restored"] = "head") -> bytes:
    """``head`` as one signed line of JSON, without the newline."""
    unsigned = _Signed(
        what=what,
        workspace=workspace,
        seq=head.seq,
        mac=head.mac.hex(),
        recorded_at=head.recorded_at,
        signature="",
    )
    return canonical_bytes(msgspec.structs.replace(unsigned, signature=key.sign(_message(unsigned)).hex()))


def read_head(line: bytes, workspace: str, public: Ed25519PublicKey, number: int = 1) -> HeadLine:
    """The head in ``line``, with the word whether ``workspace`` signed it."""
    try:
        found = msgspec.json.decode(line, type=_Signed)
        head = Head(seq=Sequence(found.seq), mac=bytes.fromhex(found.mac), recorded_at=Micros(found.recorded_at))
        public.verify(bytes.fromhex(found.signature), _message(found))
    except ValueError:
        return HeadLine(line=number, head=None, signed=False)
    except InvalidSignature:
        return HeadLine(line=number, head=head, signed=False)
    return HeadLine(line=number, head=head, signed=found.workspace == workspace, restored=found.what == "restored")


def _message(signed: _Signed) -> bytes:
    return canonical_bytes(["tandem 1", signed.what, signed.workspace, signed.seq, signed.mac, signed.recorded_at])
