"""What can happen to artefacts. Each change is one journal record, so who released what and when cannot be rewritten."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from tandem.kernel.artefacts.types import Artefact
from tandem.kernel.identity import Digest

__all__ = [
    "ArtefactChange",
    "Declined",
    "Pushed",
    "Released",
    "Reviewed",
    "RolledBack",
    "Withdrawn",
    "decode_change",
    "encode_change",
]


class Pushed(msgspec.Struct, frozen=True, tag="pushed", tag_field="change"):
    """New drafts."""

    artefacts: tuple[Artefact, ...]
    author: str
    note: str = ""


class Reviewed(msgspec.Struct, frozen=True, tag="reviewed", tag_field="change"):
    """Versions approved by someone."""

    digests: tuple[Digest, ...]
    approver: str
    note: str = ""


class Declined(msgspec.Struct, frozen=True, tag="declined", tag_field="change"):
    """Versions sent back to their authors, with the reason."""

    digests: tuple[Digest, ...]
    by: str
    reason: str


class Released(msgspec.Struct, frozen=True, tag="released", tag_field="change"):
    """A set of versions goes live together, in place of what was live."""

    release: Digest
    manifest: dict[str, Digest]
    by: str
    note: str = ""


class RolledBack(msgspec.Struct, frozen=True, tag="rolled_back", tag_field="change"):
    """An earlier release is live again."""

    release: Digest
    by: str
    note: str = ""


class Withdrawn(msgspec.Struct, frozen=True, tag="withdrawn", tag_field="change"):
    """Versions decide nothing from now on, in whatever release they stand; for good."""

    digests: tuple[Digest, ...]
    by: str
    reason: str


ArtefactChange: TypeAlias = Pushed | Reviewed | Declined | Released | RolledBack | Withdrawn

_DECODER: msgspec.json.Decoder[ArtefactChange] = msgspec.json.Decoder(
    Pushed | Reviewed | Declined | Released | RolledBack | Withdrawn
)
_ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_change(change: ArtefactChange) -> bytes:
    """``change`` as canonical JSON."""
    return _ENCODER.encode(change)


def decode_change(data: bytes) -> ArtefactChange:
    """The change that ``encode_change`` wrote."""
    return _DECODER.decode(data)
