"""The walkers say what LightGBM says, to the last bit, whatever is missing."""

from __future__ import annotations

import math

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import COMPILED, load_model

KERNELS = [False, pytest.param(True, marks=pytest.mark.compiled)]


def the_model(document, compiled):
    if compiled and not COMPILED:
        pytest.skip("the compiled kernel was not built")
    return load_model(document, compiled=compiled)


@pytest.mark.parametrize("compiled", KERNELS)
def test_real_accounts_get_the_margin_lightgbm_gives_them(taiwan, compiled):
    model = the_model(taiwan.document, compiled)
    expected = taiwan.booster.predict(taiwan.rows[:400], raw_score=True)
    assert [model.score(taiwan.row(i)).margin for i in range(400)] == expected.tolist()


@pytest.mark.parametrize("compiled", KERNELS)
@pytest.mark.parametrize("options", [{}, {"zero_as_missing": True}, {"use_missing": False}, {"max_bin": 4095}])
def test_every_way_of_missing_goes_where_lightgbm_sends_it(gappy, applications, fit_booster, options, compiled):
    fitted = fit_booster(gappy, applications[1], **options)
    model = the_model(fitted.document, compiled)
    rows = gappy[:300].copy()
    rows[::3] = np.where(np.random.default_rng(1).random(rows[::3].shape) < 0.4, np.nan, rows[::3])
    rows[1::3] = np.where(np.random.default_rng(2).random(rows[1::3].shape) < 0.4, 0.0, rows[1::3])
    rows[0], rows[1], rows[2], rows[3] = np.nan, 0.0, np.inf, -np.inf
    expected = fitted.booster.predict(rows, raw_score=True)
    got = [model.score([None if math.isnan(v) else v for v in row]).margin for row in rows.tolist()]
    assert got == expected.tolist()


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_split_between_missing_and_present_alone_survives_the_import(fit_booster, compiled):
    # LightGBM writes such a threshold as inf, which JSON cannot hold
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(2000, 2))
    rows[rng.random((2000, 2)) < 0.5] = np.nan
    fitted = fit_booster(rows, np.isnan(rows[:, 0]).astype(float) * (rng.random(2000) < 0.8), 5)
    assert "inf" in next(line for line in fitted.booster.model_to_string().splitlines() if line.startswith("threshold"))
    model = the_model(fitted.document, compiled)
    rows[0], rows[1] = np.inf, -np.inf
    assert [model.score(row).margin for row in rows[:200].tolist()] == fitted.booster.predict(
        rows[:200], raw_score=True
    ).tolist()


@pytest.mark.parametrize("compiled", KERNELS)
def test_deep_and_wide_trees_are_walked_as_well(taiwan_table, fit_booster, compiled):
    rows, bad, _ = taiwan_table
    fitted = fit_booster(rows[:4000], bad[:4000], 12, num_leaves=255, max_depth=-1, min_data_in_leaf=2)
    model = the_model(fitted.document, compiled)
    expected = fitted.booster.predict(rows[:50], raw_score=True)
    assert [model.score(row).margin for row in rows[:50].tolist()] == expected.tolist()


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_model_of_no_trees_and_a_model_of_stumps_score(fit_booster, compiled):
    rows = np.zeros((100, 1))
    fitted = fit_booster(rows, np.arange(100) < 30, 3)
    assert all(len(tree.leaf) == 1 for tree in fitted.document.trees)
    model = the_model(fitted.document, compiled)
    assert model.score([1.0]).margin == fitted.booster.predict(rows[:1], raw_score=True)[0]
    assert model.reasons([1.0]) == ()


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_batch_scores_each_row_as_it_scores_alone(gappy, applications, fit_booster, compiled):
    fitted = fit_booster(gappy, applications[1])
    model = the_model(fitted.document, compiled)
    columns = {name: gappy[:500, i] for i, name in enumerate(model.inputs)}
    alone = [model.score(fitted.row(i)) for i in range(500)]
    assert model.margins(columns).tolist() == [score.margin for score in alone]
    assert model.score_batch(columns).tolist() == [score.probability for score in alone]


def test_probabilities_are_lightgbms(taiwan):
    model = load_model(taiwan.document)
    expected = taiwan.booster.predict(taiwan.rows[:200])
    np.testing.assert_allclose([model.score(taiwan.row(i)).probability for i in range(200)], expected, rtol=1e-14)


@pytest.mark.compiled
@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_the_compiled_twin_gives_the_reference_margin_bit_for_bit(data, random_documents, random_numbers):
    document = data.draw(random_documents)
    reference, twin = the_model(document, False), the_model(document, True)
    width = len(document.inputs)
    for row in data.draw(st.lists(st.lists(random_numbers, min_size=width, max_size=width), min_size=1, max_size=5)):
        assert twin.score(row) == reference.score(row)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_rows_of_extremes_agree_with_lightgbm(data, gappy_fitted, random_numbers):
    model = load_model(gappy_fitted.document)
    row = data.draw(st.lists(random_numbers, min_size=9, max_size=9))
    numbers = np.array([[np.nan if value is None else float(value) for value in row]])
    assert model.score(row).margin == gappy_fitted.booster.predict(numbers, raw_score=True)[0]


def test_the_text_lightgbm_would_load_gives_the_same_model(taiwan):
    again = lightgbm.Booster(model_str=taiwan.booster.model_to_string())
    assert again.predict(taiwan.rows[:5], raw_score=True).tolist() == [
        load_model(taiwan.document).score(taiwan.row(i)).margin for i in range(5)
    ]
