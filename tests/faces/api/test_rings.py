"""Rings over HTTP: each answer as its contract says, from the list to the undo, and on record."""

from __future__ import annotations

import pytest
from http_face import Caller, Contract, released_process
from ring_workspace import EVERYTHING, apply_for, finder, ring_of, turns_out

from tandem.faces.api import create_app
from tandem.kernel.time import SystemClock
from tandem.observe.lake import Lake


@pytest.fixture
def asked(tmp_path):
    """Calls an application with one ring of four, and judges every answer by the contract."""
    process = released_process(tmp_path, [*EVERYTHING[:-1], finder(automatic="propose")])
    ring_of(process, "a", "b", "c", "d")
    caller = Caller(create_app(process, lake=Lake(tmp_path / "lake", clock=SystemClock())))
    contract = Contract(caller("GET", "/openapi.json").json)

    def ask(method, path, body=b"", *, query=b""):
        reply = caller(method, path, body, query=query)
        contract.judge(method, path, reply)
        return reply

    ask.process = process
    yield ask
    caller.close()
    process.close()


def first(asked):
    return asked("GET", "/v1/rings").json["rings"][0]


def test_rings_are_listed_with_their_words_and_when_they_were_looked_for(asked):
    page = asked("GET", "/v1/rings").json
    (ring,) = page["rings"]
    assert (page["total"], page["next_after"], page["finders"]) == (1, None, ["people"])
    assert (ring["size"], ring["member_kind"], ring["state"], ring["at_stake_minor"]) == (4, "person", "open", 400_000)
    assert ring["words"]["en"].startswith("4 applicants share 1 device and 1 phone")
    assert asked("GET", "/v1/rings", query=b"smallest=5").json["rings"] == []
    assert asked("GET", "/v1/rings", query=b"state=dismissed").json["rings"] == []


def test_one_ring_shows_members_what_they_share_and_how_it_hangs_together(asked):
    detail = asked("GET", f"/v1/rings/{first(asked)['ring_id']}").json
    assert [one["size"] for one in detail["timeline"]] == [1, 2, 3, 4]
    assert [one["member"] for one in detail["members"]] == [one["member"] for one in detail["timeline"]]
    assert {(one["kind"], one["members"], one["users"], one["crowd"]) for one in detail["identifiers"]} == {
        ("device", 4, 4, False),
        ("phone", 4, 4, False),
    }
    assert len(detail["links"]) == 8
    # Six things in all (four people, a device, a phone) are held together by five links.
    assert sum(one["tree"] for one in detail["links"]) == 5
    assert [one["what"] for one in detail["story"]] == ["born"]


def test_looking_again_tells_what_changed(asked):
    first(asked)
    apply_for(asked.process, "e", hours=6, device="d1", phone="p1")
    looked = asked("POST", "/v1/rings/refresh", {}).json
    assert (looked["rings"], looked["applications"], looked["changes"]) == (1, 5, {"grown": 1})
    assert asked("POST", "/v1/rings/refresh", {"finder": "nobody"}).code == "unknown_finder"


def test_a_ring_is_put_on_lists_only_as_it_was_seen_and_taken_off_again(asked):
    ring = first(asked)["ring_id"]
    radius = asked("POST", f"/v1/rings/{ring}/radius", {}).json
    assert {one["list_name"] for one in radius["entries"]} == {"ring_members", "blocked_devices", "blocked_phones"}
    stale = {"seen": "0" * 64, "reason": "one device"}
    assert asked("POST", f"/v1/rings/{ring}/list", stale).code == "radius_changed"
    done = asked("POST", f"/v1/rings/{ring}/list", {"seen": radius["seen"], "reason": "one device"}).json
    assert (done["ring"]["state"], len(done["action"]["entries"])) == ("listed", 6)
    assert apply_for(asked.process, "z", hours=9, odd=False, device="d1") == "decline"
    again = asked("POST", f"/v1/rings/{ring}/radius", {}).json
    assert all(one["already"] for one in again["entries"])
    action = done["action"]["action_id"]
    undone = asked("POST", f"/v1/rings/{ring}/undo", {"action_id": action, "reason": "a shop's device"}).json
    assert (undone["removed"], undone["kept"], undone["ring"]["state"]) == (6, 0, "open")
    assert {one["now"] for one in undone["action"]["entries"]} == {"removed"}
    assert asked("POST", f"/v1/rings/{ring}/undo", {"action_id": action, "reason": "again"}).code == "already_undone"
    assert apply_for(asked.process, "y", hours=10, odd=False, device="d1") == "approve"


def test_what_the_rule_would_block_is_proposed(asked):
    ring = first(asked)["ring_id"]
    for who in "abc":
        turns_out(asked.process, who, fraud=True)
    asked("POST", "/v1/rings/refresh", {})
    detail = asked("GET", f"/v1/rings/{ring}").json
    assert {one["list_name"] for one in detail["proposed"]} == {"blocked_devices", "blocked_phones"}
    assert detail["ring"]["known_bad"] == 3
    assert [one["path"] for one in detail["nearest"]] == [[], [], []]


def test_a_ring_is_dismissed_with_a_reason_and_left_out(asked):
    ring = first(asked)["ring_id"]
    told = asked("POST", f"/v1/rings/{ring}/dismiss", {"reason": "students of one dormitory"}).json
    assert told["state"] == "dismissed"
    assert asked("GET", "/v1/rings").json["rings"] == []
    assert asked("POST", f"/v1/rings/{ring}/dismiss", {"reason": "again"}).code == "ring_state"


def test_a_case_is_opened_about_a_ring_once(asked):
    ring = first(asked)["ring_id"]
    told = asked("POST", f"/v1/rings/{ring}/case", {}).json
    assert asked("POST", f"/v1/rings/{ring}/case", {}).json["case_id"] == told["case_id"]
    case = asked("GET", f"/v1/cases/{told['case_id']}").json
    assert (case["case"]["entity_kind"], case["case"]["decisions"]) == ("ring", 4)


def test_a_ring_that_nobody_knows_is_not_found(asked):
    assert asked("GET", "/v1/rings/ring_" + "0" * 32).code == "unknown_ring"
    assert asked("POST", "/v1/rings/ring_" + "0" * 32 + "/radius", {}).code == "unknown_ring"


def test_without_a_lake_it_is_said_that_no_rings_are_looked_for(tmp_path):
    process = released_process(tmp_path, list(EVERYTHING))
    caller = Caller(create_app(process))
    assert caller("GET", "/v1/rings").code == "rings_off"
    caller.close()
    process.close()
