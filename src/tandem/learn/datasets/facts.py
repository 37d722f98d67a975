"""What was known of each event when it was decided: as the decision recorded it, else computed again as of its place.

The batch host of the feature kernel gives the same bits as the live one, so both are one number; where a decision recorded
what the batch now says otherwise, the recorded one stands and the difference is counted and told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.decisions import KnownPlan, LiveRelease
from tandem.decide.policy.set_based import arrow_type
from tandem.kernel.errors import NotFound, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.identity import EventTypeName
from tandem.learn.datasets.known_events import known_events
from tandem.learn.datasets.recorded import RecordedFacts
from tandem.learn.training import BoolArray, IntArray
from tandem.observe.events import EventType
from tandem.observe.features import compile_plan
from tandem.observe.lake import Lake

__all__ = ["FactColumn", "chosen_plan", "computed_facts", "events_read", "merged"]

_CLOSE: Final = 1e-9


class FactColumn(msgspec.Struct, frozen=True, kw_only=True):
    """Where the values of a column come from.

    Attributes:
        kind: ``field`` of the event, ``feature``, or ``answer`` of a connector.
        recorded: rows whose decision recorded it; ``computed``: rows for which it was computed again.
        differs: recorded rows for which it comes out otherwise when computed again.
    """

    name: str
    type: str
    kind: str
    recorded: int = 0
    computed: int = 0
    differs: int = 0


def chosen_plan(live: LiveRelease, event_type: EventType, chosen: Iterable[str] | None) -> tuple[KnownPlan, list[str]]:
    """The plan of the ``chosen`` feature sets, graphs and circles (None: all), and what it knows of an event of that type.

    Raises:
        NotFound: one of them is not in the release, with the near match.
    """
    sets = {one.name: one for one in live.plan.feature_sets}
    graphs = {one.graph.name: one for one in live.known.graphs}
    circles = {one.definition.name: one for one in live.known.circles}
    known = {*sets, *graphs, *circles}
    names = known if chosen is None else set(chosen)
    for name in names:
        if name not in known:
            raise NotFound(
                "The release has no such feature set or graph.", code="unknown_features", field="features", value=name,
                hint=near_match(name, known) or "one of " + ", ".join(sorted(known)),
            )  # fmt: skip
    applicable = set(live.known.names_for(event_type))
    wanted = [one for name, one in sets.items() if name in names and any(f.name in applicable for f in one.features)]
    plan = KnownPlan(
        compile_plan(wanted, live.plan.event_types),
        [one for name, one in graphs.items() if name in names],
        circles=[one for name, one in circles.items() if name in names],
    )
    own = {field.name for field in event_type.fields}
    return plan, [name for name in plan.names_for(event_type) if name not in own]


def computed_facts(
    lake: Lake, live: LiveRelease, plan: KnownPlan, names: list[str], event_type: EventType, up_to: int
) -> pa.Table:
    """``seq`` and ``names`` as of every event of that type, computed from all events that ``plan`` reads."""
    if not names:
        return pa.table({"seq": pa.array([], pa.int64())})
    types = live.reader.event_types
    read = [types[name] for name in sorted(events_read(plan, event_type))]
    everything = plan.part(names).of_table(known_events(lake, read, up_to=up_to))
    own = everything.filter(pc.equal(everything["event_type"], event_type.name))
    return own.select(["seq", *names])


def events_read(plan: KnownPlan, event_type: EventType) -> set[EventTypeName]:
    """The types of event that move what ``plan`` knows of an event of that type, itself among them."""
    read = {event_type.name, *(event for one in plan.features.feature_sets for event in one.events)}
    read |= {event for graph in plan.graphs for event in (*graph.reads, *graph.members)}
    return read | {event for one in plan.circles for event in one.reads}


@dataclass(frozen=True)
class _Aligned:
    """Where each row stands in another table; -1 where it does not."""

    places: IntArray

    @classmethod
    def of(cls, rows: IntArray, other: IntArray) -> _Aligned:
        found = np.searchsorted(other, rows)
        inside = np.minimum(found, max(other.size - 1, 0))
        same = other[inside] == rows if other.size else np.zeros(rows.size, dtype=np.bool_)
        return cls(np.where(same, inside, -1))

    def take(self, column: pa.ChunkedArray) -> pa.ChunkedArray:
        return column.take(pa.array(self.places, mask=self.places < 0))

    def flags(self, flags: BoolArray) -> BoolArray:
        there = self.places >= 0
        return there & (flags[self.places] if flags.size else there)


def merged(
    rows: IntArray,
    columns: dict[str, Column],
    facts: RecordedFacts,
    computed: pa.Table,
    answers: Iterable[str],
) -> tuple[dict[str, pa.ChunkedArray], list[FactColumn]]:
    """One column per name for the events at places ``rows`` (ascending), and where its values come from.

    Args:
        answers: those of ``columns`` that connectors gave: nobody can compute them again.
    """
    mine = _Aligned.of(rows, _places(facts.head["row_seq"]))
    again = _Aligned.of(rows, _places(computed["seq"]))
    asked = set(answers)
    found: dict[str, pa.ChunkedArray] = {}
    told: list[FactColumn] = []
    for name, column in columns.items():
        kind = arrow_type(column)
        recorded, there = mine.take(facts.inputs[name]), mine.flags(facts.told[name])
        if name in asked:
            found[name] = recorded
            told.append(FactColumn(name=name, type=str(kind), kind="answer", recorded=int(there.sum())))
            continue
        fresh = again.take(computed[name].cast(kind))
        found[name] = pc.if_else(pa.array(there), recorded, fresh)
        told.append(
            FactColumn(
                name=name, type=str(kind), kind="feature", recorded=int(there.sum()), computed=int((~there).sum()),
                differs=int((there & _differ(recorded, fresh)).sum()),
            )
        )  # fmt: skip
    return found, told


def _places(column: pa.ChunkedArray) -> IntArray:
    return np.asarray(column.to_numpy(), dtype=np.int64)


def _differ(one: pa.ChunkedArray, other: pa.ChunkedArray) -> BoolArray:
    if pa.types.is_floating(one.type):
        apart = pc.greater(
            pc.abs(pc.subtract(one, other)), pc.multiply(_CLOSE, pc.max_element_wise(pc.abs(one), pc.abs(other)))
        )
    else:
        apart = pc.not_equal(one, other)
    missing = pc.not_equal(pc.is_null(one), pc.is_null(other))
    return np.asarray(pc.or_(pc.fill_null(apart, fill_value=False), missing).to_numpy(), dtype=np.bool_)
