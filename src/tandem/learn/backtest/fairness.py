"""Approval by group of a recorded field: rates on both sides, and the ratio to the group approved most often."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from tandem.learn.backtest.counting import Counter
from tandem.learn.backtest.ledger import APPROVE
from tandem.learn.backtest.report import FairGroup, Fairness
from tandem.learn.effect import EffectRate, rate_of

__all__ = ["fairness_of"]

_YARDSTICK: Final = 30
_GROUPS_MAX: Final = 20


def fairness_of(counter: Counter) -> tuple[Fairness, ...]:
    """One table a segment of the ledger; at most 20 groups, the largest."""
    ledger = counter.ledger
    before = ledger.both & (ledger.before == APPROVE)
    after = ledger.both & (ledger.after == APPROVE)
    found = []
    for field, (labels, codes) in ledger.segments.items():
        size = len(labels)
        sums = {
            name: np.bincount(codes[mask], minlength=size).tolist()
            for name, mask in (
                ("all", ledger.both),
                ("before", before),
                ("after", after),
                ("bad", after & counter.is_bad),
                ("good", after & counter.is_good),
            )
        }
        order = sorted(
            (at for at in range(size) if sums["all"][at]), key=lambda at: (-sums["all"][at], str(labels[at]))
        )
        rates = {
            side: {at: rate_of(sums[side][at], sums["all"][at]) for at in order[:_GROUPS_MAX]}
            for side in ("before", "after")
        }
        best = {side: _best(rates[side].values()) for side in rates}
        groups = tuple(
            FairGroup(
                label=labels[at],
                decisions=sums["all"][at],
                approved_before=rates["before"][at],
                approved_after=rates["after"][at],
                ratio_before=_ratio(rates["before"][at], best["before"]),
                ratio_after=_ratio(rates["after"][at], best["after"]),
                bad_rate_after=rate_of(sums["bad"][at], sums["bad"][at] + sums["good"][at]),
            )
            for at in order[:_GROUPS_MAX]
        )
        found.append(Fairness(field=field, groups=groups))
    return tuple(found)


def _best(rates: Iterable[EffectRate]) -> float | None:
    shares = [one.share for one in rates if one.whole >= _YARDSTICK and one.share is not None]
    return max(shares, default=None)


def _ratio(rate: EffectRate, best: float | None) -> float | None:
    return None if not best or rate.share is None else rate.share / best
