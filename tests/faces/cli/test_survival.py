"""``tandem model survival``: a file in, a model and its evidence out."""

from __future__ import annotations

import json
import sys

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from tandem.decide.models import load_model
from tandem.faces.cli import main


@pytest.fixture
def accounts(tmp_path, monkeypatch):
    """1,500 accounts of four months, a fifth of them lost from sight in each; those with a high risk go bad sooner."""
    rng = np.random.default_rng(5)
    risk = rng.normal(size=1_500)
    bad = rng.random((1_500, 4)) < (0.08 * np.exp(0.6 * risk))[:, None]
    lost = rng.random((1_500, 4)) < 0.2
    lost[:, 3] = True
    months = np.argmax(bad | lost, axis=1) + 1
    defaulted = bad[np.arange(1_500), months - 1]
    table = pa.table({"account": np.arange(1_500), "risk": risk, "months": months, "defaulted": defaulted})
    pa_csv.write_csv(table, tmp_path / "accounts.csv")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "accounts.csv"


def run(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["tandem", "model", "survival", *words])
    try:
        main()
    except SystemExit as stop:
        return stop.code or 0
    return 0


def test_a_file_of_accounts_becomes_a_model_of_when(accounts, monkeypatch, capsys):
    asked = (str(accounts), "--event", "defaulted", "--duration", "months", "--id", "account", "--json")
    assert run(monkeypatch, *asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["horizon"], told["unit"], told["split"]) == (4, "month", "random_hold_out")
    for one in told["test"]["horizons"]:
        assert one["low"] - 0.02 <= one["expected"] <= one["high"] + 0.02
    model = load_model(json.loads((accounts.parent / told["model"]).read_bytes()))
    assert model.inputs == ("risk", "period")


def test_a_person_reads_it_as_a_table(accounts, monkeypatch, capsys):
    assert run(monkeypatch, str(accounts), "--event", "defaulted", "--duration", "months", "--id", "account") == 0
    shown = capsys.readouterr()
    assert "month 4" in shown.out + shown.err
    assert "of its error is gone" in shown.out + shown.err


def test_a_column_that_is_not_there_is_named_with_the_nearest(accounts, monkeypatch, capsys):
    assert run(monkeypatch, str(accounts), "--event", "defaulted", "--duration", "month") == 3
    assert "months" in capsys.readouterr().err
