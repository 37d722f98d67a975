"""The Spark host: a backfill over a cluster, by the kernel of every other host.

Spark brings the rows of a key together and sorts them; the kernel does the rest (``pieces.py``). What Spark's own window
functions would give is not what was served: they see late events too early and ties at once, and know no corrections.

Needs the extra ``spark`` (pyspark 4.3, Java 17) here, and Tandem with its compiled kernel on every executor. The Delta
extension of Spark is not needed: ``lake_events`` hands Spark the Parquet files that make up a table's version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce

import pyarrow as pa
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as sql
from pyspark.sql import types as kinds
from pyspark.sql.pandas.types import from_arrow_schema

from tandem.kernel.expressions import Column as Typed
from tandem.kernel.identity import EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.features.hosts.pieces import HOME, KEY, Shipped, features_of, states_of
from tandem.observe.features.identities import identity_of
from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.snapshots import pack_snapshot
from tandem.observe.features.states import assemble_state
from tandem.observe.features.units import Unit, part_of, units_of

__all__ = ["bootstrap_spark", "compute_spark", "fields_read", "lake_events"]

_PLACE = ("seq", "event_id", "event_type", "occurred_at")
_SUPERSEDES = "supersedes"
_STATES = "track int, key binary, state binary"


def compute_spark(plan: FeaturePlan, events: DataFrame, *, compiled: bool | None = None) -> DataFrame:
    """Every feature of ``plan`` as of every event: ``seq`` and then ``plan.names``, in no order.

    The values are those of ``compute_batch`` over the same events, to the bit. Nothing runs before the answer is asked
    for; errors then come as Spark wraps them.

    Args:
        plan: what to compute.
        events: columns as ``compute_batch`` takes them; rows in any order and any number of partitions.
        compiled: True demands the compiled kernel of every executor, False the reference.
    """
    answer = events.select("seq")
    for unit in units_of(plan):
        part = part_of(plan, unit)
        shipped = Shipped.of(part, compiled).encoded()
        made = _sorted_rows(part, unit, events).mapInArrow(_running(features_of, shipped), _schema(part))
        answer = answer.join(made, "seq", "left")
    return answer.select("seq", *plan.names)


def bootstrap_spark(
    plan: FeaturePlan, events: DataFrame, *, up_to: int | None = None, compiled: bool | None = None
) -> bytes:
    """The snapshot of ``bootstrap_snapshot``, computed by the cluster; the online host goes on after it.

    The states of all keys come to the driver, which must hold them in memory: their size is that of a snapshot, not of
    the events.

    Args:
        plan: what is computed.
        events: as for ``compute_spark``, from the first one on.
        up_to: the sequence number the snapshot stands at; None takes all there is.
        compiled: as for ``compute_spark``.
    """
    events = events if up_to is None else events.where(sql.col("seq") <= up_to)
    tracks: list[list[tuple[bytes, bytes]]] = [[] for _ in plan.tracks]
    for unit in units_of(plan):
        part = part_of(plan, unit)
        shipped = Shipped.of(part, compiled).encoded()
        states = _sorted_rows(part, unit, events).mapInArrow(_running(states_of, shipped), _STATES).toArrow()
        for track, key, state in zip(*(column.to_pylist() for column in states.columns), strict=True):
            tracks[unit.tracks[track]].append((key, state))
    newest = events.agg(sql.max("seq")).first()
    last_seq = newest[0] if newest is not None and newest[0] is not None else 0
    return pack_snapshot(plan.digest, last_seq, _texts(plan, events), assemble_state(tracks))


def lake_events(
    spark: SparkSession,
    plan: FeaturePlan,
    files: Callable[[str], tuple[pa.Schema, list[str]] | None],
) -> DataFrame:
    """The events that ``plan`` needs, out of the lake, as ``compute_spark`` takes them.

    Args:
        spark: the session; its workers must see the files under the same paths.
        plan: what will be computed.
        files: the schema and the Parquet files of a table as of one version; None where there is no such table:
            ``Lake.files``. Fields that the lake keeps apart as personal are read from ``<type>_personal`` beside it.
    """
    parts = [one for event in plan.event_types if (one := _lake_table(spark, plan, event, files)) is not None]
    if not parts:
        return spark.createDataFrame([], kinds.StructType([kinds.StructField("seq", kinds.LongType())]))
    return reduce(lambda left, right: left.unionByName(right, allowMissingColumns=True), parts)


def _lake_table(
    spark: SparkSession,
    plan: FeaturePlan,
    event: EventTypeName,
    files: Callable[[str], tuple[pa.Schema, list[str]] | None],
) -> DataFrame | None:
    def read(name: str) -> DataFrame | None:
        found = files(name)
        if found is None or not found[1]:
            return None
        schema = from_arrow_schema(found[0], prefer_timestamp_ntz=False)
        return spark.read.schema(schema).parquet(*found[1])

    clear, personal = read(event), read(f"{event}_personal")
    if clear is None:
        return None
    needed = fields_read(plan, event)
    place = [sql.col("seq"), sql.col("event_id"), sql.lit(event).alias("event_type"), sql.col("occurred_at")]
    apart = [] if personal is None else [name for name in needed if name not in clear.columns]
    rows = clear.select(*place, _SUPERSEDES, *(name for name in needed if name in clear.columns))
    if personal is None or not apart:
        return rows
    return rows.join(personal.select("seq", *apart), "seq", "left")


def fields_read(plan: FeaturePlan, event: EventTypeName) -> list[str]:
    """The fields of an event that the kernel or a filter reads."""
    if event not in plan.needs:
        return []
    filtered = {name for one in plan.filters[event].expressions for name in one.columns}
    return sorted({*plan.needs[event], *filtered} - set(_PLACE))


def _sorted_rows(part: FeaturePlan, unit: Unit, events: DataFrame) -> DataFrame:
    """The rows of each key of a unit in one partition, sorted, and with them the events that correct one of them."""
    fields = sorted({name for event in part.types for name in fields_read(part, event)} & set(events.columns))
    corrects = _SUPERSEDES in events.columns
    columns = [*_PLACE, *([_SUPERSEDES] if corrects else []), *fields]
    rows = events.select(*columns).withColumn(KEY, _key(unit))
    own = rows.where(sql.col(KEY).isNotNull()).withColumn(HOME, sql.lit(True))
    if corrects:
        own = own.unionByName(_visitors(unit, rows).withColumn(HOME, sql.lit(False)))
    return own.repartition(KEY).sortWithinPartitions(KEY, "seq")


def _visitors(unit: Unit, rows: DataFrame) -> DataFrame:
    """Every correction under the key of what it corrects, unless that is its own."""
    counted = sql.col("event_type").isin(*unit.counted) & sql.col(KEY).isNotNull()
    targets = rows.where(counted).select(sql.col("event_id").alias("__target"), sql.col(KEY).alias("__at"))
    corrections = rows.where(sql.col(_SUPERSEDES).isNotNull())
    met = corrections.join(targets, sql.col(_SUPERSEDES) == sql.col("__target"))
    away = ~sql.col("__at").eqNullSafe(sql.col(KEY))
    return met.where(away).withColumn(KEY, sql.col("__at")).drop("__target", "__at")


def _key(unit: Unit) -> Column:
    """The pseudonyms of the key, one after the other; null where an event does not name all of them."""
    key = sql.lit(None).cast("string")
    for event, names in unit.keys.items():
        key = sql.when(sql.col("event_type") == event, sql.concat(*map(sql.col, names))).otherwise(key)
    return key


def _running(
    work: Callable[[bytes, Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]], shipped: bytes
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    return lambda batches: work(shipped, batches)


def _schema(part: FeaturePlan) -> kinds.StructType:
    fields = [kinds.StructField("seq", kinds.LongType())]
    fields += [kinds.StructField(name, _spark_type(column)) for name, column in part.columns.items()]
    return kinds.StructType(fields)


def _spark_type(column: Typed) -> kinds.DataType:
    if column.type is SqlType.DECIMAL:
        return kinds.DecimalType(38, column.scale)
    return {
        SqlType.BOOLEAN: kinds.BooleanType(),
        SqlType.INTEGER: kinds.LongType(),
        SqlType.DOUBLE: kinds.DoubleType(),
        SqlType.TEXT: kinds.StringType(),
        SqlType.TIMESTAMP: kinds.TimestampType(),
        SqlType.DATE: kinds.DateType(),
    }[column.type]


def _texts(plan: FeaturePlan, events: DataFrame) -> dict[bytes, str]:
    """Every text that the online host would remember; see ``kept_texts``."""
    found: dict[bytes, str] = {}
    if all(plan.identity_fields.values()):
        return found
    for event, positions in plan.text_needs.items():
        for name in (plan.needs[event][position] for position in positions):
            rows = events.where((sql.col("event_type") == event) & sql.col(name).isNotNull()).select(name).distinct()
            found |= {identity_of(row[0]): row[0] for row in rows.collect()}
    return found
