"""A tabular network scores the same in every kernel and in any number, and gives its margin back to its inputs exactly."""

from __future__ import annotations

import math
from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from drawn_tabular import drawn_rows, drawn_tabular
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import (
    BestReference,
    Blend,
    Layer,
    Member,
    Metadata,
    PlattCalibration,
    TabularNetwork,
    describe_model,
    encode_document,
    load_model,
    monotone_violations,
)
from tandem.decide.models.tabular.kernels import COMPILED
from tandem.kernel.errors import DefinitionError, InvalidInput

VALUES = st.one_of(
    st.none(), st.floats(), st.integers(), st.booleans(), st.sampled_from(["own", "rent", "boat", "true", "1"])
)
SHAPES = st.tuples(st.integers(0, 2**31), st.integers(0, 3), st.integers(1, 5), st.integers(1, 7))


def drawn(seed: int, blocks: int, width: int, hidden: int) -> TabularNetwork:
    return drawn_tabular(seed, blocks=blocks, width=width, hidden=hidden)


def by_hand(document: TabularNetwork, row: list[object]) -> float:
    """The margin written down again, input by input, without a table."""
    state = np.array(document.bias)
    for one, value in zip(document.inputs, row, strict=True):
        vectors = np.array(one.vectors)
        if value is None:
            state = state + np.array(one.missing)
        elif one.type == "numeric":
            state = state + np.array([np.interp(value, one.knots, column) for column in vectors.T])
        elif value in one.levels:
            state = state + vectors[one.levels.index(value)]
        else:
            state = state + np.array(one.unknown)
    for block in document.blocks:
        hidden = np.maximum(np.array(block.inner.weights) @ state + np.array(block.inner.bias), 0.0)
        state = state + np.array(block.outer.weights) @ hidden + np.array(block.outer.bias)
    return float(np.array(document.head) @ state + document.intercept)


@given(shape=SHAPES)
@settings(max_examples=50, deadline=None)
def test_a_margin_is_what_the_formulas_say(shape: tuple[int, int, int, int]) -> None:
    document = drawn(*shape)
    model = load_model(document)
    for row in drawn_rows(document, shape[0], 5):
        assert math.isclose(model.score(row).margin, by_hand(document, row), rel_tol=1e-9, abs_tol=1e-9)


@given(shape=SHAPES, rows=st.lists(st.lists(VALUES, min_size=5, max_size=5), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_batch_says_what_single_rows_say_bit_for_bit(
    shape: tuple[int, int, int, int], rows: list[list[object]]
) -> None:
    model = load_model(drawn(*shape))
    columns = {name: list(column) for name, column in zip(model.inputs, zip(*rows, strict=True), strict=True)}
    assert model.margins(columns).tolist() == [model.score(row).margin for row in rows]


@pytest.mark.skipif(not COMPILED, reason="no compiler built the twin")
@given(shape=SHAPES, row=st.lists(VALUES, min_size=5, max_size=5))
@settings(max_examples=200, deadline=None)
def test_both_kernels_give_the_same_bits(shape: tuple[int, int, int, int], row: list[object]) -> None:
    document = drawn(*shape)
    twin, reference = load_model(document, compiled=True), load_model(document, compiled=False)
    assert twin.expected == reference.expected
    assert twin.score(row) == reference.score(row)
    assert twin.contributions(row) == reference.contributions(row)
    assert twin.reasons(row) == reference.reasons(row)


@given(shape=SHAPES, row=st.lists(VALUES, min_size=5, max_size=5))
@settings(max_examples=200, deadline=None)
def test_contributions_sum_to_the_margin_less_that_of_the_mean(
    shape: tuple[int, int, int, int], row: list[object]
) -> None:
    model = load_model(drawn(*shape))
    margin = model.score(row).margin
    scale = max(1.0, abs(margin), abs(model.expected), *map(abs, model.contributions(row)))
    assert abs(model.expected + sum(model.contributions(row)) - margin) < 1e-11 * scale


def test_contributions_are_the_integral_of_the_gradient() -> None:
    document = drawn_tabular(7, width=5, hidden=9, blocks=3)
    model = load_model(document)
    row = drawn_rows(document, 7, 1)[0]

    def vector(one: int, value: object) -> np.ndarray:
        it = document.inputs[one]
        if it.type == "numeric":
            return np.array([np.interp(value, it.knots, column) for column in np.array(it.vectors).T])
        known = it.levels.index(value) if value in it.levels else None
        return np.array(it.unknown if known is None else it.vectors[known])

    filled = [0.3 if value is None else value for value in row]
    ends = np.array([vector(at, value) for at, value in enumerate(filled)])
    means = np.array([one.mean for one in document.inputs])
    start, way = np.array(document.bias) + means.sum(axis=0), (ends - means).sum(axis=0)
    steps = 20_000
    slope = np.zeros(5)
    for state in start + (np.arange(steps)[:, None] + 0.5) / steps * way:
        slope += gradient(document, state) / steps
    found = np.array(model.contributions(filled))
    # Sampling misses each jump of the gradient by at most a step.
    assert np.abs(found - (ends - means) @ slope).max() < 1e-3 * np.abs(found).max()


def gradient(document: TabularNetwork, state: np.ndarray) -> np.ndarray:
    active = []
    for block in document.blocks:
        hidden = np.array(block.inner.weights) @ state + np.array(block.inner.bias)
        active.append(hidden > 0)
        state = state + np.array(block.outer.weights) @ np.maximum(hidden, 0.0) + np.array(block.outer.bias)
    slope = np.array(document.head)
    for block, on in zip(reversed(document.blocks), reversed(active), strict=True):
        slope = slope + (np.array(block.outer.weights).T @ slope * on) @ np.array(block.inner.weights)
    return slope


def test_without_blocks_a_part_is_the_exact_share_of_its_input() -> None:
    document = drawn_tabular(3, blocks=0)
    model = load_model(document)
    row = drawn_rows(document, 4, 1)[0]
    changed = [*row]
    changed[0] = None
    moved = np.subtract(model.contributions(row), model.contributions(changed))
    assert moved[0] == pytest.approx(model.score(row).margin - model.score(changed).margin)
    assert np.allclose(moved[1:], 0.0)


def test_values_beyond_the_knots_are_the_outermost_ones() -> None:
    model = load_model(drawn_tabular(1))
    assert model.score([3.0, 0, 0, "own", "own"]) == model.score([math.inf, 0, 0, "own", "own"])
    assert model.score([-3.0, 0, 0, "own", "own"]) == model.score([-(10**400), 0, 0, "own", "own"])
    assert model.score([math.nan, 0, 0, "own", "own"]) == model.score([None, 0, 0, "own", "own"])


def test_an_unknown_text_is_scored_as_missing_where_nothing_was_learned_of_it() -> None:
    document = drawn_tabular(1, numbers=0, texts=1)
    plain = msgspec.structs.replace(
        document, inputs=tuple(msgspec.structs.replace(one, unknown=None) for one in document.inputs)
    )
    assert load_model(plain).score(["boat"]) == load_model(plain).score([None])
    assert load_model(document).score(["boat"]) != load_model(document).score([None])


def test_a_network_blends_and_its_reasons_add_up() -> None:
    member = msgspec.structs.replace(drawn_tabular(2), calibration=PlattCalibration(slope=0.5, intercept=0.25))
    other = drawn_tabular(5)
    model = load_model(
        Blend(
            metadata=Metadata(name="both", target="bad"),
            members=(Member(weight=0.25, model=member), Member(weight=0.75, model=other)),
        )
    )
    row = drawn_rows(member, 1, 1)[0]
    parts = [load_model(one).score(row).margin for one in (member, other)]
    assert model.score(row).margin == pytest.approx(0.25 * (0.5 * parts[0] + 0.25) + 0.75 * parts[1])
    assert sum(model.contributions(row)) + model.expected == pytest.approx(model.score(row).margin)


def test_contributions_from_the_best_row_sum_to_the_difference() -> None:
    model = load_model(drawn_tabular(11))
    best = BestReference(model)
    for row in drawn_rows(model.document, 2, 10):  # type: ignore[arg-type]
        assert sum(best.contributions(row)) == pytest.approx(model.score(row).margin - best.margin)
        assert model.score(row).margin >= best.margin - 1e-9 or None in row or "boat" in row


def test_a_direction_is_proven_only_where_no_state_can_break_it() -> None:
    document = drawn_tabular(1, numbers=1, texts=1, width=2, hidden=2, blocks=1)
    rising = msgspec.structs.replace(
        document.inputs[0], vectors=tuple((float(at), 0.0) for at in range(5)), missing=(0.0, 0.0), mean=(0.0, 0.0)
    )
    held = Layer(weights=((1.0, 0.0), (0.0, 1.0)), bias=(0.0, 0.0))
    block = msgspec.structs.replace(document.blocks[0], inner=held, outer=held)
    safe = msgspec.structs.replace(document, inputs=(rising, document.inputs[1]), blocks=(block,), head=(1.0, 0.5))
    assert monotone_violations(load_model(safe), "x0") == ()
    assert monotone_violations(load_model(safe), "x0", 1) == ()
    assert len(monotone_violations(load_model(safe), "x0", -1)) == 4
    swung = msgspec.structs.replace(block, outer=Layer(weights=((-2.0, 0.0), (0.0, 1.0)), bias=(0.0, 0.0)))
    assert len(monotone_violations(load_model(msgspec.structs.replace(safe, blocks=(swung,))), "x0", 1)) == 4


def test_a_network_is_described_by_its_size() -> None:
    (part,) = describe_model(drawn_tabular(1, width=7)).parts
    assert (part.kind, part.inputs, part.width) == ("tabular_network", 5, 7)


def test_a_document_survives_the_way_through_json() -> None:
    document = drawn_tabular(9)
    row = drawn_rows(document, 1, 1)[0]
    again = load_model(encode_document(document))
    assert again.digest == load_model(document).digest
    assert again.score(row) == load_model(document).score(row)


Change = Callable[[dict[str, object]], object]
FAULTS: dict[str, tuple[str, Change]] = {
    "inputs[1].name": ("shared name", lambda d: d["inputs"][1].update(name="x0")),
    "inputs[0].knots[1]": ("knots that fall", lambda d: d["inputs"][0].update(knots=[0, -1, 1, 2, 3])),
    "inputs[0].knots": ("no knots", lambda d: d["inputs"][0].update(knots=[])),
    "inputs[0].vectors": ("a vector short", lambda d: d["inputs"][0]["vectors"].pop()),
    "inputs[0].vectors[2]": ("a number short", lambda d: d["inputs"][0]["vectors"][2].pop()),
    "inputs[0].vectors[2][1]": ("too large", lambda d: d["inputs"][0]["vectors"][2].__setitem__(1, 1e7)),
    "inputs[0].unknown": ("unknown number", lambda d: d["inputs"][0].update(unknown=[0.0] * 4)),
    "inputs[0].levels": ("levels of numbers", lambda d: d["inputs"][0].update(levels=["a"])),
    "inputs[3].levels": ("text twice", lambda d: d["inputs"][3].update(levels=["own", "own", "rent"])),
    "inputs[3].missing": ("no vector", lambda d: d["inputs"][3].update(missing=[])),
    "inputs[4].mean": ("no mean", lambda d: d["inputs"][4].update(mean=[])),
    "inputs": ("no inputs", lambda d: d.update(inputs=[])),
    "bias": ("no state", lambda d: d.update(bias=[])),
    "head": ("head of another width", lambda d: d.update(head=[1.0])),
    "intercept": ("intercept too large", lambda d: d.update(intercept=-1e9)),
    "blocks": ("too many blocks", lambda d: d.update(blocks=[d["blocks"][0]] * 4)),
    "blocks[0].inner.bias": ("nothing hidden", lambda d: d["blocks"][0].update(inner={"weights": [], "bias": []})),
    "blocks[0].inner.weights[1]": ("ragged", lambda d: d["blocks"][0]["inner"]["weights"][1].append(0.0)),
    "blocks[1].outer.weights": ("a row short", lambda d: d["blocks"][1]["outer"]["weights"].pop()),
    "blocks[1].outer.bias[0]": ("a wild bias", lambda d: d["blocks"][1]["outer"]["bias"].__setitem__(0, -1e300)),
}


@pytest.mark.parametrize("field", FAULTS)
def test_a_document_that_does_not_hold_together_is_refused_by_field(field: str) -> None:
    plain = msgspec.json.decode(encode_document(drawn_tabular(1)))
    FAULTS[field][1](plain)
    with pytest.raises(DefinitionError) as refused:
        load_model(plain)
    assert refused.value.field == field


def test_blocks_that_would_cut_a_way_into_too_many_stretches_are_refused() -> None:
    load_model(drawn_tabular(1, hidden=64, blocks=3))
    with pytest.raises(DefinitionError, match="stretches"):
        load_model(drawn_tabular(1, hidden=65, blocks=3))


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    document = drawn_tabular(1)
    with pytest.raises(DefinitionError):
        load_model(msgspec.structs.replace(document, head=(number, *document.head[1:])))


def test_a_row_of_another_width_is_refused() -> None:
    model = load_model(drawn_tabular(1))
    for ask in (model.score, model.reasons, model.contributions):
        with pytest.raises(InvalidInput) as refused:
            ask([1.0])
        assert refused.value.code == "row_width"
