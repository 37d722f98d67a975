"""Graph models on public sets: trees on neighbour features, with no test label read anywhere.

* **S-FFSD** (77,881 transfers, simulated by its authors), the split of GTAN and RGTAN: ``train_test_split(test_size=.2,
  random_state=2, stratify)`` over the labelled rows. The neighbour features of every row hold labels of *training* rows that
  occurred before it, and nothing else. The published figures come from code whose label propagation sees the labels of other
  test rows.
* **S-FFSD in time**: the labelled rows cut at 68 and 80 %; a label becomes known 1,000 ticks after its row. The model of the test
  is refitted every 1,000 ticks on the rows whose labels are known by then, as a platform would; the figure of one fit at the
  start of the test stands beside it. Fraud's share goes from 12 to 40 % between training and test. The settings and columns were
  tried on the middle part.
* **Tolokers** (11,758 workers, 519,000 edges), its ten official splits: known-bad features from the training mask only, rounds
  by the validation mask, mean and standard deviation over the splits.

Trees are LightGBM with the settings below, grown by ``learn.training.boosting`` on one thread; intervals are DeLong's for AUC and a
bootstrap over test rows (200 draws, seed 20261124) for average precision.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from sklearn.model_selection import train_test_split

from benchmarks.claims import Claim, claim
from tandem.kernel.time import MINUTE
from tandem.learn.neighbours import (
    NEVER,
    LinkedRows,
    Neighbourhood,
    NeighbourTable,
    known_bad_features,
    neighbourhood_features,
    stream_features,
)
from tandem.learn.training.boosting import BoostingSettings, fit_boosting, try_boosting
from tandem.learn.training.metrics import auc, auc_interval, average_precision

_ROOT = Path(__file__).parent.parent
_SEED = 20261124
_DRAWS = 200
_DELAY = 1_000
_REFIT = 1_000
_TICK = MINUTE
"""A tick of S-FFSD has no unit; we call it a minute, so that windows have names."""
_STREAM = BoostingSettings(
    name="stream", learning_rate=0.1, min_data_in_leaf=40, lambda_l2=5.0, feature_fraction=0.5,
    min_sum_hessian_in_leaf=1.0,
)  # fmt: skip
_STREAM_ROUNDS = 200
_DRIFT_ROUNDS = 60
_STILL = BoostingSettings(
    name="still", learning_rate=0.03, num_leaves=31, min_data_in_leaf=40, lambda_l2=20.0, feature_fraction=0.3,
    patience=80,
)  # fmt: skip
_WITHOUT = "is not here (set TANDEM_DATA_DIR)"


def run(quick: bool) -> list[Claim]:
    folder = Path(os.environ.get("TANDEM_DATA_DIR", _ROOT.parent / "shared" / "data"))
    transfers, workers = folder / "s_ffsd" / "S-FFSD.csv.gz", folder / "tolokers" / "tolokers.npz"
    claims: list[Claim] = []
    if transfers.is_file():
        stream = read_transfers(transfers)
        claims += published_split(stream) + time_split(stream, quick=quick)
    else:
        claims += [claim("graph.s_ffsd.auc", None, "AUC", protocol=f"S-FFSD {_WITHOUT}")]
    if workers.is_file():
        return claims + tolokers(workers, quick=quick)
    return [*claims, claim("graph.tolokers.auroc", None, "AUC", protocol=f"Tolokers {_WITHOUT}")]


@dataclass(frozen=True)
class Transfers:
    """S-FFSD: time in microseconds, amounts, links, label (NaN without one), and the labelled rows in order of time."""

    occurred_at: np.ndarray
    amount: np.ndarray
    links: dict[str, np.ndarray]
    bad: np.ndarray
    labelled: np.ndarray

    def features(self, known_at: np.ndarray) -> NeighbourTable:
        """Neighbour features where labels are known at ``known_at``."""
        return stream_features(LinkedRows(self.occurred_at, self.amount, self.links, self.bad, known_at))


def read_transfers(path: Path) -> Transfers:
    columns = duckdb.sql(f"SELECT * FROM read_csv('{path}') ORDER BY Time").fetchnumpy()
    label = columns["Labels"]
    links = {"source": "Source", "target": "Target", "location": "Location", "kind": "Type"}
    return Transfers(
        columns["Time"].astype(np.int64) * _TICK,
        columns["Amount"].astype(np.float64),
        {name: np.unique(columns[column], return_inverse=True)[1].astype(np.int64) for name, column in links.items()},
        np.where(label == 2, np.nan, label.astype(np.float64)),
        np.flatnonzero(label != 2),
    )


def published_split(stream: Transfers) -> list[Claim]:
    bad = stream.bad
    learn, test = train_test_split(
        stream.labelled, test_size=0.2, random_state=2, stratify=bad[stream.labelled], shuffle=True
    )
    known_at = np.full(bad.size, NEVER)
    known_at[learn] = stream.occurred_at[learn]
    x = np.column_stack([stream.amount, stream.features(known_at).values])
    booster = fit_boosting(x[learn], bad[learn], _STREAM, _STREAM_ROUNDS, seed=_SEED)
    score = np.asarray(booster.predict(x[test], raw_score=True, num_threads=1))
    protocol = (
        f"GTAN's split, {test.size} labelled test rows; labels of earlier training rows only, no test label read; "
        f"LightGBM {_STREAM_ROUNDS} rounds, {x.shape[1]} columns"
    )
    return judged(
        "graph.s_ffsd",
        bad[test],
        score,
        protocol,
        (">= 0.94", ">= 0.825"),
        "published RGTAN (its labels leak)",
        (0.8461, 0.6939),
    )


def time_split(stream: Transfers, *, quick: bool) -> list[Claim]:
    bad, rows = stream.bad, stream.labelled
    known_at = np.full(bad.size, NEVER)
    known_at[rows] = stream.occurred_at[rows] + _DELAY * _TICK
    table = stream.features(known_at)
    x = np.column_stack([stream.amount, table.values])
    signs = (0, *table.directions)
    kept = np.array([steady(name) for name in ("amount", *table.names)])
    x, signs = x[:, kept], tuple(np.array(signs)[kept].tolist())
    test = rows[int(0.8 * rows.size) :]

    def scores(from_tick: int, to_tick: int) -> np.ndarray:
        at = from_tick * _TICK
        learn = rows[known_at[rows] < at]
        booster = fit_boosting(x[learn], bad[learn], _STREAM, _DRIFT_ROUNDS, seed=_SEED, monotone=signs)
        now = test[(stream.occurred_at[test] >= at) & (stream.occurred_at[test] < to_tick * _TICK)]
        return np.asarray(booster.predict(x[now], raw_score=True, num_threads=1))

    first, end = int(stream.occurred_at[test[0]] // _TICK), int(stream.occurred_at[test[-1]] // _TICK) + 1
    about = (
        f"last 20 % of the labelled rows ({test.size}), labels known after {_DELAY} ticks; LightGBM {_DRIFT_ROUNDS} rounds, "
        f"{x.shape[1]} columns, known bad may only raise the score"
    )
    claims = judged("graph.s_ffsd.time.one_fit", bad[test], scores(first, end), f"{about}; one fit at the start")
    if quick:
        return claims
    score = np.concatenate([scores(at, min(at + _REFIT, end)) for at in range(first, end, _REFIT)])
    return claims + judged(
        "graph.s_ffsd.time", bad[test], score, f"{about}; refitted every {_REFIT} ticks", (">= 0.945", ">= 0.915")
    )


def steady(name: str) -> bool:
    """Whether a column means the same when the stream has grown: no time since a label, no extreme of all time."""
    return not any(
        part in name for part in ("bad_since", "good_since", "distinct", "amount_min", "bad_amount", "good_amount")
    )


def judged(
    name: str,
    bad: np.ndarray,
    score: np.ndarray,
    protocol: str,
    targets: tuple[str, str] = ("", ""),
    peer: str = "",
    peer_values: tuple[float | None, float | None] = (None, None),
) -> list[Claim]:
    """AUC and average precision with their 95 % intervals."""
    ranked = auc_interval(bad, score)
    rng = np.random.default_rng(_SEED)
    draws = [average_precision(bad[rows], score[rows]) for rows in rng.integers(0, bad.size, (_DRAWS, bad.size))]
    low, high = np.percentile(draws, [2.5, 97.5])
    spans = (f"95 % {ranked.low:.4f} to {ranked.high:.4f}", f"95 % {low:.4f} to {high:.4f}")
    values = (ranked.value, average_precision(bad, score))
    return [
        claim(
            f"{name}.{figure}",
            round(value, 4),
            unit,
            target,
            peer=peer,
            peer_value=peer_value,
            protocol=f"{protocol}; {span}",
        )
        for figure, unit, value, target, peer_value, span in zip(
            ("auc", "ap"), ("AUC", "AP"), values, targets, peer_values, spans, strict=True
        )
    ]


def tolokers(path: Path, *, quick: bool) -> list[Claim]:
    with np.load(path) as data:
        values, bad = data["node_features"].astype(np.float64), data["node_labels"].astype(np.float64)
        edges = data["edges"].astype(np.int64)
        masks = [
            (data["train_masks"][k], data["val_masks"][k], data["test_masks"][k]) for k in range(3 if quick else 10)
        ]
    graph = Neighbourhood.of(edges, bad.size)
    still = neighbourhood_features(graph, tuple(f"f{place}" for place in range(values.shape[1])), values)
    found = []
    for learn, valid, test in masks:
        table = still.beside(known_bad_features(graph, bad, learn))
        seen = np.flatnonzero(learn | valid)
        part = (np.flatnonzero(learn[seen]), np.flatnonzero(valid[seen]))
        rounds = try_boosting(table.values[seen], bad[seen], (part,), _STILL, seed=_SEED).rounds
        booster = fit_boosting(table.values[learn], bad[learn], _STILL, rounds, seed=_SEED)
        score = np.asarray(booster.predict(table.values[test], raw_score=True, num_threads=1))
        found.append((auc(bad[test], score), average_precision(bad[test], score)))
    mean, spread = np.mean(found, axis=0), np.std(found, axis=0, ddof=1)
    protocol = f"{len(masks)} of the ten official splits, labels of the training mask only; LightGBM on neighbour features; sd "
    peers = (("published GAT-sep, ten splits", 0.838), ("", None))
    return [
        claim(
            f"graph.tolokers.{figure}",
            round(float(mean[place]), 4),
            unit,
            target,
            peer=peers[place][0],
            peer_value=peers[place][1],
            protocol=f"{protocol}{spread[place]:.4f}",
        )
        for place, (figure, unit, target) in enumerate((("auroc", "AUC", ">= 0.85"), ("auprc", "AP", ">= 0.6")))
    ]
