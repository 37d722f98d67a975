"""The digest of data: over what a table holds, whatever it is stored as."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.learn.training import data_digest

ROWS = st.lists(
    st.tuples(
        st.floats(allow_nan=False),
        st.none() | st.integers(-5, 5),
        st.booleans(),
        st.none() | st.booleans(),
        st.none() | st.text("ab\0", max_size=3),
        st.floats(width=32, allow_nan=False),
    ),
    min_size=1,
    max_size=40,
)
TYPES = (pa.float64(), pa.int64(), pa.bool_(), pa.bool_(), pa.string(), pa.float32())


def table_of(rows) -> pa.Table:
    return pa.table({f"c{place}": pa.array([row[place] for row in rows], kind) for place, kind in enumerate(TYPES)})


@given(ROWS, st.data())
def test_a_slice_has_the_digest_of_a_table_that_was_made_of_its_rows(rows, data):
    begin = data.draw(st.integers(0, len(rows)))
    end = data.draw(st.integers(begin, len(rows)))
    assert data_digest(table_of(rows).slice(begin, end - begin)) == data_digest(table_of(rows[begin:end]))


@given(ROWS, st.data())
def test_where_a_table_is_cut_into_chunks_makes_no_difference(rows, data):
    at = data.draw(st.integers(0, len(rows)))
    table = table_of(rows)
    assert data_digest(pa.concat_tables([table.slice(0, at), table.slice(at)])) == data_digest(table)


@pytest.mark.parametrize("column", range(len(TYPES)))
def test_one_other_value_is_another_digest(column):
    rows = [(1.5, 1, True, False, "a", 0.5), (2.5, None, False, None, None, 1.5), (3.5, 3, True, True, "b", 2.5)]
    other = [list(row) for row in rows]
    other[2][column] = {0: 9.0, 1: 4, 2: False, 3: None, 4: "c", 5: 9.0}[column]
    assert data_digest(table_of(other)) != data_digest(table_of(rows))
