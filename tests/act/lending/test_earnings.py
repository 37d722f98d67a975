"""What all have earned, counted in columns, is what each has earned, counted by itself: to the minor unit, on any day."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_facts import FACTS
from till_product import FIRST_DAY, TILL

from tandem.act.lending import (
    AccountId,
    Accounts,
    NotAllowed,
    NotOwed,
    OutOfOrder,
    Paid,
    draw,
    earned_by,
    happen,
    open_account,
    terms_of,
)
from tandem.act.lending.earning import clock_of, formula_of
from tandem.act.products import parse_product, part_until, quote
from tandem.act.products.due_dates import Span
from tandem.kernel.identity import Digest, Pseudonym

RULES = (
    {"method": "equal_principal", "due_day": 10, "first_after_days": 10},
    {"method": "equal_instalment"},
    {"method": "equal_instalment", "due_day": 31, "first_after_days": 3, "roll": "following", "calendar": "CN"},
    {"method": "bullet", "day_count": "actual_365"},
    {"method": "equal_principal", "day_count": "actual_360", "every": "fortnight"},
    {"method": "equal_instalment", "day_count": "thirty_360"},
    {"method": "equal_instalment", "every": "week"},
    {"method": "declining", "part_bps": 1_000, "due_day": 5, "first_after_days": 15},
)
PRODUCTS = [
    parse_product({
        **TILL, "schedule": rule, "currency": "CNY" if place % 3 else "JPY",
        "price": {**TILL["price"], "overdue": {"bps_per_day": 5, "grace_days": place % 4}, "fee_bps": 20 * (place % 2)},
    })
    for place, rule in enumerate(RULES)
]  # fmt: skip


class Book:
    """Accounts of every kind of schedule, two of them with two plans, and the day."""

    def __init__(self):
        self.accounts, self.day, self.count = Accounts(), FIRST_DAY, 0
        for number, product in enumerate(PRODUCTS, 1):
            self._do(
                open_account(
                    AccountId(f"acc_{number}"), product, Digest("d" * 64), owner_kind="person", owner=Pseudonym("a" * 32),
                    day=FIRST_DAY, by="shop", limit_minor=300_000,
                )
            )  # fmt: skip
            for plan in ("tv", "car")[: 1 + (number < 3)]:
                terms = terms_of(
                    product, quote(product, amount_minor=60_001 * number % 90_000 + 1_000, term=6, on=FIRST_DAY)
                )
                self._do(draw(self.accounts.numbered(number), plan, terms, by="shop"))

    def _do(self, change):
        self.accounts.apply(change, self.accounts.seq + 1)

    def happen(self, number, fact, back):
        self.count += 1
        day = max(self.day - back, FIRST_DAY)
        fact = type(fact)(**{**{name: getattr(fact, name) for name in fact.__struct_fields__}, "day": day})
        with contextlib.suppress(NotOwed, NotAllowed, OutOfOrder):
            self._do(happen(self.accounts.numbered(number), "tv", f"f{self.count}", fact, by="x"))

    def counted(self, day):
        earning = self.accounts.earning(day)
        earned, fresh = earning.counted()
        self.accounts.keep(earning, fresh)
        return earned, len(fresh.since)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.integers(0, 45)),
        st.tuples(st.just("happen"), st.tuples(st.integers(1, len(RULES)), FACTS, st.sampled_from([0, 0, 0, 5, 40]))),
        st.tuples(st.just("count"), st.sampled_from([0, 0, 0, -3, 1])),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_in_columns_it_is_the_same_as_account_by_account(steps):
    book = Book()
    for what, given_ in [*steps, ("pass", 1), ("count", 0)]:
        if what == "pass":
            book.day += given_
        elif what == "happen":
            book.happen(*given_)
        else:
            day = max(book.day + given_, FIRST_DAY)
            assert book.counted(day)[0] == earned_by(book.accounts, day)


def test_it_is_the_same_on_every_single_day_of_two_years():
    book = Book()
    for day in range(FIRST_DAY, FIRST_DAY + 730):
        assert book.counted(day)[0] == earned_by(book.accounts, day), day


def test_only_what_something_happened_to_or_changes_its_way_is_read():
    book = Book()
    assert book.counted(FIRST_DAY + 2)[1] == len(RULES)
    assert book.counted(FIRST_DAY + 3)[1] == 0
    book.day = FIRST_DAY + 3
    book.happen(1, Paid(day=0, amount_minor=100), 0)
    assert book.counted(FIRST_DAY + 4)[1] == 1


def test_what_changed_while_it_was_counted_is_read_again():
    book = Book()
    earning = book.accounts.earning(FIRST_DAY + 5)
    _, fresh = earning.counted()
    book.day = FIRST_DAY + 5
    book.happen(1, Paid(day=0, amount_minor=70_000, early=True), 0)
    book.accounts.keep(earning, fresh)
    found, read = book.counted(FIRST_DAY + 6)
    assert read == 1
    assert found == earned_by(book.accounts, FIRST_DAY + 6)


def test_amounts_that_64_bits_do_not_hold_are_counted_plan_by_plan():
    big = parse_product({
        **TILL, "amount": {"least_minor": 1, "most_minor": 10**15}, "limit_minor": {"least_minor": 1, "most_minor": 10**15}
    })  # fmt: skip
    accounts = Accounts()
    opening = open_account(
        AccountId("acc_1"), big, Digest("d" * 64), owner_kind="person", owner=Pseudonym("a" * 32), day=FIRST_DAY, by="x",
        limit_minor=10**15,
    )  # fmt: skip
    accounts.apply(opening, 1)
    terms = terms_of(big, quote(big, amount_minor=10**15, term=12, on=FIRST_DAY))
    accounts.apply(draw(accounts.numbered(1), "tv", terms, by="x"), 2)
    for day in (FIRST_DAY + 7, FIRST_DAY + 100, FIRST_DAY + 500):
        found, _ = accounts.earning(day).counted()
        assert found == earned_by(accounts, day)
    assert formula_of([accounts.numbered(1).draws["tv"].plan], FIRST_DAY + 7).terms == ()


@pytest.mark.parametrize("rule", PRODUCTS, ids=[str(place) for place in range(len(PRODUCTS))])
def test_the_clock_counts_what_the_day_count_counts(rule):
    span = Span(FIRST_DAY + 20, FIRST_DAY + 49, FIRST_DAY + 49, False)
    for day in range(span.starts + 1, span.until):
        part, of = part_until(rule.schedule, span, day)
        basis = int(of == 360 and rule.schedule.day_count != "actual_360")
        assert clock_of(basis, day) - clock_of(basis, span.starts) == part
