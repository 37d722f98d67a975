"""What a programme may look at of an account, and what an offer would be about: counted from its own plans, never estimated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tandem.act.lending import Account, Paid
from tandem.act.products import Day
from tandem.kernel.expressions import Column
from tandem.kernel.values import Row, SqlType

__all__ = ["FACTS", "LOOK_BACK_DAYS", "facts_of", "payoff_minor", "saving_minor"]

LOOK_BACK_DAYS: Final = 90
_NEW_DAYS: Final = 30
_INT: Final = Column(SqlType.INTEGER, nullable=False)
FACTS: Final[Mapping[str, Column]] = {
    "days_to_due": Column(SqlType.INTEGER),
    "next_minor": _INT,
    "balance_minor": _INT,
    "limit_minor": Column(SqlType.INTEGER),
    "utilisation": Column(SqlType.DOUBLE),
    "days_on_book": _INT,
    "days_since_payment": Column(SqlType.INTEGER),
    "payments_90_days": _INT,
    "paid_90_days_minor": _INT,
    "purchase_minor": _INT,
    "instalments_left": _INT,
    "saving_minor": _INT,
}
"""Of every account, amounts in minor units: days until something falls due and how much that is then; principal lent; the largest draw
of the last 30 days that is open; instalments to come; what paying everything today would save of interest and fees."""


def facts_of(account: Account, day: Day) -> Row:
    """The facts of ``account`` at the end of ``day``."""
    owed = [draw.plan.owed(max(day, draw.plan.day)) for draw in account.draws.values()]
    coming = [(one.next_due, one.next_minor) for one in owed if one.next_due is not None and one.next_minor]
    due = min((one for one, _ in coming), default=None)
    paid = [
        fact
        for draw in account.draws.values()
        for fact in draw.facts.values()
        if isinstance(fact, Paid) and fact.day <= day
    ]
    late = [one for one in paid if day - LOOK_BACK_DAYS < one.day]
    limit, balance = account.limit_minor, account.principal_minor
    new = [
        draw.plan.totals.principal
        for draw in account.draws.values()
        if day - _NEW_DAYS < draw.plan.terms.drawn_on <= day and not draw.plan.lost
    ]
    return {
        "days_to_due": None if due is None else due - day,
        "next_minor": sum(minor for on, minor in coming if on == due),
        "balance_minor": balance,
        "limit_minor": limit,
        "utilisation": balance / limit if limit else None,
        "days_on_book": max(day - account.opened_on, 0),
        "days_since_payment": day - max(one.day for one in paid) if paid else None,
        "payments_90_days": len(late),
        "paid_90_days_minor": sum(one.amount_minor for one in late),
        "purchase_minor": max(new, default=0),
        "instalments_left": sum(len(draw.plan.lines) for draw in account.draws.values()),
        "saving_minor": saving_minor(account, day),
    }


def payoff_minor(account: Account, day: Day) -> int:
    """What closes all plans on ``day``, in minor units."""
    return sum(draw.plan.owed(max(day, draw.plan.day)).payoff for draw in account.draws.values())


def saving_minor(account: Account, day: Day) -> int:
    """What paying everything on ``day`` costs less than paying each instalment on its day, in minor units; 0 where it does not.

    Of what the account's own plans say is to come, with the fee of paying early and without what is waived then.
    """
    kept = 0
    for draw in account.draws.values():
        now = draw.plan.on(max(day, draw.plan.day))
        owed = sum(one.fee + one.interest + one.principal + now.penalty_of(one) for one in now.lines)
        kept += max(owed - now.totals.waiting, 0)
    return max(kept - payoff_minor(account, day), 0)
