"""What may be done to an account, and what is said where it may not."""

from __future__ import annotations

import msgspec
import pytest
from till_product import FIRST_DAY, agreed, till

from tandem.act.lending import (
    AccountId,
    Accounts,
    NotAllowed,
    NotOwed,
    Paid,
    Refunded,
    Waived,
    WrittenOff,
    close,
    draw,
    freeze,
    happen,
    move_limit,
    open_account,
    reverse,
)
from tandem.kernel.errors import IntegrityError, NotFound
from tandem.kernel.identity import Digest, Pseudonym

ACCOUNT = AccountId("acc_1")
OWNER = Pseudonym("p" * 32)


def opened(limit_minor=300_000):
    return open_account(
        ACCOUNT, till(), Digest("d" * 64), owner_kind="person", owner=OWNER, day=FIRST_DAY, by="ann", limit_minor=limit_minor
    )  # fmt: skip


class Book:
    """One account, and what is done to it in turn."""

    def __init__(self):
        self.accounts = Accounts()
        self.accounts.apply(opened(), 1)

    @property
    def account(self):
        return self.accounts.get(ACCOUNT)

    def do(self, move, *given, **more):
        return self.accounts.apply(move(self.account, *given, by="ann", **more), self.accounts.seq + 1)


@pytest.fixture
def book():
    return Book()


@pytest.fixture
def drawn(book):
    book.do(draw, "tv", agreed(120_000))
    return book


def test_a_limit_is_drawn_and_freed_again_as_it_is_repaid(drawn):
    assert drawn.account.available_minor == 180_000
    drawn.do(happen, "tv", "pay-1", Paid(day=FIRST_DAY + 1, amount_minor=500_000, early=True))
    assert drawn.account.available_minor == 300_000
    assert drawn.account.draws["tv"].plan.closed


def test_no_more_is_drawn_than_the_limit_leaves(drawn):
    with pytest.raises(NotAllowed) as caught:
        drawn.do(draw, "sofa", agreed(180_001))
    assert (caught.value.field, caught.value.hint) == ("amount_minor", "at most 180000")


def test_a_limit_below_what_is_drawn_calls_nothing_in(drawn):
    drawn.do(move_limit, 50_000)
    assert (drawn.account.available_minor, drawn.account.principal_minor) == (0, 120_000)


def test_nothing_is_drawn_on_a_frozen_account_and_it_can_be_paid(drawn):
    drawn.do(freeze, frozen=True)
    with pytest.raises(NotAllowed, match="account that is frozen"):
        drawn.do(draw, "sofa", agreed(1_000))
    drawn.do(happen, "tv", "pay-1", Paid(day=FIRST_DAY + 1, amount_minor=1_000))
    drawn.do(freeze, frozen=False)
    drawn.do(draw, "sofa", agreed(1_000))


def test_what_was_written_off_is_drawn_no_more(drawn):
    drawn.do(happen, "tv", "loss", WrittenOff(day=FIRST_DAY + 300))
    assert drawn.account.state == "written_off"
    with pytest.raises(NotAllowed, match="account that is written_off"):
        drawn.do(draw, "sofa", agreed(1_000))


def test_a_debit_that_came_back_is_as_if_it_had_never_been(drawn):
    before = drawn.account.draws["tv"]
    drawn.do(happen, "tv", "pay-1", Paid(day=FIRST_DAY + 40, amount_minor=45_000))
    drawn.do(happen, "tv", "pay-2", Paid(day=FIRST_DAY + 70, amount_minor=10_000))
    drawn.do(reverse, "tv", "pay-2")
    drawn.do(reverse, "tv", "pay-1")
    assert drawn.account.draws["tv"] == before
    assert sum(drawn.accounts.ledger["CNY"].values()) == 0
    assert drawn.accounts.ledger["CNY"]["cash"] == 0


@pytest.mark.parametrize("money", [Paid, Refunded])
def test_money_that_the_rest_was_waived_for_comes_back_only_after_the_waiver(drawn, money):
    drawn.do(happen, "tv", "settled", money(day=FIRST_DAY + 40, amount_minor=50_000))
    drawn.do(happen, "tv", "rest", Waived(day=FIRST_DAY + 41, rest=True))
    before = drawn.account
    with pytest.raises(NotAllowed, match=r"would be.*take the waiver back first: rest") as refused:
        drawn.do(reverse, "tv", "settled")
    assert refused.value.code == "waived_since"
    assert drawn.account == before
    drawn.do(reverse, "tv", "rest")
    drawn.do(reverse, "tv", "settled")
    assert drawn.account.principal_minor == 120_000


def test_money_that_came_after_the_waiver_comes_back_and_the_waiver_gives_up_what_it_did(drawn):
    drawn.do(happen, "tv", "early", Paid(day=FIRST_DAY + 10, amount_minor=20))
    drawn.do(happen, "tv", "some", Waived(day=FIRST_DAY + 40, interest_minor=5))
    drawn.do(happen, "tv", "rest", Waived(day=FIRST_DAY + 41, rest=True))
    waived = drawn.account.draws["tv"].plan.totals.waived
    drawn.do(happen, "tv", "late", Paid(day=FIRST_DAY + 50, amount_minor=700))
    drawn.do(reverse, "tv", "late")
    assert drawn.account.draws["tv"].plan.totals.waived == waived


def test_a_back_dated_payment_takes_the_penalty_back_that_was_paid_meanwhile(drawn):
    due = drawn.account.draws["tv"].plan.lines[0].span.due
    drawn.do(happen, "tv", "late", Paid(day=due + 20, amount_minor=60_000))
    assert drawn.account.draws["tv"].plan.totals.penalty_paid > 0
    drawn.do(happen, "tv", "found", Paid(day=due, amount_minor=60_000))
    plan = drawn.account.draws["tv"].plan
    assert plan.totals.penalty_paid == 0
    assert drawn.accounts.ledger["CNY"]["penalties_receivable"] == 0
    assert drawn.accounts.ledger["CNY"]["customer_money"] == -plan.totals.waiting


def test_an_account_closes_when_nothing_is_owed_and_nothing_waits(drawn):
    with pytest.raises(NotAllowed, match="still open"):
        drawn.do(close)
    drawn.do(happen, "tv", "gone", Refunded(day=FIRST_DAY + 1, amount_minor=130_000))
    with pytest.raises(NotAllowed, match="still open"):  # some of the refund is the customer's
        drawn.do(close)


@pytest.mark.parametrize(
    ("move", "given", "error", "words"),
    [
        (happen, ("tw", "pay-1", Paid(day=FIRST_DAY, amount_minor=1)), NotFound, "no such plan.*known: tv"),
        (happen, ("tv", "pay-0", Paid(day=FIRST_DAY, amount_minor=1)), NotAllowed, "of this id has happened"),
        (happen, ("tv", "pay-1", Paid(day=FIRST_DAY, amount_minor=0)), NotAllowed, "above zero"),
        (happen, ("tv", "pay-1", Paid(day=FIRST_DAY - 1, amount_minor=1)), NotOwed, "before anything was drawn"),
        (reverse, ("tv", "pay-9"), NotFound, "Nothing of this id.*did you mean 'pay-0'"),
        (draw, ("tv", agreed(1_000)), NotAllowed, "a plan of this name"),
        (move_limit, (-1,), NotAllowed, "not below zero"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(drawn, move, given, error, words):
    drawn.do(happen, "tv", "pay-0", Paid(day=FIRST_DAY, amount_minor=1))
    before = drawn.account
    with pytest.raises(error, match=words):
        drawn.do(move, *given)
    assert drawn.account == before


@pytest.mark.parametrize("limit_minor", [None, 9_999, 5_000_001])
def test_a_limit_is_one_that_the_product_has(limit_minor):
    with pytest.raises(NotAllowed, match=r"no such limit.*from 10000 to 5000000"):
        opened(limit_minor)


def test_a_change_that_posted_something_else_than_it_comes_to_is_damage(drawn):
    honest = happen(drawn.account, "tv", "pay-1", Paid(day=FIRST_DAY, amount_minor=5_000), by="ann")
    (one,) = honest.posted
    forged = msgspec.structs.replace(honest, posted=(msgspec.structs.replace(one, amount_minor=4_000),))
    with pytest.raises(IntegrityError, match="posted something else"):
        drawn.accounts.apply(forged, 99)
