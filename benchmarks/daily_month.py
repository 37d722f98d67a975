"""The daily cycle over a month of dated card payments, unattended; and one day of it at a million rows by 200 features.

The payments are the Fraud Detection Handbook's published simulation where it is present (``TANDEM_DATA_DIR``), else our own
generator's: **simulated** either way. Features and outcomes are computed as of each payment by ``observe.features``, outcomes
known seven days later. Three things are done to the month:

* from day 12 on the world drifts: every amount grows by a quarter, and a wave of a new fraud begins;
* on day 20 the extract is poisoned: amounts come in cents, for that day alone;
* every day some payments are really decided by the live release, so that canaries and promotions decide something.

Everything a day does goes through a real journal, register and release. The month is run in two houses at once, each a process
of its own; the digests must agree. Eleven days more than a month are run: what began on day 12 is known a week later, is
learned from another week later, has its shadow and its canaries before it, rests for a week, and begins again.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

import duckdb
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks import cardfraud
from benchmarks.claims import Claim, claim
from benchmarks.data_folder import data_if_here
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, HOUR, FixedClock, Micros, days_to_date, parse_instant
from tandem.learn.iteration import (
    IterationPlan,
    Iterations,
    ReleaseDesk,
    Run,
    RunStore,
    Setting,
    TableFeed,
    first_model,
    parse_iteration,
    read_runs,
    render_log,
)
from tandem.learn.simulator import CardWorld, simulate_card_payments
from tandem.observe.features import compute_batch

_WARM_UP = 46
"""Days of payments before the month: features warm up, and a first model and the first profile learn."""
_DELAY = 7
_DAYS = 42


@dataclass(frozen=True)
class Month:
    """A month to run: the table of payments with inputs and outcome, its first day, its days, and where it came from."""

    table: pa.Table
    inputs: tuple[str, ...]
    first: date
    days: int
    source: str
    drift: int
    poison: int
    families: tuple[str, ...] = ("lightgbm",)
    train_days: int = 21

    def day(self, number: int) -> str:
        """Day ``number`` of the month, from 1."""
        return (self.first + timedelta(days=number - 1)).isoformat()


def month_claims(quick: bool) -> list[Claim]:
    """Whether a month runs unattended, refuses what is poisoned, and comes out the same twice."""
    month = _quick_month() if quick else _real_month() or simulated_month(2500, _DAYS)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as houses:
        (first, log), (again, _) = houses.map(run_month, (month, replace(month, days=3) if quick else month))
    if not quick:
        sys.stdout.write(log + "\n")
    moves = [run.step("decide").facts["move"] for run in first]
    poisoned = first[month.poison - 1]
    noted = [run.day for run in first[month.drift - 1 :] if run.step("gate").facts.get("findings")]
    # The broken rows come twice: on their day, and when their outcomes are told, if the month is long enough for that.
    broken = {month.poison - 1, month.poison - 1 + _DELAY}
    refused = {number for number, run in enumerate(first) if run.step("gate").verdict == "refused"}
    told = sorted(broken & set(range(month.days)))
    protocol = f"{month.source}; {month.days} days from {month.first}, drift from day {month.drift}, poison on day {month.poison}"
    return [
        claim("daily.month.days", len(first), "days", f"== {month.days}", protocol=protocol),
        claim(
            "daily.month.same_digests",
            float(_digests(first[: len(again)]) == _digests(again)),
            "",
            "== 1",
            protocol=f"{protocol}; {len(again)} days run again in another house",
        ),
        claim(
            "daily.month.poison_refused",
            float(refused >= set(told) and all(moves[number] == "stay" for number in told)),
            "",
            "== 1",
            protocol=f"amounts in cents on {poisoned.day}: {', '.join(poisoned.step('gate').facts.get('codes', ()))}; "
            f"refused on {', '.join(first[number].day for number in told)}, when they came and when their outcomes were told",
        ),
        claim("daily.month.drift_noted", float(bool(noted)), "", "== 1", protocol=f"first on {noted[:1]}"),
        claim(
            "daily.month.good_days_refused",
            len(refused - broken),
            "days",
            "== 0",
            protocol=", ".join(first[number].day for number in sorted(refused - broken)) or "none",
        ),
        claim("daily.month.promotions", moves.count("promote"), "", protocol=f"moves: {_told(first)}"),
    ]


def run_month(month: Month) -> tuple[list[Run], str]:
    """Run ``month`` in a house of its own; its runs, and its log book."""
    plan = plan_of(month)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        process = _opened(home)
        _go_live(process, plan, month)
        setting = Setting(plan, TableFeed(month.table), ReleaseDesk(process, plan), RunStore(home / "iterations"))
        with Iterations(lambda: {plan.name: setting}, setting.store) as iterations:
            for number in range(1, month.days + 1):
                _decide(process, month, number)
                iterations.run(plan.name, month.day(number))
        runs = read_runs(setting.store, plan.name)
        process.close()
    return runs, render_log(runs)


def plan_of(month: Month) -> IterationPlan:
    """The plan of the month: a refit every day, a scorecard beside it, a week's rest, an envelope for the refit."""
    return parse_iteration({
        "name": "card_fraud_daily",
        "model": "card_fraud",
        "policy": "card_payment",
        "event": "card_payment",
        "label": "card_payment",
        "target": "fraud",
        "owner": "fraud team",
        "inputs": list(month.inputs),
        "approve_below": 0.2,
        "families": list(month.families),
        "preset": "fraud",
        "folds": 2,
        "candidates": [{"name": "scorecard"}] if "scorecard" not in month.families else [],
        "window": {"train_days": month.train_days, "test_days": 7, "mature_days": _DELAY},
        "evidence": {"minimum_bads": 100, "margin": 0.01, "every_days": 2, "calibration": 0.25},
        "envelope": {"approval_shift": 0.02, "score_psi": 0.5, "drift_from_validated": 0.05, "days_between": 7},
        "shadow": {"days": 2, "decisions": 1000},
        "canary": {"shares": [5, 25], "days": 1, "by": "customer"},
        "watch": {"minimum_bads": 60, "approval_shift": 0.05},
        "gates": {"challenger": {"score_psi_most": 1.0, "moved_most": 1.0, "gap_most": 0.2}},
    })  # fmt: skip


def _quick_month() -> Month:
    """Fewer customers and days, a scorecard that learns from two weeks: the same cycle in seconds."""
    return replace(simulated_month(280, 8, 3, drift=4, poison=6), families=("scorecard",), train_days=14)


def simulated_month(customers: int, days: int, frauds: float = 1.0, *, drift: int = 12, poison: int = 20) -> Month:
    """A month of our generator's payments; simulated.

    Args:
        frauds: how many times as much fraud as usual.
        drift, poison: the days on which the world begins to change, and on which the extract is broken.
    """
    world = CardWorld(
        customers=customers,
        merchants=customers,
        days=_WARM_UP + days,
        takeovers_per_day=frauds * customers / 400,
        compromised_per_day=frauds * customers / 800,
        bursts_per_day=frauds * customers / 900,
    )
    made = simulate_card_payments(world)
    payments = pa.table({
        "occurred_at": made.column("occurred_at").cast(pa.int64()),
        "customer": made.column("person"),
        "terminal": made.column("merchant"),
        "amount": pc.divide(pc.cast(made.column("amount_minor"), pa.float64()), 100.0),
        "fraud": made.column("fraud"),
        "abroad": pc.cast(pc.not_equal(made.column("country"), "CN"), pa.float64()),
        "online": pc.cast(pc.equal(made.column("channel"), "online"), pa.float64()),
    })  # fmt: skip
    first = days_to_date(int(world.start // DAY)) + timedelta(days=_WARM_UP)
    source = f"our generator's payments, SIMULATED, {customers} customers"
    return _month(payments, Month(pa.table({}), (), first, days, source, drift, poison))


def _real_month() -> Month | None:
    """A month of the handbook's payments, where they are."""
    folder = data_if_here("fraud_handbook_sim")
    if folder is None:
        return None
    first, days = date(2018, 7, 1), _DAYS
    since, until = first - timedelta(days=_WARM_UP), first + timedelta(days=days)
    payments = duckdb.execute(
        "SELECT epoch_us(TX_DATETIME) AS occurred_at, CUSTOMER_ID::VARCHAR AS customer, TERMINAL_ID::VARCHAR AS terminal, "
        "TX_AMOUNT::DOUBLE AS amount, TX_FRAUD = 1 AS fraud FROM read_parquet(?) "
        "WHERE TX_DATETIME >= CAST(? AS TIMESTAMP) AND TX_DATETIME < CAST(? AS TIMESTAMP) ORDER BY TRANSACTION_ID",
        [str(folder / "*.parquet"), since.isoformat(), until.isoformat()],
    ).to_arrow_table()
    source = "the Fraud Detection Handbook's published simulation"
    return _month(payments, Month(pa.table({}), (), first, days, source, 12, 20))


def _month(payments: pa.Table, asked: Month) -> Month:
    """``asked`` with its table: the payments in a world that drifts, with a day that is broken."""
    payments = _drifted(payments, _instant(asked.first, asked.drift))
    columns = _inputs(payments)
    occurred = payments.column("occurred_at").to_numpy()
    begin, end = (_instant(asked.first, asked.poison + after) for after in (0, 1))
    poisoned = (occurred >= begin) & (occurred < end)
    for name in [one for one in columns if "amount" in one and "over" not in one and "from" not in one]:
        columns[name] = np.where(poisoned, columns[name] * 100, columns[name])
    table = pa.table({
        "event_id": [f"pay-{place:08d}" for place in range(payments.num_rows)],
        "occurred_at": pa.array(occurred, pa.timestamp("us")),
        "known_at": pa.array(occurred + _DELAY * DAY, pa.timestamp("us")),
        "customer": payments.column("customer"),
        **columns,
        "fraud": payments.column("fraud"),
    })  # fmt: skip
    return replace(asked, table=table, inputs=tuple(columns))


def _inputs(payments: pa.Table) -> dict[str, np.ndarray]:
    """What is known of each payment as of its instant."""
    events = cardfraud.events_of(payments)
    mine = compute_batch(cardfraud.plan(), events).filter(pc.equal(events.column("event_type"), "card_payment"))
    read = {name: np.asarray(mine.column(name).to_numpy(), dtype=np.float64) for name in cardfraud.plan().names}
    occurred = payments.column("occurred_at").to_numpy()
    amount = np.asarray(payments.column("amount").to_numpy())
    columns = {"amount": amount, "hour": (occurred % DAY / HOUR)}
    columns |= {
        name: np.asarray(payments.column(name)) for name in ("abroad", "online") if name in payments.column_names
    }
    wanted = (
        "customer_payments_1d", "customer_payments_7d", "customer_amount_mean_7d", "customer_amount_mean_30d",
        "terminal_payments_7d", "terminal_fraud_1d", "terminal_fraud_7d", "terminal_fraud_30d", "good_amount_mean",
        "frauds_3d", "frauds_14d", "quiet_frauds_21d",
    )  # fmt: skip
    columns |= {name: read[name] for name in wanted}
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = amount / read["good_amount_mean"]
    return columns | {"amount_over_good": np.where(np.isfinite(ratio), ratio, np.nan)}


def _drifted(payments: pa.Table, since: int) -> pa.Table:
    """The payments in a world that changes: amounts grow by a quarter, and cards are tried out at a handful of terminals."""
    random = np.random.default_rng(12)
    occurred = payments.column("occurred_at").to_numpy()
    later = occurred >= since
    amount = np.where(later, payments.column("amount").to_numpy() * 1.25, payments.column("amount").to_numpy())
    payments = payments.set_column(payments.column_names.index("amount"), "amount", pa.array(amount))
    days = int((occurred[-1] - since) // DAY) + 1
    a_day = max(10, int(later.sum() / max(days, 1) / 120))
    places = np.flatnonzero(later)
    picked = np.sort(random.choice(places, min(a_day * days, places.size), replace=False))
    wave = payments.take(pa.array(picked))
    terminals = random.choice(pc.unique(payments.column("terminal")).to_pylist(), 40)
    changed = {
        "occurred_at": pa.array(
            wave.column("occurred_at").to_numpy() // DAY * DAY + random.integers(1, 5 * HOUR, picked.size)
        ),
        "amount": pa.array(random.normal(33.0, 4.0, picked.size)),
        "terminal": pa.array(random.choice(terminals, picked.size).tolist()),
        "fraud": pa.array(np.ones(picked.size, dtype=bool)),
    }
    for name, values in changed.items():
        wave = wave.set_column(wave.column_names.index(name), name, values.cast(payments.schema.field(name).type))
    whole = pa.concat_tables([payments, wave])
    order = np.argsort(whole.column("occurred_at").to_numpy(), kind="stable")
    return whole.take(pa.array(order)).combine_chunks()


def _instant(first: date, number: int) -> int:
    day = (first + timedelta(days=number - 1)).isoformat()
    return int(parse_instant(f"{day}T00:00:00Z"))


# -- the house -----------------------------------------------------------------------------------------------------


def _opened(home: Path) -> DecisionProcess:
    clock = FixedClock(Micros(parse_instant("2026-01-01T00:00:00Z")))
    return open_process(Settings(home=home), "month", clock=clock, entropy=SeededEntropy(1))


def _go_live(process: DecisionProcess, plan: IterationPlan, month: Month) -> None:
    """A first model, learned from what was known before the month, with its policy and plan, reviewed and released."""
    known = month.table.filter(
        pc.less(month.table.column("known_at"), pa.scalar(_instant(month.first, -6), pa.timestamp("us")))
    )
    learned = first_model(plan, known)
    fields = [{"name": name, "type": "double"} for name in month.inputs]
    person = {"name": "customer", "type": "text", "required": True, "entity": "customer", "data_class": "C2"}
    reasons = ("LIKELY_FRAUD", "INFORMATION_MISSING", *(one.code for one in learned.reasons.values()))
    plain = {code: {"customer": _both(code), "internal": _both(code)} for code in reasons}
    body = msgspec.to_builtins(plan)
    del body["name"]
    artefacts = [
        Artefact.of("event_type", "card_payment", {"subject": "customer", "fields": [person, *fields]}),
        Artefact.of("model", plan.model, msgspec.to_builtins(learned.document)),
        Artefact.of("reasons", plan.model, {"reasons": plain}),
        Artefact.of("iteration", plan.name, body),
        Artefact.of("policy", plan.policy, {"event": "card_payment", "when_missing": "review", "flow": [
            {"model": plan.model, "probability": "risk"},
            {"decide": "end", "cases": [
                {"case": "likely", "when": "risk >= 0.2", "then": "review", "reason": "LIKELY_FRAUD"},
                {"otherwise": "pass", "then": "approve"},
            ]},
        ]}),
    ]  # fmt: skip
    process.push(artefacts, author="zhang.min")
    process.review([one.digest for one in artefacts], approver="li.wei")
    process.release({one.key: one.digest for one in artefacts}, by="zhang.min")


def _decide(process: DecisionProcess, month: Month, number: int, count: int = 40) -> None:
    """Some payments of the day, really decided by what is live."""
    begin, end = (pa.scalar(_instant(month.first, n), pa.timestamp("us")) for n in (number, number + 1))
    column = month.table.column("occurred_at")
    rows = month.table.filter(pc.and_(pc.greater_equal(column, begin), pc.less(column, end)))
    for row in rows.slice(0, count).to_pylist():
        fields = {name: row[name] for name in month.inputs if row[name] == row[name]}
        process.decide_now({
            "event_id": row["event_id"],
            "event_type": "card_payment",
            "occurred_at": row["occurred_at"].isoformat() + "Z",
            "values": {"customer": row["customer"], **fields},
        })  # fmt: skip


def _both(words: str) -> dict[str, str]:
    return {"en": words, "zh-CN": words}


def _digests(runs: list[Run]) -> list[str]:
    return [run.digest for run in runs]


def _told(runs: list[Run]) -> str:
    found = [(run.day, run.step("decide").facts["move"]) for run in runs]
    return ", ".join(f"{day} {move}" for day, move in found if move != "stay")


# -- one day at scale ----------------------------------------------------------------------------------------------


def cycle_claims(quick: bool) -> list[Claim]:
    """Time and memory of one day: a million mature rows by 200 features (quick: 10,000 by 20)."""
    rows, width = (10_000, 20) if quick else (1_000_000, 200)
    month = _wide(rows, width)
    plan = msgspec.structs.replace(plan_of(month), candidates=())
    with tempfile.TemporaryDirectory() as folder:
        process = _opened(Path(folder))
        _go_live(process, plan, month)
        setting = Setting(
            plan, TableFeed(month.table), ReleaseDesk(process, plan), RunStore(Path(folder) / "iterations")
        )
        with Iterations(lambda: {plan.name: setting}, setting.store) as iterations:
            start = time.perf_counter()
            iterations.run(plan.name, month.day(1))
            minutes = (time.perf_counter() - start) / 60
        process.close()
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    protocol = f"one day, {rows:,} rows of the window x {width} features, drawn from a seed (SIMULATED), LightGBM refit"
    targets = ("", "") if quick else ("<= 15", "<= 8")
    return [
        claim("daily.cycle.minutes", round(minutes, 2), "min", targets[0], protocol=protocol),
        claim("daily.cycle.memory", round(gigabytes, 2), "GB", targets[1], protocol=f"{protocol}; peak of the process"),
    ]


def _wide(rows: int, width: int) -> Month:
    """Rows of a flat world with ``width`` inputs, a fifth of which matter."""
    random = np.random.default_rng(3)
    first, warm = date(2025, 10, 1), 36
    at = _instant(first, 1 - warm) + np.sort(random.integers(0, (warm + 1) * DAY, rows))
    columns = {f"x{place:03d}": random.normal(size=rows).astype(np.float32) for place in range(width)}
    useful = width // 5
    risk = sum(columns[f"x{place:03d}"] * (1.5 / (1 + place)) for place in range(useful))
    table = pa.table({
        "event_id": [f"e{place:08d}" for place in range(rows)],
        "occurred_at": pa.array(at, pa.timestamp("us")),
        "known_at": pa.array(at + _DELAY * DAY, pa.timestamp("us")),
        "customer": pa.array([f"c{one:06d}" for one in random.integers(0, rows // 20, rows)]),
        **{name: pa.array(values, pa.float64()) for name, values in columns.items()},
        "fraud": pa.array(random.random(rows) < 1 / (1 + np.exp(4.0 - risk))),
    })  # fmt: skip
    return Month(table, tuple(columns), first, 1, "drawn from a seed, SIMULATED", 0, 0)
