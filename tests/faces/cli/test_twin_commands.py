"""``tandem twin``: where its figures come from, and what it says of a study."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tandem.faces.cli.commands import build
from tandem.kernel.errors import InvalidInput, NotFound

DATA = Path(__file__).parents[3] / "examples" / "data"
RULES = Path(__file__).parents[3] / "examples" / "lender" / "conduct" / "cn.yaml"


def tandem(*words, **more):
    return CliRunner().invoke(build(), ["twin", *map(str, words)], catch_exceptions=False, **more)


def test_the_bundled_table_is_counted_again_to_the_same_figures(tmp_path):
    out = tmp_path / "calibration.json"
    done = tandem("calibrate", "--data", DATA, "--out", out, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["tables"] == ["taiwan"]
    assert told["differ"] == []
    assert json.loads(out.read_bytes()) == told["calibration"]


def test_a_folder_without_a_table_is_refused(tmp_path):
    with pytest.raises(NotFound, match="None of the twin's tables"):
        tandem("calibrate", "--data", tmp_path)


def test_a_study_says_that_it_is_simulated_what_was_assumed_and_what_came_of_it():
    done = tandem("run", "--customers", 1_600, "--months", 2, "--assume", "shown=0.1", "--assume", "lift_sms=high", "--rules", RULES, "--json")  # fmt: skip
    told = json.loads(done.stdout)
    assert told["simulated"] is True
    assert told["rules"] == "cn"
    assert (told["assumed"]["shown"], told["assumed"]["lift_sms"]) == (0.1, 0.6)
    assert set(told["arms"]) == {"ladder", "uplift", "alone"}
    assert told["arms"]["alone"]["contacts"] == 0
    assert told["in_pairs"]["1.0"]["ours"]["low"] <= told["in_pairs"]["1.0"]["ours"]["high"]


def test_what_is_no_assumption_is_refused():
    with pytest.raises(InvalidInput, match="level or at a number"):
        tandem("run", "--assume", "shown=much")
    with pytest.raises(InvalidInput, match="No such assumption"):
        tandem("run", "--assume", "showed=0.1")
    with pytest.raises(InvalidInput, match="2 to 24"):
        tandem("run", "--months", 1)
    with pytest.raises(NotFound):
        tandem("run", "--rules", "absent.yaml")
