"""What a plan earns as time passes, as a formula that numpy can count for a million of them: pure.

Between two days on which something falls due, begins or ends, income is a constant and some terms, each
``min(nearest(c + b * part, d), cap)`` of a part of a year that all plans share, the same numbers rounded in the same place
as in ``plan``. ``formula_of`` gives the formula and the last day on which it holds; ``Plan.earned`` is the count that it
has to agree with, to the minor unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from tandem.act.lending.plan import NEVER, Line, Plan
from tandem.act.products import Day, nearest, part_of_year
from tandem.kernel.time import days_to_date

__all__ = ["BASES", "Formula", "Term", "clock_of", "formula_of"]

BASES: Final = 2
_DAYS: Final = 0
_THIRTY: Final = 1
"""How a term counts time: by days, or by months of thirty days (30E/360)."""
_BPS: Final = 10_000
_HORIZON: Final = 1_000
"""Days ahead up to which a formula holds at most, so that its numbers stay within 64 bits."""
_LONGEST: Final = 100_000
"""Days that no part of a year counted here comes near to."""
_WIDEST: Final = 2**60


class Term(NamedTuple):
    """A part of what is earned, from the day after ``after`` on; before, ``c`` alone counts.

    It is ``min(nearest(c + b * (clock - start), d), cap)`` minor units, with the clock of ``basis`` on that day.

    Attributes:
        penalty: of what being late costs; else of interest.
    """

    penalty: bool
    basis: int
    after: Day
    start: int
    c: int
    b: int
    d: int
    cap: int


class Formula(NamedTuple):
    """What is earned on each day from ``since`` to ``until``, both included: three constants and the terms."""

    since: Day
    until: Day
    interest: int
    fee: int
    penalty: int
    terms: tuple[Term, ...]


def clock_of(basis: int, day: Day) -> int:
    """The clock of ``basis``, a place from 0 below ``BASES``, at the end of ``day``; ``part_until`` counts differences of it."""
    return day if basis == _DAYS else _thirty(day)


@lru_cache(maxsize=4_096)
def _thirty(day: Day) -> int:
    date = days_to_date(day)
    return 360 * date.year + 30 * date.month + min(date.day, 30)


def formula_of(plans: Iterable[Plan], day: Day) -> Formula:
    """What ``plans``, of one account, earn together on ``day`` and as long after as nothing changes how.

    A plan of which something happened after ``day`` counts as it was then, on that day alone.
    """
    until, sums, terms = day + _HORIZON, [0, 0, 0], list[Term]()
    for one in plans:
        at = max(day, one.day)
        if at == day and not _too_wide(one):
            found = _Found(one.on(at))
            holds, amounts = found.until, found.sums
        else:
            holds, amounts = day - 1, []
        if holds < day:
            holds, amounts = day, list(one.earned(at))
        else:
            terms += found.terms
        until = min(until, holds)
        for place, amount in enumerate(amounts):
            sums[place] += amount
    return Formula(day, until, sums[0], sums[1], sums[2], tuple(terms))


class _Found:
    """The formula of one plan from its own day on."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._day = plan, plan.day
        totals, lines = plan.totals, plan.lines
        self.sums = [totals.interest_met, totals.fee_met, totals.penalty_met]
        self.terms: list[Term] = []
        self.until: Day = NEVER
        due = 0
        while due < len(lines) and lines[due].span.due <= self._day:
            due += 1
        if due and totals.waiting:
            self.until = self._day - 1  # money waits beside what is due: not seen, and counted plan by plan
        self._due(lines[:due])
        if due < len(lines):
            self.until = min(self.until, lines[due].span.due - 1)
            self._coming(lines[due:])

    def _due(self, lines: list[Line]) -> None:
        terms = self._plan.terms
        rate, grace = terms.overdue_bps_per_day, terms.grace_days
        for line in lines:
            self.sums[0] += line.interest
            self.sums[1] += line.fee
            self.sums[2] -= line.penalty_met
            if rate:
                late, owed = line.late_minor_days * rate, line.principal * rate
                self.terms.append(Term(True, _DAYS, line.span.due + grace, line.counted, late, owed, _BPS, _WIDEST))

    def _coming(self, coming: list[Line]) -> None:
        rule, day = self._plan.terms.rule, self._day
        balance = sum(line.principal for line in coming)
        for line in coming:
            span = line.span
            if span.starts >= day:
                self.until = min(self.until, span.starts)
                return
            if day >= span.until:
                self.sums[0] += line.interest
            else:
                self.until = min(self.until, span.until - 1)
                by_days = rule.day_count.startswith("actual") or (rule.day_count == "periods" and rule.every != "month")
                basis = _DAYS if by_days else _THIRTY
                whole, of = part_of_year(rule, span)
                rate = balance * self._plan.rate_bps
                year = 365 if by_days and rule.day_count != "actual_360" else 360
                cap = min(line.interest, nearest(rate * whole, _BPS * of))
                self.terms.append(
                    Term(False, basis, span.starts, clock_of(basis, span.starts), 0, rate, _BPS * year, cap)
                )
            balance -= line.principal


def _too_wide(plan: Plan) -> bool:
    """Whether numbers of its formula may not fit into 64 bits."""
    rate = max(plan.rate_bps, plan.terms.overdue_bps_per_day)
    most = sum(line.principal * _LONGEST + line.late_minor_days for line in plan.lines)
    return (most + 1) * rate >= _WIDEST
