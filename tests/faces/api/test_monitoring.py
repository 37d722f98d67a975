"""Monitoring over HTTP: looked at beside the decisions, told as declared, with owners, and nothing recorded by asking."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from http_face import Caller, Contract, application
from scored_workspace import MODELS, scored_process

from tandem.faces.api import create_app
from tandem.faces.api.control.monitoring import ALERTS_MAX, monitoring_families
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import Micros, SystemClock
from tandem.learn.monitoring import Alert, DailyWatch, MonitoringDesk

DECISIONS = 160


class Watched:
    """The scored lender with decisions, its desk, and every answer held against the contract."""

    def __init__(self, folder):
        self.process = scored_process(folder)
        for number in range(DECISIONS):
            asked = 100_000 + 500 * (number % 50)
            document = application(f"m-{number}", amount_minor=asked * 3 if number > DECISIONS // 2 else asked)
            hour, minute = divmod(number, 60)
            document["occurred_at"] = f"2026-11-20T{8 + hour:02}:{minute:02}:00Z"
            self.process.decide_now(document)
        home = next(path.parent for path in folder.rglob("journal.db"))
        self.desk = MonitoringDesk(home, self.process.journal.workspace, clock=SystemClock(), entropy=SystemEntropy())
        self.call = Caller(create_app(self.process, monitoring=self.desk))
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
        self.process.close()


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    found = Watched(tmp_path_factory.mktemp("watched"))
    yield found
    found.close()


def test_a_model_is_looked_at_beside_the_decisions_and_nothing_is_recorded(watched):
    before = watched.process.state.seq

    first = watched("/v1/monitoring/trees", query=b"by=month")
    found = watched.looked("/v1/monitoring/trees", query=b"by=month")

    assert (first["state"], first["report"]) == ("looking", None)
    assert found["error"] is None
    seen = found["report"]["watch"]
    assert seen["rows"] + seen["reference_rows"] == DECISIONS
    assert [one["by"] for one in seen["groups"]] == ["all", "month"]
    assert watched.process.state.seq == before


def test_what_was_seen_is_told_again_until_it_is_too_old(watched):
    seen = watched.looked("/v1/monitoring/trees")

    assert watched("/v1/monitoring/trees")["taken_at"] == seen["taken_at"]
    again = watched("/v1/monitoring/trees", query=b"max_age=0")
    assert (again["state"], again["taken_at"]) == ("looking", seen["taken_at"])
    assert watched.looked("/v1/monitoring/trees")["taken_at"] > seen["taken_at"]


def test_one_looks_at_a_time_and_the_next_one_waits(watched):
    assert watched("/v1/monitoring/trees", query=b"by=release")["state"] == "looking"
    assert watched("/v1/monitoring/card", query=b"by=release")["state"] == "waiting"
    assert watched.looked("/v1/monitoring/card", query=b"by=release")["state"] == "ready"


def test_an_input_that_moved_is_an_alert_of_who_pushed_the_model(watched):
    found = watched.looked("/v1/monitoring/trees")["report"]["watch"]

    moved = next(one for one in found["alerts"] if one["figure"] == "csi.amount_minor")
    assert moved["owner"] == found["owner"] == "ann"
    assert moved["found"] > moved["limit"]


def test_only_decisions_of_the_stretch_that_was_asked_count(watched):
    none = watched.looked("/v1/monitoring/trees", query=b"from=2020-01-01T00:00:00Z&until=2020-02-01T00:00:00Z")
    everything = watched.looked("/v1/monitoring/trees", query=b"from=2020-01-01T00:00:00Z")

    assert none["report"]["watch"]["rows"] == 0
    assert everything["report"]["watch"]["rows"] > 0


def test_what_cannot_be_asked_is_said_with_a_remedy(watched):
    unknown = watched("/v1/monitoring/treees", status=404)
    assert (unknown["code"], unknown["hint"]) == ("unknown_model", "did you mean 'trees'?")
    assert watched("/v1/monitoring/trees", query=b"from=yesterday", status=422)["field"] == "from"
    backwards = watched(
        "/v1/monitoring/trees", query=b"from=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z", status=422
    )
    assert backwards["code"] == "invalid_range"
    failed = watched.looked("/v1/monitoring/trees", query=b"by=shoe_size")
    assert (failed["state"], failed["error"]["code"]) == ("failed", "unknown_segment")
    assert "month" in failed["error"]["hint"]


def test_without_a_desk_the_inventory_is_told_and_looks_are_not(watched):
    caller = Caller(create_app(watched.process))
    try:
        assert caller("GET", "/v1/inventory").status == 200
        assert caller("GET", "/v1/monitoring/trees").json["code"] == "no_monitoring"
    finally:
        caller.close()


def test_the_inventory_names_owner_approver_and_the_next_review(watched):
    items = watched("/v1/inventory")["items"]

    assert [one["name"] for one in items if one["kind"] == "model"] == sorted(MODELS)
    for one in items:
        assert (one["owner"], one["approver"], one["overdue"]) == ("ann", "bob", False)
        assert one["next_review"] > one["live_since"]
    assert watched("/v1/inventory", query=b"review_days=0", status=422)["code"] == "invalid_parameter"


def test_every_live_model_is_looked_at_once_a_day_and_prometheus_is_told(watched):
    daily = DailyWatch(watched.process, watched.desk, clock=SystemClock(), cron="0 0 * * *")
    deadline = time.monotonic() + 60
    while set(watched.desk.open_alerts) != set(MODELS) and time.monotonic() < deadline:
        daily.tick()
        time.sleep(0.1)
    assert daily.tick() is None  # nothing is due until the schedule comes round again

    text = watched.call("GET", "/metrics").body.decode()
    assert 'tandem_model_alerts{figure="csi.amount_minor",model="trees",owner="ann"} 2.0' in text
    assert 'tandem_model_looked_at_seconds{model="card"}' in text
    shown = next(one for one in watched("/v1/inventory")["items"] if one["name"] == "trees")
    assert shown["alerts"] >= 1


def test_prometheus_is_never_told_more_series_than_promised():
    found = tuple(alert(f"csi.i{number}") for number in range(ALERTS_MAX + 50))

    alerts, _ = monitoring_families(SimpleNamespace(open_alerts={"trees": (Micros(0), found)}))

    assert len(alerts.samples) == ALERTS_MAX + 1
    assert sum(one.value for one in alerts.samples) == ALERTS_MAX + 50


def alert(figure):
    return Alert(figure=figure, by="all", value="", owner="ann", found=1, limit=0.1, n=100, en="moved", zh="变动")
