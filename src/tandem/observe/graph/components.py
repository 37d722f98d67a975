"""Who hangs together at one instant, over a whole table: the components of everybody, on one machine.

Online, a component is walked from the member that asks, up to a number. A report wants them all, without a limit: links that
live at the instant, over identifiers that join and are no crowd's. The cluster's twin is ``spark.py``; both give the same
partition, and call each component by the lowest pseudonym in it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from tandem.kernel.time import Micros
from tandem.observe.graph.plan import GraphPlan
from tandem.observe.graph.table import needed_column, whole_micros

__all__ = ["living_components"]

_HEADING = ("event_type", "occurred_at")


def living_components(plan: GraphPlan, events: pa.Table, at: Micros) -> pa.Table:
    """Each member with a living link at ``at`` and its component: columns ``member``, ``component``, by member.

    Args:
        plan: which links there are, how long they live, which of them join.
        events: columns ``event_type``, ``occurred_at`` (microseconds, or timestamps) and the fields that the plan reads,
            as pseudonyms; rows in any order. What occurred after ``at`` is left out.

    Raises:
        InvalidInput: a column is missing.
    """
    people: list[pa.Array] = []
    joined: list[tuple[pa.Array, pa.Array]] = []
    for place, link in enumerate(plan.graph.links):
        used = _uses(plan, events, place, at)
        used = used.filter(pc.less(pc.subtract(at, used["last"]), link.life))
        people.append(used["member"].combine_chunks())
        if link.joins:
            users = used.group_by("identifier").aggregate([("member", "count")])
            kept = users.filter(pc.less(users["member_count"], link.hub))["identifier"]
            used = used.filter(pc.is_in(used["identifier"], kept))
            joined.append((used["member"].combine_chunks(), used["identifier"].combine_chunks()))
    members = pa.chunked_array(people, pa.string()).unique().sort()
    return pa.table({"member": members, "component": members.take(pa.array(_lowest(members, joined)))})


def _uses(plan: GraphPlan, events: pa.Table, place: int, at: Micros) -> pa.Table:
    """Who used which identifier of that link, and when last, up to ``at``."""
    for name in _HEADING:
        needed_column(events, name)
    parts = []
    when = whole_micros(events["occurred_at"])
    for event, reads in plan.reads.items():
        of_it = pc.and_(pc.equal(events["event_type"].cast(pa.string()), event), pc.less_equal(when, at))
        for field in (name for index, name in reads.identifiers if index == place):
            named = pc.and_(
                of_it,
                pc.and_(pc.is_valid(needed_column(events, reads.member)), pc.is_valid(needed_column(events, field))),
            )
            columns = [events[reads.member].cast(pa.string()), events[field].cast(pa.string()), when]
            parts.append(pa.table(columns, names=["member", "identifier", "at"]).filter(named))
    uses = pa.concat_tables(parts).group_by(["member", "identifier"]).aggregate([("at", "max")])
    return uses.rename_columns(["member", "identifier", "last"])


def _lowest(members: pa.Array, joined: list[tuple[pa.Array, pa.Array]]) -> Any:
    """For each member the place of the lowest of its component."""
    count = len(members)
    rows, columns, things = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], 0
    for who, what in joined:
        coded = what.dictionary_encode()
        rows.append(pc.index_in(who, members).to_numpy().astype(np.int64))
        columns.append(coded.indices.to_numpy().astype(np.int64) + count + things)
        things += len(coded.dictionary)
    row, column = np.concatenate(rows), np.concatenate(columns)
    size = count + things
    _, labels = connected_components(
        csr_matrix((np.ones(len(row), np.int8), (row, column)), shape=(size, size)), directed=False
    )
    of_members = labels[:count]
    lowest = np.full(labels.max(initial=-1) + 1, count, np.int64)
    np.minimum.at(lowest, of_members, np.arange(count))
    return lowest[of_members]
