"""LightGBM within our limits: what cross-validation finds, and that the number of threads has no say in it."""

from __future__ import annotations

from dataclasses import replace

import lightgbm
import numpy as np
import pytest

from tandem.learn.training import boosting
from tandem.learn.training.boosting import BoostingSettings, boosting_presets, fit_boosting, try_boosting
from tandem.learn.training.splitting import inner_folds

QUICK = BoostingSettings(name="quick", learning_rate=0.2, num_leaves=7, rounds=80, patience=10)


@pytest.fixture(scope="module")
def rows() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    matrix = random.normal(size=(1_500, 6))
    matrix[random.random(matrix.shape) < 0.1] = np.nan
    bad = random.random(1_500) < 1 / (1 + np.exp(1.5 - 2 * np.nan_to_num(matrix[:, 0]) - np.nan_to_num(matrix[:, 1])))
    return matrix, bad.astype(np.float64)


def test_cross_validation_finds_what_the_library_s_own_finds(rows):
    matrix, bad = rows
    folds = inner_folds(bad, 3, 1)
    found = try_boosting(matrix, bad, folds, QUICK, seed=1, threads=2)
    parameters = QUICK.parameters(1)
    own = lightgbm.cv(
        parameters,
        lightgbm.Dataset(matrix, bad, params=parameters, free_raw_data=False),
        num_boost_round=QUICK.rounds,
        folds=list(folds),
        callbacks=[lightgbm.early_stopping(QUICK.patience, verbose=False)],
        return_cvbooster=True,
    )
    curve = own["valid binary_logloss-mean"]
    assert 1 < found.rounds == len(curve) < QUICK.rounds
    assert found.log_loss == pytest.approx(curve[-1], abs=1e-12)
    for (_, valid), booster in zip(folds, own["cvbooster"].boosters, strict=True):
        assert np.array_equal(
            found.margin[valid], booster.predict(matrix[valid], num_iteration=found.rounds, raw_score=True)
        )


@pytest.mark.parametrize("large", [1, 20_000_000], ids=["threads of the library", "folds side by side"])
def test_the_number_of_threads_changes_nothing(rows, large, monkeypatch):
    monkeypatch.setattr(boosting, "_LARGE", large)
    matrix, bad = rows
    folds = inner_folds(bad, 3, 1)
    one, three = (try_boosting(matrix, bad, folds, QUICK, seed=1, threads=threads) for threads in (1, 3))
    assert (one.rounds, one.log_loss) == (three.rounds, three.log_loss)
    assert np.array_equal(one.margin, three.margin)
    texts = [fit_boosting(matrix, bad, QUICK, 20, seed=1, threads=threads).model_to_string() for threads in (1, 3)]
    trees = [text.split("\nparameters:")[0] for text in texts]
    assert trees[0] == trees[1]


def test_a_row_that_no_fold_judges_keeps_a_margin_of_zero(rows):
    matrix, bad = rows
    half = np.arange(750)
    found = try_boosting(matrix, bad, ((half, half + 750),), replace(QUICK, rounds=5), seed=1)
    assert not found.margin[:750].any()
    assert found.margin[750:].all()


def test_very_many_rows_ask_for_fewer_and_narrower_trees():
    (few,), (many,) = (boosting_presets("fraud", rows) for rows in (199_999, 200_000))
    assert (few.learning_rate, many.learning_rate) == (0.03, 0.05)
    assert (few.max_bin, many.max_bin) == (4095, 4095)
    assert many.feature_fraction < few.feature_fraction


def test_few_rows_have_small_leaves_at_random_thresholds_compete_too_and_many_do_not():
    few, many = ({one.name: one for one in boosting_presets("credit", rows)} for rows in (19_999, 20_000))
    small = few["random splits, small leaves"]
    assert small.extra_trees
    assert small.min_data_in_leaf < min(one.min_data_in_leaf for name, one in few.items() if name != small.name)
    assert small.max_depth == 6  # the tables of exact contributions are no wider
    assert set(few) - set(many) == {"all rows", small.name}
