"""Accruing: what all accounts have earned by a day, less what was posted; by currency, in one change each.

An account is charged by time and pays when it pays; the books take income as it is earned. Nothing is written where nothing
more was earned, so a day that is looked at twice is posted once, and a missed day is in the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tandem.act.lending.accounts import Account
from tandem.act.lending.changes import Accrued
from tandem.act.lending.plan import Earned
from tandem.act.lending.postings import income_postings
from tandem.act.products import Day

__all__ = ["accrued", "earned_by"]


def earned_by(accounts: Iterable[Account], day: Day) -> dict[str, Earned]:
    """What ``accounts`` have earned by the end of ``day``, by currency; of one that something happened to later, by then."""
    found: dict[str, list[int]] = {}
    for account in accounts:
        sums = found.setdefault(account.currency, [0, 0, 0])
        for draw in account.draws.values():
            for place, amount in enumerate(draw.plan.earned(max(day, draw.plan.day))):
                sums[place] += amount
    return {currency: Earned(*sums) for currency, sums in found.items()}


def accrued(earned: Mapping[str, Earned], posted: Mapping[str, Earned], day: Day) -> Iterator[Accrued]:
    """What is to be posted where so much is ``earned`` and so much was ``posted``."""
    for currency, now in sorted(earned.items()):
        before = posted.get(currency, Earned(0, 0, 0))
        interest, fee, penalty = (new - old for new, old in zip(now, before, strict=True))
        if interest or fee or penalty:
            yield Accrued(
                day=day, currency=currency, interest_minor=interest, fee_minor=fee, penalty_minor=penalty,
                posted=tuple(income_postings(interest, fee, penalty)),
            )  # fmt: skip
