"""A proof of monotonicity finds every violation and passes what LightGBM's basic method promises."""

from __future__ import annotations

from itertools import pairwise

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import Metadata, ModelInput, Tree, Trees, from_lightgbm, load_model, monotone_violations
from tandem.decide.models.walking import margin_of
from tandem.kernel.errors import NotFound


def constrained(table, method):
    rows, bad, _ = table
    signs = [-1, 0, 0, 0, 0, *([1] * 6), *([0] * 6), *([-1] * 6)]
    options = {
        "objective": "binary", "num_leaves": 31, "max_depth": 6, "num_threads": 1, "verbose": -1, "seed": 3,
        "monotone_constraints": signs, "monotone_constraints_method": method,
    }  # fmt: skip
    booster = lightgbm.train(options, lightgbm.Dataset(rows[:8000], bad[:8000], params={"verbose": -1}), 80)
    inputs = [ModelInput(name=f"x{i}", monotone=sign) for i, sign in enumerate(signs)]
    return from_lightgbm(booster, Metadata(name="monotone", target="bad"), inputs)


def test_the_basic_method_is_proved_on_real_accounts(taiwan_table):
    model = load_model(constrained(taiwan_table, "basic"))
    assert [monotone_violations(model, name) for name in model.inputs] == [()] * len(model.inputs)


def test_a_free_model_is_caught_with_a_witness(taiwan):
    found = monotone_violations(taiwan.document, "x0", -1)
    assert found
    assert all(one.drop > 0 and one.low < one.high for one in found)
    assert any(one.model_drop > 0 for one in found)
    assert [one.drop for one in found] == sorted((one.drop for one in found), reverse=True)


def test_without_a_declared_direction_there_is_nothing_to_prove(taiwan):
    assert monotone_violations(taiwan.document, "x0") == ()


def test_an_unknown_input_gets_a_near_match(taiwan):
    with pytest.raises(NotFound, match="x11"):
        monotone_violations(taiwan.document, "x111", 1)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_wrong_step_of_a_scorecard_is_found(data, random_scorecards):
    document = data.draw(random_scorecards)
    for one in document.inputs:
        steps = [one.coefficient * (b.woe - a.woe) for a, b in pairwise(one.bins)] if one.type == "numeric" else []
        falls = [step for step in steps if step < 0]
        assert len(monotone_violations(document, one.name, 1)) == len(falls)
        assert len(monotone_violations(document, one.name, -1)) == len([step for step in steps if step > 0])


def test_a_missing_value_that_is_zero_at_one_node_and_missing_at_the_next_is_followed_through_both():
    """Where x1 is missing, node 1 takes it for zero and node 2 sends it right: only there does x0 fall."""
    tree = Tree(
        feature=(0, 1, 1),
        threshold=(0.0, 0.0, 0.0),
        missing=(0, 0, 2),
        default_left=(False, False, False),
        left=(1, 2, -1),
        right=(-2, -3, -4),
        leaf=(0.0, 1.0, 1.0, 2.0),
        leaf_count=(1, 1, 1, 1),
    )
    inputs = tuple(ModelInput(name=name) for name in ("x0", "x1"))
    document = Trees(metadata=Metadata(name="mixed", target="bad"), inputs=inputs, trees=(tree,))
    (found,) = monotone_violations(document, "x0", 1)
    assert (found.drop, found.model_drop) == (1.0, 1.0)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_tree_passes_exactly_when_no_pair_of_rows_contradicts_it(data, documents_of_one_small_tree):
    """Against brute force: every combination of values on, below and above all thresholds, missing included."""
    document: Trees = data.draw(documents_of_one_small_tree)
    tree: Tree = document.trees[0]
    # missing type Zero takes a point out of the middle of the order; the proof treats that conservatively
    tree = Tree(
        **{
            **{f: getattr(tree, f) for f in tree.__struct_fields__},
            "missing": tuple(2 if m == 1 else m for m in tree.missing),
        }
    )
    used = sorted(set(tree.feature))
    single = Trees(metadata=document.metadata, inputs=document.inputs, trees=(tree,))
    grids = []
    for feature in used:
        cuts = sorted({t for f, t in zip(tree.feature, tree.threshold, strict=True) if f == feature})
        # beside zero too: values nearer than 1e-35 are zero
        grids.append(sorted({cuts[0] - 1.0, *cuts, -2e-35, 0.0, cuts[-1] + 1.0}))
    target = data.draw(st.sampled_from(used))
    at = used.index(target)
    others = [[*grid, float("nan")] for i, grid in enumerate(grids) if i != at]
    mesh = np.array(np.meshgrid(*others, indexing="ij")).reshape(len(others), -1).T if others else np.zeros((1, 0))
    worst = {1: 0.0, -1: 0.0}
    for point in mesh.tolist():
        margins = []
        for value in grids[at]:
            row = [0.0] * len(document.inputs)
            for feature, number in zip([f for f in used if f != target], point, strict=True):
                row[feature] = number
            row[target] = value
            margins.append(margin_of(single.trees, 0.0, row))
        for i, low in enumerate(margins):
            for high in margins[i + 1 :]:
                worst[1] = max(worst[1], low - high)
                worst[-1] = max(worst[-1], high - low)
    for sign in (1, -1):
        found = monotone_violations(single, f"x{target}", sign)
        assert max((one.drop for one in found), default=0.0) == worst[sign]
        assert max((one.model_drop for one in found), default=0.0) == pytest.approx(worst[sign])
