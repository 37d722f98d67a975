"""The log book over HTTP: plans, days and pages, every answer as declared; and a plan that does not hold is not released."""

from __future__ import annotations

import json

import msgspec
import pytest
from http_face import HOST, JSON, Caller, Contract
from iterated_house import (
    day_of,
    go_live,
    iterations_of,
    opened_process,
    payments,
    plan_of,
    poisoned,
    put_live,
    setting_of,
)

from tandem.faces.api import create_app
from tandem.kernel.errors import DefinitionError

DAYS = (42, 43)


class LogBook:
    """The small house with two days run, asked over HTTP."""

    def __init__(self, home, table=None, access=None):
        self.process = opened_process(home)
        table = payments(shift=14) if table is None else table
        go_live(self.process, table)
        with iterations_of(setting_of(self.process, table, home)) as iterations:
            self.runs = [iterations.run("daily_fraud", day_of(number)) for number in DAYS]
        self.call = Caller(create_app(self.process, access, iterations=home / "iterations"))
        self.contract = Contract(self.call("GET", "/openapi.json").json)

    def __call__(self, path, *, query=b"", status=200):
        reply = self.call("GET", path, b"", query=query)
        self.contract.judge("GET", path, reply)
        assert reply.status == status, reply.body
        return reply.json

    def accept(self, day, body, *, status=200):
        path = f"/v1/iterations/daily_fraud/runs/{day}/acceptance"
        reply = self.call("POST", path, json.dumps(body).encode(), headers=[HOST, JSON])
        self.contract.judge("POST", path, reply)
        assert reply.status == status, reply.body
        return reply.json

    def close(self):
        self.call.close()
        self.process.close()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    opened = LogBook(tmp_path_factory.mktemp("book"))
    yield opened
    opened.close()


def test_every_plan_is_told_with_its_newest_day(book):
    (found,) = book("/v1/iterations")["iterations"]
    assert (found["name"], found["live"], found["runs"], found["owner"]) == ("daily_fraud", True, 2, "fraud team")
    assert found["newest"]["day"] == day_of(DAYS[1])


def test_days_come_newest_first_with_what_was_done(book):
    found = book("/v1/iterations/daily_fraud/runs")["runs"]
    assert [one["run"] for one in found] == [run.digest for run in reversed(book.runs)]
    assert [one["move"] for one in found] == ["stay", "shadow"]
    assert found[0]["previous"] == found[1]["run"]
    assert len(book("/v1/iterations/daily_fraud/runs", query=b"last=1")["runs"]) == 1


def test_a_day_has_its_steps_and_a_page_in_both_languages(book):
    found = book(f"/v1/iterations/daily_fraud/runs/{day_of(DAYS[0])}")
    assert found["steps"][0]["step"] == "take"
    assert "sets out" in found["page"]["en"]
    assert "影子运行" in found["page"]["zh"]


def test_what_is_not_there_is_refused_in_words(book):
    assert book("/v1/iterations/daily_froud/runs", status=404)["code"] == "unknown_plan"
    assert book("/v1/iterations/daily_fraud/runs/2031-01-01", status=404)["code"] == "unknown_run"
    assert book("/v1/iterations/daily_fraud/runs/yesterday", status=422)["code"] == "invalid_parameter"


def test_a_plan_that_names_what_the_release_does_not_have_is_not_released(book):
    body = msgspec.to_builtins(plan_of(model="froud", label="nothing"))
    del body["name"]
    with pytest.raises(DefinitionError) as refused:
        put_live(book.process, "iteration", "daily_fraud", body)
    assert [one.field for one in refused.value.errors] == ["model", "label"]
    assert "fraud" in refused.value.errors[0].hint


def test_what_was_refused_is_accepted_with_name_and_reason_and_once(tmp_path):
    book = LogBook(tmp_path, poisoned(payments(shift=14), DAYS[0]))
    day = day_of(DAYS[0])
    assert book(f"/v1/iterations/daily_fraud/runs/{day}")["may_accept"] == ["rows"]
    told = book.accept(day, {"reason": "a new kind of terminal", "by": "wang.fang"})
    (word,) = told["acceptances"]
    assert (word["of"], word["by"], word["reason"]) == ("decided", "wang.fang", "a new kind of terminal")
    shown = book(f"/v1/iterations/daily_fraud/runs/{day}")
    assert (shown["may_accept"], shown["acceptances"]) == ([], told["acceptances"])
    assert book.accept(day, {"reason": "again"}, status=409)["code"] == "already_accepted"
    assert book.accept(day_of(DAYS[1]), {"reason": "so"}, status=422)["code"] == "nothing_refused"
    assert book.accept("2031-01-01", {"reason": "so"}, status=404)["code"] == "unknown_run"
    assert book.accept(day, {"reason": ""}, status=422)["code"] == "wrong_shape"
    book.close()
