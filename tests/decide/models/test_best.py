"""Contributions against the best row: exact, complete, and zero where nothing could be better."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tandem.decide.models import (
    Additive,
    AdditiveInput,
    AdditivePair,
    Axis,
    BestReference,
    Blend,
    Member,
    Metadata,
    PlattCalibration,
    load_model,
)


def shapley(margin, row, best):
    """By the definition: what an input adds to every mix of the two rows, weighted by its size."""
    count = len(row)
    found = []
    for one in range(count):
        others = [at for at in range(count) if at != one]
        total = 0.0
        for size in range(count):
            weight = factorial(size) * factorial(count - 1 - size) / factorial(count)
            for mine in combinations(others, size):
                without = [row[at] if at in mine else best[at] for at in range(count)]
                with_it = [row[at] if at in (*mine, one) else best[at] for at in range(count)]
                total += weight * (margin(with_it) - margin(without))
        found.append(total)
    return found


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_of_trees_they_are_the_shapley_values_of_the_definition(data, random_documents, random_numbers):
    document = data.draw(random_documents.filter(lambda one: len(one.inputs) <= 6))
    model = load_model(document)
    width = len(document.inputs)
    row = data.draw(st.lists(random_numbers, min_size=width, max_size=width))
    best = BestReference(model)
    expected = shapley(lambda one: model.score(one).margin, row, best.row)
    assert best.contributions(row) == pytest.approx(expected, abs=1e-9)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_they_sum_to_the_margin_less_the_best_one(data, random_documents, random_scorecards, random_numbers):
    card, trees = data.draw(random_scorecards), data.draw(random_documents)
    line = PlattCalibration(slope=data.draw(st.floats(0.1, 3)), intercept=0.3)
    apart = [replace(one, name=f"tree_{one.name}") for one in trees.inputs]
    blend = Blend(
        metadata=Metadata(name="blend", target="bad"),
        members=(
            Member(weight=0.25, model=replace(card, calibration=line)),
            Member(weight=0.75, model=replace(trees, inputs=tuple(apart))),
        ),
    )
    for document in (card, trees, blend):
        model = load_model(document)
        row = data.draw(st.lists(random_numbers, min_size=len(model.inputs), max_size=len(model.inputs)))
        best = BestReference(model)
        assert sum(best.contributions(row)) == pytest.approx(model.score(row).margin - best.margin, abs=1e-9)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_nothing_known_of_a_scorecard_is_better_than_its_best_row(data, random_scorecards):
    card = data.draw(random_scorecards)
    model = load_model(card)
    row = [data.draw(st.floats(-2.9, 2.9) if one.type == "numeric" else st.sampled_from("abc")) for one in card.inputs]
    best = BestReference(model)
    assert best.margin <= model.score(row).margin + 1e-12
    assert all(part >= -1e-12 for part in best.contributions(row))


def test_of_a_real_model_the_best_row_is_better_than_every_account(taiwan):
    model = load_model(taiwan.document)
    best = BestReference(model)
    assert all(best.margin < model.score(taiwan.row(index)).margin for index in range(300))
    assert sum(best.contributions(best.row)) == pytest.approx(0.0, abs=1e-12)


PAIRED = Additive(
    metadata=Metadata(name="paired", target="bad"),
    inputs=(
        AdditiveInput(name="debt", edges=(10.0, 20.0), weights=(-0.5, 0.1, 0.9), missing=0.2),
        AdditiveInput(name="job", type="categorical", groups=(("fixed",), ("other",)), weights=(-0.3, 0.4)),
        AdditiveInput(name="income", edges=(5.0,), weights=(0.7, -0.7)),
    ),
    pairs=(
        AdditivePair(
            first=Axis(name="debt", edges=(15.0,)),
            second=Axis(name="income", edges=(5.0,)),
            weights=((0.0, -0.2, 0.0), (0.6, 0.1, 0.0), (0.0, 0.0, 0.0)),
        ),
    ),
    intercept=-1.0,
)


@pytest.mark.parametrize("row", [[25.0, "other", 1.0], [12.0, "fixed", 9.0], [None, "unheard of", 4.0]])
def test_of_tables_with_pairs_they_are_the_shapley_values_of_the_definition(row):
    model = load_model(PAIRED)
    best = BestReference(model)
    assert best.row[1] == "fixed"
    assert best.margin == pytest.approx(-1.0 - 0.5 - 0.3 - 0.7 - 0.2)
    assert best.contributions(row) == pytest.approx(
        shapley(lambda one: model.score(one).margin, row, best.row), abs=1e-12
    )
