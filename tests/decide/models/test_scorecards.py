"""A scorecard's margin, points and reasons are three views of one table."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import (
    Bin,
    Metadata,
    Scaling,
    Scorecard,
    ScorecardInput,
    SpecialBin,
    base_points,
    bin_points,
    load_model,
    margin_of_points,
    points_of,
)

SCALING = Scaling(base_points=600, base_odds=50, pdo=20)
VALUES = st.one_of(
    st.none(), st.floats(), st.integers(), st.booleans(), st.sampled_from(["a", "b", "c", "true", "1", "new", -7, 1.0])
)


def one_bin(woe: float, coefficient: float = 0.5, count: int = 100) -> Bin:
    return Bin(woe=woe, points=bin_points(SCALING, coefficient, woe), count=count)


@pytest.fixture
def card() -> Scorecard:
    age = ScorecardInput(
        name="age",
        edges=(25.0, 40.0),
        bins=(one_bin(1.0), one_bin(0.0, count=200), one_bin(-1.0)),
        specials=(SpecialBin(values=(-7.0,), bin=one_bin(2.0, count=0)),),
        missing=one_bin(0.6, count=0),
        coefficient=0.5,
        monotone=-1,
        reason="AGE",
    )
    home = ScorecardInput(
        name="home",
        type="categorical",
        groups=(("own", "mortgage"), ("rent",)),
        bins=(one_bin(-0.5, 1.0), one_bin(0.5, 1.0)),
        missing=one_bin(0.1, 1.0, 0),
        unknown=one_bin(0.9, 1.0, 0),
        coefficient=1.0,
        reason="HOME",
    )
    return Scorecard(
        metadata=Metadata(name="card", target="bad"),
        inputs=(age, home),
        intercept=-2.0,
        base_points=base_points(SCALING, -2.0),
        scaling=SCALING,
    )


@pytest.mark.parametrize(
    ("age", "weight"),
    [
        (24.999, 0.5), (25, 0.0), (39, 0.0), (Decimal(40), -0.5), (1e9, -0.5), (-1e9, 0.5), (math.inf, -0.5),
        (-7, 1.0), (None, 0.3), (math.nan, 0.3), ("forty", 0.3), (True, 0.5), (10**400, -0.5),
    ],
)  # fmt: skip
def test_a_bin_holds_its_lower_edge_and_not_its_upper_one(card, age, weight):
    assert load_model(card).score([age, "rent"]).margin == pytest.approx(-2.0 + weight + 0.5)


@pytest.mark.parametrize(
    ("home", "weight"), [("own", -0.5), ("mortgage", -0.5), ("rent", 0.5), ("boat", 0.9), (None, 0.1)]
)
def test_an_unknown_text_and_a_missing_one_have_bins_of_their_own(card, home, weight):
    assert load_model(card).score([30, home]).margin == pytest.approx(-2.0 + weight)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_points_are_the_log_odds_on_another_scale(data, random_scorecards):
    document = data.draw(random_scorecards)
    width = len(document.inputs)
    score = load_model(document).score(data.draw(st.lists(VALUES, min_size=width, max_size=width)))
    exact = points_of(
        Scaling(**{f: getattr(document.scaling, f) for f in ("base_points", "base_odds", "pdo")}), score.margin
    )
    rounding = 0.0 if document.scaling.decimals is None else 0.5 * 10.0**-document.scaling.decimals * (width + 1)
    assert score.points == pytest.approx(exact, abs=rounding + 1e-8)
    assert margin_of_points(document.scaling, exact) == pytest.approx(score.margin, abs=1e-9)


def test_twenty_points_double_the_odds():
    assert points_of(SCALING, -math.log(50)) == pytest.approx(600)
    assert points_of(SCALING, -math.log(100)) == pytest.approx(620)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_any_values_score_and_a_batch_scores_them_alike(data, random_scorecards):
    document = data.draw(random_scorecards)
    model = load_model(document)
    rows = data.draw(
        st.lists(st.lists(VALUES, min_size=len(model.inputs), max_size=len(model.inputs)), min_size=1, max_size=5)
    )
    columns = {name: [row[i] for row in rows] for i, name in enumerate(model.inputs)}
    assert model.margins(columns).tolist() == [model.score(row).margin for row in rows]
    assert model.score_batch(columns).tolist() == [model.score(row).probability for row in rows]


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_contributions_sum_to_margin_less_mean(data, random_scorecards):
    document = data.draw(random_scorecards)
    model = load_model(document)
    row = data.draw(st.lists(VALUES, min_size=len(model.inputs), max_size=len(model.inputs)))
    assert sum(model.contributions(row)) + model.expected == pytest.approx(model.score(row).margin, abs=1e-9)


def test_the_mean_is_weighted_by_the_rows_of_the_bins(card):
    model = load_model(card)
    assert model.expected == pytest.approx(-2.0 + (0.5 * 100 - 0.5 * 100) / 400 + 0.0)


def test_numbers_in_numpy_columns_fall_into_the_same_bins(card):
    model = load_model(card)
    ages = np.array([24, 25, 40, -7, 39], dtype=np.int32)
    homes = ["own", "rent", None, "boat", "own"]
    expected = [model.score([age, home]).margin for age, home in zip(ages.tolist(), homes, strict=True)]
    assert model.margins({"age": ages, "home": homes}).tolist() == expected
