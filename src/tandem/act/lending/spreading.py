"""A payment on an account that has several plans: what is due comes first, the oldest first; the rest repays early.

A customer pays a bill, not a plan. What is due is met in the order of the due dates, whichever plan it stands on; what is
over repays the oldest plan, then the next. What is left when nothing is owed waits on the last plan that had money to come.
"""

from __future__ import annotations

from typing import NamedTuple

from tandem.act.lending.accounts import Account
from tandem.act.lending.errors import NotOwed
from tandem.act.lending.facts import Paid
from tandem.act.products import Day

__all__ = ["Part", "spread"]


class Part(NamedTuple):
    """What of a payment goes to one plan."""

    plan: str
    fact: Paid


def spread(account: Account, amount_minor: int, *, day: Day) -> list[Part]:
    """How a payment of ``amount_minor`` on ``day`` is parted among the plans of ``account``; the parts sum to it.

    Raises:
        NotOwed: nothing has been drawn, or the amount is not above zero.
        OutOfOrder: something happened on a plan after that day; a back-dated payment names its plan.
    """
    if amount_minor <= 0:
        raise NotOwed("An amount is above zero.", field="amount_minor", value=amount_minor)
    if not account.draws:
        raise NotOwed("Nothing was drawn that could be repaid.", field="account", value=account.account_id)
    plans = {name: draw.plan.on(day) for name, draw in account.draws.items()}
    dues = sorted(
        (line.span.due, number, name, line.fee + plan.penalty_of(line) + line.interest + line.principal)
        for number, (name, plan) in enumerate(plans.items())
        for line in plan.lines
        if line.span.due <= day
    )
    rest, given, beyond = amount_minor, dict.fromkeys(plans, 0), dict.fromkeys(plans, 0)
    for _due, _number, name, owed in dues:
        part = min(rest, owed)
        given[name] += part
        rest -= part
    for name, plan in plans.items():
        standing = plan.standing()
        part = min(rest, max(standing.payoff - standing.due, 0))
        beyond[name] += part
        rest -= part
    if rest:
        still = [name for name, plan in plans.items() if plan.lines] or list(plans)
        beyond[still[-1]] += rest
    return [
        Part(name, Paid(day=day, amount_minor=given[name] + beyond[name], early=beyond[name] > 0))
        for name in plans
        if given[name] + beyond[name]
    ]
