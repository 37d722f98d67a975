"""Feeds that the gates of daily learning are tried on, day by day, and what can be broken in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.data_folder import data_if_here
from tandem.kernel.time import DAY, HOUR, Micros
from tandem.learn.gates import FeedLayout, FeedLimits
from tandem.learn.simulator import CardWorld, simulate_card_payments
from tandem.learn.training import read_table

__all__ = ["Fault", "Feed", "dealt_feed", "faults_of", "handbook_feed", "payment_feed"]


_WARM_UP = 20


@dataclass(frozen=True)
class Feed:
    """Days of one feed, each with the moment it is judged; columns that faults are planted in."""

    name: str
    layout: FeedLayout
    days: list[pa.Table]
    ends: list[Micros]
    amount: str
    months: str
    filled: str
    category: str | None = None
    factors: tuple[float, float] = (100.0, 30.0)
    limits: FeedLimits = field(default_factory=FeedLimits)


@dataclass(frozen=True)
class Fault:
    """A fault, what makes it of a good day, and the reasons that are right."""

    name: str
    codes: tuple[str, ...]
    plant: Callable[[Feed, int, np.random.Generator], pa.Table]
    at_days: int = field(default=0)


def payment_feed(days: int, seed: int) -> Feed:
    """Our generator's card payments (simulated), with a term, a currency, a time of what was known, and labels a week later."""
    world = CardWorld(
        customers=2_500, merchants=1_500, days=days + _WARM_UP, takeovers_per_day=6, compromised_per_day=2, seed=seed
    )
    table = simulate_card_payments(world)
    rng = np.random.default_rng(seed)
    at = pc.cast(table["occurred_at"], pa.int64()).to_numpy()
    rows = table.num_rows
    stamp = pa.timestamp("us")
    table = table.append_column("term_months", pa.array(rng.choice([3, 6, 12, 24], rows, p=[0.4, 0.3, 0.2, 0.1])))
    table = table.append_column("income", pa.array(rng.lognormal(9, 0.5, rows).round(), mask=rng.random(rows) < 0.03))
    table = table.append_column("currency", pa.array(["CNY"]).take(pa.array(np.zeros(rows, dtype=np.int64))))
    known = at - rng.integers(0, 24 * HOUR, rows)
    table = table.append_column("bureau_at", pa.array(known, stamp))
    delay = rng.gamma(4, 1.5, rows) * DAY
    table = table.append_column("fraud_known_at", pa.array(at + delay.astype(np.int64), stamp))
    layout = FeedLayout(
        key=("event_id",),
        time="occurred_at",
        label="fraud",
        adverse="true",
        label_time="fraud_known_at",
        known_times=("bureau_at",),
        currency="currency",
        units={"amount_minor": "CNY fen", "term_months": "months"},
        ignore=("scenario",),
    )
    cuts = np.searchsorted((at - world.start) // DAY, np.arange(days + _WARM_UP + 1))
    parts = [table.slice(cuts[one], cuts[one + 1] - cuts[one]) for one in range(days + _WARM_UP)]
    # A day is judged when its labels are there, thirty days after its end; the first weeks have no fraud to speak of yet.
    ends = [Micros(world.start + (one + 1 + 30) * DAY) for one in range(days + _WARM_UP)]
    limits = FeedLimits(age_most=Micros(31 * DAY + 12 * HOUR))
    parts, ends = parts[_WARM_UP:], ends[_WARM_UP:]
    return Feed("payments", layout, parts, ends, "amount_minor", "term_months", "income", "channel", limits=limits)


def dealt_feed(name: str, rows: int, seed: int) -> Feed | None:
    """A real set without dates, its rows dealt at random into days; None where it is not here."""
    file, label, ignore, amount, months, filled, category, factors = _REAL[name]
    path = data_if_here(file)
    if path is None:
        return None
    table = read_table(path)
    order = np.random.default_rng(seed).permutation(table.num_rows)
    parts = [table.take(pa.array(order[one : one + rows])) for one in range(0, table.num_rows - rows + 1, rows)]
    layout = FeedLayout(label=label, ignore=ignore)
    return Feed(name, layout, parts, [Micros(0)] * len(parts), amount, months, filled, category, factors)


_REAL = {
    "taiwan": ("taiwan_credit_default/UCI_Credit_Card.csv.gz", "class", ("ID",), "BILL_AMT1", "PAY_0", "AGE", None, (100.0, 30.0)),
    "gmsc": ("gmsc/cs-training.csv.gz", "SeriousDlqin2yrs", ("column_1",), "MonthlyIncome", "age", "DebtRatio", None, (100.0, 12.0)),
    "hmeq": ("hmeq/hmeq.csv", "BAD", (), "LOAN", "CLAGE", "VALUE", "JOB", (100.0, 30.0)),
}  # fmt: skip


def handbook_feed(days: int) -> Feed | None:
    """Days of the Fraud Detection Handbook's payments (simulated by its authors), judged thirty days later; None where absent."""
    import pyarrow.parquet as pq

    folder = data_if_here("fraud_handbook_sim")
    if folder is None:
        return None
    table = pa.concat_tables([pq.read_table(one, columns=list(_HANDBOOK)) for one in sorted(folder.rglob("*.parquet"))])
    at = pc.cast(pc.cast(table["TX_DATETIME"], pa.timestamp("us")), pa.int64()).to_numpy()
    table = table.take(pa.array(np.argsort(at, kind="stable")))
    at, start = np.sort(at), int(at.min()) // DAY * DAY
    layout = FeedLayout(
        key=("TRANSACTION_ID",), time="TX_DATETIME", label="TX_FRAUD", ignore=("CUSTOMER_ID", "TERMINAL_ID")
    )
    cuts = np.searchsorted((at - start) // DAY, np.arange(_HANDBOOK_FROM, _HANDBOOK_FROM + days + 1))
    parts = [table.slice(one, other - one) for one, other in pairwise(cuts.tolist())]
    ends = [Micros(start + (_HANDBOOK_FROM + one + 31) * DAY) for one in range(days)]
    limits = FeedLimits(age_most=Micros(31 * DAY + 12 * HOUR))
    return Feed("handbook", layout, parts, ends, "TX_AMOUNT", "TX_AMOUNT", "TX_AMOUNT", limits=limits)


_HANDBOOK = ("TRANSACTION_ID", "TX_DATETIME", "CUSTOMER_ID", "TERMINAL_ID", "TX_AMOUNT", "TX_FRAUD")
_HANDBOOK_FROM = 30


def faults_of(feed: Feed) -> list[Fault]:
    """Every fault that can be planted in ``feed``."""
    found = [
        Fault("a column gone", ("column_missing",), lambda f, d, _: f.days[d].drop_columns([f.amount])),
        Fault("numbers come as text", ("type_changed",), _as_text),
        Fault("amounts in another unit", ("unit_changed",), lambda f, d, _: _times(f, d, f.amount, f.factors[0])),
        Fault("a duration in another unit", ("unit_changed",), lambda f, d, _: _times(f, d, f.months, f.factors[1])),
        Fault("a fifth of the amounts in another unit", ("unit_mixed",), _mixed),
        Fault("labels turned round", ("labels_flipped",), _flipped),
        Fault("labels made up", ("labels_poisoned", "bad_rate"), _poisoned),
        Fault("the day fed twice", ("day_fed_twice",), lambda f, d, _: f.days[d - 3]),
        Fault("values missing", ("missing_jump",), _emptied),
        Fault("a column frozen", ("frozen_column",), _frozen),
        Fault("rows repeated", ("duplicate_keys", "duplicate_rows"), _repeated),
        Fault(
            "the file cut off",
            ("truncated", "too_few_rows"),
            lambda f, d, _: f.days[d].slice(0, f.days[d].num_rows * 2 // 5),
        ),
        Fault("a column that knows the outcome", ("too_good",), _too_good),
        Fault("labels that did not arrive", ("label_arrival",), _unlabelled),
    ]
    if feed.category is not None:
        found.append(Fault("categories coded anew", ("category_vocabulary", "category_recoded"), _recoded))
    if feed.layout.time is not None:
        found += [
            Fault("a stale day", ("stale_day",), lambda f, d, _: f.days[d], at_days=4),
            Fault("rows from the future", ("future_rows",), _future),
            Fault("inputs known after the event", ("known_after_event",), _later),
            Fault("two currencies", ("currency_mixed",), _currencies),
            Fault("keys of an earlier day", ("keys_seen_before",), _old_keys),
        ]
    return found


def _set(table: pa.Table, name: str, values: pa.Array | pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, values)


def _times(feed: Feed, day: int, name: str, factor: float) -> pa.Table:
    table = feed.days[day]
    return _set(table, name, pc.multiply(pc.cast(table[name], pa.float64()), factor))


def _as_text(feed: Feed, day: int, _: np.random.Generator) -> pa.Table:
    table = feed.days[day]
    return _set(table, feed.amount, pc.cast(table[feed.amount], pa.string()))


def _mixed(feed: Feed, day: int, rng: np.random.Generator) -> pa.Table:
    table = feed.days[day]
    part = pa.array(rng.random(table.num_rows) < 0.2)
    amounts = pc.cast(table[feed.amount], pa.float64())
    return _set(table, feed.amount, pc.if_else(part, pc.multiply(amounts, feed.factors[0]), amounts))


def _labels(feed: Feed, day: int) -> np.ndarray:
    return np.asarray(pc.cast(feed.days[day][str(feed.layout.label)], pa.int64()).to_numpy())


def _labelled(feed: Feed, day: int, labels: np.ndarray, mask: np.ndarray | None = None) -> pa.Table:
    table, name = feed.days[day], str(feed.layout.label)
    return _set(table, name, pc.cast(pa.array(labels, mask=mask), table[name].type))


def _flipped(feed: Feed, day: int, _: np.random.Generator) -> pa.Table:
    return _labelled(feed, day, 1 - _labels(feed, day))


def _poisoned(feed: Feed, day: int, rng: np.random.Generator) -> pa.Table:
    labels = _labels(feed, day)
    drawn = (rng.random(labels.size) < 0.5).astype(np.int64)
    return _labelled(feed, day, np.where(rng.random(labels.size) < 0.4, drawn, labels))


def _unlabelled(feed: Feed, day: int, rng: np.random.Generator) -> pa.Table:
    labels = _labels(feed, day)
    return _labelled(feed, day, labels, rng.random(labels.size) < 0.5)


def _emptied(feed: Feed, day: int, rng: np.random.Generator) -> pa.Table:
    table = feed.days[day]
    kept = pa.array(rng.random(table.num_rows) > 0.3)
    return _set(table, feed.filled, pc.if_else(kept, table[feed.filled], pa.scalar(None, table[feed.filled].type)))


def _frozen(feed: Feed, day: int, _: np.random.Generator) -> pa.Table:
    table = feed.days[day]
    value = table[feed.filled].drop_null()[0]
    return _set(table, feed.filled, pa.chunked_array([pa.array([value.as_py()] * table.num_rows, value.type)]))


def _repeated(feed: Feed, day: int, _: np.random.Generator) -> pa.Table:
    table = feed.days[day]
    return pa.concat_tables([table, table.slice(0, table.num_rows // 10)])


def _too_good(feed: Feed, day: int, rng: np.random.Generator) -> pa.Table:
    table, labels = feed.days[day], _labels(feed, day)
    values = np.asarray(pc.cast(table[feed.filled], pa.float64()).to_numpy())
    order = np.argsort(labels + rng.normal(0, 0.1, labels.size))
    told = np.empty_like(values)
    told[order] = np.sort(values)
    return _set(table, feed.filled, pc.cast(pa.array(told, from_pandas=True), table[feed.filled].type, safe=False))


def _recoded(feed: Feed, day: int, _: np.random.Generator) -> pa.Table:
    table = feed.days[day]
    return _set(table, str(feed.category), pc.utf8_upper(table[str(feed.category)]))


def _future(feed: Feed, day: int, rng: np.random.Generator) -> pa.Table:
    table, name = feed.days[day], str(feed.layout.time)
    late = np.where(rng.random(table.num_rows) < 0.02, 40 * DAY, 0)
    return _set(table, name, _moved(table[name], late))


def _later(feed: Feed, day: int, rng: np.random.Generator) -> pa.Table:
    table, name = feed.days[day], feed.layout.known_times[0]
    return _set(
        table, name, _moved(table[str(feed.layout.time)], np.where(rng.random(table.num_rows) < 0.1, HOUR, -HOUR))
    )


def _moved(array: pa.ChunkedArray, by: np.ndarray) -> pa.Array:
    return pa.array(pc.cast(array, pa.int64()).to_numpy() + by, pa.timestamp("us"))


def _currencies(feed: Feed, day: int, rng: np.random.Generator) -> pa.Table:
    table = feed.days[day]
    return _set(
        table, str(feed.layout.currency), pa.array(np.where(rng.random(table.num_rows) < 0.1, "USD", "CNY").tolist())
    )


def _old_keys(feed: Feed, day: int, _: np.random.Generator) -> pa.Table:
    table, before = feed.days[day], feed.days[day - 2]
    count = min(table.num_rows, before.num_rows) // 4
    keys = pa.concat_arrays([*before["event_id"].slice(0, count).chunks, *table["event_id"].slice(count).chunks])
    return _set(table, "event_id", keys)
