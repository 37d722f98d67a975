"""A snapshot of the accounts shortens a start and is nothing but a shortcut: with it they are the same, to the last bit."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_facts import FACTS
from till_product import FIRST_DAY, agreed, till

from tandem.act.books import keeping
from tandem.act.lending import (
    AccountBook,
    AccountId,
    Accounts,
    MoveLimit,
    NotAllowed,
    NotOwed,
    OutOfOrder,
    Paid,
    Request,
    decode_change,
    draw,
    happen,
    open_account,
)
from tandem.act.lending.changes import Agreed, Proposed
from tandem.act.lending.moving import move_limit
from tandem.act.lending.snapshots import AccountSnapshot
from tandem.decide.decisions import SnapshotFolder, open_process
from tandem.kernel.identity import Digest, Pseudonym, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros

CLOCK = FixedClock(Micros(FIRST_DAY * DAY))
MANY = 5
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("happen"), st.tuples(st.integers(1, MANY), FACTS, st.integers(0, 200))),
        st.tuples(st.just("age"), st.integers(0, 200)),
        st.tuples(st.just("accrue"), st.integers(0, 200)),
        st.tuples(st.just("propose"), st.integers(1, MANY)),
        st.tuples(st.just("agree"), st.just(0)),
    ),
    max_size=12,
)


class Lender:
    """A journal at home, and the book over it."""

    def __init__(self, home):
        self.home, self.count = home, 0
        self.start()

    def start(self):
        self.process = open_process(Settings(home=self.home), "test", clock=CLOCK, entropy=SeededEntropy(1))
        self.book = AccountBook(self.process, CLOCK)

    def begin(self):
        for number in range(1, MANY + 1):
            opening = open_account(
                AccountId(f"acc_{number}"), till(), Digest("d" * 64), owner_kind="person", owner=Pseudonym(f"{number % 3:032x}"),
                day=FIRST_DAY, by="shop", limit_minor=300_000,
            )  # fmt: skip
            self.do(lambda _, change=opening: change)
            self.do(lambda accounts, one=number: draw(accounts.numbered(one), "tv", agreed(90_000, term=6), by="shop"))

    def do(self, change):
        self.count += 1
        with contextlib.suppress(NotOwed, NotAllowed, OutOfOrder):
            self.book.write(Request(key=f"k{self.process.journal.head.seq}-{self.count}", asked=1, change=change))

    def step(self, what, given_):
        if what == "age":
            self.book.age(FIRST_DAY + given_)
        elif what == "accrue":
            self.book.accrue(FIRST_DAY + given_)
        elif what == "happen":
            number, fact, days = given_
            fact = type(fact)(
                **{**{name: getattr(fact, name) for name in fact.__struct_fields__}, "day": FIRST_DAY + days}
            )
            name = f"f{self.count}-{self.process.journal.head.seq}"
            self.do(lambda accounts: happen(accounts.numbered(number), "tv", name, fact, by="x"))
        elif what == "propose":
            proposal = f"prp_{self.process.journal.head.seq}"
            self.do(lambda _: Proposed(account=AccountId(f"acc_{given_}"), by="li", proposal=proposal,
                                       act=MoveLimit(limit_minor=400_000), reason="risk"))  # fmt: skip
        else:
            self.do(self.agree)

    @staticmethod
    def agree(accounts):
        for account, deed in accounts.proposed():
            made = move_limit(account, 400_000, by="li")
            return Agreed(account=account.account_id, by="wang", proposal=deed.proposal, made=made)
        raise NotAllowed("Nothing waits.")

    def again(self):
        self.process.close()
        self.start()

    def columns(self):
        with self.book.lock:
            return self.book.accounts.columns()

    def folded_whole(self):
        """The accounts by every record there is; what was counted of their earnings aside."""
        found = Accounts()
        for record in self.process.journal.read(kinds=["account"]):
            found.apply(decode_change(record.clear), record.seq, record.recorded_at)
        return found.columns()


def without_earnings(columns):
    return {name: getattr(columns, name) for name in columns.__struct_fields__ if name != "earnings"}


@pytest.fixture
def lender(tmp_path):
    one = Lender(tmp_path / "home")
    one.begin()
    yield one
    one.process.close()


@settings(max_examples=40, deadline=None)
@given(STEPS, STEPS)
def test_whatever_happened_before_and_after_it_the_accounts_are_the_same_to_the_last_bit(before, after):
    home = Path(tempfile.mkdtemp())
    one = Lender(home)
    try:
        one.begin()
        for step in before:
            one.step(*step)
        kept = one.columns()
        one.book.keep()
        one.again()
        assert one.columns() == kept
        for step in after:
            one.step(*step)
        live = without_earnings(one.columns())
        one.again()
        assert without_earnings(one.columns()) == live == without_earnings(one.folded_whole())
    finally:
        one.process.close()
        shutil.rmtree(home)


def read_of(lender, monkeypatch):
    """How many records a start folds."""
    counted = []
    monkeypatch.setattr(keeping.Keeping, "folded", lambda _: counted.append(1))
    lender.again()
    lender.columns()
    return len(counted)


def test_a_start_folds_only_what_came_after(lender, monkeypatch):
    lender.book.keep()
    lender.step("age", 100)
    assert read_of(lender, monkeypatch) == 1


def test_without_one_everything_is_folded(lender, monkeypatch):
    assert read_of(lender, monkeypatch) == 2 * MANY


@pytest.mark.parametrize("fault", ["form", "mac", "seq", "torn"])
def test_one_that_does_not_fit_is_passed_over(lender, monkeypatch, fault):
    lender.book.keep()
    folder = SnapshotFolder(lender.home / "snapshots" / "accounts", AccountSnapshot)
    kept = folder.newest(lambda _: True)
    (path,) = (lender.home / "snapshots" / "accounts").glob("*.snapshot")
    if fault == "torn":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        wrong = {"form": Digest("0" * 64), "mac": b"other", "seq": kept.seq + 10**6}[fault]
        path.unlink()
        folder.write(type(kept)(**{**{name: getattr(kept, name) for name in kept.__struct_fields__}, fault: wrong}))
    whole = without_earnings(lender.columns())
    assert read_of(lender, monkeypatch) == 2 * MANY
    assert without_earnings(lender.columns()) == whole


def test_one_is_left_by_itself_after_many_changes(lender, monkeypatch):
    monkeypatch.setattr(keeping, "_EVERY", 3)
    for days in range(4):
        lender.step("happen", (1, Paid(day=0, amount_minor=100), days))
    lender.book._book._keeping.finish()
    assert read_of(lender, monkeypatch) < 2 * MANY + 4


def test_nothing_is_kept_of_a_book_that_nobody_has_looked_into(lender):
    lender.again()
    lender.book.keep()
    assert not (lender.home / "snapshots" / "accounts").exists()
