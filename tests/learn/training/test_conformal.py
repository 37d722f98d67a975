"""What a review band and a probability interval promise, whatever the model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.metrics.conformal import band_figures, review_band, venn_abers


def rows(count, seed, *, wrong=0.0):
    """Log-odds and outcomes; ``wrong`` shifts and stretches what the model says."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(-1.5, 1.2, size=count)
    bad = (rng.random(count) < 1 / (1 + np.exp(-truth))).astype(float)
    return bad, truth * (1 + wrong) + 3 * wrong


@pytest.mark.parametrize("wrong", [0.0, 0.8, -0.4])
@pytest.mark.parametrize("error", [0.05, 0.1, 0.2])
def test_the_promise_holds_for_each_outcome_however_wrong_the_model(error, wrong):
    kept_bad, kept_good = [], []
    for seed in range(40):
        bad, said = rows(3_000, seed, wrong=wrong)
        band = review_band(bad[:1_500], said[:1_500], error)
        figures = band_figures(band, bad[1_500:], said[1_500:])
        kept_bad.append(figures.bads_kept)
        kept_good.append(figures.goods_kept)
        assert figures.cleared + figures.to_review + figures.held == pytest.approx(1)
    # the mean over 40 worlds has a deviation of about 0.002
    assert np.mean(kept_bad) == pytest.approx(1 - error, abs=0.008)
    assert np.mean(kept_good) == pytest.approx(1 - error, abs=0.008)


def test_less_error_allowed_sends_more_to_a_person():
    bad, said = rows(4_000, 1)
    shares = [band_figures(review_band(bad, said, error), bad, said).to_review for error in (0.02, 0.05, 0.1, 0.2)]
    assert shares == sorted(shares, reverse=True)
    figures = band_figures(review_band(bad, said, 0.1), bad, said)
    assert figures.bad_rate_cleared < figures.bad_rate_review < figures.bad_rate_held


@pytest.mark.parametrize(
    ("error", "bads", "code"), [(0.0, 50, "out_of_range"), (0.6, 50, "out_of_range"), (0.01, 50, "too_few_outcomes")]
)
def test_what_cannot_be_promised_is_refused(error, bads, code):
    outcomes = np.array([1.0] * bads + [0.0] * 500)
    with pytest.raises(InvalidInput) as refused:
        review_band(outcomes, np.arange(outcomes.size, dtype=float), error)
    assert (refused.value.code, refused.value.field) == (code, "error")
    assert refused.value.hint


@given(seed=st.integers(0, 10_000), count=st.integers(8, 40))
def test_the_interval_of_a_row_is_that_of_two_isotonic_regressions_with_it_added(seed, count):
    bad, said = rows(count, seed)
    intervals = venn_abers(bad, said)
    low, high = intervals.of(said)
    for at in range(0, count, 7):
        for outcome, found in ((0.0, low[at]), (1.0, high[at])):
            plain = IsotonicRegression().fit(np.append(said, said[at]), np.append(bad, outcome))
            assert found == pytest.approx(plain.predict([said[at]])[0], abs=1e-9)
    assert (low <= high).all()


def test_intervals_lie_at_the_truth_whatever_the_model_says_and_are_wide_where_little_was_seen():
    bad, said = rows(30_000, 3, wrong=0.8)  # far too sure, and far too high
    intervals = venn_abers(bad, said)
    assert intervals.low.size <= 300
    grid = np.linspace(-4, 1.5, 60)
    low, high = intervals.of(grid * 1.8 + 2.4)
    truth = 1 / (1 + np.exp(-grid))
    assert np.mean(np.abs((low + high) / 2 - truth)) < 0.02
    grid = grid * 1.8 + 2.4
    few = venn_abers(bad[:300], said[:300])
    assert np.mean(np.subtract(*few.of(grid)[::-1])) > 5 * np.mean(high - low)
