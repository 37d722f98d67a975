"""The exact best way to merge an ordered row of small cells into bins.

Cells are ordered (by value, or levels by bad rate). A *segmentation* cuts them into runs; its worth is the binomial
log-likelihood of the outcome given the run, less ``penalty`` nats per run. The penalty is a likelihood-ratio test in
disguise: two neighbours stay apart only if keeping them apart gains more than ``penalty`` nats, so small samples get few
bins and large ones many, without a bin count to choose. Under a trend the runs' (smoothed) bad rates must rise, fall,
rise then fall (peak), or fall then rise (valley). Dynamic programming over all runs finds the optimum, O(m^2 log m).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from tandem.learn.training.arrays import FloatArray, IntArray

__all__ = ["Segmentation", "Segments", "Trend", "segment"]

Trend: TypeAlias = Literal["ascending", "descending", "peak", "valley", "none"]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """``starts[k]`` is the first cell of run k; ``worth`` is the penalised log-likelihood, in nats."""

    starts: tuple[int, ...]
    worth: float


@dataclass(frozen=True, slots=True)
class _Runs:
    """Worth and smoothed bad rate of every run i..j, as m by m arrays (upper triangle)."""

    worth: FloatArray
    rate: FloatArray


class Segments:
    """The segmentations of one row of cells; its runs are weighed once, whatever shapes are asked for.

    Args:
        bads: bad rows per cell.
        counts: rows per cell.
        penalty: nats a run must earn.
        min_count: fewest rows of a run; where even the whole has fewer, the whole is one run.
        prior: rows at the overall bad rate mixed into each run when rates are compared, as they are in its weight.
    """

    def __init__(self, bads: FloatArray, counts: FloatArray, *, penalty: float, min_count: float, prior: float) -> None:
        self._runs = _all_runs(bads, counts, penalty=penalty, min_count=min_count, prior=prior)

    def best(self, trend: Trend) -> Segmentation:
        """The best of them under ``trend``, the shape of the bad rate over the runs."""
        runs = self._runs
        if not np.isfinite(runs.worth[0, -1]):
            return Segmentation((0,), float("-inf"))
        if trend == "none":
            return _best(runs.worth, *_chains(runs, ordered=False))
        if trend == "ascending":
            return _best(runs.worth, *_chains(runs, ordered=True))
        if trend == "descending":
            return _best(runs.worth, *_chains(_Runs(runs.worth, -runs.rate), ordered=True))
        return _turning(runs if trend == "peak" else _Runs(runs.worth, -runs.rate))


def segment(
    bads: FloatArray, counts: FloatArray, trend: Trend, *, penalty: float, min_count: float, prior: float
) -> Segmentation:
    """The best segmentation of the cells under ``trend``; see ``Segments``."""
    return Segments(bads, counts, penalty=penalty, min_count=min_count, prior=prior).best(trend)


def _all_runs(bads: FloatArray, counts: FloatArray, *, penalty: float, min_count: float, prior: float) -> _Runs:
    b = np.concatenate([[0.0], np.cumsum(bads)])
    n = np.concatenate([[0.0], np.cumsum(counts)])
    bad = b[None, 1:] - b[:-1, None]
    count = n[None, 1:] - n[:-1, None]
    overall = b[-1] / max(n[-1], 1.0)
    upper = np.triu(np.ones_like(bad, dtype=bool))
    worth = _xlogx(bad) + _xlogx(count - bad) - _xlogx(count) - penalty
    worth[~upper | (count < min_count)] = -np.inf
    rate = (bad + prior * overall) / np.where(upper, count + prior, 1.0)
    return _Runs(worth, rate)


def _xlogx(x: FloatArray) -> FloatArray:
    safe = np.maximum(x, 1e-300)
    result: FloatArray = np.where(x > 0, x * np.log(safe), 0.0)
    return result


def _chains(runs: _Runs, *, ordered: bool) -> tuple[FloatArray, IntArray]:
    """Best worth of a chain of runs ending in run i..j, and the start of the run before it (-1: none)."""
    m = runs.worth.shape[0]
    best = np.full((m, m), -np.inf)
    back = np.full((m, m), -1, dtype=np.int64)
    best[0] = runs.worth[0]
    for i in range(1, m):
        before = best[:i, i - 1]
        order = np.argsort(runs.rate[:i, i - 1], kind="stable") if ordered else np.arange(i)
        running = np.maximum.accumulate(before[order])
        holder = order[_argmax_so_far(before[order])]
        if ordered:
            place = np.searchsorted(runs.rate[order, i - 1], runs.rate[i, i:], side="right") - 1
        else:
            place = np.full(m - i, i - 1)
        reachable = place >= 0
        gained = np.where(reachable, running[np.maximum(place, 0)], -np.inf)
        best[i, i:] = runs.worth[i, i:] + gained
        back[i, i:] = np.where(reachable, holder[np.maximum(place, 0)], -1)
    return best, back


def _argmax_so_far(values: FloatArray) -> IntArray:
    """Position of the first running maximum."""
    running = np.maximum.accumulate(values)
    fresh = np.concatenate([[True], running[1:] > running[:-1]])
    result: IntArray = np.maximum.accumulate(np.where(fresh, np.arange(values.size), 0))
    return result


def _best(worth: FloatArray, best: FloatArray, back: IntArray) -> Segmentation:
    last = worth.shape[0] - 1
    i = int(np.argmax(best[:, last]))
    return Segmentation(_walk(back, i, last), float(best[i, last]))


def _walk(back: IntArray, start: int, end: int) -> tuple[int, ...]:
    starts = [start]
    while start > 0:
        start, end = int(back[start, end]), start - 1
        starts.append(start)
    return tuple(reversed(starts))


def _turning(runs: _Runs) -> Segmentation:
    """Rates rise to one run and fall after it: the best of all turning runs, from both sides."""
    m = runs.worth.shape[0]
    up, up_back = _chains(runs, ordered=True)
    mirrored = _Runs(runs.worth[::-1, ::-1].T.copy(), runs.rate[::-1, ::-1].T.copy())
    down, down_back = _chains(mirrored, ordered=True)
    with np.errstate(invalid="ignore"):
        both = up + down[::-1, ::-1].T - runs.worth
    both[~np.isfinite(both)] = -np.inf
    i, j = (int(k) for k in np.unravel_index(int(np.argmax(both)), both.shape))
    left = _walk(up_back, i, j)
    mirrored_starts = _walk(down_back, m - 1 - j, m - 1 - i)
    # A mirrored run that starts at s ends, read forwards, at m - 1 - s; the next forward run starts one later.
    right = tuple(sorted(m - s for s in mirrored_starts if s > 0))
    return Segmentation(left + right, float(both[i, j]))
