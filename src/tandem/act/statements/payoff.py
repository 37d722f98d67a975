"""What settles an account on a day, by component, and what a day later costs.

A quote for a day is good for a payment that counts from that day. Paying exactly that much early on that day closes every plan
to the minor unit; a test holds that on random lives.
"""

from __future__ import annotations

import msgspec

from tandem.act.lending import Account, AccountId, Paid, Plan
from tandem.act.products import Day, nearest

__all__ = ["PayoffQuote", "PlanPayoff", "payoff_of"]


class PlanPayoff(msgspec.Struct, frozen=True, kw_only=True):
    """What settles one plan, in minor units.

    Attributes:
        principal, interest, fee, penalty: what the payment and the money that waits meet together; ``fee`` without the
            early one.
        early_fee: for paying principal before it is due.
        waiting: the customer's money that is taken off.
        total: what is to be paid.
        later: the same of each of the days that follow, if nothing happens.
    """

    plan: str
    principal: int
    interest: int
    fee: int
    penalty: int
    early_fee: int
    waiting: int
    total: int
    later: tuple[int, ...]


class PayoffQuote(msgspec.Struct, frozen=True, kw_only=True):
    """What settles an account.

    Attributes:
        on: the day a payment has to count from; it is no quote for a later one.
        plans: those of which anything is open.
    """

    account_id: AccountId
    currency: str
    on: Day
    plans: tuple[PlanPayoff, ...]

    @property
    def total(self) -> int:
        """What settles all of them."""
        return sum(one.total for one in self.plans)

    @property
    def a_day_more(self) -> int:
        """What paying a day later costs beside that."""
        return sum(one.later[0] - one.total for one in self.plans)

    def on_later(self, days: int) -> int:
        """What settles all of them so many days later, one or more, if nothing happens."""
        return sum(one.later[days - 1] for one in self.plans)


def payoff_of(account: Account, on: Day, *, days_more: int = 7) -> PayoffQuote:
    """What settles ``account`` on a day.

    Args:
        days_more: how many of the following days are quoted too, at least one.

    Raises:
        OutOfOrder: something happened after that day.
    """
    return PayoffQuote(
        account_id=account.account_id,
        currency=account.currency,
        on=on,
        plans=tuple(
            _plan_payoff(name, draw.plan, on, max(days_more, 1))
            for name, draw in account.draws.items()
            if not draw.plan.closed
        ),
    )


def _plan_payoff(name: str, plan: Plan, on: Day, days_more: int) -> PlanPayoff:
    now = plan.on(on)
    owed, waiting = now.standing(), now.totals.waiting
    early = sum(line.principal for line in now.lines if min(line.span.due, line.span.until) > on)
    early_fee = nearest(early * now.terms.early_fee_bps, 10_000)
    # What it comes to is asked of the plan itself: it is paid, and what the money met is what it was owed.
    settled = now.copy()
    settled.apply(Paid(day=on, amount_minor=max(owed.payoff, 1), early=True))
    before, after = now.totals, settled.totals
    return PlanPayoff(
        plan=name,
        principal=after.principal_paid - before.principal_paid,
        interest=after.interest_paid - before.interest_paid,
        fee=after.fee_paid - before.fee_paid - early_fee,
        penalty=after.penalty_paid - before.penalty_paid,
        early_fee=early_fee,
        waiting=waiting,
        total=owed.payoff,
        later=tuple(now.owed(on + later).payoff for later in range(1, days_more + 1)),
    )
