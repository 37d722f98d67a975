"""What a product's loans come to: interest and fees of their real cash flows, less loss, funding and work."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import sqrt
from typing import Any, Final

import numpy as np

from tandem.learn.assessment.asked import Assumptions
from tandem.learn.assessment.flows import Quoted, UnitResult, result_of
from tandem.learn.assessment.population import Lent, Row
from tandem.learn.assessment.report import Economics, MoneyLine
from tandem.learn.effect import rate_of

__all__ = ["economics_of"]

_Z: Final = 1.959963984540054
"""Two-sided 95 %."""


@dataclass(frozen=True)
class _Ways:
    """What each loan comes to in minor units, one way it can go."""

    interest: Row
    fees: Row
    loss: Row
    funding: Row
    operating: Row
    balance_years: Row

    @property
    def net(self) -> Row:
        found: Row = self.interest + self.fees - self.loss - self.funding - self.operating
        return found

    def mixed(self, other: _Ways, share: Row) -> _Ways:
        """This with probability ``1 - share``, ``other`` with ``share``."""
        return _Ways(*(
            getattr(self, one.name) * (1 - share) + getattr(other, one.name) * share for one in fields(self)
        ))  # fmt: skip

    def some(self, rows: Row) -> _Ways:
        return _Ways(*(getattr(self, one.name)[rows] for one in fields(self)))


def economics_of(name: str, lent: Lent, bad: Row, inferred: Row, quoted: Quoted, given: Assumptions) -> Economics:
    """The loans of the product called ``name`` by what became of each applicant.

    The interval of the expected net has three parts: the mix of loans that happened to come (a sum of as many independent
    ones), how the unknown ones will go (Bernoulli), and, where they are weighed by the known bad rate, that this is a
    share of so many only. What a wrong assumption does is in none of them.

    Args:
        bad: 1 badly, 0 well, -1 unknown. inferred: probability of a model; NaN where there is none.
        quoted: the cash flows of a draw.
    """
    rows = np.flatnonzero(lent.approved)
    amount, bad, chance = lent.amount[rows], bad[rows], inferred[rows].astype(np.float64)
    good_way, bad_way = _ways(name, amount, lent.term[rows], lent.rate_bps[rows], quoted, given)
    known, gone = bad >= 0, bad == 1
    share, weighed_by = _chances(known, gone, chance)
    as_known = good_way.mixed(bad_way, gone.astype(np.float64))
    reached = good_way.mixed(bad_way, np.where(known, gone, np.nan_to_num(share)))
    expected = None
    if not np.isnan(share).any():
        spread = _spread(good_way.net, bad_way.net, reached.net, share, known, by_rate=weighed_by == "known")
        expected = _line(amount, reached, spread)
    return Economics(
        known=_line(amount[known], as_known.some(known), None),
        expected=expected,
        weighed_by=weighed_by,
        all_good_minor=round(float(np.where(gone, bad_way.net, good_way.net).sum())),
        all_bad_minor=round(float(np.where(known & ~gone, good_way.net, bad_way.net).sum())),
        bad_rate=rate_of(int(gone.sum()), int(known.sum())),
        loss_share=None if expected is None or not expected.lent_minor else expected.loss_minor / expected.lent_minor,
    )


def _ways(name: str, amount: Row, term: Row, rate: Row, quoted: Quoted, given: Assumptions) -> tuple[_Ways, _Ways]:
    """Each loan paid to the end, and gone bad; every pair of term and rate is quoted once."""
    pairs, which = np.unique(np.stack([term, rate]), axis=1, return_inverse=True)
    which = which.reshape(-1)
    good, gone = [], []
    for count, bps in pairs.T.tolist():
        flows = quoted(name, int(count), int(bps))
        good.append(result_of(flows, given, bad=False))
        gone.append(result_of(flows, given, bad=True))
    return _scaled(amount, which, good, given), _scaled(amount, which, gone, given)


def _scaled(amount: Row, which: Row, results: list[UnitResult], given: Assumptions) -> _Ways:
    def of(name: str) -> Any:
        values = np.array([getattr(one, name) for one in results], dtype=np.float64)
        return values[which] if len(values) else np.zeros(len(amount))

    return _Ways(
        interest=amount * of("interest"),
        fees=amount * of("fees"),
        loss=amount * of("loss"),
        funding=amount * of("funding"),
        operating=given.opening_minor + given.servicing_minor * of("instalments"),
        balance_years=amount * of("balance_years"),
    )


def _chances(known: Row, gone: Row, chance: Row) -> tuple[Row, str]:
    """How probable a bad end is, row by row, and by what that is said."""
    share = np.where(known, gone.astype(np.float64), chance)
    if known.all():
        return share, ""
    if not np.isnan(share).any():
        return share, "model"
    if not known.any():
        return share, ""
    rate = float(gone.sum()) / float(known.sum())
    return np.where(known, gone.astype(np.float64), rate), "known"


def _spread(good: Row, gone: Row, reached: Row, share: Row, known: Row, *, by_rate: bool) -> float | None:
    """Half the interval of the sum."""
    count = len(reached)
    if count < 2:
        return None
    unknown = ~known
    variance = count * float(reached.var(ddof=1))
    variance += float((share * (1 - share) * (good - gone) ** 2)[unknown].sum())
    if by_rate:
        rate = float(share[unknown][0])
        variance += float((good - gone)[unknown].sum()) ** 2 * rate * (1 - rate) / max(int(known.sum()), 1)
    return _Z * sqrt(variance)


def _line(amount: Row, ways: _Ways, half: float | None) -> MoneyLine:
    net = ways.net
    count, total = len(net), float(net.sum())
    if half is None and count >= 2:
        half = _Z * sqrt(count * float(net.var(ddof=1)))
    years = float(ways.balance_years.sum())
    return MoneyLine(
        counted=count,
        lent_minor=round(float(amount.sum())),
        interest_minor=round(float(ways.interest.sum())),
        fees_minor=round(float(ways.fees.sum())),
        loss_minor=round(float(ways.loss.sum())),
        funding_minor=round(float(ways.funding.sum())),
        operating_minor=round(float(ways.operating.sum())),
        net_minor=round(total),
        net_low_minor=None if half is None else round(total - half),
        net_high_minor=None if half is None else round(total + half),
        yearly_bps=10_000 * total / years if years > 0 else None,
    )
