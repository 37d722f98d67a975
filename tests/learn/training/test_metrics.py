"""Every figure equals what scikit-learn and SciPy say, and intervals cover as often as they promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ks_2samp
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

from tandem.learn.training import metrics


@st.composite
def scored(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    size = draw(st.integers(4, 60))
    score = draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))
    bad = draw(st.lists(st.integers(0, 1), min_size=size, max_size=size).filter(lambda b: 0 < sum(b) < len(b)))
    return np.asarray(bad, dtype=float), np.asarray(score, dtype=float) / 13 + 0.02


@given(scored())
@settings(max_examples=150, deadline=None)
def test_ranking_figures_equal_the_references_with_ties(sample: tuple[np.ndarray, np.ndarray]) -> None:
    bad, score = sample
    assert metrics.auc(bad, score) == pytest.approx(roc_auc_score(bad, score), abs=1e-12)
    assert metrics.gini(bad, score) == pytest.approx(2 * roc_auc_score(bad, score) - 1, abs=1e-12)
    assert metrics.average_precision(bad, score) == pytest.approx(average_precision_score(bad, score), abs=1e-12)
    reference = ks_2samp(score[bad == 1], score[bad == 0], method="asymp").statistic
    assert metrics.ks(bad, score) == pytest.approx(reference, abs=1e-12)


@given(scored())
@settings(max_examples=100, deadline=None)
def test_probability_figures_equal_the_references(sample: tuple[np.ndarray, np.ndarray]) -> None:
    bad, probability = sample
    assert metrics.brier(bad, probability) == pytest.approx(brier_score_loss(bad, probability), abs=1e-12)
    assert metrics.log_loss(bad, probability) == pytest.approx(log_loss(bad, probability), abs=1e-9)


def draw_scores(rng: np.random.Generator, rows: int = 300) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    bad = (rng.random(rows) < 0.25).astype(float)
    base = rng.normal(size=rows) + bad
    return bad, base + 0.5 * rng.normal(size=rows), base + 0.5 * rng.normal(size=rows)


def test_the_auc_interval_covers_the_truth_about_95_times_in_100() -> None:
    rng = np.random.default_rng(1)
    truth = metrics.auc(*draw_scores(rng, 200_000)[:2])
    intervals = [metrics.auc_interval(*draw_scores(rng)[:2]) for _ in range(400)]
    covered = np.mean([interval.low <= truth <= interval.high for interval in intervals])
    assert 0.92 <= covered <= 0.98


def test_the_paired_difference_of_equal_models_is_rarely_called_real() -> None:
    rng = np.random.default_rng(2)
    called = np.mean([metrics.auc_difference(*draw_scores(rng)).p < 0.05 for _ in range(400)])
    assert 0.02 <= called <= 0.08


def test_a_score_differs_from_itself_by_nothing() -> None:
    bad, score, _ = draw_scores(np.random.default_rng(3))
    same = metrics.auc_difference(bad, score, score)
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)
    assert same.p == pytest.approx(1.0)


def test_calibration_of_true_probabilities_is_right_and_of_doubled_odds_is_not() -> None:
    rng = np.random.default_rng(4)
    log_odds = rng.normal(-1, 1, 40_000)
    truth = 1 / (1 + np.exp(-log_odds))
    bad = (rng.random(truth.size) < truth).astype(float)
    right = metrics.calibration(bad, truth)
    assert right.ece < 0.01
    assert right.ratio == pytest.approx(1.0, abs=0.03)
    assert right.slope == pytest.approx(1.0, abs=0.06)
    assert right.intercept == pytest.approx(0.0, abs=0.06)
    sure = metrics.calibration(bad, 1 / (1 + np.exp(-2 * log_odds)))
    assert sure.slope == pytest.approx(0.5, abs=0.04)
    assert sure.ece > 0.04


def test_psi_without_drift_stays_below_its_critical_value_99_times_in_100() -> None:
    rng = np.random.default_rng(5)
    found = [metrics.psi_of_values(rng.normal(size=400), rng.normal(size=300)) for _ in range(400)]
    above = np.mean([one.psi > one.critical for one in found])
    assert above <= 0.03


def test_psi_sees_a_shift_and_missing_values_that_appear() -> None:
    rng = np.random.default_rng(6)
    before = rng.normal(size=5000)
    assert metrics.psi_of_values(before, rng.normal(0.8, 1, 5000)).drifted
    holes = before.copy()
    holes[:1500] = np.nan
    assert metrics.psi_of_values(before, holes).drifted


def test_the_approval_table_counts_everybody_once() -> None:
    bad, score, _ = draw_scores(np.random.default_rng(7))
    probability = 1 / (1 + np.exp(-score))
    for row in metrics.approval_table(bad, probability):
        counted = row.bads_approved + row.bads_declined + row.goods_approved + row.goods_declined
        assert counted == bad.size
        assert row.bads_approved + row.bads_declined == bad.sum()
        assert row.approval_rate == pytest.approx(float(np.mean(probability <= row.cutoff)))


def test_gains_end_with_every_bad_caught() -> None:
    bad, score, _ = draw_scores(np.random.default_rng(8))
    table = metrics.gains_table(bad, score)
    assert sum(row.rows for row in table) == bad.size
    assert table[-1].cumulative_bads_share == pytest.approx(1.0)
    assert table[-1].cumulative_lift == pytest.approx(1.0)
