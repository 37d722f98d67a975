"""The swap set: who comes in and who goes out, as the two sides decide, and with equally many approved."""

from __future__ import annotations

import numpy as np

from tandem.learn.backtest.batches import Flags
from tandem.learn.backtest.counting import Counter
from tandem.learn.backtest.ledger import APPROVE, Ledger
from tandem.learn.backtest.report import SwapSet

__all__ = ["approved_in_order", "swap_sets"]


def swap_sets(counter: Counter) -> tuple[SwapSet, ...]:
    """As decided; and at equal approval where the candidate's score says in which order it would approve."""
    ledger = counter.ledger
    before = ledger.both & (ledger.before == APPROVE)
    after = ledger.both & (ledger.after == APPROVE)
    found = [_swap("as_decided", counter, before, after)]
    scored = ledger.both & ~np.isnan(ledger.score)
    if scored.any():
        found.append(_swap("equal_approval", counter, before, approved_in_order(ledger, int(before.sum()))))
    return tuple(found)


def approved_in_order(ledger: Ledger, count: int) -> Flags:
    """The ``count`` decisions that the candidate would approve first.

    Its outcome orders them (approve, review, decline), then its score, the least risk first, those without a score last;
    then the journal. So a candidate that approves too many gives up the riskiest, and one that approves too few takes
    the least risky of those it would review, and then of those it would decline.
    """
    rows = np.flatnonzero(ledger.both)
    score = np.where(np.isnan(ledger.score[rows]), np.inf, ledger.score[rows])
    order = np.lexsort((ledger.seq[rows], score, -ledger.after[rows].astype(np.int64)))
    chosen = np.zeros(len(ledger), dtype=bool)
    chosen[rows[order[:count]]] = True
    return chosen


def _swap(how: str, counter: Counter, before: Flags, after: Flags) -> SwapSet:
    both = counter.ledger.both
    return SwapSet(
        how=how,
        stay=counter.group(before & after),
        out=counter.group(before & ~after),
        swapped_in=counter.group(after & ~before),
        never=counter.group(both & ~before & ~after),
        approved_before=int(before.sum()),
        approved_after=int(after.sum()),
    )
