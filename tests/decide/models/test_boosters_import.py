"""Models of XGBoost and CatBoost are taken where a document can say the same, and refused by name elsewhere.

``imported/`` holds a small model of each library (XGBoost 3.2.0, CatBoost 1.2.10, whose missing values go to either end) with
rows and what the library itself said of them, so that these tests need neither library.
"""

from __future__ import annotations

import copy
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import Metadata, ModelInput, encode_document, from_catboost, from_xgboost, load_model
from tandem.decide.models.binary32 import below, largest_rounding_to, single
from tandem.kernel.errors import DefinitionError

META = Metadata(name="imported", target="bad")
READERS = {"xgboost": from_xgboost, "catboost_min": from_catboost, "catboost_max": from_catboost}
# XGBoost adds six leaves in binary32; CatBoost adds in binary64, in the same order.
APART = {"xgboost": 1e-6, "catboost_min": 1e-12, "catboost_max": 1e-12}
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}), st.just(10**400),
    st.sampled_from([-1, 0, 1, -(2**31), 2**31, 2**63, 1e308, "nan", "[1e-400]", "[0.5,0.5]", "inf"]),
    st.lists(st.integers(-5, 5), max_size=3),
)  # fmt: skip


def stored(name):
    return json.loads((Path(__file__).parent / "imported" / f"{name}.json").read_text(encoding="utf-8"))


def changed(name, *path, to):
    model = stored(name)["model"]
    place = model
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return READERS[name](json.dumps(model), META)


@pytest.mark.parametrize("name", READERS)
def test_the_document_says_what_the_library_said(name):
    told = stored(name)
    model = load_model(READERS[name](json.dumps(told["model"]), META))
    assert model.inputs == ("debt", "age", "home")
    for row, margin in zip(told["rows"], told["margins"], strict=True):
        assert model.score(row).margin == pytest.approx(margin, abs=APART[name])
        assert math.fsum(model.contributions(row)) == pytest.approx(model.score(row).margin - model.expected, abs=1e-9)
    columns = {each: [row[at] for row in told["rows"]] for at, each in enumerate(model.inputs)}
    assert model.margins(columns).tolist() == [model.score(row).margin for row in told["rows"]]


@pytest.mark.parametrize("name", READERS)
def test_bytes_and_text_give_the_same_document(name):
    text = json.dumps(stored(name)["model"])
    assert READERS[name](text, META) == READERS[name](text.encode(), META)


def test_missing_values_go_to_the_end_the_library_put_them():
    low, high = (from_catboost(json.dumps(stored(f"catboost_{end}")["model"]), META) for end in ("min", "max"))
    holes = {0, 1}  # debt and age have missing values in training, home has none
    for document, left in ((low, True), (high, False)):
        asked = [d for t in document.trees for f, d in zip(t.feature, t.default_left, strict=True) if f in holes]
        assert set(asked) == {left}


def test_leaves_that_no_row_can_reach_are_left_out():
    whole = stored("catboost_min")["model"]
    twice = {"split_type": "FloatFeature", "float_feature_index": 0}
    whole["oblivious_trees"] = [
        {
            "splits": [{**twice, "border": 5.0}, {**twice, "border": 3.0}],
            # below both, above 5 alone (nobody), above 3 alone, above both
            "leaf_values": [1.0, 99.0, 2.0, 3.0],
            "leaf_weights": [10, 0, 20, 30],
        }
    ]
    whole["scale_and_bias"] = [2.0, [0.5]]
    document = from_catboost(json.dumps(whole), META)
    (tree,) = document.trees
    assert sorted(zip(tree.leaf, tree.leaf_count, strict=True)) == [(2.0, 10), (4.0, 20), (6.0, 30)]
    model = load_model(document)
    assert [model.score([value, 0, 0]).margin for value in (3.0, 4.0, 6.0)] == [2.5, 4.5, 6.5]


@given(value=st.floats(width=32, allow_nan=False, allow_infinity=False), steps=st.integers(-3, 3))
@settings(max_examples=300, deadline=None)
def test_a_threshold_in_binary32_parts_doubles_as_the_library_parts_their_roundings(value, steps):
    last = largest_rounding_to(value)
    assert single(last) <= value < single(math.nextafter(last, math.inf))
    near = last
    for _ in range(abs(steps)):
        near = math.nextafter(near, math.copysign(math.inf, steps))
    assert (near <= last) == (single(near) <= value)
    if value > -3.4028234663852886e38:
        assert below(value) < value
        assert (near <= largest_rounding_to(below(value))) == (single(near) < value)


@pytest.mark.parametrize(
    ("path", "to", "field"),
    [
        (("learner", "gradient_booster", "name"), "dart", "gradient_booster.name"),
        (("learner", "objective", "name"), "reg:squarederror", "objective"),
        (("learner", "learner_model_param", "num_class"), "3", "num_class"),
        (("learner", "learner_model_param", "num_target"), "2", "num_class"),
        (("learner", "learner_model_param", "num_feature"), "-1", "num_feature"),
        (("learner", "learner_model_param", "num_feature"), "9" * 40, "num_feature"),
        (("learner", "learner_model_param", "base_score"), "[2.5E-1,3E-1]", "base_score"),
        (("learner", "learner_model_param", "base_score"), "[1E0]", "base_score"),
        (("learner", "learner_model_param", "base_score"), "nan", "base_score"),
        (("learner", "feature_names"), ["one"], "feature_names"),
        (("learner", "gradient_booster", "model", "trees", 0, "split_type", 0), 1, "trees[0].split_type"),
        (("learner", "gradient_booster", "model", "trees", 0, "left_children", 0), 0, "trees[0].left_children"),
        (("learner", "gradient_booster", "model", "trees", 0, "left_children", 0), 10**6, "trees[0].left_children"),
        (("learner", "gradient_booster", "model", "trees", 0, "right_children", 0), -1, "trees[0].left_children"),
        (("learner", "gradient_booster", "model", "trees", 0, "sum_hessian"), [1.0], "trees[0].sum_hessian"),
        (("learner", "gradient_booster", "model", "trees", 0, "split_indices", 0), 7, "trees[0].feature[0]"),
        (("learner", "gradient_booster", "model", "trees", 0, "left_children"), [], "trees[0].left_children"),
    ],
)
def test_xgboost_is_refused_by_name_where_a_document_cannot_say_it(path, to, field):
    with pytest.raises(DefinitionError) as refused:
        changed("xgboost", *path, to=to)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("path", "to", "field"),
    [
        (("model_info", "params", "loss_function", "type"), "RMSE", "loss_function"),
        (("features_info", "categorical_features"), [{"feature_index": 0}], "categorical_features"),
        (("features_info", "text_features"), [{"feature_index": 0}], "text_features"),
        (("features_info", "float_features", 0, "feature_index"), 2, "float_features[0]"),
        (("features_info", "float_features", 0, "nan_value_treatment"), "AsWhim", "float_features[0]"),
        (("scale_and_bias",), [1.0, [0.0, 0.0]], "scale_and_bias"),
        (("oblivious_trees",), None, "oblivious_trees"),
        (("oblivious_trees", 0, "leaf_values"), [0.0], "oblivious_trees[0].leaf_values"),
        (("oblivious_trees", 0, "leaf_weights", 0), -1, "oblivious_trees[0].leaf_weights"),
        (("oblivious_trees", 0, "splits", 0, "split_type"), "OnlineCtr", "oblivious_trees[0].splits[0].split_type"),
        (("oblivious_trees", 0, "splits", 0, "float_feature_index"), 3,
         "oblivious_trees[0].splits[0].float_feature_index"),
        (("oblivious_trees", 0, "leaf_values", 0), 1e300, "trees[0].leaf[0]"),
    ],
)  # fmt: skip
def test_catboost_is_refused_by_name_where_a_document_cannot_say_it(path, to, field):
    with pytest.raises(DefinitionError) as refused:
        changed("catboost_min", *path, to=to)
    assert refused.value.field == field


def test_a_raw_logit_objective_starts_at_its_base_score():
    model = stored("xgboost")["model"]
    model["learner"]["objective"]["name"] = "binary:logitraw"
    model["learner"]["learner_model_param"]["base_score"] = "-1.5E0"
    assert from_xgboost(json.dumps(model), META).base == -1.5


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", ["", "tree", "[]", "{}", "[" * 200_000, '{"learner":1e999}', "\ud800"])
def test_text_that_is_no_model_is_refused(name, text):
    with pytest.raises(DefinitionError) as refused:
        READERS[name](text, META)
    assert refused.value.code == f"{name.split('_')[0]}_import"


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_model_nobody_trusts_loads_or_is_refused_by_a_definition_error(name, data):
    model = copy.deepcopy(stored(name)["model"])
    place = model
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        step = data.draw(st.sampled_from(keys))
        if isinstance(place[step], dict | list) and place[step] and data.draw(st.integers(0, 5)):
            place = place[step]
            continue
        place[step] = data.draw(JUNK)
        break
    try:
        text = json.dumps(model)
    except ValueError:
        return
    try:
        document = READERS[name](text, META)
    except DefinitionError:
        return
    loaded = load_model(encode_document(document))
    assert math.isfinite(loaded.score([0.0] * len(loaded.inputs)).margin)


@pytest.mark.parametrize("name", READERS)
def test_as_many_inputs_as_features(name):
    with pytest.raises(DefinitionError) as refused:
        READERS[name](json.dumps(stored(name)["model"]), META, [ModelInput(name="one")])
    assert refused.value.field == "inputs"


@pytest.mark.parametrize("options", [{}, {"grow_policy": "lossguide", "max_leaves": 9}, {"tree_method": "exact"}])
def test_xgboost_agrees_at_every_threshold_and_its_neighbours(options):
    xgboost = pytest.importorskip("xgboost", reason="xgboost comes with tandem-risk[xgboost]")
    rows, bad = _noise()
    parameters = {"objective": "binary:logistic", "max_depth": 4, "nthread": 1, "seed": 3} | options
    booster = xgboost.train(parameters, xgboost.DMatrix(rows, bad), 40)
    document = from_xgboost(booster, META)
    _agree(document, lambda near: booster.predict(xgboost.DMatrix(near), output_margin=True), rows, 1e-5)


@pytest.mark.parametrize("missing", ["Min", "Max"])
def test_catboost_agrees_at_every_border_and_its_neighbours(missing):
    catboost = pytest.importorskip("catboost", reason="catboost comes with tandem-risk[catboost]")
    rows, bad = _noise()
    booster = catboost.CatBoost(
        {"loss_function": "Logloss", "depth": 4, "iterations": 40, "thread_count": 1, "nan_mode": missing,
         "allow_writing_files": False, "logging_level": "Silent"}
    )  # fmt: skip
    booster.fit(catboost.Pool(rows, bad))
    document = from_catboost(booster, META)
    _agree(document, lambda near: booster.predict(near, prediction_type="RawFormulaVal"), rows, 1e-12)


def _noise():
    rng = np.random.default_rng(5)
    rows = np.round(rng.normal(size=(1_500, 3)), 2)
    rows[rng.random(rows.shape) < 0.1] = np.nan
    rows[:, 2] = np.where(np.isnan(rows[:, 2]), np.nan, 1.0)  # says only whether it is there
    bad = (np.nan_to_num(rows[:, 0]) - np.isnan(rows[:, 2]) + rng.normal(size=1_500) > 0.5).astype(np.float64)
    return rows, bad


def _agree(document, library, rows, apart):
    model = load_model(document)
    cuts = np.unique([t for tree in document.trees for t in tree.threshold if 1e-30 < abs(t) < 1e30])
    edges = np.concatenate([cuts, np.nextafter(cuts, np.inf), np.nextafter(cuts, -np.inf)])
    near = np.vstack([rows, np.column_stack([edges] * 3)])
    served = model.margins({name: near[:, at] for at, name in enumerate(model.inputs)})
    assert np.abs(served - np.asarray(library(near), dtype=np.float64)).max() < apart
