"""Income is taken as it is earned: after a day's accrual the books show exactly what customers owe."""

from __future__ import annotations

import random

import pytest
from small_workspace import EVERYTHING, go_live
from till_product import FIRST_DAY, agreed, till

from tandem.act.lending import (
    AccountBook,
    AccountId,
    Accounts,
    FellDue,
    LedgerAccount,
    NotOwed,
    Paid,
    Refunded,
    Request,
    Waived,
    WrittenOff,
    accrued,
    draw,
    earned_by,
    fallen_due,
    happen,
    open_account,
)
from tandem.decide.decisions import open_process
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros


class Book:
    """Accounts that have each drawn once, and their ledger."""

    def __init__(self, count=1):
        self.accounts = Accounts()
        for number in range(1, count + 1):
            account, owner = AccountId(f"acc_{number}"), Pseudonym(f"{number:032x}")
            self._do(
                open_account(account, till(), Digest("d" * 64), owner_kind="person", owner=owner, day=FIRST_DAY, by="ann",
                             limit_minor=300_000)
            )  # fmt: skip
            self._do(draw(self.accounts.get(account), "tv", agreed(120_000 + number, term=6), by="ann"))

    def _do(self, change):
        self.accounts.apply(change, self.accounts.seq + 1)

    def happen(self, number, name, fact):
        self._do(happen(self.accounts.numbered(number), "tv", name, fact, by="ann"))

    def let_fall_due(self, day):
        while found := fallen_due(self.accounts, day):
            for one in found:
                self._do(happen(self.accounts.get(one.account), one.plan, f"due-{one.due}-{one.version}",
                                FellDue(day=one.due), by="tandem"))  # fmt: skip

    def accrue(self, day):
        changes = list(accrued(earned_by(self.accounts, day), self.accounts.earned, day))
        for change in changes:
            self._do(change)
        return changes

    def balance(self, account):
        return self.accounts.ledger["CNY"].get(account, 0)

    def receivable(self):
        return [
            self.balance(one)
            for one in (
                LedgerAccount.INTEREST_RECEIVABLE,
                LedgerAccount.FEES_RECEIVABLE,
                LedgerAccount.PENALTIES_RECEIVABLE,
            )
        ]

    def owed(self, day):
        found = [draw.plan.owed(max(day, draw.plan.day)) for one in self.accounts for draw in one.draws.values()]
        return [
            sum(one.interest + one.accrued for one in found),
            sum(one.fee for one in found),
            sum(one.penalty for one in found),
        ]


def test_interest_is_earned_by_the_day_and_fees_when_they_are_due():
    book = Book()
    due = book.accounts.numbered(1).oldest_due()
    book.accrue(FIRST_DAY + 10)
    early = book.balance(LedgerAccount.INTEREST_INCOME)
    assert early < 0  # a credit
    assert book.balance(LedgerAccount.FEE_INCOME) == 0
    book.accrue(due)
    assert book.balance(LedgerAccount.INTEREST_INCOME) < early
    assert book.balance(LedgerAccount.FEE_INCOME) == -240


def test_a_day_that_is_looked_at_twice_is_posted_once():
    book = Book(3)
    assert len(book.accrue(FIRST_DAY + 50)) == 1
    assert book.accrue(FIRST_DAY + 50) == []


def test_a_payment_found_later_takes_back_what_late_had_cost():
    book = Book()
    due = book.accounts.numbered(1).oldest_due()
    book.accrue(due + 20)
    assert book.balance(LedgerAccount.PENALTY_INCOME) < 0
    book.happen(1, "found", Paid(day=due, amount_minor=60_000))
    (change,) = book.accrue(due + 20)
    assert change.penalty_minor < 0
    assert book.balance(LedgerAccount.PENALTY_INCOME) == 0


def test_whatever_happens_the_books_show_what_customers_owe():
    rng = random.Random(4)
    book, day = Book(20), FIRST_DAY
    for step in range(300):
        day += rng.randrange(2)
        back = day - rng.randrange(15) if rng.random() < 0.3 else day
        amount = rng.randrange(1, 40_000)
        fact = rng.choice([
            Paid(day=max(back, FIRST_DAY), amount_minor=amount, early=rng.random() < 0.3),
            Refunded(day=max(back, FIRST_DAY), amount_minor=amount),
            Waived(day=day, interest_minor=rng.randrange(5)),
            WrittenOff(day=day),
        ])  # fmt: skip
        number = rng.randrange(1, 21)
        if isinstance(fact, WrittenOff) and rng.random() < 0.9:
            continue
        try:
            book.happen(number, f"f{step}", fact)
        except NotOwed:
            continue
        if step % 7 == 0:
            book.let_fall_due(day)
            book.accrue(day)
            assert book.receivable() == book.owed(day)
            assert sum(book.accounts.ledger["CNY"].values()) == 0


CLOCK = FixedClock(Micros(FIRST_DAY * DAY))


@pytest.fixture
def process(tmp_path):
    process = open_process(Settings(home=tmp_path), "test", clock=CLOCK)
    go_live(process, *EVERYTHING)
    yield process
    process.close()


def test_what_was_accrued_is_there_after_a_start(process):
    book = AccountBook(process, CLOCK)
    opening = open_account(
        AccountId("acc_1"), till(), Digest("d" * 64), owner_kind="person", owner=Pseudonym("p" * 32), day=FIRST_DAY,
        by="ann", limit_minor=300_000,
    )  # fmt: skip
    book.write(Request(key="o", asked=1, change=lambda _: opening))
    book.write(Request(key="d", asked=1, change=lambda one: draw(one.numbered(1), "tv", agreed(90_000), by="ann")))
    assert book.accrue(FIRST_DAY + 20) == 1
    with book.lock:
        ledger, earned = book.accounts.ledger, book.accounts.earned
    anew = AccountBook(process, CLOCK)
    with anew.lock:
        assert (anew.accounts.ledger, anew.accounts.earned) == (ledger, earned)
    assert anew.accrue(FIRST_DAY + 20) == 0
