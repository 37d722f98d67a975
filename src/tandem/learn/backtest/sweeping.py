"""Another number in a rule: the candidate decided again for every value that is tried."""

from __future__ import annotations

from typing import Any

import numpy as np

from tandem.learn.backtest.counting import Counter
from tandem.learn.backtest.deciding import Decided, Decider
from tandem.learn.backtest.ledger import APPROVE
from tandem.learn.backtest.report import SweepPoint
from tandem.learn.backtest.rule_hits import fired_rows
from tandem.learn.backtest.sides import DecidingSide
from tandem.learn.effect import rate_of

__all__ = ["Sweep"]


class Sweep:
    """One value.

    Args:
        side: the candidate with the value in its rule.
        when: the condition as it then reads.
    """

    def __init__(self, side: DecidingSide, rule: str, value: float, when: str) -> None:
        self._side, self._rule, self._value, self._when = side, rule, value, when
        self._outcomes: list[Any] = []
        self._hits = 0

    def add(self, decided: Decided, decider: Decider) -> None:
        """One batch, decided by the candidate: the same facts and scores, the other number."""
        result = decider.run(decided.table, whole=True, side=self._side)
        outcome = np.where(decided.possible, result.outcome, -1)
        self._outcomes.append(outcome)
        rows = fired_rows(result, self._side).get(self._rule)
        self._hits += 0 if rows is None else int(decided.possible[rows].sum())

    def point(self, counter: Counter) -> SweepPoint:
        """What it came to. A decision that needs a score only with this number, and has none, counts as not approved."""
        outcome = np.concatenate(self._outcomes) if self._outcomes else np.empty(0, dtype=np.int8)
        both = counter.ledger.both
        approved = both & (outcome == APPROVE)
        stands = both & (counter.ledger.after == APPROVE)
        return SweepPoint(
            value=self._value,
            when=self._when,
            approved=rate_of(int(approved.sum()), int(both.sum())),
            standing=counter.group(approved),
            gained=counter.group(approved & ~stands),
            lost=counter.group(stands & ~approved),
            hits=self._hits,
        )
