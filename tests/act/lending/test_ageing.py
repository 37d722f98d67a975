"""Ageing: every account's bucket on a day, written where it moved and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from till_product import FIRST_DAY, agreed, till

from tandem.act.lending import (
    BUCKETS,
    NEVER,
    AccountId,
    Accounts,
    Paid,
    aged,
    bucket_of,
    buckets_on,
    draw,
    freeze,
    happen,
    open_account,
)
from tandem.kernel.identity import Digest, Pseudonym


def accounts_of(count):
    found = Accounts()
    for number in range(1, count + 1):
        account = AccountId(f"acc_{number}")
        owner = Pseudonym(f"{number:032x}")
        found.apply(
            open_account(account, till(), Digest("d" * 64), owner_kind="person", owner=owner, day=FIRST_DAY, by="ann",
                         limit_minor=300_000), number
        )  # fmt: skip
        found.apply(draw(found.get(account), "tv", agreed(120_000, term=12), by="ann"), number)
    return found


def look(accounts, day):
    changes = list(aged(accounts, day))
    for change in changes:
        accounts.apply(change, accounts.seq + 1)
    return {number: bucket for change in changes for number, bucket in zip(change.numbers, change.buckets, strict=True)}


@pytest.mark.parametrize(
    ("late", "bucket"), [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (90, 3), (91, 4), (181, 7), (9_999, 7)]
)
def test_a_bucket_is_thirty_days(late, bucket):
    assert bucket_of(late) == bucket


def test_an_account_moves_once_a_bucket_and_a_second_look_at_a_day_writes_nothing():
    accounts = accounts_of(3)
    due = accounts.numbered(1).oldest_due()
    assert look(accounts, due) == {}
    assert look(accounts, due + 1) == {1: 1, 2: 1, 3: 1}
    assert look(accounts, due + 1) == {}
    assert look(accounts, due + 30) == {}
    assert look(accounts, due + 31) == {1: 2, 2: 2, 3: 2}


def test_who_pays_comes_back():
    accounts = accounts_of(2)
    due = accounts.numbered(1).oldest_due()
    look(accounts, due + 5)
    owed = accounts.numbered(2).owed(due + 6)["tv"]
    accounts.apply(happen(accounts.numbered(2), "tv", "p", Paid(day=due + 6, amount_minor=owed.due), by="ann"), 9)
    assert look(accounts, due + 6) == {2: 0}


def test_who_has_paid_ahead_is_not_late():
    accounts = accounts_of(1)
    due = accounts.numbered(1).oldest_due()
    accounts.apply(happen(accounts.numbered(1), "tv", "p", Paid(day=due - 3, amount_minor=15_000), by="ann"), 9)
    assert look(accounts, due + 5) == {}


def test_a_missed_day_is_made_up_for_by_the_next():
    accounts = accounts_of(1)
    assert look(accounts, accounts.numbered(1).oldest_due() + 95) == {1: 4}


@settings(max_examples=50)
@given(st.lists(st.integers(-100, 400), min_size=1, max_size=50))
def test_all_at_once_is_each_one_by_itself(late):
    day = 20_000
    due = np.asarray([*(day - one for one in late), NEVER], dtype=np.int32)
    assert buckets_on(due, day).tolist() == [*(sum(one >= least for least in BUCKETS) for one in late), 0]


def test_accounts_are_found_newest_first_by_how_they_stand():
    accounts = accounts_of(4)
    due = accounts.numbered(1).oldest_due()
    accounts.apply(happen(accounts.numbered(2), "tv", "p", Paid(day=due, amount_minor=50_000), by="ann"), 9)
    accounts.apply(freeze(accounts.numbered(3), frozen=True, by="ann"), 10)
    assert list(accounts.newest()) == [4, 3, 2, 1]
    assert list(accounts.newest(before=3)) == [2, 1]
    assert list(accounts.newest(state="frozen")) == [3]
    assert list(accounts.newest(state="open", late_on=due + 1)) == [4, 1]
    assert list(accounts.newest(late_on=due)) == []
    assert list(accounts.newest(owner=accounts.numbered(2).owner)) == [2]
    assert [one.number for one in accounts.of(accounts.numbered(2).owner)] == [2]
    assert list(Accounts().newest()) == []
