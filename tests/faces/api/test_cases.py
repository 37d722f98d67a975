"""Cases over HTTP: what is answered, and that all of it is declared."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from case_workspace import EVERYTHING, approved, review
from http_face import Caller, Contract, released_process

from tandem.act.cases import CaseDesk
from tandem.decide.decisions import DecisionProcess
from tandem.faces.api import create_app
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import HOUR, MINUTE, FixedClock, Micros, format_instant, parse_instant


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(parse_instant("2026-11-25T08:00:00Z"))


@pytest.fixture
def process(tmp_path) -> Iterator[DecisionProcess]:
    one = released_process(tmp_path, list(EVERYTHING))
    yield one
    one.close()


@pytest.fixture
def judged(process, clock) -> Iterator[Caller]:
    """Asks the application, and holds every answer against the contract."""
    caller = Caller(create_app(process, cases=CaseDesk(process, clock=clock, entropy=SeededEntropy(1))))
    contract = Contract(caller("GET", "/openapi.json").json)

    def ask(method, path, body=b"", **rest):
        reply = caller(method, path, body, **rest)
        contract.judge(method, path, reply)
        return reply

    yield ask
    caller.close()


def decide(judged, *documents):
    for document in documents:
        judged("POST", "/v1/decisions", document)


def test_cases_are_listed_with_what_ranks_them_and_counted_by_queue(judged):
    decide(judged, review(1), review(2, amount_minor=900_000), approved(3), review(4, age=None, amount_minor=10))
    page = judged("GET", "/v1/cases").json
    assert [one["number"] for one in page["cases"]] == [2, 1, 3]
    assert page["total"] == 3
    first = page["cases"][0]
    assert (first["state"], first["queue"], first["reasons"], first["outcome"]) == (
        "open",
        "large",
        ["LARGE"],
        "review",
    )
    assert (first["at_stake_minor"], first["expected_loss_minor"]) == (900_000, 450_000)
    found = judged("GET", "/v1/cases/queues").json
    assert [(one["queue"], one["open"], one["due_after_s"]) for one in found["queues"]] == [
        ("senior", 0, 86_400), ("large", 2, 3_600), ("review", 1, 14_400)]  # fmt: skip
    assert found["queues"][1]["title"] == {"en": "Large", "zh": "大额"}
    assert {one["disposition"]: one["second_approval"] for one in found["dispositions"]}["write_off"] is True


def test_cases_are_found_by_queue_state_person_lateness_and_text(judged, clock):
    decide(judged, review(1, person="Ann Lee"), review(2), review(3, age=None, amount_minor=10))
    taken = judged("POST", "/v1/cases/next", {"queue": "large", "by": "eve"}).json["case"]

    def numbers(query: str) -> list[int]:
        return [one["number"] for one in judged("GET", "/v1/cases", query=query.encode()).json["cases"]]

    assert numbers("queue=review") == [3]
    assert numbers("state=assigned") == [taken["number"]]
    assert numbers("assignee=eve") == [taken["number"]]
    assert len(numbers("assignee=-")) == 2
    assert numbers("assignee=me") == []
    assert numbers("breached=true") == []
    assert numbers("text=%231") == [1]
    assert numbers("text=Ann%20Lee") == [1]  # the real identifier; it is kept nowhere in the clear
    assert numbers("text=app-2") == [2]
    assert numbers("text=LARGE&order=opened") == [2, 1]
    assert numbers("text=nothing") == []
    assert numbers("order=opened&limit=2") == [3, 2]
    assert numbers("order=opened&limit=2&after=2") == [1]
    clock.advance(2 * HOUR)
    assert numbers("breached=true&order=due") == [1, 2]
    assert numbers("text=%00%20") == []
    assert judged("GET", "/v1/cases", query=b"state=lost").code == "invalid_parameter"


def test_one_case_has_its_decisions_its_facts_and_its_history_in_both_languages(judged):
    decide(judged, review(1, person="Ann Lee"), review(2, person="Ann Lee", amount_minor=70_000))
    case = judged("POST", "/v1/cases/next", {"by": "eve"}).json["case"]
    judged("POST", f"/v1/cases/{case['case_id']}/notes", {"text": "Called her.", "by": "eve"})
    found = judged("GET", f"/v1/cases/{case['case_id']}").json
    assert [one["answer"]["event_id"] for one in found["decisions"]] == ["app-2", "app-1"]
    facts = {one["name"]: one for one in found["facts"]}
    assert (facts["person"]["value"], facts["person"]["kind"], facts["person"]["entity"]) == (
        "Ann Lee", "person", case["entity"])  # fmt: skip
    assert facts["amount_minor"]["value"] == 70_000
    assert [one["change"] for one in found["timeline"]] == ["opened", "joined", "assigned", "noted"]
    assert found["timeline"][-1]["text"] == "Called her."
    assert found["timeline"][-1]["zh"] == "eve 添加了备注。"
    by_decision = judged("GET", f"/v1/cases/{found['decisions'][0]['answer']['decision_id']}").json
    assert by_decision == found
    assert judged("GET", "/v1/cases/nobody").code == "unknown_case"


def test_next_is_looked_at_before_it_is_taken_and_taken_once(judged):
    decide(judged, review(1), review(2, amount_minor=900_000))
    coming = judged("GET", "/v1/cases/next").json["case"]
    assert coming["state"] == "open"
    taken = [judged("POST", "/v1/cases/next", {"by": name}).json["case"] for name in ("eve", "bob", "joe")]
    assert taken[0]["case_id"] == coming["case_id"]
    assert [one and (one["number"], one["assignee"]) for one in taken] == [(2, "eve"), (1, "bob"), None]


def test_an_old_view_is_a_conflict_that_tells_how_the_case_is_now(judged):
    decide(judged, review(1))
    case = judged("POST", "/v1/cases/next", {"by": "eve"}).json["case"]
    reply = judged("POST", f"/v1/cases/{case['case_id']}/resolve", {"version": 1, "disposition": "approve"})
    assert (reply.status, reply.code, reply.json["case"]["assignee"]) == (409, "case_changed", "eve")
    reply = judged("POST", f"/v1/cases/{case['case_id']}/reopen", {"version": 2})
    assert (reply.status, reply.code, reply.json["case"]["state"]) == (409, "case_state", "assigned")


def test_a_case_goes_its_whole_way(judged, clock):
    decide(judged, review(1))
    case = judged("GET", "/v1/cases").json["cases"][0]
    at = f"/v1/cases/{case['case_id']}"

    def act(verb, **body):
        reply = judged("POST", f"{at}/{verb}", {"version": judged("GET", at).json["case"]["version"], **body})
        return reply.json if reply.code is None else reply.code

    assert act("assign")["assignee"] == "local"
    assert act("assign", to=None)["state"] == "open"
    assert act("assign", to="eve", by="bob")["assignee"] == "eve"
    until = format_instant(Micros(clock.now() + HOUR))
    assert act("snooze", until=until, by="eve", reason="waits for papers")["state"] == "snoozed"
    assert act("snooze", until="tomorrow") == "invalid_instant"
    assert act("snooze", until="2026-11-25T07:00:00Z") == "invalid_snooze"
    clock.advance(HOUR)
    assert act("escalate", by="eve", reason="over my limit")["queue"] == "senior"
    assert act("escalate", by="eve") == "no_escalation"
    assert act("resolve", disposition="nothing") == "unknown_disposition"
    assert act("resolve", disposition="write_off", by="eve")["state"] == "waiting"
    assert act("second", agrees=True, by="eve") == "same_person"
    assert act("second", agrees=False, by="bob", reason="where is the statement?")["assignee"] == "eve"
    proposed = act("resolve", disposition="write_off", by="eve")
    assert proposed["undo_until"] is not None
    assert act("undo", by="bob") == "not_yours"
    assert act("undo", by="eve")["state"] == "assigned"
    assert act("undo", by="eve") == "nothing_to_undo"
    act("resolve", disposition="write_off", by="eve")
    done = act("second", agrees=True, by="bob")
    assert (done["state"], done["decided_by"], done["seconded_by"]) == ("resolved", "eve", "bob")
    clock.advance(MINUTE)
    assert act("undo", by="bob") == "undo_too_late"
    assert list(judged("GET", at).json["labels"].values()) == [
        f"label.{case['case_id']}.1." + done_decision(judged, at)
    ]
    assert act("reopen", by="bob", reason="she called")["state"] == "assigned"


def done_decision(judged, at):
    return judged("GET", at).json["decisions"][0]["answer"]["decision_id"]


@pytest.mark.parametrize(
    ("verb", "body", "code"),
    [
        ("assign", {}, "wrong_shape"),
        ("assign", {"version": "1"}, "wrong_shape"),
        ("notes", {"text": "  "}, "empty_note"),
        ("notes", {"text": "x" * 5_000}, "wrong_shape"),
        ("resolve", {"version": 1, "disposition": "approve", "colour": "red"}, "wrong_shape"),
        ("second", {"version": 1, "agrees": "yes"}, "wrong_shape"),
        ("undo", {"version": -1}, "wrong_shape"),
    ],
)
def test_what_cannot_be_taken_is_named(judged, verb, body, code):
    decide(judged, review(1))
    case = judged("GET", "/v1/cases").json["cases"][0]
    assert judged("POST", f"/v1/cases/{case['case_id']}/{verb}", body).code == code


def test_a_release_whose_case_rules_do_not_hold_together_is_refused(judged):
    broken = {
        "name": "cases",
        "kind": "case_rules",
        "body": {"queues": [{"queue": "a", "title": {"en": "A", "zh-CN": "甲"}, "due_after": "4 hours"}],
                 "dispositions": [{"disposition": "x", "title": {"en": "X", "zh-CN": "某"}}]},
    }  # fmt: skip
    pushed = judged("POST", "/v1/artefacts", {"artefacts": [broken], "author": "ann"}).json
    digest = pushed["artefacts"][0]["digest"]
    judged("POST", "/v1/reviews", {"digests": [digest], "approver": "bob"})
    reply = judged("POST", "/v1/releases", {"digests": [digest], "by": "bob"})
    assert (reply.status, reply.code) == (422, "invalid_duration")
    assert reply.json["field"] == "queues[0].due_after"
