"""Contributions are exact: LightGBM's, the definition's, and they add up."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import COMPILED, load_model
from tandem.decide.models.contributions import ContributionTables
from tandem.decide.models.shapley import add_tree_contributions, expected_leaf, node_counts
from tandem.decide.models.walking import flushed, goes_left

KERNELS = [False, pytest.param(True, marks=pytest.mark.compiled)]


def the_model(document, compiled):
    if compiled and not COMPILED:
        pytest.skip("the compiled kernel was not built")
    return load_model(document, compiled=compiled)


@pytest.mark.parametrize("compiled", KERNELS)
def test_real_accounts_get_the_contributions_lightgbm_gives_them(taiwan, compiled):
    model = the_model(taiwan.document, compiled)
    expected = taiwan.booster.predict(taiwan.rows[:100], pred_contrib=True)
    got = np.array([model.contributions(taiwan.row(i)) for i in range(100)])
    np.testing.assert_allclose(got, expected[:, :-1], rtol=0, atol=1e-13)
    assert model.expected == pytest.approx(expected[0, -1], abs=1e-13)


@pytest.mark.parametrize("compiled", KERNELS)
@pytest.mark.parametrize("options", [{}, {"zero_as_missing": True}, {"use_missing": False}])
def test_missing_values_contribute_as_lightgbm_says(gappy, applications, fit_booster, options, compiled):
    fitted = fit_booster(gappy, applications[1], **options)
    model = the_model(fitted.document, compiled)
    expected = fitted.booster.predict(gappy[:100], pred_contrib=True)[:, :-1]
    got = np.array([model.contributions(fitted.row(i)) for i in range(100)])
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("compiled", KERNELS)
def test_trees_too_deep_for_a_table_are_explained_by_the_recursion(taiwan_table, fit_booster, compiled):
    rows, bad, _ = taiwan_table
    fitted = fit_booster(rows[:4000], bad[:4000], 6, num_leaves=127, max_depth=-1, min_data_in_leaf=5)
    model = the_model(fitted.document, compiled)
    expected = fitted.booster.predict(rows[:10], pred_contrib=True)[:, :-1]
    got = np.array([model.contributions(row) for row in rows[:10].tolist()])
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize("compiled", KERNELS)
def test_contributions_and_the_mean_sum_to_the_margin(taiwan, compiled):
    model = the_model(taiwan.document, compiled)
    for index in range(100):
        row = taiwan.row(index)
        assert math.fsum(model.contributions(row)) + model.expected == pytest.approx(model.score(row).margin, abs=1e-12)


@pytest.mark.compiled
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_the_compiled_twin_contributes_what_the_reference_does(data, random_documents, random_numbers):
    document = data.draw(random_documents)
    reference, twin = the_model(document, False), the_model(document, True)
    width = len(document.inputs)
    row = data.draw(st.lists(random_numbers, min_size=width, max_size=width))
    np.testing.assert_allclose(twin.contributions(row), reference.contributions(row), rtol=0, atol=1e-12)


def brute_force(tree, values, inputs):
    """Shapley values from the definition: all coalitions, path-dependent expectation."""
    counts = node_counts(tree)

    def expectation(node, known):
        if node < 0:
            return tree.leaf[-node - 1]
        feature = tree.feature[node]
        left, right = tree.left[node], tree.right[node]
        if feature in known:
            return expectation(left if goes_left(tree, node, values[feature]) else right, known)
        rows = [counts[child] if child >= 0 else tree.leaf_count[-child - 1] for child in (left, right)]
        return (rows[0] * expectation(left, known) + rows[1] * expectation(right, known)) / counts[node]

    root = 0 if tree.feature else -1
    used = sorted(set(tree.feature))
    result = [0.0] * inputs
    for feature in used:
        others = [one for one in used if one != feature]
        for size in range(len(others) + 1):
            weight = math.factorial(size) * math.factorial(len(others) - size) / math.factorial(len(used))
            for chosen in combinations(others, size):
                gain = expectation(root, {*chosen, feature}) - expectation(root, set(chosen))
                result[feature] += weight * gain
    return result


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_tables_and_recursion_both_give_the_shapley_values_of_the_definition(data, random_documents, random_numbers):
    document = data.draw(random_documents)
    width = len(document.inputs)
    row = data.draw(st.lists(random_numbers, min_size=width, max_size=width))
    values = [flushed(math.nan if value is None else float(value)) for value in row]
    expected = np.zeros(width)
    recursed = [0.0] * width
    for tree in document.trees[:2]:
        expected += brute_force(tree, values, width)
        add_tree_contributions(tree, values, recursed)
    tabled = ContributionTables(document.trees[:2], width).contributions(values)
    np.testing.assert_allclose(tabled, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(recursed, expected, rtol=0, atol=1e-9)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_expected_leaf_is_the_mean_over_training_rows(data, random_documents):
    for tree in data.draw(random_documents).trees:
        rows = [value for value, count in zip(tree.leaf, tree.leaf_count, strict=True) for _ in range(count)]
        assert expected_leaf(tree) == pytest.approx(sum(rows) / len(rows), abs=1e-9)


def test_the_memory_of_the_tables_is_reported(taiwan):
    for compiled in (False, COMPILED):
        assert 10_000 < load_model(taiwan.document, compiled=compiled).table_bytes < 20_000_000


@pytest.mark.parametrize("compiled", KERNELS)
def test_trees_beyond_the_memory_for_tables_are_explained_all_the_same(taiwan, monkeypatch, compiled):
    full = the_model(taiwan.document, compiled)
    for module in ("contributions", "kernels"):
        monkeypatch.setattr(f"tandem.decide.models.{module}.TABLE_BYTES_MAX", 50_000)
    small = the_model(taiwan.document, compiled)
    assert small.table_bytes < 200_000 < full.table_bytes
    for index in range(5):
        row = taiwan.row(index)
        assert small.contributions(row) == pytest.approx(full.contributions(row), abs=1e-11)
