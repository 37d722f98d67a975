"""``tandem bank``: orders go out into a file, what the bank says comes in once, what nobody can place is given its place."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from bank_house import CUSTOMER, LOAN
from bank_side import OURS, Moved, statement
from command_house import CommandHouse

from tandem.act.bank_files import reference_of
from tandem.kernel.artefacts import Artefact


@pytest.fixture
def house(tmp_path, monkeypatch, capsys):
    return CommandHouse(tmp_path, monkeypatch, capsys, [Artefact.of("product", "cash_loan", LOAN)])


@pytest.fixture
def loan(house):
    return house.sign("app-1")


def orders(house, loan, **changes):
    document = {
        "order_id": "o-1",
        "kind": "payout",
        "currency": "EUR",
        "on": datetime.now(UTC).date().isoformat(),
        "sender": {"account": {"name": "Example Lender", "iban": OURS}, "creditor_id": "DE98ZZZ09999999999"},
        "parties": [{"account_id": loan.account_id, "party": {"name": "A. Customer", "iban": CUSTOMER}}],
        **changes,
    }
    path = house.folder / "orders.json"
    path.write_text(json.dumps(document), "utf-8")
    return path


def told_by_bank(house, *moved, name="STMT-1"):
    path = house.folder / f"{name}.xml"
    path.write_bytes(statement(list(moved), name=name))
    return path


def test_a_loan_is_ordered_into_a_file_by_two_people_and_nothing_is_overwritten(house, loan):
    to = house.folder / "payouts.xml"
    code, out, _ = house.run("bank", "out", orders(house, loan), "--to", to, "--by", "ann", "--json")
    told = json.loads(out)
    assert (code, told["count"], told["total_minor"], told["standing"]) == (0, 1, 120_000, "proposed")
    assert (told["written"], to.exists()) == (None, False)
    code, _, err = house.run("bank", "agree", told["message_id"], "--to", to, "--by", "ann", "--json")
    assert (code != 0, json.loads(err)["code"], to.exists()) == (True, "same_person", False)
    code, out, _ = house.run("bank", "agree", told["message_id"], "--to", to, "--by", "ben", "--json")
    agreed = json.loads(out)
    assert (code, agreed["standing"], agreed["answered_by"], agreed["written"]) == (0, "agreed", "ben", str(to))
    assert [one["name"] for one in agreed["parties"]] == ["A. Customer"]
    assert '<InstdAmt Ccy="EUR">1200.00</InstdAmt>' in to.read_text("utf-8")
    code, _, err = house.run("bank", "out", orders(house, loan), "--to", to)
    assert (code, "is there already" in err) == (3, True)


def test_what_is_declined_is_ordered_again_under_another_id(house, loan):
    to = house.folder / "payouts.xml"
    told = json.loads(house.run("bank", "out", orders(house, loan), "--to", to, "--by", "ann", "--json")[1])
    code, out, err = house.run("bank", "decline", told["message_id"], "--reason", "wrong_party", "--by", "ben")
    assert (code, f"{told['message_id']} is declined: wrong_party" in out + err) == (0, True)
    code, out, err = house.run("bank", "out", orders(house, loan), "--to", to, "--by", "ann")
    assert (code, "declined; order it again" in out + err, to.exists()) == (0, True, False)
    code, out, err = house.run("bank", "out", orders(house, loan, order_id="o-2"), "--to", to, "--by", "ann")
    assert (code, "another person looks at it" in out + err) == (0, True)


def test_an_account_that_is_left_out_is_named_with_the_reason(house, loan):
    house.run("bank", "out", orders(house, loan), "--to", house.folder / "first.xml")
    more = house.sign("app-2", 60_000)
    both = [{"account_id": one.account_id, "party": {"name": "A. Customer", "iban": CUSTOMER}} for one in (loan, more)]
    path = orders(house, loan, order_id="o-2", parties=both)
    code, out, err = house.run("bank", "out", path, "--to", house.folder / "second.xml")
    assert code == 0
    assert "1 of 60000 minor units of EUR" in out + err
    assert loan.account_id in out + err


def test_what_the_bank_says_is_taken_once_and_its_sums_are_printed(house, loan):
    moved = Moved(amount=10_662, day=loan.opened_on, ref="B-1", words=reference_of(loan.number, "loan"))
    path = told_by_bank(house, moved)
    code, out, _ = house.run("bank", "in", path, "--json")
    assert code == 0
    (told,) = json.loads(out)["files"]
    assert (told["again"], told["sums"]) == (False, {"EUR": {"matched": {"count": 1, "net_minor": 10_662}}})
    code, out, err = house.run("bank", "in", path)
    assert (code, "taken before" in out + err, "10662" in out + err) == (0, True, True)


def test_what_nobody_could_place_is_listed_and_given_its_place(house, loan):
    house.run("bank", "in", told_by_bank(house, Moved(amount=5_000, day=loan.opened_on, ref="B-1", party="Aunt Li")))
    code, out, err = house.run("bank", "items")
    assert (code, "Aunt Li" in out + err) == (0, True)
    (item,) = json.loads(house.run("bank", "items", "--json")[1])["items"]
    assert (item["why"], item["amount_minor"]) == ("no_reference", 5_000)
    code, out, err = house.run(
        "bank", "assign", item["item"], "payment", "--account", loan.account_id, "--plan", "loan", "--by", "ann"
    )
    assert (code, f"is payment of {loan.account_id}, loan" in out + err) == (0, True)
    assert json.loads(house.run("bank", "items", "--json")[1])["items"] == []


@pytest.mark.parametrize(
    ("text", "field"), [("no JSON", "orders"), ("[]", "orders")], ids=["what is no JSON", "what is no object"]
)
def test_orders_that_cannot_be_read_are_named(house, text, field):
    path = house.folder / "orders.json"
    path.write_text(text, "utf-8")
    code, _, err = house.run("bank", "out", path, "--to", house.folder / "x.xml", "--json")
    told = json.loads(err)
    assert (code, told["code"], told["field"]) == (3, "unreadable", field)
    assert told["value"][:60] == str(path)[:60]  # an error shows no more than the beginning of what is long


def test_a_file_that_is_not_there_and_one_that_contradicts_itself_say_where(house, loan):
    code, _, err = house.run("bank", "in", house.folder / "nothing.xml", "--json")
    assert (code, json.loads(err)["field"]) == (3, "files")
    path = house.folder / "wrong.xml"
    path.write_bytes(statement([Moved(amount=5, day=loan.opened_on)], closing=1))
    code, _, err = house.run("bank", "in", path, "--json")
    assert (code != 0, json.loads(err)["code"]) == (True, "balance_differs")
