"""Snapshots of collections, so that a start folds the end of the book and not everything that ever happened.

Nothing in them is personal but pseudonyms, as in the journal's readable part: numbers and words stay sealed there.
"""

from __future__ import annotations

from typing import Final

from tandem.act.books import EncodedShortening, Shortening
from tandem.act.collections.folding import Files, FilesKept

__all__ = ["files_shortening"]

_FOLDED_AS: Final = 1
"""Grows when the same changes come to give other files."""


def files_shortening() -> Shortening[Files]:
    """How collections are put into a snapshot and taken out of one."""
    return EncodedShortening("collections", FilesKept, take=Files.kept, restore=Files.restored, folded_as=_FOLDED_AS)
