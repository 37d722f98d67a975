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


def test_the_table_says_simulated_what_a_contact_brings_and_whether_rules_were_asked(capsys):
    from tandem.faces.cli.commands.twin import _show
    from tandem.faces.twin import ArmResult, Effect, Measured, Study
    from tandem.learn.simulator.portfolio import PortfolioWorld

    arm = ArmResult(1_000, 8.0, 1.5, 1_000_000.0, 300_000.0, 80_000.0, 250_000.0, 10_000.0, 3)
    found = Measured(Effect(5_000, 4_000, 6_000), Effect(7_000, 6_000, 8_000), Effect(40, 10, 80), Effect(2_000, 500, 3_500), (8.0, 8.0))  # fmt: skip
    study = Study(PortfolioWorld(customers=1_000), 9_000, 2_000, arms={"uplift": arm}, in_pairs={1.0: found})
    _show(study, None)
    told = capsys.readouterr()
    assert "SIMULATED" in told.out
    assert "800.00" in told.out
    assert "one contact by uplift keeps 70.00 (60.00 to 80.00)" in told.out
    assert "+40 % (+10 to +80)" in told.out
    assert "no conduct rules were asked" in told.err
