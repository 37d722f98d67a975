"""Decisions over HTTP, filtered and in both forms; every answer is held against the contract and stays under a megabyte."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from http_face import Caller, Contract, application, starter_process

from tandem.faces.api import create_app
from tandem.faces.api.control import decisions as listing

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Lists decisions of a workspace that approved and declined."""
    process = starter_process(tmp_path_factory.mktemp("listing"))
    caller = Caller(create_app(process))
    contract = Contract(caller("GET", "/openapi.json").json)
    for number in range(12):
        body = application(f"e{number}", age=16 if number % 3 == 0 else 34, device=f"d{number % 6}")
        assert caller("POST", "/v1/decisions", body).status == 200

    def asked(**parameters):
        reply = caller("GET", "/v1/decisions", query=urlencode(parameters).encode())
        contract.judge("GET", "/v1/decisions", reply)
        return reply

    asked.contract = contract
    yield asked
    caller.close()
    process.close()


def events(page):
    return [one["answer"]["event_id"] for one in page["decisions"]]


def test_every_filter_narrows(ask):
    everything = ask(limit=200).json
    assert len(everything["decisions"]) == 12
    declined = ask(outcome="decline").json
    assert events(declined) == ["e9", "e6", "e3", "e0"]
    reason = declined["decisions"][0]["trail"]["reasons"][0]
    assert events(ask(reason=reason).json) == events(declined)
    assert events(ask(reason="NEVER").json) == []
    assert events(ask(policy="never").json) == []
    device = declined["decisions"][0]["trail"]["entities"]["device"]
    assert events(ask(entity=device).json) == ["e9", "e3"]
    assert events(ask(entity=device, outcome="approve").json) == []
    moment = everything["decisions"][4]["recorded_at"]
    assert events(ask(until=moment).json) == events(everything)[5:]
    assert events(ask(since=moment).json) == events(everything)[:5]


def test_the_short_form_is_the_same_decisions_in_fewer_bytes(ask):
    full, short = ask(limit=200), ask(limit=1_000, form="short")
    assert [row["event_id"] for row in short.json["rows"]] == events(full.json)
    assert short.json["decisions"] == full.json["rows"] == []
    assert len(short.body) < len(full.body) / 2
    codes = {code for row in short.json["rows"] for code in row["reasons"]}
    assert {reason["code"] for reason in short.json["reasons"]} == codes


def test_pages_of_a_filter_meet_without_gap_or_double(ask):
    found, before = [], {}
    while True:
        page = ask(outcome="approve", form="short", limit=3, **before).json
        found += [row["event_id"] for row in page["rows"]]
        if page["next_before"] is None:
            break
        before = {"before": page["next_before"]}
    assert found == ["e11", "e10", "e8", "e7", "e5", "e4", "e2", "e1"]


def test_an_answer_that_would_be_too_long_is_cut_and_says_where_to_go_on(ask, monkeypatch):
    monkeypatch.setattr(listing, "_BYTES_MAX", 3_000)
    first = ask(form="short", limit=1_000).json
    assert 1 <= len(first["rows"]) < 12
    rest = ask(form="short", limit=1_000, before=first["next_before"]).json
    assert rest["rows"][0]["event_id"] == f"e{11 - len(first['rows'])}"


def test_a_full_page_of_rows_of_events_about_many_stays_under_a_megabyte(ask):
    row = ask(form="short", limit=1).json["rows"][0]
    many = {**row, "entities": {f"entity_{number}": "0" * 32 for number in range(40)}, "reasons": ["X" * 80] * 10}
    found = listing.DecisionsFound([many] * 1_000, None, {})
    shown, following = listing._fitting(found)
    assert sum(map(len, map(bytes, shown))) < MEGABYTE
    assert following == row["seq"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"limit": 201}, "invalid_parameter"),
        ({"limit": 1_001, "form": "short"}, "invalid_parameter"),
        ({"entity": "customer-17"}, "invalid_parameter"),
        ({"since": "yesterday"}, "invalid_instant"),
        ({"until": "2026-11-24T06:38:00"}, "instant_without_offset"),
        ({"form": "long"}, "invalid_parameter"),
    ],
)
def test_what_cannot_be_asked_is_said(ask, asked, code):
    reply = ask(**asked)
    assert (reply.status, reply.code) == (422, code)
