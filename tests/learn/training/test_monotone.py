"""A broken constraint is found wherever it is."""

from __future__ import annotations

import msgspec
import pyarrow as pa
import pytest

from tandem.decide.models import Metadata, ModelInput, Tree, Trees
from tandem.kernel.errors import IntegrityError
from tandem.learn.training import TrainSpec, train
from tandem.learn.training.monotone import prove_monotone


def stump(left: float, right: float) -> Tree:
    return Tree(
        feature=(0,), threshold=(1.0,), missing=(2,), default_left=(True,), left=(-1,), right=(-2,),
        leaf=(left, right), leaf_count=(5, 5),
    )  # fmt: skip


def document(*trees: Tree, sign: int = 1) -> Trees:
    return Trees(metadata=Metadata(name="m", target="t"), inputs=(ModelInput(name="x", monotone=sign),), trees=trees)


def test_trees_that_rise_are_proved_to_rise_and_others_are_refused() -> None:
    assert prove_monotone(document(stump(-1, 1), stump(0, 0))) == 2
    assert prove_monotone(document(stump(1, -1), sign=-1)) == 1
    assert prove_monotone(document(stump(1, -1), sign=0)) == 0
    with pytest.raises(IntegrityError) as caught:
        prove_monotone(document(stump(-1, 1), stump(0.1, 0.0999)))
    assert (caught.value.field, caught.value.at) == ("x", "tree 1, node 0")


def test_a_leaf_deep_below_a_split_is_compared_too() -> None:
    deep = Tree(
        feature=(0, 1), threshold=(1.0, 1.0), missing=(2, 2), default_left=(True, True), left=(1, -1), right=(-2, -3),
        leaf=(-1.0, 0.5, 0.6), leaf_count=(5, 5, 5),
    )  # fmt: skip
    two = msgspec.structs.replace(document(deep), inputs=(ModelInput(name="x", monotone=1), ModelInput(name="z")))
    with pytest.raises(IntegrityError):
        prove_monotone(two)


def test_a_trained_model_passes_and_its_reverse_does_not(german: pa.Table) -> None:
    spec = TrainSpec(target="outcome", positive="2", monotone="auto", families=("lightgbm",), folds=2)
    trained = train(german, spec).documents["lightgbm"]
    assert prove_monotone(trained) > 50
    turned = msgspec.structs.replace(
        trained, inputs=tuple(msgspec.structs.replace(item, monotone=-item.monotone) for item in trained.inputs)
    )
    with pytest.raises(IntegrityError):
        prove_monotone(turned)
