"""The audit record in the journal: notes of access go in, and come out newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from tandem.decide.decisions import DecisionProcess
from tandem.observe.journal import Entry, Journal, Record
from tandem.prove.access import Note, decode_note, encode_note

__all__ = ["AuditLine", "audit_page", "journal_notes"]

_STRIDE = 1_000


class AuditLine(msgspec.Struct, frozen=True):
    """A note, and its place in the journal."""

    seq: int
    note: Note


class _NothingNewError(Exception):
    """Every note is in the journal already."""


class journal_notes:  # noqa: N801 - reads as a word at its uses
    """Puts notes into the journal of ``process``; a note that is there already is not written again."""

    def __init__(self, process: DecisionProcess) -> None:
        self._process = process

    def __call__(self, notes: Sequence[Note]) -> None:
        """Durable on return.

        Raises:
            Unavailable: the journal does not take them now.
        """

        def entries() -> list[Entry]:
            known = self._process.journal.digests("audit", [note.id for note in notes])
            new = [note for note in notes if note.id not in known]
            if not new:
                raise _NothingNewError
            return [Entry(kind="audit", key=note.id, recorded_at=note.at, clear=encode_note(note)) for note in new]

        try:
            self._process.append(entries).wait()
        except _NothingNewError:
            self._process.journal.drain()  # known is not yet durable


def audit_page(
    journal: Journal,
    *,
    limit: int,
    before: int | None = None,
    action: str | None = None,
    by: str | None = None,
    on: str | None = None,
) -> list[AuditLine]:
    """Notes, newest first.

    Args:
        before: journal place of the last one of the page before.
        action, by: only these.
        on: only objects that begin so, such as ``person/`` or ``person/ann``.
    """
    found: list[AuditLine] = []
    for record in _backwards(journal, journal.head.seq if before is None else before - 1):
        note = decode_note(record.clear)
        names = {note.by, note.speaking_as}
        if action in {None, note.action} and (by is None or by in names) and note.object.startswith(on or ""):
            found.append(AuditLine(record.seq, note))
            if len(found) == limit:
                break
    return found


def _backwards(journal: Journal, last: int) -> Iterator[Record]:
    stride = _STRIDE
    while last > 0:
        first = max(1, last - stride + 1)
        records = list(journal.read(first, last, kinds=["audit"]))
        yield from reversed(records)
        if not records:
            stride *= 2  # notes are few among many events
        last = first - 1
