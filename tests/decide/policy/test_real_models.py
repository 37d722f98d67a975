"""A loaded model in a policy: scored by its inputs in their order, explained in full by the trace."""

from __future__ import annotations

import msgspec
import pytest

from tandem.decide.models import Metadata, ModelInput, Tree, Trees, load_model
from tandem.decide.policy import ModelSignature, compile_policy, parse_policy
from tandem.kernel.errors import DefinitionError

FLOW = [
    {"model": "risk", "uses": "trees", "probability": "pd", "margin": "odds"},
    {"decide": "end", "cases": [{"case": "risky", "when": "pd > 0.5", "then": "decline"}, {"otherwise": "ok", "then": "approve"}]},
]  # fmt: skip


def stump(feature, threshold, low, high):
    return Tree(feature=(feature,), threshold=(threshold,), missing=(2,), default_left=(True,), left=(-1,), right=(-2,),
                leaf=(low, high), leaf_count=(10, 10))  # fmt: skip


@pytest.fixture
def trees():
    return load_model(
        Trees(
            metadata=Metadata(name="trees", target="bad"),
            inputs=(ModelInput(name="months", reason="SHORT_HISTORY"), ModelInput(name="income", reason="LOW_INCOME")),
            trees=(stump(1, 1000.0, 2.0, -2.0), stump(0, 12.0, 0.5, -0.5)),
        )
    )


@pytest.fixture
def policy(trees, context, document):
    signature = ModelSignature(name="trees", inputs=trees.inputs, digest=trees.digest, points=False)
    known = msgspec.structs.replace(context, models={"trees": signature})
    return compile_policy(parse_policy(document(*FLOW)), known, {"trees": trees})


def test_its_reasons_lead_when_its_score_did(policy, row, lists):
    result = policy.run({**row, "income": 500.0, "months": 3}, lists)
    assert [reason.code for reason in result.reasons] == ["LOW_INCOME", "SHORT_HISTORY"]
    assert result.variables["odds"] == 2.5
    assert policy.run({**row, "income": None, "months": 3}, lists).variables["odds"] == 2.5


def test_the_trace_shows_what_every_input_added(policy, row, lists):
    (stage, _) = policy.trace({**row, "income": 5000.0, "months": 3}, lists).stages
    assert [(one["input"], one["value"], round(one["contribution"], 9)) for one in stage.contributions] == [
        ("income", 5000.0, -2.0),
        ("months", 3, 0.5),
    ]
    assert stage.values["margin"] == -1.5


def test_a_model_that_reads_other_inputs_than_were_checked_is_refused(trees, context, document):
    signature = ModelSignature(name="trees", inputs=("income", "months"), digest="x", points=False)
    known = msgspec.structs.replace(context, models={"trees": signature})
    with pytest.raises(DefinitionError) as caught:
        compile_policy(parse_policy(document(*FLOW)), known, {"trees": trees})
    assert caught.value.code == "model_inputs_differ"


def test_a_model_that_is_not_loaded_is_refused(context, document):
    signature = ModelSignature(name="trees", inputs=("income",), digest="x")
    known = msgspec.structs.replace(context, models={"trees": signature})
    with pytest.raises(DefinitionError) as caught:
        compile_policy(parse_policy(document(*FLOW)), known, {})
    assert caught.value.code == "model_not_loaded"
