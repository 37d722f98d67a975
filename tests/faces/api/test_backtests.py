"""Backtests over HTTP: every answer as declared, refused in words, one at a time, and nothing recorded by asking."""

from __future__ import annotations

import time

import pytest
from http_face import Caller, Contract, released_process
from small_workspace import EVERYTHING, application, policy

from tandem.faces.api import create_app
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock
from tandem.learn.backtest import BacktestRuns


class Bench:
    """A small lender that decided, with a place for backtests; each answer held against the contract."""

    def __init__(self, folder):
        self.process = released_process(folder, EVERYTHING)
        for number in range(20):
            self.process.decide_now(application(number, age=15 + number, device=f"d{number % 4}", at=number * 600))
        home = next(path.parent for path in folder.rglob("journal.db"))
        self.runs = BacktestRuns(home, self.process.journal.workspace, clock=SystemClock(), entropy=SystemEntropy())
        self.call = Caller(create_app(self.process, backtests=self.runs))
        self.contract = Contract(self.call("GET", "/openapi.json").json)

    def __call__(self, method, path, body=b"", *, status=200):
        reply = self.call(method, path, body)
        self.contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    def finished(self, backtest_id):
        for _ in range(600):
            found = self("GET", f"/v1/backtests/{backtest_id}")
            if found["run"]["state"] != "running":
                return found
            time.sleep(0.1)
        raise AssertionError("it never ended")

    def close(self):
        self.call.close()
        self.runs.close()
        self.process.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    found = Bench(tmp_path_factory.mktemp("bench"))
    yield found
    found.close()


def test_a_draft_is_run_over_history_in_a_process_of_its_own_and_nothing_is_recorded(bench):
    before = bench.process.state.seq
    body = {**policy().body}
    body["flow"] = [*body["flow"]]
    body["flow"][1] = {**body["flow"][1], "all": [{"rule": "older", "when": "age < 25", "then": "decline",
                                                   "reason": "TOO_YOUNG"}]}  # fmt: skip
    draft = {"kind": "policy", "name": "application", "body": body}
    asked = {"event_type": "application", "candidate": {"drafts": [draft]}, "price": {"margin": 0.1}}
    begun = bench("POST", "/v1/backtests", {"asked": asked, "label": "older only"}, status=202)
    assert begun["asked"]["candidate"]["drafts"] == [{"kind": "policy", "name": "application", "body": {}}]
    found = bench.finished(begun["backtest_id"])
    assert found["run"]["error"] is None
    report = found["report"]
    assert (report["honesty"]["decisions"], report["changed"]) == (20, 7)
    assert report["candidate"]["drafts"] == ["policy/application"]
    assert report["proof"]["differing"] == 0
    assert bench("GET", "/v1/backtests")["items"][0]["changed"] == 7
    assert bench.process.state.seq == before


def test_what_does_not_hold_together_is_told_at_once(bench):
    assert bench("POST", "/v1/backtests", {"asked": {"event_type": "loan"}}, status=422)["code"] == "unknown_event_type"
    asked = {"event_type": "application", "sweep": {"rule": "knock_out.nobody", "values": [1]}}
    assert bench("POST", "/v1/backtests", {"asked": asked}, status=404)["code"] == "unknown_rule"
    asked = {"event_type": "application", "segments": ["height"]}
    assert bench("POST", "/v1/backtests", {"asked": asked}, status=422)["field"] == "segments"
    asked = {"event_type": "application", "candidate": {"release": "nothing"}}
    bench("POST", "/v1/backtests", {"asked": asked}, status=404)
    bench("GET", "/v1/backtests/bkt_00", status=404)
    bench("DELETE", "/v1/backtests/bkt_00", status=404)
