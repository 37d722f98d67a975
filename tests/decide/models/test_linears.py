"""A linear model adds up lines and weights of texts, one row like a thousand, and its signs are its proof."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.decide.models import (
    BestReference,
    Blend,
    Linear,
    LinearInput,
    LinearSpecial,
    Member,
    Metadata,
    PlattCalibration,
    Scaling,
    describe_model,
    encode_document,
    load_model,
    monotone_violations,
)
from tandem.kernel.errors import DefinitionError, InvalidInput

DEBT = LinearInput(
    name="debt", weight=0.5, center=2.0, low=0.0, high=10.0, specials=(LinearSpecial(value=-7.0, weight=0.75),),
    missing=0.25, mean=0.1, spread=0.4, monotone=1, reason="DEBT",
)  # fmt: skip
HOME = LinearInput(
    name="home", type="categorical", levels=("own", "rent"), weights=(-0.5, 0.5), missing=0.25, unknown=0.125, mean=-0.2,
    spread=0.3, reason="HOME",
)  # fmt: skip
META = Metadata(name="lines", target="bad")
DOCUMENT = Linear(metadata=META, inputs=(DEBT, HOME), intercept=-1.0)
VALUES = st.one_of(
    st.none(), st.floats(), st.integers(-20, 20), st.sampled_from(["own", "rent", "boat", -7, -7.0, True, 10**400])
)


@pytest.mark.parametrize(
    ("row", "margin"),
    [
        ((2.0, "own"), -1.0 + 0.0 - 0.5),
        ((4.0, "rent"), -1.0 + 1.0 + 0.5),
        ((0.0, "own"), -1.0 - 1.0 - 0.5),
        ((-7.0, "own"), -1.0 + 0.75 - 0.5),  # a special number does not stand on the line
        ((-8.0, "own"), -1.0 - 1.0 - 0.5),  # beyond the end is the end
        ((1e300, "own"), -1.0 + 4.0 - 0.5),
        ((math.inf, "own"), -1.0 + 4.0 - 0.5),
        ((None, None), -1.0 + 0.25 + 0.25),
        ((math.nan, "boat"), -1.0 + 0.25 + 0.125),
        (("text", "rent"), -1.0 + 0.25 + 0.5),
    ],
)
def test_a_margin_is_the_intercept_and_what_each_input_adds(row, margin):
    assert load_model(DOCUMENT).score(row).margin == margin


def test_an_unknown_text_is_as_missing_where_nothing_else_is_said():
    plain = msgspec.structs.replace(DOCUMENT, inputs=(DEBT, msgspec.structs.replace(HOME, unknown=None)))
    assert load_model(plain).score([2.0, "boat"]).margin == load_model(plain).score([2.0, None]).margin


@given(rows=st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=8))
def test_a_column_is_scored_bit_for_bit_as_its_rows(rows):
    model = load_model(DOCUMENT)
    columns = {name: [row[at] for row in rows] for at, name in enumerate(model.inputs)}
    assert model.margins(columns).tolist() == [model.score(row).margin for row in rows]


@given(row=st.tuples(VALUES, VALUES))
def test_contributions_add_up_and_reasons_never_speak_for_the_applicant(row):
    model = load_model(DOCUMENT)
    parts = model.contributions(row)
    assert math.fsum(parts) == pytest.approx(model.score(row).margin - model.expected, abs=1e-12)
    reasons = model.reasons(row)
    assert all(one.contribution > 0 for one in reasons)
    assert {one.reason_code for one in reasons} <= {"DEBT", "HOME"}


def test_numpy_columns_are_read_as_values_are():
    model = load_model(DOCUMENT)
    debt = np.array([np.nan, -7.0, 3.0, np.inf])
    homes = [None, "own", "boat", "rent"]
    assert model.margins({"debt": debt, "home": homes}).tolist() == [
        model.score(row).margin for row in zip(debt.tolist(), homes, strict=True)
    ]


def test_the_sign_of_a_weight_is_the_proof_and_a_broken_promise_has_a_witness():
    assert monotone_violations(DOCUMENT, "debt") == ()
    (broken,) = monotone_violations(DOCUMENT, "debt", -1)
    model = load_model(DOCUMENT)
    rise = model.score([broken.high, "own"]).margin - model.score([broken.low, "own"]).margin
    assert broken.drop == broken.model_drop == rise == 5.0
    assert monotone_violations(DOCUMENT, "home", 1) == ()  # texts have no order


def test_the_best_row_stands_at_the_end_of_the_line():
    best = BestReference(load_model(DOCUMENT))
    assert best.row == (0.0, "own")
    assert sum(best.contributions([4.0, "rent"])) == pytest.approx(2.0 + 1.0)


def test_a_blend_takes_it_as_a_member():
    calibrated = msgspec.structs.replace(DOCUMENT, calibration=PlattCalibration(slope=2.0, intercept=0.5))
    blend = Blend(
        metadata=META, members=(Member(weight=0.25, model=DOCUMENT), Member(weight=0.75, model=calibrated))
    )  # fmt: skip
    model, alone = load_model(blend), load_model(DOCUMENT)
    for row in ([4.0, "rent"], [None, "boat"]):
        margin = alone.score(row).margin
        assert model.score(row).margin == pytest.approx(0.25 * margin + 0.75 * (2 * margin + 0.5))


def test_it_is_read_aloud_with_its_ends_and_texts():
    told = describe_model(msgspec.structs.replace(DOCUMENT, scaling=Scaling()))
    (part,) = told.parts
    assert (told.kind, part.kind, part.inputs) == ("linear", "linear", 2)
    rows = {one.name: [(row.label, row.woe) for row in one.rows] for one in part.card}
    assert rows["debt"] == [("<= 0", -1.0), ("= 2", 0.0), (">= 10", 4.0), ("= -7", 0.75), ("missing", 0.25)]
    ends = [(row.low, row.high) for row in part.card[0].rows]
    assert ends == [(None, 0.0), (2.0, 2.0), (10.0, None), (-7.0, -7.0), (None, None)]
    assert rows["home"] == [("own", -0.5), ("rent", 0.5), ("missing", 0.25), ("other", 0.125)]
    assert [row.of for row in part.card[1].rows] == ["values", "values", "missing", "other"]
    assert part.base_points == pytest.approx(load_model(msgspec.structs.replace(DOCUMENT, scaling=Scaling())).score(
        [2.0, None]).points + part.card[1].rows[2].points * -1)  # fmt: skip
    assert [(one.proof, one.training_weight) for one in told.inputs] == [("proven", 0.4), ("free", 0.3)]


def test_it_survives_being_written_and_read():
    text = encode_document(DOCUMENT)
    assert load_model(text).document == DOCUMENT
    assert load_model(text).digest == load_model(DOCUMENT).digest


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weight": math.nan}, "weight"),
        ({"high": math.inf}, "high"),
        ({"low": 11.0}, "low"),
        ({"weight": 1e6}, "weight"),
        ({"weight": 1e308, "high": 1e308}, "weight"),
        ({"levels": ("own",)}, "levels"),
        ({"unknown": 0.5}, "unknown"),
        ({"spread": -1.0}, "spread"),
        ({"missing": 1e7}, "missing"),
        ({"name": ""}, "name"),
        ({"name": "home"}, "name"),
        ({"specials": (LinearSpecial(value=1.0, weight=0.0),) * 2}, "specials[1].value"),
        ({"specials": (LinearSpecial(value=1.0, weight=math.inf),)}, "specials[0].weight"),
    ],
)
def test_a_line_that_does_not_hold_together_is_refused_by_field(changes, field):
    with pytest.raises(DefinitionError) as refused:
        load_model(msgspec.structs.replace(DOCUMENT, inputs=(HOME, msgspec.structs.replace(DEBT, **changes))))
    assert refused.value.field == f"inputs[1].{field}"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weight": 1.0}, "weight"),
        ({"monotone": 1}, "monotone"),
        ({"weights": (0.0,)}, "weights"),
        ({"levels": ("own", "own")}, "levels"),
        ({"weights": (0.0, 1e7)}, "weights[1]"),
        ({"unknown": 1e7}, "unknown"),
    ],
)
def test_texts_that_do_not_hold_together_are_refused_by_field(changes, field):
    with pytest.raises(DefinitionError) as refused:
        load_model(msgspec.structs.replace(DOCUMENT, inputs=(msgspec.structs.replace(HOME, **changes),)))
    assert refused.value.field == f"inputs[0].{field}"


def test_another_number_of_values_is_refused():
    with pytest.raises(InvalidInput):
        load_model(DOCUMENT).score([1.0])
