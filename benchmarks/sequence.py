"""Histories: a recurrent network beside LightGBM on the Fraud Detection Handbook's stream (SIMULATED), one split in time.

The transactions are the handbook's published simulation (Le Borgne, Siblini, Lebichot and Bontempi, 2022). Payments from
2018-06-17 on are history; the labels of those before 2018-08-08 teach, since a label is known a week later; the test is 2018-08-15
to 08-21 without the customers known to be compromised by then (``benchmarks.cardfraud``, its second fold). Both read the same
rows. Three sets of columns:

* **row**: amount, weekend, night. LightGBM has no history then; the network has what its state keeps of the customer.
* **windows**: and the handbook's six windows of the customer (counts and mean amounts over 1, 7 and 30 days).
* **terminal**: and the handbook's six of the terminal, whose known frauds no history of a customer can tell.

Nothing was chosen on the test: the network's settings are ``GruSpec``'s own, and its epoch is chosen on the last 15 % of the rows
that teach; LightGBM's rounds are chosen on the same rows, and it is refitted on all.
"""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.cardfraud import Stream, fold, load
from benchmarks.claims import Claim, claim
from benchmarks.data_folder import absent, data_if_here
from tandem.kernel.time import parse_instant
from tandem.learn.sequences import GruSpec, SequenceRows, score_rows, train_gru
from tandem.learn.training.boosting import BoostingSettings, fit_boosting, try_boosting
from tandem.learn.training.metrics import auc, average_precision

_FIRST, _TAUGHT, _FOLD, _END = "2018-06-17", "2018-08-08", "2018-08-01", "2018-08-22"
_SEED = 20261124
_APART = 0.15
_SETS = {"row": 3, "windows": 9, "terminal": 15}
_TREES = BoostingSettings(name="trees", learning_rate=0.05, num_leaves=31, min_data_in_leaf=40, lambda_l2=5.0)
_ABOUT = "handbook's stream (SIMULATED), labels of 06-17 to 08-07 teach, test 08-15 to 08-21"


def run(quick: bool) -> list[Claim]:
    folder = data_if_here("fraud_handbook_sim")
    if folder is None:
        missing = absent("fraud_handbook_sim")
        return [claim("sequence.row.gru.auc", None, "AUC", protocol=missing)]
    stream, at = load(folder, _FIRST, _END), occurred_at(folder)
    _, test = fold(stream, _FOLD)
    learn = np.flatnonzero(at < parse_instant(_TAUGHT))
    claims: list[Claim] = []
    for name in ("row",) if quick else _SETS:
        claims += compared(name, stream, at, learn, test, 1 if quick else GruSpec().epochs)
    return claims


def occurred_at(folder: Path) -> np.ndarray:
    """When each payment of the stream happened, in its order."""
    (found,) = (
        duckdb.execute(
            "SELECT epoch_us(TX_DATETIME) AS at FROM read_parquet(?) WHERE TX_DATETIME >= CAST(? AS TIMESTAMP) "
            "AND TX_DATETIME < CAST(? AS TIMESTAMP) ORDER BY TRANSACTION_ID",
            [str(folder / "*.parquet"), _FIRST, _END],
        )
        .fetchnumpy()
        .values()
    )
    return np.asarray(found)


def compared(
    name: str, stream: Stream, at: np.ndarray, learn: np.ndarray, test: np.ndarray, epochs: int
) -> list[Claim]:
    columns = columns_of(stream, _SETS[name])
    x = stream.features[:, columns]
    trees, rounds = by_trees(x, stream.fraud, learn, test)
    peer = f"LightGBM, {rounds} rounds, the same columns"
    theirs = figures(stream.fraud[test], trees)
    if importlib.util.find_spec("torch") is None:
        without = "torch is not installed (pip install 'tandem-risk[deep]')"
        return [claim(f"sequence.{name}.gru.auc", None, "AUC", protocol=without, peer=peer, peer_value=theirs[0])]
    rows = SequenceRows(
        at=at,
        whose=stream.customer.astype(np.int64),
        names=tuple(stream.names[at] for at in columns),
        columns=tuple(np.ascontiguousarray(column) for column in x.T),
        bad=stream.fraud,
    )
    start = time.process_time()
    made = train_gru(rows, GruSpec(name="habit", apart=_APART, epochs=epochs), until=parse_instant(_TAUGHT))
    seconds = time.process_time() - start
    own, history = score_rows(made.document, rows)
    ours, alone = figures(stream.fraud[test], (own + history)[test]), figures(stream.fraud[test], own[test])
    about = f"{_ABOUT}; {x.shape[1]} columns; width 32, epoch {made.epoch} of at most {epochs}"
    return [
        *(
            claim(f"sequence.{name}.gru.{figure}", value, "", protocol=about, peer=peer, peer_value=beside)
            for figure, value, beside in zip(("auc", "average_precision"), ours, theirs, strict=True)
        ),
        *(
            claim(f"sequence.{name}.own.{figure}", value, "", protocol=f"{about}; the own part alone")
            for figure, value in zip(("auc", "average_precision"), alone, strict=True)
        ),
        claim(f"sequence.{name}.difference", made.difference, "log-odds", "<= 1e-6", protocol="largest of a margin between torch and the document, whole histories"),
        claim(f"sequence.{name}.training", seconds, "s of processor", protocol=f"{learn.size} rows that teach, {rows.count} in all, scoring of all among it"),
    ]  # fmt: skip


def columns_of(stream: Stream, count: int) -> list[int]:
    """The row's own three, the customer's six, the terminal's six: in this order in the handbook's set."""
    own = list(range(3))
    customer = [place for place, name in enumerate(stream.names) if name.startswith("customer_")]
    terminal = [place for place, name in enumerate(stream.names) if name.startswith("terminal_")]
    return [*own, *customer, *terminal][:count]


def by_trees(x: np.ndarray, bad: np.ndarray, learn: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, int]:
    """Margins of the test by LightGBM, and its rounds: chosen on the latest rows that teach, refitted on all."""
    cut = int(learn.size * (1 - _APART))
    part = (np.arange(cut), np.arange(cut, learn.size))
    tried = try_boosting(x[learn], bad[learn], (part,), _TREES, seed=_SEED)
    booster = fit_boosting(x[learn], bad[learn], _TREES, tried.rounds, seed=_SEED)
    return np.asarray(booster.predict(x[test], raw_score=True, num_threads=1)), tried.rounds


def figures(bad: np.ndarray, margin: np.ndarray) -> tuple[float, float]:
    return round(float(auc(bad, margin)), 4), round(float(average_precision(bad, margin)), 4)
