"""Scoring and explaining one row: our walker beside LightGBM's own, on the same model and the same real rows.

The rows are Taiwan's 30,000 real credit-card accounts (bundled) with ratios and differences between months, some 100
inputs; gaps are real (a ratio with nothing to divide by). The model has 300 trees of at most 15 leaves and depth 6. We
start from a Python list with None for missing, as a policy does; LightGBM is handed a finished numpy row, which favours
it. Calls of ours and the peers' alternate in short turns, so that both see the same load of the machine.
"""

from __future__ import annotations

import csv
import ctypes
import gzip
import importlib.util
import math
import time
from collections.abc import Callable
from itertools import combinations
from typing import Any

import lightgbm
import numpy as np

from benchmarks.claims import Claim, claim
from benchmarks.data_folder import data_at
from benchmarks.sequence_scores import sequences
from benchmarks.turns import in_turns
from tandem.decide.models import (
    COMPILED,
    Bin,
    Block,
    Layer,
    Metadata,
    Model,
    ModelInput,
    NetworkInput,
    OnnxTabular,
    Scaling,
    Scorecard,
    ScorecardInput,
    TabularNetwork,
    base_points,
    bin_points,
    encode_document,
    from_lightgbm,
    load_model,
)
from tandem.learn.training.calibrating import Platt
from tandem.learn.training.frame import Frame, NumericColumn
from tandem.learn.training.machine import MachineSettings, fit_machine
from tandem.learn.training.machine_documents import additive_document

DATA = data_at("taiwan_credit_default/UCI_Credit_Card.csv.gz")
TREES = 300
KERNEL = "compiled" if COMPILED else "pure Python"


def run(quick: bool) -> list[Claim]:
    names, table, bad = accounts()
    booster = fitted(table, bad)
    document = from_lightgbm(booster, Metadata(name="bench", target="default"), inputs_of(names))
    model, reference = load_model(document), load_model(document, compiled=False)
    rows = [[None if math.isnan(v) else v for v in row] for row in table[:500].tolist()]
    fast, contrib = SingleRow(booster, table[:500], 1), SingleRow(booster, table[:500], 3)
    turns = 12 if quick else 60
    size = f"{TREES} trees x 15 leaves, depth <= 6, {len(names)} inputs, {'compiled' if COMPILED else 'reference'}"

    taken = in_turns(
        {
            "score": lambda i: model.score(rows[i]),
            "fast": fast,
            "predict": lambda i: booster.predict(table[i : i + 1], raw_score=True, num_threads=1),
            "reasons": lambda i: model.reasons(rows[i]),
            "contrib": contrib,
            "predict_contrib": lambda i: booster.predict(table[i : i + 1], pred_contrib=True, num_threads=1),
        },
        turns,
    )
    slow = in_turns(
        {"score": lambda i: reference.score(rows[i]), "reasons": lambda i: reference.reasons(rows[i])},
        max(turns // 6, 2),
    )
    listed = "Python list in, calibrated score out; " + size
    named = "Python list in, top four reasons out, exact; " + size
    wall = "; wall clock, so other work on the machine shows in p99"
    row_fast, row_predict = "LightGBM single-row fast C API", "LightGBM Booster.predict, one numpy row"
    claims = [
        claim("scoring.trees.score.p50", taken["score"][0], "us", "<= 10", peer=row_fast, peer_value=taken["fast"][0], protocol=listed),
        claim("scoring.trees.score.p99", taken["score"][1], "us", "<= 35", peer=row_fast, peer_value=taken["fast"][1], protocol=listed + wall),
        claim("scoring.trees.score_vs_predict.p50", taken["score"][0], "us", "<= 10", peer=row_predict, peer_value=taken["predict"][0], protocol=listed),
        claim("scoring.trees.reasons.p50", taken["reasons"][0], "us", "<= 80", peer="pred_contrib, " + row_fast, peer_value=taken["contrib"][0], protocol=named),
        claim("scoring.trees.reasons.p99", taken["reasons"][1], "us", "<= 200", peer="pred_contrib, " + row_fast, peer_value=taken["contrib"][1], protocol=named + wall),
        claim("scoring.trees.reasons_vs_predict.p50", taken["reasons"][0], "us", "<= 80", peer="pred_contrib, " + row_predict, peer_value=taken["predict_contrib"][0], protocol=named),
        claim("scoring.trees.score_reference.p50", slow["score"][0], "us", protocol="the same without a compiler: pure Python"),
        claim("scoring.trees.reasons_reference.p50", slow["reasons"][0], "us", protocol="the same without a compiler: numpy"),
    ]  # fmt: skip
    claims += exactness(model, booster, names, table, rows, 2_000 if quick else 30_000)
    claims += loading(encode_document(document), model.table_bytes, turns)
    claims += scorecards(names, table, bad, turns) + machines(names[:23], table[:, :23], bad, turns)
    return claims + networks(names, table, turns) + sequences(turns)


def accounts() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Names, inputs and outcomes of the accounts, with what can be derived between months."""
    with gzip.open(DATA, "rt") as file:
        header = next(csv.reader(file))
        raw = np.loadtxt(file, delimiter=",")
    column = {name: raw[:, i] for i, name in enumerate(header)}
    found = {name: column[name] for name in header[1:-1]}
    bills, pays = [f"BILL_AMT{i}" for i in range(1, 7)], [f"PAY_AMT{i}" for i in range(1, 7)]
    for family in (bills, pays, ["PAY_0", "PAY_2", "PAY_3", "PAY_4", "PAY_5", "PAY_6"]):
        found |= {f"{a}-{b}": column[a] - column[b] for a, b in combinations(family, 2)}
    with np.errstate(divide="ignore", invalid="ignore"):
        for bill, pay in zip(bills, pays, strict=True):
            found[f"{bill}/limit"] = column[bill] / column["LIMIT_BAL"]
            found[f"{pay}/limit"] = column[pay] / column["LIMIT_BAL"]
            ratio = column[pay] / column[bill]
            found[f"{pay}/{bill}"] = np.where(np.isfinite(ratio), ratio, np.nan)
            found[f"{bill}-{pay}"] = column[bill] - column[pay]
    return list(found), np.ascontiguousarray(np.column_stack(list(found.values()))), raw[:, -1]


def inputs_of(names: list[str]) -> list[ModelInput]:
    return [ModelInput(name=name, reason=f"R{i:03}") for i, name in enumerate(names)]


def fitted(table: np.ndarray, bad: np.ndarray) -> lightgbm.Booster:
    options = {
        "objective": "binary", "num_leaves": 15, "max_depth": 6, "learning_rate": 0.03, "num_threads": 1, "verbose": -1,
        "seed": 1,
    }  # fmt: skip
    return lightgbm.train(options, lightgbm.Dataset(table, bad, params={"verbose": -1}), TREES)


class SingleRow:
    """LightGBM's ``PredictForMatSingleRowFast`` through ctypes: the quickest way into the library.

    Args:
        kind: 1 raw score, 3 contributions.
    """

    def __init__(self, booster: lightgbm.Booster, table: np.ndarray, kind: int) -> None:
        self._library = lightgbm.basic._LIB  # noqa: SLF001 - there is no public way to it
        self._booster = booster
        width = table.shape[1]
        self._rows = [ctypes.c_void_p(row.ctypes.data) for row in table]
        self._table = table
        self._out = (ctypes.c_double * (width + 1))()
        self._length = ctypes.c_int64()
        self._config = ctypes.c_void_p()
        handle = booster._handle  # noqa: SLF001
        status = self._library.LGBM_BoosterPredictForMatSingleRowFastInit(
            handle, kind, 0, -1, 1, ctypes.c_int32(width), b"num_threads=1", ctypes.byref(self._config)
        )
        if status != 0:
            raise RuntimeError("LightGBM refused the fast configuration")

    def __call__(self, index: int) -> Any:
        self._library.LGBM_BoosterPredictForMatSingleRowFast(
            self._config, self._rows[index], ctypes.byref(self._length), self._out
        )
        return self._out


def exactness(
    model: Any, booster: Any, names: list[str], table: np.ndarray, rows: list[Any], count: int
) -> list[Claim]:
    columns = {name: table[:count, i] for i, name in enumerate(names)}
    start = time.perf_counter()
    margins = model.margins(columns)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    expected = booster.predict(table[:count], raw_score=True, num_threads=1)
    peer_seconds = time.perf_counter() - start
    contributions = np.array([model.contributions(row) for row in rows])
    apart = np.abs(contributions - booster.predict(table[: len(rows)], pred_contrib=True)[:, :-1]).max()
    return [
        claim(
            "scoring.trees.margin_difference", float(np.abs(margins - expected).max()), "log-odds", "== 0",
            peer="LightGBM raw_score", peer_value=0.0, protocol=f"largest over {count} real rows",
        ),
        claim(
            "scoring.trees.contribution_difference", float(apart), "log-odds", "<= 1e-9", peer="LightGBM pred_contrib",
            peer_value=0.0, protocol=f"largest over {len(rows)} real rows and {len(names)} inputs",
        ),
        claim(
            "scoring.trees.batch", count / seconds, "rows/s", peer="LightGBM Booster.predict, one thread",
            peer_value=count / peer_seconds, protocol=f"margins of {count} rows from numpy columns, one thread",
        ),
    ]  # fmt: skip


def loading(text: bytes, table_bytes: int, turns: int) -> list[Claim]:
    load = in_turns({"load": lambda _: load_model(text)}, 1, max(turns // 3, 4))["load"]
    told = f"{len(text) / 1000:.0f} kB of JSON: read, check, digest, build the tables"
    return [
        claim("scoring.load.p50", load[0] / 1000, "ms", "<= 50", protocol=told),
        claim(
            "scoring.tables", table_bytes / 2**20, "MiB", "<= 16", protocol="memory of the exact contribution tables"
        ),
    ]


def scorecards(names: list[str], table: np.ndarray, bad: np.ndarray, turns: int) -> list[Claim]:
    """A scorecard of 15 inputs, compiled and in Python."""
    card = quantile_card(names[:15], table, bad)
    rows = [[None if math.isnan(v) else v for v in row[:15]] for row in table[:500].tolist()]
    taken, slow = (table_times(load_model(card, compiled=compiled), rows, turns) for compiled in (None, False))
    told = f"15 inputs of 8 bins, {KERNEL}; Python list in"
    without = "the same without a compiler: pure Python"
    return [
        claim("scoring.scorecard.score.p50", taken["score"][0], "us", "<= 6", protocol=told),
        claim("scoring.scorecard.score_and_reasons.p50", taken["both"][0], "us", "<= 8", protocol=told + "; top four reasons out, exact"),
        claim("scoring.scorecard.score_reference.p50", slow["score"][0], "us", protocol=without),
        claim("scoring.scorecard.score_and_reasons_reference.p50", slow["both"][0], "us", protocol=without),
    ]  # fmt: skip


def table_times(
    model: Model, rows: list[Any], turns: int, peers: dict[str, Callable[[int], object]] | None = None
) -> dict[str, tuple[float, float]]:
    """p50 and p99 of a model's score, its reasons and both, and of ``peers`` in the same turns."""
    return in_turns(
        {
            "score": lambda i: model.score(rows[i]),
            "reasons": lambda i: model.reasons(rows[i]),
            "both": lambda i: (model.score(rows[i]), model.reasons(rows[i])),
            **(peers or {}),
        },
        turns,
    )


def machines(names: list[str], table: np.ndarray, bad: np.ndarray, turns: int) -> list[Claim]:
    """An explainable boosting machine over the accounts' own 23 columns: our tables beside interpret's own."""
    if importlib.util.find_spec("interpret") is None:
        return [
            claim(
                "scoring.additive.score.p50", None, "us", protocol="interpret-core is not installed (tandem-risk[ebm])"
            )
        ]
    frame = Frame(tuple(NumericColumn(name, table[:, i]) for i, name in enumerate(names)), len(table))
    # Few rows grow it: how long a row takes hangs on the number of tables, which the settings give.
    learned = frame.take(np.arange(4_000))
    fit = fit_machine(learned, bad[:4_000], MachineSettings(outer_bags=1), seed=1)
    document = additive_document(
        fit, learned, bad[:4_000], Platt(1.0, 0.0), scaling=Scaling(), reasons={name: name for name in names},
        monotone=(), metadata=Metadata(name="tables", target="default"),
    )  # fmt: skip
    model, rows = load_model(document), table[:500].tolist()
    peers = {
        "predict": lambda i: fit.model.predict_proba(table[i : i + 1]),
        "terms": lambda i: fit.model.eval_terms(table[i : i + 1]),
    }
    taken = table_times(model, rows, turns, peers)
    slow = table_times(load_model(document, compiled=False), rows, turns)
    apart = np.abs(model.margins({name: table[:, i] for i, name in enumerate(names)}) - fit.margin(frame)).max()
    told = f"{len(names)} tables of at most 64 bins and {len(document.pairs)} pairs, {KERNEL}; Python list in"
    named, without = told + "; top four reasons out, exact", "the same without a compiler: pure Python"
    predict, terms = "interpret predict_proba, one numpy row", "interpret eval_terms, one numpy row"
    return [
        claim("scoring.additive.score.p50", taken["score"][0], "us", "<= 11", peer=predict, peer_value=taken["predict"][0], protocol=told),
        claim("scoring.additive.reasons.p50", taken["reasons"][0], "us", "<= 11", peer=terms, peer_value=taken["terms"][0], protocol=named),
        claim("scoring.additive.score_and_reasons.p50", taken["both"][0], "us", "<= 11", protocol=named),
        claim("scoring.additive.score_reference.p50", slow["score"][0], "us", protocol=without),
        claim("scoring.additive.score_and_reasons_reference.p50", slow["both"][0], "us", protocol=without),
        claim("scoring.additive.margin_difference", float(apart), "log-odds", "<= 1e-9", peer="interpret decision_function", peer_value=0.0, protocol=f"largest over {len(table)} real rows"),
    ]  # fmt: skip


def networks(names: list[str], table: np.ndarray, turns: int) -> list[Claim]:
    """A network of the size that training makes, over all inputs: our kernel beside onnxruntime on the exported graph.

    Its weights are drawn, not learned: how long a row takes hangs on the sizes, and torch is not needed here. Rows change
    more hidden numbers on the way from the mean than those of a trained network do, which favours nobody in a score and us
    least in an explanation. onnxruntime is handed finished numpy arrays.
    """
    document = drawn_network(names, table)
    model, reference = load_model(document), load_model(document, compiled=False)
    rows = [[None if math.isnan(v) else v for v in row] for row in table[:500].tolist()]
    calls = {
        "score": lambda i: model.score(rows[i]),
        "both": lambda i: (model.score(rows[i]), model.reasons(rows[i])),
    }
    peer, onnx = "onnxruntime, one encoded numpy row, one thread", None
    if all(importlib.util.find_spec(one) for one in ("onnx", "onnxruntime")):
        onnx = OnnxTabular(document)
        encoded = [onnx.encoded([row]) for row in rows]
        calls["onnx"] = lambda i: onnx.margins(encoded[i])
    taken = in_turns(calls, turns)
    slow = in_turns({"score": lambda i: reference.score(rows[i])}, max(turns // 6, 2))
    told = f"{len(names)} inputs of at most 16 knots, width 32, 2 blocks of 64, {'compiled' if COMPILED else 'reference'}; Python list in"
    beside = {} if onnx is None else {"peer": peer, "peer_value": taken["onnx"][0]}
    claims = [
        claim("scoring.network.score.p50", taken["score"][0], "us", "<= 300", protocol=told + ", calibrated score out", **beside),
        claim("scoring.network.score_and_reasons.p50", taken["both"][0], "us", protocol=told + "; score and top four reasons out, exact integrated gradients"),
        claim("scoring.network.score_reference.p50", slow["score"][0], "us", "<= 300", protocol="the same without a compiler: numpy", **beside),
        claim("scoring.network.contribution_gap", completeness(model, rows), "log-odds", "<= 1e-9", protocol=f"largest over {len(rows)} real rows: sum of contributions and expected margin, less the margin"),
    ]  # fmt: skip
    if onnx is not None:
        margins = model.margins({name: table[:, i] for i, name in enumerate(names)})
        apart = float(np.abs(margins - onnx.margins(onnx.encoded(table.tolist()))).max())
        claims.append(
            claim(
                "scoring.network.margin_difference", apart, "log-odds", "<= 1e-4", peer="onnxruntime, binary32",
                peer_value=0.0, protocol=f"largest over {len(table)} real rows",
            )
        )  # fmt: skip
    return claims


def completeness(model: Any, rows: list[Any]) -> float:
    return max(abs(model.expected + sum(model.contributions(row)) - model.score(row).margin) for row in rows)


def drawn_network(names: list[str], table: np.ndarray) -> TabularNetwork:
    width, hidden, rng = 32, 64, np.random.default_rng(1)

    def layer(rows: int, columns: int) -> Layer:
        weights = rng.normal(size=(rows, columns)) / math.sqrt(columns)
        return Layer(weights=tuple(map(tuple, weights.tolist())), bias=tuple(rng.normal(size=rows).tolist()))

    inputs = []
    for i, name in enumerate(names):
        column = table[~np.isnan(table[:, i]), i]
        knots = np.unique(np.quantile(column, np.linspace(0.005, 0.995, 16)))
        vectors = rng.normal(size=(len(knots) + 1, width)) / math.sqrt(len(names))
        inputs.append(
            NetworkInput(
                name=name, knots=tuple(knots.tolist()), vectors=tuple(map(tuple, vectors[1:].tolist())),
                missing=tuple(vectors[0].tolist()), mean=tuple(vectors[1:].mean(axis=0).tolist()), reason=f"R{i:03}",
            )
        )  # fmt: skip
    return TabularNetwork(
        metadata=Metadata(name="net", target="default"), inputs=tuple(inputs), bias=(0.0,) * width,
        blocks=tuple(Block(inner=layer(hidden, width), outer=layer(width, hidden)) for _ in range(2)),
        head=tuple((rng.normal(size=width) / width).tolist()), intercept=-1.0,
    )  # fmt: skip


def quantile_card(names: list[str], table: np.ndarray, bad: np.ndarray) -> Scorecard:
    """A naive scorecard (quantile bins, coefficients 1): the shape of a real one, for timing only."""
    scaling, inputs = Scaling(), []
    for i, name in enumerate(names):
        edges = sorted(set(np.quantile(table[:, i], np.arange(1, 8) / 8).tolist()))
        place = np.searchsorted(edges, table[:, i], side="right")
        bins = []
        for at in range(len(edges) + 1):
            ones, rows = bad[place == at].sum(), (place == at).sum()
            woe = math.log((ones + 0.5) / bad.sum()) - math.log((rows - ones + 0.5) / (len(bad) - bad.sum()))
            bins.append(Bin(woe=woe, points=bin_points(scaling, 1.0, woe), count=int(rows), adverse=int(ones)))
        inputs.append(
            ScorecardInput(
                name=name, edges=tuple(edges), bins=tuple(bins), missing=Bin(woe=0.0, points=0.0), coefficient=1.0
            )
        )
    return Scorecard(
        metadata=Metadata(name="card", target="default"), inputs=tuple(inputs), intercept=-1.26,
        base_points=base_points(scaling, -1.26), scaling=scaling,
    )  # fmt: skip
