"""Cut-offs of a score: approval against bad rate, and what a stated price makes of it."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from tandem.learn.backtest.counting import Counter
from tandem.learn.backtest.report import Bounds, Cutoffs, CutPoint
from tandem.learn.effect import rate_of

__all__ = ["cutoffs_of"]

_POINTS: Final = 100
_Array = np.ndarray[Any, Any]


def cutoffs_of(counter: Counter, name: str) -> Cutoffs | None:
    """Up to 101 cut-offs, at equal steps of approval, of the score in the ledger; None where nothing is scored.

    A cut-off approves whoever scores below it. It stands between two scores that occur, so ties are never split.
    """
    ledger = counter.ledger
    rows = np.flatnonzero(ledger.both & ~np.isnan(ledger.score))
    if not len(rows):
        return None
    rows = rows[np.argsort(ledger.score[rows], kind="stable")]
    score = ledger.score[rows]
    ends = np.unique(np.searchsorted(score, score[_steps(len(score))], side="right"))
    taken = np.concatenate([[0], ends]).astype(np.int64)
    sums = _Sums(counter, rows)
    points = tuple(_point(sums, score, int(end)) for end in taken.tolist())
    best = None
    if points[0].profit_bounds is not None:
        best = int(np.argmax([0.0 if one.profit_bounds is None else one.profit_bounds.known or 0.0 for one in points]))
    return Cutoffs(score=name, scored=len(rows), points=points, best=best, auc=_auc(ledger.bad[rows], score))


def _steps(count: int) -> _Array:
    steps: _Array = np.unique(np.ceil(np.linspace(1, count, min(_POINTS, count))).astype(np.int64) - 1)
    return steps


class _Sums:
    """Running sums over decisions from the least risky on; entry ``n`` is over the first ``n``."""

    def __init__(self, counter: Counter, rows: _Array) -> None:
        ledger = counter.ledger
        bad, unknown = ledger.bad[rows] == 1, ledger.bad[rows] < 0
        good = ~bad & ~unknown
        guess = np.where(unknown, ledger.inferred[rows], 0.0)
        self.bad, self.good, self.unknown = (_running(one) for one in (bad, good, unknown))
        self.guess = _running(guess)
        self.priced = counter.with_amounts and counter.price is not None
        gain = counter.profit_of(np.zeros(len(ledger)), np.ones(len(ledger), dtype=bool))[rows]
        loss = counter.profit_of(np.ones(len(ledger)), np.ones(len(ledger), dtype=bool))[rows]
        self.profit = _running(np.where(bad, loss, np.where(good, gain, 0.0)))
        self.if_good = _running(np.where(unknown, gain, 0.0))
        self.if_bad = _running(np.where(unknown, loss, 0.0))
        self.if_guess = _running(np.where(unknown, gain * (1 - guess) + loss * guess, 0.0))


def _running(values: _Array) -> _Array:
    return np.concatenate([[0], np.cumsum(values)])


def _point(sums: _Sums, score: _Array, end: int) -> CutPoint:
    bad, good, unknown = int(sums.bad[end]), int(sums.good[end]), int(sums.unknown[end])
    guess = float(sums.guess[end])
    known = bad + good
    profit = None
    if sums.priced:
        told = float(sums.profit[end])
        profit = Bounds(
            known=round(told, 2),
            all_good=round(told + float(sums.if_good[end]), 2),
            all_bad=round(told + float(sums.if_bad[end]), 2),
            inferred=None if np.isnan(guess) else round(told + float(sums.if_guess[end]), 2),
        )
    # Just above the last score that is approved: whoever scores below the cut.
    cut = float(np.nextafter(score[end - 1], np.inf)) if end else float(score[0])
    return CutPoint(
        cut=cut,
        approved=rate_of(end, len(score)),
        bad_rate=rate_of(bad, known),
        bad_bounds=Bounds(
            known=bad / known if known else None,
            all_good=bad / end if end else None,
            all_bad=(bad + unknown) / end if end else None,
            inferred=(bad + guess) / end if end and not np.isnan(guess) else None,
        ),
        profit_bounds=profit,
    )


def _auc(bad: _Array, score: _Array) -> float | None:
    """The share of (bad, good) pairs in which the bad one scores higher, ties as half; scores in rising order."""
    known = bad >= 0
    bad, score = bad[known] == 1, score[known]
    bads, goods = int(bad.sum()), int((~bad).sum())
    if not bads or not goods:
        return None
    _, first, counts = np.unique(score, return_index=True, return_counts=True)
    ranks = np.repeat(first + (counts + 1) / 2, counts)
    return float((ranks[bad].sum() - bads * (bads + 1) / 2) / (bads * goods))
