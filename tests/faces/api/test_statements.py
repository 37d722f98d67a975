"""Statements and payoff quotes over HTTP: what is told agrees with the account, and what is quoted closes it."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pytest
from http_face import Caller, Contract, application, released_process, starter_artefacts
from pypdf import PdfReader
from till_product import loan_of

from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import DAY, FixedClock, date_to_days

TODAY = date(2026, 3, 2)
NOON = date_to_days(TODAY) * DAY + DAY // 2
CLOCK = FixedClock(NOON)
LOAN = loan_of("application", consents=["personal_data", "credit_bureau"])


@pytest.fixture
def ask(tmp_path):
    artefacts = [*starter_artefacts(tmp_path), Artefact.of("product", "cash_loan", LOAN)]
    process = released_process(tmp_path, artefacts, clock=CLOCK)
    call = Caller(create_app(process, clock=CLOCK))
    contract = Contract(call("GET", "/openapi.json").json)

    def asked(method, path, body=None, *, query="", status=200):
        reply = call(method, path, b"" if body is None else json.dumps(body).encode(), query=query.encode())
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json if "json" in reply.headers["content-type"] else reply

    yield asked
    call.close()
    process.close()
    CLOCK.set(NOON)


@pytest.fixture
def account(ask):
    decided = ask("POST", "/v1/decisions", {**application("app-1"), "occurred_at": "2026-03-02T08:00:00Z"})
    path = f"/v1/decisions/{decided['decision_id']}/acceptance"
    return ask("POST", path, {"term": 12, "by": "shop"})["account"]["account_id"]


def pay(ask, account, payment_id, amount_minor, **more):
    body = {"payment_id": payment_id, "plan": "loan", "amount_minor": amount_minor, "by": "bank", **more}
    return ask("POST", f"/v1/accounts/{account}/payments", body)["account"]


def day(days):
    return (TODAY + timedelta(days=days)).isoformat()


def test_a_statement_tells_each_movement_and_closes_as_the_account_stands(ask, account):
    CLOCK.advance(40 * DAY)
    shown = pay(ask, account, "bank-1", 30_000, on=day(35))
    found = ask("GET", f"/v1/accounts/{account}/statement")
    (plan,) = found["plans"]
    assert [one["what"] for one in plan["movements"]] == ["drawn", "charged", "charged", "paid", "charged"]
    (paid,) = [one for one in plan["movements"] if one["what"] == "paid"]
    assert (paid["on"], paid["heard_at"][:10], paid["id"]) == (day(35), day(40), "bank-1")
    owed = shown["plans"][0]["owed"]
    assert plan["closing"]["waiting_minor"] == owed["waiting_minor"]
    assert plan["closing"]["principal_minor"] == shown["principal_minor"]
    assert plan["closing"]["interest_minor"] == owed["interest_minor"] + owed["accrued_minor"]
    for name in plan["closing"]:
        moved = sum(one["effect"][name] for one in plan["movements"])
        assert plan["opening"][name] + moved == plan["closing"][name]


def test_a_statement_as_it_was_known_before_a_payment_was_heard_of(ask, account):
    CLOCK.advance(40 * DAY)
    pay(ask, account, "bank-1", 30_000, on=day(35))
    period = f"from={day(10)}&to={day(36)}"
    then = ask("GET", f"/v1/accounts/{account}/statement", query=f"{period}&known_at={day(36)}T12:00:00Z")
    assert (
        then["closing"]["owed_minor"]
        > ask("GET", f"/v1/accounts/{account}/statement", query=period)["closing"]["owed_minor"]
    )


def test_a_payment_that_came_back_is_told_and_moves_nothing(ask, account):
    CLOCK.advance(40 * DAY)
    pay(ask, account, "bank-1", 30_000)
    ask(
        "POST",
        f"/v1/accounts/{account}/reversals",
        {"reversal_id": "bank-2", "plan": "loan", "reversed_id": "bank-1", "by": "bank"},
    )
    found = ask("GET", f"/v1/accounts/{account}/statement")
    assert [one["id"] for one in found["taken_back"]] == ["bank-1"]
    assert "paid" not in {one["what"] for one in found["plans"][0]["movements"]}


def test_the_table_is_a_file_with_a_row_for_each_movement(ask, account):
    reply = ask("GET", f"/v1/accounts/{account}/statement.csv")
    assert reply.headers["content-disposition"] == f'attachment; filename="statement-{account}-{day(0)}-{day(0)}.csv"'
    head, opening, drawn, closing = reply.body.decode().splitlines()
    assert head.startswith("account,currency,plan,day,what,")
    assert [opening.split(",")[4], drawn.split(",")[4], closing.split(",")[4]] == ["opening", "drawn", "closing"]


def test_what_is_quoted_for_a_day_closes_the_account_on_that_day(ask, account):
    quote = ask("GET", f"/v1/accounts/{account}/payoff", query=f"on={day(20)}")
    assert quote["later"][0]["total_minor"] == quote["total_minor"] + quote["a_day_more_minor"]
    (plan,) = quote["plans"]
    parts = ("principal_minor", "interest_minor", "fee_minor", "penalty_minor", "early_fee_minor")
    assert sum(plan[name] for name in parts) - plan["waiting_minor"] == quote["total_minor"]
    CLOCK.advance(20 * DAY)
    assert quote["total_minor"] == ask("GET", f"/v1/accounts/{account}/payoff")["total_minor"]
    after = pay(ask, account, "bank-1", quote["total_minor"], early=True)
    assert (after["plans"][0]["state"], after["plans"][0]["owed"]["waiting_minor"]) == ("repaid", 0)
    assert ask("GET", f"/v1/accounts/{account}/payoff")["total_minor"] == 0


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("statement", f"to={day(2)}", 409, "in_future"),
        ("statement", f"from={day(0)}&to={day(-1)}", 422, "not_a_period"),
        ("statement", "from=2026-02-30", 422, "invalid_date"),
        ("statement", "from=yesterday", 422, "invalid_parameter"),
        ("statement", "known_at=2020-01-01T00:00:00Z", 404, "unknown_account"),
        ("statement", "known_at=2020-01-01T00:00:00", 422, "instant_without_offset"),
        ("statement.csv", "known_at=never", 422, "invalid_instant"),
        ("payoff", f"on={day(40)}", 409, "in_future"),
        ("payoff", f"on={day(-1)}", 409, "out_of_order"),
    ],
)
def test_what_cannot_be_told_is_said(ask, account, path, query, status, code):
    assert ask("GET", f"/v1/accounts/{account}/{path}", query=query, status=status)["code"] == code


def test_an_account_that_is_not_there_has_neither(ask):
    for path in ("statement", "statement.csv", "payoff"):
        assert ask("GET", f"/v1/accounts/acc_none/{path}", status=404)["code"] == "unknown_account"


# -- on paper ----------------------------------------------------------------------------------------------------


def text_of(reply):
    assert reply.headers["content-type"] == "application/pdf"
    return "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(reply.body)).pages)


@pytest.mark.parametrize(("language", "words"), [("en", "Whatitcosts"), ("zh-CN", "综合融资成本明示")])
def test_a_contract_is_a_document_that_stays_the_same(ask, account, language, words):
    first = ask("GET", f"/v1/accounts/{account}/contract", query=f"language={language}")
    CLOCK.advance(40 * DAY)
    pay(ask, account, "bank-1", 30_000)
    assert ask("GET", f"/v1/accounts/{account}/contract", query=f"language={language}").body == first.body
    text = text_of(first)
    assert words in text
    assert account in text


def test_a_contract_names_a_borrower_only_when_it_is_told_a_name(ask, account):
    body = {"borrower": {"name": "王小明", "identifier": "110101199003070000"}, "language": "zh-CN"}
    assert "王小明" in text_of(ask("POST", f"/v1/accounts/{account}/contract", body))
    assert "王小明" not in text_of(ask("GET", f"/v1/accounts/{account}/contract", query="language=zh-CN"))
    body["borrower"]["name"] = "😀"
    assert ask("POST", f"/v1/accounts/{account}/contract", body, status=422)["code"] == "character_not_covered"


def test_statements_and_quotes_are_documents_too(ask, account):
    CLOCK.advance(40 * DAY)
    pay(ask, account, "bank-1", 30_000)
    text = text_of(ask("GET", f"/v1/accounts/{account}/statement.pdf", query="language=zh-CN"))
    assert "还款" in text
    assert "300.00" in text
    quote = ask("GET", f"/v1/accounts/{account}/payoff")
    assert f"{quote['total_minor'] / 100:,.2f}" in text_of(ask("GET", f"/v1/accounts/{account}/payoff.pdf"))
    for path in ("statement.pdf", "payoff.pdf", "contract"):
        assert ask("GET", f"/v1/accounts/acc_none/{path}", status=404)["code"] == "unknown_account"
