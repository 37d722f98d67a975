"""What a person may do to an account alone, what takes two, and why not."""

from __future__ import annotations

import msgspec
import pytest
from till_product import FIRST_DAY, agreed, till

from tandem.act.lending import (
    AccountId,
    Accounts,
    Close,
    FellDue,
    Freeze,
    LedgerAccount,
    MoveLimit,
    NotAllowed,
    NotOwed,
    Paid,
    Reschedule,
    Reverse,
    Unfreeze,
    Waive,
    WriteOff,
    draw,
    happen,
    open_account,
)
from tandem.act.lending.deeds import cost_of
from tandem.act.lending.servicing import after, check_machine_reverses, make, second_for
from tandem.act.products import Servicing
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import DAY, Micros

LATE = FIRST_DAY + 120


class Counter:
    """One account with a purchase that is late, and what is done to it on ``LATE``."""

    def __init__(self):
        self.accounts = Accounts()
        self._do(
            open_account(AccountId("acc_1"), till(), Digest("d" * 64), owner_kind="person", owner=Pseudonym("a" * 32),
                         day=FIRST_DAY, by="shop", limit_minor=300_000)
        )  # fmt: skip
        self._do(draw(self.account, "tv", agreed(120_000, term=6), by="shop"))

    @property
    def account(self):
        return self.accounts.numbered(1)

    def _do(self, change):
        self.accounts.apply(change, self.accounts.seq + 1, Micros(LATE * DAY))

    def make(self, act, fact_id="f1"):
        return make(self.account, act, product=till(), day=LATE, by="li", reason="goodwill", fact_id=fact_id)

    def do(self, act, fact_id="f1"):
        change = self.make(act, fact_id)
        self._do(change)
        return change

    def pay(self, name, amount):
        self._do(happen(self.account, "tv", name, Paid(day=LATE - 1, amount_minor=amount), by="bank"))

    def second(self, act, alone=0):
        change = self.make(act)
        return second_for(self.account, act, change, Servicing(waive_alone_minor=alone), LATE)

    def owed(self):
        return self.account.draws["tv"].plan.owed(LATE)


@pytest.fixture
def counter():
    return Counter()


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (Waive(plan="tv", penalty_minor=1), "waives_more"),
        (Waive(plan="tv", rest=True), "waives_more"),
        (Reschedule(plan="tv", count=12, rate_bps=900), "reschedules"),
        (WriteOff(plan="tv"), "writes_off"),
        (MoveLimit(limit_minor=300_001), "raises_limit"),
        (MoveLimit(limit_minor=299_999), None),
        (Freeze(), None),
    ],
)
def test_what_costs_the_lender_or_is_hard_to_undo_takes_two(counter, act, why):
    assert counter.second(act) == why


def test_one_person_waives_up_to_what_the_product_lets_them(counter):
    assert counter.second(Waive(plan="tv", penalty_minor=100), alone=100) is None
    assert counter.second(Waive(plan="tv", penalty_minor=101), alone=100) == "waives_more"


def test_many_small_waivers_count_together(counter):
    counter.do(Waive(plan="tv", penalty_minor=60), "w1")
    assert counter.second(Waive(plan="tv", penalty_minor=40), alone=100) is None
    assert counter.second(Waive(plan="tv", penalty_minor=41), alone=100) == "waives_more"


def test_a_product_that_is_not_sold_any_more_lets_nobody_waive_alone(counter):
    act = Waive(plan="tv", penalty_minor=1)
    assert second_for(counter.account, act, counter.make(act), None, LATE) == "waives_more"


def test_taking_back_what_happened_takes_two(counter):
    counter.pay("bank-1", 5_000)
    assert counter.second(Reverse(plan="tv", fact_id="bank-1"), alone=10**9) == "takes_back"


def test_what_is_waived_is_owed_no_more_and_stands_in_the_books(counter):
    before = counter.owed()
    counter.do(Waive(plan="tv", fee_minor=200, penalty_minor=50))
    assert (counter.owed().fee, counter.owed().penalty) == (before.fee - 200, before.penalty - 50)
    assert counter.accounts.ledger["CNY"][LedgerAccount.WAIVERS] == 250


def test_what_it_would_come_to_is_told_before_it_is_done(counter):
    act = Reschedule(plan="tv", count=24, rate_bps=300)
    change = counter.make(act)
    looked = after(counter.account, change)
    assert looked.draws["tv"].plan.rescheduled == 1
    assert counter.account.draws["tv"].plan.rescheduled == 0  # nothing has moved
    counter.do(act)
    assert counter.account.draws["tv"].plan.lines == looked.draws["tv"].plan.lines


def test_a_deed_says_who_did_what_why_and_what_it_cost(counter):
    counter.do(Waive(plan="tv", penalty_minor=50), "w1")
    counter.do(Freeze())
    waived, frozen = counter.account.deeds
    assert (waived.act, waived.by, waived.reason, waived.fact_id) == (
        Waive(plan="tv", penalty_minor=50), "li", "goodwill", "w1",
    )  # fmt: skip
    assert (waived.cost_minor, waived.state, waived.at) == (50, "done", LATE * DAY)
    assert (frozen.act, frozen.cost_minor) == (Freeze(), 0)


def test_what_is_written_off_costs_what_is_lost_and_nothing_once_it_is_taken_back(counter):
    lost = counter.do(WriteOff(plan="tv"), "off")
    assert cost_of(lost) == counter.accounts.ledger["CNY"][LedgerAccount.LOSSES] > 120_000 - 1
    back = counter.do(Reverse(plan="tv", fact_id="off"), "back")
    assert cost_of(back) == -cost_of(lost)
    assert counter.accounts.ledger["CNY"][LedgerAccount.LOSSES] == 0
    assert counter.account.state == "open"


@pytest.mark.parametrize(
    ("act", "error", "field"),
    [
        (Waive(plan="tv"), NotAllowed, "act"),
        (Waive(plan="tv", penalty_minor=10**6), NotOwed, "penalty_minor"),
        (Waive(plan="car", penalty_minor=1), NotFound, "plan"),
        (Reschedule(plan="tv", count=6, rate_bps=901), NotAllowed, "rate_bps"),
        (MoveLimit(limit_minor=300_000), NotAllowed, "limit_minor"),
        (MoveLimit(limit_minor=5_000_001), NotAllowed, "limit_minor"),
        (Unfreeze(), NotAllowed, "act"),
        (Close(), NotAllowed, "plan"),
        (Reverse(plan="tv", fact_id="none"), NotFound, "fact_id"),
    ],
)
def test_what_cannot_be_done_says_why(counter, act, error, field):
    with pytest.raises(error) as refused:
        counter.make(act)
    assert refused.value.field == field


def test_nothing_more_is_lent_on_a_product_that_is_not_sold_any_more(counter):
    act = MoveLimit(limit_minor=400_000)
    with pytest.raises(NotAllowed, match="Nothing more is lent"):
        make(counter.account, act, product=None, day=LATE, by="li", reason="risk", fact_id="f")
    lower = make(counter.account, MoveLimit(limit_minor=1), product=None, day=LATE, by="li", reason="risk", fact_id="f")
    assert lower.limit_minor == 1


def test_a_closed_account_stays_closed(counter):
    counter.do(Waive(plan="tv", rest=True))
    counter.do(Close())
    for act in (Close(), Freeze(), MoveLimit(limit_minor=400_000)):
        with pytest.raises(NotAllowed):
            counter.make(act)


def test_that_something_fell_due_is_taken_back_by_nobody(counter):
    counter._do(happen(counter.account, "tv", "due", FellDue(day=LATE), by="tandem"))
    with pytest.raises(NotAllowed, match="fell due"):
        counter.make(Reverse(plan="tv", fact_id="due"))


def test_a_bank_takes_back_payments_and_nothing_that_a_person_did(counter):
    counter.pay("bank-1", 5_000)
    counter.do(Waive(plan="tv", fee_minor=10), "w1")
    check_machine_reverses(counter.account, "tv", "bank-1")
    check_machine_reverses(counter.account, "tv", "none")  # is refused elsewhere
    with pytest.raises(NotAllowed) as refused:
        check_machine_reverses(counter.account, "tv", "w1")
    assert refused.value.code == "needs_second"


def test_what_was_recorded_before_reasons_were_asked_for_is_still_read(counter):
    counter._do(msgspec.structs.replace(counter.make(Freeze()), reason=None))
    assert counter.account.deeds[0].reason is None
