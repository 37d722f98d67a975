"""Rows as a network reads them: in the order in which they were learned of, whose they are, and what became known of whom.

From two places: a table of a public data set (``LinkedRows``, where each row is its own member and its label a fact with a
time), and the events of a workspace, where a member has many rows and marks come and are taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tandem.decide.graphs import NetworkPlan, network_table
from tandem.decide.models import number_of
from tandem.kernel.identity import Pseudonym
from tandem.learn.neighbours import NEVER, LinkedRows
from tandem.learn.training import FloatArray, IntArray

__all__ = ["GraphRows", "Told", "event_rows", "graph_rows"]


@dataclass(frozen=True, slots=True)
class Told:
    """What became known of members, one fact per place, in the order in which it was told.

    Attributes:
        member: of whom, as a code.
        at: rows later than that know it.
        bad: 1 bad, 0 good.
    """

    member: IntArray
    at: IntArray
    bad: IntArray


@dataclass(frozen=True, slots=True)
class GraphRows:
    """A stream.

    Attributes:
        at: when each row was learned of, never falling: its time, or its place in the journal.
        links: per kind of link the code of what a row names; -1 where it names nothing.
        member: whose row it is, as a code.
        told: what became known of members.
        bad: what may be learned of each row: 1 bad, 0 good, NaN where nothing.
    """

    at: IntArray
    links: Mapping[str, IntArray]
    member: IntArray
    told: Told
    bad: FloatArray

    @property
    def count(self) -> int:
        """How many rows."""
        return int(self.at.size)


def graph_rows(rows: LinkedRows | GraphRows) -> GraphRows:
    """``rows`` as a network reads them; where nobody says whose a row is, it is its own."""
    if isinstance(rows, GraphRows):
        return rows
    known = np.flatnonzero(rows.known_at != NEVER)
    known = known[np.argsort(rows.known_at[known], kind="stable")]
    told = Told(known, rows.known_at[known], (rows.bad[known] == 1.0).astype(np.int64))
    return GraphRows(rows.occurred_at, rows.links, np.arange(rows.count), told, rows.bad)


def event_rows(plan: NetworkPlan, events: pa.Table) -> tuple[GraphRows, FloatArray]:
    """The rows that ``plan`` would score among ``events``, and their own values.

    A row's outcome is what was told last of its member. Rows that name no member are left out: they are nobody's neighbours.

    Args:
        plan: what to read; its document needs no weights yet.
        events: with every known column beside each, as ``KnownPlan.of_table`` of ``known_events`` gives them.

    Raises:
        InvalidInput: a column is missing or of another type, or a sequence number stands twice.
    """
    reading = network_table(plan, events)
    codes = _Codes()
    at: list[int] = []
    member: list[int] = []
    values: list[list[float]] = []
    links: list[list[int]] = [[] for _ in plan.links]
    told: list[tuple[int, int, int]] = []
    for seq, event, beside in reading.events(reading.order):
        whose = event.entities.get(plan.member) if event.event_type == plan.document.event else None
        if whose is not None:
            at.append(seq)
            member.append(codes.of(whose))
            values.append(_numbers(plan, beside, [event.values.get(name) for _, name in plan.inputs.fields]))
            for column, thing in zip(links, plan.named_by(event), strict=True):
                column.append(-1 if thing is None else codes.of(thing))
        filters = plan.marks.get(event.event_type)
        if filters is not None:
            whose = event.entities.get(plan.members[event.event_type])
            (bad,) = filters(event.values, event.occurred_at)
            if whose is not None and bad is not None:
                told.append((codes.of(whose), seq, int(bool(bad))))
    facts = np.array(told, dtype=np.int64).reshape(-1, 3)
    last = dict(zip(facts[:, 0].tolist(), facts[:, 2].tolist(), strict=True))
    rows = GraphRows(
        at=np.array(at, dtype=np.int64),
        links={kind: np.array(column, dtype=np.int64) for kind, column in zip(plan.document.kinds, links, strict=True)},
        member=np.array(member, dtype=np.int64),
        told=Told(facts[:, 0], facts[:, 1], facts[:, 2]),
        bad=np.array([last.get(one, np.nan) for one in member], dtype=np.float64),
    )
    return rows, np.array(values, dtype=np.float64).reshape(len(at), len(plan.document.inputs))


class _Codes:
    """Pseudonyms to small numbers."""

    def __init__(self) -> None:
        self._known: dict[Pseudonym, int] = {}

    def of(self, name: Pseudonym) -> int:
        return self._known.setdefault(name, len(self._known))


def _numbers(plan: NetworkPlan, beside: Sequence[object], fields: Sequence[object]) -> list[float]:
    row = [np.nan] * len(plan.document.inputs)
    for (place, _), value in zip(plan.inputs.known, beside, strict=True):
        row[place] = number_of(value)
    for (place, _), value in zip(plan.inputs.fields, fields, strict=True):
        row[place] = number_of(value)
    return row
