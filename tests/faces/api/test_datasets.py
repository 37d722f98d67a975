"""Training sets over HTTP: their record is told, and training on one knows its target, its time and what is forbidden."""

from __future__ import annotations

import random
import time

import msgspec
import pytest
from http_face import Caller, Contract
from lender_month import LABEL, Month

from tandem.decide.models import load_model
from tandem.faces.api import create_app
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock
from tandem.learn.datasets import DatasetStore
from tandem.learn.training_runs import TrainingDesk

APPLICATIONS = 240


class Bench:
    """A lender that decided for half a year, a set of it, and a place to train; each answer held against the contract."""

    def __init__(self, folder):
        self.month = Month(folder / "home", LABEL)
        rng = random.Random(7)
        for number in range(APPLICATIONS):
            age = rng.randint(18, 59)
            late = rng.random() < (0.75 if age < 30 else 0.15)
            self.month.decide(number, day=number / 2, age=age, amount_minor=rng.randint(1_000, 90_000))
            self.month.tell(number, day=number / 2 + 0.2, days_late=120 if late else 0)
        self.month.decide(APPLICATIONS, day=200)
        built = self.month.build(forbid=("amount_minor",))
        store = DatasetStore(folder / "home" / "datasets")
        store.put(built.manifest, built.rows, built.declined, "loans")
        self.manifest = built.manifest
        self.desk = TrainingDesk(folder / "trainings", store, clock=SystemClock(), entropy=SystemEntropy())
        self.call = Caller(create_app(self.month.process, trainings=self.desk))
        self.contract = Contract(self.call("GET", "/openapi.json").json)

    def __call__(self, method, path, body=b"", *, status=200):
        reply = self.call(method, path, body)
        self.contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json

    def until_over(self, path, state):
        for _ in range(1200):
            found = self("GET", path)
            if state(found) != "running":
                return found
            time.sleep(0.1)
        raise AssertionError("it never ended")

    def close(self):
        self.call.close()
        self.desk.close()
        self.month.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    found = Bench(tmp_path_factory.mktemp("bench"))
    yield found
    found.close()


def asked(bench, **changes):
    source = {"type": "dataset", "digest": str(bench.manifest.digest)}
    said = {
        "source": source,
        "target": "label_bad",
        "positive": "true",
        "time": "occurred_at",
        "forbid": ["amount_minor"],
    }
    return {**said, **changes}


def test_a_set_is_told_by_its_record_and_found_by_name_and_digest(bench):
    (one,) = bench("GET", "/v1/datasets")["items"]
    assert (one["names"], one["of"], one["label"], one["rows"]) == (["loans"], "application", "late_90", APPLICATIONS)
    assert (one["target"], one["positive"], one["time"], one["forbid"]) == (
        "label_bad", "true", "occurred_at", ["amount_minor"],
    )  # fmt: skip
    assert "age" in one["inputs"]
    assert "amount_minor" not in one["inputs"]
    assert bench("GET", "/v1/datasets/loans") == one
    assert bench("GET", f"/v1/datasets/{one['digest'][:12]}") == one
    assert bench("GET", "/v1/datasets/lones", status=404)["hint"] == "did you mean 'loans'?"


def test_a_look_at_a_set_sees_what_may_be_learned_from_and_not_what_was_decided(bench):
    begun = bench("POST", "/v1/training-looks", asked(bench), status=202)
    seen = bench.until_over(f"/v1/training-looks/{begun['look_id']}", lambda found: found["state"])["seen"]
    names = {one["name"] for one in seen["columns"]}
    assert {"age", "amount_minor", "label_bad", "occurred_at"} <= names
    assert not names & {"decision_outcome", "label_known_at", "row_id", "row_seq", "person", "device"}
    assert seen["outlook"]["split"] == "out_of_time"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"target": "age"}, "target", "given_twice"),
        ({"time": None}, "time", "given_twice"),
        ({"forbid": []}, "forbid", "forbidden_column"),
        ({"source": {"type": "dataset", "digest": "0" * 64}}, "dataset", "unknown_dataset"),
    ],
)
def test_what_a_set_says_of_itself_cannot_be_said_otherwise(bench, changes, field, code):
    status = 404 if code == "unknown_dataset" else 422
    problem = bench("POST", "/v1/trainings", asked(bench, explain="strictly", **changes), status=status)
    assert (problem["code"], problem["field"]) == (code, field)


def test_a_model_of_a_set_is_judged_out_of_time_and_tied_to_the_features_of_the_set(bench):
    begun = bench("POST", "/v1/trainings", asked(bench, explain="strictly", folds=2, name="risk"), status=202)
    assert begun["called"] == "loans"
    found = bench.until_over(f"/v1/trainings/{begun['training_id']}", lambda one: one["run"]["state"])
    assert found["run"]["state"] == "done", found["run"]["error"]
    figures = found["report"]["figures"]
    assert figures["data"]["split"] == "out_of_time"
    assert {one["name"]: one["excluded"] for one in figures["columns"]}["amount_minor"] == "forbidden"
    bench("POST", f"/v1/trainings/{begun['training_id']}/draft", {"name": "risk"})
    register = bench.month.process.state.register
    (key,) = register.keys("model")
    model, live = load_model(register.latest(key).artefact.body), bench.month.process.live
    used = [
        name for name in model.inputs if name in {one.name for one in bench.manifest.columns if one.kind == "feature"}
    ]
    assert used
    assert model.document.metadata.features_digest == live.known.digest_of(used)


def test_a_set_whose_features_changed_since_makes_no_draft(bench):
    store = bench.desk.sets
    other = msgspec.structs.replace(bench.manifest, digest="f" * 64, features_digest="0" * 64)
    store.put(other, store.rows(bench.manifest), store.declined(bench.manifest), "stale")
    body = asked(bench, explain="strictly", folds=2, source={"type": "dataset", "digest": "f" * 64})
    begun = bench("POST", "/v1/trainings", body, status=202)
    bench.until_over(f"/v1/trainings/{begun['training_id']}", lambda one: one["run"]["state"])
    problem = bench("POST", f"/v1/trainings/{begun['training_id']}/draft", {"name": "risk"}, status=409)
    assert problem["code"] == "features_differ"
