"""The catalogue tells of each live feature what it means, who reads it and how it did, and offers what the library has."""

from __future__ import annotations

import pytest
from http_face import Caller, Contract, application, starter_process
from scored_workspace import scored_process

from tandem.faces.api import create_app
from tandem.faces.api.lived_features import LivedFeatures
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import SystemClock

FIGURES = ("recorded", "coverage", "psi", "drifted", "known", "since", "mean", "minimum", "median", "maximum",
           "before", "after", "critical", "bands", "weights")  # fmt: skip


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    folder = tmp_path_factory.mktemp("features")
    one = starter_process(folder)
    for number in range(220):
        one.decide_now(application(f"f-{number}", device=f"d-{number % 7}"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def ask(process):
    call = Caller(create_app(process))
    contract = Contract(call("GET", "/openapi.json").json)

    def asked(method, path, body=b"", query=b""):
        reply = call(method, path, body, query=query)
        contract.judge(method, path, reply)
        return reply

    yield asked
    call.close()


def names(reply):
    return [one["name"] for one in reply.json["features"]]


def test_every_live_feature_is_listed_with_who_reads_it(ask, process):
    found = ask("GET", "/v1/features")
    assert names(found) == sorted(process.live.plan.names)
    assert found.json["library"] >= 300
    one = next(one for one in found.json["features"] if one["name"] == "device_applications_1h")
    assert (one["set"], one["entity"], one["window"], one["aggregate"]) == (
        "device_velocity",
        ["device"],
        "1h",
        "count",
    )
    assert one["words"]["en"] != one["words"]["zh"]
    read = [one for one in found.json["features"] if "application" in one["policies"]]
    assert read
    assert all(one["recorded"] == 220 and one["coverage"] is not None for one in read)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        (b"search=device+1h", {"device_applications_1h"}),
        (b"entity=person", None),
        (b"event_type=nothing", set()),
        (b"read_by=nobody", set()),
    ],
)
def test_the_list_is_searched_and_narrowed(ask, query, kept):
    found = ask("GET", "/v1/features", query=query)
    if kept is None:
        assert found.json["features"]
        assert all(one["entity"] == ["person"] for one in found.json["features"])
    else:
        assert set(names(found)) == kept
    assert found.json["total"] > len(found.json["features"])


def test_a_feature_is_told_in_full(ask):
    found = ask("GET", "/v1/features/device_applications_1d").json
    assert found["reads"] == [{"event_type": "application", "fields": ["device"]}]
    assert found["definition"][0]["window"] == 86_400_000_000
    assert found["recorded"] == found["known"] == 220
    assert sum(band["count"] for band in found["bands"]) == 220
    assert (found["before"], found["after"]) == (110, 110)
    # counts that grow from 1 on: the newer half is higher, which the figures must see
    assert found["psi"] > found["critical"] > 0
    assert found["drifted"] is True
    assert found["cost"]["work"] == "logarithmic"
    assert found["cost"]["keeps"] == "rows"
    assert found["owner"]


def test_what_features_are_is_told_without_reading_a_single_decision(ask, process, monkeypatch):
    def read(*_given):
        pytest.fail("decisions were read")

    whole, one = ask("GET", "/v1/features").json, ask("GET", "/v1/features/device_applications_1d").json
    monkeypatch.setattr("tandem.faces.api.lived_features.recorded_inputs", read)
    call = Caller(create_app(process))
    contract = Contract(call("GET", "/openapi.json").json)
    try:
        for path, known in (("/v1/features", whole), ("/v1/features/device_applications_1d", one)):
            reply = call("GET", path, query=b"figures=false")
            contract.judge("GET", path, reply)
            assert set(reply.json) == set(known)
            lacking = {name for name, value in reply.json.items() if value != known[name]}
            assert all(reply.json[name] in (None, []) for name in lacking - {"features"})
            assert lacking == (
                {"features", "looked_at", "erased", "library"}
                if path == "/v1/features"
                else {name for name in FIGURES if known[name] not in (None, [])}
            )
        told = call("GET", "/v1/features", query=b"figures=false").json["features"]
        of_each = ("recorded", "coverage", "psi", "drifted")
        assert told == [{**each, **dict.fromkeys(of_each)} for each in whole["features"]]
    finally:
        call.close()


def test_an_unknown_feature_is_told_with_the_near_one(ask):
    reply = ask("GET", "/v1/features/device_aplications_1h")
    assert reply.status == 404
    assert "device_applications_1h" in reply.json["hint"]


def test_what_is_ready_can_be_pushed_as_it_stands_and_is_then_offered_no_more(ask, process):
    sets = {one["name"]: one for one in ask("GET", "/v1/ready-features").json["sets"]}
    one = sets["application_person_device"]
    assert "person_device_applications_before" in [each["name"] for each in one["features"]]
    assert one["yaml"].startswith("use: library/application_person_device")
    assert not {each["name"] for each in one["features"]} & set(process.live.plan.names)
    body = {"kind": "feature_set", "name": one["name"], "body": one["body"]}
    assert ask("POST", "/v1/artefacts/check", {"artefact": body}).json["faults"] == []
    process.push([Artefact.of("feature_set", one["name"], one["body"])], author="ann", note="")
    left = ask("GET", "/v1/ready-features").json
    assert one["name"] not in {each["template"] for each in left["sets"]}
    assert left["features"] == len({each["name"] for one in left["sets"] for each in one["features"]})


def test_a_model_is_told_with_what_each_input_moved(tmp_path):
    process = scored_process(tmp_path)
    try:
        for number in range(12):
            process.decide_now(application(f"m-{number}", device=f"d-{number % 3}"))
        lived = LivedFeatures(process, SystemClock())
        inputs = process.live.models["card"].inputs
        weights = {name: lived.weights(process.live, name) for name in inputs}
    finally:
        process.close()
    of_card = [one for found in weights.values() for one in found if one.model == "card"]
    assert sum(one.share for one in of_card) == pytest.approx(1)
    assert sorted(one.place for one in of_card) == list(range(1, len(inputs) + 1))
    assert {one.explained for one in of_card} == {12}
