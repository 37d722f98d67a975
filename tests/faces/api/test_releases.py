"""A release is read before it is made and afterwards; drafts wait in a queue, and can be sent back."""

from __future__ import annotations

import json

import pytest
from http_face import Caller, Contract, starter_process

from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact


@pytest.fixture
def process(tmp_path):
    one = starter_process(tmp_path)
    yield one
    one.close()


@pytest.fixture
def call(process):
    caller = Caller(create_app(process))
    yield caller
    caller.close()


@pytest.fixture
def contract(call):
    return Contract(call("GET", "/openapi.json").json)


def older(process, age: int) -> Artefact:
    """The live policy with another smallest age, its examples left out."""
    live = process.state.register.live
    key = next(key for key in live.manifest if key.startswith("policy/"))
    artefact = process.state.register.version(live.manifest[key]).artefact
    body = json.loads(json.dumps(artefact.body).replace("age < 18", f"age < {age}"))
    body.pop("examples", None)
    return Artefact.of("policy", artefact.name, body)


def push(call, artefact: Artefact, author: str = "ann") -> str:
    body = {"kind": artefact.kind, "name": artefact.name, "body": artefact.body}
    told = call("POST", "/v1/artefacts", {"author": author, "artefacts": [body], "note": "older applicants"}).json
    return told["artefacts"][0]["digest"]


def test_a_release_is_read_in_both_languages_before_it_is_made(call, process, contract):
    digest = push(call, older(process, 21))
    reply = call("POST", "/v1/releases/preview", {"digests": [digest]})
    contract.judge("POST", "/v1/releases/preview", reply)
    told = reply.json
    (change,) = told["changes"]
    assert (change["what"], change["state"], change["author"]) == ("changed", "draft", "ann")
    assert any("age < 21" in one["en"] for one in change["words"])
    assert any("age < 21" in one["zh"] and "改为" in one["zh"] for one in change["words"])
    assert (told["waiting"], told["faults"], told["ready"]) == (["policy/" + change["name"]], [], False)
    assert told["live"] == process.live.digest
    call("POST", "/v1/reviews", {"approver": "bob", "digests": [digest], "note": "agreed"})
    told = call("POST", "/v1/releases/preview", {"digests": [digest]}).json
    assert told["ready"]
    made = call("POST", "/v1/releases", {"by": "bob", "digests": [digest]}).json
    assert made["release"] == told["release"]


def test_a_preview_names_what_does_not_hold_together(call, process, contract):
    reasons = next(key for key in process.state.register.live.manifest if key.startswith("reasons/"))
    reply = call("POST", "/v1/releases/preview", {"remove": [reasons]})
    contract.judge("POST", "/v1/releases/preview", reply)
    assert not reply.json["ready"]
    assert reply.json["faults"]
    refused = call("POST", "/v1/releases", {"by": "bob", "remove": [reasons]})
    contract.judge("POST", "/v1/releases", refused)
    assert refused.status == 422
    unknown = call("POST", "/v1/releases/preview", {"digests": ["0" * 64]})
    contract.judge("POST", "/v1/releases/preview", unknown)
    assert unknown.code == "unknown_artefact"


def test_a_release_tells_what_it_changed_and_who_approved_it(call, process, contract):
    first = process.live.digest
    digest = push(call, older(process, 25))
    call("POST", "/v1/reviews", {"approver": "bob", "digests": [digest], "note": "agreed"})
    second = call("POST", "/v1/releases", {"by": "bob", "digests": [digest], "note": "raise the age"}).json["release"]
    reply = call("GET", f"/v1/releases/{second}")
    contract.judge("GET", f"/v1/releases/{second}", reply)
    told = reply.json
    assert (told["live"], told["against"], told["note"]) == (True, first, "raise the age")
    (change,) = told["changes"]
    assert [(one["approver"], one["note"]) for one in change["approvals"]] == [("bob", "agreed")]
    assert {part["kind"] for part in told["parts"]} >= {"event_type", "policy", "reasons"}
    back = call("POST", "/v1/releases/rollback", {"by": "eve", "note": "too many declined"}).json["release"]
    assert back == first
    told = call("GET", f"/v1/releases/{first}").json
    assert (told["live"], told["against"]) == (True, None)
    assert [(one["by"], one["note"], one["rolled_back"]) for one in told["activations"]] == [
        ("eve", "too many declined", True),
        ("bob", "", False),
    ]
    listed = call("GET", "/v1/releases").json["releases"]
    assert [(one["note"], one["rolled_back"]) for one in listed[:2]] == [
        ("too many declined", True),
        ("raise the age", False),
    ]
    compared = call("GET", f"/v1/releases/{first}", query=f"against={second}".encode()).json
    assert any("age < 18" in one["en"] for one in compared["changes"][0]["words"])
    unknown = call("GET", f"/v1/releases/{'0' * 64}")
    contract.judge("GET", f"/v1/releases/{'0' * 64}", unknown)
    assert unknown.code == "unknown_release"
    assert call("GET", "/v1/releases/zzz").code == "invalid_parameter"


def test_the_queue_holds_what_waits_and_a_draft_can_be_sent_back(call, process, contract):
    digest = push(call, older(process, 30))
    queue = call("GET", "/v1/reviews")
    contract.judge("GET", "/v1/reviews", queue)
    (waiting,) = queue.json["waiting"]
    assert (waiting["new"], waiting["author"], waiting["note"]) == (digest, "ann", "older applicants")
    sent_back = call("POST", "/v1/reviews/declined", {"digests": [digest], "by": "eve", "reason": "30 is too old"})
    contract.judge("POST", "/v1/reviews/declined", sent_back)
    queue = call("GET", "/v1/reviews").json
    assert queue["waiting"] == []
    assert queue["declined"][0]["declined"]["reason"] == "30 is too old"
    call("POST", "/v1/reviews", {"approver": "bob", "digests": [digest]})
    assert call("GET", "/v1/reviews").json["approved"][0]["new"] == digest


def test_what_was_sent_back_cannot_go_live_and_what_is_live_cannot_be_sent_back(call, process, contract):
    digest = push(call, older(process, 31))
    call("POST", "/v1/reviews", {"approver": "bob", "digests": [digest]})
    call("POST", "/v1/reviews/declined", {"digests": [digest], "by": "eve", "reason": "no"})
    refused = call("POST", "/v1/releases", {"by": "bob", "digests": [digest]})
    contract.judge("POST", "/v1/releases", refused)
    assert (refused.status, refused.code) == (403, "declined")
    live = next(iter(process.state.register.live.manifest.values()))
    for body, code in (
        ({"digests": [live], "by": "eve", "reason": "late"}, "was_live"),
        ({"digests": [digest], "by": "eve", "reason": " "}, "missing_field"),
        ({"digests": ["0" * 64], "by": "eve", "reason": "no"}, "unknown_artefact"),
        ({"digests": [], "by": "eve", "reason": "no"}, "wrong_shape"),
    ):
        reply = call("POST", "/v1/reviews/declined", body)
        contract.judge("POST", "/v1/reviews/declined", reply)
        assert reply.code == code
