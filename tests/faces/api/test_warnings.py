"""Early warnings over HTTP: each answer as its contract says, from the queue to the report."""

from __future__ import annotations

import pytest
from case_workspace import CASE_RULES, OUTCOME
from http_face import Caller, Contract, released_process
from small_workspace import APPLICATION
from warned_workspace import EVERYTHING, statement

from tandem.faces.api import create_app
from tandem.kernel.time import SystemClock
from tandem.observe.lake import Lake


@pytest.fixture
def ask(tmp_path):
    """Calls an application whose history is told: three are warned of, and one more rolls that nobody saw coming."""
    process = released_process(tmp_path, [*EVERYTHING, APPLICATION, OUTCOME, CASE_RULES])
    for account, day, risk, overdue in [
        ("a", 0, 70, 0), ("b", 0, 30, 0), ("c", 0, 30, 0), ("d", 0, 0, 0),
        ("b", -30, 0, 0), ("d", -30, 0, 0),
    ]:  # fmt: skip
        process.decide_now(statement(account, day - 130, risk=risk, overdue=overdue))
    for account, day, overdue in [("b", 30, 2), ("d", 30, 2), ("c", 95, 0)]:
        process.record_now(statement(account, day - 130, overdue=overdue))
    caller = Caller(create_app(process, lake=Lake(tmp_path / "lake", clock=SystemClock())))
    contract = Contract(caller("GET", "/openapi.json").json)

    def asked(method, path, body=b"", *, query=b"", status=200):
        reply = caller(method, path, body, query=query)
        contract.judge(method, path, reply)
        assert reply.status == status, reply.json
        return reply.json

    yield asked
    caller.close()
    process.close()


def test_warnings_are_listed_by_severity_and_deadline_with_their_words(ask):
    page = ask("GET", "/v1/warnings")
    assert (page["total"], page["waiting"], page["rules"], page["owners"]) == (1, 1, 2, ["early"])
    (one,) = page["warnings"]
    assert (one["rule"], one["severity"], one["title_en"], one["title_zh"]) == (
        "certain",
        "high",
        "Will be late",
        "将逾期",
    )
    assert one["signals"][0] == {"code": "CERTAIN", "en": "The account may fall behind", "zh": "账户可能逾期"}
    assert [signal["code"] for signal in one["signals"]] == ["CERTAIN", "LIKELY"]
    every = ask("GET", "/v1/warnings", query=b"state=all")["warnings"]
    assert [(one["severity"], one["state"]) for one in every] == [
        ("high", "open"),
        ("medium", "settled"),
        ("medium", "settled"),
    ]
    assert ask("GET", "/v1/warnings", query=b"state=all&severity=low")["total"] == 0
    assert ask("GET", "/v1/warnings", query=b"state=all&limit=1")["next_after"] == 1


def test_a_severe_warning_has_a_case_with_its_decision(ask):
    found = ask("GET", f"/v1/warnings/{ask('GET', '/v1/warnings')['warnings'][0]['warning_id']}")
    assert [one["what"] for one in found["history"]] == ["raised", "pursued"]
    case = found["pursued"]["case"]
    assert ask("GET", f"/v1/cases/{case}") == ask("GET", f"/v1/cases/{found['decision_id']}")


def test_a_warning_is_taken_acted_on_and_then_over(ask):
    path = f"/v1/warnings/{ask('GET', '/v1/warnings')['warnings'][0]['warning_id']}"
    assert ask("POST", f"{path}/take", {"by": "ann"})["warning"]["assignee"] == "ann"
    said = {"action": "contact", "text": "Called.", "by": "bob"}
    assert ask("POST", f"{path}/act", said, status=409)["code"] == "warning_taken"
    assert ask("POST", f"{path}/dismiss", {"text": " ", "by": "ann"}, status=422)["code"] == "empty_note"
    done = ask("POST", f"{path}/act", {**said, "by": "ann"})
    assert (done["warning"]["state"], done["history"][-1]["text"]) == ("acted", "Called.")
    assert ask("POST", f"{path}/dismiss", {"text": "no", "by": "ann"}, status=409)["code"] == "warning_over"
    assert ask("GET", "/v1/warnings/warn_none", status=404)["code"] == "unknown_warning"


def test_the_report_says_how_many_came_true_how_early_and_what_nobody_saw(ask):
    report = ask("GET", "/v1/warnings/report")
    every = report["all"]
    assert (every["raised"], every["open"], every["lead_days"]) == (3, 1, 30)
    assert (every["precision"]["hits"], every["precision"]["of"]) == (1, 2)
    assert (report["recall"]["hits"], report["recall"]["of"]) == (1, 2), "b was foreseen, d was not"
    assert report["lead"] == [{"weeks": 4, "warnings": 1}]
    assert [one["name"] for one in report["by_severity"]] == ["high", "medium"]
