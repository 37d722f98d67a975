"""``tandem model train``: which models compete, whose bins, and what is said of an option that cannot be."""

from __future__ import annotations

import gzip
import json
import sys
from itertools import islice
from pathlib import Path

import pytest

from tandem.faces.cli import main

SOURCE = Path(__file__).parents[3] / "examples" / "data" / "modeldata_credit" / "credit_data.csv.gz"


@pytest.fixture(autouse=True)
def loans(tmp_path, monkeypatch):
    """The first thousand real applications (modeldata)."""
    with gzip.open(SOURCE, "rt", encoding="utf-8") as lines:
        (tmp_path / "loans.csv").write_text("".join(islice(lines, 1_001)))
    monkeypatch.chdir(tmp_path)


def run(monkeypatch, *words):
    asked = ["tandem", "model", "train", "loans.csv", "--target", "Status", "--positive", "bad", *words]
    monkeypatch.setattr(sys, "argv", asked)
    try:
        main()
    except SystemExit as stop:
        return stop.code or 0
    return 0


def test_only_the_families_that_were_asked_for_compete_with_the_bins_of_the_file(monkeypatch, capsys):
    Path("edits.yaml").write_text(
        "- {input: Seniority, action: lock, at: [2, 6], who: Mei, reason: policy manual}\n", encoding="utf-8"
    )
    assert run(monkeypatch, "--family", "scorecard", "--bin-edits", "edits.yaml", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told["test"]) == ["scorecard"]
    (bins,) = [one["rows"] for one in told["bins"] if one["name"] == "Seniority"]
    assert [row["bin"] for row in bins] == ["< 2", "[2, 6)", ">= 6", "missing"]
    assert told["spec"]["bin_edits"][0]["who"] == "Mei"
    assert "policy manual" in Path(told["report"]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--family", "oracle"), "invalid_option"),
        (("--preset", "oracle"), "invalid_option"),
        (("--family", "scorecard", "--together", "Income,Nobody"), "unknown_column"),
        (("--family", "blend"), "no_family"),
        (("--bin-edits", "nowhere.yaml"), "file_not_found"),
    ],
)
def test_an_option_that_cannot_be_is_said_to_be_and_no_mistake_of_ours(monkeypatch, capsys, words, code):
    assert run(monkeypatch, *words, "--json") in {3, 4}  # a wrong value, or nothing of that name
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["code"] == code


def onnx(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["tandem", "model", "onnx", *words])
    try:
        main()
    except SystemExit as stop:
        return stop.code or 0
    return 0


def test_a_network_is_written_as_a_graph_with_the_difference_measured(monkeypatch, capsys):
    pytest.importorskip("onnxruntime", reason="onnxruntime comes with tandem-risk[deep]")
    from drawn_tabular import drawn_tabular

    from tandem.decide.models import encode_document

    Path("network.json").write_bytes(encode_document(drawn_tabular(1)))
    assert onnx(monkeypatch, "network.json", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == 2_000
    assert 0 < told["margin_difference"] < 1e-3
    assert Path(told["graph"]).stat().st_size == told["bytes"]


def test_a_step_of_a_recurrent_network_is_written_and_its_next_step_is_measured_too(monkeypatch, capsys):
    pytest.importorskip("onnxruntime", reason="onnxruntime comes with tandem-risk[deep]")
    from drawn_recurrent import drawn_gru

    from tandem.decide.models import encode_document

    Path("habit.json").write_bytes(encode_document(drawn_gru()))
    assert onnx(monkeypatch, "habit.json", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert 0 < told["margin_difference"] < 1e-4
    assert Path("habit.onnx").stat().st_size == told["bytes"]
    assert onnx(monkeypatch, "habit.json", "--rows", "rows.csv", "--json") != 0
    assert json.loads(capsys.readouterr().err)["field"] == "rows"


def test_a_graph_that_differs_more_than_one_will_have_is_not_written(monkeypatch, capsys):
    pytest.importorskip("onnxruntime", reason="onnxruntime comes with tandem-risk[deep]")
    from drawn_tabular import drawn_tabular

    from tandem.decide.models import encode_document

    Path("network.json").write_bytes(encode_document(drawn_tabular(1)))
    assert onnx(monkeypatch, "network.json", "--most", "0", "--json") != 0
    assert json.loads(capsys.readouterr().err)["code"] == "graph_differs"
    assert not Path("network.onnx").exists()


def test_a_model_of_another_kind_is_not_written_as_a_graph(monkeypatch, capsys):
    assert run(monkeypatch, "--family", "scorecard") == 0
    assert onnx(monkeypatch, "model-report/scorecard.json", "--json") != 0
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["code"] == "not_exportable"
