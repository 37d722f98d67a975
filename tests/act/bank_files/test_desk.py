"""The bank desk: what a bank says moves accounts once, whatever it says twice, and what nobody can place waits for a person."""

from __future__ import annotations

import random

import msgspec
import pytest
from bank_house import CUSTOMER, NOW, SENDER, House
from bank_side import OURS, Moved, official_schema, statement, status_report

from tandem.act.bank_files import BadFile, BankBooks, BankDesk, PartyAccount, Wanted, reference_of
from tandem.act.bank_files.changes import decode_change
from tandem.act.bank_files.ordering import orders_of
from tandem.act.bank_files.reading import read_bank_file
from tandem.act.lending import (
    AccountBook,
    AccountId,
    Freeze,
    LedgerAccount,
    Movement,
    NotAllowed,
    Paid,
    Refunded,
    Request,
    Reverse,
    TakenOver,
    Waived,
    happen,
    request_of,
)
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, Refused, Unavailable
from tandem.kernel.time import Micros


@pytest.fixture
def house(tmp_path):
    found = House(tmp_path)
    yield found
    found.close()


@pytest.fixture
def loan(house):
    return house.sign()


def taken(house, *moved, name="STMT-1", **more):
    return house.bank.take(statement(list(moved), name=name, **more), by="bank")[0]


def outcomes(told, currency="EUR"):
    return {outcome: (one.count, one.minor) for outcome, one in told.sums.get(currency, {}).items()}


def waiting(house):
    return house.bank.look(lambda books: [one.taken for one in books.open.values()])


def totals(house, loan):
    return house.account(loan).draws["loan"].plan.totals


# -- money that comes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["end_to_end", "structured", "words"])
def test_money_with_a_reference_pays_its_plan_on_its_value_day(house, loan, where):
    day = house.first_due(loan)
    house.go_to(day + 3)
    reference = house.reference(loan)
    words = {"words": f"my instalment {reference.lower()} thank you"}.get(where)
    moved = Moved(amount=20_000, day=day, ref="B-1", words=words, **({where: reference} if where != "words" else {}))
    assert outcomes(taken(house, moved)) == {"matched": (1, 20_000)}
    (fact,) = house.account(loan).draws["loan"].facts.values()
    assert (fact.day, fact.amount_minor) == (day, 20_000)
    assert house.cash() == 20_000


@pytest.mark.parametrize(
    ("moved", "why"),
    [
        (Moved(amount=100, day=20_520, ref="B-1"), "no_reference"),
        (Moved(amount=100, day=20_520, ref="B-1", words="RF12T00000001ABCDEF"), "no_reference"),
        (Moved(amount=-100, day=20_520, ref="B-1", words="account keeping"), "unknown_debit"),
        (Moved(amount=-100, day=20_520, ref="B-1", end_to_end="E-9", returned="AC04"), "unknown_return"),
        (Moved(amount=100, day=20_520, ref="B-1", end_to_end="E-9", returned="AC04"), "unknown_return"),
    ],
)
@pytest.mark.usefixtures("loan")
def test_what_leads_nowhere_waits_in_suspense_and_says_why(house, moved, why):
    house.go_to(moved.day)
    taken(house, moved)
    (item,) = waiting(house)
    assert (item.why, item.amount_minor) == (why, 100)
    assert house.book(LedgerAccount.SUSPENSE) == -moved.amount
    assert house.cash() == moved.amount


@pytest.mark.usefixtures("loan")
def test_a_reference_of_an_account_that_is_not_there_waits(house):
    house.go_to(20_520)
    taken(house, Moved(amount=100, day=20_520, ref="B-1", words=reference_of(77, "loan")),
          Moved(amount=100, day=20_520, ref="B-2", words=reference_of(1, "other")),
          Moved(amount=100, day=20_520, ref="B-3", words=f"{reference_of(1, 'loan')} {reference_of(2, 'loan')}"))  # fmt: skip
    assert [one.why for one in waiting(house)] == ["unknown_reference", "unknown_reference", "several_references"]


def test_money_for_a_loan_that_is_repaid_waits_for_a_person(house, loan):
    day = house.first_due(loan)
    house.go_to(day)
    payoff = house.account(loan).owed(day)["loan"].payoff
    house.ask("POST", f"/v1/accounts/{loan.account_id}/payments",
              {"payment_id": "p", "plan": "loan", "amount_minor": payoff, "early": True, "by": "shop"})  # fmt: skip
    taken(house, Moved(amount=500, day=day, ref="B-1", words=house.reference(loan)))
    assert [(one.why, one.account) for one in waiting(house)] == [("nothing_owed", loan.account_id)]


def test_money_of_a_day_before_the_loan_waits_with_the_accounts_own_reason(house, loan):
    taken(house, Moved(amount=500, day=loan.opened_on - 1, ref="B-1", words=house.reference(loan)))
    assert [one.why for one in waiting(house)] == ["not_owed"]


def test_what_a_person_assigns_is_paid_and_leaves_suspense(house, loan):
    house.go_to(20_520)
    taken(house, Moved(amount=5_000, day=20_520, ref="B-1", words="from my aunt", party="Aunt Li"))
    (item,) = waiting(house)
    waits = house.bank.look(lambda books: books.open[item.item])
    assert house.bank.told(waits).party == "Aunt Li"
    done = house.bank.assign(item.item, "payment", account=loan.account_id, plan="loan", by="ann")
    assert done.fact_id in house.account(loan).draws["loan"].facts
    assert (house.book(LedgerAccount.SUSPENSE), house.cash()) == (0, 5_000)
    assert waiting(house) == []
    with pytest.raises(NotFound):
        house.bank.assign(item.item, "payment", account=loan.account_id, plan="loan", by="ann")


@pytest.mark.parametrize(
    ("to", "more", "error"),
    [
        ("return", {"account": "acc", "plan": "loan", "fact_id": "f"}, InvalidInput),
        ("payment", {}, InvalidInput),
        ("payment", {"account": "acc_none", "plan": "loan"}, NotFound),
    ],
)
@pytest.mark.usefixtures("loan")
def test_what_cannot_be_assigned_stays(house, to, more, error):
    house.go_to(20_520)
    taken(house, Moved(amount=5_000, day=20_520, ref="B-1"))
    (item,) = waiting(house)
    with pytest.raises(error):
        house.bank.assign(item.item, to, by="ann", **more)
    assert waiting(house) == [item]


@pytest.mark.usefixtures("loan")
def test_a_fee_of_the_banks_is_assigned_as_a_charge(house):
    house.go_to(20_520)
    taken(house, Moved(amount=-700, day=20_520, ref="B-1"))
    house.bank.assign(waiting(house)[0].item, "charge", by="ann")
    assert (house.book(LedgerAccount.BANK_CHARGES), house.book(LedgerAccount.SUSPENSE), house.cash()) == (700, 0, -700)


# -- orders and what becomes of them ------------------------------------------------------------------------------


def test_a_loan_is_paid_out_once_by_a_file_the_schema_allows(house, loan):
    out = house.bank.order("payout", [house.wanted(loan)], key="f-1", sender=SENDER, currency="EUR",
                           on=loan.opened_on, by="ann")  # fmt: skip
    assert (out.count, out.total_minor, out.again) == (1, 120_000, False)
    schema = official_schema("pain.001.001.09")
    if schema is not None:
        schema.validate(out.content.decode())
    again = house.bank.order("payout", [house.wanted(loan)], key="f-1", sender=SENDER, currency="EUR",
                             on=loan.opened_on, by="ann")  # fmt: skip
    assert (again.content, again.again) == (out.content, True)
    with pytest.raises(InvalidInput, match="nothing to order"):
        house.bank.order("payout", [house.wanted(loan)], key="f-2", sender=SENDER, currency="EUR",
                         on=loan.opened_on, by="ann")  # fmt: skip
    assert house.book(LedgerAccount.PAYOUTS) == -120_000
    end_to_end = next(iter(house.bank.look(lambda books: dict(books.orders))))
    told = taken(house, Moved(amount=-120_000, day=loan.opened_on, ref="B-1", end_to_end=end_to_end))
    assert outcomes(told) == {"cleared": (1, -120_000)}
    assert (house.book(LedgerAccount.PAYOUTS), house.cash()) == (0, -120_000)


@pytest.mark.parametrize(
    "other",
    [
        {"iban": "DE75512108001245126199"},
        {"name": "B. Customer"},
        {"sender": msgspec.structs.replace(SENDER, account=PartyAccount(name="Another Lender", iban=OURS))},
    ],
)
def test_the_same_key_with_another_party_or_sender_is_refused(house, loan, other):
    day, sender = loan.opened_on, other.get("sender", SENDER)
    house.bank.order("payout", [house.wanted(loan)], key="f-1", sender=SENDER, currency="EUR", on=day, by="ann")
    wanted = house.wanted(loan)
    wanted = msgspec.structs.replace(
        wanted, party=msgspec.structs.replace(wanted.party, **{one: to for one, to in other.items() if one != "sender"})
    )
    count = house.process.journal.count
    with pytest.raises(Conflict) as refused:
        house.bank.order("payout", [wanted], key="f-1", sender=sender, currency="EUR", on=day, by="ann")
    assert refused.value.code == "key_reused"
    assert house.process.journal.count == count


def payouts(house, *accounts):
    accounts = {one.account_id: house.account(one) for one in accounts}
    wanted = [house.wanted(one) for one in accounts.values()]
    found = house.bank.look(lambda books: orders_of("payout", wanted, accounts, books, "EUR", NOW))
    return [one.account for one in found.orders], {one.why for one in found.left}


def test_nothing_is_paid_out_on_an_account_that_is_not_open(house, loan):
    other = house.sign("app-2")
    house.lending.servicing.do(loan.account_id, Freeze(), key="f", by="ann", reason="fraud")
    assert payouts(house, loan, other) == ([other.account_id], {"not_open"})


def test_what_another_system_paid_out_is_not_paid_out_again(house, loan):
    product = house.lending.shelf.products["cash_loan"]
    over = TakenOver(
        account=AccountId("acc_over"), owner_kind=loan.owner_kind, owner=loan.owner, opened_on=NOW - 90,
        movements=[Movement(day=NOW - 90, kind="draw", amount_minor=120_000),
                   Movement(day=NOW - 20, kind="payment", amount_minor=500)],
    )  # fmt: skip
    book = AccountBook(house.process, house.clock)
    book.write(request_of(over, product.product, loan.terms, by="ann"))
    accounts = {loan.account_id: loan, over.account: book.account(over.account)}
    wanted = [house.wanted(one) for one in accounts.values()]
    found = house.bank.look(lambda books: orders_of("payout", wanted, accounts, books, "EUR", NOW))
    assert [one.account for one in found.orders] == [loan.account_id]
    assert [(one.account, one.why) for one in found.left] == [("acc_over", "drawn_elsewhere")]


def collect(house, loan, day, key="d-1"):
    return house.bank.order("debit", [house.wanted(loan)], key=key, sender=SENDER, currency="EUR", on=day, by="ann")


def order_ids(house):
    return list(house.bank.look(lambda books: dict(books.orders)))


def test_an_instalment_is_collected_and_a_debit_that_comes_back_is_as_if_it_had_never_been(house, loan):
    day = house.first_due(loan)
    out = collect(house, loan, day)
    schema = official_schema("pain.008.001.08")
    if schema is not None:
        schema.validate(out.content.decode())
    (end_to_end,) = order_ids(house)
    house.go_to(day + 5)
    untouched = house.account(loan).owed(day + 5)
    assert outcomes(taken(house, Moved(amount=out.total_minor, day=day, ref="B-1", end_to_end=end_to_end))) == {
        "matched": (1, out.total_minor)
    }
    assert house.account(loan).days_past_due(day + 5) == 0
    back = Moved(
        amount=-out.total_minor - 300, day=day + 4, ref="B-2", end_to_end=end_to_end, returned="MD06", charges=300
    )
    assert outcomes(taken(house, back, name="STMT-2")) == {"reversed": (1, -out.total_minor - 300)}
    assert house.account(loan).owed(day + 5) == untouched
    assert house.book(LedgerAccount.BANK_CHARGES) == 300
    assert house.cash() == -300


def test_what_came_back_may_be_collected_again_under_an_id_of_its_own(house, loan):
    day = house.first_due(loan)
    out = collect(house, loan, day)
    (first,) = order_ids(house)
    house.go_to(day + 5)
    taken(house, Moved(amount=out.total_minor, day=day, ref="B-1", end_to_end=first),
          Moved(amount=-out.total_minor, day=day + 1, ref="B-2", end_to_end=first, returned="AM04"))  # fmt: skip
    house.bank.order("debit", [house.wanted(loan)], key="d-2", sender=SENDER, currency="EUR", on=day, by="ann")
    assert order_ids(house) == [first, f"{first}-2"]


@pytest.mark.parametrize("group", [None, "RJCT"])
def test_a_rejected_order_is_known_as_one_and_may_be_made_again(house, loan, group):
    day = house.first_due(loan)
    out = collect(house, loan, day)
    (end_to_end,) = order_ids(house)
    told, _ = house.bank.take(
        status_report(out.message_id, [] if group else [(end_to_end, "RJCT", "AC01")], group=group), by="bank"
    )
    assert told.statuses == {"RJCT": 1}
    assert house.bank.look(lambda books: books.orders[end_to_end].state) == "rejected"
    assert collect(house, loan, day, key="d-2").count == 1


def test_a_debit_of_another_amount_than_was_asked_for_waits(house, loan):
    day = house.first_due(loan)
    out = collect(house, loan, day)
    (end_to_end,) = order_ids(house)
    house.go_to(day)
    taken(house, Moved(amount=out.total_minor - 1, day=day, ref="B-1", end_to_end=end_to_end))
    assert [(one.why, one.account) for one in waiting(house)] == [("amount_differs", loan.account_id)]


def test_a_payout_that_comes_back_waits_and_may_be_paid_out_again(house, loan):
    house.bank.order(
        "payout", [house.wanted(loan)], key="f-1", sender=SENDER, currency="EUR", on=loan.opened_on, by="ann"
    )
    (end_to_end,) = order_ids(house)
    taken(house, Moved(amount=-120_000, day=loan.opened_on, ref="B-1", end_to_end=end_to_end))
    taken(
        house,
        Moved(amount=120_000, day=loan.opened_on, ref="B-2", end_to_end=end_to_end, returned="AC04"),
        name="STMT-2",
    )
    assert [(one.why, one.account) for one in waiting(house)] == [("payout_returned", loan.account_id)]
    assert house.cash() == 0
    again = house.bank.order("payout", [house.wanted(loan)], key="f-2", sender=SENDER, currency="EUR",
                             on=loan.opened_on, by="ann")  # fmt: skip
    assert again.count == 1


def test_a_settlement_that_comes_back_waits_for_a_person_who_takes_the_waiver_back_first(house, loan):
    day = house.first_due(loan)
    out = collect(house, loan, day)
    (end_to_end,) = order_ids(house)
    house.go_to(day + 5)
    taken(house, Moved(amount=out.total_minor, day=day, ref="B-1", end_to_end=end_to_end))
    (paid,) = house.account(loan).draws["loan"].facts
    book, waived = house.lending, Waived(day=day + 2, rest=True)
    book.happen(loan.account_id, "loan", waived, key="rest", by="ann")
    settled = totals(house, loan)
    back = Moved(amount=-out.total_minor, day=day + 4, ref="B-2", end_to_end=end_to_end, returned="MD06")
    assert outcomes(taken(house, back, name="STMT-2")) == {"unmatched": (1, -out.total_minor)}
    (item,) = waiting(house)
    assert (item.why, item.account, item.fact_id) == ("waived_since", loan.account_id, paid)
    assert totals(house, loan) == settled
    given = {"account": loan.account_id, "plan": "loan", "fact_id": paid, "by": "ann"}
    with pytest.raises(NotAllowed, match="take the waiver back first: rest"):
        house.bank.assign(item.item, "return", **given)
    act = Reverse(plan="loan", fact_id="rest")
    desk = house.lending.servicing
    proposed = desk.do(loan.account_id, act, key="r-1", by="ann", reason="our_mistake")
    desk.agree(proposed.change.proposal, version=proposed.account.version, by="ben")
    house.bank.assign(item.item, "return", **given)
    assert house.account(loan).draws["loan"].facts == {}
    assert totals(house, loan).waived == 0
    assert (house.book(LedgerAccount.SUSPENSE), house.cash()) == (0, 0)


def test_a_return_that_names_nothing_is_given_its_payment_by_a_person(house, loan):
    day = house.first_due(loan)
    house.go_to(day + 2)
    taken(house, Moved(amount=5_000, day=day, ref="B-1", words=house.reference(loan)))
    (paid,) = house.account(loan).draws["loan"].facts
    taken(house, Moved(amount=-5_000, day=day + 1, ref="B-2", returned="NOAS"), name="STMT-2")
    (item,) = waiting(house)
    house.bank.assign(item.item, "return", account=loan.account_id, plan="loan", fact_id=paid, by="ann")
    assert house.account(loan).draws["loan"].facts == {}
    assert (house.book(LedgerAccount.SUSPENSE), house.cash()) == (0, 0)


def test_a_party_no_bank_would_take_is_named_and_nothing_is_written(house, loan):
    bad = Wanted(account_id=loan.account_id, party=PartyAccount(name="A", iban="GB33BUKB20201555555556"))
    with pytest.raises(InvalidInput) as refused:
        house.bank.order("payout", [bad], key="f-1", sender=SENDER, currency="EUR", on=loan.opened_on, by="ann")
    assert (refused.value.code, refused.value.field) == ("invalid_party", f"parties[{loan.account_id}].iban")
    assert order_ids(house) == []


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        (Refunded(day=20_520, amount_minor=5_000), "not_a_payment"),
        (Paid(day=20_520, amount_minor=5_001), "amount_differs"),
    ],
)
def test_a_return_takes_nothing_back_but_a_payment_of_its_amount(house, loan, fact, code):
    house.go_to(20_520)
    house.lending.happen(loan.account_id, "loan", fact, key="f-1", by="shop")
    taken(house, Moved(amount=-5_000, day=20_520, ref="B-1", returned="NOAS"))
    (item,) = waiting(house)
    with pytest.raises(InvalidInput) as refused:
        house.bank.assign(item.item, "return", account=loan.account_id, plan="loan", fact_id="f-1", by="ann")
    assert refused.value.code == code
    assert list(house.account(loan).draws["loan"].facts) == ["f-1"]


def test_a_return_in_another_currency_takes_no_payment_back(house, loan):
    house.go_to(20_520)
    house.lending.happen(loan.account_id, "loan", Paid(day=20_520, amount_minor=5_000), key="f-1", by="shop")
    taken(house, Moved(amount=-5_000, day=20_520, ref="B-1", returned="NOAS", currency="USD"), currency="USD")
    (item,) = waiting(house)
    with pytest.raises(InvalidInput) as refused:
        house.bank.assign(item.item, "return", account=loan.account_id, plan="loan", fact_id="f-1", by="ann")
    assert refused.value.code == "other_currency"


def cut_off(house, monkeypatch, item, to, **more):
    """The account is moved, and the bank's own record fails."""
    with monkeypatch.context() as broken:
        broken.setattr(house.bank._book, "ask", lambda _: (_ for _ in ()).throw(Unavailable("Not now.")))
        with pytest.raises(Unavailable):
            house.bank.assign(item, to, by="ann", **more)


def test_what_was_paid_before_it_was_cut_off_is_said_to_be_nothing_else(house, loan, monkeypatch):
    other = house.sign("app-2")
    house.go_to(20_520)
    taken(house, Moved(amount=5_000, day=20_520, ref="B-1"))
    (item,) = waiting(house)
    where = {"account": loan.account_id, "plan": "loan"}
    cut_off(house, monkeypatch, item.item, "payment", **where)
    for to, more in (("elsewhere", {}), ("charge", {}), ("payment", {"account": other.account_id, "plan": "loan"})):
        with pytest.raises(Conflict, match=f"say again: payment, account {loan.account_id}") as refused:
            house.bank.assign(item.item, to, by="ben", **more)
        assert refused.value.code == "assignment_begun"
    house.bank.assign(item.item, "payment", by="ben", **where)
    assert totals(house, loan).received == house.cash() == 5_000
    assert (waiting(house), house.book(LedgerAccount.SUSPENSE)) == ([], 0)


def test_what_was_paid_cut_off_and_taken_back_may_be_said_to_be_of_other_books(house, loan, monkeypatch):
    house.go_to(20_520)
    taken(house, Moved(amount=5_000, day=20_520, ref="B-1"))
    (item,) = waiting(house)
    where = {"account": loan.account_id, "plan": "loan"}
    cut_off(house, monkeypatch, item.item, "payment", **where)
    (paid,) = house.account(loan).draws["loan"].facts
    house.lending.reverse(loan.account_id, "loan", paid, key="r-1", by="ann")
    with pytest.raises(Conflict, match="say elsewhere"):
        house.bank.assign(item.item, "payment", by="ann", **where)
    house.bank.assign(item.item, "elsewhere", by="ann")
    assert (totals(house, loan).received, house.book(LedgerAccount.SUSPENSE), house.book(LedgerAccount.ELSEWHERE)) == (
        0, 0, -5_000,
    )  # fmt: skip


def test_what_was_taken_back_before_it_was_cut_off_is_said_to_be_nothing_else(house, loan, monkeypatch):
    house.go_to(20_520)
    house.lending.happen(loan.account_id, "loan", Paid(day=20_520, amount_minor=5_000), key="f-1", by="shop")
    taken(house, Moved(amount=-5_000, day=20_520, ref="B-1", returned="NOAS"))
    (item,) = waiting(house)
    where = {"account": loan.account_id, "plan": "loan", "fact_id": "f-1"}
    cut_off(house, monkeypatch, item.item, "return", **where)
    for to in ("elsewhere", "charge", "payout"):
        with pytest.raises(Conflict, match="say again: return of f-1"):
            house.bank.assign(item.item, to, by="ben")
    house.bank.assign(item.item, "return", by="ben", **where)
    assert (waiting(house), house.book(LedgerAccount.SUSPENSE)) == ([], 0)


# -- what a person orders takes two -------------------------------------------------------------------------------


def propose(house, loan, key="f-1", kind="payout", on=None):
    return house.bank.order(kind, [house.wanted(loan)], key=key, sender=SENDER, currency="EUR",
                            on=loan.opened_on if on is None else on, by="ann", proposed=True)  # fmt: skip


def test_nothing_of_a_proposed_file_counts_as_sent_until_another_person_agrees(house, loan):
    out = propose(house, loan)
    assert (out.standing, out.content) == ("proposed", None)
    (end_to_end,) = order_ids(house)
    told = taken(house, Moved(amount=-120_000, day=loan.opened_on, ref="B-1", end_to_end=end_to_end))
    assert outcomes(told) == {"unmatched": (1, -120_000)}
    assert [one.why for one in waiting(house)] == ["unknown_debit"]
    house.bank.take(status_report(out.message_id, [(end_to_end, "RJCT", "AC01")]), by="bank")
    assert house.bank.look(lambda books: books.orders[end_to_end].state) == "proposed"
    with pytest.raises(Refused) as refused:
        house.bank.agree(out.message_id, by="ann")
    assert refused.value.code == "same_person"
    house.bank.agree(out.message_id, by="ben")
    count = house.process.journal.count
    house.bank.agree(out.message_id, by="ben")
    assert house.process.journal.count == count
    assert propose(house, loan).content == house.bank.content(out.message_id)
    told = taken(house, Moved(amount=-120_000, day=loan.opened_on, ref="B-2", end_to_end=end_to_end), name="STMT-2")
    assert outcomes(told) == {"cleared": (1, -120_000)}


def test_nobody_agrees_to_orders_that_would_not_be_made_so_any_more(house, loan):
    out = propose(house, loan)
    house.lending.servicing.do(loan.account_id, Freeze(), key="f", by="ann", reason="fraud")
    with pytest.raises(Conflict) as refused:
        house.bank.agree(out.message_id, by="ben")
    assert (refused.value.code, house.bank.look(lambda books: len(books.answers))) == ("orders_changed", 0)
    day = house.first_due(loan)
    debit = propose(house, loan, key="d-1", kind="debit", on=day)
    house.go_to(day)
    house.lending.happen(loan.account_id, "loan", Paid(day=day, amount_minor=100), key="p-1", by="shop")
    with pytest.raises(Conflict, match="would not be made so"):
        house.bank.agree(debit.message_id, by="ben")


def test_what_was_declined_is_free_for_another_file_and_all_of_it_outlives_a_restart(house, loan):
    out = propose(house, loan)
    (first,) = order_ids(house)
    house.bank.decline(out.message_id, "wrong_party", by="ben")
    other = house.bank.order("payout", [house.wanted(loan)], key="f-2", sender=SENDER, currency="EUR",
                             on=loan.opened_on, by="key:core")  # fmt: skip
    assert (other.standing, order_ids(house)) == ("agreed", [first, f"{first}-2"])
    with pytest.raises(Conflict, match="waits for nobody"):
        house.bank.agree(out.message_id, by="ben")
    anew = BankDesk(house.process, house.lending, clock=house.clock)
    states = anew.look(lambda books: {end: one.state for end, one in books.orders.items()})
    assert states == {first: "declined", f"{first}-2": "sent"}


def test_bank_accounts_of_a_proposed_file_are_sealed_and_go_with_an_erasure(house, loan):
    out = propose(house, loan)
    house.bank.agree(out.message_id, by="ben")
    ((_, wanted),) = house.bank.parties(out.message_id)
    assert wanted.party.iban == CUSTOMER
    house.process.journal.erase(loan.owner)
    assert house.bank.parties(out.message_id)[0][1] is None
    with pytest.raises(Conflict) as refused:
        house.bank.content(out.message_id)
    assert refused.value.code == "party_erased"


def test_an_order_file_from_before_there_were_two_people_counts_as_agreed():
    old = (
        b'{"by":"ann","change":"sent","currency":"EUR","key":"f-1","kind":"payout","message_id":"TD1","on":20514,'
        b'"orders":[{"account":"acc_1","amount_minor":5,"end_to_end":"E-1","plan":"loan"}]}'
    )
    books, change = BankBooks(), decode_change(old)
    books.apply(change, 1, Micros(1))
    assert (books.standing(change), books.orders["E-1"].state) == ("agreed", "sent")


# -- whose the keys are --------------------------------------------------------------------------------------------


def item_of(file):
    return read_bank_file(file).statements[0].transactions[0].item


def written_before(house, key, asked, move):
    """What an earlier version wrote: a desk's work under the key that a caller would have had to send."""
    book = house.lending._book
    return book.write(Request(key=f"asked:{key}", asked=asked, change=lambda accounts: move(accounts.numbered(1))))


def paid_before(house, item, fact, by="bank"):
    account, name = house.lending.look(lambda accounts: accounts.numbered(1).account_id), f"bank:{item}"
    asked = {"account": account, "plan": "loan", "fact": msgspec.to_builtins(fact)}
    return written_before(house, name, asked, lambda one: happen(one, "loan", name, fact, by=by))


@pytest.mark.parametrize("name", ["bank:{}", "own:bank:{}"])
def test_no_caller_stands_in_the_way_of_a_movement_of_the_bank(house, loan, name):
    other = house.sign("app-2")
    house.go_to(20_520)
    file = statement([Moved(amount=5_000, day=20_520, ref="B-1", words=house.reference(loan))])
    taken_id = name.format(item_of(file))
    body = {"payment_id": taken_id, "plan": "loan", "amount_minor": 1, "by": "eve"}
    path = f"/v1/accounts/{other.account_id}"
    assert house.ask("POST", f"{path}/payments", body, status=409)["code"] == "not_allowed"
    back = {"reversal_id": taken_id, "plan": "loan", "reversed_id": "x", "by": "eve"}
    assert house.ask("POST", f"{path}/reversals", back, status=409)["code"] == "not_allowed"
    with pytest.raises(NotAllowed, match="own"):
        house.lending.servicing.do(other.account_id, Freeze(), key=taken_id, by="eve", reason="other", note="x")
    assert outcomes(house.bank.take(file, by="bank")[0]) == {"matched": (1, 5_000)}
    assert (totals(house, loan).received, waiting(house)) == (5_000, [])


def test_what_was_done_before_desks_had_keys_of_their_own_is_done(house, loan):
    house.go_to(20_520)
    file = statement([Moved(amount=5_000, day=20_520, ref="B-1", words=house.reference(loan))])
    item = item_of(file)
    paid_before(house, item, Paid(day=20_520, amount_minor=5_000))
    assert outcomes(house.bank.take(file, by="bank")[0]) == {"matched": (1, 5_000)}  # begun then, written down now
    assert list(house.account(loan).draws["loan"].facts) == [f"bank:{item}"]
    assert totals(house, loan).received == house.cash() == 5_000


def test_what_a_person_began_before_desks_had_keys_of_their_own_is_said_to_be_nothing_else(house, loan):
    other = house.sign("app-2")
    house.go_to(20_520)
    taken(house, Moved(amount=5_000, day=20_520, ref="B-1"))
    (item,) = waiting(house)
    paid_before(house, item.item, Paid(day=20_520, amount_minor=5_000), by="ann")
    with pytest.raises(Conflict, match=f"say again: payment, account {loan.account_id}"):
        house.bank.assign(item.item, "payment", account=other.account_id, plan="loan", by="ben")
    done = house.bank.assign(item.item, "payment", account=loan.account_id, plan="loan", by="ben")
    assert (done.fact_id, totals(house, loan).received) == (f"bank:{item.item}", 5_000)


def test_what_a_caller_put_in_the_way_before_stands_in_nobodys_way_any_more(house, loan):
    house.go_to(20_520)
    file = statement([Moved(amount=5_000, day=20_520, ref="B-1", words=house.reference(loan))])
    item = item_of(file)
    paid_before(house, item, Paid(day=20_520, amount_minor=1), by="eve")
    assert outcomes(house.bank.take(file, by="bank")[0]) == {"matched": (1, 5_000)}
    assert totals(house, loan).received == 5_001
    taken(house, Moved(amount=7_000, day=20_520, ref="B-2"), name="STMT-2")
    (waits,) = waiting(house)
    paid_before(house, waits.item, Paid(day=20_520, amount_minor=2), by="eve")
    house.bank.assign(waits.item, "payment", account=loan.account_id, plan="loan", by="ann")
    assert (totals(house, loan).received, waiting(house)) == (12_003, [])


def test_what_a_caller_did_under_such_an_id_may_be_asked_again(house, loan):
    house.go_to(20_520)
    fact, item = Paid(day=20_520, amount_minor=5_000), "0" * 32
    paid_before(house, item, fact, by="shop")
    assert house.lending.happen(loan.account_id, "loan", fact, key=f"bank:{item}", by="shop").again


# -- twice, in any order, and in the middle of it ------------------------------------------------------------------


def test_the_same_file_is_taken_once(house, loan):
    house.go_to(20_520)
    file = statement([Moved(amount=5_000, day=20_520, ref="B-1", words=house.reference(loan))])
    first, again = house.bank.take(file, by="bank")
    assert again is False
    assert house.bank.take(file, by="bank") == (first, True)
    assert totals(house, loan).received == 5_000


def test_a_notification_and_the_statement_of_the_day_pay_once(house, loan):
    house.go_to(20_520)
    moved = Moved(amount=5_000, day=20_520, ref="B-1", words=house.reference(loan))
    taken(house, moved, message="camt.054")
    assert outcomes(taken(house, moved, Moved(amount=1, day=20_520, ref="B-2"))) == {
        "again": (1, 5_000),
        "unmatched": (1, 1),
    }
    assert totals(house, loan).received == 5_000


@pytest.mark.usefixtures("loan")
def test_another_file_with_the_same_message_id_is_refused_whole(house):
    house.go_to(20_520)
    taken(house, Moved(amount=1, day=20_520, ref="B-1"))
    with pytest.raises(Conflict) as refused:
        taken(house, Moved(amount=2, day=20_520, ref="B-2"))
    assert refused.value.code == "message_id_reused"
    assert len(waiting(house)) == 1


def test_two_alike_without_the_banks_reference_are_two_in_one_file_and_a_question_in_two(house, loan):
    house.go_to(20_520)
    moved = Moved(amount=5_000, day=20_520, words=house.reference(loan))
    assert outcomes(taken(house, moved, moved)) == {"matched": (2, 10_000)}
    taken(house, moved, name="STMT-2")
    assert [one.why for one in waiting(house)] == ["possible_duplicate"]
    assert totals(house, loan).received == 10_000
    assert house.cash() == 15_000


def test_a_file_that_contradicts_itself_moves_nothing(house, loan):
    house.go_to(20_520)
    with pytest.raises(BadFile):
        taken(house, Moved(amount=5_000, day=20_520, ref="B-1", words=house.reference(loan)), closing=1)
    assert totals(house, loan).received == 0
    assert house.bank.look(lambda books: dict(books.files)) == {}


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_file_that_was_taken_in_part_is_finished_by_taking_it_again(house, loan, stop, monkeypatch):
    """The bank's own record fails after ``stop`` payments reached the account: taken again, nothing is paid twice."""
    house.go_to(20_520)
    moved = [
        Moved(amount=1_000 + number, day=20_520, ref=f"B-{number}", words=house.reference(loan)) for number in range(3)
    ]
    file, happen, done = statement(moved), house.lending.happen, []

    def failing(*given, **more):
        if len(done) == stop:
            raise Unavailable("Not now.")
        done.append(happen(*given, **more))
        return done[-1]

    monkeypatch.setattr(house.lending, "happen", failing)
    if stop < 3:
        with pytest.raises(Unavailable):
            house.bank.take(file, by="bank")
    else:
        monkeypatch.setattr(house.bank._book, "ask_all", lambda _: (_ for _ in ()).throw(Unavailable("Not now.")))
        with pytest.raises(Unavailable):
            house.bank.take(file, by="bank")
    monkeypatch.undo()
    told, _ = house.bank.take(file, by="bank")
    assert outcomes(told) == {"matched": (3, 3_003)}
    assert totals(house, loan).received == 3_003
    assert house.cash() == 3_003


@pytest.mark.usefixtures("loan")
def test_whoever_was_not_told_of_an_item_before_a_crash_is_told_when_the_file_is_taken_again(house):
    file, told = statement([Moved(amount=5, day=20_520, ref="B-1")]), []

    def crashing(_item, _account):
        raise Unavailable("Not now.")

    house.go_to(20_520)
    bank = BankDesk(house.process, house.lending, clock=house.clock, on_unmatched=crashing)
    with pytest.raises(Unavailable):
        bank.take(file, by="bank")
    assert house.ask("GET", "/v1/cases")["cases"] == []
    anew = BankDesk(
        house.process, house.lending, clock=house.clock, on_unmatched=lambda item, _: told.append(item.item)
    )
    anew.take(file, by="bank")
    assert told == [one.taken.item for one in anew.look(lambda books: [*books.open.values()])]


def test_a_file_with_what_waits_already_opens_no_second_case(house, loan):
    house.go_to(20_520)
    moved = Moved(amount=5, day=loan.opened_on - 1, ref="B-1", words=house.reference(loan))
    for name in ("STMT-1", "STMT-2"):
        taken(house, moved, name=name)
    (case,) = house.ask("GET", "/v1/cases")["cases"]
    assert case["reasons"] == ["not_owed"]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_files_come_in_whatever_order_and_however_often_no_money_is_lost_or_doubled(tmp_path, seed):
    rng = random.Random(seed)
    house = House(tmp_path)
    try:
        loans = [house.sign(f"app-{number}") for number in range(3)]
        day = max(house.first_due(one) for one in loans)
        moved = []
        for number in range(12):
            loan = rng.choice(loans)
            words = rng.choice([house.reference(loan), f"ref {house.reference(loan)}", "no idea", None])
            amount = rng.choice([rng.randint(1, 30_000), -rng.randint(1, 30_000)])
            charges = rng.choice([0, 0, 25]) if amount < 0 else 0
            moved.append(Moved(amount=amount - charges, charges=charges, day=day, ref=f"B-{number}", words=words))
        house.go_to(day + 1)
        files = [
            statement(some, name=f"F-{number}", message=rng.choice(["camt.053", "camt.054"]), version=rng.choice(["02", "08", "14"]))
            for number, some in enumerate([moved[:5], moved[3:9], moved, moved[8:]])
        ]  # fmt: skip
        for file in rng.sample(files * 2, 8):
            told, _ = house.bank.take(file, by="bank")
            assert told.left_out == 0
        assert house.cash() == sum(one.amount for one in moved)
        paid = sum(one.amount for one in moved if one.amount > 0 and one.words and "RF" in one.words)
        assert sum(totals(house, one).received for one in loans) == paid
        before = house.process.journal.count
        for file in files:
            house.bank.take(file, by="bank")
        assert house.process.journal.count == before
    finally:
        house.close()


def test_what_was_taken_is_known_after_a_start(tmp_path):
    house = House(tmp_path)
    loan = house.sign()
    house.go_to(20_520)
    file = statement(
        [
            Moved(amount=5_000, day=20_520, ref="B-1", words=house.reference(loan)),
            Moved(amount=7, day=20_520, ref="B-2"),
        ]
    )
    told, _ = house.bank.take(file, by="bank")
    anew = BankDesk(house.process, house.lending, clock=house.clock)
    assert anew.take(file, by="bank") == (told, True)
    assert anew.look(lambda books: (dict(books.ledger), [*books.open])) == house.bank.look(
        lambda books: (dict(books.ledger), [*books.open])
    )
    house.close()
