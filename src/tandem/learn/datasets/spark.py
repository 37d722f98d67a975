"""A training set put together by a cluster: Spark brings all that tells of a decided event to one place and writes what comes of it.

Not a second definition: rows are made by ``rows.part_of`` on the executors, features by the kernel of every other host, and
what is asked of the lake is the SQL that DuckDB is asked. So both engines give one digest.

No row passes through the driver's Python objects. What the driver does hold: one column of the set at a time for the digest, a piece
of about a hundred thousand rows while parts become one file, what the pieces count, and, where graphs are asked for, the events
that they read, for these have no host on Spark.

Needs the extra ``spark`` (pyspark 4.3, Java 17) here, and Tandem on every executor; lake and sets on a file system that all see
under the same path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.pandas.types import from_arrow_schema

from tandem.decide.decisions import Beside, LiveRelease
from tandem.kernel.errors import IntegrityError, InvalidInput, Unavailable
from tandem.kernel.identity import EventTypeName
from tandem.kernel.time import Clock
from tandem.learn.datasets.as_of import caught_up
from tandem.learn.datasets.assembling import Asking, Outline, PolicyOf, erased_query, outline_of
from tandem.learn.datasets.building import DatasetFault, faults_of, live_release, manifest_of, policies
from tandem.learn.datasets.facts import computed_facts, events_read
from tandem.learn.datasets.known_events import events_query
from tandem.learn.datasets.manifest import DatasetManifest
from tandem.learn.datasets.parts import (
    ACCOUNT,
    COMPUTED,
    DECISION,
    EARLY,
    ERASED,
    KIND,
    OWN,
    PIECE_ROWS,
    STATE,
    TELLING,
    Account,
    Shipped,
    empty_part,
    parts_of,
    schema_of,
)
from tandem.learn.datasets.recorded import decisions_query
from tandem.learn.datasets.rows import Recipe
from tandem.learn.datasets.spark_lake import SparkLake, united
from tandem.learn.datasets.spark_session import words_of
from tandem.learn.datasets.spec import DatasetSpec
from tandem.learn.datasets.store import DatasetStore, Draft, FileRows
from tandem.learn.labels import LabelState
from tandem.observe.events import EventType
from tandem.observe.features import FeaturePlan
from tandem.observe.features.hosts.pieces import KEY
from tandem.observe.features.hosts.spark import compute_spark, fields_read, lake_events
from tandem.observe.lake import Lake, kept_fields

__all__ = ["build_spark", "verify_spark"]

_AT_ONCE: Final = 100_000
_PLACE: Final = "row_seq"


def build_spark(
    beside: Beside,
    lake: Lake,
    spec: DatasetSpec,
    draft: Draft,
    session: SparkSession,
    *,
    clock: Clock,
    piece_rows: int = PIECE_ROWS,
) -> DatasetManifest:
    """The set that ``building.build`` gives, with its rows in ``draft``: the same rows under the same digest.

    Args:
        draft: of the store that is to keep it.
        session: of the cluster.
        piece_rows: how many rows an executor takes at once, with all that tells of them: fewer need less memory.

    Raises:
        Unavailable: no release is live, the lake does not catch up, or Spark fails.
        DefinitionError, NotFound, InvalidInput: as ``building.build``.
    """
    live = live_release(beside)
    caught_up(beside, lake)
    with _failing():
        outline = _Making(lake.moment(), live, spec, session, piece_rows).make(policies(beside), draft)
    return manifest_of(beside, live, spec, outline, draft.rows, draft.declined, clock=clock)


def verify_spark(
    beside: Beside, lake: Lake, store: DatasetStore, kept: DatasetManifest, session: SparkSession, *, clock: Clock
) -> list[DatasetFault]:
    """As ``building.verify``, built again by the cluster, whichever engine built it first."""
    with store.draft() as draft:
        again = build_spark(beside, lake, kept.spec, draft, session, clock=clock)
        return faults_of(store, kept, again, draft.rows)


class _Making:
    """One set while it is made."""

    def __init__(
        self, lake: Lake, live: LiveRelease, spec: DatasetSpec, session: SparkSession, piece_rows: int
    ) -> None:
        self._lake = lake
        self._live = live
        self._spec = spec
        self._piece_rows = piece_rows
        self._asking = Asking.of(live, spec)
        self._spark = SparkLake(session, lake)

    def make(self, policy_of: PolicyOf, draft: Draft) -> Outline:
        scratch = draft.folder.parent
        decided = self._asking.conditions.decided
        decisions = self._decisions(decided)
        digests = [] if decisions is None or not self._spec.explored else _distinct(decisions, "policy_digest")
        recipe = self._asking.explored_by(digests, policy_of)
        empty = empty_part(recipe)
        accounts = [Account(empty.counts, empty.columns)]
        parts = None
        own = self._events(decided)
        if own is not None:
            place = (scratch / "parts").as_uri()
            self._rows(recipe, own, decisions, scratch, schema_of(empty)).write.parquet(place)
            parts = self._spark.spark.read.schema(_spark_schema(schema_of(empty))).parquet(place)
            told = parts.where(sql.col(ACCOUNT).isNotNull()).select(ACCOUNT).toArrow()[ACCOUNT].to_pylist()
            accounts += [msgspec.msgpack.decode(one, type=Account) for one in told]
        outline, absent = outline_of(self._asking, [(one.counts, one.columns) for one in accounts])
        schema = empty.whole.drop_columns(absent).schema
        for state, rows in ((LabelState.MATURE, draft.rows), (LabelState.DECLINED, draft.declined)):
            folder = scratch / str(state)
            if parts is not None:
                mine = parts.where(sql.col(STATE) == str(state)).select(*map(_column, schema.names))
                mine.orderBy(_PLACE).write.parquet(folder.as_uri())
            _one_file(folder, rows, schema)
        return outline

    def _rows(
        self, recipe: Recipe, own: DataFrame, decisions: DataFrame | None, scratch: Path, schema: pa.Schema
    ) -> DataFrame:
        """The rows of all decided events, where all that tells of one has come together."""
        conditions, place = self._asking.conditions, own.select("seq", "event_id")
        kinds = [_kind(OWN, own, sql.col("event_id"))]
        gone = erased_query(conditions.decided, self._spark.tables)
        if gone is not None:
            kinds.append(_kind(ERASED, place.join(self._spark.sql(gone), "seq"), sql.col("event_id"), ["seq"]))
        if decisions is not None:
            kinds.append(_kind(DECISION, decisions, sql.col("event_id")))
        computed = self._computed(place, scratch)
        if computed is not None:
            kinds.append(_kind(COMPUTED, computed, sql.col("event_id"), ["seq", *self._asking.names]))
        telling = {TELLING: conditions.telling} | ({} if conditions.early is None else {EARLY: conditions.early})
        told = {}
        for kind, one in telling.items():
            events = self._events(one.event_type)
            if events is not None:
                told[kind] = events.withColumn(KEY, _column(one.refers))
        if told:
            kinds += _with_corrections(told)
        shipped = Shipped.of(recipe, self._piece_rows).encoded()
        together = united(kinds).repartition(KEY).sortWithinPartitions(KEY)
        return together.mapInArrow(lambda batches: parts_of(shipped, batches), _spark_schema(schema))

    def _events(self, event_type: EventType) -> DataFrame | None:
        """As ``known_events``, of one type and in no order; None before the first."""
        if event_type.name not in self._spark.tables:
            return None
        return self._spark.sql(events_query(event_type, self._spark.tables)).where(sql.col("seq") <= self._spec.seq)

    def _decisions(self, decided: EventType) -> DataFrame | None:
        query = decisions_query(self._spark.tables)
        return (
            None if query is None else self._spark.sql(query, event_type=str(decided.name), up_to=int(self._spec.seq))
        )

    def _computed(self, place: DataFrame, scratch: Path) -> DataFrame | None:
        """``seq``, ``event_id`` and what is computed of each decided event; None where nothing is asked for."""
        plan, names, decided = self._asking.plan, self._asking.names, self._asking.conditions.decided
        features = [name for name in names if name in plan.features.columns]
        found = None
        if features:
            read = events_read(plan, decided)
            _check_kinds(plan.features, read)
            events = lake_events(self._spark.spark, plan.features, self._lake.files)
            events = events.where(sql.col("event_type").isin(*map(str, read)) & (sql.col("seq") <= self._spec.seq))
            found = place.join(compute_spark(plan.features, events).select("seq", *map(_column, features)), "seq")
        around = [name for name in names if name not in features]
        if around:
            file = scratch / "graphs.parquet"
            table = computed_facts(self._lake, self._live, plan, around, decided, self._spec.seq)
            pq.write_table(table, file)
            graphs = self._spark.spark.read.schema(_spark_schema(table.schema)).parquet(file.as_uri())
            found = (place if found is None else found).join(graphs, "seq")
        return found


def _check_kinds(plan: FeaturePlan, read: Iterable[EventTypeName]) -> None:
    """Refuse what Spark would put into one column by rules of its own.

    Raises:
        InvalidInput: features read a field that has one kind of value in one type of event and another in another.
    """
    seen: dict[str, tuple[pa.DataType, str]] = {}
    for event in sorted(read):
        kept = kept_fields(plan.event_types[event])
        for name in (one for one in fields_read(plan, event) if one in kept):
            kind = kept[name]
            first, of = seen.setdefault(name, (kind, event))
            if first != kind:
                raise InvalidInput(
                    f"{name} is {first} in {of} and {kind} in {event}: Spark cannot compute features over both.",
                    code="kinds_differ", field="features", value=name,
                    hint="leave --engine out, or choose --features that do not read both",
                )  # fmt: skip


def _with_corrections(told: dict[str, DataFrame]) -> list[DataFrame]:
    """What tells under the event that it tells of, and whatever corrects it under the same."""
    targets = united([one.select("event_id", KEY) for one in told.values()]).where(sql.col(KEY).isNotNull()).distinct()
    targets = targets.withColumnRenamed("event_id", "__target").withColumnRenamed(KEY, "__at")
    found = []
    for kind, events in told.items():
        columns = [name for name in events.columns if name != KEY]
        met = events.where(sql.col("supersedes").isNotNull()).join(
            targets, sql.col("supersedes") == sql.col("__target")
        )
        found += [
            _kind(kind, events.where(sql.col(KEY).isNotNull()), sql.col(KEY), columns),
            _kind(kind, met, sql.col("__at"), columns),
        ]
    return found


def _kind(kind: str, rows: DataFrame, key: Column, columns: list[str] | None = None) -> DataFrame:
    struct = sql.struct(*map(_column, rows.columns if columns is None else columns))
    return rows.select(key.alias(KEY), sql.lit(kind).alias(KIND), struct.alias(kind))


def _one_file(folder: Path, target: FileRows, schema: pa.Schema) -> None:
    """The parts that executors wrote, one after the other as one file; a piece of them at a time is in memory.

    Raises:
        IntegrityError: they do not come in the order of the journal.
    """
    last = -1
    with pq.ParquetWriter(target.place, schema, compression="zstd") as writer:
        for part in sorted(folder.glob("part-*.parquet")):
            for batch in pq.ParquetFile(part).iter_batches(_AT_ONCE):
                table = pa.Table.from_batches([batch]).cast(schema)
                places = pa.concat_arrays([pa.array([last], pa.int64()), *table[_PLACE].chunks])
                if not pc.all(pc.greater(places[1:], places[:-1])).as_py():
                    raise IntegrityError(
                        "Rows do not come in the order of the journal.", code="out_of_order", field=_PLACE, at=part.name
                    )
                last = places[-1].as_py()
                writer.write_table(table)
        if last < 0:
            writer.write_table(schema.empty_table())


def _distinct(rows: DataFrame, name: str) -> list[Any]:
    return list(rows.select(name).distinct().toArrow()[name].to_pylist())


def _column(name: str) -> Column:
    return sql.col("`" + name.replace("`", "``") + "`")


def _spark_schema(schema: pa.Schema) -> Any:
    return from_arrow_schema(schema, prefer_timestamp_ntz=True)


@contextmanager
def _failing() -> Iterator[None]:
    """Let what Spark says become an error of ours, which names the remedy."""
    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise Unavailable(
            f"Spark could not build the set: {words_of(error)}", code="spark_failed",
            hint="see Spark's log; where files were rewritten meanwhile (an erasure, a compaction), ask again",
        ) from error  # fmt: skip
