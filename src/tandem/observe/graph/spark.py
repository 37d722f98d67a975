"""Who hangs together at one instant, by a cluster: ``living_components`` for more members than one memory holds.

Large-star and small-star in turn (Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, "Connected components in MapReduce
and beyond", SoCC 2014): each round hangs neighbours on the lowest they know of, until every component is a star around its
lowest member. Both are a grouping and a join of data frames, edges never grow in number, and rounds grow with the logarithm
of the size. An identifier is replaced before by edges from its users to the lowest of them.

Needs the extra ``spark`` (pyspark 4.3, Java 17).
"""

from __future__ import annotations

from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql

from tandem.kernel.errors import Unavailable
from tandem.kernel.time import Micros
from tandem.observe.graph.plan import GraphPlan

__all__ = ["spark_components"]

_MAX_ROUNDS = 64


def spark_components(plan: GraphPlan, events: DataFrame, at: Micros) -> DataFrame:
    """What ``living_components`` gives, in no order. Rounds run at once; the last join when the answer is asked for.

    Args:
        plan: as there.
        events: as there; ``occurred_at`` as a timestamp or as microseconds.

    Raises:
        Unavailable: it does not settle, which no graph that fits a cluster should bring about.
    """
    people, edges = [], []
    for place, link in enumerate(plan.graph.links):
        used = _uses(plan, events, place, at).where(sql.lit(at) - sql.col("last") < link.life).persist()
        people.append(used.select("member"))
        if not link.joins:
            continue
        users = used.groupBy("identifier").agg(sql.count("*").alias("users"), sql.min("member").alias("low"))
        own = users.where(sql.col("users") < link.hub).drop("users")
        edges.append(
            used.join(own, "identifier").select(sql.col("member").alias("node"), sql.col("low").alias("other"))
        )
    members = reduce(DataFrame.union, people).distinct()
    if not edges:
        return members.select("member", sql.col("member").alias("component"))
    stars = _stars(reduce(DataFrame.union, edges).where("node != other").distinct())
    found = members.join(stars, sql.col("member") == sql.col("node"), "left")
    return found.select("member", sql.coalesce("other", "member").alias("component"))


def _uses(plan: GraphPlan, events: DataFrame, place: int, at: Micros) -> DataFrame:
    when = _micros(events)
    parts = []
    for event, reads in plan.reads.items():
        rows = events.where((sql.col("event_type") == event) & (when <= at))
        for field in (name for index, name in reads.identifiers if index == place):
            named = rows.where(sql.col(reads.member).isNotNull() & sql.col(field).isNotNull())
            parts.append(
                named.select(
                    sql.col(reads.member).alias("member"), sql.col(field).alias("identifier"), when.alias("at")
                )
            )
    return reduce(DataFrame.union, parts).groupBy("member", "identifier").agg(sql.max("at").alias("last"))


def _micros(events: DataFrame) -> Column:
    kind = dict(events.dtypes)["occurred_at"]
    column = sql.col("occurred_at")
    return sql.unix_micros(column) if kind.startswith("timestamp") else column.cast("long")


def _stars(edges: DataFrame) -> DataFrame:
    """``edges`` (``node``, ``other``) as stars: each node that is not the lowest of its component, and the lowest."""
    edges = edges.localCheckpoint()
    before = _sum_of(edges)
    for _ in range(_MAX_ROUNDS):
        # A checkpoint a round: what a round is made of would otherwise be planned anew, and doubled, in every later one.
        edges = _small_star(_large_star(edges)).localCheckpoint()
        after = _sum_of(edges)
        if after == before:
            return edges
        before = after
    raise Unavailable(
        "The components do not settle.", code="not_settled", hint="run it again on one machine: living_components"
    )


def _large_star(edges: DataFrame) -> DataFrame:
    """Every neighbour above a node is hung on the lowest around it."""
    turned = edges.select(sql.col("other").alias("node"), sql.col("node").alias("other"))
    both = edges.union(turned)
    low = both.groupBy("node").agg(sql.min("other").alias("low"))
    low = low.select("node", sql.least("node", "low").alias("low"))
    hung = both.join(low, "node").where("other > node")
    return hung.select(sql.col("other").alias("node"), sql.col("low").alias("other")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """A node and every neighbour below it are hung on the lowest of these."""
    down = edges.select(sql.greatest("node", "other").alias("node"), sql.least("node", "other").alias("other"))
    low = down.groupBy("node").agg(sql.min("other").alias("low"))
    hung = (
        down.join(low, "node")
        .where("other != low")
        .select(sql.col("other").alias("node"), sql.col("low").alias("other"))
    )
    return hung.union(low.select("node", sql.col("low").alias("other"))).distinct()


def _sum_of(edges: DataFrame) -> tuple[int, int]:
    """How many edges there are, and a sum that another set of as many has only by chance."""
    hashed = sql.xxhash64("node", "other").cast("decimal(38, 0)")
    row = edges.agg(sql.count("*"), sql.coalesce(sql.sum(hashed), sql.lit(0))).first()
    assert row is not None, "an aggregate of everything is one row"
    return int(row[0]), int(row[1])
