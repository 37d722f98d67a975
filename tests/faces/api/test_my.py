"""A customer's own channel over HTTP: from an invitation to the last instalment, about themselves and nobody else."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from customer_channel import ACTS, LEAST_SECONDS, SHOP, Shop
from http_face import HOST, JSON

from tandem.act.books import Book
from tandem.faces.api.gate import CUSTOMER, CUSTOMER_RATE, DOORS
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import EntityKind
from tandem.kernel.time import DAY
from tandem.prove.access import Permission, Role, digest_of_token, returns_key

BOUGHT = {"amount_minor": 120_000, "reference": "order-7", "product": "till", "back": f"{SHOP}/orders/7"}


@pytest.fixture
def shop(tmp_path):
    one = Shop(tmp_path)
    yield one
    one.close()


@pytest.fixture(scope="module")
def open_shop(tmp_path_factory):
    """One for tests that change nothing of each other's."""
    one = Shop(tmp_path_factory.mktemp("shop"))
    yield one
    one.close()


# -- coming in ---------------------------------------------------------------------------------------------------------


def test_an_invitation_leads_to_a_page_with_a_pass_that_works_once(shop):
    made = shop.invite("mei", **BOUGHT)
    address, _, token = made["path"].partition("#pass=")
    assert (address, token[:4]) == ("/my/?at=till", "tdp_")
    told = shop.ask("POST", "/v1/my/session", {"token": token}, headers=[HOST, JSON]).json
    assert told["customer"]["purchase"] == {
        "merchant": {"en": "A shop", "zh": "一家商店"}, "amount_minor": 120_000, "reference": "order-7",
    }  # fmt: skip
    again = shop.ask("POST", "/v1/my/session", {"token": token}, headers=[HOST, JSON])
    assert (again.status, again.code) == (401, "invalid_pass")


def test_the_cookie_reaches_nothing_but_the_channel_and_no_script_reads_it(shop):
    mine = shop.customer("mei", **BOUGHT)
    parts = set(mine.set_cookie.split("; "))
    assert {"HttpOnly", "SameSite=Strict", "Path=/v1/my"} <= parts
    assert not any(part.startswith("Max-Age") for part in parts)  # it goes with the browser


def test_the_same_key_gives_the_same_invitation_and_another_purchase_is_refused(shop):
    first, again = shop.invite("mei", **BOUGHT), shop.invite("mei", **BOUGHT)
    assert (first["invitation"], first["path"] != again["path"]) == (again["invitation"], True)
    body = {"key": "order-mei", "identifier": "mei", "acts": ACTS, **BOUGHT, "amount_minor": 1}
    assert shop.ask("POST", "/v1/invitations", body, headers=shop.merchant).code == "key_reused"
    body = {"key": "order-mei", "identifier": "li", "acts": ACTS, **BOUGHT}
    assert shop.ask("POST", "/v1/invitations", body, headers=shop.merchant).code == "key_reused"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"acts": ["rights"]}, "invalid_acts"),
        ({"back": "https://elsewhere.example/"}, "foreign_address"),
        ({"back": "https://shop.example.evil/"}, "foreign_address"),
        ({"back": "javascript:alert(1)"}, "foreign_address"),
        ({"product": "nothing"}, "not_in_channel"),
        ({"kind": "ship"}, "unknown_entity_kind"),
        ({"identifier": " "}, "empty_identifier"),
        ({"expires_after": "2d"}, "pass_life"),
        ({"expires_after": "soon"}, "invalid_duration"),
    ],
)
def test_what_nobody_can_be_invited_to_is_said(open_shop, changes, code):
    body = {"key": f"k-{code}-{len(str(changes))}", "identifier": "mei", "acts": ACTS, **changes}
    reply = open_shop.ask("POST", "/v1/invitations", body, headers=open_shop.merchant)
    assert (reply.status, reply.code) == (422, code)


def test_who_they_are_stands_nowhere_in_the_readable_part_of_the_journal(shop):
    shop.customer("member-4711-mei", values={"device": "device-of-mei"}, **BOUGHT).buys()
    for record in shop.process.journal.read():
        assert b"4711" not in record.clear, record.kind
        assert b"device-of-mei" not in record.clear, record.kind


@pytest.mark.parametrize("product", ["till", "limit"])
def test_how_a_merchant_names_a_purchase_stands_in_the_open_nowhere_and_goes_with_its_customer(shop, product):
    named = {"reference": "for mei.li@example.com", "back": f"{SHOP}/orders/mei-li?tel=13800138000", "product": product}
    mine = shop.customer("member-1", **{**BOUGHT, **named})
    own = f"/v1/invitations/{mine.invitation}"
    assert shop.ask("GET", own, headers=shop.merchant).json["reference"] == named["reference"]
    decision = mine.applies(product=product)["decision_id"]
    digest = mine.reads(decision)
    mine.agrees()
    assert mine.signs(decision, digest)["back"].startswith(f"{named['back']}&invitation=")
    for record in shop.process.journal.read():
        for part in (b"mei", b"13800138000"):
            assert part not in record.clear + (record.key or "").encode(), record.kind
    shop.process.journal.erase(shop.process.pseudonyms_of("member-1")[EntityKind("person")]).wait()
    assert shop.ask("GET", own, headers=shop.merchant).json["reference"] is None


# -- from applying to the account --------------------------------------------------------------------------------------


def test_the_whole_way_of_a_purchase(shop):
    mine = shop.customer("mei", **BOUGHT)
    (product,) = mine.ask("GET", "/products")["products"]
    assert [(one["field"], one["unit"], one["keyboard"]) for one in product["asks"]] == [
        ("age", "years", "numeric"), ("income_minor", "money", "decimal"),
    ]  # fmt: skip
    applied = mine.applies()
    assert (applied["state"], applied["most_minor"], applied["reasons"]) == ("offered", 120_000, [])
    offer = mine.ask("GET", f"/applications/{applied['decision_id']}/offer")
    assert [(one["term"], one["fees_minor"]) for one in offer["quotes"]] == [(3, 1_440), (6, 2_880), (12, 5_760)]
    assert offer["cap"]["most_bps"] == 2_400
    digest = mine.reads(applied["decision_id"])
    mine.agrees()
    signed = mine.signs(applied["decision_id"], digest)
    (account,) = mine.ask("GET", "/accounts")["accounts"]
    assert (account["account_id"], account["principal_minor"]) == (signed["account_id"], 120_000)
    opened = next(record for record in shop.process.journal.read(kinds=["account"]) if b'"opened"' in record.clear)
    assert digest.encode() in opened.clear  # what was read stands with what was signed
    assert mine.ask("GET", f"/applications/{applied['decision_id']}")["state"] == "signed"
    assert mine.signs(applied["decision_id"], digest) == signed


def test_the_same_application_sent_again_is_one(shop):
    mine = shop.customer("mei", **BOUGHT)
    first = mine.applies()
    assert mine.applies() == first
    assert len(mine.ask("GET", "/applications")["applications"]) == 1
    assert mine.applies(age=35, status=409)["code"] == "key_reused"


def test_a_customer_changes_nothing_that_the_invitation_knows(shop):
    mine = shop.customer("mei", values={"device": "d-1"}, **BOUGHT)
    assert mine.applies(device="d-2", status=422)["code"] == "unknown_field"
    body = {"application_id": "a", "product": "till", "term": 6, "amount_minor": 1_000_000,
            "values": {"age": 34, "income_minor": 900_000}}  # fmt: skip
    assert mine.ask("POST", "/applications", body)["most_minor"] == 120_000
    assert mine.applies(product="limit", application_id="b", status=404)["code"] == "unknown_product"


def test_what_was_filled_in_wrongly_is_said_field_by_field_and_nothing_is_on_record(shop):
    mine = shop.customer("mei", **BOUGHT)
    before = shop.process.journal.head.seq
    refused = mine.applies(age=-1, income_minor="much", status=422)
    assert {one["field"] for one in refused["errors"]} == {"values.age", "values.income_minor"}
    assert shop.process.journal.head.seq == before
    assert mine.applies()["state"] == "offered"


def test_every_decline_says_why_in_the_customers_words(shop):
    mine = shop.customer("mei", **BOUGHT)
    young = mine.applies(age=16, application_id="young")
    poor = mine.applies(income_minor=10_000, application_id="poor")
    for told in (young, poor):
        assert told["state"] == "declined"
        assert told["reasons"]
        assert all(one["words"]["en"] and one["words"]["zh"] for one in told["reasons"])
        assert mine.ask("GET", f"/applications/{told['decision_id']}") == told
        offer = mine.ask("GET", f"/applications/{told['decision_id']}/offer", status=409)
        assert offer["code"] == "not_approved"


def test_what_waits_for_a_person_says_so(shop):
    mine = shop.customer("mei", headers=shop.site, product="till")
    body = {
        "application_id": "large",
        "product": "till",
        "term": 12,
        "amount_minor": 900_000,
        "values": {"income_minor": 9_000_000},
    }
    told = mine.ask("POST", "/applications", body)  # no age
    assert told["state"] == "looked_at"
    assert told["reasons"]


def test_a_limit_is_opened_and_its_purchase_drawn(shop):
    mine = shop.customer("mei", **{**BOUGHT, "product": "limit"})
    applied = mine.applies(product="limit")
    digest = mine.reads(applied["decision_id"])
    mine.agrees()
    mine.signs(applied["decision_id"], digest)
    (account,) = mine.ask("GET", "/accounts")["accounts"]
    assert (account["limit_minor"], [one["plan"] for one in account["plans"]]) == (120_000, ["purchase"])


# -- forced reading ----------------------------------------------------------------------------------------------------


def test_the_table_of_costs_says_everything_the_rule_asks_for(open_shop):
    mine = open_shop.customer("reader", **BOUGHT)
    decision = mine.applies()["decision_id"]
    sources = {"en": "The rules on stating costs.", "zh-CN": "综合融资成本明示规定。"}
    for language, words in (("en", "Nothing else is charged"), ("zh-CN", "不再收取")):
        asked = {"term": 12, "language": language}
        shown = mine.ask("POST", f"/applications/{decision}/disclosures", asked)
        table = shown["disclosure"]
        (fee,) = table["items"]
        assert fee["amount_minor"] == 12 * 480
        assert fee["payee"] == table["lender"]
        assert "0.40%" in fee["standard"]
        # An instalment fee of 0.4 % a month on a falling balance costs about twice its rate a year.
        assert fee["yearly_bps"] == table["nominal_bps"]
        assert 850 < table["nominal_bps"] < table["effective_bps"] < 950
        assert table["total_minor"] == table["principal_minor"] + table["cost_minor"] == 125_760
        assert sum(one["amount_minor"] for one in table["schedule"]) == table["total_minor"]
        assert "0.04%" in table["contingent"][0]["standard"]
        assert words in table["statement"]
        assert (shown["least_seconds"], shown["source"]) == (LEAST_SECONDS, sources[language])


def test_it_is_not_confirmed_before_its_time_by_the_servers_clock(shop):
    mine = shop.customer("mei", **BOUGHT)
    decision = mine.applies()["decision_id"]
    digest = mine.reads(decision, wait=False)
    shop.clock.advance((LEAST_SECONDS - 1) * 1_000_000)
    assert mine.ask("POST", f"/disclosures/{digest}/confirmation", status=409)["code"] == "not_read_yet"
    shop.clock.advance(1_000_000)
    first = mine.ask("POST", f"/disclosures/{digest}/confirmation")
    assert mine.ask("POST", f"/disclosures/{digest}/confirmation") == first


def test_asking_for_it_again_does_not_begin_the_time_anew_nor_end_it(shop):
    mine = shop.customer("mei", **BOUGHT)
    decision = mine.applies()["decision_id"]
    mine.reads(decision, wait=False)
    shop.clock.advance(4_000_000)
    shown = mine.ask("POST", f"/applications/{decision}/disclosures", {"term": 6, "language": "en"})
    assert shown["seconds_left"] == LEAST_SECONDS - 4


def test_nothing_is_signed_that_was_not_read(shop):
    mine = shop.customer("mei", **BOUGHT)
    decision = mine.applies()["decision_id"]
    mine.agrees()
    assert mine.signs(decision, "0" * 64, status=409)["code"] == "not_confirmed"
    unread = mine.reads(decision, wait=False)
    assert mine.signs(decision, unread, status=409)["code"] == "not_confirmed"
    other = mine.reads(decision, term=12)
    assert mine.signs(decision, other, term=6, status=409)["code"] == "disclosure_differs"
    read = mine.reads(decision)
    shop.clock.advance(DAY)
    mine.come_in(shop.invite("mei", **BOUGHT)["path"].partition("#pass=")[2])
    assert mine.signs(decision, read, status=409)["code"] == "disclosure_differs"  # another day, other due dates
    assert mine.ask("GET", "/accounts")["accounts"] == []


def test_nobody_confirms_what_was_put_before_somebody_else(shop):
    mei, li = shop.customer("mei", **BOUGHT), shop.customer("li", **BOUGHT)
    digest = mei.reads(mei.applies()["decision_id"], wait=False)
    shop.clock.advance(LEAST_SECONDS * 1_000_000)
    assert li.ask("POST", f"/disclosures/{digest}/confirmation", status=404)["code"] == "unknown_disclosure"


def test_what_a_product_needs_is_agreed_to_one_by_one_and_can_be_withdrawn(shop):
    mine = shop.customer("mei", **BOUGHT)
    decision = mine.applies()["decision_id"]
    digest = mine.reads(decision)
    assert mine.signs(decision, digest, status=409)["code"] == "consent_lacking"
    told = mine.ask("POST", "/consents/personal_data", {"language": "zh-CN"})
    assert [one["holds"] for one in told["consents"]] == [True, False]
    assert mine.signs(decision, digest, status=409)["value"] == "credit_bureau"
    mine.ask("POST", "/consents/credit_bureau", {"language": "zh-CN"})
    told = mine.ask("DELETE", "/consents/personal_data")
    assert [one["holds"] for one in told["consents"]] == [False, True]
    assert mine.signs(decision, digest, status=409)["value"] == "personal_data"
    mine.ask("POST", "/consents/personal_data", {"language": "zh-CN"})
    mine.signs(decision, digest)
    assert mine.ask("POST", "/consents/everything", {"language": "en"}, status=404)["code"] == "unknown_consent"


# -- one purchase, one signature -----------------------------------------------------------------------------------------


def test_one_purchase_is_signed_once_whatever_else_was_approved_on_it(shop):
    mine = shop.customer("mei", **BOUGHT)
    first, second = (mine.applies(application_id=one)["decision_id"] for one in ("a-1", "a-2"))
    read = [mine.reads(one) for one in (first, second)]
    mine.agrees()
    mine.signs(first, read[0])
    assert mine.signs(second, read[1], status=409)["code"] == "bought"
    assert mine.applies(application_id="a-3", status=409)["code"] == "bought"
    assert mine.applies(application_id="a-1")["state"] == "signed"  # asked again, it is what it was
    assert mine.ask("GET", f"/applications/{second}")["state"] == "lapsed"
    assert mine.ask("GET", f"/applications/{second}/offer", status=409)["code"] == "bought"
    (account,) = mine.ask("GET", "/accounts")["accounts"]
    assert account["principal_minor"] == 120_000


def test_of_two_signatures_at_once_on_one_purchase_one_is_taken(shop):
    mine = shop.customer("mei", **BOUGHT)
    decisions = [mine.applies(application_id=one)["decision_id"] for one in ("a-1", "a-2")]
    read = [mine.reads(one) for one in decisions]
    mine.agrees()

    replies = shop.at_once(
        *(
            (f"/v1/my/applications/{decision}/signature", {"term": 6, "disclosure": digest})
            for decision, digest in zip(decisions, read, strict=True)
        ),
        headers=mine.headers,
    )
    assert sorted(one.status for one in replies) == [200, 409]
    assert next(one.code for one in replies if one.status == 409) == "bought"
    assert len(mine.ask("GET", "/accounts")["accounts"]) == 1


def test_who_was_let_in_to_no_purchase_may_take_several_things(shop):
    mine = shop.customer("mei", headers=shop.site)
    mine.agrees()
    for number, amount in (("a-1", 50_000), ("a-2", 70_000)):
        body = {"application_id": number, "product": "till", "term": 6, "amount_minor": amount,
                "values": {"age": 34, "income_minor": 900_000}}  # fmt: skip
        decision = mine.ask("POST", "/applications", body)["decision_id"]
        digest = mine.reads(decision, amount_minor=amount)
        mine.signs(decision, digest, amount_minor=amount)
    assert len(mine.ask("GET", "/accounts")["accounts"]) == 2


def test_a_purchase_keeps_its_amount_wherever_it_is_signed(shop):
    """An application at a shop can be signed at the lender's own site, for that purchase and nothing else."""
    decision = shop.customer("mei", **BOUGHT).applies()["decision_id"]
    mine = shop.customer("mei", headers=shop.site, key="own")
    digest = mine.reads(decision, amount_minor=30_000)
    mine.agrees()
    assert mine.signs(decision, digest, amount_minor=30_000)["amount_minor"] == 120_000


def stopped_before(monkeypatch, beginning):
    """Every book refuses to write, once, what has a key of that beginning."""
    ask_all, stopped = Book.ask_all, []

    def refusing(self, requests):
        if not stopped and any(one.key.startswith(beginning) for one in requests):
            stopped.append(beginning)
            raise Unavailable("Not now.", code="unavailable")
        return ask_all(self, requests)

    monkeypatch.setattr(Book, "ask_all", refusing)
    return stopped


@pytest.mark.parametrize("product", ["till", "limit"])
def test_a_signature_that_stopped_half_way_is_finished_a_day_later_from_what_stands(shop, monkeypatch, product):
    bought = {**BOUGHT, "product": product}
    mine = shop.customer("mei", **bought)
    decision = mine.applies(product=product)["decision_id"]
    digest = mine.reads(decision)
    mine.agrees()
    stopped = stopped_before(monkeypatch, "sign:")
    assert mine.signs(decision, digest, status=503)["code"] == "unavailable"
    assert stopped
    shop.clock.advance(DAY)
    mine.come_in(shop.invite("mei", **bought)["path"].partition("#pass=")[2])
    second = mine.applies(product=product, application_id="a-2")["decision_id"]
    # Paid out, though not on record as signed: nothing else takes this purchase.
    for path, body in (
        ("disclosures", {"term": 6, "language": "en"}),
        ("signature", {"term": 6, "disclosure": digest}),
    ):
        assert mine.ask("POST", f"/applications/{second}/{path}", body, status=409)["code"] == "bought"
    today = mine.reads(decision)
    assert today != digest
    signed = mine.signs(decision, today)
    assert (signed["disclosure"], signed["amount_minor"]) == (digest, 120_000)  # what was read when it was paid out
    (account,) = mine.ask("GET", "/accounts")["accounts"]
    assert (account["account_id"], account["principal_minor"]) == (signed["account_id"], 120_000)
    assert mine.signs(decision, today) == signed


def test_a_limit_that_was_opened_and_not_drawn_is_drawn_under_what_is_read_then(shop, monkeypatch):
    bought = {**BOUGHT, "product": "limit"}
    mine = shop.customer("mei", **bought)
    decision = mine.applies(product="limit")["decision_id"]
    digest = mine.reads(decision)
    mine.agrees()
    stopped_before(monkeypatch, "own:channel:first:")
    assert mine.signs(decision, digest, status=503)["code"] == "unavailable"
    shop.clock.advance(DAY)
    mine.come_in(shop.invite("mei", **bought)["path"].partition("#pass=")[2])
    assert mine.signs(decision, digest, status=409)["code"] == "disclosure_differs"
    today = mine.reads(decision)
    stopped_before(monkeypatch, "sign:")
    assert mine.signs(decision, today, status=503)["code"] == "unavailable"
    signed = mine.signs(decision, today)
    assert signed["disclosure"] == today
    (account,) = mine.ask("GET", "/accounts")["accounts"]
    assert account["principal_minor"] == 120_000


def decider(shop):
    """A program that may write on accounts, and is none of this house's desks."""
    _, secret = shop.access.make_key("eve", [Permission.DECIDE], by=shop.admin)
    return [HOST, JSON, (b"authorization", b"Bearer " + secret.encode())]


def buys_a_limit(shop, who, reference):
    mine = shop.customer(who, **{**BOUGHT, "reference": reference, "product": "limit"})
    decision = mine.applies(product="limit")["decision_id"]
    digest = mine.reads(decision)
    mine.agrees()
    return mine, decision, lambda: mine.signs(decision, digest)


def test_no_caller_stands_in_the_way_of_a_first_draw_or_of_a_merchants_refund(shop):
    eve = decider(shop)
    _, _, sign = buys_a_limit(shop, "li", "order-8")
    account = sign()["account_id"]
    mine, decision, sign = buys_a_limit(shop, "mei", "order-7")
    for taken in (f"first:{decision}", f"own:channel:first:{decision}"):
        draw = {"draw_id": taken, "plan": "x", "amount_minor": 20_000, "term": 6, "by": "eve"}
        reply = shop.ask("POST", f"/v1/accounts/{account}/draws", draw, headers=eve)
        assert (reply.status, reply.code) == (409, "not_allowed")
    assert sign()["amount_minor"] == 120_000
    for name in (f"refund:{mine.invitation}:r-1", f"own:channel:refund:{mine.invitation}:r-1"):
        given = {"refund_id": name, "plan": "purchase", "amount_minor": 1, "by": "eve"}
        reply = shop.ask("POST", f"/v1/accounts/{account}/refunds", given, headers=eve)
        assert (reply.status, reply.code) == (409, "not_allowed")
    half = {"refund_id": "r-1", "amount_minor": 60_000}
    path = f"/v1/invitations/{mine.invitation}/refunds"
    assert shop.ask("POST", path, half, headers=shop.merchant).json["refunded_minor"] == 60_000


# -- repaying ----------------------------------------------------------------------------------------------------------


def test_paying_what_is_due_and_early_until_nothing_is_owed(shop):
    mine = shop.customer("mei", **BOUGHT)
    account = mine.buys()["account_id"]
    pay = {"payment_id": "p-1", "plan": "loan", "amount_minor": 20_480}
    paid = mine.ask("POST", f"/accounts/{account}/payments", pay)
    assert (paid["simulated"], paid["number"][:10], paid["again"]) == (True, "simulated-", False)
    assert mine.ask("POST", f"/accounts/{account}/payments", pay)["again"]
    assert (
        mine.ask("POST", f"/accounts/{account}/payments", {**pay, "amount_minor": 1}, status=409)["code"]
        == "key_reused"
    )
    payoff = mine.ask("GET", f"/accounts/{account}/payoff", query=b"plan=loan")
    # The fee of the running month is still to be paid, those to come are waived, and paying early costs nothing.
    assert (payoff["payoff_minor"], payoff["fee_minor"]) == (120_000 + 480 - 20_480, 480)
    assert payoff["saved_minor"] == 5 * 480
    rest = {"payment_id": "p-2", "plan": "loan", "amount_minor": payoff["payoff_minor"], "early": True}
    done = mine.ask("POST", f"/accounts/{account}/payments", rest)["account"]
    assert (done["plans"][0]["state"], done["principal_minor"]) == ("repaid", 0)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"amount_minor": 10_013}, "payment_refused"), ({"amount_minor": 900_000}, "above_payoff"),
     ({"plan": "none"}, "unknown_plan")],
)  # fmt: skip
def test_what_cannot_be_paid_is_said(shop, change, code):
    mine = shop.customer("mei", **BOUGHT)
    account = mine.buys()["account_id"]
    pay = {"payment_id": "p-1", "plan": "loan", "amount_minor": 20_000, **change}
    reply = shop.ask("POST", f"/v1/my/accounts/{account}/payments", pay, headers=mine.headers)
    assert reply.code == code


# -- on paper ----------------------------------------------------------------------------------------------------------


def papers_of(account, language=b"zh-CN"):
    return [
        (f"/v1/my/accounts/{account}/{paper}", b"language=" + language)
        for paper in ("contract", "statement.pdf", "payoff.pdf")
    ]


def test_a_customer_has_their_contract_statements_and_payoff_on_paper(shop):
    mine = shop.customer("mei", **BOUGHT)
    account = mine.buys()["account_id"]
    for path, query in papers_of(account):
        reply = shop.ask("GET", path, headers=mine.headers, query=query)
        assert (reply.status, reply.headers["content-type"], reply.body[:5]) == (200, "application/pdf", b"%PDF-")
        assert "attachment" in reply.headers["content-disposition"]
    (month,) = mine.ask("GET", f"/accounts/{account}/statements")["statements"]
    assert (month["since"], month["whole"]) == (month["until"], False)


def test_the_papers_of_somebody_else_are_not_there(shop):
    account = shop.customer("mei", **BOUGHT).buys()["account_id"]
    other = shop.customer("lin", **BOUGHT)
    for path, query in [*papers_of(account), (f"/v1/my/accounts/{account}/statements", b"")]:
        reply = shop.ask("GET", path, headers=other.headers, query=query)
        assert (reply.status, reply.code) == (404, "unknown_account")


# -- the merchant ------------------------------------------------------------------------------------------------------


def test_a_merchant_is_told_of_its_own_sale_and_no_more(shop):
    mine = shop.customer("mei", **BOUGHT)
    told = shop.ask("GET", f"/v1/invitations/{mine.invitation}", headers=shop.merchant).json
    assert told == {"invitation": mine.invitation, "state": "open", "reference": "order-7",
                    "amount_minor": 120_000, "paid_minor": 0, "refunded_minor": 0}  # fmt: skip
    mine.buys()
    assert shop.ask("GET", f"/v1/invitations/{mine.invitation}", headers=shop.merchant).json["state"] == "signed"
    for stranger in (shop.other_merchant, shop.site):
        for method, path, body in (
            ("GET", f"/v1/invitations/{mine.invitation}", None),
            ("POST", f"/v1/invitations/{mine.invitation}/refunds", {"refund_id": "r", "amount_minor": 1}),
        ):
            reply = shop.ask(method, path, body, headers=stranger)
            assert (reply.status, reply.code) == (404, "unknown_invitation")


def test_whether_somebody_was_declined_is_not_told_to_a_merchant(shop):
    mine = shop.customer("mei", **BOUGHT)
    waiting = shop.ask("GET", f"/v1/invitations/{mine.invitation}", headers=shop.merchant).json
    mine.applies(age=16)
    assert shop.ask("GET", f"/v1/invitations/{mine.invitation}", headers=shop.merchant).json == waiting


def test_the_way_back_is_signed_so_that_the_merchant_can_check_it(shop):
    mine = shop.customer("mei", **BOUGHT)
    back = urlsplit(mine.buys()["back"])
    told = {name: one for name, (one,) in parse_qs(back.query).items()}
    secret = shop.merchant[-1][1].removeprefix(b"Bearer ")
    key = returns_key(digest_of_token(secret))
    message = f"{told['invitation']}.{told['state']}.{told['at']}".encode()
    assert f"{back.scheme}://{back.netloc}{back.path}" == f"{SHOP}/orders/7"
    assert told["state"] == "signed"
    assert hmac.digest(key, message, sha256).hex() == told["signature"]


def test_a_sale_is_given_back_and_never_more_than_it_was(shop):
    mine = shop.customer("mei", **BOUGHT)
    path = f"/v1/invitations/{mine.invitation}/refunds"
    assert shop.ask("POST", path, {"refund_id": "r", "amount_minor": 1}, headers=shop.merchant).code == "nothing_bought"
    mine.buys()
    half = {"refund_id": "r-1", "amount_minor": 60_000}
    for _ in range(2):
        told = shop.ask("POST", path, half, headers=shop.merchant).json
        assert (told["state"], told["refunded_minor"]) == ("signed", 60_000)
    more = {"refund_id": "r-2", "amount_minor": 60_001}
    assert shop.ask("POST", path, more, headers=shop.merchant).code == "above_purchase"
    both = [(path, {"refund_id": f"at-once-{number}", "amount_minor": 40_000}) for number in range(2)]
    assert sorted(one.status for one in shop.at_once(*both, headers=shop.merchant)) == [200, 409]
    told = shop.ask("POST", path, {"refund_id": "r-3", "amount_minor": 20_000}, headers=shop.merchant).json
    assert (told["state"], told["refunded_minor"]) == ("refunded", 120_000)
    (plan,) = mine.ask("GET", "/accounts")["accounts"][0]["plans"]
    assert (plan["owed"]["payoff_minor"], plan["state"]) == (
        0,
        "repaid",
    )  # nothing bought, and no fee of the running month


# -- nothing about somebody else -----------------------------------------------------------------------------------------


def test_what_is_somebody_elses_is_absent_on_every_route(shop):
    """The matrix: every route of the channel that names something, asked by another customer, answers as if it were not."""
    mei = shop.customer("mei", **BOUGHT)
    signed = mei.buys()
    li = shop.customer("li", headers=shop.site, acts=[*ACTS, "rights"])
    decision = mei.ask("GET", "/applications")["applications"][0]["decision_id"]
    theirs = {"account_id": signed["account_id"], "decision_id": decision, "digest": signed["disclosure"]}
    nothing = {"account_id": "acc_none", "decision_id": "dec_none", "digest": "0" * 64}
    theirs |= {"offer_id": f"reminder:{signed['account_id']}:1"}
    nothing |= {"offer_id": "reminder:acc_none:1"}
    bodies = {
        "disclosures": {"term": 6, "language": "en"}, "signature": {"term": 6, "disclosure": signed["disclosure"]},
        "payments": {"payment_id": "p", "plan": "loan", "amount_minor": 1}, "answer": {"answer": "refused"},
    }  # fmt: skip
    tried = 0
    for (method, template), door in DOORS.items():
        names = re.findall(r"\{(\w+)\}", template)
        if door.admission != CUSTOMER or not names or names == ["consent"]:
            continue
        tried += 1
        body = bodies.get(template.rsplit("/", 1)[1])
        replies = []
        for known in (theirs, nothing):
            path = template.format_map(known)
            reply = shop.ask(method, path, body, headers=li.headers, query=b"plan=loan" if "payoff" in path else b"")
            assert reply.status == 404, (template, reply.body)
            told = {name: one for name, one in reply.json.items() if name not in {"request_id", "value"}}
            replies.append(told)
        assert replies[0] == replies[1], template
    assert tried == 13
    for path, name in (("/accounts", "accounts"), ("/applications", "applications"), ("/requests", "requests")):
        assert li.ask("GET", path)[name] == []
    assert signed["account_id"] not in str(li.ask("GET", "/data"))
    asked = {"request_id": "r", "about": "objection", "text": "x", "decision_id": decision}
    assert li.ask("POST", "/requests", asked, status=404)["code"] == "unknown_application"


def test_a_merchants_customer_has_nothing_but_this_purchase(shop):
    """Whoever knows my number at one shop sees nothing of what I have elsewhere."""
    first = shop.customer("mei", **BOUGHT)
    account = first.buys()["account_id"]
    elsewhere = shop.customer("mei", headers=shop.other_merchant, key="other", **BOUGHT)
    assert elsewhere.ask("GET", "/accounts")["accounts"] == []
    assert elsewhere.ask("GET", "/applications")["applications"] == []
    assert elsewhere.ask("GET", f"/accounts/{account}", status=404)["code"] == "unknown_account"
    own = shop.customer("mei", headers=shop.site)
    assert [one["account_id"] for one in own.ask("GET", "/accounts")["accounts"]] == [account]


def test_an_act_that_was_not_invited_to_is_refused_on_every_route(open_shop):
    mine = open_shop.customer("narrow", acts=["see"], **BOUGHT)
    for (method, template), door in DOORS.items():
        if door.admission != CUSTOMER or (method, template) == ("DELETE", "/v1/my/session"):
            continue
        path = re.sub(r"\{(\w+)\}", lambda found: "0" * 64 if found[1] == "digest" else "some_1", template)
        reply = open_shop.ask(method, path, {}, headers=mine.headers)
        assert (reply.code == "not_invited_to") == (door.act != "see"), (method, template, reply.body)


def test_a_customer_opens_no_door_of_the_firms(open_shop):
    mine = open_shop.customer("curious", **BOUGHT)
    for (method, template), door in DOORS.items():
        if door.admission in {CUSTOMER, "anyone"}:
            continue
        path = re.sub(r"\{(\w+)\}", lambda found: "0" * 64 if found[1] in {"digest", "release"} else "some_1", template)
        reply = open_shop.ask(method, path, {}, headers=mine.headers)
        assert (reply.status, reply.code) == (401, "not_signed_in"), (method, template)


def test_a_person_of_the_firm_and_a_key_open_no_door_of_a_customers(open_shop):
    _, token = open_shop.access.add_person("worker", "Worker", [Role.ANALYST, Role.ADMIN], by=open_shop.admin)
    signed = open_shop.access.welcome(token, "four odd words here")
    cookie = f"{open_shop.access.cookie}={signed.token}".encode()
    _, secret = open_shop.access.make_key("all", [Permission.DECIDE, Permission.READ], by=open_shop.admin)
    as_customer = f"{open_shop.access.customer_cookie}={signed.token}".encode()
    for headers, code in (
        ([HOST, JSON, (b"cookie", cookie), (b"x-tandem-csrf", signed.csrf.encode())], "not_permitted"),
        ([HOST, JSON, (b"authorization", b"Bearer " + secret.encode())], "not_permitted"),
        ([HOST, JSON, (b"cookie", as_customer), (b"x-tandem-csrf", signed.csrf.encode())], "session_expired"),
    ):
        for method, path in (("GET", "/v1/my/accounts"), ("GET", "/v1/my/data"), ("DELETE", "/v1/my/data")):
            assert open_shop.ask(method, path, headers=headers).code == code


def test_a_cookie_alone_changes_nothing(open_shop):
    mine = open_shop.customer("unproven", **BOUGHT)
    without = [one for one in mine.headers if one[0] != b"x-tandem-csrf"]
    for (method, template), door in DOORS.items():
        if door.admission == CUSTOMER and method != "GET":
            path = re.sub(r"\{(\w+)\}", "some_1", template)
            assert open_shop.ask(method, path, {}, headers=without).code == "csrf", (method, template)
    assert open_shop.ask("GET", "/v1/my/accounts", headers=without).status == 200


def test_a_customer_asks_so_often_and_no_oftener(open_shop):
    mine = open_shop.customer("hasty", **BOUGHT)
    codes = {open_shop.ask("GET", "/v1/my/accounts/acc_x", headers=mine.headers).code for _ in range(CUSTOMER_RATE + 5)}
    assert codes == {"unknown_account", "rate_limited"}


# -- objections and rights ---------------------------------------------------------------------------------------------


def test_an_objection_becomes_a_case_and_its_answer_is_told(shop):
    mine = shop.customer("mei", **BOUGHT)
    decision = mine.applies(income_minor=10_000)["decision_id"]
    asked = {"request_id": "r-1", "about": "objection", "text": "My income is higher.", "decision_id": decision}
    told = mine.ask("POST", "/requests", asked)
    assert (told["about"], told["state"]) == ("objection", "waiting")
    assert mine.ask("POST", "/requests", asked) == told
    assert mine.ask("GET", "/requests")["requests"] == [told]
    elsewhere = shop.customer("mei", headers=shop.other_merchant, key="other", **BOUGHT)
    assert elsewhere.ask("GET", "/requests")["requests"] == []
    assert mine.ask("POST", "/requests", {**asked, "text": "other"}, status=409)["code"] == "key_reused"
    from tandem.act.cases import desk_of

    desk = desk_of(shop.process, clock=shop.clock)
    (case,) = desk.look(lambda cases, _rules, _now: [one.copy() for one in cases.working()])
    assert any(one.sealed is not None and "My income is higher." in one.sealed.text for one in desk.history(case))
    taken = desk.assign(case.case_id, by="ann", to="ann", version=case.version)
    assert mine.ask("GET", "/requests")["requests"][0]["state"] == "looked_at"
    desk.resolve(case.case_id, by="ann", disposition=desk.rules.dispositions[0].disposition, version=taken.version)
    (answered,) = mine.ask("GET", "/requests")["requests"]
    assert answered["state"] == "answered"
    assert answered["answer"]["zh"]


def test_who_was_decided_about_in_nothing_is_told_whom_to_call(shop):
    mine = shop.customer("mei", **BOUGHT)
    refused = mine.ask("POST", "/requests", {"request_id": "r", "about": "human", "text": "Hello"}, status=409)
    assert (refused["code"], "02-0000-0000" in refused["hint"]) == ("nothing_decided", True)


def test_what_is_agreed_to_at_a_shop_holds_there_alone_and_touches_nothing_else_of_the_person(shop):
    """A shop proves nobody: whoever knows my number there neither sees nor gives nor withdraws what I agreed to."""
    own = shop.customer("mei", headers=shop.site, key="own")
    own.ask("POST", "/consents/personal_data", {"language": "en"})
    till = shop.customer("mei", **BOUGHT)
    stall = shop.customer("mei", headers=shop.other_merchant, key="other", **BOUGHT)

    def holds(mine):
        return {one["name"]: one["holds"] for one in mine.ask("GET", "/consents")["consents"]}

    nothing = {"personal_data": False, "credit_bureau": False}
    assert holds(till) == holds(stall) == nothing
    assert till.ask("DELETE", "/consents/personal_data", status=404)["code"] == "unknown_consent"
    till.agrees()
    assert (holds(till)["credit_bureau"], holds(stall)) == (True, nothing)
    assert holds(own) == {"personal_data": True, "credit_bureau": False}
    till.ask("DELETE", "/consents/personal_data")
    assert (holds(till)["personal_data"], holds(own)["personal_data"]) == (False, True)
    own.ask("DELETE", "/consents/credit_bureau")  # by themselves, wherever it was said in their name
    assert holds(till)["credit_bureau"] is False
    for method, body in (("GET", None), ("PUT", {"marketing": True, "automated": False})):
        assert till.ask(method, "/preferences", body, status=409)["code"] == "not_at_checkout"
    assert own.ask("GET", "/preferences") == {"marketing": False, "automated": True}


def test_who_refuses_automated_decisions_has_a_person_look_at_a_decline(shop):
    mine = shop.customer("mei", headers=shop.site, **{**BOUGHT, "back": None})
    assert mine.ask("GET", "/preferences") == {"marketing": False, "automated": True}
    mine.ask("PUT", "/preferences", {"marketing": False, "automated": False})
    told = mine.applies(income_minor=10_000)
    assert told["state"] == "looked_at"
    assert told["reasons"]
    (request,) = mine.ask("GET", "/requests")["requests"]
    assert (request["about"], request["decision_id"]) == ("automated_decision", told["decision_id"])
    mine.ask("PUT", "/preferences", {"marketing": True, "automated": True})
    assert mine.ask("GET", "/preferences") == {"marketing": True, "automated": True}


def test_everything_that_is_kept_of_somebody_can_be_taken_along(shop):
    mine = shop.customer("mei", headers=shop.site, acts=[*ACTS, "rights"], **{**BOUGHT, "back": None})
    signed = mine.buys()
    mine.ask("POST", "/requests", {"request_id": "r", "about": "correction", "text": "My age is wrong."})
    kept = mine.ask("GET", "/data")
    whole = str(kept)
    for told in (
        "mei",
        signed["account_id"],
        signed["disclosure"],
        "My age is wrong.",
        "income_minor",
        "credit_bureau",
    ):
        assert told in whole, told
    kinds = [one["what"]["change"] for one in kept["channel"]]
    assert kinds[:3] == ["invited", "application_begun", "applied"]
    assert {"disclosed", "confirmed", "consent_given", "signed", "asked"} <= set(kinds)
    assert kept["decisions"][0]["facts"]["age"] == 34


def test_what_was_decided_about_somebody_that_i_stand_for_is_not_mine_to_take_along(shop):
    rights = {"headers": shop.site, "acts": [*ACTS, "rights"], **BOUGHT, "back": None}
    theirs = shop.customer("li", values={"guarantor": "mei"}, **rights).applies()["decision_id"]
    mine = shop.customer("mei", **rights)
    own = mine.applies()["decision_id"]
    kept = mine.ask("GET", "/data")
    assert [one["answer"]["decision_id"] for one in kept["decisions"]] == [own]
    assert (theirs in str(kept), kept["decisions_left_out"]) == (False, False)


def test_who_has_nothing_that_law_keeps_is_erased_and_out(shop):
    mine = shop.customer("mei", headers=shop.site, acts=[*ACTS, "rights"])
    decision = mine.ask("POST", "/applications", {"application_id": "a", "product": "till", "term": 6, "amount_minor": 50_000,
                                                   "values": {"age": 16, "income_minor": 900_000}})["decision_id"]  # fmt: skip
    assert mine.ask("DELETE", "/data") == {"erased": True, "until": None, "why": None}
    assert mine.ask("GET", "/accounts", status=401)["code"] == "session_expired"
    assert shop.process.archive.explain(decision)["erased"]


def test_who_has_an_account_is_restricted_and_told_until_when(shop):
    mine = shop.customer("mei", headers=shop.site, acts=[*ACTS, "rights"], **{**BOUGHT, "back": None})
    account = mine.buys()["account_id"]
    told = mine.ask("DELETE", "/data")
    assert (told["erased"], told["until"]) == (False, None)
    assert told["why"]["en"].startswith("Records of accounts")
    assert mine.applies(application_id="b", status=409)["code"] == "data_restricted"
    assert mine.ask("GET", f"/accounts/{account}")["account_id"] == account  # what is owed stays owed
    payoff = mine.ask("GET", f"/accounts/{account}/payoff", query=b"plan=loan")["payoff_minor"]
    pay = {"payment_id": "p", "plan": "loan", "amount_minor": payoff, "early": True}
    mine.ask("POST", f"/accounts/{account}/payments", pay)
    assert mine.ask("DELETE", "/data")["until"] == "2027-11-20"


def test_a_lender_without_a_channel_lets_nobody_in(tmp_path):
    from http_face import Caller, starter_process

    from tandem.faces.api import create_app

    process = starter_process(tmp_path)
    call = Caller(create_app(process))
    reply = call("POST", "/v1/invitations", {"key": "k", "identifier": "mei", "acts": ["see"]})
    assert (reply.status, reply.code) == (409, "no_channel")
    call.close()
    process.close()
