"""Snapshots of collections, so that a start folds the end of the book and not everything that ever happened.

Nothing in them is personal but pseudonyms, as in the journal's readable part: numbers and words stay sealed there.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.act.books import BookSnapshot, Shortening, form_of
from tandem.act.collections.folding import Files, FilesKept

__all__ = ["FilesShortening", "FilesSnapshot"]

_FOLDED_AS: Final = 1
"""Grows when the same changes come to give other files."""
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(FilesKept)
_FORM: Final = form_of(_FOLDED_AS, FilesKept)


class FilesSnapshot(BookSnapshot, frozen=True, kw_only=True):
    """Everything of collections after a record, encoded."""

    kept: bytes


class FilesShortening(Shortening[Files]):
    """How collections are put into a snapshot and taken out of one."""

    name = "collections"
    kind = FilesSnapshot
    form = _FORM

    def taken(self, fold: Files) -> FilesSnapshot:
        """``fold`` as it is."""
        return FilesSnapshot(seq=0, mac=b"", form=_FORM, kept=_ENCODER.encode(fold.kept()))

    def restored(self, snapshot: FilesSnapshot) -> Files:
        """What is in ``snapshot``."""
        return Files.restored(_DECODER.decode(snapshot.kept))
