"""A blend is the weighted mean of its members' calibrated log-odds, and so are its reasons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import (
    Blend,
    IsotonicCalibration,
    Member,
    Metadata,
    PlattCalibration,
    Scaling,
    load_model,
    log_odds,
    points_of,
    sigmoid,
)
from tandem.kernel.errors import DefinitionError

META = Metadata(name="blend", target="bad")


def blended(card, trees, weight=0.25, **options):
    import msgspec

    # one reason per name, or the members would contradict each other
    names = {one.name: one.reason for one in card.inputs}
    inputs = tuple(
        msgspec.structs.replace(one, name=f"t{i}" if names.get(one.name, one.reason) != one.reason else one.name)
        for i, one in enumerate(trees.inputs)
    )
    card = msgspec.structs.replace(
        card,
        inputs=tuple(
            msgspec.structs.replace(one, name=f"c_{one.name}") if one.type == "categorical" else one
            for one in card.inputs
        ),
    )
    trees = msgspec.structs.replace(trees, inputs=inputs, calibration=PlattCalibration(slope=0.8, intercept=0.1))
    return Blend(
        metadata=META, members=(Member(weight=weight, model=card), Member(weight=1 - weight, model=trees)), **options
    )


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_margin_and_contributions_are_weighted_means(data, random_scorecards, random_documents, random_numbers):
    document = blended(data.draw(random_scorecards), data.draw(random_documents))
    blend = load_model(document)
    row = data.draw(st.lists(random_numbers, min_size=len(blend.inputs), max_size=len(blend.inputs)))
    by_name = dict(zip(blend.inputs, row, strict=True))
    card, trees = (load_model(member.model) for member in document.members)
    margins = [model.score([by_name[name] for name in model.inputs]).margin for model in (card, trees)]
    score = blend.score(row)
    assert score.margin == pytest.approx(0.25 * margins[0] + 0.75 * (0.8 * margins[1] + 0.1), abs=1e-12)
    assert sum(blend.contributions(row)) + blend.expected == pytest.approx(score.margin, abs=1e-9)
    assert blend.reasons(row) == load_model(document, compiled=False).reasons(row)


@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_batch_scores_as_each_row_alone(data, random_scorecards, random_documents, random_numbers):
    blend = load_model(blended(data.draw(random_scorecards), data.draw(random_documents)))
    width = len(blend.inputs)
    rows = data.draw(st.lists(st.lists(random_numbers, min_size=width, max_size=width), min_size=1, max_size=4))
    columns = {name: [row[i] for row in rows] for i, name in enumerate(blend.inputs)}
    assert blend.margins(columns).tolist() == [blend.score(row).margin for row in rows]


def test_points_follow_the_calibrated_probability(taiwan):
    scaling = Scaling(decimals=0)
    document = Blend(
        metadata=META,
        members=(Member(weight=1.0, model=taiwan.document),),
        calibration=IsotonicCalibration(margins=(-3.0, 0.0, 1.0), probabilities=(0.02, 0.3, 0.9)),
        scaling=scaling,
    )
    score = load_model(document).score(taiwan.row(0))
    assert score.points == points_of(scaling, log_odds(score.probability)) == round(score.points)
    np.testing.assert_allclose(sigmoid(log_odds(score.probability)), score.probability)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weights": (0.5, 0.6)}, "members"),
        ({"weights": (1.5, -0.5)}, "members[0].weight"),
        ({"calibration": IsotonicCalibration(margins=(0.0,), probabilities=(0.5,))}, "members[0].model.calibration"),
    ],
)
def test_a_blend_whose_reasons_would_not_add_up_is_refused(taiwan, change, field):
    import msgspec

    model = taiwan.document
    if "calibration" in change:
        model = msgspec.structs.replace(model, calibration=change["calibration"])
    weights = change.get("weights", (0.5, 0.5))
    document = Blend(metadata=META, members=tuple(Member(weight=w, model=model) for w in weights))
    with pytest.raises(DefinitionError) as caught:
        load_model(document)
    assert caught.value.field == field


def test_a_fault_in_a_member_is_located(taiwan):
    import msgspec

    broken = msgspec.structs.replace(taiwan.document, base=float("inf"))
    with pytest.raises(DefinitionError) as caught:
        load_model(Blend(metadata=META, members=(Member(weight=1.0, model=broken),)))
    assert caught.value.code == "invalid_model"
