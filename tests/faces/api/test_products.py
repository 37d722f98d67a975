"""Products over HTTP: what can be had, what it costs, and what a release refuses."""

from __future__ import annotations

import json
from datetime import date

import pytest
from http_face import Caller, Contract, released_process, starter_artefacts
from till_product import TILL

from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact

CAP = {
    "title": {"en": "The law", "zh-CN": "法律"},
    "rows": [{"since": "2020-01-01", "most_bps": 3_600, "source": "a law"}],
}


def product(**more):
    body = {key: value for key, value in TILL.items() if key != "name"}
    return Artefact.of(
        "product", "till_limit", {**body, "policies": {"application": "application"}, "cap": "law", **more}
    )


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    process = released_process(folder, [*starter_artefacts(folder), product(), Artefact.of("rate_cap", "law", CAP)])
    call = Caller(create_app(process))
    contract = Contract(call("GET", "/openapi.json").json)

    def get(method, path, body=None, *, status=200):
        reply = call(method, path, b"" if body is None else json.dumps(body).encode())
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    yield get
    call.close()
    process.close()


def test_the_products_of_the_live_release_are_told_with_the_most_they_cost(ask):
    (one,) = ask("GET", "/v1/products")["products"]
    assert (one["name"], one["currency"], one["terms"], one["cap"]) == ("till_limit", "CNY", [1, 3, 6, 12], "law")
    assert 1_800 < one["dearest_bps"] < 3_600


def test_a_product_is_told_as_it_was_released(ask):
    found = ask("GET", "/v1/products/till_limit")
    assert found["definition"] == product().body
    assert found["digest"] == product().digest
    assert found["policies"] == {"application": "application"}


def test_a_quote_has_every_instalment_and_all_it_costs(ask):
    found = ask("POST", "/v1/products/till_limit/quote", {"amount_minor": 120_000, "term": 3, "on": "2026-01-05"})
    assert [one["due"] for one in found["instalments"]] == ["2026-02-10", "2026-03-10", "2026-04-10"]
    assert sum(one["principal_minor"] for one in found["instalments"]) == 120_000
    assert found["total_minor"] == sum(one["amount_minor"] for one in found["instalments"])
    assert found["rate_bps"] == 900
    assert found["effective_bps"] > found["nominal_bps"] > 900


def test_without_a_day_a_quote_is_for_today(ask):
    found = ask("POST", "/v1/products/till_limit/quote", {"amount_minor": 120_000, "term": 1})
    assert date.fromisoformat(found["on"]) <= date.fromisoformat(found["instalments"][0]["due"])


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"amount_minor": 1, "term": 3}, "outside_product", "amount_minor"),
        ({"amount_minor": 120_000, "term": 2}, "outside_product", "term"),
        ({"amount_minor": 120_000, "term": 3, "rate_bps": 1_801}, "outside_product", "rate_bps"),
        ({"amount_minor": 120_000, "term": 3, "on": "2026-02-30"}, "invalid_date", None),
        ({"amount_minor": 120_000, "term": 12, "on": "9999-12-31"}, "outside_product", "on"),
        ({"amount_minor": 120_000, "term": 12, "on": "0001-01-01"}, "outside_product", "on"),
        ({"amount_minor": "much", "term": 3}, "wrong_shape", "amount_minor"),
        ({"amount_minor": 120_000, "term": 3, "tenor": 3}, "wrong_shape", "body"),
    ],
)
def test_what_cannot_be_quoted_is_named(ask, body, code, field):
    problem = ask("POST", "/v1/products/till_limit/quote", body, status=422)
    assert (problem["code"], problem.get("field")) == (code, field)


def test_a_product_that_nobody_released_is_not_found_and_the_near_one_is_named(ask):
    assert "till_limit" in ask("GET", "/v1/products/till_limits", status=404)["hint"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"price": {**TILL["price"], "fee_bps": 200}}, "cap_exceeded"),
        ({"policies": {"application": "nobody"}}, "unknown_policy"),
        ({"cap": "no_law"}, "unknown_cap"),
        ({"terms": [3, 1]}, "invalid_product"),
    ],
)
def test_a_release_whose_products_do_not_hold_together_is_refused_and_nothing_goes_live(ask, changes, code):
    changed = product(**changes)
    document = {"kind": "product", "name": "till_limit", "body": changed.body}
    ask("POST", "/v1/artefacts", {"artefacts": [document], "author": "ann"})
    ask("POST", "/v1/reviews", {"digests": [changed.digest], "approver": "bob"})
    problem = ask("POST", "/v1/releases", {"digests": [changed.digest], "by": "bob"}, status=422)
    assert (problem["code"], problem["at"]) == (code, "product/till_limit")
    assert ask("GET", "/v1/products/till_limit")["digest"] == product().digest
