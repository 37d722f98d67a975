"""Every value has one encoding, alone or in a column, in Python or compiled; none raises."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.decide.models import COMPILED, Metadata, ModelInput, Tree, Trees, category_text, load_model, number_of
from tandem.decide.models.encoding import encode_column, encoder_of

CODES = {"a": 0.0, "true": 1.0, "7": 2.0}
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.decimals(), st.sampled_from(sorted(CODES)),
    st.just(10**400), st.just(-(10**400)), st.just(Decimal("1e400")), st.just(Decimal("sNaN")), st.binary(max_size=2),
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3.0), (True, 1.0), (Decimal("0.1"), 0.1), (Fraction(1, 4), 0.25), (10**400, math.inf), (-(10**400), -math.inf),
        (Decimal("-1e400"), -math.inf), (2**53 + 1, float(2**53)), (np.float32(0.5), 0.5), (np.int64(7), 7.0),
    ],
)  # fmt: skip
def test_numbers_become_the_nearest_double(value, number):
    assert number_of(value) == number


@pytest.mark.parametrize("value", [None, "12", b"12", math.nan, Decimal("NaN"), Decimal("sNaN"), [], object()])
def test_what_is_no_number_is_missing(value):
    assert math.isnan(number_of(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"), ("", ""), (True, "true"), (False, "false"), (7, "7"), (7.0, "7"), (Decimal("7.0"), "7"), (0.5, "0.5"),
        (-0.0, "0"), (None, None), (math.nan, None), (math.inf, "inf"), (np.bool_(True), "true"), (2**60, str(2**60)),
    ],
)  # fmt: skip
def test_categories_are_looked_up_by_text(value, text):
    assert category_text(value) == text


@given(st.lists(VALUES, max_size=6), st.booleans())
def test_a_column_is_encoded_value_by_value(values, categorical):
    codes = CODES if categorical else None
    alone = [encoder_of(codes)(value) for value in values]
    np.testing.assert_array_equal(encode_column(values, codes), alone)


@pytest.mark.parametrize("kind", ["float64", "float32", "int64", "int32", "uint8", "bool"])
def test_numpy_and_arrow_columns_encode_as_their_values_do(kind):
    column = np.array([0, 1, 3, 200, 2**40 + 1]).astype(kind)
    expected = [number_of(value) for value in column.tolist()]
    assert encode_column(column, None).tolist() == expected
    assert encode_column(pa.array(column), None).tolist() == expected
    assert encode_column(pa.chunked_array([pa.array(column)] * 2), None).tolist() == expected * 2


def test_arrow_nulls_and_big_integers_are_kept_apart():
    found = encode_column(pa.array([1, None, 2**53 + 1], pa.int64()), None)
    assert found.tolist()[::2] == [1.0, float(2**53)]
    assert math.isnan(found[1])
    assert math.isnan(encode_column(pa.array([1.5, None]), None)[1])
    assert encode_column(pa.array(["a", None, "new"]), CODES).tolist()[::2] == [0.0, -1.0]
    assert encode_column(pa.array(["a", "7"]).dictionary_encode(), CODES).tolist() == [0.0, 2.0]


def recorder(kind):
    """A model whose margin tells the encoded value apart: below, between, above, missing."""
    tree = Tree(
        feature=(0, 0, 0), threshold=(0.5, -0.5, 1.5), missing=(2, 2, 2), default_left=(True, True, False), left=(1, -1, -3),
        right=(2, -2, -4), leaf=(1.0, 2.0, 3.0, 4.0), leaf_count=(1, 1, 1, 1),
    )  # fmt: skip
    categories = tuple(CODES) if kind == "categorical" else ()
    inputs = (ModelInput(name="x", type=kind, categories=categories),)
    return Trees(metadata=Metadata(name="recorder", target="bad"), inputs=inputs, trees=(tree,))


@pytest.mark.compiled
@pytest.mark.parametrize("kind", ["numeric", "categorical"])
def test_the_compiled_encoding_is_the_references(kind):
    if not COMPILED:
        pytest.skip("the compiled kernel was not built")
    twin, reference = load_model(recorder(kind)), load_model(recorder(kind), compiled=False)

    @given(VALUES)
    def check(value):
        for row in ([value], (value,)):
            assert twin.score(row) == reference.score(row)

    check()


@pytest.mark.compiled
def test_a_value_that_changes_the_row_while_it_is_read_cannot_crash_the_kernel():
    if not COMPILED:
        pytest.skip("the compiled kernel was not built")
    row: list = []

    class Sly(Decimal):
        def __float__(self):
            row.clear()
            return 1.0

    document = recorder("numeric")
    wide = Trees(metadata=document.metadata, inputs=(*document.inputs, ModelInput(name="y")), trees=document.trees)
    row += [Sly(1), 2.0]
    with pytest.raises(Exception, match="reads 2 values"):
        load_model(wide).score(row)
