"""A canary is a split of the policy's own language: put in, changed and taken out without touching anything else."""

from __future__ import annotations

import pytest

from tandem.kernel.errors import DefinitionError
from tandem.learn.iteration.splitting import with_canary, without_canary

POLICY = {
    "event": "payment",
    "flow": [
        {"rules": "first", "all": []},
        {"switch": "kind", "branches": [{"when": "amount > 1", "flow": [{"model": "fraud", "probability": "risk"}]}]},
        {"decide": "end", "cases": [{"otherwise": "pass", "then": "approve"}]},
    ],
    "examples": [{"example": "one", "given": {}, "scores": {"fraud": 0.4}}],
}


def test_the_stage_that_asks_becomes_a_split_wherever_it_stands() -> None:
    changed = with_canary(POLICY, "fraud", 5, by="person", salt="s")
    split = changed["flow"][1]["branches"][0]["flow"][0]
    assert [arm["share"] for arm in split["arms"]] == [95, 5]
    assert [arm["flow"][0]["model"] for arm in split["arms"]] == ["fraud", "fraud_canary"]
    assert all(arm["flow"][0]["probability"] == "risk" for arm in split["arms"])
    assert changed["examples"][0]["scores"] == {"fraud": 0.4, "fraud_canary": 0.4}


def test_taking_it_out_gives_the_policy_back() -> None:
    assert without_canary(with_canary(POLICY, "fraud", 5, by="person", salt="s"), "fraud") == POLICY


def test_a_greater_share_replaces_the_smaller_one() -> None:
    once = with_canary(POLICY, "fraud", 5, by="person", salt="s")
    assert with_canary(once, "fraud", 25, by="person", salt="s") == with_canary(
        POLICY, "fraud", 25, by="person", salt="s"
    )


def test_what_was_changed_meanwhile_stays_changed() -> None:
    changed = with_canary(POLICY, "fraud", 5, by="person", salt="s")
    changed["flow"][0]["all"].append({"rule": "new"})
    assert without_canary(changed, "fraud")["flow"][0]["all"] == [{"rule": "new"}]


def test_a_policy_that_does_not_ask_the_model_is_refused() -> None:
    with pytest.raises(DefinitionError, match="No stage"):
        with_canary(POLICY, "credit", 5, by="person", salt="s")
