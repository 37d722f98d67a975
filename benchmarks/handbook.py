"""The Fraud Detection Handbook's card stream, its four prequential folds, and our own features and models on them.

The transactions are the handbook's published *simulation* (Le Borgne, Siblini, Lebichot and Bontempi, 2022), 2018-04 to
2018-09. Each fold trains on seven days, waits seven for labels, and tests on seven; training starts on 2018-07-25,
08-01, 08-08 and 08-15; customers known to be compromised by then are taken out of the test (chapter 5). The figures are
AUC, average precision, and card precision at 100 alerts a day, averaged over the folds.

The features are the handbook's by definition and ours by computation: ``observe.features`` runs over payments and over
outcomes that arrive seven days after their payment, so that a terminal's fraud share holds only what was known. Payments from
2018-06-10 on are read, further back than the longest window and delay reach.

Published optima on these folds (chapter 5): logistic regression .868 / .623 / .298; XGBoost .872 / .694 / .304.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.claims import Claim, claim
from tandem.kernel.time import DAY, HOUR, parse_instant
from tandem.kernel.values import SqlType
from tandem.learn.training import TrainSpec, train
from tandem.learn.training.logistic import fit_logistic
from tandem.learn.training.metrics import auc, average_precision
from tandem.observe.events import EventField, EventType
from tandem.observe.features import FeaturePlan, compile_plan, compute_batch, parse_feature_set

_ROOT = Path(__file__).parent.parent
_STARTS = ("2018-07-25", "2018-08-01", "2018-08-08", "2018-08-15")
_PUBLISHED = {"logistic": (0.868, 0.623, 0.298), "xgboost": (0.872, 0.694, 0.304)}
_FIGURES = ("auc", "average_precision", "card_precision_100")
_TOLERANCE = 0.005
_WEEK = 7

_EVENTS = {
    "card_payment": EventType(
        name="card_payment",
        fields=(
            EventField(name="customer", type=SqlType.TEXT, entity="customer"),
            EventField(name="terminal", type=SqlType.TEXT, entity="terminal"),
            EventField(name="amount", type=SqlType.DOUBLE),
        ),
    ),
    "payment_outcome": EventType(
        name="payment_outcome",
        fields=(
            EventField(name="terminal", type=SqlType.TEXT, entity="terminal"),
            EventField(name="fraud", type=SqlType.INTEGER),
        ),
    ),
}
_WINDOWS = ["1d", "7d", "30d"]
_CUSTOMER = {
    "name": "customer_spending",
    "entity": ["customer"],
    "events": ["card_payment"],
    "features": [
        {"name": "customer_payments_{window}", "aggregate": "count", "windows": _WINDOWS},
        {"name": "customer_amount_mean_{window}", "aggregate": "mean", "field": "amount", "windows": _WINDOWS},
    ],
}
_TERMINAL = {
    "name": "terminal_risk",
    "entity": ["terminal"],
    "events": ["payment_outcome"],
    "features": [
        {"name": "terminal_payments_{window}", "aggregate": "count", "windows": _WINDOWS},
        {"name": "terminal_fraud_{window}", "aggregate": "mean", "field": "fraud", "windows": _WINDOWS},
    ],
}


@dataclass(frozen=True)
class Stream:
    """Payments in time order: features, outcome, and what the protocol needs to fold them."""

    names: tuple[str, ...]
    features: np.ndarray
    fraud: np.ndarray
    customer: np.ndarray
    day: np.ndarray

    def table(self, rows: np.ndarray) -> pa.Table:
        """The rows as a table that training reads."""
        columns = {name: self.features[rows, place] for place, name in enumerate(self.names)}
        return pa.table(columns | {"fraud": self.fraud[rows].astype(np.int64)})


def run(quick: bool) -> list[Claim]:
    folder = Path(os.environ.get("TANDEM_DATA_DIR", _ROOT.parent / "shared" / "data")) / "fraud_handbook_sim"
    if not folder.is_dir():
        missing = "the handbook's stream is not here (set TANDEM_DATA_DIR)"
        return [claim(f"handbook.logistic.{figure}", None, "", protocol=missing) for figure in _FIGURES]
    stream = load(folder)
    folds = [fold(stream, start) for start in (_STARTS[:2] if quick else _STARTS)]
    scorers = {"logistic": logistic, "fraud_preset": fraud_preset}
    claims: list[Claim] = []
    for name, score in scorers.items():
        rows = [figures(stream, test, score(stream, learn, test)) for learn, test in folds]
        claims += _claims(name, np.mean(rows, axis=0), quick=quick)
    return claims


def _claims(name: str, found: np.ndarray, *, quick: bool) -> list[Claim]:
    protocol = (
        f"published simulation, {2 if quick else 4} prequential folds (7 days train, 7 delay, 7 test), features by "
        "observe.features" + ("; the published figure is over all four folds" if quick else "")
    )
    claims = []
    for place, figure in enumerate(_FIGURES):
        if name == "logistic":
            # Two folds are not the four that were published: no promise on them.
            published = _PUBLISHED["logistic"][place]
            target = "" if quick else f">= {published - _TOLERANCE:.3f}"
            peer = "published logistic regression, tuned"
        else:
            published, target, peer = _PUBLISHED["xgboost"][place], "", "published XGBoost, tuned"
        claims.append(
            claim(
                f"handbook.{name}.{figure}",
                round(float(found[place]), 4),
                "",
                target,
                peer=peer,
                peer_value=published,
                protocol=protocol,
            )
        )
    return claims


def load(folder: Path) -> Stream:
    """Payments from 2018-06-10 on, with features as of each payment."""
    payments = duckdb.execute(
        "SELECT epoch_us(TX_DATETIME) AS occurred_at, CUSTOMER_ID AS customer, TERMINAL_ID AS terminal, "
        "TX_AMOUNT AS amount, TX_FRAUD AS fraud, TX_TIME_DAYS AS day FROM read_parquet(?) "
        "WHERE TX_DATETIME >= TIMESTAMP '2018-06-10' ORDER BY TRANSACTION_ID",
        [str(folder / "*.parquet")],
    ).to_arrow_table()
    events = events_of(payments)
    is_payment = pc.equal(events.column("event_type"), "card_payment")
    mine = compute_batch(plan(), events).filter(is_payment)
    occurred = payments.column("occurred_at").to_numpy()
    columns: dict[str, np.ndarray] = {
        "amount": payments.column("amount").to_numpy(),
        "weekend": ((occurred // DAY + 3) % 7 >= 5).astype(float),
        "night": (occurred % DAY // HOUR <= 6).astype(float),
    }
    for name in plan().names:
        values = np.asarray(mine.column(name).to_numpy(), dtype=np.float64)
        # No payment known at a terminal yet is no fraud known at it: the handbook's definition.
        columns[name] = np.nan_to_num(values, nan=0.0)
    return Stream(
        tuple(columns),
        np.column_stack(list(columns.values())),
        payments.column("fraud").to_numpy().astype(np.float64),
        payments.column("customer").to_numpy(),
        payments.column("day").to_numpy(),
    )


def plan() -> FeaturePlan:
    """Counts and means per customer, counts and known fraud share per terminal."""
    return compile_plan([parse_feature_set(_CUSTOMER), parse_feature_set(_TERMINAL)], _EVENTS)


def events_of(payments: pa.Table) -> pa.Table:
    """Payments, and their outcomes a week later, as one journal in time order."""
    count = payments.num_rows
    occurred = payments.column("occurred_at").to_numpy()
    times = np.concatenate([occurred, occurred + _WEEK * DAY])
    is_outcome = np.concatenate([np.zeros(count, dtype=bool), np.ones(count, dtype=bool)])
    terminal = pa.chunked_array([payments.column("terminal").cast(pa.string()).combine_chunks()] * 2)
    unknown = pa.nulls(count)
    # At one instant the outcome comes first: it was known when the payment was decided.
    order = np.lexsort((~is_outcome, times))
    events = pa.table(
        {
            "event_id": pa.array([f"p{i}" for i in range(count)] + [f"o{i}" for i in range(count)]),
            "event_type": pa.array(np.where(is_outcome, "payment_outcome", "card_payment")),
            "occurred_at": times,
            "customer": _stacked(payments.column("customer").cast(pa.string()), unknown.cast(pa.string())),
            "terminal": terminal,
            "amount": _stacked(payments.column("amount"), unknown.cast(pa.float64())),
            "fraud": _stacked(unknown.cast(pa.int64()), payments.column("fraud").cast(pa.int64())),
        }
    ).take(pa.array(order))
    return events.append_column("seq", pa.array(np.arange(1, 2 * count + 1)))


def _stacked(first: pa.ChunkedArray | pa.Array, second: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray:
    def chunks(part: pa.ChunkedArray | pa.Array) -> list[pa.Array]:
        return part.chunks if isinstance(part, pa.ChunkedArray) else [part]

    return pa.chunked_array(chunks(first) + chunks(second))


def fold(stream: Stream, start: str) -> tuple[np.ndarray, np.ndarray]:
    """Rows (train, test) of the fold whose training starts on ``start``."""
    first = (parse_instant(start) - parse_instant("2018-04-01")) // DAY
    day, customer, fraud = stream.day, stream.customer, stream.fraud
    learn = (day >= first) & (day < first + _WEEK)
    known = set(customer[learn & (fraud == 1)].tolist())
    tests = []
    for offset in range(_WEEK):
        # By each test day the labels of one more day of the delay have come in.
        known |= set(customer[(day == first + _WEEK + offset - 1) & (fraud == 1)].tolist())
        today = np.flatnonzero(day == first + 2 * _WEEK + offset)
        tests.append(today[~np.isin(customer[today], np.fromiter(known, dtype=customer.dtype))])
    return np.flatnonzero(learn), np.concatenate(tests)


def logistic(stream: Stream, learn: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Our logistic regression on standardised features, ridge 1."""
    x = stream.features
    mean, spread = x[learn].mean(axis=0), x[learn].std(axis=0)
    fit = fit_logistic((x[learn] - mean) / spread, stream.fraud[learn], ridge=1.0)
    return np.asarray(fit.log_odds((x[test] - mean) / spread))


def fraud_preset(stream: Stream, learn: np.ndarray, test: np.ndarray) -> np.ndarray:
    """``tandem model train --preset fraud``, LightGBM alone, served."""
    spec = TrainSpec(target="fraud", preset="fraud", families=("lightgbm",))
    result = train(stream.table(learn), spec, stream.table(test))
    return np.asarray(result.test_log_odds["lightgbm"])


def figures(stream: Stream, test: np.ndarray, score: np.ndarray) -> tuple[float, float, float]:
    """AUC, average precision, card precision at 100 a day."""
    fraud = stream.fraud[test]
    return auc(fraud, score), average_precision(fraud, score), card_precision(stream, test, score)


def card_precision(stream: Stream, test: np.ndarray, score: np.ndarray, alerts: int = 100) -> float:
    """Share of the ``alerts`` riskiest customers of a day that are compromised; those found are not alerted again."""
    found: set[int] = set()
    daily = []
    for day in np.unique(stream.day[test]):
        today = (stream.day[test] == day) & ~np.isin(stream.customer[test], np.fromiter(found, dtype=np.int64))
        customers, place = np.unique(stream.customer[test][today], return_inverse=True)
        risk, fraud = np.full(customers.size, -np.inf), np.zeros(customers.size)
        np.maximum.at(risk, place, score[today])
        np.maximum.at(fraud, place, stream.fraud[test][today])
        top = np.argsort(-risk, kind="stable")[:alerts]
        hits = customers[top][fraud[top] == 1]
        daily.append(hits.size / alerts)
        found |= set(hits.tolist())
    return float(np.mean(daily))
