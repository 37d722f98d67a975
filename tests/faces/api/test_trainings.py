"""Training without code over HTTP: every answer as declared, refused in words, nothing in force by training."""

from __future__ import annotations

import base64
import time

import pytest
from http_face import Caller, Contract, starter_process
from training_table import CREDIT_DATA, give

from tandem.decide.models import load_model
from tandem.faces.api import create_app
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock
from tandem.learn.datasets import DatasetStore
from tandem.learn.training_runs import FILE_BYTES_MAX, PIECE_BYTES_MAX, TrainingDesk

ASKED = {"target": "Status", "positive": "bad", "id": ["rownames"], "forbid": ["Age", "Marital"], "name": "loans"}
QUICK = {**ASKED, "explain": "strictly", "folds": 2}


class Bench:
    """The starter lender with a place to train, each answer held against the contract."""

    def __init__(self, folder):
        self.process = starter_process(folder)
        self.desk = TrainingDesk(
            folder / "trainings",
            DatasetStore(folder / "home" / "datasets"),
            clock=SystemClock(),
            entropy=SystemEntropy(),
        )
        self.call = Caller(create_app(self.process, trainings=self.desk))
        self.contract = Contract(self.call("GET", "/openapi.json").json)

    def __call__(self, method, path, body=b"", *, query=b"", status=200):
        reply = self.call(method, path, body, query=query)
        self.contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json if "json" in reply.headers["content-type"] else reply.body

    def until_over(self, path, state):
        for _ in range(3000):
            found = self("GET", path)
            if state(found) != "running":
                return found
            time.sleep(0.1)
        raise AssertionError("it never ended")

    def look(self, upload, **said):
        asked = {"source": {"type": "file", "upload_id": upload}, **said}
        begun = self("POST", "/v1/training-looks", asked, status=202)
        return self.until_over(f"/v1/training-looks/{begun['look_id']}", lambda found: found["state"])

    def train(self, upload, **asked):
        asked = {"source": {"type": "file", "upload_id": upload}, **asked}
        begun = self("POST", "/v1/trainings", asked, status=202)
        return self.until_over(f"/v1/trainings/{begun['training_id']}", lambda found: found["run"]["state"])

    def close(self):
        self.call.close()
        self.desk.close()
        self.process.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    found = Bench(tmp_path_factory.mktemp("bench"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def upload(bench):
    return give(bench, "credit_data.csv.gz", CREDIT_DATA.read_bytes(), piece=20_000)


@pytest.fixture(scope="module")
def trained(bench, upload):
    return bench.train(upload, **QUICK)


def test_it_is_told_which_kinds_of_models_can_compete_here(bench, monkeypatch):
    monkeypatch.setattr("tandem.learn.training.engines.find_spec", _only("interpret", "xgboost"))
    limits = bench("GET", "/v1/training-uploads")
    assert limits["families"] == ["scorecard", "logistic", "ebm", "lightgbm", "xgboost", "blend"]
    assert limits["usual"] == {
        "strictly": ["scorecard"],
        "balanced": ["scorecard", "lightgbm", "blend"],
        "strongest": ["scorecard", "ebm", "lightgbm", "blend"],
    }
    monkeypatch.setattr("tandem.learn.training.engines.find_spec", _only())
    assert bench("GET", "/v1/training-uploads")["families"] == ["scorecard", "logistic", "lightgbm", "blend"]


def _only(*packages):
    return lambda package: object() if package in packages else None


def test_a_file_arrives_in_pieces_and_a_piece_may_be_sent_twice(bench):
    upload = bench("POST", "/v1/training-uploads", {"name": "C:\\loans\\a.csv", "bytes": 6}, status=201)
    assert (upload["name"], upload["received"]) == ("a.csv", 0)
    path = f"/v1/training-uploads/{upload['upload_id']}"
    first = {"place": 0, "data": base64.b64encode(b"a,b\n").decode()}
    assert bench("POST", f"{path}/pieces", first)["received"] == 4
    assert bench("POST", f"{path}/pieces", first)["received"] == 4
    gap = bench("POST", f"{path}/pieces", {"place": 5, "data": "Yg=="}, status=409)
    assert (gap["code"], gap["hint"]) == ("piece_missing", "go on at 4")
    unfinished = {"source": {"type": "file", "upload_id": upload["upload_id"]}}
    assert bench("POST", "/v1/training-looks", unfinished, status=409)["code"] == "upload_unfinished"
    much = bench("POST", f"{path}/pieces", {"place": 4, "data": base64.b64encode(b"1,2").decode()}, status=413)
    assert much["code"] == "file_too_large"
    assert bench("GET", path)["received"] == 4
    assert bench("DELETE", path)["name"] == "a.csv"
    assert bench("GET", path, status=404)["code"] == "unknown_upload"


@pytest.mark.parametrize(
    ("name", "size", "status", "code"),
    [
        ("a.exe", 5, 422, "unknown_file_kind"),
        ("a.csv", 0, 422, "empty_file"),
        ("a.csv", FILE_BYTES_MAX + 1, 413, "file_too_large"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_before_it_is_sent(bench, name, size, status, code):
    assert bench("POST", "/v1/training-uploads", {"name": name, "bytes": size}, status=status)["code"] == code
    assert bench("GET", "/v1/training-uploads")["piece_bytes"] == PIECE_BYTES_MAX


def test_a_look_tells_what_the_columns_are_and_which_give_forbidden_ones_away(bench, upload):
    seen = bench.look(upload)["seen"]
    assert (seen["rows"], seen["suggested"]["target"], seen["suggested"]["id"]) == (4454, "Status", ["rownames"])
    assert seen["forbid"] == ["Age", "Marital"]
    columns = {one["name"]: one for one in seen["columns"]}
    assert columns["Marital"]["sensitive"] == {"kind": "protected", "ground": "marital_status"}
    assert columns["Home"]["examples"][:2] == ["rent", "owner"]
    assert {one["column"] for one in seen["findings"] if one["code"] == "proxy"} >= {"Expenses", "Home", "Seniority"}
    said = bench.look(upload, target="Status", forbid=["Age"])["seen"]
    assert (said["outlook"]["positive"], said["outlook"]["bads"]) == ("bad", 1254)
    assert bench.look(upload, target="Home")["seen"]["fault"]["code"] == "target_not_binary"


def test_a_look_that_was_taken_is_not_taken_again(bench, upload):
    asked = {"source": {"type": "file", "upload_id": upload}, "target": "Status"}
    first = bench.look(upload, target="Status")
    again = bench("POST", "/v1/training-looks", asked, status=202)
    assert (again["look_id"], again["state"], again["seen"]) == (first["look_id"], "done", first["seen"])
    assert bench.look(upload, target="Status", test_share=0.3)["look_id"] != first["look_id"]


def test_a_later_look_of_the_same_person_ends_an_earlier_one(bench, upload):
    asked = {"source": {"type": "file", "upload_id": upload}, "target": "Status", "test_share": 0.4}
    first = bench("POST", "/v1/training-looks", asked, status=202)
    assert first["state"] == "running"
    assert bench.look(upload, target="Status", test_share=0.45)["state"] == "done"
    assert bench("GET", f"/v1/training-looks/{first['look_id']}")["state"] == "cancelled"


def test_values_that_name_a_person_are_not_shown_and_proposed_to_be_left_out(bench):
    rows = "".join(f"{n},a{n}@b.c,{n % 2},{n % 7},x{n}\n" for n in range(200))
    upload = give(bench, "p.csv", f"nr,email,bad,visits,login_password\n{rows}".encode())
    seen = bench.look(upload)["seen"]
    columns = {one["name"]: one for one in seen["columns"]}
    assert columns["email"]["examples"] == columns["login_password"]["examples"] == []
    assert set(seen["forbid"]) == {"email", "login_password"} - set(seen["suggested"]["id"])
    assert "@b.c" not in str(seen)


def test_a_training_tells_its_report_and_keeps_no_rows(bench, trained):
    run, report = trained["run"], trained["report"]
    assert (run["state"], run["champion"], run["rows"], run["called"]) == (
        "done",
        "scorecard",
        4454,
        "credit_data.csv.gz",
    )
    assert report["figures"]["test"]["scorecard"]["auc"]["value"] == run["auc"] > 0.8
    assert {one["excluded"] for one in report["figures"]["columns"] if one["name"] in {"Age", "Marital"}} == {
        "forbidden"
    }
    assert [one["column"] for one in report["segments"] if one["forbidden"]] == ["Age", "Marital"]
    assert trained["steps"][-1]["stage"] == "judging"
    page = bench("GET", f"/v1/trainings/{run['training_id']}/report", query=b"language=zh-CN")
    assert b"<html" in page
    assert b"<script" not in page
    kept = {path.name for path in bench.desk.runs.folder_of(run["training_id"]).iterdir()}
    assert kept == {"run.json", "progress.json", "steps.json", "report.json", "report.en.html", "report.zh-CN.html",
                    "model-scorecard.json"}  # fmt: skip
    assert bench("GET", "/v1/trainings")["items"][0]["training_id"] == run["training_id"]


def test_the_same_table_and_words_give_the_same_model(bench, upload, trained):
    assert bench.train(upload, **QUICK)["run"]["digest"] == trained["run"]["digest"]


def test_a_draft_is_pushed_with_words_for_its_reasons_and_compared_once_it_is_live(bench, upload, trained):
    path = f"/v1/trainings/{trained['run']['training_id']}"
    code = next(one["code"] for one in trained["report"]["reasons"] if one["input"] == "Income")
    words = {code: {"en": "The income is low", "zh": "收入偏低"}}
    made = bench("POST", f"{path}/draft", {"name": "loans", "words": words})
    assert {(one["kind"], one["name"], one["state"]) for one in made["artefacts"]} == {
        ("model", "loans", "draft"),
        ("reasons", "loans", "draft"),
    }
    assert bench("POST", f"{path}/draft", {"name": "loans", "words": words})["artefacts"] == [], (
        "the same again is nothing new"
    )
    assert [one["digest"] for one in bench("GET", path)["drafts"]] == [made["digest"]]
    body = bench("GET", f"/v1/artefacts/{made['digest']}")["body"]
    assert load_model(body).document.metadata.rows == 3563
    digests = [one["digest"] for one in made["artefacts"]]
    bench("POST", "/v1/reviews", {"approver": "bob", "digests": digests})
    bench("POST", "/v1/releases", {"by": "bob", "digests": digests})
    reasons = {one["code"]: one for one in bench("GET", path)["report"]["reasons"]}
    assert (reasons[code]["known"], reasons[code]["en"]) == (True, "The income is low")
    again = bench.train(upload, **{**ASKED, "folds": 2})
    (beside,) = again["report"]["live"]
    assert (beside["name"], beside["digest"], beside["missing"], beside["learned_from"]) == (
        "loans",
        made["digest"],
        [],
        True,
    )
    assert beside["low"] <= beside["difference"] <= beside["high"]
    assert beside["figures"]["auc"]["value"] == pytest.approx(trained["run"]["auc"])


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"target": "Status", "name": "Loans"}, 422, "wrong_shape"),
        ({"target": "Status", "families": ["blend"]}, 422, "no_family"),
        ({"target": "Status", "goal": "weather"}, 422, "wrong_shape"),
        ({"target": "Status", "source": {"type": "file", "upload_id": "upl_0"}}, 404, "unknown_upload"),
    ],
)
def test_what_cannot_be_trained_is_refused_at_once(bench, upload, asked, status, code):
    body = {"source": {"type": "file", "upload_id": upload}, **asked}
    assert bench("POST", "/v1/trainings", body, status=status)["code"] == code


def test_a_training_that_fails_says_why_in_its_record(bench, upload):
    failed = bench.train(upload, target="Home")
    assert (failed["run"]["state"], failed["run"]["error"]["code"]) == ("failed", "target_not_binary")
    path = f"/v1/trainings/{failed['run']['training_id']}"
    assert bench("GET", f"{path}/report", status=409)["code"] == "no_report"
    assert bench("POST", f"{path}/draft", {"name": "x"}, status=409)["code"] == "no_report"


def test_one_trains_at_a_time_and_can_be_cancelled(bench, upload):
    body = {"source": {"type": "file", "upload_id": upload}, **ASKED, "folds": 10}
    begun = bench("POST", "/v1/trainings", body, status=202)
    assert bench("POST", "/v1/trainings", body, status=409)["code"] == "training_running"
    assert bench("DELETE", f"/v1/trainings/{begun['training_id']}")["state"] == "cancelled"


def test_without_a_desk_nobody_trains(tmp_path):
    process = starter_process(tmp_path)
    call = Caller(create_app(process))
    try:
        assert call("GET", "/v1/trainings").status == 503
    finally:
        call.close()
        process.close()


def test_a_bin_is_changed_under_the_name_of_who_asks_and_stays_under_it(bench, upload, trained):
    cuts = {one["name"]: one["edges"] for one in trained["report"]["figures"]["bins"]}
    mine = {
        "input": "Seniority",
        "action": "lock",
        "at": cuts["Seniority"][1:],
        "who": "somebody else",
        "reason": "thin",
    }
    first = bench.train(upload, **QUICK, bin_edits=[mine])
    (kept,) = first["run"]["asked"]["bin_edits"]
    assert (kept["who"], kept["reason"]) == ("local", "thin")
    assert {one["name"]: one["edges"] for one in first["report"]["figures"]["bins"]}["Seniority"] == cuts["Seniority"][
        1:
    ]
    more = {"input": "Home", "action": "merge", "groups": [["rent", "other"]], "who": "x", "reason": "alike"}
    refused = bench.train(upload, **QUICK, bin_edits=[kept, {**more, "groups": [["rent", "castle"]]}])
    assert (refused["run"]["state"], refused["run"]["error"]["code"]) == ("failed", "bin_edit_impossible")
