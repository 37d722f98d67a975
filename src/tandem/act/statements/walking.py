"""The life of one plan, step by step: every movement by the day it counts from, with what it did to each balance.

A plan itself only knows how it stands. Here it is taken from its draw through every due date and every fact, and what each
step charged, met, paid or gave up is told. ``statement`` cuts a period out of this; nothing is counted a second way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from tandem.act.lending import NEVER, Fact, Paid, Plan, PlanTerms, Refunded, Returned, Totals
from tandem.act.products import Day
from tandem.act.statements.types import Balances, Movement, What
from tandem.kernel.time import Micros

__all__ = ["KnownFact", "Walk", "amount_of", "balances_of", "moved_between"]


class KnownFact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that stands, and when we heard of it."""

    fact_id: str
    fact: Fact
    heard: Micros
    by: str


class Walk:
    """A plan on its way. ``plan`` is as it stands; it starts as it was drawn.

    Args:
        facts: those that stand, in the order in which we heard of them.
    """

    def __init__(self, terms: PlanTerms, facts: Sequence[KnownFact]) -> None:
        self.plan = Plan.drawn(terms)
        self._ahead = sorted(facts, key=lambda one: one.fact.day)  # stable: of one day, as we heard of them

    def drawing(self, heard: Micros, by: str) -> Movement:
        """The draw itself."""
        terms = self.plan.terms
        return Movement(
            day=terms.drawn_on,
            what="drawn",
            effect=Balances(principal=terms.principal_minor),
            amount=terms.principal_minor,
            heard=heard,
            by=by,
        )

    def to(self, day: Day) -> Iterator[Movement]:
        """Take the plan to the end of ``day``, all facts of that day in; what moves on the way."""
        while True:
            fact_day = self._ahead[0].fact.day if self._ahead else NEVER
            stop = min(fact_day, self._next_due(), day)
            if stop > self.plan.day:
                yield from self._pass(stop)
            if fact_day <= stop:
                yield from self._take(self._ahead.pop(0))
            elif stop >= day:
                return

    def _next_due(self) -> Day:
        return next((line.span.due for line in self.plan.lines if line.span.due > self.plan.day), NEVER)

    def _pass(self, day: Day) -> Iterator[Movement]:
        before, earned = balances_of(self.plan), _earned(self.plan)
        self.plan.pass_to(day)
        charged = _earned(self.plan) - earned
        met = balances_of(self.plan) - before - charged
        if charged:
            yield Movement(day=day, what="charged", effect=charged)
        if met:
            yield Movement(day=day, what="met", effect=met)

    def _take(self, known: KnownFact) -> Iterator[Movement]:
        before, earned, recovered = balances_of(self.plan), _earned(self.plan), self.plan.totals.recovered
        self.plan.apply(known.fact)
        day, charged = known.fact.day, _earned(self.plan) - earned
        effect = balances_of(self.plan) - before - charged
        if charged:
            yield Movement(
                day=day, what="charged", effect=charged, fact_id=known.fact_id, heard=known.heard, by=known.by
            )
        what = _what(known.fact)
        if what is not None:
            yield Movement(
                day=day,
                what="recovered" if self.plan.totals.recovered > recovered else what,
                effect=effect,
                amount=amount_of(known.fact),
                fact_id=known.fact_id,
                heard=known.heard,
                by=known.by,
            )


def balances_of(plan: Plan) -> Balances:
    """What is owed on ``plan`` at the end of its own day."""
    owed, totals = plan.standing(), plan.totals
    return Balances(
        principal=totals.principal,
        interest=owed.interest + owed.accrued,
        fee=owed.fee,
        penalty=owed.penalty,
        waiting=totals.waiting,
    )


def amount_of(fact: Fact) -> int | None:
    """Money that came or went with ``fact``."""
    return fact.amount_minor if isinstance(fact, Paid | Refunded | Returned) else None


def _earned(plan: Plan) -> Balances:
    """What was ever charged on ``plan``: what is owed of it and what was met in any way."""
    owed, totals = balances_of(plan), plan.totals
    return Balances(
        interest=owed.interest + totals.interest_met,
        fee=owed.fee + totals.fee_met,
        penalty=owed.penalty + totals.penalty_met,
    )


def _what(fact: Fact) -> What | None:
    """What a fact is called; None of one that only time brought about."""
    tag = str(type(fact).__struct_config__.tag)
    return None if tag == "fell_due" else msgspec.convert(tag, What)


def moved_between(before: Totals, after: Totals) -> Totals:
    """What was moved between two states of a plan, by kind."""
    pairs = zip(msgspec.structs.astuple(before), msgspec.structs.astuple(after), strict=True)
    return Totals(*(new - old for old, new in pairs))
