"""Rows as a recurrent network reads them: in the order in which they were learned of, whose they are, what may be learned of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tandem.decide.models import number_of
from tandem.decide.sequences import SequencePlan
from tandem.kernel.identity import EntityKind, EventTypeName, Pseudonym
from tandem.kernel.time import SECOND
from tandem.learn.training import FloatArray, IntArray
from tandem.observe.events import EventType
from tandem.observe.graph import EventTable, Mark, compile_marks, filtered_fields, member_field

__all__ = ["Column", "SequenceRows", "event_rows"]

Column: TypeAlias = "FloatArray | npt.NDArray[np.object_]"
"""Numbers with NaN for missing, or texts with None."""


@dataclass(frozen=True, slots=True)
class SequenceRows:
    """A stream.

    Attributes:
        at: when each row happened, microseconds since the epoch; the rows stand in the order in which they were learned of.
        whose: whose row it is, as a code; -1 of nobody, who has no history.
        names: of the values; ``columns``: one per name.
        bad: what may be learned of each row: 1 bad, 0 good, NaN where nothing.
    """

    at: IntArray
    whose: IntArray
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    bad: FloatArray

    @property
    def count(self) -> int:
        """How many rows."""
        return int(self.at.size)

    def ranks(self) -> tuple[IntArray, IntArray]:
        """Of each row, whose it is (nobody's rows being somebody each), and how many rows of theirs came before it."""
        alone = np.flatnonzero(self.whose < 0)
        whose = self.whose.copy()
        whose[alone] = self.whose.max(initial=-1) + 1 + np.arange(alone.size)
        order = np.argsort(whose, kind="stable")
        _, starts, counts = np.unique(whose[order], return_index=True, return_counts=True)
        rank = np.empty(self.count, dtype=np.int64)
        rank[order] = np.arange(self.count) - np.repeat(starts, counts)
        return whose, rank

    def gaps(self) -> FloatArray:
        """Seconds since the latest of the earlier rows of the same entity, never negative; NaN of a first one."""
        whose, rank = self.ranks()
        gaps = np.full(self.count, np.nan)
        latest = np.zeros(int(whose.max(initial=-1)) + 1, dtype=np.int64)
        order = np.argsort(rank, kind="stable")
        edges = np.searchsorted(rank[order], np.arange(int(rank.max(initial=-1)) + 2))
        for step in range(len(edges) - 1):
            rows = order[edges[step] : edges[step + 1]]
            who = whose[rows]
            if step:
                gaps[rows] = np.maximum(self.at[rows] - latest[who], 0) / SECOND
            latest[who] = np.maximum(latest[who], self.at[rows]) if step else self.at[rows]
        return gaps


def event_rows(
    plan: SequencePlan,
    told: EntityKind,
    marks: Sequence[Mark],
    event_types: Mapping[EventTypeName, EventType],
    events: pa.Table,
) -> SequenceRows:
    """The rows that ``plan`` would score among ``events``. A row's outcome is what was told last of its entity of kind ``told``.

    Args:
        plan: what to read; its document needs no weights yet.
        told: of whom marks say that they are bad: whose history it is, or a kind of its own, such as the payment.
        marks: the events by which that becomes known.
        event_types: of the release.
        events: with every known column beside each, as ``KnownPlan.of_table`` of ``known_events`` gives them.

    Raises:
        DefinitionError: a mark that does not hold together, or events that do not name ``told``.
        InvalidInput: a column is missing or of another type, or a sequence number stands twice.
    """
    members, filters = compile_marks(marks, told, event_types)
    labelled = member_field(event_types[plan.event], told, "told")
    document = plan.document
    entities: dict[EventTypeName, tuple[str, ...]] = {document.event: (plan.member, labelled)}
    for event_type, member in members.items():
        entities[event_type] = (*entities.get(event_type, ()), member)
    values = filtered_fields(filters)
    values[document.event] = (*values.get(document.event, ()), *(name for _, name in plan.inputs.fields))
    reading = EventTable(events, entities, values, [document.inputs[place] for place, _ in plan.inputs.known])
    codes: dict[Pseudonym, int] = {}
    at, whose, rows, about = [], [], [], []
    facts: dict[Pseudonym, float] = {}
    vector: list[Any] = [None] * (max((place for _, place in plan.inputs.known), default=-1) + 1)
    for _, event, beside in reading.events(reading.order):
        if event.event_type == document.event:
            for (_, place), value in zip(plan.inputs.known, beside, strict=True):
                vector[place] = value
            who = event.entities.get(plan.member)
            at.append(event.occurred_at)
            whose.append(-1 if who is None else codes.setdefault(who, len(codes)))
            rows.append(plan.inputs.of(event, vector))
            about.append(event.entities.get(labelled))
        asked = filters.get(event.event_type)
        if asked is not None:
            subject = event.entities.get(members[event.event_type])
            (bad,) = asked(event.values, event.occurred_at)
            if subject is not None and bad is not None:
                facts[subject] = float(bool(bad))
    columns = zip(*rows, strict=True) if rows else ([] for _ in document.values)
    return SequenceRows(
        at=np.array(at, dtype=np.int64),
        whose=np.array(whose, dtype=np.int64),
        names=document.inputs,
        columns=tuple(
            _column(column, as_text=one.type == "categorical")
            for one, column in zip(document.values, columns, strict=True)
        ),
        bad=np.array([np.nan if one is None else facts.get(one, np.nan) for one in about], dtype=np.float64),
    )


def _column(values: Sequence[object], *, as_text: bool) -> Column:
    if as_text:
        texts = np.empty(len(values), dtype=np.object_)
        texts[:] = values
        return texts
    return np.array([number_of(value) for value in values], dtype=np.float64)
