"""An additive model's margin is a sum of tables, its reasons are the same tables, and its promises are proven over all cuts."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import product

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import (
    Additive,
    AdditiveInput,
    AdditivePair,
    Axis,
    Blend,
    Member,
    Metadata,
    PlattCalibration,
    Scaling,
    describe_model,
    encode_document,
    load_model,
    monotone_violations,
    points_of,
)
from tandem.kernel.errors import DefinitionError

VALUES = st.one_of(
    st.none(), st.floats(), st.integers(), st.booleans(), st.sampled_from(["own", "rent", "true", "1", "new", 25, 40.0])
)
AGE = AdditiveInput(
    name="age",
    edges=(25.0, 40.0),
    weights=(0.5, 0.0, -0.75),
    missing=0.25,
    counts=(100, 200, 100, 0),
    adverse=(40, 40, 10, 0),
    monotone=-1,
    reason="AGE",
)
HOME = AdditiveInput(
    name="home",
    type="categorical",
    groups=(("own", "mortgage"), ("rent",)),
    weights=(-0.5, 0.5),
    missing=0.125,
    unknown=1.0,
    counts=(200, 150, 50),
    adverse=(20, 50, 20),
    reason="HOME",
)
DEBT = AdditiveInput(name="debt", edges=(0.0,), weights=(0.0, 1.0), missing=2.0)
TOGETHER = AdditivePair(
    first=Axis(name="age", edges=(30.0,)),
    second=Axis(name="home", groups=(("rent",),)),
    weights=((0.25, 0.0, 0.0), (-0.25, -0.5, 0.0), (0.0, 0.0, 4.0)),
    mean=0.125,
)


@pytest.fixture
def document() -> Additive:
    return Additive(
        metadata=Metadata(name="tables", target="bad"), inputs=(AGE, HOME, DEBT), pairs=(TOGETHER,), intercept=-1.0
    )


def by_hand(age: float | None, home: str | None, debt: float | None) -> float:
    """The margin written down again, without a table."""
    margin = -1.0
    margin += 0.25 if age is None else 0.5 if age < 25 else 0.0 if age < 40 else -0.75
    margin += 0.125 if home is None else {"own": -0.5, "mortgage": -0.5, "rent": 0.5}.get(home, 1.0)
    margin += 2.0 if debt is None else 0.0 if debt < 0 else 1.0
    row = TOGETHER.weights[2 if age is None else 0 if age < 30 else 1]
    return margin + row[1 if home is None else 0 if home == "rent" else 2]


def test_a_margin_is_the_intercept_and_one_weight_of_every_table(document: Additive) -> None:
    model = load_model(document)
    ages, homes, debts = (None, 24, 25, 29.5, 30, 40, 99), (None, "own", "mortgage", "rent", "boat"), (None, -1, 0, 7)
    for age, home, debt in product(ages, homes, debts):
        assert model.score([age, home, debt]).margin == by_hand(age, home, debt)


def test_an_edge_belongs_to_the_bin_above_it(document: Additive) -> None:
    model = load_model(document)
    below, at = (model.score([age, "own", -1.0]).margin for age in (math.nextafter(25.0, 0.0), 25.0))
    assert below - at == 0.5


@given(rows=st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=8))
@settings(max_examples=200)
def test_a_batch_says_what_single_rows_say_bit_for_bit(rows: list[tuple[object, ...]]) -> None:
    model = load_model(
        Additive(metadata=Metadata(name="m", target="bad"), inputs=(AGE, HOME, DEBT), pairs=(TOGETHER,), intercept=0.3)
    )
    columns = {name: list(column) for name, column in zip(model.inputs, zip(*rows, strict=True), strict=True)}
    assert model.margins(columns).tolist() == [model.score(list(row)).margin for row in rows]


@given(row=st.tuples(VALUES, VALUES, VALUES))
@settings(max_examples=200)
def test_contributions_sum_to_the_margin_less_its_mean(row: tuple[object, ...]) -> None:
    model = load_model(
        Additive(metadata=Metadata(name="m", target="bad"), inputs=(AGE, HOME, DEBT), pairs=(TOGETHER,), intercept=0.3)
    )
    margin = model.score(list(row)).margin
    assert math.isclose(model.expected + sum(model.contributions(list(row))), margin, abs_tol=1e-12)


def test_a_pair_is_split_evenly_between_its_inputs(document: Additive) -> None:
    alone = load_model(msgspec.structs.replace(document, pairs=()))
    paired = load_model(document)
    row = [20, "rent", -1.0]
    moved = np.subtract(paired.contributions(row), alone.contributions(row))
    assert moved.tolist() == [0.0625, 0.0625, 0.0]  # half of (0.25 - 0.125) each


def test_reasons_are_the_largest_shares_and_never_speak_for_the_applicant(document: Additive) -> None:
    model = load_model(document)
    told = model.reasons([20, "own", None])
    assert [one.input for one in told] == ["debt", "age"]
    assert told[0].contribution == 2.0
    assert [one.reason_code for one in told] == [None, "AGE"]
    assert load_model(document, compiled=False).reasons([20, "own", None]) == told


def test_a_number_of_any_kind_is_a_number(document: Additive) -> None:
    model = load_model(document)
    assert model.score([Decimal(30), "own", True]) == model.score([30.0, "own", 1]) == model.score([30, "own", 1.0])


def test_points_follow_from_the_calibrated_probability(document: Additive) -> None:
    scaling = Scaling()
    model = load_model(
        msgspec.structs.replace(document, scaling=scaling, calibration=PlattCalibration(slope=0.5, intercept=0.25))
    )
    score = model.score([30, "rent", None])
    assert math.isclose(score.points or 0.0, points_of(scaling, 0.5 * score.margin + 0.25))


def test_a_blend_of_tables_is_the_weighted_mean_of_their_margins(document: Additive) -> None:
    other = msgspec.structs.replace(document, pairs=(), intercept=2.0)
    blend = load_model(
        Blend(
            metadata=Metadata(name="both", target="bad"),
            members=(Member(weight=0.25, model=document), Member(weight=0.75, model=other)),
        )
    )
    row = [20, "rent", None]
    margins = [load_model(one).score(row).margin for one in (document, other)]
    assert math.isclose(blend.score(row).margin, 0.25 * margins[0] + 0.75 * margins[1])
    assert math.isclose(blend.expected + sum(blend.contributions(row)), blend.score(row).margin, abs_tol=1e-12)


def test_a_document_survives_being_written_and_read(document: Additive) -> None:
    again = load_model(encode_document(document))
    assert again.document == document
    assert again.digest == load_model(document).digest
    assert again.kind == "additive"


def test_a_promise_is_proven_with_the_pairs_or_broken_with_a_witness(document: Additive) -> None:
    assert monotone_violations(document, "age") == ()  # the pair falls as well, whatever the home
    rising = msgspec.structs.replace(TOGETHER, weights=((0.0, 0.0, 0.0), (0.0, 0.75, 0.0), (0.0, 0.0, 0.0)))
    broken = msgspec.structs.replace(document, pairs=(rising,))
    (violation,) = monotone_violations(broken, "age")
    assert (violation.high, violation.drop) == (30.0, 0.75)
    model = load_model(broken)
    low, high = (model.score([age, None, 0]).margin for age in (violation.low, violation.high))
    assert high - low == violation.drop  # a missing home is what shows it


def test_steps_of_a_table_may_make_up_for_a_pair(document: Additive) -> None:
    held = AdditivePair(
        first=Axis(name="home", groups=(("rent",),)),
        second=Axis(name="age", edges=(25.0,)),
        weights=((0.0, 0.25, 0.0), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
    )
    assert monotone_violations(msgspec.structs.replace(document, pairs=(held,)), "age") == ()


@given(
    steps=st.lists(st.floats(-1, 1), min_size=3, max_size=3),
    cells=st.lists(st.floats(-1, 1), min_size=12, max_size=12),
)
@settings(max_examples=100)
def test_the_proof_agrees_with_every_row_there_is(steps: list[float], cells: list[float]) -> None:
    one = AdditiveInput(name="x", edges=(0.0, 1.0), weights=tuple(steps), monotone=1)
    two = AdditiveInput(name="y", edges=(0.0,), weights=(0.0, 0.0))
    pair = AdditivePair(
        first=Axis(name="x", edges=(0.5, 1.0)),
        second=Axis(name="y", edges=(0.0,)),
        weights=tuple(tuple(cells[3 * at : 3 * at + 3]) for at in range(4)),
    )
    document = Additive(metadata=Metadata(name="m", target="t"), inputs=(one, two), pairs=(pair,), intercept=0.0)
    model = load_model(document)
    falls = any(
        model.score([high, y]).margin < model.score([low, y]).margin - 1e-12
        for y in (None, -1.0, 1.0)
        for low, high in ((-1.0, 0.25), (0.25, 0.75), (0.75, 2.0))
    )
    proven = all(violation.drop <= 1e-12 for violation in monotone_violations(document, "x"))
    assert proven is not falls


def test_a_model_is_read_aloud_with_its_tables_and_pairs(document: Additive) -> None:
    told = describe_model(msgspec.structs.replace(document, scaling=Scaling()))
    (part,) = told.parts
    assert (told.kind, part.kind, part.inputs) == ("additive", "additive", 3)
    age = part.card[0]
    assert [row.label for row in age.rows] == ["< 25", "[25, 40)", ">= 40", "missing"]
    assert [(row.low, row.high) for row in age.rows] == [(None, 25.0), (25.0, 40.0), (40.0, None), (None, None)]
    assert [row.count for row in age.rows] == [100, 200, 100, 0]
    assert age.rows[0].rate == 0.4
    assert age.rows[0].points is not None
    assert age.rows[0].points < 0 < (age.rows[2].points or 0)
    assert [row.label for row in part.card[1].rows] == ["own, mortgage", "rent", "missing", "other"]
    (pair,) = part.pairs
    assert (pair.first, pair.second, pair.cells, pair.least, pair.most) == ("age", "home", 9, -0.5, 4.0)
    assert [one.proof for one in told.inputs] == ["proven", "free", "free"]
    # A pair has no counts of its own, so only what is in none has an exact mean; and debt counts no rows.
    assert [one.training_weight for one in told.inputs] == [None, None, None]
    alone = describe_model(msgspec.structs.replace(document, pairs=()))
    assert alone.inputs[0].training_weight == pytest.approx((100 * 0.5625 + 200 * 0.0625 + 100 * 0.6875) / 400)
    assert alone.parts[0].card[0].rows[0].points is None


CHANGES = {
    "edges that fall": ("inputs[0].edges[1]", {"inputs": [{"name": "a", "edges": [2.0, 1.0], "weights": [0, 0, 0]}]}),
    "an edge that is no number": (
        "inputs[0].edges[0]",
        {"inputs": [AdditiveInput(name="a", edges=(math.inf,), weights=(0.0, 0.0))]},
    ),
    "a weight too few": ("inputs[0].weights", {"inputs": [{"name": "a", "edges": [1.0], "weights": [0]}]}),
    "a weight beyond all": ("inputs[0].weights[0]", {"inputs": [{"name": "a", "weights": [1e7]}]}),
    "a count too few": ("inputs[0].counts", {"inputs": [{"name": "a", "weights": [0], "counts": [1], "adverse": [0]}]}),
    "more adverse than rows": (
        "inputs[0].counts[0]",
        {"inputs": [{"name": "a", "weights": [0], "counts": [1, 0], "adverse": [2, 0]}]},
    ),
    "two inputs of one name": ("inputs[1].name", {"inputs": [{"name": "a", "weights": [0]}] * 2}),
    "a text in two groups": (
        "inputs[0].groups[1]",
        {"inputs": [{"name": "a", "type": "categorical", "groups": [["x"], ["x"]], "weights": [0, 0]}]},
    ),
    "edges of texts": (
        "inputs[0].edges",
        {"inputs": [{"name": "a", "type": "categorical", "edges": [1.0], "weights": []}]},
    ),
    "unknown of numbers": ("inputs[0].unknown", {"inputs": [{"name": "a", "weights": [0], "unknown": 1.0}]}),
    "no input": ("inputs", {"inputs": []}),
    "a pair of a stranger": (
        "pairs[0].second.name",
        {"pairs": [{"first": {"name": "age"}, "second": {"name": "who"}, "weights": [[0, 0], [0, 0]]}]},
    ),
    "a pair with itself": (
        "pairs[0]",
        {"pairs": [{"first": {"name": "age"}, "second": {"name": "age"}, "weights": [[0, 0], [0, 0]]}]},
    ),
    "a pair twice": ("pairs[1]", {"pairs": [TOGETHER, TOGETHER]}),
    "a row too few": (
        "pairs[0].weights",
        {"pairs": [{"first": {"name": "age"}, "second": {"name": "debt"}, "weights": [[0, 0]]}]},
    ),
    "a column too many": (
        "pairs[0].weights[1]",
        {"pairs": [{"first": {"name": "age"}, "second": {"name": "debt"}, "weights": [[0, 0], [0, 0, 0]]}]},
    ),
    "too many cells": (
        "pairs[0].weights",
        {
            "inputs": [
                {"name": "a", "edges": list(range(900)), "weights": [0] * 901},
                {"name": "b", "edges": list(range(900)), "weights": [0] * 901},
            ],
            "pairs": [
                {
                    "first": {"name": "a", "edges": list(range(900))},
                    "second": {"name": "b", "edges": list(range(900))},
                    "weights": [],
                }
            ],
        },
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_document_that_does_not_hold_together_is_refused_by_field(document: Additive, what: str) -> None:
    field, change = CHANGES[what]
    plain = {**msgspec.to_builtins(document), **msgspec.to_builtins(change)}
    with pytest.raises(DefinitionError) as refused:
        load_model(plain)
    assert refused.value.field == field
