"""The past teaches and the future tests; what settled too late does neither."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY
from tandem.learn.datasets import split_by_time


def rows_of(at, settled, bad):
    instant = pa.timestamp("us")
    return pa.table(
        {
            "occurred_at": pa.array(np.asarray(at) * DAY).cast(instant),
            "label_settled_at": pa.array(np.asarray(settled) * DAY).cast(instant),
            "label_bad": pa.array(bad, pa.bool_()),
        }
    )


@given(st.integers(0, 40), st.integers(0, 20), st.booleans(), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_no_row_teaches_whose_label_was_open_when_the_test_began(delay, embargo, purge, seed):
    rng = np.random.default_rng(seed)
    at = rng.integers(0, 300, 800)
    rows = rows_of(at, at + delay, rng.random(800) < 0.4)
    train, test, told = split_by_time(rows, embargo=embargo * DAY, purge=purge)
    first = int(test["occurred_at"].cast(pa.int64()).to_numpy().min())
    assert first == told.boundary
    taught = train["occurred_at"].cast(pa.int64()).to_numpy()
    assert taught.max() < first - (embargo * DAY if embargo else 0) or embargo == 0
    assert taught.max() < first
    if purge:
        assert train["label_settled_at"].cast(pa.int64()).to_numpy().max() <= first
    assert told.train + told.test + told.purged + told.embargoed == 800
    assert (told.train, told.test) == (train.num_rows, test.num_rows)


def test_where_nothing_is_left_to_learn_from_the_remedy_is_named():
    at = np.arange(200)
    rows = rows_of(at, at + 365, at % 2 == 0)
    with pytest.raises(InvalidInput) as refused:
        split_by_time(rows)
    assert refused.value.code == "time_split_impossible"
    assert "--no-purge" in str(refused.value.hint)
    assert split_by_time(rows, purge=False)[2].purged == 0
