"""A payment on an account with several plans: what is due first, whichever plan it stands on, and nothing of it lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from till_product import FIRST_DAY, agreed, till

from tandem.act.lending import AccountId, Accounts, NotOwed, OutOfOrder, draw, happen, open_account, spread
from tandem.kernel.identity import Digest, Pseudonym


class Book:
    """Accounts without a journal: one account, moved by hand."""

    def __init__(self) -> None:
        self.accounts = Accounts()
        self.seq = 0
        self.write(
            open_account(
                AccountId("acc"), till(), Digest("d" * 64), owner_kind="person", owner=Pseudonym("a" * 32),
                day=FIRST_DAY, by="ann", limit_minor=5_000_000,
            )
        )  # fmt: skip

    @property
    def account(self):
        return self.accounts.get("acc")

    def write(self, change):
        self.seq += 1
        self.accounts.apply(change, self.seq)

    def draw(self, plan, amount_minor, *, on=FIRST_DAY, term=3):
        self.write(draw(self.account, plan, agreed(amount_minor, term=term, on=on), by="ann"))

    def pay(self, amount_minor, *, day, early=True):
        parts = spread(self.account, amount_minor, day=day, early=early)
        for part in parts:
            self.write(happen(self.account, part.plan, f"pay-{self.seq}", part.fact, by="ann"))
        return parts


@pytest.fixture
def book():
    return Book()


def due(account, day):
    return {name: owed.due for name, owed in account.owed(day).items()}


def test_what_is_due_is_met_oldest_first_across_plans(book):
    book.draw("old", 300_000)
    book.draw("new", 300_000, on=FIRST_DAY + 10)
    day = FIRST_DAY + 80
    before = due(book.account, day)
    assert before["old"]
    assert before["new"]
    book.pay(before["old"], day=day)
    after = due(book.account, day)
    assert sum(after.values()) == before["new"]
    assert after["new"] < before["new"], (
        "the first instalment of the new plan is older than the last one due of the old"
    )


def test_paying_all_that_is_due_leaves_nothing_due_and_nothing_repaid_early(book):
    book.draw("old", 300_000)
    book.draw("new", 90_000, on=FIRST_DAY + 10)
    day = FIRST_DAY + 60
    before = book.account
    parts = book.pay(sum(due(before, day).values()), day=day)
    assert sum(due(book.account, day).values()) == 0
    assert not any(part.fact.early for part in parts)


def test_more_than_is_due_repays_the_oldest_plan_early(book):
    book.draw("old", 300_000)
    book.draw("new", 90_000)
    parts = book.pay(100_000, day=FIRST_DAY + 1)
    assert [(part.plan, part.fact.early) for part in parts] == [("old", True)]
    assert book.account.draws["old"].plan.totals.principal < 300_000


def test_what_is_not_to_repay_early_waits_for_the_instalments_that_come_next_whichever_plan_they_stand_on(book):
    book.draw("old", 300_000)
    book.draw("new", 90_000, on=FIRST_DAY + 10)
    day = FIRST_DAY + 11
    first = {name: book.account.draws[name].plan.lines[0] for name in ("old", "new")}
    next_month = sum(line.fee + line.interest + line.principal for line in first.values())
    parts = book.pay(next_month, day=day, early=False)
    assert {part.plan for part in parts} == {"old", "new"}
    assert not any(part.fact.early for part in parts)
    assert sum(one.plan.totals.waiting for one in book.account.draws.values()) == next_month
    assert book.pay(1, day=day, early=False)[0].plan == "old", "what waits already is not asked for again"
    assert sum(due(book.account, max(line.span.due for line in first.values())).values()) == 0


def test_the_payoff_of_every_plan_closes_the_account_to_the_cent(book):
    book.draw("old", 300_000)
    book.draw("new", 90_000, on=FIRST_DAY + 40)
    day = FIRST_DAY + 100
    book.pay(sum(owed.payoff for owed in book.account.owed(day).values()), day=day)
    assert all(one.plan.closed and not one.plan.totals.waiting for one in book.account.draws.values())


def test_too_much_waits_for_the_customer(book):
    book.draw("old", 300_000)
    day = FIRST_DAY + 5
    payoff = book.account.owed(day)["old"].payoff
    book.pay(payoff + 777, day=day)
    assert book.account.draws["old"].plan.totals.waiting == 777


def test_nothing_drawn_nothing_to_repay(book):
    with pytest.raises(NotOwed, match="Nothing was drawn"):
        spread(book.account, 100, day=FIRST_DAY)


def test_before_the_last_thing_that_happened_a_payment_names_its_plan(book):
    book.draw("old", 300_000)
    book.pay(1_000, day=FIRST_DAY + 20)
    with pytest.raises(OutOfOrder):
        spread(book.account, 100, day=FIRST_DAY + 10)


@settings(max_examples=150, deadline=None)
@given(
    draws=st.lists(st.tuples(st.integers(1_000, 400_000), st.integers(0, 40), st.sampled_from([1, 3, 6, 12])), min_size=1, max_size=5),
    pays=st.lists(st.tuples(st.integers(1, 900_000), st.integers(0, 45), st.booleans()), min_size=1, max_size=6),
)  # fmt: skip
def test_the_parts_are_the_payment_and_the_books_still_sum_to_zero(draws, pays):
    book, day = Book(), FIRST_DAY
    for number, (amount, after, term) in enumerate(draws):
        day += after
        book.draw(f"plan-{number}", amount, on=day, term=term)
    for amount, after, early in pays:
        day += after
        late_before = book.account.days_past_due(day)
        parts = book.pay(amount, day=day, early=early)
        assert sum(part.fact.amount_minor for part in parts) == amount
        assert book.account.days_past_due(day) <= late_before
    assert sum(book.accounts.ledger["CNY"].values()) == 0
