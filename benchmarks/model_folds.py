"""One fold of one set: what ``train`` and every peer say of rows that none of them has seen.

Scored in a process of its own, part by part, so that what is finished can be kept (``kept_parts``). What the figures come to is
``models``; a change there leaves kept parts as they are, one here or in the training does not.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from benchmarks.kept_parts import Part, code_digest, kept
from benchmarks.peers import PEERS, Peer, fitted, installed, tuned
from benchmarks.training import DataSet, load
from tandem.learn.training import Family, TrainSpec, train
from tandem.learn.training.frame import Frame
from tandem.learn.training.profile import profile_table
from tandem.learn.training.splitting import inner_folds
from tandem.learn.training.target import read_target

__all__ = ["SEED", "Fold", "Scored", "held_out", "read", "score_fold"]

SEED = 20261124
_FAMILIES: tuple[Family, ...] = ("scorecard", "ebm", "lightgbm", "blend")
_QUICK_ROWS, _QUICK_SECONDS = 500, 0.5
_SLOW = {"EBM", "CatBoost"}
"""Peers whose defaults take longer than all the rest of a quick run; they are left to the full one."""
_MADE_BY = ("src/tandem/learn/training", "benchmarks/model_folds.py", "benchmarks/peers.py")


@dataclass(frozen=True)
class Fold:
    """One fold of one set, for a process of its own."""

    item: DataSet
    repeat: int
    number: int
    quick: bool


@dataclass(frozen=True)
class Scored:
    """What everybody said of the test rows of a fold: log-odds by name."""

    fold: Fold
    rows: np.ndarray
    odds: dict[str, np.ndarray]
    champion: str
    seconds: float
    budget: float
    trials: dict[str, int]


def score_fold(fold: Fold) -> Scored:
    """Everybody's log-odds for one fold."""
    item = fold.item
    table, bad = read(item, fold.quick)
    frame = profile_table(table, {item.target: "target"}).frame
    learn, test = inner_folds(bad, item.folds, SEED + fold.repeat)[fold.number]
    name = f"{item.name}.{fold.repeat}.{fold.number}{'.quick' if fold.quick else ''}"
    ours = kept(f"{name}.ours", _digest(), lambda: _ours(fold, table.take(pa.array(learn)), table.take(pa.array(test))))
    seconds = float(ours.told["seconds"])
    odds, trials = dict(ours.arrays), {}
    budget = _QUICK_SECONDS if fold.quick else seconds
    known, rest = frame.take(learn), frame.take(test)
    for peer in PEERS:
        if not installed(peer) or (fold.quick and peer.name in _SLOW):
            continue
        part = kept(f"{name}.{peer.name}", _digest(), lambda one=peer: _peer(one, known, bad[learn], rest, budget))
        odds |= part.arrays
        trials[peer.name] = int(part.told["trials"])
        told = f"{part.told['plain']:.0f} s as it comes, {part.told['tuned']:.0f} s tuned"
        print(f"{item.name} {fold.repeat}.{fold.number} {peer.name}: {told}", file=sys.stderr, flush=True)
    return Scored(fold, test, odds, str(ours.told["champion"]), seconds, budget, trials)


def _digest() -> str:
    return code_digest(_MADE_BY, tuple(peer.package for peer in PEERS))


def _ours(fold: Fold, learn: pa.Table, test: pa.Table) -> Part:
    """What ``train`` makes of the rows ``learn``, by its champion and by every family."""
    started = time.process_time()
    result = train(learn, _spec(fold.item, fold.quick), test)
    odds = {f"our {family}": each for family, each in result.test_log_odds.items()}
    odds["ours"] = result.test_log_odds[result.champion]
    return Part(odds, {"champion": result.champion, "seconds": time.process_time() - started})


def held_out(item: DataSet, quick: bool) -> Part:
    """What ``train`` holds out by itself: ``places`` of the rows in the table, ``bad``, and the champion's ``odds``."""
    table, _ = read(item, quick)

    def measure() -> Part:
        result = train(table, _spec(item, quick))
        places = read_target(table, item.target, item.positive).rows[result.split.test]
        odds = result.test_log_odds[result.champion]
        return Part({"places": places, "bad": result.test_bad, "odds": odds}, {"champion": result.champion})

    return kept(f"{item.name}.held-out{'.quick' if quick else ''}", _digest(), measure)


def _spec(item: DataSet, quick: bool) -> TrainSpec:
    return TrainSpec(
        target=item.target, positive=item.positive, threads=1, families=_FAMILIES, folds=2 if quick else None
    )


def _peer(peer: Peer, learn: Frame, bad: np.ndarray, test: Frame, budget: float) -> Part:
    """A peer as it comes, and tuned within ``budget`` seconds of this process."""
    begun = time.process_time()
    plain = fitted(peer, learn, bad, test, SEED)
    tuning = time.process_time()
    best, trials = tuned(peer, learn, bad, test, SEED, budget)
    told = {"trials": trials, "plain": tuning - begun, "tuned": time.process_time() - tuning}
    return Part({peer.name: plain, f"{peer.name}, tuned": best}, told)


def read(item: DataSet, quick: bool) -> tuple[pa.Table, np.ndarray]:
    """The table of a set and who of it is bad; of a quick run, some rows only."""
    table = load(item)
    bad = read_target(table, item.target, item.positive).bad
    if quick and bad.size > _QUICK_ROWS:
        rows = np.sort(np.random.default_rng(SEED).permutation(bad.size)[:_QUICK_ROWS])
        table, bad = table.take(pa.array(rows)), bad[rows]
    return table, bad
