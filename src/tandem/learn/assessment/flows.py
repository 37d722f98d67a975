"""What one unit of money lent brings: the real cash flows of a quote, paid to the end, or until the loan goes bad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from tandem.learn.assessment.asked import Assumptions

__all__ = ["Quoted", "UnitFlows", "UnitResult", "result_of"]

_BPS = 10_000


class UnitFlows(msgspec.Struct, frozen=True, kw_only=True):
    """A schedule per unit of principal, one entry an instalment.

    Attributes:
        years: from the draw to when it is due.
        principal, interest, fees: what is paid then; principal sums to one.
    """

    years: tuple[float, ...]
    principal: tuple[float, ...]
    interest: tuple[float, ...]
    fees: tuple[float, ...]


Quoted: TypeAlias = Callable[[str, int, int], UnitFlows]
"""What a draw on the product of that name comes to, over so many instalments at a yearly rate in basis points."""


class UnitResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a unit lent comes to, of one way it can go.

    Attributes:
        interest, fees: received; funding: paid for the money; loss: principal that never comes back.
        balance_years: what was outstanding, times for how long.
        instalments: that were served, the one that was not paid included.
    """

    interest: float
    fees: float
    funding: float
    loss: float
    balance_years: float
    instalments: int


def result_of(flows: UnitFlows, given: Assumptions, *, bad: bool) -> UnitResult:
    """``flows`` paid to the end; ``bad``: only the first instalments, then no more.

    A loan that goes bad pays ``paid_before_bad`` of its instalments, rounded down; money is bound until the first one that
    is not paid, and of what is then outstanding ``lgd`` is lost. So loss falls on the exposure at default, not on the
    amount lent.
    """
    count = len(flows.years)
    paid = int(count * given.paid_before_bad) if bad else count
    served = min(paid + 1, count)
    bound = _bound(flows, served)
    outstanding = 1.0 - sum(flows.principal[:paid])
    return UnitResult(
        interest=sum(flows.interest[:paid]),
        fees=sum(flows.fees[:paid]),
        funding=bound * given.funding_bps / _BPS,
        loss=max(outstanding, 0.0) * given.lgd if bad else 0.0,
        balance_years=bound,
        instalments=served,
    )


def _bound(flows: UnitFlows, served: int) -> float:
    starts: Sequence[float] = (0.0, *flows.years[: served - 1])
    balance, found = 1.0, 0.0
    for at in range(served):
        found += balance * (flows.years[at] - starts[at])
        balance -= flows.principal[at]
    return found
