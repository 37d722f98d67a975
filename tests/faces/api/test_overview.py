"""The overview and portraits over HTTP: one moment, exact moves, honest gaps, and nothing personal for who may not."""

from __future__ import annotations

import json

import pytest
from http_face import Caller, Contract, application, released_process, starter_artefacts

from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import FixedClock, Micros, parse_instant
from tandem.observe.lake import Lake
from tandem.prove.access import LOCAL, Permission

NOW = parse_instant("2026-11-21T12:00:00Z")


def metric(name, **body):
    words = {"title": {"en": name, "zh": name}, "description": {"en": "d", "zh": "d"}}
    return Artefact.of("metric", name, {**words, "table": "decisions", "time": "occurred_at", **body})


METRICS = [
    metric("taken", expression="count(*)", dimensions=["outcome"], overview=1, side="business", unit="decisions"),
    metric(
        "approved",
        expression="count(*) filter (where outcome = 'approve') / count(*)",
        dimensions=["outcome", "policy"],
        overview=2,
        target={"low": 0.5},
        better="up",
        simulated=True,
    ),
    metric("middle", expression="median(event_seq)", overview=3),
    metric("nowhere", expression="count(*)", table="not_there", overview=4),
    metric("without", expression="sum(not_a_column)", overview=5),
    metric("aside", expression="count(*)"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The starter, with two days of applications and metrics of the overview."""
    folder = tmp_path_factory.mktemp("overview")
    process = released_process(folder, [*starter_artefacts(folder), *METRICS])
    for number in range(8):
        document = application(f"a{number}", device="shared", **({"age": 17} if number in {0, 6, 7} else {}))
        day = 20 if number < 4 else 21
        process.decide_now({**document, "occurred_at": f"2026-11-{day}T08:0{number}:00Z"})
    entries = [{"identifier": name, "reason": "seen in a ring", "source": "fraud desk"} for name in ("d-7", "d-8")]
    process.change_list("blocked_devices", {"add": entries}, by="ann")
    process.change_list("blocked_devices", {"remove": [{"identifier": "d-8"}]}, by="bob")
    clock = FixedClock(Micros(NOW))
    lake = Lake(folder / "lake", clock=clock)
    caller = Caller(create_app(process, lake=lake, clock=clock))
    yield process, caller
    caller.close()
    process.close()


@pytest.fixture
def get(house):
    _, call = house
    contract = Contract(call("GET", "/openapi.json").json)

    def ask(path, query=""):
        reply = call("GET", path, query=query.encode())
        contract.judge("GET", path, reply)
        return reply

    return ask


def tiles(get, stretch="24h"):
    return {tile["name"]: tile for tile in get("/v1/overview", f"range={stretch}").json["tiles"]}


def test_tiles_stand_in_their_order_beside_the_stretch_before(get):
    found = tiles(get)
    assert list(found) == ["approval_rate", "taken", "approved", "middle", "nowhere", "without"]
    assert (found["taken"]["value"], found["taken"]["previous"]) == (4, 4)
    assert (found["approved"]["value"], found["approved"]["previous"]) == (0.5, 0.75)
    assert sum(point["value"] for point in found["taken"]["points"]) == 4
    assert len(found["taken"]["points"]) == 24


def test_a_tile_carries_its_whole_definition(get):
    tile = tiles(get)["approved"]
    assert tile["target"] == {"low": 0.5, "high": None}
    assert tile["simulated"]
    assert tile["sql"].startswith("count(*) filter (where outcome = 'approve') / count(*) FROM decisions")
    assert len(tile["digest"]) == 64


def test_a_tile_without_data_says_what_is_missing(get):
    found = tiles(get)
    assert (found["nowhere"]["value"], found["nowhere"]["missing"]) == (None, "no_table")
    assert (found["without"]["value"], found["without"]["missing"]) == (None, "no_column")


def test_a_stretch_that_holds_nothing_shows_the_last_one_that_does_and_says_so(get):
    tile = tiles(get, "1h")["taken"]
    assert tile["anchored"]
    assert tile["to"].startswith("2026-11-21T08:07:00")
    assert tile["value"] == 4
    assert not tiles(get, "7d")["taken"]["anchored"]


def test_all_has_nothing_to_compare_with(get):
    tile = tiles(get, "all")["taken"]
    assert (tile["value"], tile["previous"]) == (8, None)


def test_all_tiles_and_changes_have_one_as_of(get):
    first = get("/v1/overview").json["as_of"]
    assert first == get("/v1/overview/changes").json["as_of"] == get("/v1/metrics/taken/series").json["as_of"]


def test_a_move_is_the_sum_of_its_parts(get):
    moves = {one["name"]: one for one in get("/v1/overview/changes").json["moves"]}
    approved = moves["approved"]
    assert (approved["value"], approved["previous"], approved["change"]) == (0.5, 0.75, -0.25)
    (by_outcome,) = approved["dimensions"]
    total = sum(part["added"] for part in by_outcome["parts"]) + by_outcome["rest_added"]
    assert total == pytest.approx(-0.25)
    assert moves["middle"]["shape"] == "neither"
    assert moves["middle"]["dimensions"] == []
    assert "nowhere" not in moves


def test_changes_tell_what_went_live_and_what_it_changed(get, house):
    process, _ = house
    (release,) = [one for one in get("/v1/overview/changes", "range=999d").json["releases"] if one["by"] == "bob"]
    assert release["release"] == process.live.digest
    assert {"artefact": "metric/taken", "change": "added"} in release["artefacts"]


def test_changes_tell_how_lists_moved_and_who_moved_them(get):
    (moved,) = get("/v1/overview/changes", "range=999d").json["list_changes"]
    assert moved.pop("at") is not None
    assert moved == {"name": "blocked_devices", "changes": 2, "added": 2, "removed": 1, "by": ["ann", "bob"]}


def test_a_series_is_broken_down_by_a_dimension(get):
    series = get("/v1/metrics/taken/series", "range=7d&by=outcome").json
    assert {one["value"]: one["total"] for one in series["groups"]} == {"approve": 5, "decline": 3}
    assert series["grain"] == "day"
    assert [sum(point["value"] for point in one["points"]) for one in series["groups"]] == [5, 3]


def test_a_series_begins_and_ends_where_it_is_asked_to(get):
    asked = "from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&grain=hour"
    series = get("/v1/metrics/taken/series", asked).json
    assert (series["value"], len(series["groups"][0]["points"])) == (4, 24)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("by=nothing", "unknown_dimension"),
        ("range=1y", "invalid_parameter"),
        ("from=2026-11-21T00:00:00Z&to=2026-11-20T00:00:00Z", "invalid_range"),
        ("from=yesterday", "invalid_instant"),
        ("grain=century", "invalid_parameter"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(get, query, code):
    reply = get("/v1/metrics/taken/series", query)
    assert (reply.status, reply.code) == (422, code)


# -- portraits


def test_kinds_of_entities_are_those_that_events_name(get):
    kinds = {one["kind"]: one["event_types"] for one in get("/v1/entities").json["kinds"]}
    assert "application" in kinds["person"]
    assert "application" in kinds["device"]


def test_a_portrait_says_where_each_fact_comes_from(get):
    portrait = get("/v1/entities/person/p-a1/portrait").json
    facts = {one["field"]: one for one in portrait["facts"]}
    assert (facts["age"]["value"], facts["age"]["event_id"], facts["age"]["data_class"]) == (34, "a1", "C2")
    assert facts["age"]["at"] == "2026-11-20T08:01:00Z"
    assert portrait["outcomes"] == {"approve": 1, "review": 0, "decline": 0}


def test_a_portrait_links_the_others_of_the_same_events(get):
    portrait = get("/v1/entities/device/shared/portrait").json
    assert portrait["events"] == 8
    assert len([one for one in portrait["links"] if one["kind"] == "person"]) == 8
    assert len(portrait["member"]) == 32
    assert "shared" not in json.dumps(portrait)


def test_by_pseudonym_it_is_the_same_portrait(get):
    named = get("/v1/entities/device/shared/portrait").json
    assert get(f"/v1/entities/device/{named['member']}/portrait").json == named


def test_a_timeline_is_read_page_by_page_each_event_once(get):
    seen, before = [], ""
    while before is not None:
        page = get("/v1/entities/device/shared/timeline", f"limit=3{before and '&before=' + before}").json
        seen += [item["event_id"] for item in page["items"]]
        before = page["next_before"]
    assert seen == [f"a{number}" for number in reversed(range(8))]


def test_a_timeline_tells_the_decision_beside_its_event(get):
    item = get("/v1/entities/person/p-a0/timeline").json["items"][0]
    assert item["decision"]["outcome"] == "decline"
    assert item["entities"][0].keys() == {"field", "kind", "member"}


def test_features_as_of_the_place_of_a_decision_are_those_it_was_taken_on(get):
    for item in get("/v1/entities/device/shared/timeline").json["items"]:
        asked = f"at={item['at']}&known_to={item['seq']}"
        known = get("/v1/entities/device/shared/features", asked).json
        inputs = get(f"/v1/decisions/{item['decision']['decision_id']}/explanation").json["inputs"]
        shared = set(known["features"]) & set(inputs)
        assert shared
        assert {name: known["features"][name] for name in shared} == {name: inputs[name]["value"] for name in shared}
        assert known["replayed"]


def test_features_of_a_moment_between_are_those_of_then(get):
    asked = "at=2026-11-20T08:02:30Z"
    features = get("/v1/entities/device/shared/features", asked).json["features"]
    counts = [value for name, value in features.items() if "applications" in name]
    assert 3 in counts


@pytest.mark.parametrize("path", ["portrait", "timeline", "features"])
def test_a_kind_that_no_event_names_is_unknown(get, path):
    reply = get(f"/v1/entities/starship/x/{path}")
    assert (reply.status, reply.code) == (404, "unknown_entity_kind")


def test_a_cursor_that_is_none_is_refused(get):
    reply = get("/v1/entities/person/p-a1/timeline", "before=tomorrow")
    assert (reply.status, reply.code) == (422, "invalid_cursor")


def test_who_may_not_read_personal_values_gets_none(house, monkeypatch):
    _, call = house
    limited = type(LOCAL)(name="viv", kind="person", permissions=frozenset({Permission.READ}))
    monkeypatch.setattr("tandem.faces.api.gate.LOCAL", limited)
    portrait = call("GET", "/v1/entities/person/p-a1/portrait").json
    assert not portrait["personal"]
    assert {one["data_class"] for one in portrait["facts"]} <= {"C1"}
    assert portrait["facts_withheld"] > 0
    timeline = call("GET", "/v1/entities/person/p-a1/timeline").json
    assert "age" not in timeline["items"][0]["values"]


def test_the_counterfactual_of_a_decision_is_told_with_what_was_held_still(get):
    answer = get("/v1/decisions/a0/counterfactual").json
    assert answer["outcome"] == "decline"
    assert ("age", "protected") in {(one["field"], one["because"]) for one in answer["held"]}
    assert get("/v1/decisions/nobody/counterfactual").code == "unknown_decision"


def test_without_a_lake_it_is_said_that_there_is_none(house):
    process, _ = house
    caller = Caller(create_app(process))
    contract = Contract(caller("GET", "/openapi.json").json)
    for path in ("/v1/overview", "/v1/overview/changes", "/v1/entities/person/p/portrait"):
        reply = caller("GET", path)
        contract.judge("GET", path, reply)
        assert (reply.status, reply.code) == (503, "no_lake")
    caller.close()
