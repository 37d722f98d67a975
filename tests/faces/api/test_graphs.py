"""Graphs over HTTP: who shares what, the way between two, what is known of each besides; and nobody by name."""

from __future__ import annotations

import json

import pytest
from http_face import Caller, Contract, released_process
from ring_workspace import APPLICATION, GRAPH, LISTS, OUTCOME, POLICY, REASONS

from tandem.decide.decisions import open_process
from tandem.faces.api import create_app
from tandem.kernel.settings import Settings

AROUND, PATH = "/v1/graphs/people/around", "/v1/graphs/people/path"


def applied(event_id, person, hour, **shared):
    values = {"person": person, "amount_minor": 100, **shared}
    return {
        "event_id": event_id,
        "event_type": "application",
        "occurred_at": f"2026-11-01T{hour:02d}:00:00Z",
        "values": values,
    }


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    one = released_process(tmp_path_factory.mktemp("graphs"), [APPLICATION, OUTCOME, GRAPH, *LISTS, REASONS, POLICY])
    one.decide_now(applied("a-1", "ann", 1, device="tablet", phone="shared"))
    one.decide_now(applied("a-2", "bob", 2, device="tablet", odd=True))
    one.decide_now(applied("a-3", "cem", 3, phone="shared", ip="mall"))
    one.decide_now(applied("a-4", "dan", 4, ip="mall"))
    for number in range(9):
        one.decide_now(applied(f"c-{number}", f"visitor-{number}", 5, device="till"))
    one.decide_now(applied("a-5", "eve", 6, device="till"))
    marked = {"person": "bob", "fraud": True}
    one.record_now(
        {"event_id": "o-1", "event_type": "outcome", "occurred_at": "2026-11-01T07:00:00Z", "values": marked}
    )
    entry = {"identifier": "tablet", "reason": "seen in a ring", "source": "fraud desk"}
    one.change_list("blocked_devices", {"add": [entry]}, by="ann")
    yield one
    one.close()


@pytest.fixture(scope="module")
def call(process):
    caller = Caller(create_app(process))
    contract = Contract(caller("GET", "/openapi.json").json)

    def ask(path, **asked):
        query = "&".join(f"{name.rstrip('_')}={value}" for name, value in asked.items())
        reply = caller("GET", path, query=query.encode())
        contract.judge("GET", path, reply)
        return reply

    yield ask
    caller.close()


def named(process, kind, identifier):
    return process.pseudonyms_of(identifier)[kind]


def keys(found, kind):
    return {node["key"] for node in found["nodes"] if node["kind"] == kind}


def test_graphs_are_told_with_what_links_whom(call):
    (graph,) = call("/v1/graphs").json["graphs"]
    assert (graph["name"], graph["member_kind"], graph["marks"]) == ("people", "person", ["outcome"])
    assert [(one["kind"], one["joins"], one["hub"]) for one in graph["identifiers"]] == [
        ("device", True, 8),
        ("phone", True, 8),
        ("address", True, 8),
        ("ip", False, 50),
    ]
    assert graph["members"] == 14
    assert graph["newest_at"] == "2026-11-01T06:00:00Z"


def test_a_process_without_graphs_has_none_and_says_what_to_do(tmp_path):
    process = open_process(Settings(home=tmp_path), "empty")
    caller = Caller(create_app(process))
    assert caller("GET", "/v1/graphs").json == {"graphs": []}
    assert caller("GET", AROUND, query=b"entity=person:ann").code == "no_release"
    caller.close()
    process.close()


def test_around_somebody_is_who_shares_with_what_is_known_of_them(call, process):
    found = call(AROUND, entity="person:ann").json
    assert found["start"] == {"kind": "person", "key": named(process, "person", "ann")}
    assert keys(found, "person") == {named(process, "person", name) for name in ("ann", "bob", "cem")}
    by_key = {node["key"]: node for node in found["nodes"]}
    bob = by_key[named(process, "person", "bob")]
    assert (bob["bad_since"], bob["decision"]["outcome"], bob["step"]) == ("2026-11-01T07:00:00Z", "review", 2)
    assert bob["decision"]["event_id"] == "a-2"
    tablet = by_key[named(process, "device", "tablet")]
    assert (tablet["member"], tablet["degree"], tablet["decision"]) == (False, 2, None)
    assert tablet["lists"] == [{"name": "blocked_devices", "kind": "block"}]
    assert len(found["links"]) == 4


def test_by_pseudonym_it_is_the_same_answer_and_no_real_identifier_is_in_it(call, process):
    by_name = call(AROUND, entity="person:ann", steps=4)
    assert call(AROUND, entity=f"person:{named(process, 'person', 'ann')}", steps=4).json == by_name.json
    text = json.dumps(by_name.json)
    assert not [one for one in ("ann", "tablet", "mall") if f'"{one}"' in text]


def test_what_joins_nobody_is_there_and_leads_on_only_where_it_is_asked_about(call, process):
    found = call(AROUND, entity="person:cem", steps=8).json
    assert named(process, "person", "dan") not in keys(found, "person")
    (mall,) = [node for node in found["nodes"] if node["kind"] == "ip"]
    assert (mall["joins"], mall["crowd"], mall["degree"]) == (False, False, 2)
    through = call(AROUND, entity="ip:mall").json
    assert keys(through, "person") == {named(process, "person", name) for name in ("cem", "dan")}
    (till,) = [node for node in call(AROUND, entity="person:eve", steps=4).json["nodes"] if node["kind"] == "device"]
    assert (till["crowd"], till["degree"]) == (True, 8)


def test_a_limit_and_a_stretch_of_time_are_kept_to(call):
    found = call(AROUND, entity="device:till", steps=1, limit=4).json
    assert (len(found["nodes"]), found["left_out"]) == (4, 5)
    late = call(AROUND, entity="person:ann", since="2026-11-01T02:00:00Z").json
    assert [node["kind"] for node in late["nodes"]] == ["person"]
    early = call(AROUND, entity="phone:shared", until="2026-11-01T02:00:00Z").json
    assert {link["last_at"] for link in early["links"]} == {"2026-11-01T01:00:00Z"}


def test_the_way_between_two_goes_over_what_they_share(call, process):
    found = call(PATH, from_="person:bob", to="person:cem").json
    assert [node["kind"] for node in found["nodes"]] == ["person", "device", "person", "phone", "person"]
    assert found["goal"]["key"] == named(process, "person", "cem")
    assert (len(found["links"]), found["gave_up"]) == (4, False)
    apart = call(PATH, from_="person:bob", to="person:eve").json
    assert (apart["nodes"], apart["gave_up"]) == ([], False)


@pytest.mark.parametrize(
    ("path", "asked", "code"),
    [
        ("/v1/graphs/peple/around", {"entity": "person:ann"}, "unknown_graph"),
        (AROUND, {"entity": "persn:ann"}, "unknown_entity_kind"),
        (AROUND, {"entity": "ann"}, "invalid_entity"),
        (AROUND, {"entity": "person:"}, "invalid_entity"),
        (AROUND, {"entity": "person:ann", "limit": 2_001}, "invalid_parameter"),
        (AROUND, {"entity": "person:ann", "since": "yesterday"}, "invalid_instant"),
        (PATH, {"from_": "person:ann"}, "invalid_parameter"),
        (PATH, {"from_": "person:ann", "to": "merchant:x"}, "unknown_entity_kind"),
    ],
)
def test_what_cannot_be_answered_says_why(call, path, asked, code):
    assert call(path, **asked).code == code


def test_a_near_match_is_offered(call):
    assert call("/v1/graphs/peple/around", entity="person:ann").json["hint"] == "did you mean 'people'?"
    assert call(AROUND, entity="persn:ann").json["hint"] == "did you mean 'person'?"


def test_who_is_not_known_has_no_surroundings(call):
    found = call(AROUND, entity="person:nobody").json
    assert (found["nodes"], found["links"]) == ([], [])
