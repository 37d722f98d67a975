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
import math
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from benchmarks.claims import Claim, claim
from tandem.decide.models import (
    COMPILED,
    Bin,
    Metadata,
    ModelInput,
    Scaling,
    Scorecard,
    ScorecardInput,
    base_points,
    bin_points,
    encode_document,
    from_lightgbm,
    load_model,
)

DATA = Path(__file__).parents[1] / "examples" / "data" / "taiwan_credit_default" / "UCI_Credit_Card.csv.gz"
TREES = 300


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
        claim("models.trees.score.p50", taken["score"][0], "us", "<= 10", peer=row_fast, peer_value=taken["fast"][0], protocol=listed),
        claim("models.trees.score.p99", taken["score"][1], "us", "<= 35", peer=row_fast, peer_value=taken["fast"][1], protocol=listed + wall),
        claim("models.trees.score_vs_predict.p50", taken["score"][0], "us", "<= 10", peer=row_predict, peer_value=taken["predict"][0], protocol=listed),
        claim("models.trees.reasons.p50", taken["reasons"][0], "us", "<= 80", peer="pred_contrib, " + row_fast, peer_value=taken["contrib"][0], protocol=named),
        claim("models.trees.reasons.p99", taken["reasons"][1], "us", "<= 200", peer="pred_contrib, " + row_fast, peer_value=taken["contrib"][1], protocol=named + wall),
        claim("models.trees.reasons_vs_predict.p50", taken["reasons"][0], "us", "<= 80", peer="pred_contrib, " + row_predict, peer_value=taken["predict_contrib"][0], protocol=named),
        claim("models.trees.score_reference.p50", slow["score"][0], "us", protocol="the same without a compiler: pure Python"),
        claim("models.trees.reasons_reference.p50", slow["reasons"][0], "us", protocol="the same without a compiler: numpy"),
    ]  # fmt: skip
    claims += exactness(model, booster, names, table, rows, 2_000 if quick else 30_000)
    claims += loading(encode_document(document), model.table_bytes, turns)
    return claims + scorecards(names, table, bad, turns)


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


def in_turns(calls: dict[str, Callable[[int], object]], turns: int, each: int = 100) -> dict[str, tuple[float, float]]:
    """p50 and p99 in microseconds of each call, measured in alternating turns of ``each`` after a warm-up turn."""
    clock = time.perf_counter_ns
    taken: dict[str, list[int]] = {name: [] for name in calls}
    for turn in range(turns + 1):
        for name, call in calls.items():
            for i in range(each):
                at = (turn * each + i) % 500
                start = clock()
                call(at)
                stop = clock()
                if turn:
                    taken[name].append(stop - start)
    return {name: tuple(float(q) / 1000 for q in np.percentile(ns, (50, 99))) for name, ns in taken.items()}  # type: ignore[misc]


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
            "models.trees.margin_difference", float(np.abs(margins - expected).max()), "log-odds", "== 0",
            peer="LightGBM raw_score", peer_value=0.0, protocol=f"largest over {count} real rows",
        ),
        claim(
            "models.trees.contribution_difference", float(apart), "log-odds", "<= 1e-9", peer="LightGBM pred_contrib",
            peer_value=0.0, protocol=f"largest over {len(rows)} real rows and {len(names)} inputs",
        ),
        claim(
            "models.trees.batch", count / seconds, "rows/s", peer="LightGBM Booster.predict, one thread",
            peer_value=count / peer_seconds, protocol=f"margins of {count} rows from numpy columns, one thread",
        ),
    ]  # fmt: skip


def loading(text: bytes, table_bytes: int, turns: int) -> list[Claim]:
    load = in_turns({"load": lambda _: load_model(text)}, 1, max(turns // 3, 4))["load"]
    told = f"{len(text) / 1000:.0f} kB of JSON: read, check, digest, build the tables"
    return [
        claim("models.load.p50", load[0] / 1000, "ms", "<= 50", protocol=told),
        claim("models.tables", table_bytes / 2**20, "MiB", "<= 16", protocol="memory of the exact contribution tables"),
    ]


def scorecards(names: list[str], table: np.ndarray, bad: np.ndarray, turns: int) -> list[Claim]:
    model = load_model(quantile_card(names[:15], table, bad))
    rows = [[None if math.isnan(v) else v for v in row[:15]] for row in table[:500].tolist()]
    taken = in_turns(
        {
            "score": lambda i: model.score(rows[i]),
            "both": lambda i: (model.score(rows[i]), model.reasons(rows[i])),
        },
        turns,
    )
    told = "15 inputs of 8 bins, pure Python; Python list in"
    return [
        claim("models.scorecard.score.p50", taken["score"][0], "us", "<= 6", protocol=told),
        claim("models.scorecard.score_and_reasons.p50", taken["both"][0], "us", "<= 15", protocol=told),
    ]


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
