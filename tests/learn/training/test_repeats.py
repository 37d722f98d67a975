"""Rows that repeat are counted as grouping by every column would count them, in the memory of two numbers a row."""

from __future__ import annotations

import datetime as dt
import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.learn.training.repeats import distinct_rows

VALUES = {
    "number": (pa.float64(), st.sampled_from([None, 0.0, -0.0, 1.5, float("nan"), float("inf"), 1e-300])),
    "count": (pa.int64(), st.sampled_from([None, 0, 1, -1, 2**53, 2**53 + 1, -(2**63)])),
    "text": (pa.string(), st.sampled_from([None, "", "a", "b", "资"])),
    "flag": (pa.bool_(), st.sampled_from([None, True, False])),
    "small": (pa.uint8(), st.sampled_from([None, 0, 255])),
    "day": (pa.date32(), st.sampled_from([None, dt.date(2026, 1, 1), dt.date(1960, 1, 1)])),
}


def plain(value):
    """A value as equality of rows sees it."""
    if isinstance(value, float):
        return "nan" if math.isnan(value) else value + 0.0
    return value


@given(st.lists(st.tuples(*(values for _, values in VALUES.values())), max_size=40), st.integers(1, 3))
def test_rows_are_counted_as_a_set_of_them_has_members(rows, chunks):
    table = pa.table({
        name: pa.chunked_array([pa.array([row[place] for row in rows[at::chunks]], kind) for at in range(chunks)], kind)
        for place, (name, (kind, _)) in enumerate(VALUES.items())
    })  # fmt: skip
    assert distinct_rows(table) == len({tuple(plain(value) for value in row) for row in rows})


def test_rows_that_differ_in_one_column_alone_are_told_apart():
    table = pa.table({f"x{place}": [1.0, 1.0, 1.0] for place in range(50)} | {"y": [1, 2, 1]})
    assert distinct_rows(table) == 2


@pytest.mark.parametrize("values", [["a", "b", "a"], [None, None, "a"]])
def test_texts_that_came_as_a_dictionary_are_texts(values):
    assert distinct_rows(pa.table({"t": pa.array(values).dictionary_encode()})) == 2
