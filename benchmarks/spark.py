"""The same features by every host: one by one, over a table, on Spark, beside Valkey. To the last bit, and how fast.

Parity is counted in values: every feature of every event of every host against the batch on one machine. Times of Spark
are honest about the machine: two worker processes of one core each share it with the one process they are compared with.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import DeltaTable, write_deltalake
from ruamel.yaml import YAML

from benchmarks import spark_cluster
from benchmarks.claims import Claim, claim
from benchmarks.feature_data import HANDBOOK, PAYMENTS, TYPES, events_in, events_of
from benchmarks.network_population import GRAPH, population
from benchmarks.network_population import KINDS as IDENTIFIERS
from benchmarks.network_population import TYPES as APPLICATIONS
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName
from tandem.kernel.time import Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.features import (
    FeaturePlan,
    OnlineFeatures,
    bootstrap_snapshot,
    compile_plan,
    compiled_module,
    compute_batch,
    parse_feature_set,
)
from tandem.observe.graph import compile_graph, living_components, parse_graph

ROOT = Path(__file__).parents[1]
SERVER = os.environ.get("TANDEM_TEST_VALKEY", "valkey://127.0.0.1:6379")
SIZES = (100_000, 500_000)
"""Events of a backfill; the third size is all there are."""

COMPONENTS_OF = 200_000
"""Applications whose members' components are found."""

VALKEY_EVENTS = 2_000
"""Events of each journal that a quick run puts through Valkey, from the first on: a prefix is answered as in the whole."""

MACHINE = "the card handbook's payments (a published simulation)" if HANDBOOK else "our own simulated payments"
ACCOUNTS = compile_plan(
    [parse_feature_set(YAML(typ="safe").load(ROOT / "examples" / "lender" / "features" / "account_behaviour.yaml"))],
    TYPES,
)


def run(quick: bool) -> list[Claim]:
    journals: dict[str, tuple[FeaturePlan, pa.Table, str]] = {
        "accounts": (
            ACCOUNTS,
            events_of("accounts", "account_number <= 1000" if quick else "TRUE"),
            "Taiwan's accounts, real",
        ),
        "payments": (PAYMENTS, events_of("payments", "c < 60" if quick else "TRUE"), MACHINE),
    }
    expected = {name: compute_batch(plan, table) for name, (plan, table, _) in journals.items()}
    return [*told(stages(quick, journals, expected))]


def told(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Each claim on stderr as soon as it is measured: the whole takes twenty minutes, most of them Valkey's."""
    for one in claims:
        print(f"{one.id} {one.value} {one.unit} {one.peer_value or ''}", file=sys.stderr, flush=True)
        yield one


def stages(
    quick: bool, journals: dict[str, tuple[FeaturePlan, pa.Table, str]], expected: dict[str, pa.Table]
) -> Iterator[Claim]:
    lacking = "the cluster is left out of a quick run" if quick else spark_cluster.lacking()
    if lacking is None:
        yield from by_cluster(journals, expected)
    else:
        yield claim("spark.parity.cluster.accounts", None, "values", "== 0", protocol=f"skipped: {lacking}")
    stored = VALKEY_EVENTS if quick else None
    yield from five_entities(1_000 if quick else 10_000)
    for name, (plan, table, label) in journals.items():
        yield by_valkey(name, plan, table.slice(0, stored), expected[name], label)
    for name, (plan, table, label) in journals.items():
        yield by_online(name, plan, table, expected[name], label)


def counted(table: pa.Table) -> str:
    corrected = table.num_rows - table.column("supersedes").null_count
    return f"{table.num_rows:,} events, 5 % of them late, {corrected:,} corrections"


def rows_of(plan: FeaturePlan, table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The vectors of a table, a stretch at a time: a million and a half of them are too many objects at once."""
    for piece in table.select(plan.names).to_batches(max_chunksize=20_000):
        yield from zip(*(column.to_pylist() for column in piece.columns), strict=True)


def by_online(name: str, plan: FeaturePlan, table: pa.Table, expected: pa.Table, label: str) -> Claim:
    host, wrong = OnlineFeatures(plan), 0
    cut = table.num_rows // 2
    for seq, (event, right) in enumerate(zip(events_in(table), rows_of(plan, expected), strict=True), 1):
        if seq == cut:  # the second half begins with the state that a batch over the first half left
            host = OnlineFeatures.restore(plan, bootstrap_snapshot(plan, table.slice(0, cut - 1)))
        vector = host.observe(event, seq)  # type: ignore[arg-type]
        if tuple(vector) != right:
            wrong += sum(a != b for a, b in zip(vector, right, strict=True))
    kernel = "compiled" if compiled_module() is not None else "reference"
    protocol = (
        f"{label}: {counted(table)}, {len(plan.names)} features; values that differ between the online host, which takes over "
        f"a batch's state half way, and one batch; {kernel} kernel"
    )
    return claim(f"spark.parity.online.{name}", wrong, "values", "== 0", protocol=protocol)


@contextmanager
def server() -> Iterator[tuple[Any, str]]:
    """A connection and a prefix of one's own, emptied afterwards."""
    from tandem.observe.features.hosts.valkey import open_server

    client, prefix = open_server(SERVER, timeout_s=30), f"tandem-bench-{os.getpid()}"
    try:
        yield client, prefix
    finally:
        for key in client.scan_iter(f"{prefix}:*", count=10_000):
            client.delete(key)


def no_server() -> str | None:
    try:
        with server():
            return None
    except Exception as error:  # noqa: BLE001 - whatever it is, it is said
        return f"skipped: no Valkey at {SERVER}: {error}"


def by_valkey(name: str, plan: FeaturePlan, table: pa.Table, expected: pa.Table, label: str) -> Claim:
    from tandem.observe.features.hosts.valkey import ValkeyFeatures

    identity = f"spark.parity.valkey.{name}"
    if (skipped := no_server()) is not None:
        return claim(identity, None, "values", "== 0", protocol=skipped)
    known: dict[EventId, Event] = {}
    wrong, start = 0, time.perf_counter()
    with server() as (client, prefix):
        host = ValkeyFeatures(plan, client, known.get, prefix=prefix, remember_s=60)
        for seq, (event, right) in enumerate(zip(events_in(table), rows_of(plan, expected), strict=False), 1):
            known[event.event_id] = event
            vector = host.observe(event, seq)  # type: ignore[arg-type]
            if tuple(vector) != right:
                wrong += sum(a != b for a, b in zip(vector, right, strict=True))
    rate = table.num_rows / (time.perf_counter() - start)
    protocol = f"{label}: {counted(table)}; one worker, {rate:,.0f} events/s with the comparison"
    return claim(identity, wrong, "values", "== 0", protocol=protocol)


KINDS = ("person", "device", "phone", "card", "merchant")
ORDER = EventTypeName("order")


def five_entities(count: int) -> list[Claim]:
    """An event that names five entities, each with windows of its own: read, apply, write, all or none."""
    ids = [
        ("spark.valkey.five.p50", ""),
        ("spark.valkey.five.p99", "<= 1000"),
        ("spark.valkey.five.cpu.p99", ""),
        ("spark.valkey.five.server", ""),
    ]
    if (skipped := no_server()) is not None:
        return [claim(name, None, "us", target, protocol=skipped) for name, target in ids]
    from tandem.observe.features.hosts.valkey import ValkeyFeatures

    fields = [EventField(name=kind, type=SqlType.TEXT, entity=EntityKind(kind)) for kind in KINDS]
    types = {ORDER: EventType(name=ORDER, fields=(*fields, EventField(name="amount_minor", type=SqlType.INTEGER)))}
    sets = [
        {"name": kind, "entity": kind, "events": ["order"], "lateness": "10m", "features": [
            {"name": f"{kind}_n_{{window}}", "aggregate": "count", "windows": ["1h", "1d"]},
            {"name": f"{kind}_s", "aggregate": "sum", "field": "amount_minor", "window": "1d"},
            {"name": f"{kind}_d", "aggregate": "distinct", "field": other, "window": "7d"},
            {"name": f"{kind}_gap_seconds", "aggregate": "time_since", "window": "7d"},
        ]}
        for kind, other in zip(KINDS, (*KINDS[1:], KINDS[0]), strict=True)
    ]  # fmt: skip
    plan = compile_plan([parse_feature_set(one) for one in sets], types)
    rng = random.Random(7)
    names = [f"{index:032x}" for index in range(20_000)]

    def event(number: int) -> Event:
        values: dict[str, Any] = {kind: names[int(len(names) * rng.random() ** 2)] for kind in KINDS}
        at = Micros(1_600_000_000_000_000 + number * 20_000_000)
        return Event(
            event_id=EventId(f"o{number}"), event_type=ORDER, occurred_at=at, received_at=at,
            values=values | {"amount_minor": rng.randrange(100_000)}, entities={}, subject=None, digest=Digest(""),
            clear=b"", secret=None, supersedes=None, entity_kinds={},
        )  # fmt: skip

    warm = count // 2
    made = [event(number) for number in range(count + warm)]
    with server() as (client, prefix):
        host = ValkeyFeatures(plan, client, lambda _id: None, prefix=prefix, remember_s=60)
        for seq in range(1, warm + 1):
            host.observe(made[seq - 1], seq)  # type: ignore[arg-type]
        taken, before = [], server_cpu_us(client)
        for index in range(count):
            begun, used = time.perf_counter_ns(), time.thread_time_ns()
            host.observe(made[warm + index], warm + index + 1)  # type: ignore[arg-type]
            taken.append((time.perf_counter_ns() - begun, time.thread_time_ns() - used))
        served = (server_cpu_us(client) - before) / count
    wall, used = np.percentile(np.array(taken) / 1000, [50, 99], axis=0).T
    protocol = (
        f"an event naming 5 of 100,000 entities, 25 windows; read, apply, compare-and-set, answer kept: two round trips on "
        f"loopback TCP from Python; {count:,} one by one after {warm:,}, "
    )
    numbers = [(one, "wall time") for one in wall]
    numbers += [(used[1], "processor time of the worker alone, which waiting for others does not change")]
    numbers += [(served, "mean processor time of the server, whoever else asks it included")]
    return [
        claim(name, round(float(number), 1), "us", target, protocol=protocol + kind)
        for (name, target), (number, kind) in zip(ids, numbers, strict=True)
    ]


def server_cpu_us(client: Any) -> float:
    told = client.info("cpu")
    return float(told["used_cpu_user"] + told["used_cpu_sys"]) * 1e6


def written(folder: Path, table: pa.Table) -> Path:
    """``table`` as a lake keeps it: a Delta table for each event type."""
    for event, declared in TYPES.items():
        rows = table.filter(pc.equal(table.column("event_type"), event))
        if not rows.num_rows:
            continue
        place = ["seq", "event_id", "occurred_at", "supersedes"]
        part = rows.select([*place, *(field.name for field in declared.fields)])
        instants = part.column("occurred_at").cast(pa.timestamp("us", "UTC"))
        part = part.set_column(2, "occurred_at", instants)
        # several files, as projections leave them
        for start in range(0, part.num_rows, 250_000):
            write_deltalake(folder / event, part.slice(start, 250_000), mode="append")
    return folder


def files_in(lake: Path) -> Any:
    def files(name: str) -> tuple[pa.Schema, list[str]] | None:
        if not (lake / name / "_delta_log").is_dir():
            return None
        table = DeltaTable(lake / name)
        return pa.schema(table.schema()), table.file_uris()

    return files


def on_one_machine(lake: Path, plan: FeaturePlan, target: Path) -> float:
    """Read the lake, compute, write: what Spark is asked to do, in this process."""
    start = time.perf_counter()
    files = files_in(lake)
    parts = []
    for event in TYPES:
        found = files(event)
        if found is not None:
            rows = pa.concat_tables([pq.read_table(one) for one in found[1]])
            parts.append(rows.append_column("event_type", pa.repeat(str(event), rows.num_rows)))
    table = pa.concat_tables(parts, promote_options="default")
    pq.write_table(compute_batch(plan, table), target)
    return time.perf_counter() - start


def on_the_cluster(spark: Any, lake: Path, plan: FeaturePlan, target: Path) -> float:
    from tandem.observe.features.hosts.spark import compute_spark, lake_events

    start = time.perf_counter()
    compute_spark(plan, lake_events(spark, plan, files_in(lake))).write.mode("overwrite").parquet(str(target))
    return time.perf_counter() - start


def differing(made: pa.Table, expected: pa.Table) -> int:
    """Values that are not the same bits; every value of a row that is missing or too many."""
    made, expected = made.sort_by("seq"), expected.sort_by("seq")
    if made.num_rows != expected.num_rows:
        return max(made.num_rows, expected.num_rows) * len(expected.column_names)
    wrong = 0
    for name in expected.column_names:
        right = expected.column(name).combine_chunks()
        got = made.column(name).combine_chunks().cast(right.type)
        if not got.equals(right):
            wrong += int(np.sum([a != b for a, b in zip(got.to_pylist(), right.to_pylist(), strict=True)]))
    return wrong


def by_cluster(
    journals: dict[str, tuple[FeaturePlan, pa.Table, str]], expected: dict[str, pa.Table]
) -> Iterator[Claim]:
    """The backfill on a master and two workers: parity of all of it, and its time at several sizes."""
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        start = time.perf_counter()
        with spark_cluster.standalone(folder) as master, spark_cluster.session(master) as spark:
            spark.range(10).repartition(2).count()
            began = time.perf_counter() - start
            protocol = "master, two worker processes of one core, session, first job; Java 17, one machine of two cores"
            yield claim("spark.start", round(began, 1), "s", protocol=protocol)
            points = []
            plan, table, label = journals["payments"]
            for size in (*SIZES, table.num_rows):
                made, ours, alone = beside(spark, folder, plan, table.slice(0, size))
                points.append((size, ours, alone))
                protocol = (
                    f"{label}: {size:,} events x {len(plan.names)} features over two keys, Delta tables in, Parquet out; session "
                    "warm; one process of its own reads, computes and writes the same on the same machine; wall time, once"
                )
                name = f"spark.backfill.{size // 1000}k"
                yield claim(
                    name, round(ours, 1), "s", peer="one process", peer_value=round(alone, 1), protocol=protocol
                )
            yield parity("payments", label, table, made, expected)
            yield pays(points)
            plan, table, label = journals["accounts"]
            made, _, _ = beside(spark, folder, plan, table)
            yield parity("accounts", label, table, made, expected)
            yield from components(spark, folder)


def components(spark: Any, folder: Path) -> Iterator[Claim]:
    """The components of everybody in the simulated town of ``benchmarks network``: the same partition, and its time."""
    from tandem.observe.graph.spark import spark_components

    plan = compile_graph(parse_graph(GRAPH), APPLICATIONS)
    where = folder / "applications.parquet"
    pq.write_table(applied(COMPONENTS_OF), where)
    events = pq.read_table(where)
    at = Micros(max(events.column("occurred_at").to_pylist()))
    start = time.perf_counter()
    right = living_components(plan, events, at)
    alone = time.perf_counter() - start
    start = time.perf_counter()
    made = spark_components(plan, spark.read.parquet(str(where)), at).toArrow().sort_by("member")
    ours = time.perf_counter() - start
    theirs, others = (dict(zip(*one.to_pydict().values(), strict=True)) for one in (right, made))
    wrong = sum(theirs.get(member) != others.get(member) for member in theirs.keys() | others.keys())
    protocol = (
        f"{COMPONENTS_OF:,} simulated applications with {len(IDENTIFIERS)} identifiers, {right.num_rows:,} members; by large-star and "
        "small-star on two workers, by scipy in this process; wall time, once"
    )
    yield claim("spark.components", round(ours, 1), "s", peer="scipy", peer_value=round(alone, 1), protocol=protocol)
    yield claim("spark.parity.components", wrong, "members", "== 0", protocol="of them, members in another component")


def applied(count: int) -> pa.Table:
    """So many applications as a table of events."""
    rows = [{"event_type": one.event_type, "occurred_at": one.occurred_at, **one.entities} for one in population(count)]
    return pa.Table.from_pylist(rows)


def beside(spark: Any, folder: Path, plan: FeaturePlan, table: pa.Table) -> tuple[pa.Table, float, float]:
    """What the cluster made of the table, its seconds, and those of one process."""
    lake = written(folder / "lake", table)
    ours = on_the_cluster(spark, lake, plan, folder / "made")
    alone = in_a_process(lake, folder / "made.parquet") if plan is PAYMENTS else 0.0
    shutil.rmtree(lake)
    return pq.read_table(folder / "made"), ours, alone


def parity(name: str, label: str, table: pa.Table, made: pa.Table, expected: dict[str, pa.Table]) -> Claim:
    protocol = (
        f"{label}: {counted(table)}; every value of the two-worker cluster, read from Delta tables, against one batch"
    )
    return claim(f"spark.parity.cluster.{name}", differing(made, expected[name]), "values", "== 0", protocol=protocol)


def pays(points: list[tuple[int, float, float]]) -> Claim:
    """From where on a cluster would be faster."""
    rows = [point[0] for point in points]
    cluster, single = (np.polyfit(rows, [point[index] for point in points], 1) for index in (1, 2))
    slopes = f"{cluster[0] * 1e6:.1f} s a million events beside {single[0] * 1e6:.1f}"
    if cluster[0] < single[0]:
        crossing = max(0.0, (cluster[1] - single[1]) / (single[0] - cluster[0]))
        protocol = f"EXTRAPOLATED from straight lines through the sizes above: with two workers from so many events on ({slopes})"
        return claim("spark.pays.events", round(crossing), "events", protocol=protocol)
    # a row costs the cluster so many seconds of two cores, and one process so many of one
    workers = int(2 * cluster[0] / single[0]) + 1
    protocol = (
        f"EXTRAPOLATED from straight lines through the sizes above: with two workers at no size ({slopes}); if work spread without "
        "loss, from so many one-core workers on, for tables long enough to outweigh the start"
    )
    return claim("spark.pays.workers", workers, "workers", protocol=protocol)


def in_a_process(lake: Path, target: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.spark", str(lake), str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return float(done.stdout)


if __name__ == "__main__":
    print(on_one_machine(Path(sys.argv[1]), PAYMENTS, Path(sys.argv[2])))
