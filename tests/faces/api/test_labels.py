"""Labels over HTTP: what is defined, how much of it is known by now, and how late the bads come."""

from __future__ import annotations

import time

import pytest
from http_face import Caller, Contract
from lender_month import LABEL, Month

from tandem.faces.api import create_app
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock
from tandem.learn.monitoring import MonitoringDesk


class Told:
    """A month of a small lender: forty loans, of which some turned out, one of a pensioner, one just decided."""

    def __init__(self, home):
        month = self.month = Month(home, LABEL)
        for number in range(40):
            month.decide(number, day=number / 100, age=70 if number == 39 else 30)
        for number in range(30):
            month.tell(number, day=5, days_late=120 if number < 6 else 0)
        month.decide(40, day=20)
        month.head  # noqa: B018 - all of it is written
        self.desk = MonitoringDesk(home, "test", clock=SystemClock(), entropy=SystemEntropy())
        self.call = Caller(create_app(month.process, monitoring=self.desk))
        self.contract = Contract(self.call("GET", "/openapi.json").json)

    def __call__(self, path, *, query=b"", status=200):
        reply = self.call("GET", path, b"", query=query)
        self.contract.judge("GET", path, reply)
        assert reply.status == status, reply.body
        return reply.json

    def looked(self, path, *, query=b""):
        for _ in range(600):
            found = self(path, query=query)
            if found["state"] in {"ready", "failed"}:
                return found
            time.sleep(0.1)
        raise AssertionError("nobody ever saw anything")

    def close(self):
        self.call.close()
        self.desk.close()
        self.month.process.close()


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    found = Told(tmp_path_factory.mktemp("month"))
    yield found
    found.close()


def test_labels_are_told_with_what_is_bad_and_when_it_is_trusted(told):
    (label,) = told("/v1/labels")["labels"]

    assert (label["name"], label["decided"], label["event"]) == ("late_90", "application", "loan_outcome")
    assert (label["bad"], label["window"], label["matures"]) == ("days_late >= 90", "10d", "12d")
    assert label["exclusions"] == ["pensioner"]


def test_decisions_are_counted_by_the_state_of_their_label(told):
    found = told.looked("/v1/labels/late_90")

    assert found["error"] is None
    months = found["report"]["months"]
    states = ("mature", "bad", "immature", "excluded", "unknown")
    assert {name: sum(one[name] for one in months) for name in states} == {
        "mature": 30, "bad": 6, "immature": 1, "excluded": 1, "unknown": 9,
    }  # fmt: skip


def test_how_late_the_bads_come_is_told_by_when_they_happened_too(told):
    arrival = told.looked("/v1/labels/late_90", query=b"by=happened&share=0.9")["report"]["arrival"]

    assert (arrival["bads"], arrival["trusted_share"]) == (6, 0.9)
    assert arrival["trust_after_days"] == 6


def test_a_label_that_is_not_there_is_said_to_be(told):
    assert told("/v1/labels/late_9", status=404)["code"] == "unknown_label"
    assert told("/v1/labels/late_90", query=b"by=moon", status=422)["code"] == "invalid_parameter"
