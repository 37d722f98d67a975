"""Ageing: which accounts are in another bucket of days past due today than when we last looked; all of them at once.

Days past due follow from one date of an account and need no event; an event is where the bucket moves. So a day on which
nothing moved writes nothing, and the same day looked at twice writes once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from tandem.act.lending.accounts import Accounts
from tandem.act.lending.changes import AccountId, Aged
from tandem.act.products import Day

__all__ = ["BUCKETS", "FallingDue", "aged", "bucket_of", "buckets_on", "fallen_due"]

BUCKETS: Final = (1, 31, 61, 91, 121, 151, 181)
"""The fewest days past due of each bucket from 1 on; bucket 0 is not late. 1 to 30 days are M1, and so on to M7."""
_BOUNDS: Final = np.asarray(BUCKETS, dtype=np.int32)
_AT_ONCE: Final = 2_000
"""Accounts in one record."""


def bucket_of(days_past_due: int) -> int:
    """The bucket of one account."""
    return int(np.searchsorted(_BOUNDS, days_past_due, side="right"))


def buckets_on(oldest_due: np.ndarray, day: Day) -> np.ndarray:
    """The buckets on ``day`` of accounts whose oldest unpaid due dates are ``oldest_due``; int8."""
    late = np.int32(day) - oldest_due
    return np.searchsorted(_BOUNDS, late, side="right").astype(np.int8)


class FallingDue(NamedTuple):
    """Where money waits for what fell due on ``due``.

    Attributes:
        version: of the account, when that was seen.
    """

    account: AccountId
    plan: str
    due: Day
    version: int


def fallen_due(accounts: Accounts, day: Day) -> list[FallingDue]:
    """Where money waits for what fell due by ``day``, the oldest due date of each plan."""
    found = []
    for number in np.nonzero(accounts.meets <= day)[0].tolist():
        account = accounts.numbered(number)
        for plan, draw in account.draws.items():
            if draw.plan.meets_on() <= day:
                found.append(FallingDue(account.account_id, plan, draw.plan.meets_on(), account.version))
    return found


def aged(accounts: Accounts, day: Day) -> Iterator[Aged]:
    """What moved since ageing last looked, some thousand accounts at a time; nothing where it looked today already."""
    now = buckets_on(accounts.oldest_due, day)
    numbers = np.nonzero(now != accounts.buckets)[0]
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        yield Aged(day=day, numbers=tuple(some.tolist()), buckets=tuple(now[some].tolist()))
