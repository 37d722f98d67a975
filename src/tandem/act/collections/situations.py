"""From an account and what happened in collections to the situation that a choice looks at. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Final

from tandem.act.collections.file import DebtorFile
from tandem.act.collections.folding import Work
from tandem.act.collections.types import Channel, Situation
from tandem.act.lending import Account, Owed, Paid
from tandem.act.products import Day
from tandem.kernel.time import DAY, days_to_date

__all__ = ["due_and_balance", "last_payment", "owed_on", "paid_on", "paid_since", "payments_from", "situation_of"]

_REACHED: Final = frozenset({"answered", "refused"})


def situation_of(
    account: Account, work: Work | None, file: DebtorFile, day: Day, *, roll_risk: float | None = None
) -> Situation:
    """What is known of ``account`` on ``day``.

    Args:
        work: None where it never was in collections.
        roll_risk: probability of 30 days past due, where a model said one.
    """
    owed = owed_on(account, day)
    due, balance = due_and_balance(owed)
    coming = [one.next_due for one in owed if one.next_due is not None]
    paid = last_payment(account, day)
    these = [] if work is None else list(work.these())
    made: Counter[Channel] = Counter(one.channel for one in these)
    reached: Counter[Channel] = Counter(one.channel for one in these if one.state in _REACHED)
    promises = [] if work is None else work.promises
    return Situation(
        account=account.account_id, day=day, currency=account.currency,
        days_past_due=account.days_past_due(day), due_minor=due, balance_minor=balance,
        days_to_due=None if not coming else min(coming) - day,
        limit_minor=account.limit_minor, months_on_book=_months(account.opened_on, day),
        days_since_payment=None if paid is None else day - paid,
        times_late=0 if work is None else work.times_late,
        promises_kept=sum(one.outcome == "kept" for one in promises),
        promises_broken=sum(one.outcome in {"broken", "partly"} for one in promises),
        promise_open=work is not None and work.open_promise is not None,
        contacts=made.total(), reached=reached.total(), contacts_by=dict(made), reached_by=dict(reached),
        days_since_contact=None if not these else day - max(one.at for one in these) // DAY,
        last_step="wait" if work is None else work.furthest,
        hardship="hardship" in file.marks, dispute="dispute" in file.marks, roll_risk=roll_risk,
    )  # fmt: skip


def owed_on(account: Account, day: Day) -> list[Owed]:
    """What is owed on each plan at the end of ``day``; east of Greenwich something may have happened tomorrow, then of that day."""
    return [draw.plan.owed(max(day, draw.plan.day)) for draw in account.draws.values()]


def due_and_balance(owed: list[Owed]) -> tuple[int, int]:
    """Of all plans: due and unpaid; what closes them today. In minor units."""
    return sum(one.due for one in owed), sum(one.payoff for one in owed)


def last_payment(account: Account, day: Day) -> Day | None:
    """The day of the last payment by ``day``."""
    days = [fact.day for draw in account.draws.values() for fact in draw.facts.values() if isinstance(fact, Paid)]
    return max((one for one in days if one <= day), default=None)


def paid_since(account: Account, first: Day, last: Day, *, without: Collection[tuple[str, str]] = ()) -> int:
    """What was paid from ``first`` to ``last``, both days in, in minor units; ``without`` these, named by plan and fact."""
    return sum(
        one.amount_minor
        for plan, draw in account.draws.items()
        for name, one in draw.facts.items()
        if isinstance(one, Paid) and first <= one.day <= last and (plan, name) not in without
    )


def payments_from(account: Account, first: Day) -> tuple[tuple[str, str], ...]:
    """The payments of ``first`` and later days that stand in ``account``, by plan and fact."""
    return tuple(
        (plan, name)
        for plan, draw in account.draws.items()
        for name, one in draw.facts.items()
        if isinstance(one, Paid) and first <= one.day
    )


def paid_on(account: Account, plans: Collection[str], first: Day | None, last: Day) -> int:
    """What was paid on ``plans`` from ``first``, or ever, to ``last``, both days in, in minor units."""
    facts = [fact for name in plans if name in account.draws for fact in account.draws[name].facts.values()]
    return sum(
        one.amount_minor
        for one in facts
        if isinstance(one, Paid) and (first is None or first <= one.day) and one.day <= last
    )


def _months(opened: Day, day: Day) -> int:
    first, last = days_to_date(opened), days_to_date(day)
    return max((last.year - first.year) * 12 + last.month - first.month - (last.day < first.day), 0)
