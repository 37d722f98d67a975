"""Statements and payoff quotes as the documents that travel."""

from __future__ import annotations

from tandem.act.products import Day
from tandem.act.statements import Balances, Movement, PayoffQuote, PlanStatement, Statement
from tandem.faces.api.shapes.statements import (
    BalancesShown,
    MovementShown,
    PayoffDay,
    PayoffShown,
    PlanPayoffShown,
    PlanStatementShown,
    StatementLine,
    StatementShown,
    TakenBackShown,
)
from tandem.kernel.time import days_to_date, format_instant

__all__ = ["payoff_shown", "statement_shown"]


def statement_shown(found: Statement) -> StatementShown:
    """``found`` as a document."""
    return StatementShown(
        account_id=found.account_id,
        owner_kind=found.owner_kind,
        owner=found.owner,
        product=found.product,
        terms=found.terms,
        currency=found.currency,
        opened_on=_date(found.opened_on),
        limit_minor=found.limit_minor,
        from_=_date(found.since),
        to=_date(found.until),
        known_at=format_instant(found.known_at),
        opening=_balances(found.opening),
        closing=_balances(found.closing),
        plans=[_plan(one) for one in found.plans],
        taken_back=[
            TakenBackShown(
                plan=one.plan, id=one.fact_id, what=one.what, on=_date(one.day), amount_minor=one.amount,
                heard_at=format_instant(one.heard), taken_back_at=format_instant(one.taken_back),
            )
            for one in found.taken_back
        ],
    )  # fmt: skip


def payoff_shown(quote: PayoffQuote) -> PayoffShown:
    """``quote`` as a document."""
    days = len(quote.plans[0].later) if quote.plans else 0
    return PayoffShown(
        account_id=quote.account_id,
        currency=quote.currency,
        on=_date(quote.on),
        valid_until=_date(quote.on),
        total_minor=quote.total,
        a_day_more_minor=quote.a_day_more,
        plans=[
            PlanPayoffShown(
                plan=one.plan, principal_minor=one.principal, interest_minor=one.interest, fee_minor=one.fee,
                penalty_minor=one.penalty, early_fee_minor=one.early_fee, waiting_minor=one.waiting,
                total_minor=one.total,
            )
            for one in quote.plans
        ],
        later=[
            PayoffDay(on=_date(quote.on + more), total_minor=quote.on_later(more)) for more in range(1, days + 1)
        ],
    )  # fmt: skip


def _plan(one: PlanStatement) -> PlanStatementShown:
    return PlanStatementShown(
        plan=one.plan,
        drawn_on=_date(one.drawn_on),
        drawn_minor=one.drawn_minor,
        rate_bps=one.rate_bps,
        opening=_balances(one.opening),
        movements=[_movement(each) for each in one.movements],
        closing=_balances(one.closing),
        charged=_balances(one.charged),
        open=[
            StatementLine(
                number=line.number, due=_date(line.due), principal_minor=line.principal, interest_minor=line.interest,
                fee_minor=line.fee, penalty_minor=line.penalty,
            )
            for line in one.open_lines
        ],
        days_past_due=one.days_past_due,
        next_due=None if one.next_due is None else _date(one.next_due),
        next_minor=one.next_minor,
        written_off=one.lost,
    )  # fmt: skip


def _movement(one: Movement) -> MovementShown:
    return MovementShown(
        on=_date(one.day),
        what=one.what,
        amount_minor=one.amount,
        effect=_balances(one.effect),
        heard_at=None if one.heard is None else format_instant(one.heard),
        id=one.fact_id,
        by=one.by,
    )


def _balances(one: Balances) -> BalancesShown:
    return BalancesShown(
        principal_minor=one.principal,
        interest_minor=one.interest,
        fee_minor=one.fee,
        penalty_minor=one.penalty,
        waiting_minor=one.waiting,
        owed_minor=one.owed,
    )


def _date(day: Day) -> str:
    return days_to_date(day).isoformat()
