"""A plan as it stands: the fold of what happened to a draw, by the days it counts from.

``Plan.apply`` moves by one fact; facts come in the order of their days, and of two of the same day in the order in which
we heard of them. ``replayed`` folds them anew, which is what a back-dated or a reversed one needs. Time needs no facts:
what falls due, and what being late costs, follows from the day that is asked about.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Final, NamedTuple

import msgspec

from tandem.act.lending.errors import NotOwed, OutOfOrder
from tandem.act.lending.facts import Fact, FellDue, Paid, PlanTerms, Refunded, Rescheduled, Returned, Waived, WrittenOff
from tandem.act.lending.totals import Totals
from tandem.act.products import (
    Component,
    Day,
    Instalment,
    Span,
    amortised,
    equal_instalment,
    nearest,
    part_of_year,
    part_until,
    spans,
)

__all__ = ["NEVER", "Earned", "Line", "Owed", "Plan", "replayed"]

_BPS: Final = 10_000
NEVER: Final = 2**31 - 1
"""The due day of what is paid."""


class Line(msgspec.Struct, array_like=True, gc=False):
    """An instalment of which something is open.

    Attributes:
        fee, interest, principal: what is still to be met of it, in minor units.
        late_minor_days: overdue principal times the days it was overdue, so far.
        counted: the day up to which that is counted.
        penalty_met: penalty that was paid, waived, or made principal.
    """

    number: int
    span: Span
    fee: int
    interest: int
    principal: int
    counted: Day
    late_minor_days: int = 0
    penalty_met: int = 0


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer owes on a day, in minor units.

    Attributes:
        fee, penalty, interest, principal: due and unpaid.
        to_come: principal that is not yet due; accrued: interest of the running period so far.
        payoff: what pays everything now, the customer's waiting money taken off.
        days_past_due: since the oldest due date that is not wholly paid.
    """

    fee: int
    penalty: int
    interest: int
    principal: int
    to_come: int
    accrued: int
    payoff: int
    days_past_due: int
    next_due: Day | None
    next_minor: int

    @property
    def due(self) -> int:
        """All that is due and unpaid."""
        return self.fee + self.penalty + self.interest + self.principal


class Earned(NamedTuple):
    """Income by its kind, in minor units, since the draw."""

    interest: int
    fee: int
    penalty: int


class Plan(msgspec.Struct, array_like=True, gc=False):
    """One draw and its repayment.

    Attributes:
        day: the day of the last fact.
        lines: the open instalments, by due date.
        lost: whether it is written off.
        rate_bps: a year; a new schedule may have another.
        rescheduled: how often.
    """

    terms: PlanTerms
    day: Day
    lines: list[Line]
    totals: Totals
    lost: bool
    rate_bps: int
    rescheduled: int = 0

    @classmethod
    def drawn(cls, terms: PlanTerms) -> Plan:
        """The plan at its draw."""
        totals = Totals(drawn=terms.principal_minor)
        return cls(terms, terms.drawn_on, _lines(terms.instalments), totals, False, terms.rate_bps)

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def closed(self) -> bool:
        """Whether nothing is open."""
        return not self.lines

    def copy(self) -> Plan:
        """The plan as it is now; later facts do not reach it."""
        lines = [copy.copy(line) for line in self.lines]
        return Plan(self.terms, self.day, lines, copy.copy(self.totals), self.lost, self.rate_bps, self.rescheduled)

    def on(self, day: Day) -> Plan:
        """A copy on ``day``: what fell due by then was met by what waited, and what is late has cost so much.

        Raises:
            OutOfOrder: something happened after that day.
        """
        found = self.copy()
        found.pass_to(day)
        return found

    def owed(self, day: Day) -> Owed:
        """What is owed at the end of ``day``.

        Raises:
            OutOfOrder: something happened after that day.
        """
        return self.on(day).standing()

    def standing(self) -> Owed:
        """What is owed at the end of its own day."""
        day = self.day
        fee = penalty = interest = principal = 0
        for line in self.lines:
            if line.span.due > day:
                break
            fee += line.fee
            penalty += self.penalty_of(line)
            interest += line.interest
            principal += line.principal
        coming = [line for line in self.lines if line.span.due > day]
        to_come, accrued = sum(line.principal for line in coming), self._accrued(coming, day)
        due = fee + penalty + interest + principal
        # Before a holiday an instalment may be over and not yet due: it is paid as it is, and nothing is early about it.
        over = [line for line in coming if line.span.until <= day]
        closing = self._closing(coming[len(over) :], day, free=False)
        rest = sum(line.fee + line.interest + line.principal for line in over)
        rest += 0 if closing is None else closing.fee + closing.interest + closing.principal
        after = coming[0] if coming else None
        return Owed(
            fee=fee, penalty=penalty, interest=interest, principal=principal, to_come=to_come, accrued=accrued,
            payoff=max(due + rest - self.totals.waiting, 0),
            days_past_due=max(day - self.oldest_due(), 0),
            next_due=None if after is None else after.span.due,
            next_minor=0 if after is None else max(after.fee + after.interest + after.principal - self.totals.waiting, 0),
        )  # fmt: skip

    def earned(self, day: Day) -> Earned:
        """What the lender has earned by the end of ``day``, whether or not it was paid.

        Raises:
            OutOfOrder: something happened after that day.
        """
        plan = self.on(day)
        owed, totals = plan.standing(), plan.totals
        return Earned(
            interest=totals.interest_met + owed.interest + owed.accrued,
            fee=totals.fee_met + owed.fee,
            penalty=totals.penalty_met + owed.penalty,
        )

    def oldest_due(self) -> Day:
        """The due date of the oldest instalment that neither is met nor will be by the money that waits; ``NEVER`` if none.

        Days past due on any later day follow from it, until something happens. A penalty alone makes nobody late.
        """
        waiting = self.totals.waiting
        for line in self.lines:
            owed = line.fee + line.interest + line.principal
            if owed > waiting:
                return line.span.due
            waiting -= owed
        return NEVER

    def meets_on(self) -> Day:
        """The day on which money that waits will meet something; ``NEVER`` if none waits."""
        return self.lines[0].span.due if self.lines and self.totals.waiting else NEVER

    # -- moving ----------------------------------------------------------------------------------------------------

    def apply(self, fact: Fact) -> None:
        """Move by ``fact``.

        Raises:
            OutOfOrder: something happened after its day; ``replayed`` takes it.
            NotOwed: it gives up, gives back or makes principal of what is not there; only time has passed.
        """
        self.pass_to(fact.day)
        if isinstance(fact, Paid):
            self._paid(fact)
        elif isinstance(fact, Refunded):
            self._refunded(fact)
        elif isinstance(fact, Returned):
            if fact.amount_minor > self.totals.waiting:
                raise NotOwed("No such money waits.", field="amount_minor", value=fact.amount_minor)
            self.totals.returned += fact.amount_minor
        elif isinstance(fact, Waived):
            self._waived(fact)
        elif isinstance(fact, Rescheduled):
            self._rescheduled(fact)
        elif isinstance(fact, WrittenOff):
            self._written_off(fact.day)
        else:
            assert isinstance(fact, FellDue), "to let time pass was all there is to do"

    # -- inside ----------------------------------------------------------------------------------------------------

    def _paid(self, fact: Paid) -> None:
        self.totals.received += fact.amount_minor
        if self.lost:
            self.totals.recovered += fact.amount_minor
            return
        if fact.early:
            self._early(fact.day, free=False)
        else:
            self._settle(fact.day)

    def _refunded(self, fact: Refunded) -> None:
        self.totals.refunded += fact.amount_minor
        if self.totals.refunded >= self.terms.principal_minor:
            # The whole purchase is undone: no fee is asked for a time in which nothing is bought, not even for the running one.
            for line in self.lines:
                if line.span.due > fact.day:
                    line.fee = 0
            self.lines = [line for line in self.lines if line.span.due <= fact.day or line.interest or line.principal]
        self._early(fact.day, free=True)

    def pass_to(self, day: Day) -> None:
        """Let time pass until ``day``: what waits meets what falls due, and what is late is counted."""
        if day < self.day:
            raise OutOfOrder(f"Something happened after day {day}.", field="day", value=day)
        if day == self.day:
            return
        while self.totals.waiting:
            upcoming = next((line.span.due for line in self.lines if line.span.due > self.day), NEVER)
            if upcoming > day:
                break
            self._count(upcoming)
            self.day = upcoming
            self._settle(upcoming)
        self._count(day)
        self.day = day

    def _count(self, day: Day) -> None:
        grace = self.terms.grace_days
        for line in self.lines:
            due = line.span.due
            if due >= day:
                break
            if day > due + grace:
                line.late_minor_days += line.principal * (day - line.counted)
                line.counted = day

    def penalty_of(self, line: Line) -> int:
        """What being late costs on ``line`` so far and is not met."""
        return nearest(line.late_minor_days * self.terms.overdue_bps_per_day, _BPS) - line.penalty_met

    def _settle(self, day: Day, *, over: bool = False) -> None:
        """What waits meets what is due on ``day``, oldest first, each instalment in the agreed order.

        Args:
            over: also what is not yet due though its period is over, as before a holiday.
        """
        totals = self.totals
        waiting = totals.waiting
        while waiting and self.lines:
            line = self.lines[0]
            if line.span.due > day and not (over and line.span.until <= day):
                break
            for component in self.terms.order:
                waiting -= self._meet(line, component, waiting)
            if not self._drop(line):
                break

    def _meet(self, line: Line, component: Component, most: int) -> int:
        """Meet up to ``most`` of one component of ``line`` with the customer's money; how much that was."""
        totals = self.totals
        if component == "principal":
            met = min(line.principal, most)
            line.principal -= met
            totals.principal_paid += met
        elif component == "interest":
            met = min(line.interest, most)
            line.interest -= met
            totals.interest_paid += met
        elif component == "fee":
            met = min(line.fee, most)
            line.fee -= met
            totals.fee_paid += met
        else:
            met = min(self.penalty_of(line), most)
            line.penalty_met += met
            totals.penalty_paid += met
        return met

    def _drop(self, line: Line) -> bool:
        """Take a line off that has nothing open; whether it had not."""
        if line.fee or line.interest or line.principal or self.penalty_of(line):
            return False
        self.lines.remove(line)
        return True

    def _accrued(self, coming: list[Line], day: Day) -> int:
        """Interest of the lines that are not yet due, as far as their periods have passed by ``day``."""
        total, balance = 0, sum(line.principal for line in coming)
        for line in coming:
            if line.span.starts >= day:
                break
            total += self._interest_until(line, balance, day)
            balance -= line.principal
        return total

    def _interest_until(self, line: Line, balance: int, day: Day) -> int:
        if day >= line.span.until:
            return line.interest
        part, whole = part_until(self.terms.rule, line.span, day)
        return min(nearest(balance * self.rate_bps * part, _BPS * whole), line.interest)

    def _closing(self, coming: list[Line], day: Day, *, free: bool) -> Line | None:
        """The one instalment, due on ``day``, that everything not yet due comes to if it is paid then."""
        if not coming:
            return None
        principal = sum(line.principal for line in coming)
        fee = sum(line.fee for line in coming if self.terms.fees_to_come or line.span.starts <= day)
        if not free:
            fee += nearest(principal * self.terms.early_fee_bps, _BPS)
        span = Span(coming[0].span.starts, day, day, False)
        return Line(coming[0].number, span, fee, self._accrued(coming, day), principal, day)

    def _early(self, day: Day, *, free: bool) -> None:
        """What waits repays principal before it is due: all of it, or part, and then the rest is scheduled anew."""
        self._settle(day, over=True)
        waiting = self.totals.waiting
        coming = [line for line in self.lines if line.span.due > day and line.span.until > day]
        if not waiting or len(coming) < len(self.lines):  # what is due is not paid yet
            return
        closing = self._closing(coming, day, free=free)
        if closing is None:
            return
        if waiting >= closing.fee + closing.interest + closing.principal:
            self.lines = [closing]
            self._settle(day)
            return
        fee_bps = 0 if free else self.terms.early_fee_bps
        accrued = self._accrued(coming, day)
        repaid = (waiting - accrued) * _BPS // (_BPS + fee_bps)
        if repaid <= 0:
            return
        if repaid >= closing.principal:  # only fees of periods to come stop it from closing: the last of it waits
            return
        self._repay_part(coming, day, repaid, waiting - accrued - repaid, accrued)

    def _repay_part(self, coming: list[Line], day: Day, repaid: int, fee: int, accrued: int) -> None:
        running = coming[0]
        part = Line(running.number, Span(running.span.starts, day, day, False), fee, accrued, repaid, day)
        times = [line.span for line in coming]
        if times[0].starts < day:
            times[0] = Span(day, times[0].until, times[0].due, False)
        balance = sum(line.principal for line in coming) - repaid
        if self.terms.fewer:
            times = times[: self._fewer(times, balance, coming)]
        anew = amortised(
            self.terms.rule, times, principal_minor=balance, rate_bps=self.rate_bps, first_number=running.number
        )
        charged = (msgspec.structs.replace(one, fee_minor=line.fee) for one, line in zip(anew, coming, strict=False))
        self.lines = [part, *_lines(charged)]
        self._settle(day)

    def _fewer(self, times: list[Span], balance: int, coming: list[Line]) -> int:
        """How many instalments repay ``balance`` at no more each time than before."""
        rule = self.terms.rule
        if rule.method in {"bullet", "declining"}:
            return len(times)
        if rule.method == "equal_principal":
            return min(max(-(-balance // max(coming[0].principal, 1)), 1), len(times))
        before = coming[0].principal + coming[0].interest
        rates = [(self.rate_bps * part, _BPS * whole) for part, whole in (part_of_year(rule, one) for one in times)]
        for count in range(1, len(times)):
            if equal_instalment(balance, rates[:count]) <= before:
                return count
        return len(times)

    def _waived(self, fact: Waived) -> None:
        if fact.rest:
            self._give_up(fact.day, lost=False)
            return
        due = [line for line in self.lines if line.span.due <= fact.day]
        asked = {"fee": fact.fee_minor, "penalty": fact.penalty_minor, "interest": fact.interest_minor}
        there = {
            "fee": sum(line.fee for line in due),
            "penalty": sum(map(self.penalty_of, due)),
            "interest": sum(line.interest for line in due),
        }
        for component, amount in asked.items():
            if not 0 <= amount <= there[component]:
                raise NotOwed(
                    f"So much {component} is not due.",
                    field=f"{component}_minor",
                    value=amount,
                    hint=f"at most {there[component]}",
                )
        totals = self.totals
        totals.fee_waived += fact.fee_minor
        totals.penalty_waived += fact.penalty_minor
        totals.interest_waived += fact.interest_minor
        for line in due:
            fee, interest = min(line.fee, asked["fee"]), min(line.interest, asked["interest"])
            penalty = min(self.penalty_of(line), asked["penalty"])
            line.fee -= fee
            line.interest -= interest
            line.penalty_met += penalty
            asked = {
                "fee": asked["fee"] - fee,
                "penalty": asked["penalty"] - penalty,
                "interest": asked["interest"] - interest,
            }
            self._drop(line)

    def _rescheduled(self, fact: Rescheduled) -> None:
        fee, penalty, interest, principal = self._all_owed(fact.day)
        if not principal:
            raise NotOwed("Nothing is owed that could be scheduled anew.", field="plan")
        totals = self.totals
        totals.fee_capitalised += fee
        totals.penalty_capitalised += penalty
        totals.interest_capitalised += interest
        self.rate_bps = fact.rate_bps
        self.rescheduled += 1
        anew = amortised(
            self.terms.rule,
            spans(self.terms.rule, fact.day, fact.count),
            principal_minor=principal + fee + penalty + interest,
            rate_bps=fact.rate_bps,
        )
        self.lines = _lines(anew)

    def _written_off(self, day: Day) -> None:
        if self.lost or not self.lines or sum(self._all_owed(day)) <= self.totals.waiting:
            raise NotOwed("Nothing is owed that could be written off.", field="plan")
        self._give_up(day, lost=True)
        self.lost = True

    def _give_up(self, day: Day, *, lost: bool) -> None:
        self._meet_all(day)
        fee, penalty, interest, principal = self._all_owed(day)
        totals = self.totals
        if lost:
            totals.fee_lost += fee
            totals.penalty_lost += penalty
            totals.interest_lost += interest
            totals.principal_lost += principal
        else:
            totals.fee_waived += fee
            totals.penalty_waived += penalty
            totals.interest_waived += interest
            totals.principal_waived += principal
        self.lines = []

    def _meet_all(self, day: Day) -> None:
        """What waits meets everything that is owed, due or not: nothing is given up that the customer has paid already."""
        self._settle(day)
        if not self.totals.waiting or not self.lines:
            return
        first, principal = self.lines[0], sum(line.principal for line in self.lines)
        span = Span(first.span.starts, day, day, False)
        self.lines = [Line(first.number, span, 0, self._accrued(self.lines, day), principal, day)]
        self._settle(day)

    def _all_owed(self, day: Day) -> tuple[int, int, int, int]:
        """Fees and penalties that are due, interest that is due or accrued, and all principal."""
        due = [line for line in self.lines if line.span.due <= day]
        coming = [line for line in self.lines if line.span.due > day]
        return (
            sum(line.fee for line in due),
            sum(map(self.penalty_of, due)),
            sum(line.interest for line in due) + self._accrued(coming, day),
            sum(line.principal for line in self.lines),
        )


def replayed(terms: PlanTerms, facts: Iterable[Fact]) -> Plan:
    """The plan after ``facts``, given in the order in which we heard of them, by the days they count from.

    Raises:
        NotOwed: with the others as they are now, one of them does not hold.
    """
    plan = Plan.drawn(terms)
    for fact in sorted(facts, key=lambda one: one.day):  # stable: of one day, as we heard of them
        plan.apply(fact)
    return plan


def _lines(instalments: Iterable[Instalment]) -> list[Line]:
    """The lines of ``instalments`` in which there is anything to pay."""
    return [
        Line(one.number, one.span, one.fee_minor, one.interest_minor, one.principal_minor, one.span.due)
        for one in instalments
        if one.amount_minor
    ]
