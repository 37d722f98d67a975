"""What happened to a list and to each of its entries, read back from the journal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final, Literal

import msgspec

from tandem.decide.decisions.records import decode_list_change
from tandem.decide.lists import ListChange
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.journal import Journal

__all__ = ["EntryChange", "ListChanges", "entry_history", "list_changes"]

_STRIDE: Final = 100_000


class EntryChange(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened to one member: it was put on the list, put on anew, or taken off."""

    seq: int
    at: Micros
    by: str
    change_id: str
    what: Literal["added", "renewed", "removed"]
    reason: str | None = None
    source: str | None = None
    expires_at: Micros | None = None


class ListChanges(msgspec.Struct, frozen=True, kw_only=True):
    """One change of a list, in numbers."""

    seq: int
    at: Micros
    by: str
    change_id: str
    name: str
    add: int
    remove: int
    reason: str | None


def entry_history(journal: Journal, name: str, member: Pseudonym) -> list[EntryChange]:
    """Everything that happened to ``member`` on list ``name``, oldest first."""
    found: list[EntryChange] = []
    present = False
    for record in journal.read(kinds=["list"]):
        change = decode_list_change(record.clear)
        if change.list != name:
            continue
        if member in change.remove:
            if present:
                found.append(_removed(record.seq, change))
            present = False
        for entry in change.add:
            if entry.member == member:
                found.append(
                    EntryChange(
                        seq=record.seq,
                        at=change.at,
                        by=change.by,
                        change_id=change.change_id,
                        what="renewed" if present else "added",
                        reason=entry.reason,
                        source=entry.source,
                        expires_at=entry.expires_at,
                    )
                )
                present = True
    return found


def list_changes(journal: Journal, name: str | None, *, limit: int, before: int | None = None) -> list[ListChanges]:
    """Changes of list ``name``, or of all lists, newest first; ``before`` is the place of the last one known."""
    return list(islice(_backwards(journal, name, journal.head.seq if before is None else before - 1), limit))


def _removed(seq: int, change: ListChange) -> EntryChange:
    return EntryChange(seq=seq, at=change.at, by=change.by, change_id=change.change_id, what="removed")


def _backwards(journal: Journal, name: str | None, last: int) -> Iterator[ListChanges]:
    while last > 0:
        first = max(1, last - _STRIDE + 1)
        for record in reversed(list(journal.read(first, last, kinds=["list"]))):
            change = decode_list_change(record.clear)
            if name in {None, change.list}:
                yield ListChanges(
                    seq=record.seq,
                    at=change.at,
                    by=change.by,
                    change_id=change.change_id,
                    name=change.list,
                    add=len(change.add),
                    remove=len(change.remove),
                    reason=change.add[0].reason if change.add else None,
                )
        last = first - 1
