"""A training set as people and scripts build it, look at it, verify it and train on it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from benchmarks.spark_cluster import lacking
from tandem.faces.cli import main
from tandem.faces.cli.access import opened_process
from tandem.faces.cli.starting import write_starter
from tandem.kernel.time import DAY, HOUR, SystemClock, format_instant

EVENT_TYPE = """
name: loan_outcome
subject: person
fields:
  - {name: person, type: text, required: true, entity: person, data_class: C2}
  - {name: application, type: text, required: true}
  - {name: bad, type: boolean, required: true, data_class: C2}
"""
OUTCOME = """
name: repaid
of: application
event: loan_outcome
refers: application
bad: bad
window: 20d
matures: 20d
good_when_silent: true
simulated: true
"""
COUNT = 500


class Shell:
    """Runs ``tandem`` in this process, in a folder of its own."""

    def __init__(self, monkeypatch, capsys):
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *words):
        self._monkeypatch.setattr(sys, "argv", ["tandem", *words])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        return code, *self._capsys.readouterr()

    def json(self, *words, code=0):
        found, out, err = self(*words, "--json")
        assert found == code, err
        return json.loads(out if found < 2 else err)


@pytest.fixture(scope="module")
def lender(tmp_path_factory):
    """A workspace that decided on 500 applications a hundred days long; the bad ones were told, the good ones are silent."""
    patch = pytest.MonkeyPatch()
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        patch.delenv(name)
    folder = tmp_path_factory.mktemp("lender") / "lender"
    write_starter(folder, "lender")
    (folder / "event_types" / "loan_outcome.yaml").write_text(EVENT_TYPE)
    (folder / "outcomes").mkdir()
    (folder / "outcomes" / "repaid.yaml").write_text(OUTCOME)
    patch.chdir(folder)
    for words in (["push", "--by", "ann"], ["review", "--all", "--by", "bob"], ["release", "--by", "bob"]):
        patch.setattr(sys, "argv", ["tandem", *words])
        with pytest.raises(SystemExit):
            main()
    with opened_process(Path()) as process:
        record(process)
    yield folder
    patch.undo()


def record(process):
    rng = np.random.default_rng(7)
    start = SystemClock().now() - 100 * DAY
    for number in range(COUNT):
        at = start + number * (100 * DAY // COUNT)
        age = int(rng.integers(12, 70))
        person = f"p{number}"
        process.decide_now(
            {
                "event_id": f"app-{number}",
                "event_type": "application",
                "occurred_at": format_instant(at),
                "values": {
                    "person": person, "device": f"d{number}", "amount_minor": int(rng.integers(1, 60)) * 1_000,
                    "term_months": 12, "income_minor": 300_000, "age": age,
                },
            }
        )  # fmt: skip
        told_at = at + 10 * DAY + HOUR
        if rng.random() < (0.6 if age < 35 else 0.15) and told_at < SystemClock().now():
            process.record_now(
                {
                    "event_id": f"out-{number}",
                    "event_type": "loan_outcome",
                    "occurred_at": format_instant(told_at),
                    "values": {"person": person, "application": f"app-{number}", "bad": True},
                }
            )


@pytest.fixture
def tandem(lender, monkeypatch, capsys):
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(lender)
    return Shell(monkeypatch, capsys)


def test_a_set_is_built_listed_shown_and_verified(tandem):
    built = tandem.json("dataset", "build", "loans", "--label", "repaid")
    counts = built["counts"]
    assert counts["mature"] + counts["immature"] + counts["provisional"] + counts["declined"] == COUNT
    assert 90 <= counts["immature"] + counts["provisional"] <= 101  # the last twenty of a hundred days
    assert counts["bad"] > 50
    (listed,) = tandem.json("dataset", "list")["datasets"]
    assert (listed["digest"], listed["names"]) == (built["digest"], ["loans"])
    code, out, _ = tandem("dataset", "show", "loans")
    assert code == 0
    assert "too young" in out
    assert "SIMULATED" in out
    assert tandem.json("dataset", "verify", "loans")["same"] is True


def test_the_same_question_gives_the_same_digest_and_another_one_another(tandem):
    first = tandem.json("dataset", "build", "--label", "repaid", "--as-of", "300")
    again = tandem.json("dataset", "build", "--label", "repaid", "--as-of", "300")
    other = tandem.json("dataset", "build", "--label", "repaid", "--as-of", "301")
    assert first["digest"] == again["digest"] != other["digest"]


def test_a_label_that_is_not_there_names_the_near_one(tandem):
    problem = tandem.json("dataset", "build", "--label", "repayed", code=4)
    assert (problem["code"], problem["field"]) == ("unknown_label", "label")
    assert "repaid" in problem["hint"]


@pytest.mark.spark
@pytest.mark.skipif(bool(lacking()) and os.environ.get("CI") != "true", reason=lacking() or "")
@pytest.mark.timeout(900)
# pyspark leaves sockets to its gateway to the collector
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_spark_builds_the_set_that_this_machine_builds_and_verifies_it(tandem, monkeypatch):
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    here = tandem.json("dataset", "build", "here", "--label", "repaid", "--as-of", "400")
    asked = ["--label", "repaid", "--as-of", "400", "--engine", "spark", "--master", "local[2]"]
    tandem.json("dataset", "remove", "here")
    there = tandem.json("dataset", "build", "there", *asked)
    assert there["digest"] == here["digest"]
    assert there["counts"] == here["counts"]
    assert tandem.json("dataset", "verify", "there")["same"] is True
    assert tandem.json("dataset", "verify", "there", "--engine", "spark", "--master", "local[2]")["same"] is True
    problem = tandem.json("dataset", "build", "--label", "repaid", "--engine", "spark", "--master", "nobody", code=7)
    assert problem["code"] == "spark_failed"
    assert "nobody" in problem["detail"]


def test_without_pyspark_or_java_the_remedy_is_named(tandem, monkeypatch):
    asked = ["dataset", "build", "loans", "--label", "repaid", "--engine", "spark"]
    monkeypatch.setitem(sys.modules, "pyspark", None)
    problem = tandem.json(*asked, code=7)
    assert problem["code"] == "no_pyspark"
    assert "tandem-risk[spark]" in problem["hint"]
    monkeypatch.setitem(sys.modules, "pyspark", ModuleType("pyspark"))
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    problem = tandem.json(*asked, code=7)
    assert problem["code"] == "no_java"
    assert "/nowhere" in problem["detail"]
    assert "Java 17" in problem["hint"]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["build", "Loans!", "--label", "repaid"], "name"),
        (["build", "loans", "--label", "repaid", "--from", "yesterday"], "from"),
        (["build", "loans", "--label", "repaid", "--to", "2026"], "to"),
        (["build", "loans", "--label", "repaid", "--as-of", "then"], "as_of"),
        (["build", "loans", "--label", "repaid", "--explored", "split"], "explored"),
        (["build", "loans", "--label", "repaid", "--forbid", "agee"], "forbid"),
        (["build", "loans", "--label", "repaid", "--master", "local[2]"], "master"),
        (["build"], "label"),
    ],
)
def test_a_wrong_option_is_named_before_anything_is_kept(tandem, words, field):
    problem = tandem.json("dataset", *words, code=3)
    assert problem["field"] == field
    assert problem["hint"]


def test_a_model_is_trained_on_a_set_and_bound_to_its_features(tandem, lender):
    tandem.json("dataset", "build", "loans", "--label", "repaid")
    trained = tandem.json("model", "train", "--dataset", "loans", "--name", "repaid_risk", "--register", "--by", "ann")
    parted = trained["split_by_time"]
    assert (trained["data"]["split"], trained["data"]["test_rows"]) == ("out_of_time", parted["test"])
    assert parted["purged"] > 0  # twenty days before the test are not settled when it begins
    document = json.loads((lender / "models" / "repaid_risk.json").read_text())
    assert len(document["metadata"]["features_digest"]) == 64


def test_labels_are_counted_by_month_and_their_arrival_says_when_to_trust_them(tandem):
    (listed,) = tandem.json("label", "list")["labels"]
    assert (listed["name"], listed["of"]) == ("repaid", "application")
    months = tandem.json("label", "show", "repaid")["months"]
    assert (
        sum(one["mature"] + one["provisional"] + one["immature"] + one["declined"] for one in months.values()) == COUNT
    )
    curve = tandem.json("label", "arrival", "repaid", "--by", "happened")
    assert curve["trust_after_days"] == 11  # every bad one is told ten days and an hour later
    assert curve["bads"] > 80
    assert tandem.json("label", "investigators", "repaid")["investigators"] == []


def test_the_declined_are_reckoned_with_as_somebody_chose_and_every_way_is_shown(tandem, tmp_path):
    tandem.json("dataset", "build", "loans", "--label", "repaid")
    trained = tandem.json("model", "train", "--dataset", "loans", "--rejects", "fuzzy", "--out", str(tmp_path))
    rejects = trained["rejects"]
    assert rejects["chosen"] == "fuzzy"
    assert rejects["declined"] > 5
    ways = {one["method"]: one for one in rejects["methods"]}
    assert set(ways) == {"none", "extrapolation", "parcelling", "fuzzy", "corrected", "exploration"}
    assert "let through by chance" in ways["exploration"]["why_not"]
    report = (tmp_path / "report.html").read_text()
    assert "Those who were declined" in report
    assert "被拒客户" in report
    refused = tandem.json("model", "train", "--dataset", "loans", "--rejects", "exploration", code=3)
    assert refused["code"] == "method_impossible"


def test_who_was_declined_stands_in_a_set_and_not_in_a_file(tandem, tmp_path):
    (tmp_path / "x.csv").write_text("a,bad\n1,0\n2,1\n")
    problem = tandem.json("model", "train", str(tmp_path / "x.csv"), "--target", "bad", "--rejects", "fuzzy", code=3)
    assert (problem["code"], problem["field"]) == ("no_dataset", "rejects")


def test_a_file_and_a_set_at_once_are_refused(tandem):
    problem = tandem.json("model", "train", "x.csv", "--dataset", "loans", code=3)
    assert (problem["code"], problem["field"]) == ("given_twice", "file")
