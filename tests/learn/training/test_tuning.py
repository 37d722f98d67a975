"""Looking for settings: repeatable, forward in time, and judged on rows that took no part in the choice."""

from __future__ import annotations

import msgspec
import numpy as np
import pyarrow as pa
import pytest

pytest.importorskip("optuna", reason="optuna comes with tandem-risk[tune]")

from tandem.kernel.errors import InvalidInput, Unavailable
from tandem.learn.training import TrainSpec, train
from tandem.learn.training.boosting import BoostingLimits, BoostingSettings
from tandem.learn.training.metrics import auc
from tandem.learn.training.splitting import forward_folds, inner_folds
from tandem.learn.training.tuning import Search, tuned_trial

SPEC = TrainSpec(target="outcome", positive="2", families=("lightgbm",), folds=2, tune=3)


def test_same_data_and_seed_find_the_same_settings(german: pa.Table) -> None:
    first = train(german, SPEC)
    again = train(german, msgspec.structs.replace(SPEC, threads=1))
    assert first.digest == again.digest
    trials = first.developed.choice.trials
    assert trials[-1].settings.name.startswith("tuned")
    assert first.documents["lightgbm"].metadata.parameters["tune"] == "3 trials"
    assert first.documents["lightgbm"].metadata.environment["optuna"]


def test_untuned_needs_no_search(german: pa.Table) -> None:
    plain = train(german, msgspec.structs.replace(SPEC, tune=0))
    assert not any(one.settings.name.startswith("tuned") for one in plain.developed.choice.trials)
    assert "tune" not in plain.documents["lightgbm"].metadata.parameters


def test_log_odds_of_noise_do_not_flatter_the_search() -> None:
    rng = np.random.default_rng(5)
    matrix, bad = rng.normal(size=(600, 8)), (rng.random(600) < 0.3).astype(np.float64)
    search = Search(trials=6, start=BoostingSettings(name="start", rounds=200), seed=1, limits=BoostingLimits())
    found = tuned_trial(matrix, bad, inner_folds(bad, 3, 1), search)
    assert abs(auc(bad, found.margin) - 0.5) < 0.07


def test_forward_folds_learn_from_the_past_only() -> None:
    rng = np.random.default_rng(1)
    instants = rng.integers(0, 40, 500)
    bad = (rng.random(500) < 0.4).astype(np.float64)
    folds = forward_folds(instants, bad, 3)
    assert len(folds) == 3
    for learn, valid in folds:
        assert instants[learn].max() < instants[valid].min()
    sizes = [learn.size for learn, _ in folds]
    assert sizes == sorted(sizes)


def test_where_no_stretch_has_both_outcomes_it_is_said() -> None:
    with pytest.raises(InvalidInput) as refused:
        forward_folds(np.arange(100), np.repeat([0.0, 1.0], 50), 3)
    assert refused.value.code == "time_split_impossible"


def test_a_time_column_makes_the_search_go_forward(loans: pa.Table) -> None:
    days = pa.array(np.arange(loans.num_rows))
    dated = loans.append_column("day", days)
    spec = TrainSpec(target="Status", positive="bad", time="day", families=("lightgbm",), folds=2, tune=2)
    result = train(dated, spec)
    assert result.split.kind == "out_of_time"
    assert result.test["lightgbm"].auc.value > 0.75


def test_without_the_extra_it_is_said_how_to_get_it(german: pa.Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "optuna", None)
    with pytest.raises(Unavailable) as missing:
        train(german, SPEC)
    assert missing.value.hint == "pip install 'tandem-risk[tune]'"
