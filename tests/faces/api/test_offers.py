"""Offers over HTTP: programmes, decisions and why none, what it did; every answer keeps its contract."""

from __future__ import annotations

import json

import pytest
from http_face import Caller, Contract
from offer_house import BARELY, EVERYBODY, PLAN, REMINDER, House, programme

from tandem.faces.api import create_app


@pytest.fixture
def ask(tmp_path):
    house = House(
        tmp_path / "home",
        programme("due_soon", REMINDER, choose=EVERYBODY, hold_out=BARELY),
        programme("in_parts", PLAN, products=["till_limit"], hold_out={"share": 0.5, "salt": "half"}),
    )
    call = Caller(
        create_app(
            house.process, clock=house.clock, lending=house.lending, collections=house.collections,
            customers=house.core, offers=house.offers,
        )
    )  # fmt: skip
    contract = Contract(call("GET", "/openapi.json").json)

    def asked(method, path, body=None, *, query=b"", status=200):
        reply = call(method, path, b"" if body is None else json.dumps(body).encode(), query=query)
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    asked.house = house
    yield asked
    call.close()
    house.close()


@pytest.fixture
def told(ask):
    """Two who are reminded, and one whose limit is not yet due and who did not agree to offers."""
    house = ask.house
    accounts = [house.customer(1), house.customer(2), house.customer(3, product="till_limit")]
    house.at("2026-11-25T10:00:00+08:00")
    house.offers.round()
    return accounts


def test_a_programme_says_who_how_often_and_by_what_it_is_chosen(ask):
    first, second = ask("GET", "/v1/programmes")["programmes"]
    assert (first["name"], first["kind"], first["purpose"]) == ("due_soon", "reminder", "service")
    assert (first["caps_day"], first["caps_week"], first["caps_month"]) == (1, 2, 3)
    assert (first["hold_out"], first["model"]) == (BARELY["share"], None)
    assert (second["into_product"], second["into_term"], second["purpose"]) == ("cash_loan", 6, "marketing")


def test_every_decision_says_how_likely_it_was_and_why_nobody_else_was_told(ask, told):
    found = ask("GET", "/v1/offers")["offers"]
    assert {one["account_id"] for one in found} == set(told[:2])
    assert {(one["state"], one["channel"], one["why"], one["arm"]) for one in found} == {
        ("told", "email", "drawn", "treated")
    }
    assert all(0.999 < one["propensity"] < 1 for one in found)
    programmes = {one["name"]: one for one in ask("GET", "/v1/programmes")["programmes"]}
    assert programmes["in_parts"]["why_none"] == [{"why": "no_consent", "accounts": 1}]
    assert programmes["due_soon"]["states"] == {"told": 2}


def test_of_one_account_it_is_told_why_there_is_nothing(ask, told):
    assert ask("GET", f"/v1/accounts/{told[2]}/offers") == {"offers": [], "why_none": {"in_parts": "no_consent"}}
    mine = ask("GET", f"/v1/accounts/{told[0]}/offers")
    assert [one["programme"] for one in mine["offers"]] == ["due_soon"]
    assert mine["why_none"] == {"due_soon": "open"}


def test_pages_go_on_where_the_last_one_ended(ask, told):
    first = ask("GET", "/v1/offers", query=b"limit=1")
    second = ask("GET", "/v1/offers", query=f"limit=1&after={first['next']}".encode())
    assert {one["offers"][0]["account_id"] for one in (first, second)} == set(told[:2])
    assert second["next"] is None
    assert ask("GET", "/v1/offers", query=b"state=held_out")["offers"] == []


@pytest.mark.usefixtures("told")
def test_an_effect_counts_people_of_both_arms_and_says_what_is_open(ask):
    effect = ask("GET", "/v1/programmes/due_soon/effect")
    assert (effect["open"], effect["decisions"], effect["currency"]) == (2, 0, "CNY")
    assert {one["figure"]: one["more"] for one in effect["figures"]} == dict.fromkeys(
        ("came", "share", "paid_minor", "late")
    )
    ask.house.at("2026-12-09T10:00:00+08:00")
    ask.house.offers.round()
    effect = ask("GET", "/v1/programmes/due_soon/effect")
    assert (effect["open"], effect["decisions"], effect["people"], effect["held_people"]) == (0, 2, 2, 0)


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        ("/v1/programmes/nobody/effect", b"", "unknown_programme"),
        ("/v1/offers", b"after=off_none", "unknown_offer"),
        ("/v1/accounts/acc_none/offers", b"", "unknown_account"),
    ],
)
def test_what_is_not_there_is_named(ask, path, query, code):
    assert ask("GET", path, query=query, status=404)["code"] == code
