"""Attacks over HTTP: every answer as declared, refused in words, one at a time, and nothing recorded by asking."""

from __future__ import annotations

import time

import pytest
from attacked_lender import answer_to, lender_artefacts, policy_against
from http_face import Caller, Contract, released_process, starter_process

from tandem.faces.api import create_app
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock
from tandem.learn.attacks import AttackRuns
from tandem.learn.simulator import ATTACK_KINDS

TOWN = {"customers": 300, "days": 6, "warm_up_days": 4}


class Lab:
    """The example lender with a place for attacks, each answer held against the contract."""

    def __init__(self, folder):
        self.process = released_process(folder, lender_artefacts())
        self.runs = AttackRuns(folder / "attacks", clock=SystemClock(), entropy=SystemEntropy())
        self.call = Caller(create_app(self.process, attacks=self.runs))
        self.contract = Contract(self.call("GET", "/openapi.json").json)

    def __call__(self, method, path, body=b"", *, query=b"", status=200):
        reply = self.call(method, path, body, query=query)
        self.contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    def finished(self, attack_id):
        for _ in range(600):
            found = self("GET", f"/v1/attacks/{attack_id}")
            if found["run"]["state"] != "running":
                return found
            time.sleep(0.1)
        raise AssertionError("it never ended")

    def close(self):
        self.call.close()
        self.runs.close()
        self.process.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    found = Lab(tmp_path_factory.mktemp("lab"))
    yield found
    found.close()


def test_every_kind_is_listed_with_the_policy_that_decides_and_the_ranges_of_the_dials(lab):
    found = lab("GET", "/v1/attacks/kinds")
    assert {one["kind"]: one["policy"] for one in found["kinds"]} == {
        name: policy_against(name) for name in ATTACK_KINDS
    }
    assert found["limits"]["disguise"] == {"least": 0.0, "most": 1.0}


def test_an_attack_on_a_draft_is_compared_with_one_on_what_is_live_and_nothing_is_recorded(lab):
    draft = answer_to("mule_chain")
    (pushed,) = lab.process.push([draft], author="ann")
    before_seq = lab.process.state.seq
    first = lab("POST", "/v1/attacks", {"kind": "mule_chain", **TOWN}, status=202)
    assert (first["state"], first["simulated"]) == ("running", True)
    before = lab.finished(first["attack_id"])
    assert before["report"]["simulated"]
    assert before["report"]["against"]["drafts"] == []
    body = {"kind": "mule_chain", **TOWN, "versions": [pushed.digest], "label": "more payers"}
    second = lab("POST", "/v1/attacks", body, status=202)
    after = lab.finished(second["attack_id"])
    assert after["run"]["drafts"] == ["policy/transfer"]
    path = f"/v1/attacks/{second['attack_id']}/comparison"
    compared = lab("GET", path, query=f"before={first['attack_id']}".encode())
    assert compared["stoppers"]["money_mules.many_payers"][1] > 0
    assert [one["attack_id"] for one in lab("GET", "/v1/attacks")["items"]][:2] == [
        second["attack_id"],
        first["attack_id"],
    ]
    assert lab.process.state.seq == before_seq


def test_a_whole_definition_stands_in_its_place_and_one_that_is_live_already_is_no_draft(lab):
    live = next(one for one in lender_artefacts() if one.key == ("policy", "transfer"))
    draft = answer_to("mule_chain")
    shown = [{"kind": one.kind, "name": one.name, "body": one.body} for one in (live, draft)]
    begun = lab("POST", "/v1/attacks", {"kind": "mule_chain", **TOWN, "artefacts": shown[:1]}, status=202)
    assert begun["drafts"] == []
    lab.finished(begun["attack_id"])
    begun = lab("POST", "/v1/attacks", {"kind": "mule_chain", **TOWN, "artefacts": shown[1:]}, status=202)
    assert begun["drafts"] == ["policy/transfer"]
    lab.finished(begun["attack_id"])


def test_one_runs_at_a_time_and_may_be_cancelled(lab):
    begun = lab("POST", "/v1/attacks", {"kind": "group_loan", "customers": 40_000, "days": 60}, status=202)
    refused = lab("POST", "/v1/attacks", {"kind": "group_loan"}, status=409)
    assert refused["code"] == "attack_running"
    path = f"/v1/attacks/{begun['attack_id']}"
    assert lab("DELETE", path)["state"] == "cancelled"
    compared = lab("GET", f"{path}/comparison", query=f"before={begun['attack_id']}".encode(), status=409)
    assert compared["code"] == "no_report"


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"kind": "nothing"}, 404, "unknown_attack", "kind"),
        ({"kind": "group_loan", "disguise": 2}, 422, "dial_out_of_range", "disguise"),
        ({"kind": "group_loan", "days": 10_000}, 422, "dial_out_of_range", "days"),
        ({"kind": "group_loan", "policy": "nothing"}, 404, "unknown_policy", "policy"),
        ({"kind": "group_loan", "event_type": "nothing"}, 404, "unknown_event_type", "event_type"),
        ({"kind": "group_loan", "event_type": "transfer_outcome"}, 422, "field_not_filled", "fields.transfer"),
        ({"kind": "group_loan", "fields": {"shoe": "age"}}, 422, "unknown_field", "fields.shoe"),
        ({"kind": "group_loan", "versions": ["0" * 64]}, 404, "unknown_artefact", None),
        ({"kind": "group_loan", "artefacts": [{"kind": "policy", "name": "transfer", "body": {}}]}, 422, None, None),
        ({"kind": "group_loan", "unknown": 1}, 422, "wrong_shape", None),
        ({}, 422, "wrong_shape", None),
    ],
)
def test_what_cannot_be_played_is_refused_before_it_runs(lab, body, status, code, field):
    refused = lab("POST", "/v1/attacks", body, status=status)
    assert code is None or refused["code"] == code
    assert field is None or refused["field"] == field


def test_an_unknown_run_is_not_found(lab):
    for method, path in (("GET", ""), ("DELETE", ""), ("GET", "/comparison")):
        query = b"before=atk_1" if path else b""
        refused = lab(method, f"/v1/attacks/atk_0{path}", query=query, status=404)
        assert refused["code"] == "unknown_attack_run"


def test_where_nobody_keeps_attacks_and_nothing_fits_it_is_said(tmp_path):
    process = starter_process(tmp_path)
    call = Caller(create_app(process))
    contract = Contract(call("GET", "/openapi.json").json)
    for method, path, body in (("GET", "/v1/attacks", b""), ("POST", "/v1/attacks", {"kind": "group_loan"})):
        reply = call(method, path, body)
        contract.judge(method, path, reply)
        assert (reply.status, reply.code) == (503, "no_attacks")
    reply = call("GET", "/v1/attacks/kinds")
    contract.judge("GET", "/v1/attacks/kinds", reply)
    assert {one["fault"]["code"] for one in reply.json["kinds"]} == {"unknown_event_type"}
    call.close()
    process.close()
