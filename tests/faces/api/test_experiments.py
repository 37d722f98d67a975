"""Experiments over HTTP: every answer as declared; what ends one needs nobody else, what begins one does."""

from __future__ import annotations

import pytest
from http_face import Caller, Contract, application, released_process, starter_artefacts

from tandem.faces.api import create_app
from tandem.faces.api.guarding import GUARD, GuardWatch
from tandem.kernel.artefacts import Artefact, ArtefactKey
from tandem.kernel.time import SystemClock

BODY = {
    "on": "application",
    "mode": "canary",
    "unit": "person",
    "arms": [{"arm": "champion", "share": 50}, {"arm": "challenger", "share": 50, "policy": "careful"}],
    "metric": {"measure": "approval_rate", "better": "higher", "detect": 0.05, "expected": 0.8},
    "guards": [{"guard": "reviews", "measure": "review_rate", "limit": 0.5, "minimum": 20}],
}


class Face:
    """A starter workspace with a challenger that sends everybody to review, each answer held against the contract."""

    def __init__(self, folder):
        artefacts = starter_artefacts(folder)
        policy = next(one for one in artefacts if one.kind == "policy")
        flow = [*policy.body["flow"][:-1], {"decide": "end", "then": "review", "reason": "LARGE_AMOUNT"}]
        careful = Artefact.of("policy", "careful", {"event": "application", **policy.body, "flow": flow})
        careful = Artefact.of(
            "policy", "careful", {key: value for key, value in careful.body.items() if key != "examples"}
        )
        self.process = released_process(folder, [*artefacts, careful])
        self.call = Caller(create_app(self.process))
        self.contract = Contract(self.call("GET", "/openapi.json").json)

    def __call__(self, method, path, body=b"", *, status=200):
        reply = self.call(method, path, body)
        self.contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    def live(self, **changes):
        one = Artefact.of("experiment", "careful_lending", {**BODY, **changes})
        self.process.push([one], author="ann")
        self.process.review([one.digest], approver="bob")
        self.process.release({one.key: one.digest}, by="bob")

    def decide(self, first, count):
        for number in range(first, first + count):
            assert self.call("POST", "/v1/decisions", application(f"e-{number}")).status == 200

    def close(self):
        self.call.close()
        self.process.close()


@pytest.fixture
def face(tmp_path):
    found = Face(tmp_path)
    yield found
    found.close()


def test_none_are_listed_where_there_are_none(face):
    assert face("GET", "/v1/experiments") == {"experiments": []}
    assert face("GET", "/v1/experiments/nothing", status=404)["code"] == "unknown_experiment"


def test_a_plan_is_told_before_anything_is_kept(face):
    plan = face("POST", "/v1/experiments/plan", {"definition": {"name": "x", **BODY}})["plan"]
    assert 0 < plan["minimum"] < plan["sequential"]
    broken = face("POST", "/v1/experiments/plan", {"definition": {"name": "x", **BODY, "mode": "odd"}}, status=422)
    assert (broken["code"], broken["field"]) == ("invalid_experiment", "mode")


def test_an_experiment_is_pushed_reviewed_released_and_read(face):
    draft = {"kind": "experiment", "name": "careful_lending", "body": BODY}
    (made,) = face("POST", "/v1/artefacts", {"author": "ann", "artefacts": [draft]})["artefacts"]
    waiting = face("GET", "/v1/experiments/careful_lending")
    assert (waiting["state"], waiting["reading"]) == ("draft", None)
    face("POST", "/v1/reviews", {"approver": "bob", "digests": [made["digest"]]})
    face("POST", "/v1/releases", {"by": "bob", "digests": [made["digest"]]})
    face.decide(0, 40)
    found = face("GET", "/v1/experiments/careful_lending")
    assert found["state"] == "running"
    assert sum(arm["decisions"] for arm in found["reading"]["arms"]) == 40
    (listed,) = face("GET", "/v1/experiments")["experiments"]
    assert (listed["state"], listed["decisions"]) == ("running", 40)


def test_decisions_are_told_with_their_arm_by_every_address(face):
    face.live()
    face.decide(0, 6)
    answers = face("GET", "/v1/decisions")
    assert {one["trail"]["arms"][0]["experiment"] for one in answers["decisions"]} == {"careful_lending"}
    for one in answers["decisions"]:
        path = f"/v1/decisions/{one['trail']['decision_id']}"
        assert face("GET", f"{path}/explanation")["agrees"]
        assert face("POST", f"{path}/replay", {})["same"]
        face("GET", f"{path}/counterfactual")


def test_a_stop_is_at_once_and_once(face):
    face.live()
    face.decide(0, 10)
    told = face("POST", "/v1/experiments/careful_lending/stop", {"reason": "complaints", "by": "cleo"})
    assert told == {"name": "careful_lending", "by": "cleo", "reason": "complaints"}
    found = face("GET", "/v1/experiments/careful_lending")
    assert (found["state"], found["reading"]["ended_reason"]) == ("stopped", "complaints")
    again = face("POST", "/v1/experiments/careful_lending/stop", {"reason": "again"}, status=409)
    assert again["code"] == "not_running"


def test_a_promotion_is_drafts(face):
    face.live(guards=[])
    face.decide(0, 10)
    live = face("GET", "/v1/releases/live")
    told = face("POST", "/v1/experiments/careful_lending/promotion", {"by": "ann", "note": "better"})
    assert set(told["artefacts"]) == {"policy/application", "experiment/careful_lending"}
    assert face("GET", "/v1/releases/live") == live
    wrong = face("POST", "/v1/experiments/careful_lending/promotion", {"arm": "other"}, status=422)
    assert wrong["code"] == "unknown_arm"


def test_what_a_guard_rail_of_releases_brings_back_tries_nobody_again(face):
    face.live(guards=[])
    rail = Artefact.of("guard", "lending", {"policy": "application", "minimum": 20, "approval_rate": {"min": 0.9}})
    face.process.push([rail], author="ann")
    face.process.review([rail.digest], approver="bob")
    face.process.release({rail.key: rail.digest}, by="bob")
    watch = GuardWatch(face.process, SystemClock(), lambda: 0)
    breach = watch._watched["application"][0]._breach("approval_rate", 0.1, 0.9, 30)
    watch._roll_back(breach)
    assert face.process.state.register.went_live[-1].by == GUARD
    assert face.process.live.arms.running == {}
    version = face.process.state.register.latest(ArtefactKey("experiment", "careful_lending")).artefact.digest
    assert face.process.state.register.withdrawn[version].by == GUARD
