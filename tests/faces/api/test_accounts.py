"""Accounts over HTTP: an approved application is signed, paid out, repaid; a limit is drawn; the books sum to zero."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from http_face import Caller, Contract, application, released_process, starter_artefacts
from launching_lender import launch
from till_product import loan_of

from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import DAY, FixedClock, date_to_days

TODAY = date(2026, 3, 2)
CLOCK = FixedClock(date_to_days(TODAY) * DAY + DAY // 2)

LOAN = loan_of("application")


@pytest.fixture
def ask(tmp_path):
    artefacts = [*starter_artefacts(tmp_path), Artefact.of("product", "cash_loan", LOAN)]
    process = released_process(tmp_path, artefacts, clock=CLOCK)
    call = Caller(create_app(process, clock=CLOCK))
    contract = Contract(call("GET", "/openapi.json").json)

    def asked(method, path, body=None, *, query=b"", status=200):
        reply = call(method, path, b"" if body is None else json.dumps(body).encode(), query=query)
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    asked.process = process
    yield asked
    call.close()
    process.close()
    CLOCK.set(date_to_days(TODAY) * DAY + DAY // 2)


def decide(ask, event_id="app-1", **values):
    event = {**application(event_id, **values), "occurred_at": "2026-03-02T08:00:00Z"}
    return ask("POST", "/v1/decisions", event)


def signed(ask, event_id="app-1", **more):
    decided = decide(ask, event_id)
    return ask("POST", f"/v1/decisions/{decided['decision_id']}/acceptance", {"term": 12, "by": "shop", **more})


def pay(ask, account, payment_id, amount_minor, *, on=None, status=200, **more):
    body = {"payment_id": payment_id, "plan": "loan", "amount_minor": amount_minor, "by": "bank", **more}
    return ask(
        "POST", f"/v1/accounts/{account}/payments", body if on is None else {**body, "on": on.isoformat()}, status=status
    )  # fmt: skip


def later(days):
    CLOCK.advance(days * DAY)


def test_an_approved_application_offers_a_quote_for_each_term(ask):
    decided = decide(ask)
    assert decided["outcome"] == "approve"
    offer = ask("GET", f"/v1/decisions/{decided['decision_id']}/offer")
    assert (offer["product"], offer["most_minor"]) == ("cash_loan", decided["limit_minor"])
    assert [one["term"] for one in offer["quotes"]] == [1, 3, 6, 12]
    assert {one["amount_minor"] for one in offer["quotes"]} == {decided["limit_minor"]}
    less = ask("GET", f"/v1/decisions/{decided['decision_id']}/offer", query=b"amount_minor=50000")
    assert {one["amount_minor"] for one in less["quotes"]} == {50_000}


def test_what_is_signed_is_paid_out_and_owed_as_it_was_quoted(ask):
    decided = decide(ask)
    quote = ask("GET", f"/v1/decisions/{decided['decision_id']}/offer")["quotes"][3]
    account = ask("POST", f"/v1/decisions/{decided['decision_id']}/acceptance", {"term": 12, "by": "shop"})["account"]
    (plan,) = account["plans"]
    assert plan["drawn_minor"] == quote["amount_minor"]
    assert [one["due"] for one in plan["lines"]] == [one["due"] for one in quote["instalments"]]
    assert account["decision_id"] == decided["decision_id"]
    assert ask("GET", f"/v1/accounts/{account['account_id']}") == {**account, "standing": None}


def test_a_decision_is_signed_once(ask):
    first = signed(ask)
    again = signed(ask)
    assert (first["again"], again["again"]) == (False, True)
    assert again["account"]["account_id"] == first["account"]["account_id"]
    decided = decide(ask)
    path = f"/v1/decisions/{decided['decision_id']}/acceptance"
    assert ask("POST", path, {"term": 6, "by": "shop"}, status=409)["code"] == "key_reused"


@pytest.mark.parametrize(
    ("values", "body", "status", "code"),
    [
        ({"age": 16}, {"term": 12}, 409, "not_approved"),
        ({}, {"term": 2}, 422, "outside_product"),
        ({}, {"term": 12, "amount_minor": 120_001}, 409, "above_offer"),
        ({}, {"term": 12, "product": "other"}, 409, "no_product"),
        ({}, {"term": 0}, 422, "wrong_shape"),
    ],
)
def test_what_cannot_be_signed_is_said(ask, values, body, status, code):
    decided = decide(ask, **values)
    path = f"/v1/decisions/{decided['decision_id']}/acceptance"
    assert ask("POST", path, {**body, "by": "shop"}, status=status)["code"] == code
    assert ask("GET", "/v1/accounts")["count"] == 0


def test_an_offer_lapses(ask):
    decided = decide(ask)
    later(31)
    path = f"/v1/decisions/{decided['decision_id']}/acceptance"
    assert ask("POST", path, {"term": 12, "by": "shop"}, status=409)["code"] == "offer_lapsed"


def test_what_was_signed_stays_signed_after_the_offer_has_lapsed(ask):
    first = signed(ask)["account"]["account_id"]
    later(31)
    path = f"/v1/decisions/{ask('GET', f'/v1/accounts/{first}')['decision_id']}/acceptance"
    again = ask("POST", path, {"term": 12, "by": "shop"})
    assert (again["again"], again["account"]["account_id"]) == (True, first)


def test_an_account_falls_behind_is_listed_late_and_pays_up(ask):
    account = signed(ask)["account"]["account_id"]
    later(40)
    found = ask("GET", f"/v1/accounts/{account}")
    owed = found["plans"][0]["owed"]
    assert (found["days_past_due"], found["bucket"]) == (9, 1)
    assert owed["penalty_minor"] > 0
    assert [one["account_id"] for one in ask("GET", "/v1/accounts", query=b"state=late")["accounts"]] == [account]
    paid = pay(ask, account, "bank-1", owed["due_minor"])["account"]
    assert (paid["days_past_due"], paid["due_minor"]) == (0, 0)
    assert ask("GET", "/v1/accounts", query=b"state=late")["accounts"] == []


def test_a_payment_counts_from_its_day_and_once(ask):
    account = signed(ask)["account"]["account_id"]
    later(40)
    due = TODAY + timedelta(days=31)
    first = pay(ask, account, "bank-1", 200_000, on=due)
    assert first["account"]["plans"][0]["owed"]["penalty_minor"] == 0
    assert pay(ask, account, "bank-1", 200_000, on=due)["again"]
    assert pay(ask, account, "bank-1", 1, on=due, status=409)["code"] == "key_reused"


def test_a_debit_that_came_back_leaves_the_account_as_late_as_it_was(ask):
    account = signed(ask)["account"]["account_id"]
    later(40)
    before = ask("GET", f"/v1/accounts/{account}")
    pay(ask, account, "bank-1", 20_000)
    body = {"reversal_id": "bank-2", "plan": "loan", "reversed_id": "bank-1", "by": "bank"}
    after = ask("POST", f"/v1/accounts/{account}/reversals", body)["account"]
    assert {**after, "standing": None, "version": before["version"]} == before


def test_a_payment_may_have_any_id_and_stands_in_nobodys_way(ask):
    decided = decide(ask, "app-2")
    account = signed(ask)["account"]["account_id"]
    pay(ask, account, f"accept:{decided['decision_id']}", 1_000)
    assert not signed(ask, "app-2")["again"]


def test_everything_can_be_paid_early_for_the_payoff(ask):
    account = signed(ask)["account"]["account_id"]
    later(10)
    payoff = ask("GET", f"/v1/accounts/{account}")["plans"][0]["owed"]["payoff_minor"]
    plan = pay(ask, account, "bank-1", payoff, early=True)["account"]["plans"][0]
    assert (plan["state"], plan["owed"]["payoff_minor"], plan["lines"]) == ("repaid", 0, [])


def test_a_loan_that_is_paid_off_is_told_and_found_as_repaid_until_somebody_closes_it(ask):
    paid, open_one = (signed(ask, one)["account"]["account_id"] for one in ("app-1", "app-2"))

    def listed(state):
        return [one["account_id"] for one in ask("GET", "/v1/accounts", query=f"state={state}".encode())["accounts"]]

    later(10)
    payoff = ask("GET", f"/v1/accounts/{paid}")["plans"][0]["owed"]["payoff_minor"]
    assert pay(ask, paid, "bank-1", payoff, early=True)["account"]["state"] == "repaid"
    assert (listed("repaid"), listed("open")) == ([paid], [open_one])
    body = {"reversal_id": "bank-2", "plan": "loan", "reversed_id": "bank-1", "by": "bank"}
    assert ask("POST", f"/v1/accounts/{paid}/reversals", body)["account"]["state"] == "open"
    assert listed("repaid") == []
    pay(ask, paid, "bank-3", payoff, early=True)
    closing = {"act_id": "c", "act": {"act": "close"}, "reason": "customer_asked", "by": "ann"}
    ask("POST", f"/v1/accounts/{paid}/acts", closing)
    assert (listed("repaid"), listed("closed")) == ([], [paid])


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("payments", {"payment_id": "p", "plan": "lone", "amount_minor": 1}, 404, "unknown_plan"),
        ("payments", {"payment_id": "p", "plan": "loan", "amount_minor": 1, "on": "2027-01-01"}, 409, "in_future"),
        ("payments", {"payment_id": "p", "plan": "loan", "amount_minor": 1, "on": "2026-02-30"}, 422, "invalid_date"),
        ("payments", {"payment_id": "p", "plan": "loan", "amount_minor": 0}, 422, "wrong_shape"),
        ("payments", {"payment_id": "p", "plan": "loan", "amount_minor": 1, "on": "2026-03-01"}, 422, "not_owed"),
        ("reversals", {"reversal_id": "r", "plan": "loan", "reversed_id": "nothing"}, 404, "unknown_fact"),
        ("draws", {"draw_id": "d", "plan": "tv", "amount_minor": 5_000, "term": 3}, 409, "not_allowed"),
    ],
)
def test_what_cannot_be_done_to_an_account_is_said(ask, path, body, status, code):
    account = signed(ask)["account"]["account_id"]
    assert ask("POST", f"/v1/accounts/{account}/{path}", {**body, "by": "bank"}, status=status)["code"] == code


def test_nobody_has_an_account_of_this_id(ask):
    assert ask("GET", "/v1/accounts/acc_0", status=404)["code"] == "unknown_account"


def test_accounts_come_by_the_page_newest_first(ask):
    made = [signed(ask, f"app-{number}")["account"]["account_id"] for number in range(5)]
    first = ask("GET", "/v1/accounts", query=b"limit=2")
    rest = ask("GET", "/v1/accounts", query=f"limit=3&before={first['next']}".encode())
    assert [one["account_id"] for one in first["accounts"] + rest["accounts"]] == made[::-1]
    assert (first["count"], rest["next"]) == (5, None)
    owner = first["accounts"][0]["owner"]
    assert [one["owner"] for one in ask("GET", "/v1/accounts", query=f"owner={owner}".encode())["accounts"]] == [owner]


def test_a_page_says_how_many_accounts_fit_whatever_is_on_it(ask):
    for number in range(5):
        signed(ask, f"app-{number}")
    first = ask("GET", "/v1/accounts", query=b"limit=2")
    rest = ask("GET", "/v1/accounts", query=f"limit=2&before={first['next']}".encode())
    owner = first["accounts"][0]["owner"]
    fit = {query: ask("GET", "/v1/accounts", query=query)["count"] for query in (b"state=open", b"state=late")}
    assert (first["count"], rest["count"]) == (5, 5)
    assert fit == {b"state=open": 5, b"state=late": 0}
    assert ask("GET", "/v1/accounts", query=f"owner={owner}".encode())["count"] == 1


def test_the_books_sum_to_zero(ask):
    account = signed(ask)["account"]["account_id"]
    later(40)
    pay(ask, account, "bank-1", 20_000)
    body = {"refund_id": "shop-1", "plan": "loan", "amount_minor": 30_000, "by": "shop"}
    ask("POST", f"/v1/accounts/{account}/refunds", body)
    (book,) = ask("GET", "/v1/ledger")["books"]
    assert book["currency"] == "CNY"
    assert sum(book["balances_minor"].values()) == 0
    assert (book["balances_minor"]["cash"], book["balances_minor"]["merchant_refunds"]) == (20_000, 30_000)


def test_a_limit_is_signed_without_a_draw_and_drawn_for_purchases(tmp_path):
    limit = {**LOAN, "kind": "revolving", "limit_minor": {"least_minor": 10_000, "most_minor": 5_000_000}}
    process = released_process(
        tmp_path, [*starter_artefacts(tmp_path), Artefact.of("product", "till", limit)], clock=CLOCK
    )
    call = Caller(create_app(process, clock=CLOCK))
    try:
        decided = call("POST", "/v1/decisions", {**application("app-1"), "occurred_at": "2026-03-02T08:00:00Z"}).json
        path = f"/v1/decisions/{decided['decision_id']}/acceptance"
        account = call("POST", path, {"term": 12, "by": "shop"}).json["account"]
        assert (account["plans"], account["available_minor"]) == ([], decided["limit_minor"])
        draws = f"/v1/accounts/{account['account_id']}/draws"
        order = {"draw_id": "o-1", "plan": "o-1", "amount_minor": 50_000, "term": 3, "by": "shop"}
        drawn = call("POST", draws, order).json["account"]
        assert drawn["available_minor"] == decided["limit_minor"] - 50_000
        assert call("POST", draws, order).json["again"]
        dearer = Artefact.of(
            "product", "till", {**limit, "price": {"rate_bps": {"least": 0, "most": 3_000, "otherwise": 2_900}}}
        )
        launch(process, dearer)
        signed_for = call("POST", draws, {**order, "draw_id": "o-3", "plan": "o-3"}).json["account"]["plans"]
        assert signed_for[0]["rate_bps"] == signed_for[1]["rate_bps"] == 1_200  # a later version changes nothing
        more = {**order, "draw_id": "o-2", "plan": "o-2", "amount_minor": decided["limit_minor"]}
        assert call("POST", draws, more).code == "not_allowed"
    finally:
        call.close()
        process.close()


@pytest.fixture
def limited(tmp_path):
    """An account with two purchases, both with something due: ``ask`` and where the account is."""
    limit = {**LOAN, "kind": "revolving", "limit_minor": {"least_minor": 10_000, "most_minor": 5_000_000}}
    process = released_process(
        tmp_path, [*starter_artefacts(tmp_path), Artefact.of("product", "till", limit)], clock=CLOCK
    )
    call = Caller(create_app(process, clock=CLOCK))
    contract = Contract(call("GET", "/openapi.json").json)

    def asked(method, path, body=None, *, status=200):
        reply = call(method, path, b"" if body is None else json.dumps(body).encode())
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    account = signed(asked)["account"]["account_id"]
    for plan, amount, days in (("tv", 60_000, 10), ("sofa", 30_000, 40)):
        order = {"draw_id": plan, "plan": plan, "amount_minor": amount, "term": 3, "by": "shop"}
        asked("POST", f"/v1/accounts/{account}/draws", order)
        later(days)
    asked.process = process
    yield asked, f"/v1/accounts/{account}"
    call.close()
    process.close()
    CLOCK.set(date_to_days(TODAY) * DAY + DAY // 2)


def test_a_payment_that_names_no_plan_meets_what_is_due_whichever_plan_it_stands_on(limited):
    ask, account = limited
    due = {one["plan"]: one["owed"]["due_minor"] for one in ask("GET", account)["plans"]}
    assert all(due.values())
    body = {"payment_id": "bank-1", "amount_minor": sum(due.values()), "by": "bank"}
    paid = ask("POST", f"{account}/payments", body)["account"]
    assert paid["due_minor"] == 0
    parts = {one["plan"]: one["facts"][-1] for one in paid["plans"]}
    assert {plan: (fact["id"], fact["amount_minor"]) for plan, fact in parts.items()} == {
        plan: ("bank-1", amount) for plan, amount in due.items()
    }


def test_it_is_one_payment_asked_again_and_taken_back_as_a_whole(limited):
    ask, account = limited
    before = ask("GET", account)
    body = {"payment_id": "bank-1", "amount_minor": 25_000, "by": "bank"}
    seq = ask.process.journal.drain().seq
    paid = ask("POST", f"{account}/payments", body)
    assert ask.process.journal.drain().seq == seq + 2  # a part on each plan, in one commit
    again = ask("POST", f"{account}/payments", body)
    assert (paid["again"], again["again"], again["account"]) == (False, True, paid["account"])
    assert ask("POST", f"{account}/payments", {**body, "amount_minor": 1}, status=409)["code"] == "key_reused"
    back = ask("POST", f"{account}/reversals", {"reversal_id": "bank-2", "reversed_id": "bank-1", "by": "bank"})
    assert {**back["account"], "standing": None, "version": before["version"]} == before
    (book,) = ask("GET", "/v1/ledger")["books"]
    assert sum(book["balances_minor"].values()) == 0


def test_what_is_over_waits_for_what_falls_due_next_unless_it_is_to_repay_early(limited):
    ask, account = limited
    due = ask("GET", account)["due_minor"]
    body = {"payment_id": "bank-1", "amount_minor": 70_000, "by": "bank"}
    waits = ask("POST", f"{account}/payments", body)["account"]
    assert sum(one["owed"]["waiting_minor"] for one in waits["plans"]) == 70_000 - due
    ask("POST", f"{account}/reversals", {"reversal_id": "bank-2", "reversed_id": "bank-1", "by": "bank"})
    early = ask("POST", f"{account}/payments", {**body, "payment_id": "bank-3", "early": True})["account"]
    assert sum(one["owed"]["waiting_minor"] for one in early["plans"]) == 0
    assert early["principal_minor"] < waits["principal_minor"]


def test_nothing_is_reversed_that_stands_on_no_plan(limited):
    ask, account = limited
    body = {"reversal_id": "r", "reversed_id": "nothing", "by": "bank"}
    assert ask("POST", f"{account}/reversals", body, status=404)["code"] == "unknown_fact"


def test_where_a_product_decides_on_draws_each_needs_a_decision_of_its_own(tmp_path):
    limits = {"least_minor": 10_000, "most_minor": 5_000_000}
    policies = {"application": "application", "draw": "application"}
    limit = Artefact.of(
        "product", "till", loan_of("application", kind="revolving", limit_minor=limits, policies=policies)
    )
    process = released_process(tmp_path, [*starter_artefacts(tmp_path), limit], clock=CLOCK)
    call = Caller(create_app(process, clock=CLOCK))
    contract = Contract(call("GET", "/openapi.json").json)

    def decided(event_id, person="p-1", **values):
        event = {**application(event_id, person=person, **values), "occurred_at": "2026-03-02T08:00:00Z"}
        return call("POST", "/v1/decisions", event).json["decision_id"]

    try:
        path = f"/v1/decisions/{decided('app-1')}/acceptance"
        account = call("POST", path, {"term": 12, "by": "shop"}).json["account"]["account_id"]

        def draws(number, decision=None):
            order = {"draw_id": f"o-{number}", "plan": f"o-{number}", "amount_minor": 30_000, "term": 3, "by": "shop"}
            body = order if decision is None else {**order, "decision_id": decision}
            reply = call("POST", f"/v1/accounts/{account}/draws", body)
            contract.judge("POST", f"/v1/accounts/{account}/draws", reply)
            return reply

        assert draws(1).code == "decision_needed"
        assert draws(1, "dec_none").code == "unknown_decision"
        assert draws(1, decided("buy-2", person="p-2")).code == "other_person"
        assert draws(1, decided("buy-3", age=16)).code == "not_approved"
        sound = decided("buy-4")
        assert draws(1, sound).status == 200
        assert draws(1, sound).json["again"]
        assert draws(2, sound).code == "decision_used"
        assert draws(2, decided("buy-5")).json["account"]["principal_minor"] == 60_000
    finally:
        call.close()
        process.close()


def test_nothing_more_is_drawn_above_a_cap_that_has_come_into_force_since(tmp_path):
    rows = [{"since": "2020-01-01", "most_bps": 9_000, "source": "a law"}]
    rows.append({"since": "2026-06-01", "most_bps": 1_000, "source": "a stricter one"})
    cap = Artefact.of("rate_cap", "law", {"title": {"en": "The law", "zh-CN": "法律"}, "rows": rows})
    limits = {"least_minor": 10_000, "most_minor": 5_000_000}
    limit = Artefact.of("product", "till", loan_of("application", kind="revolving", limit_minor=limits, cap="law"))
    process = released_process(tmp_path, [*starter_artefacts(tmp_path), cap, limit], clock=CLOCK)
    call = Caller(create_app(process, clock=CLOCK))
    contract = Contract(call("GET", "/openapi.json").json)
    try:
        decided = call("POST", "/v1/decisions", {**application("app-1"), "occurred_at": "2026-03-02T08:00:00Z"}).json
        path = f"/v1/decisions/{decided['decision_id']}/acceptance"
        account = call("POST", path, {"term": 12, "by": "shop"}).json["account"]["account_id"]
        order = {"draw_id": "o-1", "plan": "o-1", "amount_minor": 30_000, "term": 3, "by": "shop"}
        assert call("POST", f"/v1/accounts/{account}/draws", order).status == 200
        later(120)
        reply = call("POST", f"/v1/accounts/{account}/draws", {**order, "draw_id": "o-2", "plan": "o-2"})
        contract.judge("POST", f"/v1/accounts/{account}/draws", reply)
        assert reply.code == "cap_exceeded"
        assert call("GET", f"/v1/accounts/{account}").json["principal_minor"] == 30_000
    finally:
        call.close()
        process.close()
        CLOCK.set(date_to_days(TODAY) * DAY + DAY // 2)
