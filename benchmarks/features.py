"""The feature kernel: per event from Python, over a table, and beside DuckDB window SQL and Polars.

The payments are the card handbook's (a published simulation) where ``TANDEM_DATA_DIR`` has them, else our own seeded
generator's; the protocol of each claim says which.
"""

from __future__ import annotations

import gc
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.claims import Claim, claim
from benchmarks.data_folder import data_if_here
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName
from tandem.kernel.time import Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.features import (
    FeaturePlan,
    OnlineFeatures,
    compile_plan,
    compiled_module,
    compute_batch,
    parse_feature_set,
)
from tandem.observe.features.reference import ReferenceKernel

ROOT = Path(__file__).parents[1]
PAYMENT = EventTypeName("card_payment")
TYPES = {
    PAYMENT: EventType(
        name=PAYMENT,
        fields=(
            EventField(name="card", type=SqlType.TEXT, entity=EntityKind("card")),
            EventField(name="merchant", type=SqlType.TEXT, entity=EntityKind("merchant")),
            EventField(name="amount_minor", type=SqlType.INTEGER),
        ),
    )
}
KINDS = ("person", "device", "phone", "email", "address", "ip", "card", "merchant")
ORDER = EventTypeName("order")
WINDOWS = ["1h", "6h", "1d", "7d", "30d"]
FIVE = {
    "name": "five", "entity": "card", "events": ["card_payment"], "lateness": "10m",
    "features": [
        {"name": "n_{window}", "aggregate": "count", "windows": ["1h", "24h"]},
        {"name": "s_24h", "aggregate": "sum", "field": "amount_minor", "window": "24h"},
        {"name": "d_7d", "aggregate": "distinct", "field": "merchant", "window": "7d"},
        {"name": "gap_seconds", "aggregate": "time_since", "window": "7d"},
    ],
}  # fmt: skip


def run(quick: bool) -> list[Claim]:
    rows = 60_000 if quick else 400_000
    claims = [*per_event(rows), *habits(rows // 10), *wide(rows // 8), reference(rows // 2)]
    claims += beside(100_000 if quick else 1_500_000)
    claims += backfill(150_000 if quick else 1_500_000)
    if not quick:
        claims.append(restart())
    return claims


def five_plan() -> FeaturePlan:
    return compile_plan([parse_feature_set(FIVE)], TYPES)


def calls(plan: FeaturePlan, count: int) -> list[tuple[Any, ...]]:
    """What the kernel is called with: 13 payments a card, Zipf-like, at millisecond times with ties."""
    rng = random.Random(7)
    names = [f"{index:032x}" for index in range(count // 13)]
    needs = plan.needs[PAYMENT]
    t, made = 1_600_000_000_000_000, []
    for index in range(count):
        t += rng.randrange(2 * 90 * 86_400_000_000 // 5_000_000) // 1000 * 1000
        values = {
            "card": names[int(len(names) * rng.random() ** 3)],
            "merchant": rng.choice(names),
            "amount_minor": rng.randrange(1_000_000),
        }
        made.append((0, index + 1, t, index.to_bytes(16, "big"), None, tuple(values[name] for name in needs), ()))
    return made


def per_event(count: int) -> list[Claim]:
    protocol = (
        f"five windows on one entity, {count:,} calls one by one from Python, timer included, first tenth left out"
    )
    ids = [("features.event.p50", "<= 2"), ("features.event.p99", "<= 6")]
    module = compiled_module()
    if module is None:
        return [claim(name, None, "us", target, protocol="skipped: no compiled kernel") for name, target in ids]
    plan = five_plan()
    made = calls(plan, count)
    gc.collect()
    gc.disable()
    observe, clock, taken = module.Kernel(plan.program.as_tuple()).observe, time.perf_counter_ns, []
    for one in made:
        start = clock()
        observe(*one)
        taken.append(clock() - start)
    gc.enable()
    numbers = np.percentile(np.array(taken[count // 10 :]) / 1000, [50, 99])
    return [
        claim(name, round(float(number), 2), "us", target, protocol=protocol)
        for (name, target), number in zip(ids, numbers, strict=True)
    ]


HABITS: dict[str, dict[str, Any]] = {
    "repeats": {"field": "merchant"},
    "novelty": {"field": "merchant"},
    "profile_distance": {"field": "channel"},
    "distance": {"latitude": "latitude", "longitude": "longitude"},
    "speed": {"latitude": "latitude", "longitude": "longitude"},
    "without": {"of": {"where": "channel = 'online'"}, "but_not": {"where": "channel = 'pos'"}},
}
"""The aggregates that compare an event with what is usual for its key, with what each reads."""


def habit_plan(*kinds: str) -> FeaturePlan:
    features = [{"name": kind, "aggregate": kind, "window": "30d", **HABITS[kind]} for kind in kinds]
    names = {"channel": SqlType.TEXT, "latitude": SqlType.INTEGER, "longitude": SqlType.INTEGER}
    fields = (*TYPES[PAYMENT].fields, *(EventField(name=name, type=kind) for name, kind in names.items()))
    types = {PAYMENT: EventType(name=PAYMENT, fields=fields)}
    document = {"name": "habits", "entity": "card", "events": ["card_payment"], "lateness": "10m", "features": features}
    return compile_plan([parse_feature_set(document)], types)


def habit_events(count: int) -> list[Event]:
    """Payments at the density of ``calls``, each at one of a few places of its card."""
    rng = random.Random(7)
    names = [f"{index:032x}" for index in range(count // 13)]
    t, events = 1_600_000_000_000_000, []
    for index in range(count):
        t += rng.randrange(2 * 90 * 86_400_000_000 // 5_000_000) // 1000 * 1000
        values: dict[str, Any] = {
            "card": names[int(len(names) * rng.random() ** 3)],
            "merchant": names[int(len(names) * rng.random() ** 3)],
            "amount_minor": rng.randrange(1_000_000),
            "channel": rng.choice(["pos", "online", "atm"]),
            "latitude": 31_000_000 + rng.randrange(5) * 100_000,
            "longitude": 121_000_000 + rng.randrange(5) * 100_000,
        }
        events.append(event_of(PAYMENT, f"p{index}", t, values))
    return events


def event_of(kind: EventTypeName, name: str, t: int, values: dict[str, Any]) -> Event:
    return Event(
        event_id=EventId(name), event_type=kind, occurred_at=Micros(t), received_at=Micros(t), values=values,
        entities={}, subject=None, digest=Digest(""), clear=b"", secret=None, supersedes=None, entity_kinds={},
    )  # fmt: skip


def habits(count: int) -> list[Claim]:
    """The six aggregates of habit, each by itself and all together, and the compiled answers beside the reference's."""
    ids = [*(f"features.{kind}.p50" for kind in HABITS), "features.habits.p50", "features.habits.different"]
    if compiled_module() is None:
        return [claim(name, None, "us", protocol="skipped: no compiled kernel") for name in ids]
    events = habit_events(count)
    said = (
        f"OnlineFeatures.observe, 30 d of one card, {count:,} events one by one, first quarter left out, thread time with "
        "the timer; median"
    )
    made = []
    for name, kinds in zip(ids, [*((kind,) for kind in HABITS), tuple(HABITS)], strict=False):
        host = OnlineFeatures(habit_plan(*kinds), compiled=True)
        taken, _ = observed(host, events)
        protocol = f"{said}; {'all six' if len(kinds) > 1 else f'one {kinds[0]}'}"
        made.append(claim(name, round(float(np.median(taken[count // 4 :])) / 1000, 2), "us", protocol=protocol))
    few = events[: count // 4]
    fast, plain = (observed(OnlineFeatures(habit_plan(*HABITS), compiled=one), few)[1] for one in (True, False))
    different = sum(repr(one) != repr(other) for left, right in zip(fast, plain, strict=True) for one, other in zip(left, right, strict=True))  # fmt: skip
    protocol = (
        f"values of the compiled kernel that are not the reference's to the bit, six of each of {len(few):,} events"
    )
    return [*made, claim(ids[-1], different, "values", "== 0", protocol=protocol)]


def observed(host: OnlineFeatures, events: list[Event]) -> tuple[list[int], list[list[Any]]]:
    """Nanoseconds of each event, and its values."""
    taken, vectors, clock = [], [], time.thread_time_ns
    gc.collect()
    gc.disable()
    for seq, event in enumerate(events, 1):
        start = clock()
        vector = host.observe(event, seq)  # type: ignore[arg-type]
        taken.append(clock() - start)
        vectors.append(list(vector))
    gc.enable()
    return taken, vectors


def wide_plan() -> FeaturePlan:
    """200 windows over 8 kinds of entity, of one event that names them all: 25 each."""
    fields = [EventField(name=kind, type=SqlType.TEXT, entity=EntityKind(kind)) for kind in KINDS]
    order = EventType(name=ORDER, fields=(*fields, EventField(name="amount_minor", type=SqlType.INTEGER)))
    sets = [
        {"name": kind, "entity": kind, "events": ["order"], "features": [
            {"name": f"{kind}_n_{{window}}", "aggregate": "count", "windows": WINDOWS},
            {"name": f"{kind}_s_{{window}}", "aggregate": "sum", "field": "amount_minor", "windows": WINDOWS},
            {"name": f"{kind}_mean_{{window}}", "aggregate": "mean", "field": "amount_minor", "windows": WINDOWS},
            {"name": f"{kind}_max_{{window}}", "aggregate": "max", "field": "amount_minor", "windows": WINDOWS},
            {"name": f"{kind}_d_{{window}}", "aggregate": "distinct", "field": other, "windows": WINDOWS},
        ]}
        for kind, other in zip(KINDS, (*KINDS[1:], KINDS[0]), strict=True)
    ]  # fmt: skip
    return compile_plan([parse_feature_set(one) for one in sets], {ORDER: order})


def wide(count: int) -> list[Claim]:
    """The online host as a decision calls it: an event in, 200 values out."""
    ids = [("features.wide.p50", "<= 60"), ("features.wide.p99", "")]
    if compiled_module() is None:
        return [claim(name, None, "us", target, protocol="skipped: no compiled kernel") for name, target in ids]
    plan = wide_plan()
    rng = random.Random(7)
    names = [f"{index:032x}" for index in range(20_000)]
    t, events = 1_600_000_000_000_000, []
    for index in range(count):
        t += rng.randrange(60_000_000)
        values: dict[str, Any] = {kind: names[int(len(names) * rng.random() ** 3)] for kind in KINDS}
        events.append(event_of(ORDER, f"o{index}", t, values | {"amount_minor": rng.randrange(1_000_000)}))
    taken, _ = observed(OnlineFeatures(plan, compiled=True), events)
    numbers = np.percentile(np.array(taken[count // 4 :]) / 1000, [50, 99])
    protocol = (
        f"OnlineFeatures.observe, {len(plan.names)} windows over {len(KINDS)} kinds of entity of one event, {count:,} events "
        "one by one, first quarter left out, thread time with the timer"
    )
    return [
        claim(name, round(float(number), 1), "us", target, protocol=protocol)
        for (name, target), number in zip(ids, numbers, strict=True)
    ]


def reference(count: int) -> Claim:
    plan = five_plan()
    made = calls(plan, count)
    gc.collect()
    gc.disable()
    kernel = ReferenceKernel(plan.program)
    start = time.process_time()
    for one in made:
        kernel.observe(*one)
    taken = time.process_time() - start
    gc.enable()
    protocol = f"pure Python, five windows on one entity, {count:,} calls, process time"
    return claim("features.reference", round(count / taken), "events/s", ">= 100000", protocol=protocol)


def payments(count: int) -> tuple[pa.Table, str]:
    """``count`` payments in the order of time, and where they come from."""
    folder = data_if_here("fraud_handbook_sim")
    if folder is not None:
        source = f"read_parquet('{folder}/*.parquet')"
        label = "the card handbook's payments (a published simulation)"
        columns = "TX_DATETIME AS t, CUSTOMER_ID AS c, TERMINAL_ID AS m, TX_AMOUNT AS a, TRANSACTION_ID AS id"
    else:
        source, label = f"range({count}) r(id)", "payments of our own generator (simulated)"
        columns = (
            "make_timestamp(1522540800000000 + id * 9000000 + hash(id) % 9000000) AS t, hash(id + 1) % 4990 AS c, "
            "hash(id + 2) % 10000 AS m, (hash(id + 3) % 20000) / 100.0 AS a, id"
        )
    query = f"""
        SELECT row_number() OVER (ORDER BY t, id)::BIGINT AS seq, 'e' || id AS event_id,
            'card_payment' AS event_type, t::TIMESTAMP AS occurred_at, lpad(format('{{:x}}', c::BIGINT), 32, '0') AS card,
            lpad(format('{{:x}}', m::BIGINT), 32, '0') AS merchant, round(a * 100)::BIGINT AS amount_minor
        FROM (SELECT {columns} FROM {source}) ORDER BY seq LIMIT {count}
    """
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        return connection.execute(query).to_arrow_table(), label


def window_plan(windows: int) -> FeaturePlan:
    """30 windows: count, sum and distinct over five lengths for the card and for the merchant; or 5 of them."""
    sets = []
    for entity, other in (("card", "merchant"), ("merchant", "card")):
        features: list[dict[str, Any]] = [
            {"name": f"{entity}_n_{{window}}", "aggregate": "count", "windows": WINDOWS},
            {"name": f"{entity}_s_{{window}}", "aggregate": "sum", "field": "amount_minor", "windows": WINDOWS},
            {"name": f"{entity}_d_{{window}}", "aggregate": "distinct", "field": other, "windows": WINDOWS},
        ]
        if windows == 5:
            features = [dict(one, windows=["30d"]) for one in features[: 3 if entity == "card" else 2]]
        sets.append(
            parse_feature_set({"name": entity, "entity": entity, "events": ["card_payment"], "features": features})
        )
    return compile_plan(sets, TYPES)


def beside(count: int) -> list[Claim]:
    """Three windows by the kernel, by DuckDB window SQL and by Polars, on the same rows."""
    table, label = payments(count)
    features = [
        {"name": "n", "aggregate": "count", "window": "1d"},
        {"name": "s", "aggregate": "sum", "field": "amount_minor", "window": "7d"},
        {"name": "d", "aggregate": "distinct", "field": "merchant", "window": "7d"},
    ]
    document = {"name": "three", "entity": "card", "events": ["card_payment"], "features": features}
    plan = compile_plan([parse_feature_set(document)], TYPES)
    ours = timed(lambda: compute_batch(plan, table))
    over = "OVER (PARTITION BY card ORDER BY occurred_at RANGE BETWEEN INTERVAL {} PRECEDING AND CURRENT ROW)"
    sql = (
        f"SELECT seq, count(*) {over.format('1 DAY')}, sum(amount_minor) {over.format('7 DAY')}, "
        f"count(DISTINCT merchant) {over.format('7 DAY')} FROM table_"
    )

    def by_duckdb() -> object:
        with duckdb.connect() as connection:
            connection.execute("SET enable_progress_bar = false")
            return connection.register("table_", table).execute(sql).to_arrow_table()

    kernel = "compiled" if compiled_module() is not None else "reference"
    protocol = f"count 1 d, sum 7 d, distinct 7 d by card over {count:,} of {label}; {kernel} kernel; wall time"
    made = [
        claim(
            "features.batch.duckdb", ours, "s", peer="DuckDB window SQL", peer_value=timed(by_duckdb), protocol=protocol
        )
    ]
    polars_s = by_polars(table)
    protocol += "; Polars has no rolling distinct: count and sum only"
    return [
        *made,
        claim("features.batch.polars", ours, "s", peer="Polars rolling", peer_value=polars_s, protocol=protocol),
    ]


def by_polars(table: pa.Table) -> float | None:
    try:
        import polars as pl
    except ImportError:
        return None
    frame = pl.from_arrow(table.select(["card", "occurred_at", "amount_minor"]))
    assert isinstance(frame, pl.DataFrame)
    one = pl.lit(1, dtype=pl.Int64)
    return timed(
        lambda: frame.with_columns(one=one).with_columns(
            n=pl.col("one").rolling_sum_by("occurred_at", "1d").over("card"),
            s=pl.col("amount_minor").rolling_sum_by("occurred_at", "7d").over("card"),
        )
    )


def timed(work: Any) -> float:
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 2)


def backfill(count: int) -> list[Claim]:
    """30 windows and 5, each in a process of its own so that its peak memory is its own."""
    if compiled_module() is None:
        return [claim("features.backfill", None, "s", "<= 15", protocol="skipped: no compiled kernel")]
    few, many = one_backfill(count, 5), one_backfill(count, 30)
    protocol = f"{count:,} of {many['label']} x 30 windows over two keys, wall time in a process of its own"
    working = f"peak memory over the table and the results, {count:,} rows: 30 windows beside 5"
    return [
        claim("features.backfill", many["seconds"], "s", "<= 15", protocol=protocol),
        claim("features.backfill.working", many["working_mb"], "MB", peer="5 windows", peer_value=few["working_mb"], protocol=working),
    ]  # fmt: skip


def one_backfill(count: int, windows: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.features", str(count), str(windows)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def memory_mb(field: str) -> float:
    """``VmRSS``, what this process holds now, or ``VmHWM``, the most it held since ``forget_peak``."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{field}:")) / 1024


def forget_peak() -> None:
    """What making the data took is not what is measured (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def backfill_here(count: int, windows: int) -> dict[str, Any]:
    table, label = payments(count)
    before = memory_mb("VmRSS")
    forget_peak()
    start = time.perf_counter()
    made = compute_batch(window_plan(windows), table, compiled=True)
    seconds = time.perf_counter() - start
    working = memory_mb("VmHWM") - before - made.nbytes / 2**20
    return {"seconds": round(seconds, 2), "working_mb": round(working), "label": label}


def restart() -> Claim:
    """Restoring the state after a million events."""
    plan, count = window_plan(30), 1_000_000
    if compiled_module() is None:
        return claim("features.restore", None, "s", "<= 4", protocol="skipped: no compiled kernel")
    table, label = payments(count)
    host = OnlineFeatures(plan, compiled=True)
    needs = [table.column(name).to_pylist() for name in plan.needs[PAYMENT]]
    times = table.column("occurred_at").cast(pa.int64()).to_pylist()
    for index, (t, *values) in enumerate(zip(times, *needs, strict=True)):
        host._kernel.observe(0, index + 1, t, index.to_bytes(16, "big"), None, tuple(values), ())  # noqa: SLF001
    data = host.snapshot()
    seconds = timed(lambda: OnlineFeatures.restore(plan, data, compiled=True))
    protocol = f"snapshot of {len(data) / 2**20:.0f} MB after {count:,} of {label}, 30 windows over two keys"
    return claim("features.restore", seconds, "s", "<= 4", protocol=protocol)


if __name__ == "__main__":
    print(json.dumps(backfill_here(int(sys.argv[1]), int(sys.argv[2]))))
