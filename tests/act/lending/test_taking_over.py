"""Accounts of another system: what they were there they are here, and taking them over again changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_workspace import EVERYTHING, go_live
from till_product import FIRST_DAY, till

from tandem.act.lending import AccountBook, AccountId, Movement, NotAllowed, Paid, TakenOver, faults_of, request_of
from tandem.act.products import OutsideProduct, parse_product
from tandem.decide.decisions import open_process
from tandem.faces.demo.lines import lines_of
from tandem.faces.demo.sources import PANEL_MONTHS, panel_days, read_panel
from tandem.kernel.artefacts import parse_yaml
from tandem.kernel.errors import Conflict
from tandem.kernel.identity import Digest, Pseudonym, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros

CLOCK = FixedClock(Micros((FIRST_DAY + 200) * DAY))
TERMS = Digest("d" * 64)
EXAMPLES = Path(__file__).parents[3] / "examples"


@pytest.fixture
def book(tmp_path):
    process = open_process(Settings(home=tmp_path / "home"), "test", clock=CLOCK, entropy=SeededEntropy(1))
    go_live(process, *EVERYTHING)
    yield AccountBook(process, CLOCK)
    process.close()


def taken(*movements, limit_minor=300_000):
    return TakenOver(
        account=AccountId("acc_other"), owner_kind="person", owner=Pseudonym("a" * 32), opened_on=FIRST_DAY,
        movements=movements, limit_minor=limit_minor,
    )  # fmt: skip


def drawn(amount_minor, after=0, **more):
    return Movement(day=FIRST_DAY + after, kind="draw", amount_minor=amount_minor, **more)


def paid(amount_minor, after):
    return Movement(day=FIRST_DAY + after, kind="payment", amount_minor=amount_minor)


def test_an_account_comes_with_its_days_its_limit_and_what_was_paid(book):
    book.write(request_of(taken(drawn(120_000, plan="tv", term=3), paid(10_000, 20)), till(), TERMS, by="ann"))
    account = book.account("acc_other")
    assert (account.opened_on, account.limit_minor, list(account.draws)) == (FIRST_DAY, 300_000, ["tv"])
    assert account.draws["tv"].plan.totals.received == 10_000
    assert account.days_past_due(FIRST_DAY + 200) > 90


def test_taken_over_twice_it_is_there_once(book):
    request = request_of(taken(drawn(120_000), paid(10_000, 20)), till(), TERMS, by="ann")
    first, second = book.write(request), book.write(request)
    assert (first.again, second.again) == (False, True)
    assert book.account("acc_other").version == first.account.version


def test_it_is_there_as_a_whole_or_not_at_all_and_with_other_movements_it_is_refused(book):
    book.write(request_of(taken(drawn(120_000), paid(10_000, 20)), till(), TERMS, by="ann"))
    more = request_of(taken(drawn(120_000), paid(10_000, 20), paid(10_000, 30)), till(), TERMS, by="ann")
    with pytest.raises(Conflict) as refused:
        book.write(more)
    assert refused.value.code == "key_reused"
    assert book.account("acc_other").draws["over-1"].plan.totals.received == 10_000


def test_every_fault_of_an_account_is_told_by_its_movement_and_none_that_only_follows():
    faults = faults_of(
        taken(drawn(1), paid(10, 1), drawn(50_000, 2, term=5), drawn(60_000, 3), paid(5, 4)), till(), TERMS
    )
    assert [(number, fault.field) for number, fault in faults] == [(1, "amount_minor"), (3, "term")]
    assert [(number, fault.field) for number, fault in faults_of(taken(limit_minor=1), till(), TERMS)] == [
        (0, "limit_minor")
    ]


def test_what_the_other_system_let_them_draw_stands(book):
    book.write(request_of(taken(drawn(200_000), drawn(200_000, 1)), till(), TERMS, by="ann"))
    account = book.account("acc_other")
    assert (account.principal_minor, account.available_minor) == (400_000, 0)


def test_what_the_other_system_paid_out_says_so_whatever_happens_to_it_later(book):
    book.write(request_of(taken(drawn(120_000, plan="tv"), paid(10_000, 20), paid(5_000, 30)), till(), TERMS, by="ann"))
    tv = book.account("acc_other").draws["tv"]
    assert tv.elsewhere
    assert tv.without_fact("over-2").elsewhere
    assert tv.with_fact("back", Paid(day=FIRST_DAY + 2, amount_minor=1)).elsewhere


@pytest.mark.parametrize(
    ("movements", "error", "field"),
    [
        ([drawn(1)], OutsideProduct, "amount_minor"),
        ([drawn(50_000, term=5)], OutsideProduct, "term"),
        ([drawn(50_000), Movement(day=FIRST_DAY + 1, kind="refund", amount_minor=5)], NotAllowed, "plan"),
    ],
)
def test_what_makes_no_account_of_the_product_says_why(movements, error, field):
    with pytest.raises(error) as refused:
        request_of(taken(*movements), till(), TERMS, by="ann")
    assert refused.value.field == field


def test_real_accounts_of_the_panel_owe_what_their_last_bill_says_unless_they_paid_too_much_before():
    product = parse_product(parse_yaml((EXAMPLES / "lender/products/card_line.yaml").read_text("utf-8"), "card_line"))
    panel, last = read_panel(EXAMPLES / "data").slice(0, 300), FIRST_DAY
    bills = {f"acc_{row['id']:032d}": row for row in panel.to_pylist()}
    same = whole = 0
    for one in lines_of(panel, last, lambda _kind, name: Pseudonym(name[1:].rjust(32, "0"))):
        row = bills[one.account]
        assert one.movements[-1].day <= last
        assert {move.day for move in one.movements} <= set(panel_days(row["id"], last))
        drawn_minor = sum(move.amount_minor for move in one.movements if move.kind == "draw")
        paid_minor = sum(move.amount_minor for move in one.movements if move.kind == "payment")
        request_of(one, product, TERMS, by="ann")  # all of them are accounts of the product
        whole += 1
        same += drawn_minor - paid_minor == max(row[f"b{PANEL_MONTHS[-1]}"], 0)
    assert whole > 280
    assert same / whole > 0.95
