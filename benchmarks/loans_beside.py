"""Random loans, scheduled by us and, independently, from numpy-financial's payments: where the two differ."""

from __future__ import annotations

import random
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

import numpy_financial

from tandem.act.products import ScheduleRule, scheduled
from tandem.kernel.time import date_to_days

_START = date_to_days(date(2026, 3, 15))
Method = Literal["equal_instalment", "equal_principal", "bullet"]


class Loan(NamedTuple):
    """A loan in whole months."""

    method: Method
    principal_minor: int
    rate_bps: int
    count: int


def random_loan(rng: random.Random, method: Method) -> Loan:
    """A loan from ten to a million units of money, up to 36 per cent, up to ten years."""
    return Loan(method, rng.randrange(1_000, 100_000_000), rng.randrange(1, 3_601), rng.randrange(1, 121))


def differing(loan: Loan) -> bool:
    """Whether our schedule of ``loan`` is another than that of numpy-financial, in any payment, by any minor unit."""
    return ours(loan) != theirs(loan)


def ours(loan: Loan) -> list[tuple[int, int]]:
    """Principal and interest of each payment, as we schedule it."""
    found = scheduled(
        ScheduleRule(method=loan.method),
        principal_minor=loan.principal_minor,
        rate_bps=loan.rate_bps,
        start=_START,
        count=loan.count,
    )
    return [(one.principal_minor, one.interest_minor) for one in found]


def theirs(loan: Loan) -> list[tuple[int, int]]:
    """Principal and interest of each payment: ``pmt`` once, ``ipmt`` of what is still owed each month; never more than that."""
    monthly = loan.rate_bps / 120_000
    payment = _cents(-numpy_financial.pmt(monthly, loan.count, loan.principal_minor))
    owed, found = loan.principal_minor, []
    for left in range(loan.count, 0, -1):
        interest = _cents(-numpy_financial.ipmt(monthly, 1, left, owed))
        if left == 1:
            principal = owed
        elif loan.method == "equal_instalment":
            principal = min(payment - interest, owed)
        else:
            principal = 0 if loan.method == "bullet" else loan.principal_minor // loan.count
        found.append((principal, interest))
        owed -= principal
    return found


def _cents(amount: float) -> int:
    """To a whole minor unit, a half up; a float that means a half is a hair beside it, so it is read to ten digits less."""
    return int(Decimal(repr(round(float(amount), 6))).quantize(Decimal(1), rounding=ROUND_HALF_UP))
