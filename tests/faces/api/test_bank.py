"""Bank files over HTTP: a loan is paid out, collected, comes back; what nobody could place is a case and is given its place."""

from __future__ import annotations

import json

import pytest
from access_house import GOOD, CountingHasher
from bank_house import CUSTOMER, House
from bank_side import OURS, Moved, statement, status_report
from http_face import HOST, JSON, Caller

from tandem.faces.api import create_app, journal_notes
from tandem.kernel.identity import SeededEntropy
from tandem.prove.access import AccessControl, Permission, Role, SqliteAccessStore


@pytest.fixture
def house(tmp_path):
    found = House(tmp_path)
    yield found
    found.close()


@pytest.fixture
def loan(house):
    return house.sign()


def order(house, loan, order_id="o-1", kind="payout", on="2026-03-02", status=200, by=None, **party):
    wanted = {
        "account_id": loan.account_id,
        "party": {"name": "A. Customer", "iban": CUSTOMER, **party},
        "mandate": {"id": "M-1", "signed_on": "2026-03-02"},
    }
    sender = {"account": {"name": "Example Lender", "iban": OURS}, "creditor_id": "DE98ZZZ09999999999"}
    body = {
        "order_id": order_id,
        "kind": kind,
        "currency": "EUR",
        "on": on,
        "sender": sender,
        "parties": [wanted],
        "by": by,
    }
    return house.ask("POST", "/v1/bank/orders", body, status=status)


def take(house, *moved, name="STMT-1", status=200):
    body = {"xml": statement(list(moved), name=name).decode(), "by": "bank"}
    return house.ask("POST", "/v1/bank/files", body, status=status)


def test_a_loan_is_ordered_to_be_paid_out_and_the_statement_says_it_was(house, loan):
    out = order(house, loan)
    assert (out["count"], out["total_minor"], out["left"]) == (1, 120_000, [])
    assert order(house, loan) == {**out, "again": True}
    end_to_end = out["xml"].partition("<EndToEndId>")[2].partition("<")[0]
    told = take(house, Moved(amount=-120_000, day=loan.opened_on, ref="B-1", end_to_end=end_to_end))
    assert told["sums"] == {"EUR": {"cleared": {"count": 1, "net_minor": -120_000}}}
    assert order(house, loan, "o-2", status=422)["code"] == "nothing_to_order"
    books = house.ask("GET", "/v1/ledger")["books"]
    assert books[0]["balances_minor"]["payouts"] == 0
    assert sum(books[0]["balances_minor"].values()) == 0


def test_a_file_of_orders_is_found_again_with_what_the_bank_said_of_each(house, loan):
    assert house.ask("GET", "/v1/bank/orders") == {"files": [], "count": 0}
    out = order(house, loan)
    (file,) = house.ask("GET", "/v1/bank/orders")["files"]
    assert (file["order_id"], file["made_by"], file["total_minor"], file["states"]) == (
        "o-1",
        "local",
        120_000,
        {"sent": 1},
    )
    path = f"/v1/bank/orders/{out['message_id']}"
    (sent,) = house.ask("GET", path)["orders"]
    assert (sent["account_id"], sent["state"], sent["status"]) == (loan.account_id, "sent", None)
    report = status_report(out["message_id"], [(sent["end_to_end"], "RJCT", "AC04")]).decode()
    house.ask("POST", "/v1/bank/files", {"xml": report, "by": "bank"})
    found = house.ask("GET", path)
    assert found["file"]["states"] == {"rejected": 1}
    assert (found["orders"][0]["status"], found["orders"][0]["reason"]) == ("RJCT", "AC04")
    order(house, loan, "o-2")
    assert [one["order_id"] for one in house.ask("GET", "/v1/bank/orders")["files"]] == ["o-2", "o-1"]
    assert house.ask("GET", "/v1/bank/orders/none", status=404)["code"] == "unknown_order_file"


# -- what a person orders takes two -----------------------------------------------------------------------------


def answer(house, out, which, status=200, **body):
    return house.ask("POST", f"/v1/bank/orders/{out['message_id']}/{which}", body, status=status)


def test_what_a_person_orders_is_no_file_before_another_one_has_agreed(house, loan):
    out = order(house, loan, by="ann")
    assert (out["standing"], out["xml"], out["total_minor"]) == ("proposed", None, 120_000)
    path = f"/v1/bank/orders/{out['message_id']}"
    assert house.ask("GET", f"{path}/file", status=409)["code"] == "not_agreed"
    assert house.ask("GET", path)["file"]["states"] == {"proposed": 1}
    assert answer(house, out, "agreement", by="ann", status=403)["code"] == "same_person"
    assert answer(house, out, "refusal", reason="other", by="ann", status=403)["code"] == "same_person"
    assert order(house, loan, by="ann") == {**out, "again": True}
    agreed = answer(house, out, "agreement", by="ben")
    assert (agreed["file"]["standing"], agreed["file"]["answered_by"], agreed["file"]["states"]) == ("agreed", "ben", {"sent": 1})  # fmt: skip
    assert answer(house, out, "agreement", by="ben") == agreed
    assert answer(house, out, "refusal", reason="other", by="ben", status=409)["code"] == "settled"
    xml = house.ask("GET", f"{path}/file")["xml"]
    assert f"<IBAN>{CUSTOMER}</IBAN>" in xml
    assert order(house, loan, by="ann")["xml"] == xml


def test_whoever_agrees_sees_who_is_paid_and_no_whole_bank_account(house, loan):
    out = order(house, loan, by="ann")
    told = house.ask("GET", f"/v1/bank/orders/{out['message_id']}/parties")
    assert (told["sender"], told["sender_account"]) == ("Example Lender", f"DE{'•' * 16}{OURS[-4:]}")
    (one,) = told["parties"]
    assert (one["name"], one["account"], one["amount_minor"]) == ("A. Customer", f"GB{'•' * 16}5555", 120_000)
    assert CUSTOMER not in json.dumps(house.ask("GET", f"/v1/bank/orders/{out['message_id']}")) + json.dumps(told)


def test_what_is_declined_never_goes_out_and_may_be_ordered_again(house, loan):
    out = order(house, loan, by="ann")
    assert order(house, loan, "o-2", status=422)["hint"] == f"{loan.account_id}: proposed"
    declined = answer(house, out, "refusal", reason="wrong_party", by="ben")["file"]
    assert (declined["standing"], declined["reason"], declined["states"]) == ("declined", "wrong_party", {"declined": 1})  # fmt: skip
    assert answer(house, out, "agreement", by="ben", status=409)["code"] == "settled"
    assert house.ask("GET", f"/v1/bank/orders/{out['message_id']}/file", status=409)["code"] == "not_agreed"
    assert order(house, loan, by="ann")["xml"] is None
    assert order(house, loan, "o-2")["standing"] == "agreed"


def test_a_program_has_its_file_at_once_and_nothing_of_who_is_paid_is_kept(house, loan):
    out = order(house, loan)
    path = f"/v1/bank/orders/{out['message_id']}"
    assert (out["standing"], house.ask("GET", path)["file"]["kept"]) == ("agreed", False)
    assert house.ask("GET", f"{path}/parties", status=409)["code"] == "not_kept"
    assert house.ask("GET", f"{path}/file", status=409)["code"] == "not_kept"
    assert answer(house, out, "agreement", by="ben", status=409)["code"] == "settled"
    assert answer(house, {"message_id": "none"}, "agreement", by="ben", status=404)["code"] == "unknown_order_file"
    assert answer(house, out, "refusal", reason="dislike", by="ben", status=422)["code"] == "wrong_shape"


def test_a_servicer_proposes_another_agrees_no_key_does_and_a_program_needs_nobody(house, loan):
    access = AccessControl(
        SqliteAccessStore(None), "lender", clock=house.clock, entropy=SeededEntropy(3),
        tell=journal_notes(house.process), hasher=CountingHasher(),
    )  # fmt: skip
    root = access.welcome(access.first_link() or "", GOOD, name="root").principal
    headers = {}
    for name, role in (("wu", Role.SERVICER), ("xu", Role.SERVICER), ("vi", Role.VIEWER)):
        _, token = access.add_person(name, name, [role], by=root)
        signed = access.welcome(token, GOOD)
        cookie = (b"cookie", f"{access.cookie}={signed.token}".encode())
        headers[name] = [HOST, JSON, cookie, (b"x-tandem-csrf", signed.csrf.encode())]
    _, secret = access.make_key("core", [Permission.DECIDE, Permission.READ], by=root)
    headers["core"] = [HOST, JSON, (b"authorization", f"Bearer {secret}".encode())]
    call = Caller(create_app(house.process, access, clock=house.clock, lending=house.lending, bank=house.bank))

    def ask(who, method, path, body=None, status=200):
        reply = call(method, path, b"" if body is None else json.dumps(body).encode(), headers=headers[who])
        house.contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    try:
        wanted = {"account_id": loan.account_id, "party": {"name": "A. Customer", "iban": CUSTOMER}}
        body = {"order_id": "o-1", "kind": "payout", "currency": "EUR", "on": "2026-03-02", "parties": [wanted],
                "sender": {"account": {"name": "Example Lender", "iban": OURS}}, "by": "xu"}  # fmt: skip
        out = ask("wu", "POST", "/v1/bank/orders", body)
        path = f"/v1/bank/orders/{out['message_id']}"
        assert (out["standing"], ask("wu", "GET", path)["file"]["made_by"]) == ("proposed", "wu")
        assert ask("wu", "POST", f"{path}/agreement", {"by": "xu"}, 403)["code"] == "same_person"
        for who in ("vi", "core"):
            assert ask(who, "POST", f"{path}/agreement", {}, 403)["code"] == "not_permitted"
            assert ask(who, "GET", f"{path}/parties", status=403)["code"] == "not_permitted"
            assert ask(who, "GET", f"{path}/file", status=403)["code"] == "not_permitted"
        assert ask("xu", "POST", f"{path}/refusal", {"reason": "not_due"})["file"]["answered_by"] == "xu"
        made = ask("core", "POST", "/v1/bank/orders", {**body, "order_id": "o-2"})
        assert (made["standing"], CUSTOMER in made["xml"]) == ("agreed", True)
    finally:
        call.close()
        access.close()


def test_what_nobody_could_place_is_a_case_and_is_paid_once_a_person_says_whose_it_is(house, loan):
    house.go_to(20_520)
    moved = Moved(amount=5_000, day=20_520, ref="B-1", words="from my aunt", party="Aunt Li")
    assert take(house, moved)["sums"]["EUR"]["unmatched"] == {"count": 1, "net_minor": 5_000}
    page = house.ask("GET", "/v1/bank/items")
    (item,) = page["items"]
    assert (item["why"], item["party"], page["suspense_minor"]) == ("no_reference", "Aunt Li", {"EUR": 5_000})
    (case,) = house.ask("GET", "/v1/cases")["cases"]
    assert (case["entity_kind"], case["entity"], case["reasons"]) == ("bank_item", item["item"], ["no_reference"])
    detail = house.ask("GET", f"/v1/cases/{case['case_id']}")
    assert "50.00 EUR came in" in json.dumps(detail["timeline"])
    body = {"to": "payment", "account_id": loan.account_id, "plan": "loan", "by": "ann"}
    done = house.ask("POST", f"/v1/bank/items/{item['item']}/assignment", body)
    assert done["payment_id"] in house.account(loan).draws["loan"].facts
    assert house.ask("GET", "/v1/bank/items")["count"] == 0
    assert house.ask("POST", f"/v1/bank/items/{item['item']}/assignment", body, status=404)["code"] == "unknown_item"


def test_the_case_of_an_item_can_be_worked_like_any_other(house, loan):
    take(house, Moved(amount=5_000, day=loan.opened_on, ref="B-1"))
    (case,) = house.ask("GET", "/v1/cases")["cases"]
    path = f"/v1/cases/{case['case_id']}"
    taken = house.ask("POST", f"{path}/assign", {"to": "ann", "version": case["version"], "by": "ann"})
    body = {"disposition": "approve", "version": taken["version"], "by": "ann"}
    assert house.ask("POST", f"{path}/resolve", body)["state"] == "resolved"


def test_the_same_file_again_changes_nothing_and_says_so(house, loan):
    moved = Moved(amount=5_000, day=loan.opened_on, ref="B-1", words=house.reference(loan))
    first = take(house, moved)
    assert take(house, moved) == {**first, "again": True}
    assert house.ask("GET", "/v1/bank/files")["files"][0]["sums"] == first["sums"]


@pytest.mark.parametrize(
    ("xml", "code", "field"),
    [
        ("<a>", "malformed_xml", "line 1"),
        ("<!DOCTYPE a><a/>", "doctype_refused", "line 1"),
        ("<a/>", "unknown_message", None),
        (statement([Moved(amount=5, day=20_520)], closing=1).decode(), "balance_differs", "BkToCstmrStmt/Stmt[1]"),
        (
            statement([Moved(amount=5, day=20_520)], count=7).decode(),
            "control_sum",
            "BkToCstmrStmt/Stmt[1]/TxsSummry/TtlNtries",
        ),
    ],
)
def test_a_file_that_cannot_be_taken_says_where_and_why(house, xml, code, field):
    problem = house.ask("POST", "/v1/bank/files", {"xml": xml, "by": "bank"}, status=422)
    assert (problem["code"], problem.get("field")) == (code, field)
    assert problem["detail"]


def test_what_is_wrong_with_an_order_is_named(house, loan):
    problem = order(house, loan, iban="GB33BUKB20201555555556", status=422)
    assert (problem["code"], problem["field"]) == ("invalid_party", f"parties[{loan.account_id}].iban")
    assert order(house, loan, kind="debit", on="2026-03-03", status=422)["code"] == "nothing_to_order"
    assert order(house, loan, on="2026-02-30", status=422)["code"] == "invalid_date"


def test_a_payment_goes_no_other_way_and_needs_a_plan(house, loan):
    take(house, Moved(amount=-5_000, day=loan.opened_on, ref="B-1"))
    (item,) = house.ask("GET", "/v1/bank/items")["items"]
    path = f"/v1/bank/items/{item['item']}/assignment"
    body = {"to": "payment", "account_id": loan.account_id, "plan": "loan", "by": "ann"}
    assert house.ask("POST", path, body, status=422)["code"] == "wrong_way"
    assert house.ask("POST", path, {"to": "return", "by": "ann"}, status=422)["code"] == "incomplete"
    assert house.ask("POST", path, {"to": "charge", "by": "ann"})["to"] == "charge"
