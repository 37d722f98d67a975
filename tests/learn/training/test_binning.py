"""Bins say where a value falls, what it weighs, and stay honest at the edges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tandem.learn.training.binning import BinningSettings, bin_column, weight_of_evidence
from tandem.learn.training.frame import CategoricalColumn, NumericColumn

SETTINGS = BinningSettings()


def simulated(rows: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    x = rng.normal(size=rows)
    bad = (rng.random(rows) < 1 / (1 + np.exp(-(1.2 * x - 1)))).astype(float)
    return x, bad


def test_a_rising_risk_is_found_to_rise() -> None:
    x, bad = simulated()
    binning = bin_column(NumericColumn("x", x), bad, SETTINGS)
    assert binning.trend == "ascending"
    assert binning.sign == 1
    assert np.all(np.diff(binning.woe) > 0)
    assert bin_column(NumericColumn("x", -x), bad, SETTINGS).sign == -1


def test_a_risk_lowest_in_the_middle_is_a_valley() -> None:
    rng = np.random.default_rng(6)
    x = rng.uniform(-2, 2, 6000)
    bad = (rng.random(6000) < np.clip(0.05 + 0.15 * x**2, 0, 1)).astype(float)
    binning = bin_column(NumericColumn("x", x), bad, SETTINGS)
    assert binning.trend in {"valley", "none"}
    assert binning.sign == 0
    lowest = int(np.argmin(binning.woe))
    assert 0 < lowest < len(binning.bins) - 1


def test_counts_add_up_to_all_rows_with_missing_and_special_values_apart() -> None:
    x, bad = simulated()
    x[::7] = np.nan
    x[1::13] = -999
    binning = bin_column(NumericColumn("x", x, specials=(-999.0,)), bad, SETTINGS)
    parts = [*binning.bins, *binning.special_bins, binning.missing]
    assert sum(part.count for part in parts) == x.size
    assert sum(part.bads for part in parts) == bad.sum()
    assert binning.special_bins[0].count == int((x == -999).sum())
    assert binning.missing.count == int(np.isnan(x).sum())


def test_the_weight_of_a_row_is_the_weight_of_the_bin_it_was_counted_in() -> None:
    x, bad = simulated()
    x[::9] = np.nan
    column = NumericColumn("x", x)
    binning = bin_column(column, bad, SETTINGS)
    codes, weights = binning.codes(column), binning.weights(column)
    for number, part in enumerate(binning.bins):
        assert int((codes == number).sum()) == part.count
        assert np.all(weights[codes == number] == binning.woe[number])
    assert np.all(weights[np.isnan(x)] == binning.missing_woe)


def test_an_edge_belongs_to_the_bin_above_it() -> None:
    x, bad = simulated()
    binning = bin_column(NumericColumn("x", x), bad, SETTINGS)
    at_edges = binning.codes(NumericColumn("x", binning.edges.copy()))
    assert at_edges.tolist() == list(range(1, len(binning.bins)))


def test_edges_between_whole_numbers_are_plain() -> None:
    rng = np.random.default_rng(8)
    age = rng.integers(18, 80, 5000).astype(float)
    bad = (rng.random(5000) < 0.6 - 0.006 * age).astype(float)
    edges = bin_column(NumericColumn("age", age), bad, SETTINGS).edges
    assert np.all(edges == np.round(edges, 1))


def test_missing_values_never_seen_weigh_nothing() -> None:
    x, bad = simulated()
    binning = bin_column(NumericColumn("x", x), bad, SETTINGS)
    assert binning.weights(NumericColumn("x", np.asarray([np.nan])))[0] == 0.0


def levels_column() -> tuple[CategoricalColumn, np.ndarray]:
    rng = np.random.default_rng(9)
    codes = rng.choice(5, 3000, p=[0.5, 0.3, 0.19, 0.007, 0.003]).astype(np.int32)
    rate = np.asarray([0.1, 0.3, 0.1, 0.9, 0.9])
    bad = (rng.random(3000) < rate[codes]).astype(float)
    return CategoricalColumn("job", codes, ("a", "b", "c", "d", "e")), bad


def test_levels_of_like_risk_share_a_group_and_others_do_not() -> None:
    column, bad = levels_column()
    groups = bin_column(column, bad, SETTINGS).groups
    of = {text: number for number, group in enumerate(groups) for text in group}
    assert of["a"] == of["c"]
    assert of["a"] != of["b"]


def test_a_text_never_seen_falls_to_the_pool_of_rare_ones() -> None:
    column, bad = levels_column()
    binning = bin_column(column, bad, BinningSettings(rare_rows=25))
    pool = binning.groups[binning.pooled]
    assert {"d", "e"} <= set(pool) or "e" in pool
    unseen = CategoricalColumn("job", np.asarray([-2, -1], dtype=np.int32), column.levels)
    assert binning.weights(unseen).tolist() == [binning.woe[binning.pooled], 0.0]


def test_information_about_nothing_is_almost_none() -> None:
    rng = np.random.default_rng(10)
    noise = rng.normal(size=3000)
    bad = (rng.random(3000) < 0.2).astype(float)
    assert bin_column(NumericColumn("n", noise), bad, SETTINGS).iv < 0.03


def test_weight_of_evidence_shrinks_towards_zero_and_is_the_log_of_odds_ratios() -> None:
    exact = math.log((30 / 70) / (200 / 800))
    assert weight_of_evidence(30, 100, 200, 1000, prior=0.0) == pytest.approx(exact)
    assert 0 < weight_of_evidence(30, 100, 200, 1000, prior=50.0) < exact
    assert math.isfinite(weight_of_evidence(0, 10, 200, 1000, prior=1.0))
