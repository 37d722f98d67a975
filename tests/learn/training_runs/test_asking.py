"""What a person says, and the specification that it means."""

from __future__ import annotations

import pytest

from tandem.kernel.errors import InvalidInput
from tandem.learn.training_runs import TrainingAsked, UploadedFile, spec_of

SOURCE = UploadedFile(upload_id="upl_1")


def asked(**values):
    return TrainingAsked(source=SOURCE, target="bad", **values)


def test_strictly_explained_is_a_scorecard_and_nothing_else():
    spec = spec_of(asked(explain="strictly", monotone="auto", tune=5))
    assert (spec.families, spec.monotone, spec.tune) == (("scorecard",), "none", 0)


def test_balanced_holds_trees_to_the_trends_unless_told_otherwise():
    assert spec_of(asked()).monotone == "auto"
    assert spec_of(asked(monotone="none")).monotone == "none"


def test_the_strongest_lets_trees_go_free_and_explainable_boosting_compete_where_it_is_installed(monkeypatch):
    monkeypatch.setattr("tandem.learn.training.engines.find_spec", lambda _: object())
    assert spec_of(asked(explain="strongest")).families == ("scorecard", "ebm", "lightgbm", "blend")
    monkeypatch.setattr("tandem.learn.training.engines.find_spec", lambda _: None)
    spec = spec_of(asked(explain="strongest"))
    assert (spec.families, spec.monotone) == (("scorecard", "lightgbm", "blend"), "none")


def test_the_goal_is_the_preset_and_all_else_is_passed_on():
    spec = spec_of(asked(goal="fraud", time="day", id=("key",), forbid=("age",), folds=4, seed=9, name="cards", tune=3))
    assert (spec.preset, spec.time, spec.id, spec.forbid) == ("fraud", "day", ("key",), ("age",))
    assert (spec.folds, spec.seed, spec.name, spec.tune) == (4, 9, "cards", 3)


@pytest.mark.parametrize("values", [{"name": "Loans"}, {"folds": 1}, {"test_share": 0.9}, {"families": ("blend",)}])
def test_what_cannot_be_is_refused(values):
    with pytest.raises(InvalidInput):
        spec_of(asked(**values))


@pytest.mark.parametrize(("family", "held"), [("xgboost", True), ("catboost", True), ("logistic", False)])
def test_who_is_asked_for_by_name_competes_and_trees_of_any_library_are_held_and_tuned(family, held):
    spec = spec_of(asked(families=("scorecard", family), tune=3))
    assert spec.families == ("scorecard", family)
    assert (spec.monotone, spec.tune) == (("auto", 3) if held else ("none", 0))
