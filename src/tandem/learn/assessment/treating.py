"""How groups are treated: how often each is approved beside the one approved most often, and what each pays."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Final

import numpy as np

from tandem.learn.assessment.population import Lent, Row
from tandem.learn.assessment.report import GroupPrice, GroupTreated, Treated
from tandem.learn.effect import EffectRate, rate_of

__all__ = ["FEWEST", "treated_by"]

_Z: Final = 1.959963984540054
"""Two-sided 95 %."""
FEWEST: Final = 30
"""Decisions that a group needs before it is compared."""


def treated_by(by: str, labels: tuple[str, ...], codes: Row, lent: Lent, bad: Row) -> Treated:
    """Approval and price of each group of ``by``.

    Ratios of approval have Katz's interval, normal in the logarithm (Katz et al. 1978, Biometrics 34, 469-474); mean rates
    and their differences are compared as two samples of unequal variance (Welch 1947).

    Args:
        codes: the place in ``labels`` of each row; an empty label is an unknown one.
    """
    sizes = np.bincount(codes, minlength=len(labels)) if len(labels) else np.zeros(0, dtype=np.int64)
    order = sorted((at for at in range(len(labels)) if sizes[at]), key=lambda at: (-int(sizes[at]), labels[at]))
    rates = {at: rate_of(int(lent.approved[codes == at].sum()), int(sizes[at])) for at in order}
    compared = [at for at in order if sizes[at] >= FEWEST and labels[at]]
    best = max(compared, key=lambda at: rates[at].share or 0.0, default=None)
    priced = {at: lent.rate_bps[(codes == at) & lent.approved].astype(np.float64) for at in order}
    cheapest = min(
        (at for at in compared if len(priced[at]) >= FEWEST), key=lambda at: float(priced[at].mean()), default=None
    )
    groups = []
    for at in order:
        known = (codes == at) & lent.approved & (bad >= 0)
        ratio = None
        if best is not None and at != best and at in compared:
            ratio = _ratio(rates[at], rates[best])
        base = priced[at] if cheapest is None else priced[cheapest]
        groups.append(
            GroupTreated(
                label=labels[at],
                decisions=int(sizes[at]),
                approved=rates[at],
                bad_rate=rate_of(int((bad[known] == 1).sum()), int(known.sum())),
                ratio=None if ratio is None else ratio[0],
                ratio_low=None if ratio is None else ratio[1],
                ratio_high=None if ratio is None else ratio[2],
                price=_price(priced[at], base, same=cheapest in {None, at}),
            )
        )
    return Treated(by=by, groups=tuple(groups))


def _ratio(one: EffectRate, best: EffectRate) -> tuple[float, float, float] | None:
    if not best.share or one.share is None:
        return None
    ratio = one.share / best.share
    if not one.part:
        return 0.0, 0.0, min(1.0, (one.high or 0.0) / best.share)
    spread = _Z * sqrt((1 - one.share) / one.part + (1 - best.share) / best.part)
    return ratio, exp(log(ratio) - spread), exp(log(ratio) + spread)


def _price(rates: Row, base: Row, *, same: bool) -> GroupPrice | None:
    if len(rates) < 2 or len(base) < 2:
        return None
    mean, error = float(rates.mean()), float(rates.std(ddof=1)) / sqrt(len(rates))
    above = 0.0 if same else mean - float(base.mean())
    apart = 0.0 if same else sqrt(error**2 + float(base.var(ddof=1)) / len(base))
    return GroupPrice(
        mean_bps=mean,
        low_bps=mean - _Z * error,
        high_bps=mean + _Z * error,
        above_bps=above,
        above_low_bps=above - _Z * apart,
        above_high_bps=above + _Z * apart,
    )
