"""A policy in words, and the difference of two, in both languages."""

from __future__ import annotations

import copy

import pytest

from tandem.decide.policy import diff, in_words, parse_policy, parts_in_words
from tandem.decide.policy.limits import ROWS_SAID

FLOW = [
    {"lists": "gate", "when_missing": "skip", "checks": [{"list": "blocked", "of": "person", "then": "decline", "reason": "A"}]},
    {"set": "derived", "values": [{"gap": "income - debt"}]},
    {"rules": "checks", "all": [
        {"rule": "young", "when": "age < 18", "then": "decline", "reason": "B"},
        {"rule": "poor", "when": "gap < 100", "when_missing": "review", "cap": 500, "actions": ["call"]},
    ], "stop_on": "decline"},
    {"model": "risk", "uses": "income_model", "probability": "pd"},
    {"scorecard": "points", "characteristics": [{"characteristic": "age", "bins": [["-", 1]]}]},
    {"table": "offer", "columns": ["pd"], "outputs": ["rate"], "rows": [["< 0.1", 500], ["-", 900]]},
    {"split": "test", "by": "device", "arms": [{"arm": "a", "share": 90}, {"arm": "b", "share": 10, "flow": [
        {"set": "cheap", "values": [{"discount": 5}]}]}]},
    {"switch": "segment", "cases": [{"case": "new", "when": "months < 3", "when_missing": "skip"}, {"otherwise": "old"}]},
    {"decide": "end", "then": "approve", "limit": "500", "price": {"rate_bps": "rate"}},
]  # fmt: skip


@pytest.fixture
def policy(document):
    def make(change=None):
        made = document(*copy.deepcopy(FLOW))
        if change is not None:
            change(made["flow"])
        return parse_policy(made)

    return make


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_stage_is_read_aloud(policy, context, language):
    lines = in_words(policy(), language, context)
    text = "\n".join(lines)
    for name in ("gate", "gap", "checks", "income_model", "points", "offer", "test", "segment", "end"):
        assert name in text
    assert ("拒绝" in text) == (language == "zh-CN")


def test_conditions_are_put_in_words_where_the_schema_is_known(policy, context):
    assert any("age < 18" in line for line in in_words(policy()))
    assert any("less than 18" in line for line in in_words(policy(), "en", context))
    assert any("小于 18" in line for line in in_words(policy(), "zh-CN", context))


CHANGES = {
    "a threshold": (lambda flow: flow[2]["all"][0].update(when="age < 21"), ["young", "age < 18", "age < 21"]),
    "an effect": (lambda flow: flow[2]["all"][0].update(then="review"), ["young", "decline", "review"]),
    "a missing branch": (lambda flow: flow[2]["all"][1].update(when_missing="decline"), ["poor", "decline"]),
    "a severity": (lambda flow: flow[2]["all"][0].update(severity=5), ["young", "5"]),
    "a new rule": (lambda flow: flow[2]["all"].append({"rule": "old", "when": "age > 90"}), ["old", "added"]),
    "a removed rule": (lambda flow: flow[2]["all"].pop(), ["poor", "removed", "gap < 100"]),
    "the order of rules": (lambda flow: flow[2]["all"].reverse(), ["order", "poor, young"]),
    "a hit policy": (lambda flow: flow[2].update(first=flow[2].pop("all")), ["checks", "hit", "first"]),
    "a stop": (lambda flow: flow[2].pop("stop_on"), ["checks", "stop_on"]),
    "a list check": (lambda flow: flow[0]["checks"][0].update(then="review"), ["blocked(person)", "review"]),
    "a model": (lambda flow: flow[3].update(uses="other_model"), ["risk", "income_model", "other_model"]),
    "points": (lambda flow: flow[4]["characteristics"][0].update(bins=[["-", 2]]), ["points", "age"]),
    "a cell": (lambda flow: flow[5]["rows"][0].__setitem__(0, "< 0.2"), ["offer", "“< 0.1” was removed", "“< 0.2” was added"]),
    "an output": (lambda flow: flow[5]["rows"][1].__setitem__(1, 950), ["row “-” changed", "900", "950"]),
    "a row above the others": (lambda flow: flow[5]["rows"].insert(0, ["< 0.01", 400]), ["“< 0.01” was added"]),
    "a share": (lambda flow: (flow[6]["arms"][0].update(share=80), flow[6]["arms"][1].update(share=20)), ["test", "20 %"]),
    "a branch": (lambda flow: flow[7]["cases"][0].update(when="months < 6"), ["segment", "new", "months < 6"]),
    "a stage moved": (lambda flow: flow.insert(0, flow.pop(2)), ["order of stages"]),
    "a stage into a branch": (lambda flow: flow[7]["cases"][0].update(flow=[flow.pop(1)]), ["order of stages"]),
    "a stage removed": (lambda flow: flow.pop(4), ["points", "removed"]),
    "a stage of another kind": (lambda flow: flow.__setitem__(3, {"set": "risk", "values": [{"pd": 1}]}), ["model", "set"]),
    "a limit": (lambda flow: flow[8].update(limit="600"), ["end", "600"]),
    "a derived value": (lambda flow: flow[1].update(values=[{"gap": "income"}]), ["derived", "income - debt"]),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_that_can_change_a_decision_is_said(policy, what):
    change, words = CHANGES[what]
    lines = diff(policy(), policy(change))
    assert lines != diff(policy(), policy())
    for word in words:
        assert word in "\n".join(lines)
    assert diff(policy(), policy(change), "zh-CN") != lines


def test_a_row_put_in_above_is_one_sentence(policy):
    lines = diff(policy(), policy(lambda flow: flow[5]["rows"].insert(0, ["< 0.01", 400])))
    assert lines == ["offer: row “< 0.01” was added: < 0.01 => 400."]


def test_a_note_or_an_example_is_no_change(document):
    old = document(*FLOW)
    new = document(*FLOW, description="words", examples=[{"example": "x", "expect": "approve"}])
    assert diff(parse_policy(old), parse_policy(new)) == ["Nothing that decides has changed."]


def test_of_a_long_table_the_first_rows_are_said_and_what_is_behind_it(policy):
    def longer(flow):
        flow[5]["rows"] = [[f"< {n}", n] for n in range(1, ROWS_SAID + 50)]

    said = [one.at for one in parts_in_words(policy(longer), "en")]
    assert sum(at.startswith("flow[5].rows[") for at in said) == ROWS_SAID
    assert said[-1].startswith("flow[8]")
