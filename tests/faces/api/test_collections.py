"""Collections over HTTP: who falls behind is in the queue, called within the rules, promises, objects, settles; all on record."""

from __future__ import annotations

import json

import pytest
from arrears_house import House
from http_face import Caller, Contract

from tandem.faces.api import create_app

PHONE = "13800138000"


@pytest.fixture
def late(tmp_path):
    """Somebody three days late, who can be reached; asked as Li."""
    house = House(tmp_path / "home")
    app = create_app(house.process, clock=house.clock, lending=house.lending, collections=house.desk)
    call = Caller(app)
    contract = Contract(call("GET", "/openapi.json").json)
    house.account = house.customer()
    house.points = house.reachable(house.account)
    house.at("2026-12-05T10:00:00+08:00")
    house.desk.tend()
    keys = iter(range(1_000))

    def ask(method, path, body=None, *, query=b"", status=200, key=None):
        sent = None if body is None else {"request_id": key or f"r{next(keys)}", "by": "li", **body}
        if path.endswith(("/points", "/outcome")) and sent is not None:
            sent.pop("request_id")
        reply = call(method, path, b"" if sent is None else json.dumps(sent).encode(), query=query)
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    ask.house, ask.account = house, house.account
    ask.at = lambda path, body=None, **more: ask(
        "GET" if body is None else "POST", f"/v1/collections/accounts/{house.account}{path}", body, **more
    )
    yield ask
    call.close()
    house.close()


def dial(late, *, status=200, **more):
    return late.at("/calls", {"channel": "call", "point": late.house.points["phone"], **more}, status=status)


def test_one_screen_says_what_is_owed_why_this_action_and_what_to_say(late):
    shown = late.at("")
    assert shown["situation"]["days_past_due"] == 3
    assert shown["choice"]["segment"] == "everybody_else"
    assert shown["choice"]["segment_title"] == {"en": "Everybody else", "zh": "其他"}
    assert [one["action"]["channel"] for one in shown["choice"]["ranked"]] or shown["choice"]["action"][
        "step"
    ] == "wait"
    options = {one["action"]["channel"]: one for one in shown["options"]}
    assert "现金贷" in options["sms"]["script"]
    assert "如有异议" in options["call"]["script"]
    assert {one["masked"] for one in shown["points"]} == {"l***@example.com", "+86****8000"}
    assert PHONE not in json.dumps(shown)
    wanted = [one for one in shown["history"] if one["what"] == "wanted"]
    assert wanted[0]["text"].startswith("【示例公司】")
    assert shown["promise_until"] == "2026-12-19"


def test_what_needs_a_person_is_in_the_queue_and_taken_by_one(late):
    late.at("/promises", {"amount_minor": 100, "due": "2026-12-05"})
    late.house.at("2026-12-06T10:00:00+08:00")
    late.house.desk.tend()
    page = late("GET", "/v1/collections/queue")
    (one,) = page["work"]
    assert (one["account_id"], one["action"]["channel"], one["segment"]) == (late.account, "call", "broken_promise")
    assert one["per_hour_minor"] == round(
        (one["expected_minor"] - one["action"]["cost_minor"]) * 60 / one["action"]["minutes"]
    )
    assert page["in_all"] == 1
    assert late.at("/taken", {})["taken_by"] == "li"
    assert late.at("/taken", {"by": "wang"}, status=409)["code"] == "not_possible"
    assert late.at("/taken", {"taken": False})["taken_by"] is None


def test_a_number_is_told_three_times_a_day_and_then_the_rule(late):
    for _ in range(3):
        found = dial(late)
        assert found["address"] == "+8613800138000"
        answered = late(
            "POST", f"/v1/collections/contacts/{found['contact_id']}/outcome", {"state": "answered", "minutes": 5}
        )
        assert answered["state"] == "answered"
    found = dial(late)
    assert found["address"] is None
    (block,) = found["blocks"]
    assert (block["rule"], block["because"]) == ("three_talks_a_day", "3/3")
    assert "45251" in block["source"]["zh"]
    assert block["until"] == "2026-12-05T16:00:00Z"
    blocked = late("GET", "/v1/collections/blocked", query=b"rule=three_talks_a_day")["blocked"]
    assert [one["contact_id"] for one in blocked] == [found["contact_id"]]
    conduct = late("GET", "/v1/collections/conduct")
    rules = {one["rule"]: one for one in conduct["sets"][0]["rules"]}
    assert rules["three_talks_a_day"]["blocked"] == 1
    assert rules["three_talks_a_day"]["says"]["most"] == "3"
    assert conduct["blocked"] == 1
    assert conduct["sets"][0]["agencies"][0]["usable"]


def test_the_same_request_again_is_no_second_thing(late):
    body = {"amount_minor": 20_000, "due": "2026-12-08"}
    first = late.at("/promises", body, key="p1")
    again = late.at("/promises", body, key="p1")
    assert len(first["promises"]) == len(again["promises"]) == 1
    assert late.at("/promises", {**body, "amount_minor": 1}, key="p1", status=409)["code"] == "key_reused"


def test_a_promise_is_checked_kept_and_seen_by_the_supervisor(late):
    assert late.at("/promises", {"amount_minor": 20_000, "due": "2027-12-08"}, status=409)["code"] == "promise_day"
    assert late.at("/promises", {"amount_minor": 10**12, "due": "2026-12-08"}, status=409)["code"] == "promise_amount"
    late.at("/promises", {"amount_minor": 20_000, "due": "2026-12-08"})
    late.house.pays(late.account, 20_000)
    late.house.desk.tend()
    assert late.at("")["promises"][0]["outcome"] == "kept"
    report = late("GET", "/v1/collections/report")
    assert report["promises"]["kept"] == 1
    assert report["money"] == [{"currency": "CNY", "recovered_minor": 20_000, "per_contact_minor": None}]
    assert [one["person"] for one in report["people"]] == ["li"]
    assert (
        late("GET", "/v1/collections/report", query=b"first=2026-12-09&last=2026-12-01", status=422)["field"] == "first"
    )


def test_a_promise_is_withdrawn(late):
    promise = late.at("/promises", {"amount_minor": 20_000, "due": "2026-12-08"})["promises"][0]["promise_id"]
    assert late("POST", f"/v1/collections/promises/{promise}/withdrawal", {})["promises"][0]["outcome"] == "withdrawn"
    assert late("POST", "/v1/collections/promises/none/withdrawal", {}, status=404)["code"] == "unknown_promise"


def test_an_objection_stops_everything_until_it_was_looked_into(late):
    shown = late.at("/disputes", {"text": "I paid that in May."})
    assert shown["marks"] == ["dispute"]
    assert {one["rule"] for one in dial(late)["blocks"]} == {"dispute_open"}
    dispute = shown["disputes"][0]["dispute_id"]
    after = late("POST", f"/v1/collections/disputes/{dispute}/end", {"upheld": False, "text": "No such payment."})
    assert (after["marks"], after["disputes"][0]["upheld"]) == ([], False)
    assert {"I paid that in May.", "No such payment."} <= {one.get("text") for one in after["history"]}


def test_offers_are_within_what_the_strategy_lets_people_offer(late):
    shown = late.at("")
    low = {"kind": "settlement", "amount_minor": shown["settle_least_minor"] - 1}
    assert late.at("/offers", low, status=409)["code"] == "offer_amount"
    assert late.at("/offers", {"kind": "restructure", "count": 36}, status=409)["code"] == "offer_count"
    offered = late.at("/offers", {"kind": "restructure", "count": 12})["offers"][0]
    assert offered["made_by"] == "li"
    answer = f"/v1/collections/offers/{offered['offer_id']}/answer"
    assert late("POST", answer, {"accepted": True}, status=403)["code"] == "same_person"
    late("POST", answer, {"accepted": True, "by": "wang"})
    account = late("GET", f"/v1/accounts/{late.account}")
    assert len(account["plans"][0]["lines"]) == 12


def test_words_that_may_not_be_said_do_not_leave_and_others_do(late):
    message = {"channel": "sms", "point": late.house.points["phone"]}
    threat = late.at("/messages", {**message, "text": "再不还就让你 坐牢"})
    assert (threat["state"], threat["blocks"][0]["rule"], threat["blocks"][0]["because"]) == (
        "blocked",
        "never_said",
        "坐牢",
    )
    assert late.at("/messages", {**message, "text": "您好，请回电。"})["state"] == "wanted"


def test_what_is_so_about_a_debtor_is_kept_and_counts(late):
    assert late.at("/marks", {"mark": "hardship", "text": "Lost the job."})["marks"] == ["hardship"]
    assert {one["rule"] for one in dial(late, step="firm")["blocks"]} == {"hardship_gentle"}
    dealing = {"timezone": "Europe/London", "language": "en", "off": ["sms"], "consents": ["marketing"],
               "agreed_hours": {"starts": "00:00", "ends": "06:00"}}  # fmt: skip
    shown = late.at("/dealing", dealing)
    assert (shown["timezone"], shown["language"], shown["off"]) == ("Europe/London", "en", ["sms"])
    assert "Good day" in next(one["script"] for one in shown["options"] if one["action"]["channel"] == "call")
    assert late.at("/dealing", {**dealing, "timezone": "Europe/Nowhere"}, status=422)["code"] == "invalid_zone"


def test_numbers_are_added_checked_and_taken_out(late):
    shown = late.at("/points", {"kind": "phone", "value": "13900139000", "whose": "third_party", "name": "Wang"})
    friend = next(one for one in shown["points"] if one["whose"] == "third_party")
    assert (friend["masked"], friend["name"]) == ("+86****9000", "Wang")
    assert late.at("/points", {"kind": "email", "value": "nonsense"}, status=422)["code"] == "invalid_contact_detail"
    assert late.at(f"/points/{friend['point']}", {"invalid": True})["points"][-1]["invalid"]
    assert late.at(f"/points/{'0' * 32}", {"invalid": True}, status=404)["code"] == "unknown_point"


def test_an_agency_has_to_be_on_the_list(late):
    refused = late.at("/agency", {"agency": "somebody"}, status=409)
    assert refused["code"] == "rule_forbids"
    assert "approved_agencies" in refused["hint"]
    assert late.at("/agency", {"agency": "example_agency"})["agency"] == "example_agency"
    assert late.at("/agency", {"agency": None})["agency"] is None


def test_a_note_is_kept(late):
    assert late.at("/notes", {"text": "Starts a job in January."})["history"][0]["text"] == "Starts a job in January."
    assert late.at("/notes", {"text": "  "}, status=422)["code"] == "empty_text"


def test_what_is_not_in_collections_is_not_there(late):
    other = late.house.customer(2)
    assert late("GET", f"/v1/collections/accounts/{other}", status=404)["code"] == "not_in_collections"
    assert (
        late("POST", "/v1/collections/contacts/none/outcome", {"state": "answered"}, status=404)["code"]
        == "unknown_contact"
    )


def test_an_outcome_says_why_by_a_code_and_a_message_does_not_say_what_it_is_for(late):
    found = dial(late)
    outcome = f"/v1/collections/contacts/{found['contact_id']}/outcome"
    late("POST", outcome, {"state": "failed", "why": "Li said her mother is ill"}, status=422)
    late("POST", outcome, {"state": "failed", "why": "busy_line"})
    message = {"channel": "sms", "point": late.house.points["phone"], "text": "您好，请回电。"}
    late.at("/messages", {**message, "purpose": "service"}, status=422)
