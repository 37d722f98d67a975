"""The graph of one step says what the network says, to rounding in binary32, and so does the state it hands on."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_recurrent import drawn_gru

from tandem.decide.sequences import Many, OnnxGru, gru_onnx
from tandem.kernel.errors import Unavailable

onnx = pytest.importorskip("onnx", reason="onnx comes with tandem-risk[deep]")
pytest.importorskip("onnxruntime", reason="onnxruntime comes with tandem-risk[deep]")

DOCUMENT = drawn_gru(4, width=16, hidden=12)


def test_ten_steps_by_either_say_the_same() -> None:
    rng, graph, many = np.random.default_rng(1), OnnxGru(DOCUMENT), Many(DOCUMENT)
    ours = theirs = np.zeros((300, 16), np.float32)
    gaps = np.full(300, np.nan)
    for _ in range(10):
        columns = [
            rng.uniform(-10, 120, 300),
            rng.uniform(-10, 120, 300),
            rng.choice(["web", "shop", "sea", None], 300),
        ]
        columns[0][rng.random(300) < 0.1] = np.nan
        _, rows = many.rows(columns, gaps)
        margins, (said, moved) = many.margins(rows, ours), graph.run(graph.encoded(columns, gaps), theirs)
        ours, theirs = many.moved(rows, ours), moved
        assert np.abs(said - margins).max() < 1e-5 * np.abs(margins).max()
        assert np.abs(theirs - ours).max() < 1e-5
        gaps = rng.uniform(0, 4_000, 300)


def test_the_graph_names_its_inputs_the_gap_last() -> None:
    graph = onnx.load_model_from_string(gru_onnx(DOCUMENT))
    assert {one.key: one.value for one in graph.metadata_props} == {"numbers": "amount,hour,gap", "codes": "channel"}
    assert [one.name for one in graph.graph.input] == ["numbers", "codes", "state"]
    assert [one.name for one in graph.graph.output] == ["margin", "moved"]


def test_without_onnx_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "onnx", None)
    with pytest.raises(Unavailable, match="onnx"):
        gru_onnx(DOCUMENT)
