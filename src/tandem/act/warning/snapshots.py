"""Snapshots of warnings, so that a start folds the end of the book and not everything that ever happened.

Nothing in them is personal but pseudonyms, as in the journal's readable part.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.act.books import BookSnapshot, Shortening, form_of
from tandem.act.warning.folding import Warnings, WarningsKept

__all__ = ["WarningShortening", "WarningSnapshot"]

_FOLDED_AS: Final = 1
"""Grows when the same changes come to give other warnings."""
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(WarningsKept)
_FORM: Final = form_of(_FOLDED_AS, WarningsKept)


class WarningSnapshot(BookSnapshot, frozen=True, kw_only=True):
    """All warnings after a record, encoded."""

    kept: bytes


class WarningShortening(Shortening[Warnings]):
    """How warnings are put into a snapshot and taken out of one."""

    name = "warnings"
    kind = WarningSnapshot
    form = _FORM

    def taken(self, fold: Warnings) -> WarningSnapshot:
        """``fold`` as it is."""
        return WarningSnapshot(seq=0, mac=b"", form=_FORM, kept=_ENCODER.encode(fold.kept()))

    def restored(self, snapshot: WarningSnapshot) -> Warnings:
        """The warnings that are in ``snapshot``."""
        return Warnings.restored(_DECODER.decode(snapshot.kept))
