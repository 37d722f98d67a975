"""``tandem monitor`` and ``tandem inventory`` on a workspace that has decided."""

from __future__ import annotations

import json
import os
import sys

import pytest
from http_face import application
from scored_workspace import MODELS, scored_process

from tandem.faces.cli import main

DECISIONS = 30


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("watched")
    process = scored_process(folder)
    for number in range(DECISIONS):
        process.decide_now(application(f"m-{number}", age=25 + number))
    process.close()
    return folder


@pytest.fixture
def tandem(workspace, monkeypatch, capsys):
    for name in [name for name in os.environ if name.startswith("TANDEM_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TANDEM_HOME", str(workspace / "home"))
    monkeypatch.chdir(workspace / "lender")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["tandem", *words])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_a_model_is_watched_from_what_the_journal_holds(tandem):
    code, out, err = tandem("monitor", "trees", "--by", "month", "--json")

    assert code in {0, 1}, err
    found = json.loads(out)
    assert found["rows"] + found["reference_rows"] == DECISIONS
    assert found["owner"] == "ann"
    assert {one["by"] for one in found["groups"]} == {"all", "month"}
    assert (code == 1) == bool(found["alerts"])


def test_it_is_told_in_a_table_too(tandem):
    code, out, err = tandem("monitor", "card")

    assert code in {0, 1}, err
    assert "coverage" in out
    assert "oldest decisions" in err


def test_a_model_or_a_segment_that_is_not_there_is_named_with_what_is(tandem):
    code, _, err = tandem("monitor", "tree")
    assert code == 4
    assert "trees" in err

    code, _, err = tandem("monitor", "trees", "--by", "colour")
    assert code == 3
    assert "month" in err


def test_the_inventory_lists_models_and_policies_with_owner_and_review(tandem):
    code, out, err = tandem("inventory", "--json", "--review-days", "30")

    assert code == 0, err
    found = json.loads(out)["inventory"]
    assert {one["name"] for one in found if one["kind"] == "model"} == set(MODELS)
    assert {(one["owner"], one["approver"]) for one in found} == {("ann", "bob")}
    assert tandem("inventory")[0] == 0
