"""A document nobody trusts loads or is refused by a DefinitionError; nothing else, and nothing silently changed."""

from __future__ import annotations

import copy
import math

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.models import (
    Metadata,
    ModelInput,
    Tree,
    Trees,
    document_digest,
    encode_document,
    load_model,
    read_document,
)
from tandem.decide.models.limits import MAX_DEPTH, MAX_DOCUMENT_BYTES, MAX_WEIGHT
from tandem.kernel.errors import DefinitionError, InvalidInput

STUMP = Tree(
    feature=(0,), threshold=(0.5,), missing=(2,), default_left=(True,), left=(-1,), right=(-2,), leaf=(-1.0, 1.0),
    leaf_count=(3, 4),
)  # fmt: skip
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}), st.just(10**400),
    st.sampled_from([-1, -2, -(2**31), 2**31, 2**63, 2**64, 1e308, -1e308, math.inf, math.nan, "scorecard", "trees"]),
    st.lists(st.integers(-5, 5), max_size=3),
)  # fmt: skip


def stump(**changes):
    return Trees(
        metadata=Metadata(name="stump", target="bad"), inputs=(ModelInput(name="x"),), trees=(STUMP,), **changes
    )


def changed_tree(**changes):
    return msgspec.structs.replace(stump(), trees=(msgspec.structs.replace(STUMP, **changes),))


@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_document_survives_its_json_with_the_same_digest_and_scores(
    data, random_documents, random_scorecards, random_numbers
):
    document = data.draw(st.one_of(random_documents, random_scorecards))
    text = encode_document(document)
    again = read_document(text)
    assert again == document
    assert encode_document(again) == text
    first, second = load_model(document), load_model(msgspec.json.decode(text))
    assert first.digest == second.digest == document_digest(document)
    row = data.draw(st.lists(random_numbers, min_size=len(first.inputs), max_size=len(first.inputs)))
    assert first.score(row) == second.score(row)


def test_the_digest_is_that_of_any_canonical_json_tool():
    import hashlib
    import json

    text = json.dumps(msgspec.to_builtins(stump()), sort_keys=True, separators=(",", ":"))
    assert document_digest(stump()) == hashlib.sha256(text.encode()).hexdigest()


def test_every_field_is_part_of_the_digest():
    digests = {
        document_digest(one)
        for one in (
            stump(), stump(base=0.1), changed_tree(leaf=(-1.0, 1.0000000000000002)), changed_tree(missing=(0,)),
            changed_tree(default_left=(False,)), changed_tree(leaf_count=(3, 5)),
        )
    }  # fmt: skip
    assert len(digests) == 6


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"feature": (1,)}, "trees[0].feature[0]"),
        ({"feature": (-1,)}, "trees[0].feature[0]"),
        ({"feature": ()}, "trees[0].threshold"),
        ({"threshold": (math.nan,)}, None),
        ({"threshold": (0.5, 0.5)}, "trees[0].threshold"),
        ({"missing": (3,)}, "trees[0].missing[0]"),
        ({"left": (0,)}, "trees[0].left[0]"),
        ({"left": (1,)}, "trees[0].left[0]"),
        ({"left": (-3,)}, "trees[0].left[0]"),
        ({"left": (-2,)}, "trees[0].right[0]"),
        ({"left": (-(2**63),)}, "trees[0].left[0]"),
        ({"leaf": (1.0,)}, "trees[0].leaf"),
        ({"leaf": (2 * MAX_WEIGHT, 0.0)}, "trees[0].leaf[0]"),
        ({"leaf": (math.inf, 0.0)}, None),
        ({"leaf_count": (0, 4)}, "trees[0].leaf_count[0]"),
        ({"leaf_count": (2**31, 4)}, "trees[0].leaf_count[0]"),
    ],
)
def test_a_tree_that_does_not_hold_together_is_refused(changes, field):
    with pytest.raises(DefinitionError) as caught:
        load_model(changed_tree(**changes))
    assert caught.value.code == "invalid_model"
    assert field is None or caught.value.field == field


def test_a_tree_may_be_so_deep_and_no_deeper():
    def chain(depth):
        return Tree(
            feature=(0,) * depth, threshold=tuple(float(i) for i in range(depth)), missing=(2,) * depth,
            default_left=(True,) * depth, left=tuple(-i - 1 for i in range(depth)),
            right=(*range(1, depth), -depth - 1), leaf=(0.5,) * (depth + 1), leaf_count=(1,) * (depth + 1),
        )  # fmt: skip

    deep = msgspec.structs.replace(stump(), trees=(chain(MAX_DEPTH),))
    for compiled in (None, False):
        model = load_model(deep, compiled=compiled)
        assert model.score([1e9]).margin == 0.5
        assert sum(model.contributions([3.0])) == pytest.approx(0.0, abs=1e-9)
    with pytest.raises(DefinitionError, match="deep"):
        load_model(msgspec.structs.replace(stump(), trees=(chain(MAX_DEPTH + 1),)))


@pytest.mark.parametrize(
    "inputs",
    [
        (),
        (ModelInput(name="x"), ModelInput(name="x")),
        (ModelInput(name=""),),
        (ModelInput(name="x", categories=("a",)),),
        (ModelInput(name="x", type="categorical", categories=("a", "a")),),
        (ModelInput(name="x", reason=""),),
    ],
)
def test_inputs_that_make_no_sense_are_refused(inputs):
    with pytest.raises(DefinitionError):
        load_model(msgspec.structs.replace(stump(), inputs=inputs))


def test_points_that_contradict_the_weights_are_refused(random_scorecards):
    @given(random_scorecards)
    @settings(max_examples=20, deadline=None)
    def check(card):
        one = card.inputs[0]
        lying = msgspec.structs.replace(one.bins[0], points=one.bins[0].points + 2.0)
        inputs = (msgspec.structs.replace(one, bins=(lying, *one.bins[1:])), *card.inputs[1:])
        with pytest.raises(DefinitionError, match="contradict"):
            load_model(msgspec.structs.replace(card, inputs=inputs))
        with pytest.raises(DefinitionError, match="contradict"):
            load_model(msgspec.structs.replace(card, base_points=card.base_points - 2.0))

    check()


@pytest.mark.parametrize(
    "text",
    [
        b"", b"null", b"[]", b"{}", b'{"kind":"pickle"}', b"\x80\x04\x95", b"[" * 100_000, b'{"kind":"trees"}', "{", '"\\ud800"',
        b'{"kind":"trees","format":1,"metadata":{"name":"\xff"}}', b'{"kind":"signed","document":{},"signatures":[]}',
        b" " * (MAX_DOCUMENT_BYTES + 1),
    ],
    ids=range(13),
)  # fmt: skip
def test_what_is_no_document_is_refused(text):
    with pytest.raises(DefinitionError):
        load_model(text)


def test_another_version_of_the_format_is_refused_by_name():
    with pytest.raises(DefinitionError) as caught:
        load_model(stump(format=2))
    assert (caught.value.code, caught.value.value) == ("model_format", 2)


def places(node, path=()):
    """Every place inside JSON-like data."""
    yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def mutated(data, document):
    """A copy of the JSON of ``document`` with junk put in, things dropped or doubled, a few times."""
    found = copy.deepcopy(msgspec.json.decode(msgspec.json.encode(document)))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([one for one in places(found) if one]))
        parent = found
        for key in path[:-1]:
            parent = parent[key]
        match data.draw(st.sampled_from(["junk", "drop", "double", "swap"])):
            case "junk":
                parent[path[-1]] = data.draw(JUNK)
            case "drop":
                del parent[path[-1]]
            case "double" if isinstance(parent, list):
                parent.append(parent[path[-1]])
            case "swap" if isinstance(parent, list):
                parent.reverse()
    return found


def hostile(data, document, rows):
    found = mutated(data, document)
    try:
        model = load_model(found)
    except DefinitionError:
        return
    # it still holds together: then it scores anything
    for row in rows:
        wide = (row * len(model.inputs))[: len(model.inputs)]
        score = model.score(wide)
        assert math.isfinite(score.margin)
        assert 0.0 <= score.probability <= 1.0
        model.reasons(wide)


ROWS = [[None], [math.inf, -math.inf, math.nan], ["a", 1, True, -7, 10**400]]


@given(data=st.data())
@settings(max_examples=200, deadline=None)
def test_a_hostile_document_is_refused_or_scores(data, random_documents, random_scorecards):
    hostile(data, data.draw(st.one_of(random_documents, random_scorecards)), ROWS)


@pytest.mark.prove
@given(data=st.data())
@settings(max_examples=3_000, deadline=None)
def test_thousands_of_hostile_documents_are_refused_or_score(data, random_documents, random_scorecards):
    hostile(data, data.draw(st.one_of(random_documents, random_scorecards)), ROWS)


@given(st.binary(max_size=200))
def test_bytes_at_random_are_refused(data):
    with pytest.raises(DefinitionError):
        load_model(data)


def test_structs_of_wrong_types_are_refused_as_json_would_be():
    for wrong in (
        msgspec.structs.replace(stump(), base="0"),
        changed_tree(left=("a",)),
        msgspec.structs.replace(stump(), trees=5),
        object(),
        5,
    ):
        with pytest.raises(DefinitionError):
            load_model(wrong)


def test_a_missing_column_of_a_batch_is_named_and_uneven_ones_are_refused(taiwan):
    model = load_model(taiwan.document)
    columns = {name: taiwan.rows[:3, i] for i, name in enumerate(model.inputs)}
    with pytest.raises(InvalidInput) as caught:
        model.margins({name: column for name, column in columns.items() if name != "x5"})
    assert (caught.value.code, caught.value.field) == ("missing_column", "x5")
    with pytest.raises(InvalidInput) as caught:
        model.margins(columns | {"x5": np.zeros(2)})
    assert caught.value.code == "uneven_columns"
