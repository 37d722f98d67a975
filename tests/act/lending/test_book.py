"""The book of accounts: what is written is written once, and what is read after a start is what was."""

from __future__ import annotations

import random
import threading

import pytest
from small_workspace import EVERYTHING, go_live
from till_product import FIRST_DAY, agreed, till

from tandem.act.lending import AccountBook, AccountId, NotAllowed, Paid, Request, draw, happen, open_account
from tandem.decide.decisions import open_process
from tandem.kernel.errors import Conflict, NotFound
from tandem.kernel.identity import Digest, Pseudonym, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros

CLOCK = FixedClock(Micros(FIRST_DAY * DAY))


def opened_process(folder):
    return open_process(Settings(home=folder), "test", clock=CLOCK, entropy=SeededEntropy(1))


@pytest.fixture
def process(tmp_path):
    found = opened_process(tmp_path / "home")
    go_live(found, *EVERYTHING)
    yield found
    found.close()


@pytest.fixture
def book(process):
    return AccountBook(process, CLOCK)


def opening(number, limit_minor=300_000):
    account, owner = AccountId(f"acc_{number}"), Pseudonym(f"{number:032x}")
    return Request(
        key=f"open-{number}", asked=["open", number],
        change=lambda _: open_account(
            account, till(), Digest("d" * 64), owner_kind="person", owner=owner, day=FIRST_DAY, by="ann",
            limit_minor=limit_minor,
        ),
    )  # fmt: skip


def drawing(number, amount_minor=120_000, *, plan="tv"):
    return Request(
        key=f"draw-{number}-{plan}", asked=[number, plan, amount_minor],
        change=lambda accounts: draw(accounts.get(f"acc_{number}"), plan, agreed(amount_minor), by="ann"),
    )  # fmt: skip


def paying(number, amount_minor, *, day, key):
    fact = Paid(day=day, amount_minor=amount_minor)
    return Request(
        key=key, asked=[number, amount_minor, day],
        change=lambda accounts: happen(accounts.get(f"acc_{number}"), "tv", key, fact, by="ann"),
    )  # fmt: skip


def test_an_account_is_opened_drawn_and_paid(book):
    book.write(opening(1))
    book.write(drawing(1))
    found = book.write(paying(1, 5_000, day=FIRST_DAY + 3, key="pay-1"))
    assert not found.again
    assert book.account("acc_1") == found.account
    assert found.account.draws["tv"].plan.totals.waiting == 5_000


def test_the_same_key_pays_once_and_another_content_under_it_is_refused(book):
    book.write(opening(1))
    book.write(drawing(1))
    first = book.write(paying(1, 5_000, day=FIRST_DAY + 3, key="pay-1"))
    again = book.write(paying(1, 5_000, day=FIRST_DAY + 3, key="pay-1"))
    assert (again.again, again.account) == (True, first.account)
    with pytest.raises(Conflict, match="used for something else"):
        book.write(paying(1, 6_000, day=FIRST_DAY + 3, key="pay-1"))


def test_what_is_refused_is_not_written_and_its_key_is_free(book, process):
    book.write(opening(1))
    before = process.journal.head
    with pytest.raises(NotAllowed):
        book.write(drawing(1, 300_001))
    assert process.journal.head == before
    book.write(drawing(1, 300_000))


def test_of_many_at_once_one_that_cannot_be_done_stops_no_other(book):
    found = book.write_all([opening(1), drawing(1, 300_001), drawing(1, 90_000), drawing(1, 90_000)])
    assert isinstance(found[1], NotAllowed)
    assert [one.again for one in found if not isinstance(one, NotAllowed)] == [False, False, True]
    assert book.account("acc_1").principal_minor == 90_000


def test_nobody_has_an_account_that_was_never_opened(book):
    with pytest.raises(NotFound, match="No account has this id"):
        book.account("acc_9")


def test_after_a_start_everything_is_as_it_was(book, process, tmp_path):
    for number in range(1, 6):
        book.write(opening(number))
        book.write(drawing(number))
        book.write(paying(number, 1_000 * number, day=FIRST_DAY + number, key=f"pay-{number}"))
    book.age(FIRST_DAY + 60)
    with book.lock:
        before = list(book.accounts), book.accounts.ledger, book.accounts.buckets.tolist()
    process.close()
    again = opened_process(tmp_path / "home")
    try:
        anew = AccountBook(again, CLOCK)
        with anew.lock:
            assert (list(anew.accounts), anew.accounts.ledger, anew.accounts.buckets.tolist()) == before
        assert anew.age(FIRST_DAY + 60) == 0
    finally:
        again.close()


def test_ageing_writes_what_moved_and_again_nothing(book, process):
    for number in range(1, 4):
        book.write(opening(number))
        book.write(drawing(number))
    book.write(paying(2, 200_000, day=FIRST_DAY + 1, key="ahead"))
    assert book.age(FIRST_DAY + 60) == 2
    before = process.journal.head
    assert book.age(FIRST_DAY + 60) == 0
    assert process.journal.head == before


def test_what_was_paid_ahead_meets_what_falls_due_in_the_books_too(book, process):
    book.write(opening(1))
    book.write(drawing(1))
    book.write(paying(1, 90_000, day=FIRST_DAY + 1, key="ahead"))
    first = book.account("acc_1").draws["tv"].plan.lines[0].span.due
    book.age(first - 1)
    assert book.account("acc_1").draws["tv"].plan.totals.principal_paid == 0
    book.age(first + 40)
    plan = book.account("acc_1").draws["tv"].plan
    assert plan.totals.principal_paid > 40_000
    assert plan.totals == plan.on(first + 40).totals  # nothing is left for time to do
    before = process.journal.head
    book.age(first + 40)
    assert process.journal.head == before


def test_two_threads_cannot_draw_the_same_room_twice(book):
    book.write(opening(1, limit_minor=100_000))
    drawn, refused = [], []

    def try_to(plan):
        try:
            book.write(drawing(1, 60_000, plan=plan))
            drawn.append(plan)
        except NotAllowed:
            refused.append(plan)

    threads = [threading.Thread(target=try_to, args=(f"plan-{number}",)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(drawn), len(refused)) == (1, 7)


def test_however_often_and_in_whatever_order_requests_are_sent_again_money_is_moved_once(book):
    """Payments to five accounts, each sent one to three times, shuffled: the books hold each of them once."""
    rng = random.Random(11)
    for number in range(1, 6):
        book.write(opening(number))
        book.write(drawing(number))
    sent = [
        (rng.randrange(1, 6), rng.randrange(1, 40_000), FIRST_DAY + rng.randrange(120), f"k{one}") for one in range(60)
    ]
    requests = [one for one in sent for _ in range(rng.randrange(1, 4))]
    rng.shuffle(requests)
    made = []
    while requests:
        some = [requests.pop() for _ in range(min(rng.randrange(1, 9), len(requests)))]
        made += book.write_all([paying(number, amount, day=day, key=key) for number, amount, day, key in some])
    assert sum(not one.again for one in made) == len(sent)
    with book.lock:
        ledger = dict(book.accounts.ledger["CNY"])
        waiting = sum(one.draws["tv"].plan.totals.waiting for one in book.accounts)
        principal = sum(one.principal_minor for one in book.accounts)
    assert sum(ledger.values()) == 0
    assert ledger["cash"] == sum(amount for _, amount, _, _ in sent)
    assert (ledger["loans"], ledger.get("customer_money", 0)) == (principal, -waiting)
