"""History from the lake: decisions, what they used and their events joined and unpacked by the engine, batch by batch.

What a decision used is recorded as one JSON document. Only the facts that somebody asks for are taken out of it, and those
that are fields of the event are read from its table, where they are columns already.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.policy.set_based import OUTCOMES, arrow_type, list_column, score_column
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EventTypeName
from tandem.kernel.time import Micros
from tandem.kernel.values import SqlType
from tandem.learn.backtest.batches import HistoryBatch, Ints, RecordedKind
from tandem.learn.backtest.sources import Sources
from tandem.learn.effect import ModelKey, ReleasesThen, Stopped
from tandem.observe.lake import Lake, kept_fields

__all__ = ["LakeHistory"]

_BATCH: Final = 65_536
_TIMEOUT_S: Final = 3_600.0
_JSON: Final[Mapping[SqlType, Any]] = {
    SqlType.BOOLEAN: "BOOLEAN",
    SqlType.INTEGER: "BIGINT",
    SqlType.DOUBLE: "DOUBLE",
    SqlType.TEXT: "VARCHAR",
    SqlType.DECIMAL: {"decimal": "VARCHAR"},
    SqlType.DATE: "INTEGER",
    SqlType.TIMESTAMP: "BIGINT",
}
_STRETCH: Final = """event_type = $event_type AND seq <= $up_to
    AND ($since IS NULL OR occurred_at >= make_timestamptz($since))
    AND ($until IS NULL OR occurred_at < make_timestamptz($until))"""
_KINDS: Final = f"""SELECT release, policy, policy_digest, count(*) AS decisions, count(subject) AS owned FROM decisions WHERE {_STRETCH}
    GROUP BY ALL ORDER BY min(seq)"""  # noqa: S608 - constants
_RANGES: Final = f"""SELECT min(seq) AS first, max(seq) AS last, min(event_seq) AS first_event, max(event_seq) AS last_event
    FROM (SELECT seq, event_seq, (row_number() OVER (ORDER BY seq) - 1) // {_BATCH} AS part FROM decisions WHERE {_STRETCH})
    GROUP BY part ORDER BY first"""  # noqa: S608 - constants


_TAKEN: Final = """seq, decision_id, event_id, event_seq, occurred_at, recorded_at, subject, outcome, release, policy,
    policy_digest, scores, {arms} AS arms"""


class LakeHistory:
    """The decisions on one type of event between two instants of event time, as far as the lake has taken them in."""

    def __init__(
        self,
        sources: Sources,
        lake: Lake,
        event_type: str,
        since: Micros | None,
        until: Micros | None,
        *,
        going: Callable[[], bool] = lambda: True,
    ) -> None:
        self._sources = sources
        self._lake = lake
        self._event_type = event_type
        self._asked: dict[str, Any] = {
            "event_type": event_type,
            "up_to": sources.last,
            "since": None if since is None else int(since),
            "until": None if until is None else int(until),
        }
        self._going = going
        self._then = ReleasesThen(sources.register, sources.release)
        declared = sources.live.reader.event_types[EventTypeName(event_type)]
        self._kept = frozenset(kept_fields(declared))
        self._fields = frozenset(["occurred_at", "received_at", *(one.name for one in declared.fields)])

    @property
    def total(self) -> int:
        """Decisions in the stretch."""
        return sum(one["decisions"] for one in self._kinds)

    def releases(self) -> tuple[Digest, ...]:
        """Those that decided in the stretch, in the order of their first decision."""
        return tuple(dict.fromkeys(Digest(one["release"]) for one in self._kinds))

    def batches(self, columns: Mapping[str, Column], lists: Sequence[str]) -> Iterator[HistoryBatch]:
        """The decisions, in order, with these facts and lists.

        Raises:
            Stopped: no longer ``going``.
            Unavailable: the lake does not answer within an hour.
        """
        if not self._kinds:
            return
        query = self._query(columns, lists)
        for one in self._ask(_RANGES, self._asked).to_pylist():
            if not self._going():
                raise Stopped
            yield self._batch(self._ask(query, self._asked | one), columns, lists)

    # -- inside

    @cached_property
    def _kinds(self) -> list[dict[str, Any]]:
        if "decisions" not in self._lake.tables():
            return []
        found: list[dict[str, Any]] = self._ask(_KINDS, self._asked).to_pylist()
        return found

    def _ask(self, query: str, parameters: Mapping[str, Any]) -> pa.Table:
        given = {name: value for name, value in parameters.items() if f"${name}" in query}
        return self._lake.sql(query, given, personal=True, rows_max=10 * _BATCH, timeout_s=_TIMEOUT_S)

    def _from_event(self, columns: Mapping[str, Column]) -> list[str]:
        there = self._lake.schema(self._event_table)
        return [name for name in columns if name in self._kept and there is not None and name in there.names]

    @cached_property
    def _event_table(self) -> str:
        full = f"{self._event_type}_full"
        return full if full in self._lake.tables(personal=True) else self._event_type

    def _from_json(self, columns: Mapping[str, Column]) -> list[str]:
        recorded = frozenset[str]().union(*(kind.names for kind in self._recorded))
        beside = {*self._from_event(columns), "occurred_at", "received_at"}
        return [name for name in columns if name in recorded and name not in beside]

    @cached_property
    def _recorded(self) -> tuple[RecordedKind, ...]:
        found = []
        for one in self._kinds:
            release, policy = Digest(one["release"]), one["policy"]
            inputs = self._then.release(release).policies[policy].columns
            asked = self._then.lists_of(release, policy, Digest(one["policy_digest"]))
            found.append(RecordedKind(str(release), policy, self._fields.union(inputs), asked))
        return tuple(found)

    @cached_property
    def _models(self) -> list[dict[str, ModelKey]]:
        return [self._then.models_of(Digest(one["release"]), Digest(one["policy_digest"])) for one in self._kinds]

    def _query(self, columns: Mapping[str, Column], lists: Sequence[str]) -> str:
        """One range of decisions. Names come from checked definitions: nothing in them ends a quoted name or text."""
        shape = {
            "inputs": {name: _JSON[columns[name].type] for name in self._from_json(columns)} or {"_": "VARCHAR"},
            "members": {name: ["VARCHAR"] for name in lists} or {"_": ["VARCHAR"]},
        }
        score = {"probability": "DOUBLE", "margin": "DOUBLE", "points": "DOUBLE"}
        stages = {stage: score for one in self._models for stage in one} or {"_": score}
        personal = "decisions_personal" in self._lake.tables(personal=True)
        fields = "".join(f', event."{name}" AS "field:{name}"' for name in self._from_event(columns))
        # The whole body is large: it is opened only where some event belongs to nobody, and keeps what it used in the open.
        unowned = any(kind["owned"] < kind["decisions"] for kind in self._kinds)
        open_part = "CASE WHEN one.subject IS NULL THEN one.body ->> '$.used' END"
        sealed = ["personal.body"] if personal else []
        used = f"coalesce({', '.join([*sealed, *([open_part] if unowned or not personal else []), 'NULL'])})"
        schema = self._lake.schema("decisions")
        # A lake of before there were experiments has no column for them.
        taken = _TAKEN.format(arms="arms" if schema is not None and "arms" in schema.names else "NULL")
        join = "LEFT JOIN (SELECT seq, body FROM decisions_personal WHERE seq BETWEEN $first AND $last) AS personal USING (seq)"
        return f"""
            SELECT one.seq, one.decision_id, one.event_id, one.event_seq, epoch_us(one.occurred_at) AS occurred_at,
                epoch_us(one.recorded_at) AS received_at, one.outcome, one.release, one.policy, one.policy_digest,
                one.arms IS NOT NULL AS tried,
                json_transform({used}, '{json.dumps(shape)}') AS used,
                json_transform(one.scores, '{json.dumps(stages)}') AS scores{fields}
            FROM (SELECT {taken}{", body" if unowned or not personal else ""} FROM decisions WHERE {_STRETCH} AND seq BETWEEN $first AND $last) AS one
            {join if personal else ""}
            LEFT JOIN (SELECT * FROM "{self._event_table}" WHERE seq BETWEEN $first_event AND $last_event) AS event
                ON event.seq = one.event_seq
            ORDER BY one.seq"""  # noqa: S608

    def _batch(self, rows: pa.Table, columns: Mapping[str, Column], lists: Sequence[str]) -> HistoryBatch:
        whole = len(rows)
        rows = rows.filter(pc.is_valid(rows["used"])).combine_chunks()
        kinds = self._kinds_of(rows)
        words = pa.array([str(one) for one in OUTCOMES])
        return HistoryBatch(
            table=self._facts(rows, columns, lists),
            decision_ids=_flat(rows["decision_id"]),
            event_ids=_flat(rows["event_id"]),
            seqs=rows["seq"].to_numpy(),
            event_seqs=rows["event_seq"].to_numpy(),
            occurred_at=rows["occurred_at"].to_numpy(),
            decided=pc.index_in(rows["outcome"], value_set=words).to_numpy().astype(np.int8),
            kinds=kinds,
            recorded=self._recorded,
            scores=self._scores(rows, kinds),
            erased=whole - len(rows),
        )

    def _kinds_of(self, rows: pa.Table) -> Ints:
        places = {(one["release"], one["policy"], one["policy_digest"]): at for at, one in enumerate(self._kinds)}
        joined = pc.binary_join_element_wise(rows["release"], rows["policy"], rows["policy_digest"], " ")
        coded = _flat(joined).dictionary_encode()
        known = np.array([places[tuple(text.split(" "))] for text in coded.dictionary.to_pylist()], dtype=np.int64)
        found: Ints = known[coded.indices.to_numpy()] if len(known) else np.empty(0, dtype=np.int64)
        return found

    def _facts(self, rows: pa.Table, columns: Mapping[str, Column], lists: Sequence[str]) -> pa.Table:
        used = _flat(rows["used"])
        inputs, members = used.field("inputs"), used.field("members")
        packed = set(self._from_json(columns))
        found: dict[str, Any] = {}
        for name, column in columns.items():
            kind = arrow_type(column)
            if name in {"occurred_at", "received_at"}:
                found[name] = rows[name].cast(pa.int64()).cast(kind)
            elif f"field:{name}" in rows.column_names:
                found[name] = _typed(_flat(rows[f"field:{name}"]), column)
            elif name in packed:
                found[name] = _typed(pc.struct_field(inputs, [name]), column)
            else:
                found[name] = pa.nulls(len(rows), kind)
        for name in lists:
            found[list_column(name)] = pc.struct_field(members, [name])
        return pa.table(found)

    def _scores(self, rows: pa.Table, kinds: Ints) -> dict[ModelKey, dict[str, pa.Array]]:
        """What each model said. In an arm of an experiment another model may have answered in its name: those are scored anew."""
        scores = _flat(rows["scores"])
        own = ~np.asarray(rows["tried"].to_numpy(), dtype=bool)
        found: dict[ModelKey, dict[str, Any]] = {}
        for place, stages in enumerate(self._models):
            mine = (kinds == place) & own
            for stage, key in stages.items():
                values = scores.field(stage)
                into = found.setdefault(key, {one: np.full(len(rows), np.nan) for one in _OUTPUTS})
                for output in _OUTPUTS:
                    told = values.field(output).to_numpy(zero_copy_only=False)
                    into[output][mine] = told[mine]
        return {
            key: {score_column(key[0], output): pa.array(one, from_pandas=True) for output, one in outputs.items()}
            for key, outputs in found.items()
        }


_OUTPUTS: Final = ("probability", "margin", "points")


def _flat(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _typed(values: pa.Array, column: Column) -> pa.Array:
    kind = arrow_type(column)
    if column.type is SqlType.DECIMAL and pa.types.is_struct(values.type):
        values = pc.struct_field(values, ["decimal"])
    if values.type == kind:
        return values
    if column.type is SqlType.DATE and pa.types.is_integer(values.type):
        return values.cast(pa.int32()).cast(kind)
    return values.cast(kind)
