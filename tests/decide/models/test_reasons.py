"""At most four reasons, none that favoured the applicant, and the same from every kernel."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import COMPILED, PRINCIPAL_REASONS, load_model
from tandem.decide.models.explaining import ranking_of
from tandem.decide.models.reasons import adverse_groups, reason_groups
from tandem.kernel.errors import InvalidInput


@pytest.mark.compiled
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_both_kernels_name_the_same_reasons(data, random_documents, random_numbers):
    if not COMPILED:
        pytest.skip("the compiled kernel was not built")
    document = data.draw(random_documents)
    width = len(document.inputs)
    row = data.draw(st.lists(random_numbers, min_size=width, max_size=width))
    top = data.draw(st.integers(0, 6))
    twin, reference = load_model(document), load_model(document, compiled=False)
    ours, theirs = twin.reasons(row, top), reference.reasons(row, top)
    # a sum on the edge of a unit may round either way, and random trees are full of ties
    assert [one.contribution for one in ours] == pytest.approx([one.contribution for one in theirs], abs=width * 1e-9)


@pytest.mark.compiled
def test_both_kernels_give_real_accounts_the_same_words(taiwan):
    twin, reference = load_model(taiwan.document), load_model(taiwan.document, compiled=False)
    for index in range(200):
        assert twin.reasons(taiwan.row(index)) == reference.reasons(taiwan.row(index))


@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_reasons_are_few_adverse_ranked_and_never_repeat_a_code(data, random_documents, random_numbers):
    document = data.draw(random_documents)
    model = load_model(document)
    row = data.draw(st.lists(random_numbers, min_size=len(model.inputs), max_size=len(model.inputs)))
    reasons = model.reasons(row)
    assert len(reasons) <= PRINCIPAL_REASONS
    assert all(one.contribution > 0 for one in reasons)
    assert [one.contribution for one in reasons] == sorted((one.contribution for one in reasons), reverse=True)
    codes = [one.reason_code for one in reasons if one.reason_code is not None]
    assert len(set(codes)) == len(codes)
    parts = model.contributions(row)
    for one in reasons:
        members = [i for i, code in enumerate(model.reason_codes) if code is not None and code == one.reason_code]
        members = members or [model.inputs.index(one.input)]
        assert one.contribution == pytest.approx(sum(parts[i] for i in members), abs=1e-7)
        assert one.value is row[model.inputs.index(one.input)]


def test_inputs_with_one_code_are_one_reason_net_of_what_favoured():
    groups = reason_groups(["LATE", "INCOME", "LATE", None, None])
    assert groups == [0, 1, 0, 2, 3]
    assert adverse_groups([0.5, 0.3, -0.4, 0.2, 0.2], groups, 4) == [(1, 3e8), (3, 2e8), (4, 2e8), (0, 1e8)]
    assert adverse_groups([0.5, 0.3, -0.6, -0.2, 0.0], groups, 4) == [(1, 3e8)]


@pytest.mark.compiled
@given(st.lists(st.tuples(st.floats(-9, 9), st.sampled_from(["A", "B", "C", None])), min_size=1), st.integers(-1, 6))
def test_the_compiled_ranking_is_the_references(parts, top):
    if not COMPILED:
        pytest.skip("the compiled kernel was not built")
    contributions, groups = [part for part, _ in parts], reason_groups([code for _, code in parts])
    assert ranking_of(groups)(contributions, top) == adverse_groups(contributions, groups, top)


def test_more_than_four_reasons_are_never_given(taiwan):
    model = load_model(taiwan.document)
    row = max((taiwan.row(i) for i in range(200)), key=lambda one: model.score(one).margin)
    assert len(model.reasons(row, top=99)) == 4
    assert len(model.reasons(row, top=2)) == 2
    assert model.reasons(row, top=2) == model.reasons(row)[:2]


def test_a_row_of_another_width_is_refused(taiwan):
    model = load_model(taiwan.document)
    for call in (model.score, model.reasons, model.contributions):
        for row in ([], [1.0], [1.0] * (len(model.inputs) + 1)):
            with pytest.raises(InvalidInput) as caught:
                call(row)
            assert caught.value.code == "row_width"
