"""Graph models on public sets: trees on neighbour features, with no test label read anywhere.

* **S-FFSD** (77,881 transfers, simulated by its authors), the split of GTAN and RGTAN: ``train_test_split(test_size=.2,
  random_state=2, stratify)`` over the labelled rows. The neighbour features of every row hold labels of *training* rows that
  occurred before it, and nothing else. The published figures come from code whose label propagation sees the labels of other
  test rows.
* **S-FFSD in time**: the labelled rows cut at 80 %; a label becomes known 1,000 ticks after its row. Eight boosters that differ by
  seed and by the order of the columns share the score; they are refitted every 2,000 ticks of the test on the rows whose labels are
  known by then, as a platform would; one fit at the start of the test stands beside it, and the same without the columns that say how
  new the sources of a target are. Fraud's share goes from 12 to 40 % between training and test. Those columns were chosen on the
  50,000 ticks that end when the last label known before the test came, refitted every 5,000: printed as ``choice``.
* **Tolokers** (11,758 workers, 519,000 edges), its ten official splits: known-bad features from the training mask only, rounds
  by the validation mask, mean and standard deviation over the splits.

* **The network** (``learn.graphs``, with torch from ``tandem-risk[gnn]``): the challenger on the first split, fed the same columns; and
  the processor time of its served head, one row with 36 cached neighbours, by onnxruntime and by the numpy reference.

Trees are LightGBM with the settings below, grown by ``learn.training.boosting`` on one thread; intervals are DeLong's for AUC and a
bootstrap over test rows (200 draws, seed 20261124) for average precision.
"""

from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
from sklearn.model_selection import train_test_split

from benchmarks.claims import Claim, claim
from benchmarks.data_folder import absent, data_if_here
from tandem.decide.graphs import OnnxSage, SageNetwork
from tandem.decide.models import MARKS, Layer, Metadata, SageDocument, SageLink
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.time import MINUTE
from tandem.learn.graphs import SageSpec, score_rows, train_sage
from tandem.learn.neighbours import (
    NEVER,
    LinkedRows,
    Neighbourhood,
    known_bad_features,
    neighbourhood_features,
    stream_features,
)
from tandem.learn.training.boosting import BoostingLimits, BoostingSettings, fit_boosting, try_boosting
from tandem.learn.training.metrics import auc, auc_interval, average_precision

_SEED = 20261124
_DRAWS = 200
_DELAY = 1_000
_REFIT = 2_000
_SEEDS = (1, 2, 3, 4, 5, 6, 7, 8)
_CHOICE = 50_000
_CHOICE_REFIT = 5_000
_TICK = MINUTE
"""A tick of S-FFSD has no unit; we call it a minute, so that windows have names."""
_STREAM = BoostingSettings(
    name="stream", learning_rate=0.1, min_data_in_leaf=40, lambda_l2=5.0, feature_fraction=0.5,
    min_sum_hessian_in_leaf=1.0,
)  # fmt: skip
_STREAM_ROUNDS = 200
_DRIFT_ROUNDS = 100
_STEADY = re.compile(
    r"amount|[a-z]+_(rows_\w+|since_seconds|amount_(zscore|mean_lifetime|std|max)|(good|bad)_lifetime|bad_rate_(6h|1d|lifetime))"
    r"|target_source_(new|past)_\w+"
)
"""Columns of the split in time: counts, spread, known bad and newcomers, none that says how long ago a label came."""
_NEWCOMERS = (("target", "source"),)
_STILL = BoostingSettings(
    name="still", learning_rate=0.03, num_leaves=31, min_data_in_leaf=40, lambda_l2=20.0, feature_fraction=0.3,
    patience=80,
)  # fmt: skip
_TRANSFERS, _WORKERS = "s_ffsd/S-FFSD.csv.gz", "tolokers/tolokers.npz"


def run(quick: bool) -> list[Claim]:
    transfers, workers = data_if_here(_TRANSFERS), data_if_here(_WORKERS)
    claims: list[Claim] = []
    if transfers is not None:
        stream = read_transfers(transfers)
        claims += published_split(stream, quick=quick) + time_split(stream, quick=quick)
    else:
        claims += [claim("graph.s_ffsd.auc", None, "AUC", protocol=absent(_TRANSFERS))]
    if workers is not None:
        claims += tolokers(workers, quick=quick)
    else:
        claims += [claim("graph.tolokers.auroc", None, "AUC", protocol=absent(_WORKERS))]
    return claims + head_cost(quick=quick)


@dataclass(frozen=True)
class Transfers:
    """S-FFSD: time in microseconds, amounts, links, label (NaN without one), and the labelled rows in order of time."""

    occurred_at: np.ndarray
    amount: np.ndarray
    links: dict[str, np.ndarray]
    bad: np.ndarray
    labelled: np.ndarray

    def known(self, known_at: np.ndarray) -> LinkedRows:
        """The rows, where labels are known at ``known_at``."""
        return LinkedRows(self.occurred_at, self.amount, self.links, self.bad, known_at)


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


def published_split(stream: Transfers, *, quick: bool) -> list[Claim]:
    bad = stream.bad
    learn, test = train_test_split(
        stream.labelled, test_size=0.2, random_state=2, stratify=bad[stream.labelled], shuffle=True
    )
    known_at = np.full(bad.size, NEVER)
    known_at[learn] = stream.occurred_at[learn]
    rows = stream.known(known_at)
    table = stream_features(rows, ("1h", "6h", "1d", "7d"))
    x = np.column_stack([stream.amount, table.values])
    booster = fit_boosting(x[learn], bad[learn], _STREAM, _STREAM_ROUNDS, seed=_SEED)
    score = np.asarray(booster.predict(x[test], raw_score=True, num_threads=1))
    about = f"GTAN's split, {test.size} labelled test rows; labels of earlier training rows only, no test label read"
    peer, peer_values = "published RGTAN (its labels leak)", (0.8461, 0.6939)
    trees = f"{about}; LightGBM {_STREAM_ROUNDS} rounds, {x.shape[1]} columns"
    claims = judged("graph.s_ffsd", bad[test], score, trees, (">= 0.94", ">= 0.825"), peer, peer_values)
    if quick:
        return claims
    if importlib.util.find_spec("torch") is None:
        without = "torch is not installed (pip install 'tandem-risk[gnn]')"
        return [*claims, claim("graph.s_ffsd.sage.auc", None, "AUC", protocol=without)]
    made = train_sage(rows, ("amount", *table.names), x, np.sort(learn), SageSpec(epochs=60))
    score = score_rows(made.document, rows, x)[test]
    network = f"{about}; causal GraphSAGE, 4 neighbours per link, width 32, epoch {made.epoch} of at most 60"
    return claims + judged("graph.s_ffsd.sage", bad[test], score, network, ("", ""), peer, peer_values)


def head_cost(*, quick: bool) -> list[Claim]:
    """Processor time of the network's head on one row; its weights are drawn, which costs the same as trained ones."""
    width, links, slots, inputs = 32, ("device", "phone", "address", "employer"), 9, 48
    rng = np.random.default_rng(_SEED)
    reads = width + len(links) * (width + MARKS)

    def layer(out: int, into: int) -> Layer:
        weights = rng.normal(0, 0.1, (out, into)).tolist()
        return Layer(weights=tuple(tuple(line) for line in weights), bias=(0.0,) * out)

    document = SageDocument(
        metadata=Metadata(name="drawn", target="bad"),
        event=EventTypeName("application"),
        member=EntityKind("person"),
        inputs=tuple(f"f{place}" for place in range(inputs)),
        mean=(0.0,) * inputs,
        scale=(1.0,) * inputs,
        links=tuple(SageLink(kind=EntityKind(kind)) for kind in links),
        slots=slots,
        width=width,
        first=layer(width, inputs),
        second=layer(width, reads),
        head=layer(1, reads),
    )
    row = rng.normal(size=(1, inputs)).astype(np.float32)
    shape = (1, len(links), slots)
    given = (row, rng.random((*shape, 2 * width + MARKS)).astype(np.float32), np.ones(shape, np.float32))
    reference = SageNetwork(document)
    about = "one row, 36 neighbours, width 32, 48 inputs; processor time of the calling thread, mean"
    rounds = 2_000 if quick else 10_000
    claims = [
        claim("graph.sage.head.reference", thread_us(lambda: reference.run(*given), rounds), "us", protocol=about)
    ]
    if importlib.util.find_spec("onnx") is None or importlib.util.find_spec("onnxruntime") is None:
        without = "onnx or onnxruntime is not installed (pip install 'tandem-risk[gnn]')"
        return [*claims, claim("graph.sage.head", None, "us", protocol=without)]
    served = OnnxSage(document)
    apart = max(float(np.max(np.abs(a - b))) for a, b in zip(served.run(*given), reference.run(*given), strict=True))
    return [
        *claims,
        claim(
            "graph.sage.head",
            thread_us(lambda: served.run(*given), rounds),
            "us",
            "<= 100",
            protocol=f"{about}; onnxruntime, for hosts other than ours",
        ),
        claim(
            "graph.sage.head.apart", apart, "log-odds", "<= 1e-5", protocol="onnxruntime against the numpy reference"
        ),
    ]


def thread_us(call: Callable[[], object], rounds: int) -> float:
    """Mean processor time of a call, in microseconds: on a busy machine the clock on the wall says little."""
    for _ in range(200):
        call()
    start = time.thread_time_ns()
    for _ in range(rounds):
        call()
    return round((time.thread_time_ns() - start) / rounds / 1000, 1)


@dataclass(frozen=True)
class Drifting:
    """The stream in time, as a platform meets it: whoever is fitted at an instant learns from the labels known before it."""

    stream: Transfers
    known_at: np.ndarray
    names: tuple[str, ...]
    x: np.ndarray
    directions: dict[str, int]

    @classmethod
    def of(cls, stream: Transfers) -> Drifting:
        rows = stream.labelled
        known_at = np.full(stream.bad.size, NEVER)
        known_at[rows] = stream.occurred_at[rows] + _DELAY * _TICK
        windows = ("5m", "20m", "1h", "6h", "1d", "7d")
        table = stream_features(stream.known(known_at), windows, second=False, newcomers=_NEWCOMERS)
        names = ("amount", *table.names)
        # More known bad may only raise the score; more known good and a longer past of the source may only lower it.
        directions = dict(zip(names, (0, *table.directions), strict=True)) | {"source_rows_lifetime": -1}
        kept = [place for place, name in enumerate(names) if _STEADY.fullmatch(name)]
        x = np.column_stack([stream.amount, table.values])[:, kept]
        return cls(stream, known_at, tuple(names[place] for place in kept), x, directions)

    def without_newcomers(self) -> Drifting:
        kept = [place for place, name in enumerate(self.names) if not name.startswith("target_source_")]
        return replace(self, names=tuple(self.names[place] for place in kept), x=self.x[:, kept])

    def scores(self, judged: np.ndarray, refit: int, seeds: tuple[int, ...]) -> np.ndarray:
        """Margins of ``judged`` rows, one line per booster; fitted anew every ``refit`` ticks from the first of them on."""
        return np.array([self._scores(judged, refit, seed) for seed in seeds])

    def _scores(self, judged: np.ndarray, refit: int, seed: int) -> np.ndarray:
        bad, rows, at = self.stream.bad, self.stream.labelled, self.stream.occurred_at[judged]
        # Of two equal columns the first one wins; another order is another draw, as another seed is.
        order = np.random.default_rng(seed).permutation(len(self.names))
        x, signs = self.x[:, order], tuple(self.directions[self.names[place]] for place in order)
        score = np.empty(judged.size)
        for start in range(int(at[0]), int(at[-1]) + 1, refit * _TICK):
            learn, now = rows[self.known_at[rows] < start], (at >= start) & (at < start + refit * _TICK)
            booster = fit_boosting(
                x[learn], bad[learn], _STREAM, _DRIFT_ROUNDS, seed=seed, limits=BoostingLimits(monotone=signs)
            )
            score[now] = booster.predict(x[judged[now]], raw_score=True, num_threads=1)
        return score


def time_split(stream: Transfers, *, quick: bool) -> list[Claim]:
    drifting = Drifting.of(stream)
    test = stream.labelled[int(0.8 * stream.labelled.size) :]
    whole = int(np.ptp(stream.occurred_at[test]) // _TICK) + 1
    bad, seeds = stream.bad[test], _SEEDS[:1] if quick else _SEEDS
    about = (
        f"last 20 % of the labelled rows ({test.size}), labels known after {_DELAY} ticks; LightGBM {_DRIFT_ROUNDS} rounds, "
        f"known bad may only raise the score"
    )

    def found(name: str, way: Drifting, refit: int, said: str, targets: tuple[str, str] = ("", "")) -> list[Claim]:
        scores = way.scores(test, refit, seeds)
        protocol = f"{about}; {said}; {len(way.names)} columns; {spread(bad, scores)}"
        return judged(f"graph.s_ffsd.time{name}", bad, scores.mean(axis=0), protocol, targets)

    claims = found(".one_fit", drifting, whole, "one fit at the start")
    if quick:
        return claims
    often = f"refitted every {_REFIT} ticks"
    claims += found("", drifting, _REFIT, often, (">= 0.945", ">= 0.915"))
    claims += found(".without_newcomers", drifting.without_newcomers(), _REFIT, often)
    return claims + choice(drifting, int(stream.occurred_at[test[0]]) - _DELAY * _TICK)


def choice(drifting: Drifting, end: int) -> list[Claim]:
    """What the columns were chosen by: rows before the test whose labels were known when it began."""
    rows = drifting.stream.labelled
    at = drifting.stream.occurred_at[rows]
    judged_rows = rows[(at >= end - _CHOICE * _TICK) & (at < end)]
    about = f"{judged_rows.size} labelled rows before the test, refitted every {_CHOICE_REFIT} ticks"
    claims = []
    for name, way in (("newcomers", drifting), ("without_newcomers", drifting.without_newcomers())):
        scores = way.scores(judged_rows, _CHOICE_REFIT, _SEEDS)
        bad = drifting.stream.bad[judged_rows]
        claims += judged(f"graph.s_ffsd.choice.{name}", bad, scores.mean(axis=0), f"{about}; {spread(bad, scores)}")
    return claims


def spread(bad: np.ndarray, scores: np.ndarray) -> str:
    """What single boosters come to: how far a figure of one fit can be trusted."""
    if len(scores) == 1:
        return "one booster"
    found = np.array([(auc(bad, score), average_precision(bad, score)) for score in scores])
    mean, sd = found.mean(axis=0), found.std(axis=0, ddof=1)
    return f"{len(scores)} boosters, each alone AUC {mean[0]:.4f} (sd {sd[0]:.4f}), AP {mean[1]:.4f} (sd {sd[1]:.4f})"


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
