"""Card fraud: the Fraud Detection Handbook's stream, its four prequential folds, our own features and models on them.

The transactions are the handbook's published *simulation* (Le Borgne, Siblini, Lebichot and Bontempi, 2022), 2018-04 to
2018-09. Each fold trains on seven days, waits seven for labels, and tests on seven; training starts on 2018-07-25,
08-01, 08-08 and 08-15; customers known to be compromised by then are taken out of the test (chapter 5). The figures are
AUC, average precision, and card precision at 100 alerts a day, averaged over the folds.

All features are computed by ``observe.features`` over payments and over outcomes that arrive seven days after their payment,
so that nothing holds a label before it was known. Two sets of them: the handbook's own definitions, for models that can be
compared like for like, and ours, which add what a customer's *known good* payments look like, how far this payment is from
them, and a terminal's known fraud over more windows. Which of ours to take, and that the fraud preset needs no other
settings for them, was decided on three earlier folds (training from 2018-07-04, 07-11 and 07-18, tests ending before the
first test day); those figures are printed too.

Published optima on the four folds (chapter 5): logistic regression .868 / .623 / .298; XGBoost .872 / .694 / .304.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.claims import Claim, claim
from benchmarks.data_folder import absent, data_if_here
from tandem.kernel.time import DAY, HOUR, parse_instant
from tandem.kernel.values import SqlType
from tandem.learn.training import TrainSpec, train
from tandem.learn.training.logistic import fit_logistic
from tandem.learn.training.metrics import auc, average_precision
from tandem.observe.events import EventField, EventType
from tandem.observe.features import FeaturePlan, compile_plan, compute_batch, parse_feature_set

_VALIDATION = ("2018-07-04", "2018-07-11", "2018-07-18")
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
            EventField(name="customer", type=SqlType.TEXT, entity="customer"),
            EventField(name="terminal", type=SqlType.TEXT, entity="terminal"),
            EventField(name="amount", type=SqlType.DOUBLE),
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
_GOOD = {"where": "fraud = 0", "window": "lifetime"}
_CUSTOMER_KNOWN = {
    "name": "customer_known_good",
    "entity": ["customer"],
    "events": ["payment_outcome"],
    "features": [
        {"name": "good_amount_mean", "aggregate": "mean", "field": "amount", **_GOOD},
        {"name": "good_amount_std", "aggregate": "std", "field": "amount", **_GOOD},
        {"name": "good_amount_max", "aggregate": "max", "field": "amount", "where": "fraud = 0", "window": "30d"},
    ],
}
_CUSTOMER_LATELY = {
    "name": "customer_lately",
    "entity": ["customer"],
    "events": ["card_payment"],
    "features": [
        {
            "name": "amount_max_{window}",
            "aggregate": "max",
            "field": "amount",
            "windows": ["7d", "14d"],
            "include_self": False,
        },
        {"name": "amount_mean_14d", "aggregate": "mean", "field": "amount", "window": "14d", "include_self": False},
    ],
}
_TERMINAL_KNOWN = {
    "name": "terminal_known_fraud",
    "entity": ["terminal"],
    "events": ["payment_outcome"],
    "features": [
        {
            "name": "frauds_{window}",
            "aggregate": "sum",
            "field": "fraud",
            "windows": ["1d", "3d", "7d", "14d", "21d", "30d"],
        },
        {"name": "fraud_share_{window}", "aggregate": "mean", "field": "fraud", "windows": ["3d", "14d", "21d"]},
        # Frauds that nobody would have seen by their amount speak for the terminal.
        {
            "name": "quiet_frauds_{window}",
            "aggregate": "count",
            "where": "fraud = 1 AND amount <= 220",
            "windows": ["7d", "21d"],
        },
        {"name": "fraud_since_seconds", "aggregate": "time_since", "where": "fraud = 1", "window": "lifetime"},
        {"name": "fraud_last", "aggregate": "last", "field": "fraud", "window": "lifetime"},
    ],
}


@dataclass(frozen=True)
class Stream:
    """Payments in time order: features, the first ``like_for_like`` of them the handbook's, outcome, and what folds need."""

    names: tuple[str, ...]
    features: np.ndarray
    fraud: np.ndarray
    customer: np.ndarray
    day: np.ndarray
    like_for_like: int

    def table(self, rows: np.ndarray, width: int | None = None) -> pa.Table:
        """The rows as a table that training reads; only the first ``width`` features if given."""
        columns = {name: self.features[rows, place] for place, name in enumerate(self.names[:width])}
        return pa.table(columns | {"fraud": self.fraud[rows].astype(np.int64)})


def run(quick: bool) -> list[Claim]:
    folder = data_if_here("fraud_handbook_sim")
    if folder is None:
        missing = absent("fraud_handbook_sim")
        return [claim(f"cardfraud.champion.{figure}", None, "", protocol=missing) for figure in _FIGURES]
    stream = load(folder, *(("2018-06-17", "2018-08-22") if quick else ("2018-05-28", "2018-09-05")))
    folds = [fold(stream, start) for start in (_STARTS[:2] if quick else _STARTS)]
    scorers = {"logistic": logistic, "champion": champion}
    if not quick:
        scorers["handbook_features"] = handbook_features
    claims: list[Claim] = []
    for name, score in scorers.items():
        rows = [figures(stream, test, score(stream, learn, test)) for learn, test in folds]
        claims += _claims(name, np.array(rows), quick=quick)
    return claims if quick else claims + _validation(stream)


def _validation(stream: Stream) -> list[Claim]:
    """Both feature sets on the earlier folds that the choice was made on."""
    folds = [fold(stream, start) for start in _VALIDATION]
    protocol = (
        "three folds that end before the first test day (training from 2018-07-04, 07-11, 07-18); what was chosen on"
    )
    claims = []
    for name, score in {"champion": champion, "handbook_features": handbook_features}.items():
        found = np.mean([figures(stream, test, score(stream, learn, test)) for learn, test in folds], axis=0)
        claims += [
            claim(f"cardfraud.validation.{name}.{figure}", round(float(value), 4), "", protocol=protocol)
            for figure, value in zip(_FIGURES, found, strict=True)
        ]
    return claims


def _claims(name: str, found: np.ndarray, *, quick: bool) -> list[Claim]:
    features = {
        "champion": "our features",
        "logistic": "the handbook's features",
        "handbook_features": "the handbook's features",
    }
    protocol = (
        f"published simulation, {2 if quick else 4} prequential folds (7 days train, 7 delay, 7 test), {features[name]} by "
        "observe.features" + ("; the published figure is over all four folds" if quick else "")
    )
    claims = []
    for place, figure in enumerate(_FIGURES):
        family = "logistic" if name == "logistic" else "xgboost"
        published, target = _PUBLISHED[family][place], ""
        # Two folds are not the four that were published: no promise on them.
        if not quick and name == "logistic":
            target = f">= {published - _TOLERANCE:.3f}"
        elif not quick and (name, figure) == ("champion", "average_precision"):
            target = f">= {published}"
        each = ", ".join(f"{value:.4f}" for value in found[:, place])
        claims.append(
            claim(
                f"cardfraud.{name}.{figure}",
                round(float(found[:, place].mean()), 4),
                "",
                target,
                peer="published logistic regression, tuned" if family == "logistic" else "published XGBoost, tuned",
                peer_value=published,
                protocol=f"{protocol}; folds {each}",
            )
        )
    return claims


def load(folder: Path, first: str, end: str) -> Stream:
    """Payments from ``first`` to before ``end``, with features as of each payment.

    The first fold's training starts 37 days after ``first``: the longest window and the delay.
    """
    payments = duckdb.execute(
        "SELECT epoch_us(TX_DATETIME) AS occurred_at, CUSTOMER_ID AS customer, TERMINAL_ID AS terminal, "
        "TX_AMOUNT AS amount, TX_FRAUD AS fraud, TX_TIME_DAYS AS day FROM read_parquet(?) "
        "WHERE TX_DATETIME >= CAST(? AS TIMESTAMP) AND TX_DATETIME < CAST(? AS TIMESTAMP) ORDER BY TRANSACTION_ID",
        [str(folder / "*.parquet"), first, end],
    ).to_arrow_table()
    events = events_of(payments)
    is_payment = pc.equal(events.column("event_type"), "card_payment")
    mine = compute_batch(plan(), events).filter(is_payment)
    occurred = payments.column("occurred_at").to_numpy()
    amount = payments.column("amount").to_numpy()
    read = {name: np.asarray(mine.column(name).to_numpy(), dtype=np.float64) for name in plan().names}
    columns: dict[str, np.ndarray] = {
        "amount": amount,
        "weekend": ((occurred // DAY + 3) % 7 >= 5).astype(float),
        "night": (occurred % DAY // HOUR <= 6).astype(float),
    }
    # No payment known at a terminal yet is no fraud known at it: the handbook's definition.
    columns |= {name: np.nan_to_num(read.pop(name)) for name in _LIKE_FOR_LIKE.names}
    like_for_like = len(columns)
    columns |= {name: read[name] for name in ("good_amount_mean", "good_amount_std")}
    columns |= _against_known_good(amount, read)
    columns |= {name: values for name, values in read.items() if name.startswith(("fraud", "quiet"))}
    return Stream(
        tuple(columns),
        np.column_stack(list(columns.values())),
        payments.column("fraud").to_numpy().astype(np.float64),
        payments.column("customer").to_numpy(),
        payments.column("day").to_numpy(),
        like_for_like,
    )


def _against_known_good(amount: np.ndarray, read: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """This payment, and the largest and mean of late, in terms of what the customer's known good payments are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = {
            "amount_over_good": amount / read["good_amount_mean"],
            "amount_from_good": (amount - read["good_amount_mean"]) / read["good_amount_std"],
            "amount_over_good_max": amount / read["good_amount_max"],
            "max_over_good_7d": read["amount_max_7d"] / read["good_amount_mean"],
            "max_over_good_14d": read["amount_max_14d"] / read["good_amount_mean"],
            "mean_over_good_14d": read["amount_mean_14d"] / read["good_amount_mean"],
        }
    return {name: np.where(np.isfinite(values), values, np.nan) for name, values in ratios.items()}


_LIKE_FOR_LIKE = compile_plan([parse_feature_set(_CUSTOMER), parse_feature_set(_TERMINAL)], _EVENTS)


def plan() -> FeaturePlan:
    """The handbook's features and ours: a customer's spending and what is known good of it, a terminal's known fraud."""
    documents = (_CUSTOMER, _TERMINAL, _CUSTOMER_KNOWN, _CUSTOMER_LATELY, _TERMINAL_KNOWN)
    return compile_plan([parse_feature_set(document) for document in documents], _EVENTS)


def events_of(payments: pa.Table) -> pa.Table:
    """Payments, and their outcomes a week later, as one journal in time order."""
    count = payments.num_rows
    occurred = payments.column("occurred_at").to_numpy()
    times = np.concatenate([occurred, occurred + _WEEK * DAY])
    is_outcome = np.concatenate([np.zeros(count, dtype=bool), np.ones(count, dtype=bool)])
    customer, terminal, amount = (
        pa.chunked_array([column.combine_chunks()] * 2)
        for column in (
            payments.column("customer").cast(pa.string()),
            payments.column("terminal").cast(pa.string()),
            payments.column("amount"),
        )
    )
    unknown = pa.nulls(count)
    # At one instant the outcome comes first: it was known when the payment was decided.
    order = np.lexsort((~is_outcome, times))
    events = pa.table(
        {
            "event_id": pa.array([f"p{i}" for i in range(count)] + [f"o{i}" for i in range(count)]),
            "event_type": pa.array(np.where(is_outcome, "payment_outcome", "card_payment")),
            "occurred_at": times,
            "customer": customer,
            "terminal": terminal,
            "amount": amount,
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
    """Our logistic regression on the handbook's features, standardised, ridge 1."""
    x = stream.features[:, : stream.like_for_like]
    mean, spread = x[learn].mean(axis=0), x[learn].std(axis=0)
    fit = fit_logistic((x[learn] - mean) / spread, stream.fraud[learn], ridge=1.0)
    return np.asarray(fit.log_odds((x[test] - mean) / spread))


def champion(stream: Stream, learn: np.ndarray, test: np.ndarray) -> np.ndarray:
    """``tandem model train --preset fraud``, LightGBM alone, served, on all features."""
    return _fraud_preset(stream, learn, test, None)


def handbook_features(stream: Stream, learn: np.ndarray, test: np.ndarray) -> np.ndarray:
    """The same on the handbook's features."""
    return _fraud_preset(stream, learn, test, stream.like_for_like)


def _fraud_preset(stream: Stream, learn: np.ndarray, test: np.ndarray, width: int | None) -> np.ndarray:
    spec = TrainSpec(target="fraud", preset="fraud", families=("lightgbm",))
    result = train(stream.table(learn, width), spec, stream.table(test, width))
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
