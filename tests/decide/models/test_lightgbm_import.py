"""LightGBM's text is taken where a document can say the same, and refused by name elsewhere."""

from __future__ import annotations

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import Metadata, ModelInput, from_lightgbm, load_model
from tandem.kernel.errors import DefinitionError

META = Metadata(name="imported", target="bad")


def trained(**options):
    rng = np.random.default_rng(11)
    rows = rng.normal(size=(600, 3))
    rows[:, 2] = rng.integers(0, 6, 600)
    label = (rows[:, 0] + (rows[:, 2] == 2) + rng.normal(size=600) > 0.5).astype(float)
    data = lightgbm.Dataset(rows, label, params={"verbose": -1}, categorical_feature=options.pop("categorical", "auto"))
    parameters = {"objective": "binary", "num_threads": 1, "verbose": -1, "num_leaves": 7} | options
    return lightgbm.train(parameters, data, 5), rows


def test_text_and_booster_give_the_same_document():
    booster, _ = trained()
    assert from_lightgbm(booster, META) == from_lightgbm(booster.model_to_string(), META)


def test_features_keep_their_names_and_order():
    booster, _ = trained()
    assert load_model(from_lightgbm(booster, META)).inputs == tuple(booster.feature_name())


def test_cross_entropy_is_log_odds_too():
    booster, rows = trained(objective="cross_entropy")
    model = load_model(from_lightgbm(booster, META))
    assert [model.score(row).margin for row in rows[:50].tolist()] == booster.predict(
        rows[:50], raw_score=True
    ).tolist()


def test_categories_travel_as_codes_on_numeric_splits():
    booster, rows = trained()
    inputs = [
        ModelInput(name="a"),
        ModelInput(name="b"),
        ModelInput(name="kind", type="categorical", categories=("none", "one", "two", "three", "four", "five")),
    ]
    model = load_model(from_lightgbm(booster, META, inputs))
    texts = inputs[2].categories
    for row in rows[:50]:
        got = model.score([row[0], row[1], texts[int(row[2])]]).margin
        assert got == booster.predict(row[None, :], raw_score=True)[0]
    missing = booster.predict(np.array([[0.1, 0.2, np.nan]]), raw_score=True)[0]
    for text in ("six", "", None):
        assert model.score([0.1, 0.2, text]).margin == missing
    columns = {"a": [0.1] * 3, "b": [0.2] * 3, "kind": ["six", None, "two"]}
    assert model.margins(columns).tolist() == [model.score([0.1, 0.2, kind]).margin for kind in columns["kind"]]


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"categorical": [2], "min_data_per_group": 1, "cat_smooth": 0.0}, "num_cat"),
        ({"objective": "regression"}, "objective"),
        ({"objective": "binary", "sigmoid": 2.0}, "objective"),
        ({"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5}, "average_output"),
        ({"linear_tree": True}, "is_linear"),
    ],
)
def test_what_a_document_cannot_say_is_refused_by_name(options, field):
    booster, _ = trained(**options)
    with pytest.raises(DefinitionError) as caught:
        from_lightgbm(booster, META)
    assert field in caught.value.field


def test_several_classes_are_refused():
    rng = np.random.default_rng(0)
    data = lightgbm.Dataset(rng.normal(size=(300, 2)), rng.integers(0, 3, 300), params={"verbose": -1})
    booster = lightgbm.train({"objective": "multiclass", "num_class": 3, "verbose": -1}, data, 2)
    with pytest.raises(DefinitionError) as caught:
        from_lightgbm(booster, META)
    assert caught.value.field == "num_class"


def test_another_number_of_inputs_is_refused():
    booster, _ = trained()
    with pytest.raises(DefinitionError):
        from_lightgbm(booster, META, [ModelInput(name="a")])


@pytest.fixture(scope="session")
def model_text():
    return trained()[0].model_to_string()


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_broken_text_is_refused_and_never_crashes(data, model_text):
    text = model_text
    for _ in range(data.draw(st.integers(1, 4))):
        match data.draw(st.sampled_from(["cut", "char", "line", "number"])):
            case "cut":
                text = text[: data.draw(st.integers(0, len(text)))]
            case "char":
                at = data.draw(st.integers(0, len(text)))
                text = text[:at] + data.draw(st.text(max_size=2)) + text[at + 1 :]
            case "line":
                lines = text.splitlines()
                if lines:
                    del lines[data.draw(st.integers(0, min(len(lines) - 1, 60)))]
                text = "\n".join(lines)
            case "number":
                new = data.draw(st.sampled_from(["-1", "99999999999", "nan", "inf", "1e999", "0", "x"]))
                text = text.replace(data.draw(st.sampled_from(["1", "2", "-1", "0.1", "7"])), new, 1)
    try:
        document = from_lightgbm(text, META)
    except DefinitionError:
        return
    load_model(document).score([None] * len(document.inputs))
