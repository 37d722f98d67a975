"""The book of collections: the fold of the journal's contact records, and the one way to add to it."""

from __future__ import annotations

from tandem.act.books import Book
from tandem.act.collections.changes import Change, decode_change, encode_change
from tandem.act.collections.folding import Files
from tandem.act.collections.snapshots import files_shortening
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.time import Clock

__all__ = ["open_book"]


def open_book(process: DecisionProcess, clock: Clock) -> Book[Files, Change]:
    """The book of ``process``; nobody else writes contacts."""
    return Book(
        process, clock, kind="contact", empty=Files, encode=encode_change, decode=decode_change,
        shortening=files_shortening(),
    )  # fmt: skip
