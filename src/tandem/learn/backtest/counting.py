"""Counting decisions by what became of them, with intervals and with bounds for what nobody knows."""

from __future__ import annotations

from math import sqrt
from typing import Any, Final

import numpy as np

from tandem.learn.backtest.asked import Price
from tandem.learn.backtest.batches import Flags
from tandem.learn.backtest.ledger import Ledger
from tandem.learn.backtest.report import Bounds, Group, MoneySum
from tandem.learn.effect import rate_of

__all__ = ["Counter", "money_sum"]

_Z: Final = 1.959963984540054
"""Two-sided 95 %."""


class Counter:
    """Counts groups of one ledger.

    Args:
        with_amounts: whether an amount at stake is defined.
        price: None: nothing is earned or lost by a stated price.
    """

    def __init__(self, ledger: Ledger, *, with_amounts: bool, price: Price | None) -> None:
        self.ledger = ledger
        self.with_amounts = with_amounts
        self.price = price
        self.is_bad, self.is_good, self.is_unknown = ledger.bad == 1, ledger.bad == 0, ledger.bad < 0
        self._earned = ledger.amount * (0.0 if price is None else price.margin)
        self._lost = ledger.amount * (0.0 if price is None else price.lgd)

    def group(self, mask: Flags) -> Group:
        """The decisions of ``mask``."""
        ledger = self.ledger
        bad_mask, good_mask, unknown_mask = mask & self.is_bad, mask & self.is_good, mask & self.is_unknown
        bad, good, unknown = (int(one.sum()) for one in (bad_mask, good_mask, unknown_mask))
        count = bad + good + unknown
        guessed = ledger.inferred[unknown_mask]
        guess = float(guessed.sum()) if not np.isnan(guessed).any() else None
        found: dict[str, Any] = {
            "count": count,
            "bad": bad,
            "good": good,
            "unknown": unknown,
            "bad_rate": rate_of(bad, bad + good),
            "bad_bounds": _shares(bad, good, unknown, guess),
        }
        if self.with_amounts:
            found["amount_minor"] = _whole(ledger.amount[mask])
            found["bad_amount_minor"] = _whole(ledger.amount[bad_mask])
            found["good_amount_minor"] = _whole(ledger.amount[good_mask])
        if self.with_amounts and self.price is not None:
            known = np.where(self.is_bad, -self._lost, self._earned)[mask & ~self.is_unknown]
            found["loss"] = money_sum(self._lost[bad_mask])
            found["margin"] = money_sum(self._earned[good_mask])
            found["profit"] = money_sum(known)
            found["profit_bounds"] = self._profit_bounds(float(known.sum()), unknown_mask)
        return Group(**found)

    def profit_of(self, probability: np.ndarray[Any, Any], rows: Flags) -> np.ndarray[Any, Any]:
        """Expected profit of ``rows`` where each goes badly with a probability."""
        expected: np.ndarray[Any, Any] = self._earned[rows] * (1 - probability) - self._lost[rows] * probability
        return expected

    def _profit_bounds(self, known: float, unknown: Flags) -> Bounds:
        guessed = self.ledger.inferred[unknown]
        inferred = None
        if not np.isnan(guessed).any():
            inferred = known + float(self.profit_of(guessed, unknown).sum())
        return Bounds(
            known=round(known, 2),
            all_good=round(known + float(self._earned[unknown].sum()), 2),
            all_bad=round(known - float(self._lost[unknown].sum()), 2),
            inferred=None if inferred is None else round(inferred, 2),
        )


def money_sum(values: np.ndarray[Any, Any]) -> MoneySum:
    """The sum of ``values`` (minor units) with the 95 % interval of a sum of as many independent ones."""
    count, total = len(values), float(values.sum())
    if count < 2:
        return MoneySum(amount_minor=round(total), counted=count)
    half = _Z * sqrt(count * float(values.var(ddof=1)))
    return MoneySum(amount_minor=round(total), counted=count, low=round(total - half), high=round(total + half))


def _shares(bad: int, good: int, unknown: int, guess: float | None) -> Bounds:
    count, known = bad + good + unknown, bad + good
    if count == 0:
        return Bounds(known=None, all_good=None, all_bad=None)
    return Bounds(
        known=bad / known if known else None,
        all_good=bad / count,
        all_bad=(bad + unknown) / count,
        inferred=None if guess is None else (bad + guess) / count,
    )


def _whole(values: np.ndarray[Any, Any]) -> int:
    return round(float(values.sum()))
