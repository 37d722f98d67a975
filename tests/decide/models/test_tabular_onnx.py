"""The graph of a tabular network says what the network says, to rounding in binary32."""

from __future__ import annotations

import sys

import msgspec
import numpy as np
import pytest
from drawn_tabular import drawn_rows, drawn_tabular

from tandem.decide.models import (
    IsotonicCalibration,
    OnnxTabular,
    PlattCalibration,
    TabularNetwork,
    load_model,
    tabular_onnx,
)
from tandem.kernel.errors import Unavailable

onnx = pytest.importorskip("onnx", reason="onnx comes with tandem-risk[deep]")
pytest.importorskip("onnxruntime", reason="onnxruntime comes with tandem-risk[deep]")

SHAPES = {
    "both": drawn_tabular(1, width=8, hidden=16),
    "numbers only": drawn_tabular(2, texts=0),
    "texts only": drawn_tabular(3, numbers=0, blocks=1),
    "no blocks": drawn_tabular(4, blocks=0),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_graph_says_what_the_network_says(shape: str) -> None:
    document = SHAPES[shape]
    rows = drawn_rows(document, 5, 200)
    graph, model = OnnxTabular(document), load_model(document)
    margins = np.array([model.score(row).margin for row in rows])
    assert np.abs(graph.margins(graph.encoded(rows)) - margins).max() < 1e-5 * np.abs(margins).max()


def test_its_probability_is_the_calibrated_one() -> None:
    import onnxruntime

    document = msgspec.structs.replace(SHAPES["both"], calibration=PlattCalibration(slope=0.125, intercept=0.5))
    rows = drawn_rows(document, 6, 50)
    asked = OnnxTabular(document).encoded(rows)
    (found,) = onnxruntime.InferenceSession(tabular_onnx(document)).run(["probability"], asked)
    assert np.allclose(found[:, 0], [load_model(document).score(row).probability for row in rows], atol=1e-5)


def test_a_calibration_by_table_stays_outside_the_graph() -> None:
    table = IsotonicCalibration(margins=(0.0,), probabilities=(0.5,))
    document: TabularNetwork = msgspec.structs.replace(SHAPES["both"], calibration=table)
    assert [one.name for one in onnx.load_model_from_string(tabular_onnx(document)).graph.output] == ["margin"]


def test_the_graph_names_its_inputs() -> None:
    props = onnx.load_model_from_string(tabular_onnx(SHAPES["both"])).metadata_props
    assert {one.key: one.value for one in props} == {"numbers": "x0,x1,x2", "codes": "c0,c1"}


def test_without_onnx_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(Unavailable, match="onnx"):
        tabular_onnx(SHAPES["both"])
