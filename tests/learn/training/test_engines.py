"""XGBoost and CatBoost compete where they are asked for, are held to what LightGBM is held to, and are served by us."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import msgspec
import numpy as np
import pyarrow as pa
import pytest

from tandem.decide.models import Blend, Trees, monotone_violations
from tandem.kernel.errors import IntegrityError, InvalidInput, Unavailable
from tandem.learn.training import BOOSTED, FAMILIES, TrainingResult, TrainSpec, train
from tandem.learn.training.boosting import BoostingSettings, boosting_presets
from tandem.learn.training.counting import counted
from tandem.learn.training.engine import tried
from tandem.learn.training.engines import engine_of
from tandem.learn.training.interactions import groups_of, prove_interactions
from tandem.learn.training.spec import BoostedFamily

OTHERS = [
    pytest.param(
        family,
        marks=pytest.mark.skipif(find_spec(family) is None, reason=f"{family} comes with tandem-risk[{family}]"),
    )
    for family in BOOSTED
    if family != "lightgbm"
]
SPEC = TrainSpec(target="Status", positive="bad", folds=2, name="loans")


@pytest.fixture(scope="module")
def some(loans: pa.Table) -> pa.Table:
    """A fifth of the applications: enough for trees, and quick."""
    return loans.slice(0, 900)


def only(family: BoostedFamily, **changes: object) -> TrainSpec:
    return msgspec.structs.replace(SPEC, families=(family,), **changes)


def test_nobody_else_competes_unless_asked() -> None:
    assert FAMILIES == ("scorecard", "lightgbm", "blend")


@pytest.mark.parametrize("family", OTHERS)
def test_the_served_trees_reach_the_leaves_the_library_reaches(some: pa.Table, family: BoostedFamily) -> None:
    result = train(some, only(family))
    document = result.documents[family]
    assert isinstance(document, Trees)
    assert any(one.type == "categorical" for one in document.inputs)
    assert np.isnan(result.test_frame.matrix()).any()
    assert result.served_apart < 1e-9
    assert result.test[family].auc.value > 0.75
    assert document.metadata.environment[family]
    assert document.metadata.name == f"loans_{family}"
    assert max(len(tree.leaf) for tree in document.trees) <= 32
    # Leaves hold the training rows, so that reasons are measured from their mean.
    assert {sum(tree.leaf_count) for tree in document.trees if 1 not in tree.leaf_count} == {document.metadata.rows}


@pytest.mark.parametrize("family", OTHERS)
def test_same_data_and_seed_give_the_same_trees_however_many_threads(some: pa.Table, family: BoostedFamily) -> None:
    spec = only(family)
    first = train(some, spec)
    assert train(some, msgspec.structs.replace(spec, threads=1)).digest == first.digest
    assert train(some, msgspec.structs.replace(spec, threads=4)).digest == first.digest
    assert train(some, msgspec.structs.replace(spec, seed=1)).documents != first.documents


@pytest.mark.parametrize("family", OTHERS)
def test_a_promised_direction_is_kept_and_proven(some: pa.Table, family: BoostedFamily) -> None:
    held, free = (train(some, only(family, monotone=how)).documents[family] for how in ("auto", "none"))
    assert isinstance(held, Trees)
    signs: dict[str, int] = {one.name: one.monotone for one in held.inputs if one.monotone}
    assert signs
    assert all(monotone_violations(held, name) == () for name in signs)
    assert any(monotone_violations(free, name, sign) for name, sign in signs.items())  # it was not true by itself


def test_a_broken_promise_is_refused_whichever_way_it_is_proven(german_result: TrainingResult) -> None:
    from tandem.learn.training.monotone import prove_monotone, prove_monotone_exactly

    document = german_result.documents["lightgbm"]
    assert isinstance(document, Trees)
    promised = tuple(msgspec.structs.replace(one, monotone=1) for one in document.inputs)
    for prove in (prove_monotone, prove_monotone_exactly):
        with pytest.raises(IntegrityError) as broken:
            prove(msgspec.structs.replace(document, inputs=promised))
        assert broken.value.code == "monotone_broken"


@pytest.mark.parametrize("family", OTHERS)
def test_it_joins_the_blend(some: pa.Table, family: BoostedFamily) -> None:
    result = train(some, msgspec.structs.replace(SPEC, families=("scorecard", family, "blend")))
    assert set(result.documents) == {"scorecard", family, "blend"}
    assert isinstance(result.documents["blend"], Blend)
    assert result.served_apart < 1e-9
    assert result.champion != family or result.developed.choice.comparisons


@pytest.mark.parametrize("family", OTHERS)
def test_it_is_tuned_within_the_limits(some: pa.Table, family: BoostedFamily) -> None:
    pytest.importorskip("optuna", reason="optuna comes with tandem-risk[tune]")
    result = train(some, only(family, tune=2))
    trials = result.developed.choice.trials
    assert trials[-1].settings.name.startswith("tuned")
    assert trials[-1].settings.num_leaves <= 15
    assert train(some, only(family, tune=2, threads=1)).digest == result.digest


def test_xgboost_keeps_columns_apart(some: pa.Table) -> None:
    pytest.importorskip("xgboost", reason="xgboost comes with tandem-risk[xgboost]")
    result = train(some, only("xgboost", act_together=(("Income", "Amount"),)))
    groups = groups_of(result.test_frame.names, (("Income", "Amount"),))
    document = result.documents["xgboost"]
    assert isinstance(document, Trees)
    assert prove_interactions(document, groups) > 0


def test_catboost_says_that_it_cannot_keep_columns_apart(some: pa.Table) -> None:
    pytest.importorskip("catboost", reason="catboost comes with tandem-risk[catboost]")
    with pytest.raises(InvalidInput) as refused:
        train(some, only("catboost", act_together=(("Income", "Amount"),)))
    assert (refused.value.code, refused.value.field) == ("family_cannot", "act_together")


@pytest.mark.parametrize("family", ["xgboost", "catboost"])
def test_without_the_extra_it_is_said_how_to_get_it(
    some: pa.Table, monkeypatch: pytest.MonkeyPatch, family: BoostedFamily
) -> None:
    monkeypatch.setitem(sys.modules, family, None)
    with pytest.raises(Unavailable) as missing:
        train(some, msgspec.structs.replace(SPEC, families=("scorecard", family)))
    assert missing.value.hint == f"pip install 'tandem-risk[{family}]'"


def test_rounds_are_where_the_mean_curve_is_least_as_far_as_all_folds_came() -> None:
    bad = np.array([0.0, 1.0, 0.0, 1.0])
    folds = ((np.array([2, 3]), np.array([0, 1])), (np.array([0, 1]), np.array([2, 3])))
    curves = {0: [0.6, 0.5, 0.4, 0.1], 2: [0.6, 0.4, 0.6]}  # the third round is worse on average than the second

    def grow(train: np.ndarray, valid: np.ndarray):
        del train
        return curves[int(valid[0])], lambda rounds: np.full(valid.size, float(rounds))

    trial = tried(BoostingSettings(name="tried"), bad, folds, grow)
    assert (trial.rounds, trial.margin.tolist()) == (2, [2.0] * 4)


def test_rows_are_counted_in_the_leaves_they_reach(german_result: TrainingResult) -> None:
    document = german_result.documents["lightgbm"]
    assert isinstance(document, Trees)
    nan = tuple(msgspec.structs.replace(t, missing=(2,) * len(t.feature)) for t in document.trees)
    frame = german_result.test_frame
    again = counted(msgspec.structs.replace(document, trees=nan), frame.matrix())
    for tree in again.trees:
        assert frame.rows <= sum(tree.leaf_count) <= frame.rows + len(tree.leaf)  # an empty leaf counts one
        assert all(count >= 1 for count in tree.leaf_count)


def test_lightgbm_is_an_engine_like_the_others() -> None:
    assert engine_of("lightgbm").presets("credit", 1_000) == boosting_presets("credit", 1_000)
    assert {engine_of(family).family for family in BOOSTED} == set(BOOSTED)
