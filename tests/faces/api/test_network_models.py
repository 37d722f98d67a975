"""A graph network over HTTP is a model like every other: shown, explained, measured on recorded decisions, compared."""

from __future__ import annotations

import pytest
from http_face import Caller, Contract, released_process
from small_workspace import APPLICATION, BLOCKED, NETWORK, REASONS, VELOCITY, VERDICT, application
from small_workspace_network import INPUTS, network, scored

from tandem.decide.decisions import ARTEFACT_FOLDERS
from tandem.faces.api import create_app
from tandem.kernel.artefacts import load_workspace, write_artefact


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    everything = [APPLICATION, VERDICT, VELOCITY, BLOCKED, REASONS, NETWORK, network(), scored()]
    one = released_process(tmp_path_factory.mktemp("networks"), everything)
    for number in range(20):
        one.decide_now(application(number, device=f"d{number % 10}"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def ask(process):
    call = Caller(create_app(process))
    contract = Contract(call("GET", "/openapi.json").json)

    def get(path: str, query: str = ""):
        reply = call("GET", path, query=query.encode())
        contract.judge("GET", path, reply)
        return reply

    def post(path: str, body: dict):
        reply = call("POST", path, body)
        contract.judge("POST", path, reply)
        return reply

    get.post = post
    yield get
    call.close()


def test_it_is_listed_and_told_by_its_parts_and_what_its_network_reads(ask):
    (listed,) = ask("/v1/models").json["models"]
    assert (listed["name"], listed["kind"], listed["used_by"]) == ("ring", "sage", ["application"])
    told = ask("/v1/models/ring").json
    assert [one["name"] for one in told["input_details"]] == ["ring_own", "ring_device"]
    assert all(one["words"]["zh"] for one in told["input_details"])
    (part,) = told["parts"]
    assert (part["kind"], part["reads"], part["links"]) == ("sage", list(INPUTS), ["device"])
    assert (part["slots"], part["width"], part["inputs"]) == (3, 8, len(INPUTS))


def test_its_weights_are_measured_on_recorded_decisions(ask):
    told = ask("/v1/models/ring/performance").json
    assert (told["scored"], told["explained"]) == (20, 20)
    assert {one["input"] for one in told["weights"]} == {"ring_own", "ring_device"}


def test_a_decision_with_it_is_explained_by_what_its_neighbours_added(ask):
    told = ask("/v1/decisions/app-17/explanation").json
    part = told["inputs"]["ring_device"]
    assert (part["source"], part["entity"]) == ("feature", ["person"])
    assert part["value"] != 0
    assert "device" in part["en"]
    (stage,) = (one for one in told["trace"]["stages"] if one["kind"] == "model")
    added = {one["input"]: one["contribution"] for one in stage["contributions"]}
    assert added["ring_device"] == part["value"]
    assert sum(added.values()) + 0.125 == pytest.approx(stage["values"]["margin"], abs=1e-12)
    assert told["agrees"]


def test_who_of_the_neighbours_would_move_an_event_is_told_by_pseudonym(ask, process):
    event = application(99, device="d7")
    before = process.state.known.snapshot()
    met = ask.post("/v1/models/ring/neighbours", {"event": event}).json["neighbours"]
    people = {process.vault.pseudonym("person", f"p{number}") for number in (7, 17)}
    assert {one["member"] for one in met} == {None, *people}
    assert {one["link"] for one in met} == {"device"}
    assert process.state.known.snapshot() == before
    alone = ask.post("/v1/models/ring/neighbours", {"event": application(99, device="nobody's")})
    assert alone.json == {"neighbours": []}
    assert ask.post("/v1/models/rings/neighbours", {"event": event}).code == "unknown_network"
    assert ask.post("/v1/models/ring/neighbours", {"event": {**event, "event_type": "aplication"}}).status == 404
    assert ask.post("/v1/models/ring/neighbours", {"events": []}).code == "wrong_shape"


def test_two_versions_of_it_are_compared_in_words(ask, process):
    live = process.state.register.live.manifest["model/ring"]
    other = network(seed=9, inputs=INPUTS)
    sent = {"author": "ann", "artefacts": [{"kind": "model", "name": "ring", "body": other.body}]}
    pushed = ask.post("/v1/artefacts", sent).json["artefacts"][0]["digest"]
    told = ask("/v1/models/ring/comparison", f"first={live}&second={pushed}").json
    assert any("weights" in one["en"] and "权重" in one["zh"] for one in told["words"])


def test_it_lies_in_a_workspace_as_a_file(tmp_path):
    (tmp_path / "workspace.yaml").write_text("name: lender\n", encoding="utf-8")
    write_artefact(tmp_path, "models", network())
    assert load_workspace(tmp_path, ARTEFACT_FOLDERS).artefacts[network().key].digest == network().digest
