"""What a plan earns as time passes, as a formula that numpy can count for a million of them: pure.

Between two days on which something falls due, begins or ends, income is a constant and some terms, each
``min(nearest(c + b * part, d), cap)`` of a part of a year that all plans share, the same numbers rounded in the same place
as in ``plan``. ``formula_of`` gives the formula and the last day on which it holds; ``Plan.earned`` is the count that it
has to agree with, to the minor unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple, TypeAlias

from tandem.act.lending.plan import NEVER, Line, Plan
from tandem.act.products import Day, nearest, part_of_year
from tandem.kernel.time import days_to_date

__all__ = ["BASES", "Basis", "Formula", "Term", "clock_of", "formula_of"]

Basis: TypeAlias = Literal["days", "thirty"]
"""How a term counts time: by days, or by months of thirty days (30E/360)."""
BASES: Final[tuple[Basis, ...]] = ("days", "thirty")
_BPS: Final = 10_000
_HORIZON: Final = 1_000
"""Days ahead up to which a formula holds at most, so that its numbers stay within 64 bits."""
_WIDEST: Final = 2**62


class Term(NamedTuple):
    """A part of what is earned, from the day after ``after`` on; before, ``c`` alone counts.

    It is ``min(nearest(c + b * (clock - start), d), cap)`` minor units, with the clock of ``basis`` on that day.

    Attributes:
        penalty: of what being late costs; else of interest.
    """

    penalty: bool
    basis: Basis
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


def clock_of(basis: Basis, day: Day) -> int:
    """The clock of ``basis`` at the end of ``day``; differences of it are what ``part_until`` counts."""
    if basis == "days":
        return day
    date = days_to_date(day)
    return 360 * date.year + 30 * date.month + min(date.day, 30)


def formula_of(plans: Iterable[Plan], day: Day) -> Formula:
    """What ``plans``, of one account, earn together on ``day`` and as long after as nothing changes how.

    A plan of which something happened after ``day`` counts as it was then, on that day alone.
    """
    until, sums, terms = day + _HORIZON, [0, 0, 0], list[Term]()
    for one in plans:
        at = max(day, one.day)
        found = _Found(one.on(at))
        holds = found.until if at == day else day
        if holds < at or any(_too_wide(term, day) for term in found.terms):
            holds, found.sums, found.terms = day, list(one.earned(at)), []
        until = min(until, holds)
        terms += found.terms
        for place, amount in enumerate(found.sums):
            sums[place] += amount
    return Formula(day, until, sums[0], sums[1], sums[2], tuple(terms))


class _Found:
    """The formula of one plan from its own day on."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._day = plan, plan.day
        totals = plan.totals
        self.sums = [totals.interest_met, totals.fee_met, totals.penalty_met]
        self.terms: list[Term] = []
        self.until: Day = NEVER
        coming = [line for line in plan.lines if line.span.due > self._day]
        if totals.waiting and len(coming) < len(plan.lines):
            self.until = self._day - 1  # money waits beside what is due: not seen, and counted plan by plan
        for line in plan.lines[: len(plan.lines) - len(coming)]:
            self._due(line)
        if coming:
            self.until = min(self.until, coming[0].span.due - 1)
            self._coming(coming)

    def _due(self, line: Line) -> None:
        terms = self._plan.terms
        self.sums[0] += line.interest
        self.sums[1] += line.fee
        self.sums[2] -= line.penalty_met
        rate = terms.overdue_bps_per_day
        self.terms.append(
            Term(
                penalty=True, basis="days", after=line.span.due + terms.grace_days, start=line.counted,
                c=line.late_minor_days * rate, b=line.principal * rate, d=_BPS, cap=_WIDEST,
            )
        )  # fmt: skip

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
                basis: Basis = "days" if by_days else "thirty"
                whole, of = part_of_year(rule, span)
                a = balance * self._plan.rate_bps
                self.terms.append(
                    Term(
                        penalty=False, basis=basis, after=span.starts, start=clock_of(basis, span.starts), c=0, b=a,
                        d=_BPS * (365 if by_days and rule.day_count != "actual_360" else 360),
                        cap=min(line.interest, nearest(a * whole, _BPS * of)),
                    )
                )  # fmt: skip
            balance -= line.principal


def _too_wide(term: Term, day: Day) -> bool:
    most = term.c + term.b * max(clock_of(term.basis, day) + 2 * _HORIZON - term.start, 1)
    return 2 * most + term.d >= _WIDEST
