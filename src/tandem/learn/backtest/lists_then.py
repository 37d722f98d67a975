"""Who was on a list when a decision was taken: the changes of the lists, folded up to each event.

A decision records the members of the lists that its policy asked. A candidate that asks another list is told by the same
fold that told the process then: the changes with a smaller journal place, and of those the entries that had not expired
by the event's own time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.decisions.records import decode_list_change
from tandem.decide.lists import ListDefinition, Lists
from tandem.kernel.errors import NotFound
from tandem.kernel.time import Micros
from tandem.learn.backtest.batches import Flags, Ints
from tandem.observe.journal import Record

__all__ = ["ListsThen", "with_members"]


class ListsThen:
    """Lists, moved forward through the journal; to be asked in the order of the journal.

    Args:
        definitions: the lists there are, of every release that is asked about.
        changes: the records of kind ``list``, in order.
    """

    def __init__(self, definitions: Iterable[ListDefinition], changes: Iterable[Record]) -> None:
        self._lists = Lists(definitions)
        self._changes = [(int(one.seq), decode_list_change(one.clear)) for one in changes]
        self._next = 0

    def members(
        self, wanted: Mapping[str, Flags], event_seqs: Ints, occurred_at: Ints, entities: Mapping[str, pa.ChunkedArray]
    ) -> dict[str, dict[int, list[str]]]:
        """By list: row to those of its entities that were on it, for the rows that are wanted of that list.

        Args:
            event_seqs: rising; not before those of an earlier call.
            entities: columns of pseudonyms.
        """
        found: dict[str, dict[int, list[str]]] = {name: {} for name in wanted}
        begin = 0
        while begin < len(event_seqs):
            self._move(int(event_seqs[begin]))
            following = self._changes[self._next][0] if self._next < len(self._changes) else None
            end = len(event_seqs) if following is None else int(np.searchsorted(event_seqs, following))
            for name, flags in wanted.items():
                rows = np.flatnonzero(flags[begin:end]) + begin
                self._look(name, rows, occurred_at, entities, found[name])
            begin = max(end, begin + 1)
        return found

    def _move(self, place: int) -> None:
        while self._next < len(self._changes) and self._changes[self._next][0] < place:
            change = self._changes[self._next][1]
            self._next += 1
            try:
                self._lists.apply(change)
            except NotFound:
                continue  # a list that no release here knows any more

    def _look(
        self,
        name: str,
        rows: Ints,
        occurred_at: Ints,
        entities: Mapping[str, pa.ChunkedArray],
        found: dict[int, list[str]],
    ) -> None:
        listed = {str(entry.member) for entry in self._lists.entries(name)}
        if not listed or not len(rows):
            return
        members = pa.array(sorted(listed), pa.string())
        for column in entities.values():
            values = column.take(pa.array(rows, pa.int64()))
            on = pc.is_in(values, value_set=members).to_numpy(zero_copy_only=False)
            for at in np.flatnonzero(on).tolist():
                row, one = int(rows[at]), values[at].as_py()
                if one in self._lists.view(Micros(int(occurred_at[row])))[name]:
                    found.setdefault(row, []).append(one)


def with_members(recorded: Sequence[Any], found: Mapping[int, list[str]]) -> pa.ChunkedArray:
    """A list column with the members of some rows put in."""
    values = list(recorded)
    for row, members in found.items():
        values[row] = sorted({*(values[row] or ()), *members})
    return pa.chunked_array([pa.array(values, pa.list_(pa.string()))])
