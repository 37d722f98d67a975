"""The network in bulk and as ONNX: the same numbers to rounding; what each neighbour did, by leaving it out."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_networks import drawn

from tandem.decide.graphs import (
    ALLOWED_OPERATORS,
    OnnxSage,
    SageNetwork,
    check_onnx,
    encoded,
    neighbour_effects,
    onnx_of,
)
from tandem.decide.models import MARKS, SageDocument
from tandem.kernel.errors import DefinitionError


def reading(document: SageDocument, rows: int, seed: int = 2) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    shape = (rows, len(document.links), document.slots)
    values = rng.normal(100, 80, (rows, len(document.inputs)))
    values[0, 0] = np.nan
    return (
        encoded(document, values),
        rng.normal(size=(*shape, 2 * document.width + MARKS)).astype(np.float32),
        (rng.random(shape) < 0.6).astype(np.float32),
    )


def test_a_row_without_neighbours_scores_from_its_own_values():
    document = drawn()
    model = SageNetwork(document)
    row, _, _ = reading(document, 5)
    margin, states = model.run(row, *model.nobody(5))
    assert np.isfinite(margin).all()
    assert states.shape == (5, 2 * document.width)
    # What stands in an absent slot is never read.
    noise = np.full((5, 2, document.slots, 2 * document.width + MARKS), 7, np.float32)
    assert np.array_equal(model.run(row, noise, model.nobody(5)[1])[0], margin)


def test_onnx_says_what_the_reference_says():
    pytest.importorskip("onnx", reason="onnx comes with tandem-risk[gnn]")
    pytest.importorskip("onnxruntime", reason="onnxruntime comes with tandem-risk[gnn]")
    document = drawn(width=32, slots=4)
    given = reading(document, 200)
    ours, theirs = SageNetwork(document).run(*given), OnnxSage(document).run(*given)
    for mine, other in zip(ours, theirs, strict=True):
        assert np.max(np.abs(mine - other)) <= 1e-5


def test_onnx_holds_only_allowed_operators_and_others_are_refused():
    onnx = pytest.importorskip("onnx", reason="onnx comes with tandem-risk[gnn]")
    content = onnx_of(drawn())
    check_onnx(content)
    model = onnx.load_model_from_string(content)
    assert {node.op_type for node in model.graph.node} <= ALLOWED_OPERATORS
    model.graph.node[0].op_type = "Loop"
    for bad in (model.SerializeToString(), b"\x80\x04pickle", content[: len(content) // 2]):
        with pytest.raises(DefinitionError):
            check_onnx(bad)


def test_onnx_with_weights_elsewhere_is_refused():
    onnx = pytest.importorskip("onnx", reason="onnx comes with tandem-risk[gnn]")
    model = onnx.load_model_from_string(onnx_of(drawn()))
    model.graph.initializer[0].data_location = onnx.TensorProto.EXTERNAL
    with pytest.raises(DefinitionError):
        check_onnx(model.SerializeToString())


def test_an_effect_is_the_difference_to_the_score_without_that_neighbour():
    document = drawn()
    model = SageNetwork(document)
    row, neighbours, _ = reading(document, 1)
    present = np.array([[[1, 1, 0], [1, 0, 0]]], np.float32)
    effects = neighbour_effects(model, row, neighbours, present, [["a", "b"], ["c"]])
    assert {(one.link, one.key) for one in effects} == {
        ("device", None), ("device", "a"), ("device", "b"), ("phone", None), ("phone", "c")
    }  # fmt: skip
    without = present.copy()
    without[0, 0, 1] = 0
    expected = model.run(row, neighbours, present)[0][0] - model.run(row, neighbours, without)[0][0]
    found = next(one.log_odds for one in effects if one.key == "b")
    assert found == pytest.approx(float(expected), abs=1e-6)
    assert [abs(one.log_odds) for one in effects] == sorted((abs(one.log_odds) for one in effects), reverse=True)
