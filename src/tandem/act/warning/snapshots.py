"""Snapshots of warnings, so that a start folds the end of the book and not everything that ever happened.

Nothing in them is personal but pseudonyms, as in the journal's readable part.
"""

from __future__ import annotations

from typing import Final

from tandem.act.books import EncodedShortening, Shortening
from tandem.act.warning.folding import Warnings, WarningsKept

__all__ = ["warning_shortening"]

_FOLDED_AS: Final = 1
"""Grows when the same changes come to give other warnings."""


def warning_shortening() -> Shortening[Warnings]:
    """How warnings are put into a snapshot and taken out of one."""
    return EncodedShortening(
        "warnings", WarningsKept, take=Warnings.kept, restore=Warnings.restored, folded_as=_FOLDED_AS
    )
