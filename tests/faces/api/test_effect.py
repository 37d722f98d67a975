"""The effect of a draft over HTTP: every answer as declared, nothing recorded by asking."""

from __future__ import annotations

import copy

import pytest
from http_face import application


@pytest.fixture(scope="module")
def ask(call, contract):
    """Calls the application and holds every answer against the contract."""
    for index in range(20):
        call("POST", "/v1/decisions", application(f"effect-{index}", age=15 + index))

    def asked(method, path, body=b"", *, query=b"", status=200):
        reply = call(method, path, body, query=query)
        contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    return asked


@pytest.fixture
def draft(ask):
    document = copy.deepcopy(ask("GET", "/v1/studio/policies/application")["document"])
    rule = {"rule": "older", "when": "age < 21", "then": "review", "reason": "TOO_YOUNG", "when_missing": "skip"}
    document["flow"][1]["all"].append(rule)
    return document


def test_a_draft_is_answered_with_its_effect_and_nothing_is_recorded(ask, draft, process):
    before = process.state.seq
    effect = ask("POST", "/v1/effect", {"policy": draft, "session": "a"})
    assert (effect["decisions"], effect["changed"], effect["stopped"]["count"]) == (20, 3, 3)
    assert effect["after"]["reviewed"] == 3
    assert {one["after"] for one in effect["examples"]} == {"review"}
    assert [note["code"] for note in effect["notes"]] == ["outcomes_undefined"]
    assert set(effect["took_ms"]) == {"reading", "live", "draft", "comparing", "total"}
    assert process.state.seq == before


def test_fewer_decisions_can_be_looked_at(ask, draft):
    assert ask("POST", "/v1/effect", {"policy": draft, "last": 5})["decisions"] == 5


def test_progress_and_cancel_answer_when_nothing_is_asked(ask):
    assert ask("GET", "/v1/effect/progress", query=b"session=a")["doing"] == "idle"
    assert ask("DELETE", "/v1/effect", query=b"session=a") == {"cancelled": False}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"policy": {}}, 422, None),
        ({"policy": {"policy": "x", "event": "application", "flow": []}}, 422, None),
        ({"policy": {"policy": "x", "event": "nothing", "flow": [{"decide": "end", "then": "approve"}]}}, 404, "no_policy"),
        ({"session": "no spaces"}, 422, "wrong_shape"),
        ({"last": 0}, 422, "wrong_shape"),
        ({"models": {"risk": "0" * 64}}, 404, "unknown_artefact"),
        ({"more": 1}, 422, "wrong_shape"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_a_problem_that_says_why(ask, draft, change, status, code):
    problem = ask("POST", "/v1/effect", {"policy": draft, **change}, status=status)
    assert code in {None, problem["code"]}


def test_a_session_has_a_plain_name(ask):
    assert ask("GET", "/v1/effect/progress", query=b"session=%20", status=422)["code"] == "invalid_parameter"
