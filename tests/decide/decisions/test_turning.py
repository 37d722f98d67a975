"""Where a model may change its mind is read off the document, whatever its kind."""

from __future__ import annotations

from tandem.decide.decisions.turning import edges_of
from tandem.decide.models import Blend, Linear, LinearInput, Member, Metadata, ModelInput, Tree, Trees

META = Metadata(name="m", target="bad")
STUMP = Tree(
    feature=(0,), threshold=(3.5,), missing=(2,), default_left=(True,), left=(-1,), right=(-2,), leaf=(0.0, 1.0),
    leaf_count=(3, 1),
)  # fmt: skip
LINES = Linear(
    metadata=META,
    inputs=(
        LinearInput(name="debt", weight=0.5, center=2.0, low=0.0, high=10.0),
        LinearInput(name="home", type="categorical", levels=("own",), weights=(0.1,)),
    ),
    intercept=0.0,
)


def test_a_line_is_tried_at_its_ends_and_its_centre_and_texts_have_no_edges():
    assert edges_of([LINES]) == {"debt": {0.0, 2.0, 10.0}}


def test_a_blend_has_the_edges_of_all_its_members():
    trees = Trees(metadata=META, inputs=(ModelInput(name="debt"),), trees=(STUMP,))
    blend = Blend(metadata=META, members=(Member(weight=0.5, model=LINES), Member(weight=0.5, model=trees)))
    assert edges_of([blend]) == {"debt": {0.0, 2.0, 3.5, 10.0}}
