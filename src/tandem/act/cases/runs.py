"""Many single records read in few goes: opening a walk over the journal costs as much as reading dozens of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tandem.kernel.identity import Sequence as Place
from tandem.observe.journal import EntryKind, Journal, Record

__all__ = ["records_at", "runs"]

_GAP_MAX: Final = 200
"""Records between two wanted ones up to which they are read in one go."""


def records_at(seqs: Iterable[int], journal: Journal, kinds: Sequence[EntryKind]) -> Iterator[Record]:
    """The records of ``kinds`` at the places ``seqs``, in the order of the journal."""
    wanted = sorted(seqs)
    asked = set(wanted)
    for first, last in runs(wanted):
        for record in journal.read(Place(first), Place(last), kinds=kinds):
            if record.seq in asked:
                yield record


def runs(seqs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of the journal that hold all of ``seqs``, which are in order, none with a long gap."""
    first = last = None
    for seq in seqs:
        if first is None or last is None:
            first = seq
        elif seq - last > _GAP_MAX:
            yield first, last
            first = seq
        last = seq
    if first is not None and last is not None:
        yield first, last
