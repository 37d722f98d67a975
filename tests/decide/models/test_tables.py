"""A sum of tables has one answer: compiled or in Python, alone or in a batch, to the last bit, for any value."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import COMPILED, Additive, AdditiveInput, Blend, Member, Metadata, load_model
from tandem.decide.models.additives import additive_tables
from tandem.decide.models.encoding import category_text, number_of
from tandem.decide.models.kernels import table_kernel_of
from tandem.decide.models.twin import twin
from tandem.kernel.errors import InvalidInput

ODD = [
    -7, -7.0, -8.0, 0.0, -0.0, 3, 3.0, math.nan, math.inf, -math.inf, 5e-324, 10**400, -(10**400), 2**53 + 1, True,
    False, "a", "b", "c", "1", "true", "boat", "", 1, Decimal("0.5"), Decimal("NaN"), Decimal("sNaN"), np.float64(2),
    np.int64(1), np.float32(0.1), np.bool_(True), None,
]  # fmt: skip
VALUES = st.one_of(st.sampled_from(ODD), st.floats(-4, 4), st.floats(), st.integers(-4, 4), st.text(max_size=2))


def drawn(data: st.DataObject, documents: list[st.SearchStrategy[Any]]) -> tuple[Any, list[list[Any]]]:
    """A random scorecard or additive model, and rows for it."""
    document = data.draw(st.one_of(*documents))
    width = len(document.inputs)
    rows = st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=6)
    return document, data.draw(rows)


@pytest.mark.compiled
@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_the_compiled_tables_are_the_references_to_the_last_bit(data, random_scorecards, random_additives):
    if not COMPILED:
        pytest.skip("the compiled kernel was not built")
    document, rows = drawn(data, [random_scorecards, random_additives])
    compiled, reference = load_model(document, compiled=True), load_model(document, compiled=False)
    assert compiled.expected == reference.expected
    for row in rows:
        for given_as in (row, tuple(row), np.array(row, dtype=object)):
            assert compiled.score(given_as) == reference.score(row)
        assert compiled.contributions(row) == reference.contributions(row)
        for top in (-1, 0, 1, 4):
            assert alike(compiled.reasons(row, top), reference.reasons(row, top))


@pytest.mark.compiled
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_blend_of_compiled_tables_is_that_of_the_reference(data, random_scorecards, random_additives):
    if not COMPILED:
        pytest.skip("the compiled kernel was not built")
    tables, card = data.draw(random_additives), data.draw(random_scorecards)
    own = tuple(msgspec.structs.replace(one, name=f"card_{one.name}") for one in card.inputs)
    members = (tables, msgspec.structs.replace(card, inputs=own))
    document = Blend(
        metadata=Metadata(name="both", target="bad"), members=tuple(Member(weight=0.5, model=one) for one in members)
    )
    compiled, reference = load_model(document, compiled=True), load_model(document, compiled=False)
    row = data.draw(st.lists(VALUES, min_size=len(compiled.inputs), max_size=len(compiled.inputs)))
    assert compiled.score(row) == reference.score(row)
    assert compiled.contributions(row) == reference.contributions(row)


@pytest.mark.parametrize("compiled", [False, pytest.param(True, marks=pytest.mark.compiled)])
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_batch_is_its_rows(data, compiled, random_scorecards, random_additives):
    if compiled and not COMPILED:
        pytest.skip("the compiled kernel was not built")
    document, rows = drawn(data, [random_scorecards, random_additives])
    model = load_model(document, compiled=compiled)
    columns = {name: [row[at] for row in rows] for at, name in enumerate(model.inputs)}
    single = [model.score(row) for row in rows]
    probabilities, margins, points = model.scores(columns)
    assert margins.tolist() == [one.margin for one in single]
    assert probabilities.tolist() == [one.probability for one in single]
    assert (points or [None] * len(rows)) == [one.points for one in single]


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_contributions_sum_to_the_margin_less_its_mean(data, random_scorecards, random_additives):
    document, rows = drawn(data, [random_scorecards, random_additives])
    model = load_model(document)
    for row in rows:
        total = model.expected + sum(model.contributions(row))
        assert total == pytest.approx(model.score(row).margin, abs=1e-9)


@pytest.mark.parametrize("compiled", [False, pytest.param(True, marks=pytest.mark.compiled)])
def test_a_row_of_another_width_is_refused(compiled):
    if compiled and not COMPILED:
        pytest.skip("the compiled kernel was not built")
    model = load_model(two_inputs(), compiled=compiled)
    for call in (model.score, model.reasons, model.contributions):
        for row in ([], [1.0], [1.0] * 3):
            with pytest.raises(InvalidInput) as caught:
                call(row)
            assert caught.value.code == "row_width"


@pytest.mark.compiled
def test_a_value_that_shortens_the_row_while_it_is_read_cannot_crash_the_kernel():
    if not COMPILED:
        pytest.skip("the compiled kernel was not built")
    row: list[Any] = []

    class Sly(Decimal):
        def __float__(self) -> float:
            row.clear()
            return 1.0

    row += [Sly(1), 2.0]
    with pytest.raises(InvalidInput, match="reads 2 values"):
        load_model(two_inputs()).score(row)


INPUT: dict[str, Any] = {
    "codes": None, "edges": np.array([0.0]), "special_values": np.array([-7.0]), "missing": 3, "unknown": 3,
    "special_places": np.array([2], dtype=np.int32), "weights": np.arange(4.0), "offsets": np.arange(4.0),
    "points": np.empty(0),
}  # fmt: skip
PAIR: dict[str, Any] = {
    "first": 0, "second": 1, "rows": np.array([0, 1, 1, 1], dtype=np.int32), "weights": np.zeros((2, 2)),
    "columns": np.array([0, 0, 0, 1], dtype=np.int32), "halves": np.zeros((2, 2)),
}  # fmt: skip
OUTSIDE: dict[str, Callable[[Any], None]] = {
    "place outside the table": lambda kernel: kernel.add_input(**INPUT | {"missing": 4}),
    "special value outside the table": lambda kernel: kernel.add_input(
        **INPUT | {"special_places": np.array([-1], dtype=np.int32)}
    ),
    "more edges than places": lambda kernel: kernel.add_input(**INPUT | {"edges": np.arange(4.0)}),
    "edges that do not rise": lambda kernel: kernel.add_input(**INPUT | {"edges": np.array([1.0, math.nan])}),
    "one offset per place": lambda kernel: kernel.add_input(**INPUT | {"offsets": np.arange(3.0)}),
    "points per place where there is a card": lambda kernel: kernel.add_input(**INPUT | {"points": np.arange(4.0)}),
    "more inputs than groups": lambda kernel: [kernel.add_input(**INPUT) for _ in range(3)],
    "fewer inputs than groups": lambda kernel: (kernel.add_input(**INPUT), kernel.measure([1.0])),
    "a pair outside the inputs": lambda kernel: (kernel.add_input(**INPUT), kernel.add_pair(**PAIR)),
    "row or column outside the table": lambda kernel: (
        kernel.add_input(**INPUT), kernel.add_input(**INPUT), kernel.add_pair(**PAIR | {"columns": PAIR["rows"] + 1})
    ),
    "one row or column per place": lambda kernel: (
        kernel.add_input(**INPUT), kernel.add_input(**INPUT), kernel.add_pair(**PAIR | {"rows": PAIR["rows"][:3]})
    ),
    "one half per cell": lambda kernel: (
        kernel.add_input(**INPUT), kernel.add_input(**INPUT), kernel.add_pair(**PAIR | {"halves": np.zeros((2, 1))})
    ),
}  # fmt: skip


@pytest.mark.compiled
@pytest.mark.parametrize("what", OUTSIDE)
def test_the_compiled_kernel_refuses_a_place_outside_its_tables(what):
    if not COMPILED:
        pytest.skip("the compiled kernel was not built")
    groups = np.array([0, 1], dtype=np.int32)
    kernel = twin.Tables(0.0, None, groups, number_of=number_of, category_text=category_text)
    with pytest.raises(ValueError, match=what):
        OUTSIDE[what](kernel)


@pytest.mark.compiled
def test_a_code_that_is_changed_afterwards_is_unknown_and_no_crash():
    if not COMPILED:
        pytest.skip("the compiled kernel was not built")
    home = AdditiveInput(name="home", type="categorical", groups=(("own",),), weights=(1.0,), missing=2.0, unknown=3.0)
    tables = additive_tables(Additive(metadata=Metadata(name="m", target="bad"), inputs=(home,), intercept=0.0))
    kernel = table_kernel_of(tables, compiled=True)
    assert kernel.measure(["own"]) == (1.0, None)
    codes = tables.terms[0].lookup.codes
    assert codes is not None
    for code in (1e9, -5.0, math.inf):
        codes["own"] = code
        assert kernel.measure(["own"]) == (3.0, None)


def two_inputs() -> Additive:
    inputs = tuple(AdditiveInput(name=name, edges=(0.0,), weights=(0.0, 1.0)) for name in ("x", "y"))
    return Additive(metadata=Metadata(name="m", target="bad"), inputs=inputs, intercept=0.0)


def alike(ours: Any, theirs: Any) -> bool:
    """Equal, and holding the very same values: a NaN equals itself here."""
    return [(one.input, one.contribution, one.reason_code) for one in ours] == [
        (one.input, one.contribution, one.reason_code) for one in theirs
    ] and all(one.value is other.value for one, other in zip(ours, theirs, strict=True))
