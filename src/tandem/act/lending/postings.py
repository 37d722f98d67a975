"""Double entry: every movement of a plan has one template, a pair of ledger accounts that take the same amount.

So no set of postings can fail to sum to zero, and a test holds that every movement has a pair. Income is earned by time and
not by a movement: ``accruing`` posts it for all accounts in a currency at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from tandem.act.lending.totals import Totals

__all__ = ["INCOME", "TEMPLATES", "LedgerAccount", "Posting", "balances", "income_postings", "postings"]


class LedgerAccount(StrEnum):
    """The books of a lender, as far as lending moves them. A debit is above zero.

    ``suspense``: money at the bank that nobody could place yet. ``elsewhere``: other books of the lender's. ``allowance``:
    for expected losses; ``impairment``: what that cost.
    """

    LOANS = "loans"
    INTEREST_RECEIVABLE = "interest_receivable"
    FEES_RECEIVABLE = "fees_receivable"
    PENALTIES_RECEIVABLE = "penalties_receivable"
    CASH = "cash"
    PAYOUTS = "payouts"
    MERCHANT_REFUNDS = "merchant_refunds"
    CUSTOMER_MONEY = "customer_money"
    INTEREST_INCOME = "interest_income"
    FEE_INCOME = "fee_income"
    PENALTY_INCOME = "penalty_income"
    WAIVERS = "waivers"
    LOSSES = "losses"
    RECOVERIES = "recoveries"
    SUSPENSE = "suspense"
    BANK_CHARGES = "bank_charges"
    ELSEWHERE = "elsewhere"
    ALLOWANCE = "allowance"
    IMPAIRMENT = "impairment"


class Posting(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One pair: ``debit`` takes the amount, ``credit`` gives it; minor units, above zero."""

    debit: LedgerAccount
    credit: LedgerAccount
    amount_minor: int


_A: Final = LedgerAccount
TEMPLATES: Final[Mapping[str, tuple[LedgerAccount, LedgerAccount]]] = {
    "drawn": (_A.LOANS, _A.PAYOUTS),
    "received": (_A.CASH, _A.CUSTOMER_MONEY),
    "refunded": (_A.MERCHANT_REFUNDS, _A.CUSTOMER_MONEY),
    "returned": (_A.CUSTOMER_MONEY, _A.CASH),
    "fee_paid": (_A.CUSTOMER_MONEY, _A.FEES_RECEIVABLE),
    "penalty_paid": (_A.CUSTOMER_MONEY, _A.PENALTIES_RECEIVABLE),
    "interest_paid": (_A.CUSTOMER_MONEY, _A.INTEREST_RECEIVABLE),
    "principal_paid": (_A.CUSTOMER_MONEY, _A.LOANS),
    "fee_waived": (_A.WAIVERS, _A.FEES_RECEIVABLE),
    "penalty_waived": (_A.WAIVERS, _A.PENALTIES_RECEIVABLE),
    "interest_waived": (_A.WAIVERS, _A.INTEREST_RECEIVABLE),
    "principal_waived": (_A.WAIVERS, _A.LOANS),
    "fee_capitalised": (_A.LOANS, _A.FEES_RECEIVABLE),
    "penalty_capitalised": (_A.LOANS, _A.PENALTIES_RECEIVABLE),
    "interest_capitalised": (_A.LOANS, _A.INTEREST_RECEIVABLE),
    "fee_lost": (_A.LOSSES, _A.FEES_RECEIVABLE),
    "penalty_lost": (_A.LOSSES, _A.PENALTIES_RECEIVABLE),
    "interest_lost": (_A.LOSSES, _A.INTEREST_RECEIVABLE),
    "principal_lost": (_A.LOSSES, _A.LOANS),
    "recovered": (_A.CUSTOMER_MONEY, _A.RECOVERIES),
}
"""Movement (a field of ``Totals``) to what it debits and what it credits."""

INCOME: Final[Mapping[str, tuple[LedgerAccount, LedgerAccount]]] = {
    "interest": (_A.INTEREST_RECEIVABLE, _A.INTEREST_INCOME),
    "fee": (_A.FEES_RECEIVABLE, _A.FEE_INCOME),
    "penalty": (_A.PENALTIES_RECEIVABLE, _A.PENALTY_INCOME),
}
"""Kind of income to what it debits and what it credits as it is earned."""

_PAIRS: Final = tuple(TEMPLATES[name] for name in Totals.__struct_fields__)
_VALUES: Final = msgspec.structs.astuple


def postings(before: Totals, after: Totals) -> list[Posting]:
    """What moved from ``before`` to ``after``; what moved back is posted the other way round."""
    found = []
    for (debit, credit), old, new in zip(_PAIRS, _VALUES(before), _VALUES(after), strict=True):
        if new > old:
            found.append(Posting(debit, credit, new - old))
        elif new < old:
            found.append(Posting(credit, debit, old - new))
    return found


def income_postings(interest: int, fee: int, penalty: int) -> list[Posting]:
    """What is posted when so much more has been earned; below zero the other way round."""
    found = []
    for (debit, credit), amount in zip(INCOME.values(), (interest, fee, penalty), strict=True):
        if amount > 0:
            found.append(Posting(debit, credit, amount))
        elif amount < 0:
            found.append(Posting(credit, debit, -amount))
    return found


def balances(entries: Iterable[Posting]) -> dict[LedgerAccount, int]:
    """The balance of each ledger account after ``entries``, debits above zero; all of them sum to zero."""
    found: dict[LedgerAccount, int] = {}
    for one in entries:
        found[one.debit] = found.get(one.debit, 0) + one.amount_minor
        found[one.credit] = found.get(one.credit, 0) - one.amount_minor
    return found
