"""Event types are shown with who reads them and an example that works; a draft is looked at before anybody pushes it."""

from __future__ import annotations

import copy

import pytest
from http_face import Caller, Contract, application, starter_process

from tandem.faces.api import create_app
from tandem.kernel.time import SystemClock
from tandem.observe.lake import Lake


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    one = starter_process(tmp_path_factory.mktemp("types"))
    for number in range(3):
        one.decide_now(application(f"t-{number}"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def call(process, tmp_path_factory):
    caller = Caller(create_app(process, lake=Lake(tmp_path_factory.mktemp("lake"), clock=SystemClock())))
    yield caller
    caller.close()


@pytest.fixture(scope="module")
def ask(call):
    contract = Contract(call("GET", "/openapi.json").json)

    def asked(method, path, body=None):
        reply = call(method, path, body)
        contract.judge(method, path, reply)
        return reply

    return asked


@pytest.fixture
def body(ask):
    """The live definition, to change."""
    return copy.deepcopy(ask("GET", "/v1/event-types/application").json["body"])


def checked(ask, body, name="application"):
    return ask("POST", "/v1/artefacts/check", {"artefact": {"kind": "event_type", "name": name, "body": body}}).json


def test_every_type_is_listed_with_what_stands_on_it_and_what_arrived(ask):
    (told,) = ask("GET", "/v1/event-types").json["event_types"]
    assert (told["name"], told["state"], told["subject"]) == ("application", "live", "person")
    assert (told["fields"], told["personal_fields"], told["entities"]) == (6, 5, ["device", "person"])
    assert (told["policies"], told["features"]) == (["application"], 5)
    assert (told["recorded"], told["last_at"]) == (3, "2026-11-20T08:00:00Z")


def test_a_field_names_the_policies_and_features_that_read_it(ask):
    fields = {one["name"]: one for one in ask("GET", "/v1/event-types/application").json["field_details"]}
    assert fields["age"]["policies"] == ["application"]
    assert fields["age"]["features"] == []
    assert "device_applications_1h" in fields["device"]["features"]
    assert fields["amount_minor"]["features"] == ["device_amount_1d", "person_amount_30d"]


def test_the_example_is_decided_on(ask):
    example = ask("GET", "/v1/event-types/application").json["example"]
    assert ask("POST", "/v1/decisions", example).status == 200


def test_an_unknown_one_is_named_with_the_near_match(ask):
    reply = ask("GET", "/v1/event-types/aplication")
    assert (reply.status, reply.code) == (404, "unknown_artefact")
    assert "application" in reply.json["hint"]


def test_a_draft_is_told_in_words_and_nothing_is_kept(ask, body):
    body["fields"].append({"name": "city", "type": "text", "data_class": "C2"})
    told = checked(ask, body)
    assert [one["en"] for one in told["words"]] == ["Field city was added: type text, data class C2."]
    assert (told["faults"], told["same"]) == ([], False)
    assert ask("GET", "/v1/event-types/application").json["versions"] == 1


def test_the_live_version_itself_is_no_change(ask, body):
    assert checked(ask, body)["same"]


def test_a_draft_that_cannot_be_read_is_told_where(ask, body):
    body["fields"][2]["type"] = "int"
    (fault,) = checked(ask, body)["faults"]
    assert (fault["code"], fault["field"], fault["at"]) == ("unknown_type", "fields[2].type", "event_type/application")


def test_what_would_no_longer_hold_is_named_with_the_definition(ask, body):
    body["fields"] = [one for one in body["fields"] if one["name"] != "age"]
    (fault,) = checked(ask, body)["faults"]
    assert (fault["code"], fault["at"]) == ("unknown_column", "policy/application")


def test_a_recorded_field_cannot_be_retyped_not_even_by_a_release(ask, body):
    body["fields"].append({"name": "phone", "type": "text"})

    def release(digest_of):
        (digest,) = [one["digest"] for one in digest_of.json["artefacts"]]
        ask("POST", "/v1/reviews", {"approver": "bob", "digests": [digest]})
        return ask("POST", "/v1/releases", {"by": "bob", "digests": [digest]})

    def push():
        document = {"kind": "event_type", "name": "application", "body": body}
        return ask("POST", "/v1/artefacts", {"author": "ann", "artefacts": [document]})

    assert release(push()).status == 200
    body["fields"][-1] = {"name": "phone", "type": "integer"}
    (fault,) = checked(ask, body)["faults"]
    assert (fault["code"], fault["field"]) == ("field_retyped", "fields[6].type")
    refused = release(push())
    assert (refused.status, refused.code) == (422, "field_retyped")
    told = ask("GET", "/v1/event-types/application").json
    assert (told["versions"], len(told["history"])) == (3, 3)
    assert told["waiting"] == told["history"][0]["digest"]


def test_a_derived_field_whose_source_is_gone_is_named(ask, body):
    body["derived"] = [{"name": "door", "function": "address_key", "of": "street", "entity": "address"}]
    (fault,) = checked(ask, body)["faults"]
    assert (fault["code"], fault["field"], fault["at"]) == ("unknown_source", "derived[0].of", "event_type/application")


def test_a_new_type_is_looked_at_before_it_is_anywhere(ask):
    told = checked(ask, {"fields": [{"name": "order", "type": "text", "required": True}]}, name="refund")
    assert told["faults"] == []
    assert told["words"][0]["zh"].startswith("新增事件类型")
    assert told["words"][1] == {
        "en": "Field order: type text, required true.",
        "zh": "字段 order：类型 text，必填 true。",
    }


def test_derived_fields_are_told_with_how_they_are_made_and_are_in_no_example(ask, call, body):
    body["derived"] = [{"name": "door", "function": "address_key", "of": "device", "entity": "address"}]
    told = checked(ask, body)
    assert [one["zh"] for one in told["words"]] == ["新增派生字段 door：函数 address_key，来自 device，实体 address。"]
    assert told["faults"] == []
    pushed = {"kind": "event_type", "name": "application", "body": body}
    (draft,) = ask("POST", "/v1/artefacts", {"author": "ann", "artefacts": [pushed]}).json["artefacts"]
    shown = call("GET", "/v1/event-types/application", query=f"version={draft['digest']}".encode()).json
    assert shown["field_details"][-1]["derived"] == {"function": "address_key", "of": ["device"], "parameters": {}}
    assert {one["name"] for one in shown["field_details"] if one["derived"] is None} == shown["example"][
        "values"
    ].keys()
    assert "address" in shown["entities"]
