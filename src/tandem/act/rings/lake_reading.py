"""Sightings out of the lake: the events that link, what was decided on them, and what became known of their members.

The lake is a copy of the journal that another process writes, so that looking for rings holds up no decision. Engine and
tables work outside of the interpreter; nothing here runs row by row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.act.rings.finders import Finder
from tandem.act.rings.sightings import NOBODY_KNOWS, OUTCOMES, Ints, Sightings
from tandem.kernel.expressions import Dialect, to_sql
from tandem.kernel.identity import EventTypeName
from tandem.observe.graph import GraphPlan
from tandem.observe.lake import Lake

__all__ = ["sightings_from", "sightings_of"]

_ROWS_MAX: Final = 50_000_000
_TIMEOUT_S: Final = 300.0
_TEXT: Final = pa.string()


def sightings_from(lake: Lake, plan: GraphPlan, finder: Finder) -> tuple[Sightings, int]:
    """What the lake knows, and the place of the journal up to which it does.

    Raises:
        Unavailable: the lake does not answer.
    """
    still = lake.moment()  # who applied and what became of it are of one moment
    seq = still.projected_seq
    there = set(still.tables(personal=True))
    columns = _columns(plan)
    parts = [
        still.sql(
            _applications(plan, finder, event, columns, there),
            _parameters(finder) if "decisions" in there else None,
            personal=True,
            rows_max=_ROWS_MAX,
            timeout_s=_TIMEOUT_S,
        )
        for event in plan.reads
        if event in there
    ]
    marks = [
        still.sql(_marks(plan, event, there), personal=True, rows_max=_ROWS_MAX, timeout_s=_TIMEOUT_S)
        for event in plan.marks
        if event in there
    ]
    rows = pa.concat_tables(parts).sort_by("seq") if parts else None
    known = pa.concat_tables(marks).sort_by("seq") if marks else None
    return sightings_of(plan, columns, rows, known), seq


def sightings_of(plan: GraphPlan, columns: Sequence[int], rows: pa.Table | None, known: pa.Table | None) -> Sightings:
    """Sightings of rows in the order of the journal.

    Args:
        columns: of each column ``id_N`` of ``rows``, the place of its kind among the links.
        rows: ``seq``, ``event_id``, ``at``, ``member``, ``id_0`` ..., ``amount``, ``outcome`` (text), ``heat``.
        known: ``seq``, ``member``, ``bad``; the last one of a member counts.
    """
    kinds = tuple(link.identifier for link in plan.graph.links)
    if rows is None:
        rows = _no_rows(len(columns))
    rows = rows.filter(pc.is_valid(rows["member"]))
    told = None if known is None else known.filter(pc.and_(pc.is_valid(known["member"]), pc.is_valid(known["bad"])))
    texts = [_text(rows["member"])] + ([] if told is None else [_text(told["member"])])
    members, (member, *marked) = _numbered(texts)
    names: list[pa.Array] = []
    kind: list[Ints] = []
    named = np.full((len(rows), len(columns)), -1, dtype=np.int64)
    first = 0
    for place in range(len(kinds)):
        mine = [at for at, of in enumerate(columns) if of == place]
        found, numbers = _numbered([_text(rows[f"id_{at}"]) for at in mine])
        for at, number in zip(mine, numbers, strict=True):
            named[:, at] = np.where(number >= 0, number + first, -1)
        names.append(found)
        kind.append(np.full(len(found), place, dtype=np.int8))
        first += len(found)
    ends = np.full(len(members), NOBODY_KNOWS, dtype=np.int8)
    told_at = np.zeros(len(members), dtype=np.int64)
    if told is not None:
        ends[marked[0]] = _numpy(told["bad"].cast(pa.int8()))
        told_at[marked[0]] = _numpy(told["seq"])
    return Sightings(
        kinds=kinds,
        members=members,
        identifiers=pa.concat_arrays(names) if names else pa.array([], _TEXT),
        kind=np.concatenate(kind) if kind else np.zeros(0, dtype=np.int8),
        member=member,
        at=_numpy(rows["at"]),
        seq=_numpy(rows["seq"]),
        event_ids=rows["event_id"].combine_chunks(),
        named=named,
        heat=_numpy(pc.fill_null(rows["heat"], float("nan"))),
        amount=_numpy(pc.fill_null(rows["amount"], -1)),
        outcome=_numpy(pc.fill_null(pc.index_in(rows["outcome"], pa.array(OUTCOMES)), -1)),
        known=ends,
        told=told_at,
    )


def _columns(plan: GraphPlan) -> list[int]:
    """Kinds of the identifier columns: as many of each as any event names."""
    most: dict[int, int] = {}
    for reads in plan.reads.values():
        for place in range(len(plan.graph.links)):
            most[place] = max(most.get(place, 0), sum(at == place for at, _ in reads.identifiers))
    return [place for place, count in sorted(most.items()) for _ in range(count)]


def _applications(
    plan: GraphPlan, finder: Finder, event: EventTypeName, columns: Sequence[int], there: set[str]
) -> str:
    # Names are lower_snake, checked where they were read: nothing in them ends a quoted name. Values are parameters.
    reads = plan.reads[event]
    left = list(reads.identifiers)
    chosen = []
    for at, place in enumerate(columns):
        field = next((one for one in left if one[0] == place), None)
        if field is not None:
            left.remove(field)
        chosen.append(f'e."{field[1]}" AS id_{at}' if field else f"CAST(NULL AS VARCHAR) AS id_{at}")
    table = f"{event}_full" if finder.amount is not None and f"{event}_full" in there else str(event)
    amount = "CAST(NULL AS BIGINT)" if finder.amount is None else f'CAST(e."{finder.amount}" AS BIGINT)'
    decided = "decisions" in there
    outcome = "d.outcome" if decided else "CAST(NULL AS VARCHAR)"
    heat = _heat(finder) if decided else "CAST(NULL AS DOUBLE)"
    join = "LEFT JOIN decisions d ON d.event_seq = e.seq" if decided else ""
    longest = max(link.life for link in plan.graph.links)
    return (
        f'SELECT e.seq, e.event_id, epoch_us(e.occurred_at) AS at, e."{reads.member}" AS member, {", ".join(chosen)}, '  # noqa: S608 - see above
        f'{amount} AS amount, {outcome} AS outcome, {heat} AS heat FROM "{table}" e {join} '
        f'WHERE epoch_us(e.occurred_at) > (SELECT max(epoch_us(occurred_at)) FROM "{table}") - {longest:d}'
    )


def _heat(finder: Finder) -> str:
    parts = []
    if finder.hot.score is not None:
        parts.append("CAST(json_extract(d.scores, $score) AS DOUBLE)")
    if finder.hot.outcomes:
        judged = "list_contains($outcomes, d.outcome)"
        if finder.hot.reasons:
            judged += " AND list_has_any(d.reasons, $reasons)"
        parts.append(f"CASE WHEN {judged} THEN 1.0::DOUBLE WHEN d.outcome IS NOT NULL THEN 0.0::DOUBLE END")
    return f"greatest({', '.join(parts)})" if parts else "CAST(NULL AS DOUBLE)"


def _parameters(finder: Finder) -> dict[str, Any] | None:
    given: dict[str, Any] = {}
    if finder.hot.score is not None:
        given["score"] = f'$."{finder.hot.score.model}".probability'
    if finder.hot.outcomes:
        given["outcomes"] = list(finder.hot.outcomes)
        if finder.hot.reasons:
            given["reasons"] = list(finder.hot.reasons)
    return given or None


def _marks(plan: GraphPlan, event: EventTypeName, there: set[str]) -> str:
    (condition,) = plan.marks[event].expressions
    table = f"{event}_full" if f"{event}_full" in there else str(event)
    said = to_sql(condition, Dialect.DUCKDB)  # of a typed tree: no text of a user's reaches SQL
    return f'SELECT seq, "{plan.members[event]}" AS member, CAST(({said}) AS BOOLEAN) AS bad FROM "{table}"'  # noqa: S608


def _numbered(texts: Sequence[pa.Array]) -> tuple[pa.Array, list[Ints]]:
    """The different texts in order of their first appearance, and each column as numbers; -1 for none."""
    whole = pa.concat_arrays(texts) if texts else pa.array([], _TEXT)
    encoded = whole.dictionary_encode()
    numbers = _numpy(pc.fill_null(encoded.indices, -1)).astype(np.int64)
    cuts = np.cumsum([len(one) for one in texts])[:-1]
    return encoded.dictionary, list(np.split(numbers, cuts)) if texts else []


def _text(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole.cast(_TEXT)


def _numpy(column: pa.ChunkedArray | pa.Array) -> Any:
    return column.to_numpy() if isinstance(column, pa.ChunkedArray) else column.to_numpy(zero_copy_only=False)


def _no_rows(columns: int) -> pa.Table:
    names = {f"id_{at}": _TEXT for at in range(columns)}
    return pa.schema(
        {
            "seq": pa.int64(),
            "event_id": _TEXT,
            "at": pa.int64(),
            "member": _TEXT,
            **names,
            "amount": pa.int64(),
            "outcome": _TEXT,
            "heat": pa.float64(),
        }.items()
    ).empty_table()
