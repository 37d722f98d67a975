"""Features that were not recorded, computed anew as of each decision by the batch host of the same kernel.

Two ways to know. *As known then*: the events in the order in which they came, so that late and corrected ones are seen
from the moment they were learned of. *As known now*: the events in the order in which they happened, each in its last
corrected form, as if everything had arrived at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.decisions import KnownPlan
from tandem.learn.backtest.batches import Flags, Ints
from tandem.learn.backtest.journal_events import journal_events
from tandem.learn.backtest.sources import Sources
from tandem.learn.datasets import known_events
from tandem.observe.events import EventType

__all__ = ["FeatureHistory", "as_known_now", "events_for", "events_of"]


class FeatureHistory:
    """Columns of features for the events of one type, by journal place; computed when they are first wanted.

    Held in memory: the fields of every event that a wanted feature reads, while it is computed, and the result.

    Args:
        known: the definitions.
        event_type: of the events decided on.
        events: every event that the definitions may read, as ``known_events`` gives them.
    """

    def __init__(self, known: KnownPlan, event_type: str, events: Callable[[KnownPlan], pa.Table]) -> None:
        self._known = known
        self._event_type = event_type
        self._events = events
        self._seqs: Ints = np.empty(0, dtype=np.int64)
        self._columns: dict[str, pa.ChunkedArray] = {}

    def prepare(self, names: Iterable[str]) -> None:
        """Compute what is not there yet."""
        lacking = [name for name in names if name not in self._columns]
        if not lacking:
            return
        part = self._known.part(lacking)
        table = part.of_table(self._events(part))
        mine = table.filter(pc.equal(table["event_type"], self._event_type))
        mine = mine.sort_by("seq")
        self._seqs = mine["seq"].to_numpy()
        for name in lacking:
            self._columns[name] = mine[name].combine_chunks()

    def column(self, name: str, event_seqs: Ints) -> tuple[pa.Array, Flags]:
        """The feature as of the events at these places; and for which of them there is such an event."""
        self.prepare([name])
        if not len(self._seqs):
            return pa.nulls(len(event_seqs), self._columns[name].type), np.zeros(len(event_seqs), dtype=bool)
        places = np.minimum(np.searchsorted(self._seqs, event_seqs), len(self._seqs) - 1)
        return self._columns[name].take(pa.array(places)), self._seqs[places] == event_seqs


def events_for(sources: Sources, known: KnownPlan, event_type: str) -> pa.Table:
    """Every event that ``known`` reads, and those decided on, from the lake where there is one."""
    names = {str(one) for one in known.features.types} | {event_type}
    names |= {str(one) for graph in known.graphs for one in graph.reads}
    names |= {str(one) for circles in known.circles for one in circles.reads}
    names |= {str(network.document.event) for network in known.networks}
    return events_of(sources, [one for name, one in sources.live.reader.event_types.items() if str(name) in names])


def events_of(sources: Sources, event_types: Sequence[EventType]) -> pa.Table:
    """Every event of some types, as far as is looked, from the lake where there is one."""
    if sources.lake is not None:
        return known_events(sources.lake, event_types, up_to=sources.last)
    return journal_events(sources.journal, sources.live, event_types, up_to=sources.last)


def as_known_now(events: pa.Table) -> tuple[pa.Table, dict[int, int]]:
    """The events as if each had come when it happened, in its last corrected form.

    Returns:
        The table, its ``seq`` counting events in the order in which they happened; and for each original journal place
        the new place of the event that stands for it now.
    """
    ids = events["event_id"].to_pylist()
    later = {old: at for at, old in enumerate(events["supersedes"].to_pylist()) if old is not None}
    standing = np.array([one not in later for one in ids], dtype=bool)
    seqs = events["seq"].to_numpy()
    times = events["occurred_at"].cast(pa.int64()).to_numpy()
    order = np.lexsort((seqs, times))
    order = order[standing[order]]
    place = {int(row): number + 1 for number, row in enumerate(order.tolist())}
    now = events.take(pa.array(order))
    now = now.set_column(now.column_names.index("seq"), "seq", pa.array(np.arange(1, len(order) + 1)))
    nothing = pa.nulls(len(order), events["supersedes"].type)
    now = now.set_column(now.column_names.index("supersedes"), "supersedes", nothing)
    found = {}
    for row, seq in enumerate(seqs.tolist()):
        last = row
        while ids[last] in later:
            last = later[ids[last]]
        found[seq] = place[last]
    return now, found
