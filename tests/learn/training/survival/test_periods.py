"""Who was watched for how long, as rows and as a curve."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.survival import Spells, kaplan_meier, read_spells
from tandem.learn.training.survival.estimating import still_watched
from tandem.learn.training.survival.periods import lived_periods

BOOKS = st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=1, max_size=40)


def spells(book):
    duration, event = zip(*book, strict=True)
    return Spells(np.array(duration), np.array(event, dtype=float), "1", np.arange(len(book)))


@given(book=BOOKS, horizon=st.integers(1, 8))
def test_every_lived_period_is_a_row_and_only_the_last_can_be_bad(book, horizon):
    lived = lived_periods(spells(book), horizon)
    rows = list(zip(lived.account.tolist(), lived.period.tolist(), lived.event.tolist(), strict=True))
    assert rows == [
        (account, period, float(bad and period == duration))
        for account, (duration, bad) in enumerate(book)
        for period in range(1, min(duration, horizon) + 1)
    ]


@given(book=BOOKS)
def test_the_curve_is_the_product_of_who_stayed_good(book):
    found, good, kept = kaplan_meier(spells(book), 6), 1.0, 1.0
    watched = still_watched(spells(book), 6)
    assert watched[0] == 1.0
    for period in range(1, 7):
        risk = sum(duration >= period for duration, _ in book)
        bad = sum(duration == period and event for duration, event in book)
        left = sum(duration == period and not event for duration, event in book)
        good *= 1 - bad / max(risk, 1)
        kept *= 1 - left / max(risk - bad, 1)
        assert (found.at_risk[period - 1], found.events[period - 1]) == (risk, bad)
        assert found.good[period - 1] == pytest.approx(good, abs=1e-12)
        assert watched[period] == pytest.approx(kept, abs=1e-12)
        assert found.low[period - 1] <= found.good[period - 1] <= found.high[period - 1]


def test_without_censoring_the_curve_is_the_share_that_stayed_good():
    found = kaplan_meier(spells([(1, True), (2, True), (3, True), (4, False)] * 25), 3)
    assert found.good == pytest.approx([0.75, 0.5, 0.25])
    # Greenwood on the log-log scale: log(-log S) +- 1.96 * sqrt(sum d / (n (n - d))) / |log S|
    spread = np.exp(1.959964 * np.sqrt(25 / (100 * 75)) / abs(np.log(0.75)))
    assert (found.low[0], found.high[0]) == pytest.approx((0.75**spread, 0.75 ** (1 / spread)))


@pytest.mark.parametrize(
    ("durations", "code"),
    [
        ([1, 2, 0], "duration_out_of_range"),
        ([1, 2.5, 3], "duration_out_of_range"),
        ([1, None, 3], "duration_missing"),
        (["one", "two", "three"], "duration_unreadable"),
    ],
)
def test_a_duration_that_is_none_is_refused_by_name(durations, code):
    table = pa.table({"months": pa.array(durations * 20), "bad": [0, 1, 1] * 20})
    with pytest.raises(InvalidInput) as error:
        read_spells(table, "bad", "months", None)
    assert (error.value.code, error.value.field) == (code, "months")
    assert error.value.hint
