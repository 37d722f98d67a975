"""The studio over HTTP: every answer as declared, every draft answered, nothing changed by looking."""

from __future__ import annotations

import copy

import msgspec
import pytest
from http_face import Caller, application, starter_process

from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact
from tandem.prove.access.permissions import Permission
from tandem.prove.access.principals import Principal


@pytest.fixture(scope="module")
def ask(call, contract):
    """Calls the application and holds every answer against the contract."""
    for index in range(12):
        call(
            "POST",
            "/v1/decisions",
            application(f"studio-{index}", age=15 + index, income_minor=... if index == 3 else 900_000),
        )

    def asked(method, path, body=b"", *, query=b"", status=200):
        reply = call(method, path, body, query=query)
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    return asked


@pytest.fixture(scope="module")
def document(ask):
    return ask("GET", "/v1/studio/policies/application")["document"]


def test_every_policy_is_listed_with_who_wrote_and_who_approved_it(ask):
    (policy,) = ask("GET", "/v1/studio/policies")["policies"]
    assert (policy["name"], policy["event"], policy["drafts"]) == ("application", "application", 0)
    assert policy["newest"]["state"] == "live"
    assert policy["newest"]["author"] == "ann"
    assert [one["approver"] for one in policy["newest"]["reviews"]] == ["bob"]


def test_a_policy_comes_with_its_text_and_versions(ask):
    policy = ask("GET", "/v1/studio/policies/application")
    assert policy["text"].startswith("policy: application\nevent: application\n")
    assert policy["live"] == policy["shown"] == policy["versions"][0]["digest"]
    assert ask("POST", "/v1/studio/policy/text", {"text": policy["text"]})["document"] == policy["document"]
    asked = ask("GET", "/v1/studio/policies/application", query=f"digest={policy['live']}".encode())
    assert asked == policy


def test_an_unknown_policy_or_version_is_named(ask):
    assert ask("GET", "/v1/studio/policies/aplication", status=404)["code"] == "unknown_artefact"
    query = b"digest=" + b"0" * 64
    assert ask("GET", "/v1/studio/policies/application", query=query, status=404)["code"] == "unknown_artefact"


def test_the_live_policy_is_publishable_and_said_in_both_languages(ask, document):
    report = ask("POST", "/v1/studio/policy/check", {"document": document})
    assert report["publishable"]
    assert report["findings"] == []
    assert len(report["words"]["en"]) == len(report["words"]["zh"])
    young = next(part for part in report["parts"] if part["name"] == "too_young")
    assert young["words"] == {
        "en": "when age is less than 18: decline, reason TOO_YOUNG",
        "zh": "当 age 小于 18 时：拒绝，原因 TOO_YOUNG",
    }


def test_a_typing_mistake_is_found_with_place_and_near_match(ask, document):
    draft = copy.deepcopy(document)
    draft["flow"][1]["all"][0]["when"] = "agee < 18"
    report = ask("POST", "/v1/studio/policy/check", {"document": draft})
    (finding,) = report["findings"]
    assert (finding["code"], finding["where"]) == ("unknown_column", "flow[1].all[0].when")
    assert (finding["line"], finding["column"], finding["near"]) == (1, 1, ["age"])
    assert "agee" in finding["message"]["zh"]
    assert next(node for node in report["nodes"] if node["id"] == "flow[1]")["errors"] == 1
    assert not report["publishable"]


def test_text_is_checked_as_the_document_it_holds(ask, document):
    text = ask("POST", "/v1/studio/policy/text", {"document": document})["text"]
    assert ask("POST", "/v1/studio/policy/check", {"text": text})["document"] == document
    report = ask("POST", "/v1/studio/policy/check", {"text": "policy: [\nevent"})
    assert not report["readable"]
    assert report["findings"][0]["code"] == "invalid_yaml"
    assert report["findings"][0]["line"] is not None


def test_a_document_from_a_browser_is_written_over_its_text_and_keeps_its_points(ask):
    text = (
        "# by hand\npolicy: p\nevent: application\nflow:\n  - decide: end\n    then: approve\n    price: {rate: 1.0}\n"
    )
    browser = {
        "policy": "p",
        "event": "application",
        "flow": [{"decide": "end", "then": "approve", "price": {"rate": 1}}],
    }
    report = ask("POST", "/v1/studio/policy/check", {"document": browser, "before": text})
    assert report["text"] == text
    assert '"rate":1.0' in report["json"]


def test_a_text_that_is_not_yaml_is_refused_with_its_place(ask):
    problem = ask("POST", "/v1/studio/policy/text", {"text": "a: [1"}, status=422)
    assert problem["code"] == "invalid_yaml"
    assert "line" in problem["at"]


def test_two_policies_are_compared_in_words_a_draft_among_them(ask, document):
    live = ask("GET", "/v1/studio/policies/application")["live"]
    draft = copy.deepcopy(document)
    draft["flow"][1]["all"][0]["when"] = "age < 21"
    told = ask("POST", "/v1/studio/policy/diff", {"old": {"digest": live}, "new": {"document": draft}})
    assert not told["same"]
    assert "age < 21" in told["lines"]["en"][0]
    assert "改为" in told["lines"]["zh"][0]
    same = ask("POST", "/v1/studio/policy/diff", {"old": {"digest": live}, "new": {"document": document}})
    assert same["same"]


def test_only_policies_are_compared(ask, call):
    reasons = call("GET", "/v1/artefacts", query=b"kind=reasons").json["artefacts"][0]["digest"]
    side = {"digest": reasons}
    problem = ask("POST", "/v1/studio/policy/diff", {"old": side, "new": side}, status=422)
    assert problem["code"] == "not_a_policy"


def test_an_expression_is_typed_said_and_tried_on_recorded_decisions(ask):
    told = ask("POST", "/v1/studio/expression/check", {"text": "age < 20", "event_type": "application"})
    assert (told["type"], told["nullable"], told["columns"]) == ("boolean", True, ["age"])
    assert told["words"] == {"en": "age is less than 20", "zh": "age 小于 20"}
    assert told["sampled"] == 12
    assert told["true_share"] == pytest.approx(5 / 12)
    assert {one["value"] for one in told["samples"]} == {True, False}
    assert all(one["value"] == (one["facts"]["age"] < 20) for one in told["samples"])


def test_the_share_without_an_answer_is_told(ask):
    told = ask("POST", "/v1/studio/expression/check", {"text": "income_minor / 100", "event_type": "application"})
    assert told["null_share"] == pytest.approx(1 / 12)
    assert told["true_share"] is None


def test_a_fact_that_was_not_recorded_then_is_not_called_missing(ask):
    body = {"text": "device_applications_1h > 0", "event_type": "application", "samples": 3}
    told = ask("POST", "/v1/studio/expression/check", body)
    assert told["valid"]
    assert [one["recorded"] for one in told["samples"]] == [False] * 3
    assert told["null_share"] is None


def test_a_draft_lends_its_variables_and_their_values(ask, document):
    draft = copy.deepcopy(document)
    draft["flow"].insert(0, {"set": "derived", "values": [{"monthly": "amount_minor / term_months"}]})
    body = {"text": "monthly > 5000", "event_type": "application", "policy": draft, "samples": 2}
    told = ask("POST", "/v1/studio/expression/check", body)
    assert told["valid"]
    assert [(one["value"], one["facts"]) for one in told["samples"]] == [(True, {"monthly": 10_000.0})] * 2


@pytest.mark.parametrize("text", ["", "age <", "agee > 1", "age + 'x'", "SELECT 1", "(" * 300, "NULL"])
def test_what_is_no_expression_is_found_not_failed(ask, text):
    told = ask("POST", "/v1/studio/expression/check", {"text": text, "event_type": "application"})
    assert not told["valid"]
    assert told["findings"][0]["message"]["zh"]


def test_everything_a_policy_may_name_is_offered_with_words_and_an_example(ask):
    names = ask("GET", "/v1/studio/columns", query=b"event_type=application")
    age = next(one for one in names["columns"] if one["name"] == "age")
    assert (age["type"], age["source"], age["words"]["en"]) == ("integer", "event", "Age in years")
    assert age["example"] is not None
    assert {one["source"] for one in names["columns"]} == {"event", "feature", "time"}
    assert {"ROUND", "COALESCE", "IN_LIST"} <= {one["name"] for one in names["functions"]}
    assert "TOO_YOUNG" in {one["code"] for one in names["reasons"]}
    assert ask("GET", "/v1/studio/columns", query=b"event_type=aplication", status=404)["code"] == "unknown_event_type"


@pytest.mark.parametrize(
    "document",
    [None, 3, "x", [], {}, {"flow": []}, {"flow": [None, 1, [], {}]}, {"policy": {}, "flow": {"a": 1}}, {"event": [1]}],
)
def test_any_json_is_a_draft_that_gets_an_answer(ask, document):
    report = ask("POST", "/v1/studio/policy/check", {"document": document})
    assert not report["publishable"]
    assert report["findings"]
    ask("POST", "/v1/studio/policy/text", {"document": document})


def test_looking_records_nothing(ask, process, document):
    before = process.journal.head
    ask("POST", "/v1/studio/policy/check", {"document": document})
    assert process.journal.head == before


def test_without_read_personal_no_value_of_a_person_is_shown(process):
    app = create_app(process)

    class AsAnalyst:
        async def __call__(self, scope, receive, send):
            scope["tandem.principal"] = Principal(name="vic", kind="person", permissions=frozenset({Permission.READ}))
            await app(scope, receive, send)

    caller = Caller(AsAnalyst())
    told = caller("POST", "/v1/studio/expression/check", {"text": "age < 20", "event_type": "application"}).json
    assert told["hidden"]
    assert told["samples"] == []
    assert told["true_share"] is not None
    names = caller("GET", "/v1/studio/columns", query=b"event_type=application").json
    assert {one["example"] for one in names["columns"]} == {None}
    caller.close()
    assert msgspec.json.encode(told)


@pytest.fixture
def workshop(tmp_path, contract):
    """A workspace of its own: its process, and how it is asked."""
    process = starter_process(tmp_path)
    caller = Caller(create_app(process))

    def asked(path):
        reply = caller("GET", path)
        contract.judge("GET", path, reply)
        return reply.json

    yield process, asked
    caller.close()
    process.close()


def another_age(process, age):
    """A draft of the policy with another smallest age, pushed."""
    register = process.state.register
    live = register.version(register.live.manifest["policy/application"]).artefact
    body = msgspec.json.decode(msgspec.json.encode(live.body).replace(b"age < 18", b"age < %d" % age))
    draft = Artefact.of("policy", "application", body)
    process.push([draft], author="li", note="another age")
    return draft


def test_after_a_roll_back_one_goes_on_from_what_is_live_and_not_from_what_was_rolled_back(workshop):
    process, asked = workshop
    draft = another_age(process, 40)
    assert asked("/v1/studio/policies/application")["shown"] == draft.digest
    process.review([draft.digest], approver="wang")
    process.release({draft.key: draft.digest}, by="wang")
    process.roll_back(by="wang")
    policy = asked("/v1/studio/policies/application")
    assert [one["state"] for one in policy["versions"]] == ["retired", "live"]
    assert policy["shown"] == policy["live"] == policy["versions"][1]["digest"]
    assert asked("/v1/studio/policies")["policies"][0]["newest"]["state"] == "live"


def test_a_version_that_was_sent_back_says_by_whom_and_why(workshop):
    process, asked = workshop
    draft = another_age(process, 50)
    process.decline([draft.digest], by="wang", reason="50 is too old")
    version = asked("/v1/studio/policies/application")["versions"][0]
    assert (version["state"], version["declined"]["by"], version["declined"]["reason"]) == (
        "declined",
        "wang",
        "50 is too old",
    )
