"""A payment on an account that has several plans: what is due comes first, the oldest first; the rest repays early or waits.

A customer pays a bill, not a plan. What is due is met in the order of the due dates, whichever plan it stands on, and within an
instalment in the order of the product. What is over repays the oldest plan, then the next; or, where it is not to repay early,
waits for the instalments that come next, whichever plan they stand on. What is left when nothing is owed waits on the last
plan that had money to come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tandem.act.lending.accounts import Account
from tandem.act.lending.errors import NotOwed
from tandem.act.lending.facts import Paid
from tandem.act.lending.plan import Plan
from tandem.act.products import Day

__all__ = ["Part", "spread"]


class Part(NamedTuple):
    """What of a payment goes to one plan."""

    plan: str
    fact: Paid


def spread(account: Account, amount_minor: int, *, day: Day, early: bool = True) -> list[Part]:
    """How a payment of ``amount_minor`` on ``day`` is parted among the plans of ``account``; the parts sum to it.

    Args:
        early: what is over repays principal now; else it waits for what falls due next.

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
        (due, number, name, owed)
        for number, (name, plan) in enumerate(plans.items())
        for due, owed in _open(plan)
        if due <= day or not early
    )
    rest, given, beyond = amount_minor, dict.fromkeys(plans, 0), dict.fromkeys(plans, 0)
    for _due, _number, name, owed in dues:
        part = min(rest, owed)
        given[name] += part
        rest -= part
    for name, plan in plans.items() if early else ():
        standing = plan.standing()
        part = min(rest, max(standing.payoff - standing.due, 0))
        beyond[name] += part
        rest -= part
    if rest:
        still = [name for name, plan in plans.items() if plan.lines] or list(plans)
        (beyond if early else given)[still[-1]] += rest
    return [
        Part(name, Paid(day=day, amount_minor=given[name] + beyond[name], early=beyond[name] > 0))
        for name in plans
        if given[name] + beyond[name]
    ]


def _open(plan: Plan) -> Iterator[tuple[Day, int]]:
    """When each instalment is due and what is missing for it, the money taken off that waits for it already."""
    waiting = plan.totals.waiting
    for line in plan.lines:
        owed = line.fee + plan.penalty_of(line) + line.interest + line.principal
        met = min(owed, waiting)
        waiting -= met
        yield line.span.due, owed - met
