"""The effect report over HTTP: two sides, every metric, what may be said and what not."""

from __future__ import annotations

import pytest
from http_face import Caller, Contract, application, released_process, starter_artefacts

from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import FixedClock, Micros, parse_instant
from tandem.observe.lake import Lake

NOW = parse_instant("2026-11-21T12:00:00Z")


def metric(name, **body):
    words = {"title": {"en": name, "zh": name}, "description": {"en": "d", "zh": "d"}}
    return Artefact.of("metric", name, {**words, "table": "decisions", "time": "occurred_at", **body})


METRICS = [
    metric("taken", expression="count(*)", unit="decisions", overview=1, better="up", dimensions=["release"]),
    metric(
        "declined",
        expression="count(*) filter (where outcome = 'decline') / count(*)",
        unit="share",
        overview=2,
        better="down",
        simulated=True,
    ),
    metric("middle", expression="median(event_seq)", overview=3),
    metric("nowhere", expression="count(*)", table="not_there", overview=4),
    metric("without", expression="sum(not_a_column)", overview=5),
]


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    """Eight days of applications: from the 18th on twice as many, and nobody too young any more."""
    folder = tmp_path_factory.mktemp("report")
    process = released_process(folder, [*starter_artefacts(folder), *METRICS])
    for day in range(14, 22):
        before = day < 18
        for number in range(5 if before else 10):
            young = {"age": 17} if before and number < 2 + day % 2 else {}
            document = application(f"r{day}-{number}", **young)
            process.decide_now({**document, "occurred_at": f"2026-11-{day}T08:{number:02}:00Z"})
    clock = FixedClock(Micros(NOW))
    caller = Caller(create_app(process, lake=Lake(folder / "lake", clock=clock), clock=clock))
    yield caller
    caller.close()
    process.close()


@pytest.fixture
def get(call):
    contract = Contract(call("GET", "/openapi.json").json)

    def ask(query):
        reply = call("GET", "/v1/effect-report", query=query.encode())
        contract.judge("GET", "/v1/effect-report", reply)
        return reply

    return ask


def metrics(found):
    return {one["name"]: one for one in found["metrics"]}


def test_every_metric_stands_beside_itself_with_limits_and_a_sentence(get):
    found = get("around=2026-11-18T00:00:00Z&days=4").json
    assert (found["then"]["from"], found["now"]["to"]) == ("2026-11-14T00:00:00Z", "2026-11-22T00:00:00Z")
    told = metrics(found)
    declined = told["declined"]
    assert (declined["move"]["then"], declined["move"]["now"]) == (0.5, 0.0)
    assert declined["move"]["high"] < 0
    assert declined["verdict"] == "better"
    assert declined["sentence"]["en"].startswith("50.00 % before, 0.00 % after: -50.00 points (95 %: ")
    assert declined["sentence"]["en"].endswith("Simulated.")
    assert declined["sentence"]["zh"].endswith("模拟数据。")
    assert (told["taken"]["move"]["then"], told["taken"]["move"]["now"]) == (5, 10), "per day"
    assert (told["taken"]["move"]["low"], told["taken"]["verdict"]) == (5.0, "better")
    assert told["middle"]["verdict"] == "moved", "nobody said which way is good"


def test_it_says_what_it_could_not_compare(get):
    told = metrics(get("around=2026-11-18T00:00:00Z&days=4").json)
    assert {name: told[name]["missing"] for name in ("nowhere", "without")} == {
        "nowhere": "no_table",
        "without": "no_column",
    }
    thin = metrics(get("around=2026-11-18T00:00:00Z&days=2").json)["declined"]
    assert (thin["verdict"], thin["move"]["low"]) == ("too_little", None)
    empty = metrics(get("around=2026-11-10T00:00:00Z&days=3").json)["declined"]
    assert empty["missing"] == "no_rows"


def test_it_says_what_was_compared_with_what_and_that_nothing_was_assigned_by_lot(get):
    found = get("days=4").json
    assert found["compared"]["en"].startswith("2026-11-14 to 2026-11-17 beside 2026-11-18 to 2026-11-21.")
    assert "experiment" in found["compared"]["en"]
    assert "实验" in found["compared"]["zh"]


def test_launches_are_told_beside_stretches_of_time_only(get):
    found = get("days=4").json
    assert found["launches_now"]["rolled_back"] == 0
    assert found["launches_then"]["artefacts"] == 0


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("days=0", 422, "invalid_parameter"),
        ("around=yesterday", 422, "invalid_instant"),
        ("around=2027-01-01T00:00:00Z", 422, "invalid_range"),
        ("then_release=ffffffffffff&now_release=eeeeeeeeeeee", 404, "unknown_release"),
        ("around=2026-11-18T00:00:00Z&then_release=ffffffffffff", 422, "invalid_comparison"),
    ],
)
def test_a_comparison_that_is_none_is_refused_with_a_remedy(get, query, status, code):
    reply = get(query)
    assert (reply.status, reply.json["code"]) == (status, code)
    assert reply.json.get("hint") or reply.json.get("errors")


def test_two_releases_are_compared_where_a_metric_tells_them_apart(get, call):
    live = call("GET", "/v1/releases").json["releases"][0]["release"]
    refused = get(f"then_release={live[:12]}&now_release={live[:12]}")
    assert (refused.status, refused.json["code"]) == (422, "invalid_comparison")
    one_sided = get(f"now_release={live[:12]}")
    assert (one_sided.status, one_sided.json["code"]) == (422, "invalid_comparison")
