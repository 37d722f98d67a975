"""The rows of a set out of what tells of them: the one definition, whichever engine brings it together.

A decided event, what tells of it, its decision and what was computed of it are all that its row can depend on. So any part of the
decided events is made into rows alone, and parts put together are the set: DuckDB makes one part of everything, and Spark
many, each where its rows lie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import InvalidInput
from tandem.kernel.expressions import Column
from tandem.kernel.identity import EventTypeName
from tandem.learn.datasets.facts import FactColumn, merged
from tandem.learn.datasets.manifest import ROW_COLUMNS, DatasetCounts
from tandem.learn.datasets.recorded import RecordedFacts
from tandem.learn.datasets.spec import DatasetSpec
from tandem.learn.labels import (
    Asked,
    LabelConditions,
    LabelState,
    Terms,
    conditions_of,
    decided_rows,
    label_rows,
    told_rows,
)
from tandem.learn.training import BoolArray, IntArray
from tandem.observe.events import EventType

__all__ = ["Part", "Recipe", "Sources", "labelled", "part_of", "summed"]

_INSTANT: Final = pa.timestamp("us")
_STATE: Final = "label_state"


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """What a set is made by: data alone, which travels to wherever rows are made.

    Attributes:
        event_types: of the events that are decided and that tell, by name.
        columns: what was recorded or is computed of an event, by name, in the order of the set.
        answers: those of ``columns`` that connectors gave.
        shares: digest of a policy to the chance that its arm which explores gives; null where it has no such arm.
        everything: keep events whatever their label is worth, but for those of erased persons.
    """

    spec: DatasetSpec
    event_types: dict[EventTypeName, EventType]
    columns: dict[str, Column]
    answers: tuple[str, ...]
    shares: dict[str, float | None]
    everything: bool = False

    def conditions(self) -> LabelConditions:
        """The label, held against the event types."""
        return conditions_of(self.spec.label, {str(name): one for name, one in self.event_types.items()})


@dataclass(frozen=True)
class Sources:
    """Some decided events and all that tells of them; events as ``known_events`` gives them, each table in the order of ``seq``.

    Attributes:
        own: the decided events.
        telling, early: events that tell of one of them, or that correct one which does; others do no harm, nor does one
            that stands there twice.
        decisions: on them.
        computed: ``seq`` and what was computed as of it.
        erased: places of events whose person was erased since.
    """

    own: pa.Table
    telling: pa.Table
    early: pa.Table | None
    decisions: RecordedFacts
    computed: pa.Table
    erased: pa.Array


@dataclass(frozen=True)
class Part:
    """The rows of some decided events.

    Attributes:
        whole: every event that was kept, in the order of ``seq``; ``state`` the worth of each one's label.
        columns: the facts.
    """

    whole: pa.Table
    state: pa.Array
    columns: tuple[FactColumn, ...]
    counts: DatasetCounts

    def where(self, state: LabelState) -> pa.Table:
        """The rows whose label is worth that."""
        return self.whole.filter(pc.equal(self.state, str(state))).combine_chunks()


def labelled(conditions: LabelConditions, asked: Asked, sources: Sources) -> tuple[pa.Table, pa.Table]:
    """The decided events up to ``asked``, and beside each its label: two tables in the order of ``seq``.

    A correction of a decided event is no decision of its own unless it was decided.
    """
    own, head = sources.own, sources.decisions.head
    decisions = pa.table({"seq": head["row_seq"], "decision": head["decision_outcome"]})
    decided = decided_rows(conditions, own).join(decisions, "seq", join_type="left outer").sort_by("seq")
    counts = pc.or_(pc.is_null(own["supersedes"]), pc.is_valid(decided["decision"]))
    own, decided = own.filter(counts), decided.filter(counts)
    told = told_rows(conditions, sources.telling, sources.early)
    return own, label_rows(decided, told, Terms.of(conditions.definition), asked)


def part_of(recipe: Recipe, sources: Sources) -> Part:
    """The rows of the decided events in ``sources``."""
    spec, conditions = recipe.spec, recipe.conditions()
    events, labels = labelled(conditions, Asked(seq=spec.seq, at=spec.at), sources)
    inside = _within(events, spec)
    events, labels = events.filter(inside), labels.filter(inside)
    erased = np.asarray(pc.is_in(events["seq"], sources.erased).to_numpy(), dtype=np.bool_)
    state = np.array(labels[_STATE].to_pylist(), dtype=object)
    counts = _counts(state, erased, labels)
    kept = ~erased & (recipe.everything | np.isin(state, [LabelState.MATURE, LabelState.DECLINED]))
    events, labels = events.filter(pa.array(kept)), labels.filter(pa.array(kept))
    rows = np.asarray(events["seq"].to_numpy(), dtype=np.int64)
    known, told = merged(rows, recipe.columns, sources.decisions, sources.computed, recipe.answers)
    fields = _fields(conditions.decided, events)
    whole = pa.table({**_heading(rows, events, labels, sources.decisions, recipe), **fields, **known})
    own = (FactColumn(name=name, type=str(column.type), kind="field") for name, column in fields.items())
    return Part(whole, pa.array(state[kept], pa.string()), (*own, *told), counts)


def summed(accounts: Iterable[tuple[DatasetCounts, tuple[FactColumn, ...]]]) -> tuple[DatasetCounts, list[FactColumn]]:
    """What several parts of a set count together; there is at least one part."""
    counts, columns = zip(*accounts, strict=True)
    names = [one for one in DatasetCounts.__struct_fields__ if one != "excluded"]
    excluded: Counter[str] = Counter()
    for one in counts:
        excluded.update(one.excluded)
    whole = DatasetCounts(
        **{name: sum(getattr(one, name) for one in counts) for name in names}, excluded=dict(sorted(excluded.items()))
    )
    return whole, [_added(same) for same in zip(*columns, strict=True)]


def _added(parts: tuple[FactColumn, ...]) -> FactColumn:
    numbers = {name: sum(getattr(one, name) for one in parts) for name in ("recorded", "computed", "differs")}
    return msgspec.structs.replace(parts[0], **numbers)


def _within(events: pa.Table, spec: DatasetSpec) -> pa.Array:
    at = events["occurred_at"].cast(pa.int64())
    inside = pc.is_valid(at)
    if spec.since is not None:
        inside = pc.and_(inside, pc.greater_equal(at, spec.since))
    if spec.until is not None:
        inside = pc.and_(inside, pc.less(at, spec.until))
    return inside


def _counts(state: Any, erased: BoolArray, labels: pa.Table) -> DatasetCounts:
    left = Counter(state[~erased].tolist())
    bad = pc.fill_null(labels["bad"], fill_value=False).to_numpy() & (state == LabelState.MATURE) & ~erased
    reasons = Counter(
        reason
        for reason, gone in zip(labels["label_reason"].to_pylist(), erased.tolist(), strict=True)
        if reason is not None and not gone
    )
    return DatasetCounts(
        mature=left[LabelState.MATURE],
        bad=int(bad.sum()),
        immature=left[LabelState.IMMATURE],
        provisional=left[LabelState.PROVISIONAL],
        declined=left[LabelState.DECLINED],
        unknown=left[LabelState.UNKNOWN],
        erased=int(erased.sum()),
        excluded=dict(sorted(reasons.items())),
    )


def _heading(
    rows: IntArray, events: pa.Table, labels: pa.Table, facts: RecordedFacts, recipe: Recipe
) -> dict[str, Any]:
    head = facts.head
    places = np.searchsorted(np.asarray(head["row_seq"].to_numpy()), rows)
    inside = np.minimum(places, max(head.num_rows - 1, 0))
    there = np.zeros(rows.size, dtype=np.bool_)
    if head.num_rows:
        there = np.asarray(head["row_seq"].to_numpy())[inside] == rows
    mine = head.take(pa.array(inside, mask=~there))
    found = {
        "row_seq": events["seq"],
        "row_id": events["event_id"],
        "occurred_at": events["occurred_at"].cast(_INSTANT),
        "label_bad": labels["bad"],
        "label_known_at": labels["label_known_at"].cast(_INSTANT),
        "label_settled_at": labels["label_settled_at"].cast(_INSTANT),
        "decision_outcome": mine["decision_outcome"],
        "decision_policy": mine["decision_policy"],
        "decision_propensity": _propensity(mine, recipe.spec.explored, recipe.shares),
    }
    assert tuple(found) == ROW_COLUMNS, "the heading is what the manifest says"
    return found


def _propensity(decisions: pa.Table, explored: str, shares: Mapping[str, float | None]) -> pa.Array:
    """The chance with which each event was let through by the arm that explores; null where it was not in that arm."""
    if not explored:
        return pa.nulls(decisions.num_rows, pa.float64())
    pairs = zip(decisions["policy_digest"].to_pylist(), decisions["decision_path"].to_pylist(), strict=True)
    return pa.array([shares[one] if one and path and explored in path else None for one, path in pairs], pa.float64())


def _fields(decided: EventType, events: pa.Table) -> dict[str, pa.ChunkedArray]:
    clash = sorted({field.name for field in decided.fields} & set(ROW_COLUMNS))
    if clash:
        raise InvalidInput(
            f"{decided.name} has a field that is called like a column of every training set.", code="name_taken",
            field="label", value=clash[0], hint="give the field another name in a new event type",
        )  # fmt: skip
    return {field.name: events[field.name] for field in decided.fields if field.name in events.column_names}
