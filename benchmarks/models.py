"""How well our models rank and how far their probabilities can be believed, beside the libraries people would use instead.

For every set: repeated stratified folds, the same for everybody. In each fold ``train`` chooses between a scorecard, an
explainable boosting machine, LightGBM and their blend by inner folds of the training rows alone, and its served document
scores the rest. LightGBM, XGBoost, CatBoost, EBM and optbinning score the same rows as they come, and tuned for as many
seconds of one processor as ``train`` took on that fold (``peers`` tells how), so that what else the machine does changes
nothing. The claim is made against whichever peer came out best on the set, which flatters the peers: the lower end of the
paired 95 % interval of the difference is at least -.003. Of the largest sets one or two folds are run, since one holds more
bad rows than all of a small set; and two of the widest. The interval is DeLong's for one repeat, a bootstrap over rows for
more; a row's repeats stay together.

Bad rate at equal approval, on real loans and a random hold-out (the sets carry no dates): written rules as a lender would
have them, against the same knock-outs with the model's ranking in place of the other rules, as many approved.

A set or a peer that is not here is said to be missing; ``TANDEM_BENCHMARK_SETS=german,hmeq`` runs some sets only, and
``TANDEM_BENCHMARK_KEEP=FOLDER`` keeps what is finished, so that a run that was cut off goes on from there. Quick: two
small sets, one fold, few rows, half a second of tuning, without the two slowest peers, and no claim of it is held to the
margin.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.stats import binom

from benchmarks.claims import Claim, claim
from benchmarks.data_folder import absent, data_if_here
from benchmarks.model_folds import SEED, Fold, Scored, held_out, read, score_fold
from benchmarks.peers import PEERS, installed
from benchmarks.training import SETS, DataSet
from tandem.learn.training.frame import Frame, NumericColumn
from tandem.learn.training.metrics import auc, auc_difference, calibration
from tandem.learn.training.profile import profile_table

_DRAWS = 1_000
_REPEATS = {"german": 2}
_FIRST = {"gmsc": 1, "taiwan": 2, "polish_1year": 2, "polish_5year": 2}
"""Folds that are run of sets so large that one holds more bad rows than all folds of a small one, or whose 64 columns make one long."""
_STRETCH = {"german": 0.795, "modeldata_credit": 0.844, "hmeq": 0.965, "taiwan": 0.785, "gmsc": 0.867}
_ALL = ",".join(item.name for item in SETS)
_QUICK_SETS = ("german", "modeldata_credit")
_MARGIN, _ECE, _MANY, _LOWER = -0.003, 0.01, 30_000, 0.25
_SEGMENT_ROWS = 500


def run(quick: bool) -> list[Claim]:
    asked = _QUICK_SETS if quick else os.environ.get("TANDEM_BENCHMARK_SETS", _ALL).split(",")
    here = [item for item in SETS if data_if_here(item.file) is not None and item.name in asked]
    folds = [fold for item in here for fold in _folds(item, quick)]
    done: list[Scored] = []
    # Two processes, one thread each, that of what multiplies matrices too. The largest sets first, so that none is left alone at the end.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(score_fold, fold) for fold in sorted(folds, key=_cost, reverse=True)]
        lending = {name: pool.submit(_lend, name, quick) for name in LENDING if name in {one.name for one in here}}
        for job in as_completed(jobs):
            done.append(job.result())
            fold = done[-1].fold
            told = f"{fold.item.name} {fold.repeat}.{fold.number}: {done[-1].champion}, {done[-1].seconds:.0f} s"
            print(told, file=sys.stderr, flush=True)
        lent = {name: job.result() for name, job in lending.items()}
    claims: list[Claim] = []
    for item in SETS:
        if item.name not in asked:
            print(f"{item.name}: not asked for", file=sys.stderr)
            continue
        claims += _claims(item, [one for one in done if one.fold.item.name == item.name])
    files = {item.name: item.file for item in SETS}
    for name in LENDING:
        if name in asked:
            claims.append(lent.get(name) or _missing(f"models.{name}.bad_rate_reduction", "share", files[name]))
    not_installed = [peer.name for peer in PEERS if not installed(peer)]
    told = (
        f"of {len(PEERS)}; not installed: {', '.join(not_installed) or 'none'} (pip install 'tandem-risk[ebm,peers]')"
    )
    return [
        *claims,
        claim("models.peers", len(PEERS) - len(not_installed), "libraries", f"== {len(PEERS)}", protocol=told),
    ]


def _folds(item: DataSet, quick: bool) -> list[Fold]:
    if quick:
        return [Fold(item, 0, 0, quick)]
    return [
        Fold(item, repeat, number, quick)
        for repeat in range(_REPEATS.get(item.name, 1))
        for number in range(_FIRST.get(item.name, item.folds))
    ]


def _cost(fold: Fold) -> int:
    path = data_if_here(fold.item.file)
    return 0 if path is None else path.stat().st_size


# -- claims


def _claims(item: DataSet, scored: list[Scored]) -> list[Claim]:
    name = f"models.{item.name}"
    if not scored:
        return [_missing(f"{name}.against_best_peer", "AUC", item.file)]
    table, bad = read(item, scored[0].fold.quick)
    odds = _pooled(scored, bad.size)
    seen = ~np.isnan(odds["ours"][0])
    bad, odds = bad[seen], {who: each[:, seen] for who, each in odds.items()}
    areas = {who: float(np.mean([auc(bad, one) for one in each])) for who, each in odds.items()}
    peers = [who for who in areas if not who.startswith("our")]
    best = max(peers, key=lambda who: areas[who])
    low, high = _interval(bad, odds["ours"], odds[best])
    champions = [one.champion for one in scored]
    won = ", ".join(f"{family} {champions.count(family)}" for family in sorted(set(champions)))
    tries = ", ".join(f"{who} {np.mean([one.trials[who] for one in scored]):.0f}" for who in scored[0].trials)
    listed = "; ".join(f"{who} {areas[who]:.4f}" for who in sorted(areas, key=areas.__getitem__, reverse=True))
    run = 1 if scored[0].fold.quick else _FIRST.get(item.name, item.folds)
    times = f"{len(odds['ours'])} x {run} of {item.folds} folds"
    protocol = (
        f"{bad.size} rows, {times}, seed {SEED}; difference {areas['ours'] - areas[best]:+.4f} "
        f"[{low:+.4f}, {high:+.4f}]; all: {listed}; champions: {won}; "
        f"tuned for {np.mean([one.budget for one in scored]):.1f} s a fold, trials: {tries}"
    )
    stretch = f">= {_STRETCH[item.name]}" if item.name in _STRETCH and not scored[0].fold.quick else ""
    # A hundred rows cannot hold anybody to three thousandths.
    bound = "" if scored[0].fold.quick else f">= {_MARGIN}"
    claims = [
        claim(f"{name}.against_best_peer", round(low, 5), "AUC", bound, peer=best, peer_value=0.0, protocol=protocol),
        claim(f"{name}.auc", round(areas["ours"], 5), "AUC", stretch, peer=best, peer_value=round(areas[best], 5), protocol="stretch"),
    ]  # fmt: skip
    return claims + _calibrated(item, table.filter(pa.array(seen)), bad, odds["ours"][0])


def _pooled(scored: list[Scored], rows: int) -> dict[str, np.ndarray]:
    """Log-odds by name: repeats by rows; NaN where a row was in no fold that was run."""
    repeats = max(one.fold.repeat for one in scored) + 1
    pooled = {who: np.full((repeats, rows), np.nan) for who in scored[0].odds}
    for one in scored:
        for who, odds in one.odds.items():
            pooled[who][one.fold.repeat, one.rows] = odds
    return pooled


def _interval(bad: np.ndarray, ours: np.ndarray, peer: np.ndarray) -> tuple[float, float]:
    """The paired 95 % interval of the difference of AUC."""
    if len(ours) == 1:
        found = auc_difference(bad, ours[0], peer[0])
        return found.low, found.high
    rng = np.random.default_rng(SEED)
    draws = []
    for _ in range(_DRAWS):
        rows = rng.integers(0, bad.size, bad.size)
        drawn = bad[rows]
        draws.append(np.mean([auc(drawn, a[rows]) - auc(drawn, b[rows]) for a, b in zip(ours, peer, strict=True)]))
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(low), float(high)


def _calibrated(item: DataSet, table: pa.Table, bad: np.ndarray, odds: np.ndarray) -> list[Claim]:
    name = f"models.{item.name}"
    probability = 1 / (1 + np.exp(-odds))
    ece = calibration(bad, probability).ece
    many = bad.size >= _MANY
    claims = [
        claim(f"{name}.ece", round(ece, 5), "ECE", f"<= {_ECE}" if many else "", protocol="ours, ten groups of equal size"),
    ]  # fmt: skip
    if many:
        frame = profile_table(table, {item.target: "target"}).frame
        outside, segments = _segments(frame, bad, probability)
        claims.append(
            claim(
                f"{name}.segments_outside", round(outside / max(segments, 1), 4), "share", "<= 0.05",
                protocol=f"{outside} of {segments} segments of at least {_SEGMENT_ROWS} rows (fifths of every number, every "
                "text) whose bad rate is outside the 95 % band of a calibrated score; 0.05 are by chance alone, "
                f"which gives as many or more with probability {binom.sf(outside - 1, segments, 0.05):.2f}",
            )
        )  # fmt: skip
    return claims


def _segments(frame: Frame, bad: np.ndarray, probability: np.ndarray) -> tuple[int, int]:
    outside = count = 0
    for column in frame.columns:
        if isinstance(column, NumericColumn):
            edges = np.unique(np.nanquantile(column.values, [0.2, 0.4, 0.6, 0.8]))
            place = np.where(np.isnan(column.values), -1, np.searchsorted(edges, column.values, side="right"))
        else:
            place = column.codes
        for one in np.unique(place):
            rows = place == one
            if rows.sum() < _SEGMENT_ROWS or rows.all():
                continue
            count += 1
            spread = np.sqrt(float((probability[rows] * (1 - probability[rows])).sum()))
            outside += bool(abs(float(bad[rows].sum() - probability[rows].sum())) > 1.96 * spread)
    return outside, count


def _missing(name: str, unit: str, file: str) -> Claim:
    return claim(name, None, unit, protocol=absent(file))


# -- lending

Columns = dict[str, np.ndarray]
Rule = tuple[str, Callable[[Columns], np.ndarray]]


@dataclass(frozen=True)
class Lending:
    """A lender's rules over a set: ``knock_outs`` no score overrides, and ``limits`` that a score may stand in for."""

    knock_outs: tuple[Rule, ...]
    limits: tuple[Rule, ...]


def _over(name: str, most: float) -> Rule:
    return f"{name} > {most:g}", lambda of: of[name] > most


def _under(name: str, least: float) -> Rule:
    return f"{name} < {least:g}", lambda of: of[name] < least


LENDING: dict[str, Lending] = {
    "modeldata_credit": Lending(
        (("Records = yes", lambda of: of["Records"] == "yes"),),
        (
            _under("Seniority", 1),
            _under("Income", 80),
            ("instalment and expenses over two thirds of income", lambda of: of["Amount"] / of["Time"] + of["Expenses"] > of["Income"] * 2 / 3),
            ("loan over 95 % of the price", lambda of: of["Amount"] > 0.95 * of["Price"]),
        ),
    ),
    "hmeq": Lending(
        (_over("DELINQ", 2), _over("DEROG", 1)),
        (_over("DEBTINC", 43), _under("CLAGE", 60), _over("NINQ", 4), ("loan and mortgage over 90 % of the value", lambda of: of["LOAN"] + of["MORTDUE"] > 0.9 * of["VALUE"])),
    ),
    "gmsc": Lending(
        (_over("NumberOfTimes90DaysLate", 0),),
        (_over("RevolvingUtilizationOfUnsecuredLines", 0.9), _over("NumberOfTime30-59DaysPastDueNotWorse", 1), ("DebtRatio > 0.43 of a known income", lambda of: (of["DebtRatio"] > 0.43) & ~np.isnan(of["MonthlyIncome"])), _under("age", 23)),
    ),
}  # fmt: skip
"""Written from what lenders usually ask, before any outcome was looked at; a missing value breaks no rule."""


def _lend(name: str, quick: bool) -> Claim:
    item = next(one for one in SETS if one.name == name)
    held = held_out(item, quick)
    columns = _columns(read(item, quick)[0].take(pa.array(held.arrays["places"])))
    rules = LENDING[name]
    with np.errstate(invalid="ignore", divide="ignore"):
        out = np.any([broken(columns) for _, broken in rules.knock_outs], axis=0)
        over = np.any([broken(columns) for _, broken in rules.limits], axis=0)
    bad, odds = held.arrays["bad"], held.arrays["odds"]
    reduction, rates = _reduction(bad, odds, out, over)
    rng = np.random.default_rng(SEED)
    draws = [rng.integers(0, bad.size, bad.size) for _ in range(_DRAWS)]
    low, high = np.quantile([_reduction(bad[d], odds[d], out[d], over[d])[0] for d in draws], [0.025, 0.975])
    told = ", ".join(words for words, _ in (*rules.knock_outs, *rules.limits))
    protocol = (
        f"{bad.size} rows of a random hold-out, {rates[2]:.1%} approved either way: bad rate {rates[0]:.2%} by rules "
        f"({told}), {rates[1]:.2%} by knock-outs and model ({held.told['champion']}); 95 % by bootstrap: {low:.3f} to {high:.3f}"
    )
    return claim(
        f"models.{name}.bad_rate_reduction", round(reduction, 4), "share", f">= {_LOWER}",
        peer="rules only", peer_value=0.0, protocol=protocol,
    )  # fmt: skip


def _columns(table: pa.Table) -> Columns:
    """A table by column, numbers with NaN."""
    found: Columns = {}
    for name in table.column_names:
        values = table.column(name).to_pylist()
        try:
            found[name] = np.asarray([np.nan if one in {None, "NA", ""} else float(one) for one in values])
        except (TypeError, ValueError):
            found[name] = np.asarray(values, dtype=object)
    return found


def _reduction(bad: np.ndarray, odds: np.ndarray, out: np.ndarray, over: np.ndarray) -> tuple[float, tuple[Any, ...]]:
    """How much lower the bad rate is among as many approved, and both rates and the share approved."""
    approved = ~out & ~over
    count = int(approved.sum())
    order = np.argsort(np.where(out, np.inf, odds), kind="stable")
    by_rules = float(bad[approved].mean()) if count else 0.0
    by_model = float(bad[order[:count]].mean()) if count else 0.0
    return 1 - by_model / max(by_rules, 1e-12), (by_rules, by_model, count / bad.size)
