"""``tandem model train`` with untouched defaults against an untuned LightGBM, on the same seeded folds of real data.

For every data set: outer stratified folds; in each, our champion is trained on the training part by ``train`` (which chooses
by inner folds of that part alone) and scores the test part through its served document; the peer is
``LGBMClassifier()`` as it comes, told which columns are categories. Both are judged on the pooled out-of-fold rows. The
claim holds when our AUC is not below the peer's by more than the half-width of the paired 95 % interval of the
difference: DeLong's, or a bootstrap over rows where folds are repeated. A set that is neither bundled nor under
``TANDEM_DATA_DIR`` is reported without a value; ``TANDEM_BENCHMARK_SETS=german,hmeq`` runs some sets only.

Quick: one fold of five and at most 6,000 rows of each set; the claims and the code path are the same.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv

from benchmarks.claims import Claim, claim
from benchmarks.data_folder import absent, data_at, data_if_here
from tandem.learn.training import TrainSpec, read_table, train
from tandem.learn.training.frame import CategoricalColumn, Frame
from tandem.learn.training.metrics import auc, auc_difference, calibration, ks
from tandem.learn.training.profile import profile_table
from tandem.learn.training.splitting import inner_folds
from tandem.learn.training.target import read_target

_SEED = 20261124
_QUICK_ROWS = 6_000
_DRAWS = 1_000


@dataclass(frozen=True)
class DataSet:
    """One set: where it is, what it predicts, and how often it is folded."""

    name: str
    file: str
    target: str
    positive: str
    folds: int = 5
    repeats: int = 1


SETS = (
    DataSet("german", "german_credit/german.data", "outcome", "2", repeats=2),
    DataSet("modeldata_credit", "modeldata_credit/credit_data.csv.gz", "Status", "bad"),
    DataSet("polish_1year", "polish_bankruptcy/1year.arff.gz", "bankruptcy", "1"),
    DataSet("polish_5year", "polish_bankruptcy/5year.arff.gz", "bankruptcy", "1"),
    DataSet("taiwan", "taiwan_credit_default/UCI_Credit_Card.csv.gz", "class", "1"),
    DataSet("hmeq", "hmeq/hmeq.csv", "BAD", "1"),
    DataSet("gmsc", "gmsc/cs-training.csv.gz", "SeriousDlqin2yrs", "1", folds=3),
)


@dataclass(frozen=True)
class Outcome:
    """What one set gave: pooled AUCs, half-width of the paired interval, and which families won the folds."""

    name: str
    rows: int
    ours: float
    peer: float
    half_width: float
    ks: float
    ece: float
    champions: tuple[str, ...]


def run(quick: bool) -> list[Claim]:
    names = os.environ.get("TANDEM_BENCHMARK_SETS")
    asked = [item for item in SETS if names is None or item.name in names.split(",")]
    found = [item for item in asked if data_if_here(item.file) is not None]
    # Two processes, one thread each: a fold's result does not depend on who computes it.
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        jobs = {item.name: pool.submit(measure, item, quick) for item in sorted(found, key=_cost, reverse=True)}
        outcomes = {}
        for job in as_completed(jobs.values()):
            outcome = job.result()
            outcomes[outcome.name] = outcome
            print(f"{outcome.name}: {outcome.ours:.4f} beside {outcome.peer:.4f}", file=sys.stderr, flush=True)
    claims: list[Claim] = []
    for item in asked:
        claims += _claims(item, outcomes.get(item.name))
    return claims


def _cost(item: DataSet) -> int:
    path = data_if_here(item.file)
    return 0 if path is None else path.stat().st_size


def measure(item: DataSet, quick: bool) -> Outcome:
    table = load(item)
    bad = read_target(table, item.target, item.positive).bad
    if quick and bad.size > _QUICK_ROWS:
        rows = np.sort(np.random.default_rng(_SEED).permutation(bad.size)[:_QUICK_ROWS])
        table, bad = table.take(pa.array(rows)), bad[rows]
    frame = profile_table(table, {item.target: "target"}).frame
    repeats = [_SEED + number for number in range(1 if quick else item.repeats)]
    ours, peer = np.full((len(repeats), bad.size), np.nan), np.full((len(repeats), bad.size), np.nan)
    champions = []
    for repeat, seed in enumerate(repeats):
        for learn, test in inner_folds(bad, item.folds, seed)[: 1 if quick else None]:
            spec = TrainSpec(target=item.target, positive=item.positive, threads=1)
            result = train(table.take(pa.array(learn)), spec, table.take(pa.array(test)))
            ours[repeat, test] = result.test_log_odds[result.champion]
            champions.append(result.champion)
            peer[repeat, test] = untuned_lightgbm(frame, bad, learn, test)
    seen = ~np.isnan(ours[0])
    return _outcome(item.name, bad[seen], ours[:, seen], peer[:, seen], tuple(champions))


def untuned_lightgbm(frame: Frame, bad: np.ndarray, learn: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Log-odds of ``LGBMClassifier()`` with its defaults; only told which columns are categories."""
    from lightgbm import LGBMClassifier

    matrix = frame.matrix()
    categories = [place for place, column in enumerate(frame.columns) if isinstance(column, CategoricalColumn)]
    model = LGBMClassifier(n_jobs=1, verbosity=-1)
    model.fit(matrix[learn], bad[learn], categorical_feature=categories or "auto")
    return np.asarray(model.booster_.predict(matrix[test], raw_score=True))


def _outcome(name: str, bad: np.ndarray, ours: np.ndarray, peer: np.ndarray, champions: tuple[str, ...]) -> Outcome:
    values = [(auc(bad, a), auc(bad, b)) for a, b in zip(ours, peer, strict=True)]
    if len(values) == 1:
        difference = auc_difference(bad, ours[0], peer[0])
        half_width = difference.high - difference.value
    else:
        half_width = 1.96 * float(np.std(_bootstrap(bad, ours, peer)))
    mean = np.mean(values, axis=0)
    probability = 1 / (1 + np.exp(-ours[0]))
    return Outcome(
        name,
        int(bad.size),
        float(mean[0]),
        float(mean[1]),
        half_width,
        float(np.mean([ks(bad, a) for a in ours])),
        calibration(bad, probability).ece,
        champions,
    )


def _bootstrap(bad: np.ndarray, ours: np.ndarray, peer: np.ndarray) -> list[float]:
    """Differences of mean AUC over resampled rows; a row's repeats stay together."""
    rng = np.random.default_rng(_SEED)
    draws = []
    for _ in range(_DRAWS):
        rows = rng.integers(0, bad.size, bad.size)
        pairs = zip(ours, peer, strict=True)
        draws.append(float(np.mean([auc(bad[rows], a[rows]) - auc(bad[rows], b[rows]) for a, b in pairs])))
    return draws


def _claims(item: DataSet, outcome: Outcome | None) -> list[Claim]:
    name = f"training.{item.name}"
    if outcome is None:
        return [claim(f"{name}.auc", None, "AUC", protocol=absent(item.file))]
    won = ", ".join(f"{family} {outcome.champions.count(family)}" for family in sorted(set(outcome.champions)))
    times = f"{item.repeats} x {item.folds}" if item.repeats > 1 else f"{item.folds}"
    protocol = (
        f"{outcome.rows} rows out of {times} stratified folds, seed {_SEED}; difference "
        f"{outcome.ours - outcome.peer:+.4f} +- {outcome.half_width:.4f} (paired 95 %); champions: {won}"
    )
    return [
        claim(
            f"{name}.auc",
            round(outcome.ours, 5),
            "AUC",
            f">= {outcome.peer - outcome.half_width:.5f}",
            peer="LGBMClassifier() untuned, less the half-width of the paired interval",
            peer_value=round(outcome.peer, 5),
            protocol=protocol,
        ),
        claim(f"{name}.ks", round(outcome.ks, 4), "KS", protocol="champion, pooled out of fold"),
        claim(f"{name}.ece", round(outcome.ece, 4), "ECE", protocol="champion, ten groups of equal size"),
    ]


def load(item: DataSet) -> pa.Table:
    """The table of a set that is here."""
    path = data_at(item.file)
    if path.name == "german.data":
        # The published file has no header and is separated by blanks.
        names = [f"a{place}" for place in range(1, 21)] + ["outcome"]
        return pa_csv.read_csv(
            path,
            read_options=pa_csv.ReadOptions(column_names=names),
            parse_options=pa_csv.ParseOptions(delimiter=" "),
        )
    return read_table(path)
