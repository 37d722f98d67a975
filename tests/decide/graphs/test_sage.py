"""The network as a document: refused where it does not hold together, the same numbers from numpy, ONNX and row by row."""

from __future__ import annotations

import json

import msgspec
import numpy as np
import pytest

from tandem.decide.graphs import (
    ALLOWED_OPERATORS,
    Layer,
    NeighbourStates,
    OnnxSage,
    SageDocument,
    SageNetwork,
    check_onnx,
    neighbour_effects,
    onnx_of,
    read_sage,
    sage_digest,
)
from tandem.decide.graphs.documents import MARKS
from tandem.decide.graphs.network import encoded
from tandem.decide.models import Metadata
from tandem.kernel.errors import DefinitionError


def network(seed: int = 1, *, width: int = 4, slots: int = 3) -> SageDocument:
    rng = np.random.default_rng(seed)
    links, inputs = ("device", "phone"), ("amount", "hour", "age")
    reads = width + len(links) * (width + MARKS)

    def layer(out: int, into: int) -> Layer:
        return Layer(
            weights=tuple(map(tuple, rng.normal(0, 0.2, (out, into)).tolist())),
            bias=tuple(rng.normal(0, 0.1, out).tolist()),
        )

    return SageDocument(
        metadata=Metadata(name="sage", target="bad"),
        inputs=inputs,
        mean=(100.0, 12.0, 40.0),
        scale=(50.0, 6.0, 15.0),
        links=links,
        slots=slots,
        width=width,
        first=layer(width, len(inputs)),
        second=layer(width, reads),
        head=layer(1, reads),
    )


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


def test_a_document_survives_json_and_keeps_its_digest():
    document = network()
    again = read_sage(msgspec.json.encode(document))
    assert again == document
    assert sage_digest(again) == sage_digest(document)
    assert sage_digest(network(seed=3)) != sage_digest(document)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slots": 0}, "slots"),
        ({"slots": 10**6}, "slots"),
        ({"width": 5}, "first"),
        ({"mean": [1.0]}, "mean"),
        ({"scale": [0.0, 1.0, 1.0]}, "scale"),
        ({"inputs": ["a", "a", "b"]}, "inputs"),
        ({"links": []}, "links"),
        ({"head": {"weights": [[1.0]], "bias": [0.0]}}, "head.weights[0]"),
        ({"first": {"weights": [[1e300] * 3] * 4, "bias": [0.0] * 4}}, "first.weights[0][0]"),
        ({"format": 2}, "format"),
    ],
)
def test_a_document_that_does_not_hold_together_is_refused(change, field):
    plain = msgspec.to_builtins(network()) | change
    with pytest.raises(DefinitionError) as refused:
        read_sage(json.dumps(plain))
    assert refused.value.field == field


@pytest.mark.parametrize(
    "hostile", ["", "[]", "{", '{"kind": "trees"}', "[" * 100_000, b"\xff\xfe", "x" * (17 * 2**20)]
)
def test_what_is_no_document_is_refused(hostile):
    with pytest.raises(DefinitionError):
        read_sage(hostile)


def test_a_row_without_neighbours_scores_from_its_own_values():
    document = network()
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
    document = network(width=32, slots=4)
    given = reading(document, 200)
    ours, theirs = SageNetwork(document).run(*given), OnnxSage(document).run(*given)
    for mine, other in zip(ours, theirs, strict=True):
        assert np.max(np.abs(mine - other)) <= 1e-5


def test_onnx_holds_only_allowed_operators_and_others_are_refused():
    onnx = pytest.importorskip("onnx", reason="onnx comes with tandem-risk[gnn]")
    content = onnx_of(network())
    check_onnx(content)
    model = onnx.load_model_from_string(content)
    assert {node.op_type for node in model.graph.node} <= ALLOWED_OPERATORS
    model.graph.node[0].op_type = "Loop"
    for bad in (model.SerializeToString(), b"\x80\x04pickle", content[: len(content) // 2]):
        with pytest.raises(DefinitionError):
            check_onnx(bad)


def test_onnx_with_weights_elsewhere_is_refused():
    onnx = pytest.importorskip("onnx", reason="onnx comes with tandem-risk[gnn]")
    model = onnx.load_model_from_string(onnx_of(network()))
    model.graph.initializer[0].data_location = onnx.TensorProto.EXTERNAL
    with pytest.raises(DefinitionError):
        check_onnx(model.SerializeToString())


def test_states_are_read_before_they_are_written_and_labels_act_from_when_they_are_told():
    document = network()
    model, states = SageNetwork(document), NeighbourStates(document)
    row = reading(document, 1)[0]
    links = {"device": "d1", "phone": None}
    neighbours, present, keys = states.gather(links)
    assert (present.sum(), keys) == (0, [[], []])
    first, made = model.run(row, neighbours, present)
    states.remember("a", links, made)
    neighbours, present, keys = states.gather({"device": "d1", "phone": "p9"})
    assert (present.sum(), keys) == (1, [["a"], []])
    before, _ = model.run(row, neighbours, present)
    states.label("a", bad=True)
    after, _ = model.run(row, *states.gather(links)[:2])
    assert first[0] != before[0] != after[0]
    states.label("never seen", bad=True)


def test_the_newest_neighbours_are_kept_and_forgotten_things_cost_nothing():
    document = network(slots=2)
    states = NeighbourStates(document, things=3)
    made = np.zeros((1, 2 * document.width), np.float32)
    for number in range(20):
        states.remember(f"r{number}", {"device": "hub", "phone": f"p{number}"}, made)
    assert states.gather({"device": "hub"})[2] == [["r19", "r18"], []]
    assert len(states._on) == 3
    # Rows are held only while something still refers to them.
    assert set(states._rows) == {"r18", "r19"}


def test_an_effect_is_the_difference_to_the_score_without_that_neighbour():
    document = network()
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
