"""Spark, local and as a real master with two worker processes: the vectors of every other host, to the bit."""

import os

import feature_streams as streams
import numpy as np
import pyarrow as pa
import pytest
from lake_house import House

from benchmarks.spark_cluster import lacking, session, standalone
from tandem.observe.features import OnlineFeatures, bootstrap_snapshot, compile_plan, compute_batch, parse_feature_set

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(bool(lacking()) and os.environ.get("CI") != "true", reason=lacking() or ""),
    pytest.mark.timeout(900),
    # pyspark leaves sockets to its gateway to the collector
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
PLAN = compile_plan(streams.every_operator(), streams.EVENT_TYPES)
EVENTS = streams.make_events(31, 300, keys=5)
TABLE = streams.as_table(EVENTS)
CUT = 170


@pytest.fixture(scope="module")
def spark():
    with session("local[2]", **{"spark.sql.shuffle.partitions": "2"}) as made:
        yield made


def frame(spark, table):
    shuffled = table.take(pa.array(np.random.default_rng(5).permutation(table.num_rows)))
    return spark.createDataFrame(shuffled).repartition(2)


def by_spark(plan, events):
    from tandem.observe.features.hosts.spark import compute_spark

    return compute_spark(plan, events).toArrow().sort_by("seq")


def same_bits(made, expected):
    assert made.column_names == expected.column_names
    for name in made.column_names:
        left, right = made.column(name).combine_chunks(), expected.column(name).combine_chunks()
        assert left.cast(right.type).equals(right), name


def test_local_spark_gives_the_bits_of_the_batch(spark):
    instants = TABLE.column("occurred_at").cast(pa.timestamp("us", "UTC"))
    table = TABLE.set_column(TABLE.schema.get_field_index("occurred_at"), "occurred_at", instants)
    same_bits(by_spark(PLAN, frame(spark, table)), compute_batch(PLAN, TABLE))


def test_spark_hands_over_to_the_online_host(spark):
    from tandem.observe.features.hosts.spark import bootstrap_spark

    snapshot = bootstrap_spark(PLAN, frame(spark, TABLE), up_to=CUT)
    assert snapshot == bootstrap_snapshot(PLAN, TABLE.slice(0, CUT))
    whole, begun = OnlineFeatures(PLAN), OnlineFeatures.restore(PLAN, snapshot)
    for seq, event in enumerate(EVENTS, 1):
        vector = whole.observe(event, seq)
        if seq > CUT:
            assert begun.observe(event, seq) == vector
    assert begun.snapshot() == whole.snapshot()


def test_the_lake_is_read_as_files_with_personal_values_beside(spark, tmp_path):
    from tandem.observe.features.hosts.spark import compute_spark, lake_events

    house = House(tmp_path)
    plan = compile_plan(
        [
            parse_feature_set({
                "name": "person", "entity": "person", "events": ["payment"],
                "features": [
                    {"name": "n", "aggregate": "count", "window": "1d", "where": "channel = 'web'"},
                    {"name": "paid_minor", "aggregate": "sum", "field": "amount_minor", "window": "1d"},
                    {"name": "rate", "aggregate": "last", "field": "rate", "window": "1d"},
                    {"name": "channel", "aggregate": "first", "field": "channel", "window": "lifetime"},
                ],
            })
        ],
        house.reader.event_types,
    )  # fmt: skip
    host, expected = OnlineFeatures(plan), []
    for number in range(1, 9):
        event = house.pay(number, f"p{number % 3}", channel="web" if number % 2 else "shop", rate="0.1250")
        expected.append(dict(zip(plan.names, host.observe(event, number), strict=True)))
        if number % 4 == 0:
            house.project()  # several files
    made = compute_spark(plan, lake_events(spark, plan, house.lake.files)).toArrow().sort_by("seq")
    house.close()
    assert made.drop_columns(["seq"]).to_pylist() == expected


@pytest.mark.prove
def test_a_master_and_two_workers_give_the_bits_of_the_batch(tmp_path):
    with standalone(tmp_path) as master, session(master) as spark:
        assert spark.sparkContext.master == master
        hosts = (
            spark.sparkContext.parallelize(range(8), 8).map(lambda _: __import__("os").getppid()).distinct().collect()
        )
        assert len(hosts) == 2, "both workers worked"
        same_bits(by_spark(PLAN, frame(spark, TABLE)), compute_batch(PLAN, TABLE))
