"""A recurrent network over HTTP is a model like every other: shown, explained by its past, and not offered for a table."""

from __future__ import annotations

import msgspec
import pytest
from drawn_recurrent import drawn_gru
from http_face import Caller, Contract, released_process
from small_workspace import APPLICATION, BLOCKED, REASONS, VELOCITY, application, policy

from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact

VALUES = ("amount_minor", "age", "device_applications_1d")


def recurrent() -> Artefact:
    document = drawn_gru(4, numbers=VALUES, texts=(), event="application", member="device", width=8)
    given = {"reason": "MASS_APPLICATION", "history_reason": "MASS_APPLICATION"}
    return Artefact.of("model", "habit", msgspec.to_builtins(msgspec.structs.replace(document, **given)))


def scored() -> Artefact:
    body = policy().body
    asked = {"model": "habit", "uses": "habit", "margin": "bad_margin"}
    rule = {"rule": "habit", "when": "bad_margin > 90", "then": "decline", "reason": "MASS_APPLICATION"}
    flow = [*body["flow"][:2], asked, {"rules": "scored", "all": [rule]}, body["flow"][2]]
    return Artefact.of("policy", "application", {**body, "flow": flow})


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    everything = [APPLICATION, VELOCITY, BLOCKED, REASONS, recurrent(), scored()]
    process = released_process(tmp_path_factory.mktemp("recurrent"), everything)
    for number in range(12):
        process.decide_now(application(number, device=f"d{number % 3}"))
    call = Caller(create_app(process))
    contract = Contract(call("GET", "/openapi.json").json)

    def get(method: str, path: str, body: dict | None = None):
        reply = call(method, path, body) if body is not None else call(method, path)
        contract.judge(method, path, reply)
        return reply

    yield get
    call.close()
    process.close()


def test_it_is_listed_and_told_by_its_parts_and_what_it_reads(ask):
    (listed,) = ask("GET", "/v1/models").json["models"]
    assert (listed["name"], listed["kind"], listed["used_by"]) == ("habit", "gru", ["application"])
    told = ask("GET", "/v1/models/habit").json
    assert [one["name"] for one in told["input_details"]] == ["habit_own", "habit_history"]
    (part,) = told["parts"]
    assert (part["kind"], part["reads"], part["width"], part["links"]) == ("gru", list(VALUES), 8, [])


def test_a_decision_is_explained_by_what_happened_before(ask):
    told = ask("GET", "/v1/decisions/app-11/explanation").json
    part = told["inputs"]["habit_history"]
    assert part["value"] != 0
    assert part["entity"] == ["device"]
    assert ("earlier events" in part["en"], "更早的事件" in part["zh"]) == (True, True)
    (stage,) = (one for one in told["trace"]["stages"] if one["kind"] == "model")
    added = {one["input"]: one["contribution"] for one in stage["contributions"]}
    assert added["habit_history"] == part["value"]
    assert told["agrees"]


def test_it_has_no_neighbours_to_ask_for(ask):
    assert ask("POST", "/v1/models/habit/neighbours", {"event": application(99)}).code == "unknown_network"
