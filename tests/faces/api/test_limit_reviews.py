"""Limits over HTTP: a review is proposed by one, let go ahead by another, answered by customers; every answer keeps its contract."""

from __future__ import annotations

import json

import pytest
from http_face import Caller, Contract
from limit_house import opened_house

from tandem.faces.api import create_app


@pytest.fixture
def ask(tmp_path):
    house = opened_house(tmp_path / "home")
    call = Caller(create_app(house.process, clock=house.clock, lending=house.lending, limits=house.limits))
    contract = Contract(call("GET", "/openapi.json").json)

    def asked(method, path, body=None, *, query=b"", status=200):
        reply = call(method, path, b"" if body is None else json.dumps(body).encode(), query=query)
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    asked.house = house
    yield asked
    call.close()
    house.process.close()


def proposed(ask):
    return ask("POST", "/v1/limit-reviews", {"strategy": "till_limits", "by": "ann"})


def agreed(ask, review):
    return ask("POST", f"/v1/limit-reviews/{review}/approval", {"by": "bob"})


def test_a_strategy_says_what_it_assumes_and_where_that_is_from(ask):
    (found,) = ask("GET", "/v1/limit-strategies")["strategies"]
    assert (found["name"], found["product"], found["loss_budget_bps"]) == ("till_limits", "till_limit", 500)
    assert found["assumed"]["scale"] == 1.0
    assert found["assumed_source"] == "made up for tests"


def test_a_review_tells_what_every_step_would_bring_and_moves_nothing(ask):
    made = proposed(ask)
    assert not made["again"]
    review = made["review"]
    assert (review["state"], review["by"], review["agreed_by"]) == ("proposed", "ann", None)
    detail = ask("GET", f"/v1/limit-reviews/{review['review_id']}")
    assert len(detail["lines"]) == review["moving"] == sum(detail["states"].values())
    assert {one["constraint"] for one in detail["solver"]["bindings"]} == {"loss_budget", "limit_most"}
    assert all(one["reasons"] and one["reasons"][0]["zh"] for one in detail["lines"])
    account = detail["lines"][0]["account_id"]
    assert ask("GET", f"/v1/accounts/{account}")["limit_minor"] == 300_000


def test_the_same_day_gives_the_same_review(ask):
    first, again = proposed(ask), proposed(ask)
    assert (again["again"], again["review"]) == (True, first["review"])
    assert len(ask("GET", "/v1/limit-reviews")["reviews"]) == 1


def test_nobody_lets_their_own_review_go_ahead(ask):
    review = proposed(ask)["review"]["review_id"]
    refused = ask("POST", f"/v1/limit-reviews/{review}/approval", {"by": "ann"}, status=403)
    assert refused["code"] == "author_is_approver"
    assert agreed(ask, review)["review"]["state"] == "going"


def test_a_consent_moves_the_limit_and_shows_on_the_account(ask):
    review = proposed(ask)["review"]["review_id"]
    agreed(ask, review)
    offered = ask("GET", f"/v1/limit-reviews/{review}", query=b"state=offered")["lines"][0]
    body = {"account_id": offered["account_id"], "consents": True, "by": "app"}
    assert ask("POST", f"/v1/limit-reviews/{review}/answers", body)["state"] == "moved"
    account = ask("GET", f"/v1/accounts/{offered['account_id']}")
    assert account["limit_minor"] == offered["to_minor"]
    (line,) = ask("GET", f"/v1/accounts/{offered['account_id']}/limit-reviews")["lines"]
    assert (line["state"], line["review_id"]) == ("moved", review)
    otherwise = ask("POST", f"/v1/limit-reviews/{review}/answers", {**body, "consents": False}, status=409)
    assert otherwise["code"] == "key_reused"


def test_a_declined_review_moves_nothing_and_is_past_approval(ask):
    review = proposed(ask)["review"]["review_id"]
    declined = ask("POST", f"/v1/limit-reviews/{review}/refusal", {"note": "Too early.", "by": "bob"})["review"]
    assert (declined["state"], declined["note"]) == ("declined", "Too early.")
    assert ask("POST", f"/v1/limit-reviews/{review}/approval", {"by": "bob"}, status=409)["code"] == "not_open"


def test_pages_of_accounts_hang_together(ask):
    review = proposed(ask)["review"]
    found, after = [], None
    while True:
        query = b"limit=7" if after is None else f"limit=7&after={after}".encode()
        page = ask("GET", f"/v1/limit-reviews/{review['review_id']}", query=query)
        found += [one["account_id"] for one in page["lines"]]
        after = page["next"]
        if after is None:
            break
    assert len(found) == len(set(found)) == review["moving"]


def test_the_effect_is_told_by_arm_with_an_interval(ask):
    found = ask("GET", "/v1/limit-strategies/till_limits/effect")
    assert found["treated"] + found["held_out"] == 40
    limit = next(one for one in found["figures"] if one["figure"] == "limit_minor")
    assert (limit["treated"], limit["held_out"], limit["more"]) == (300_000, 300_000, 0)


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("POST", "/v1/limit-reviews", {"strategy": "till_limit"}, "unknown_limit_strategy"),
        ("GET", "/v1/limit-strategies/other/effect", None, "unknown_limit_strategy"),
        ("GET", "/v1/limit-reviews/other", None, "unknown_limit_review"),
        ("POST", "/v1/limit-reviews/other/approval", {"by": "bob"}, "unknown_limit_review"),
        ("POST", "/v1/limit-reviews/other/answers", {"account_id": "a", "consents": True}, "unknown_limit_review"),
    ],
)
def test_what_is_not_there_is_said(ask, method, path, body, code):
    assert ask(method, path, body, status=404)["code"] == code
