"""A draft that is still being typed keeps everything that can be said of it."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.policy import (
    check_draft,
    compile_draft,
    draw,
    finding_in_chinese,
    parse_policy,
    parts_in_words,
    read_draft,
)
from tandem.decide.policy.context import Finding, PolicyContext
from tandem.decide.policy.finding_words import CODES_WITH_WORDS
from tandem.decide.policy.part_words import cell_in_words
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType

CONTEXT = PolicyContext(
    columns={"age": Column(SqlType.INTEGER), "home": Column(SqlType.TEXT), "person": Column(SqlType.TEXT)},
    lists={"blocked"},
    reasons={"A", "B", "INFORMATION_MISSING"},
)


def draft(*stages, **more):
    return {
        "policy": "p",
        "event": "application",
        "when_missing": "review",
        "flow": [*copy.deepcopy(stages), {"decide": "end", "then": "approve"}],
        **more,
    }


RULES = {"rules": "gate", "all": [
    {"rule": "young", "when": "age < 18", "then": "decline", "reason": "A"},
    {"rule": "old", "when": "age > 90", "then": "review", "reason": "B"},
]}  # fmt: skip


def findings_of(document):
    return [(one.severity, one.code, one.where) for one in check_draft(document, CONTEXT, {}).findings]


def test_a_good_draft_can_be_published():
    report = check_draft(draft(RULES), CONTEXT, {})
    assert report.publishable
    assert [part.at for part in report.parts["en"]] == ["flow[0].all[0]", "flow[0].all[1]", "flow[1].cases[0]"]
    assert report.parts["zh-CN"][0].words == "当 age 小于 18 时：拒绝，原因 A"


def test_one_broken_rule_leaves_the_rest_readable_and_every_place_right():
    document = draft({"rules": "first", "all": [{"rule": "broken"}, *RULES["all"]]})
    document["flow"][0]["all"][2]["when"] = "agee > 90"
    report = check_draft(document, CONTEXT, {})
    assert findings_of(document) == [
        ("error", "missing_key", "flow[0].all[0].when"),
        ("error", "unknown_column", "flow[0].all[2].when"),
    ]
    assert [part.at for part in report.parts["en"]] == ["flow[0].all[1]", "flow[0].all[2]", "flow[1].cases[0]"]
    assert [node.id for node in report.drawing.nodes] == ["start", "flow[0]", "flow[1]", "outcome.approve"]


def test_every_fault_of_form_is_named_at_once():
    document = draft(RULES, {"table": "t"}, currency=5)
    document["flow"][0]["all"][0]["colour"] = "red"
    document["flow"][0]["all"][1]["then"] = "aprove"
    places = [where for _, _, where in findings_of(document)]
    assert places == ["currency", "flow[0].all[0].colour", "flow[0].all[1].then", "flow[1].columns"]


def test_what_a_broken_stage_defines_is_not_called_unknown():
    document = draft(
        {"set": "derived", "values": [{"ratio": "age / 2"}], "oops": 1},
        {"rules": "gate", "all": [{"rule": "r", "when": "ratio > 3", "then": "review", "reason": "A"}]},
    )
    del document["flow"][0]["values"][0]
    document["flow"][0]["values"] = {"ratio": "age / 2", "other": 1}
    codes = {code for _, code, _ in findings_of(document)}
    assert "unknown_column" not in codes
    assert "unknown_key" in codes


def test_stages_after_one_that_was_left_out_keep_their_place():
    document = draft({"nonsense": 1}, {"worse": 2}, RULES)
    document["flow"][2]["all"][0]["when"] = "age <"
    assert ("error", "invalid_syntax", "flow[2].all[0].when") in findings_of(document)


@pytest.mark.parametrize(
    "document", [None, 3, "text", [], {}, {"flow": 3}, {"policy": 1, "event": 2, "flow": [{}]}, {"flow": [[]]}]
)
def test_any_json_value_is_answered_with_findings(document):
    report = check_draft(document, CONTEXT, {})
    assert report.findings
    assert not report.publishable


def test_a_failing_example_is_a_finding_with_what_came_out():
    example = {"example": "minors are approved", "given": {"age": 17}, "expect": "approve"}
    report = check_draft(draft(RULES, examples=[example]), CONTEXT, {})
    assert [(one.code, one.where) for one in report.findings if one.severity == "error"] == [
        ("example_failed", "examples[0]")
    ]
    assert report.examples[0].differences[0].got == "decline"
    assert not report.publishable


def test_coverage_names_what_no_example_reaches():
    example = {"example": "minors are declined", "given": {"age": 17}, "expect": "decline"}
    report = check_draft(draft(RULES, examples=[example]), CONTEXT, {})
    assert report.covered is not None
    assert "gate.young" in report.covered.reached
    assert report.covered.unreached == ("gate.old",)


def test_tables_are_analysed_even_where_nothing_forbids_an_overlap():
    table = {"table": "t", "columns": ["age"], "outputs": ["grade"], "rows": [["< 30", 1], ["< 20", 2], ["> 40", 3]]}
    report = check_draft(draft(table), CONTEXT, {})
    found = report.tables[0]
    assert [place.words for place in found.gaps] == ["30 <= age < 41"]
    assert [one.row for one in found.unreachable] == [1]
    assert [(one.first, one.second) for one in found.overlaps] == [(0, 1)]


def test_a_draft_is_run_only_when_it_is_whole():
    assert compile_draft(draft(RULES), CONTEXT, {}) is not None
    assert compile_draft(draft({"nonsense": 1}), CONTEXT, {}) is None
    assert compile_draft(draft({"rules": "g", "all": [{"rule": "r", "when": "x"}]}), CONTEXT, {}) is None


def test_a_switch_and_a_split_branch_and_meet_again_in_the_drawing():
    policy = parse_policy(draft(
        {"split": "test", "by": "person", "when_missing": "a", "arms": [
            {"arm": "a", "share": 60}, {"arm": "b", "share": 40, "flow": [{"set": "s", "values": [{"x": "1"}]}]}]},
        {"switch": "w", "cases": [{"case": "own", "when": "home = 'own'", "flow": [{"decide": "no", "then": "decline", "reason": "A"}]},
                                  {"otherwise": "rest"}]},
    ))  # fmt: skip
    edges = {(edge.source, edge.target, edge.kind, edge.label) for edge in draw(policy).edges}
    assert edges == {
        ("start", "flow[0]", "next", ""),
        ("flow[0]", "flow[1]", "arm", "a"),
        ("flow[0]", "flow[0].arms[1].flow[0]", "arm", "b"),
        ("flow[0].arms[1].flow[0]", "flow[1]", "next", ""),
        ("flow[1]", "flow[1].cases[0].flow[0]", "case", "own"),
        ("flow[1].cases[0].flow[0]", "outcome.decline", "decides", ""),
        ("flow[1]", "flow[2]", "case", "rest"),
        ("flow[2]", "outcome.approve", "decides", ""),
    }


def test_a_stage_that_may_stop_leads_to_the_outcome_it_stops_on():
    policy = parse_policy(draft({**RULES, "stop_on": ["decline"]}))
    assert ("flow[0]", "outcome.decline", "stop") in {(one.source, one.target, one.kind) for one in draw(policy).edges}


@pytest.mark.parametrize(
    ("cell", "en", "zh"),
    [
        (">= 30", "age is at least 30", "age 不低于 30"),
        ("[18..25)", "age is from 18 (included) to 25 (excluded)", "age 从 18（含）到 25（不含）"),
        ("18..25", "age is from 18 (included) to 25 (included)", "age 从 18（含）到 25（含）"),
        ("not in [1, 2]", "age is none of 1, 2", "age 不属于 1, 2"),
        ("< 5 or missing", "age is less than 5 or age is missing", "age 小于 5 或 age 缺失"),
        ("missing", "age is missing", "age 缺失"),
        ("7", "age is 7", "age 等于 7"),
        ("-", "in every case", "任何情况"),
    ],
)
def test_cells_are_put_in_words(cell, en, zh):
    assert cell_in_words("age", cell, "en") == en
    assert cell_in_words("age", cell, "zh-CN") == zh


def test_rows_are_said_with_what_they_give():
    policy = parse_policy(draft(
        {"table": "t", "columns": ["age", "home"], "outputs": ["outcome", "reason", "grade"],
         "rows": [["< 18", "-", "decline", "A", 1]], "default": ["approve", None, 2]},
    ))  # fmt: skip
    words = [part.words for part in parts_in_words(policy, "en")]
    assert words[0] == "when age is less than 18: decline, reason A, grade = 1"
    assert words[1] == "when where no row matches: approve, grade = 2" or "no row matches" in words[1]


def test_every_code_of_the_reference_has_words_in_chinese():
    reference = Path(__file__).parents[3] / "docs/reference/policy.md"
    table = reference.read_text("utf-8").split("## What validation finds")[1].split("## Limits")[0]
    codes = {
        code
        for line in table.splitlines()
        if line.startswith("|")
        for code in re.findall(r"`([a-z_]+)`", line.split("|")[1])
    }
    assert len(codes) > 40
    assert codes <= CODES_WITH_WORDS


def test_a_finding_in_chinese_keeps_the_names_it_is_about():
    finding = Finding(severity="error", code="unknown_list", where="flow[0]", message="There is no list 'blcked'.")
    assert finding_in_chinese(finding) == "没有名单“blcked”。"


def places(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*path, key)
            yield from places(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield (*path, index)
            yield from places(value, (*path, index))


JUNK = [
    None,
    True,
    0,
    -1,
    3.5,
    "",
    "-",
    "a.b[0]",
    "age <",
    "decline",
    [],
    {},
    ["a"],
    [["<", 1]],
    {"rule": 3},
    "名单",
    "[0]",
]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_however_a_draft_is_broken_it_is_told_of_and_never_fails(seed, changes):
    random = Random(seed)
    document = draft(
        RULES,
        {"lists": "l", "checks": [{"list": "blocked", "of": "person", "then": "decline", "reason": "A"}]},
        {"table": "t", "columns": ["age", "home"], "outputs": ["grade"], "rows": [["< 3", "a", 1], {"row": "r", "when": ["-", "-"], "then": [2]}]},
        {"scorecard": "s", "characteristics": [{"characteristic": "age", "bins": [["< 3", 1], ["missing", 2]], "otherwise": 4}]},
        {"switch": "w", "cases": [{"case": "q", "when": "age > 3", "flow": [{"set": "v", "values": [{"x": "age"}]}]}, {"otherwise": "o"}]},
        examples=[{"example": "e", "given": {"age": 3}, "expect": "approve"}],
    )  # fmt: skip
    for _ in range(changes):
        path = random.choice(list(places(document)))
        holder = document
        for step in path[:-1]:
            holder = holder[step]
        if random.random() < 0.3:
            del holder[path[-1]]
        else:
            holder[path[-1]] = copy.deepcopy(random.choice(JUNK))
    before = copy.deepcopy(document)
    report = check_draft(document, CONTEXT, {})
    assert document == before
    assert report.publishable or report.findings
    for part in report.parts.get("en", ()):
        assert part.at.startswith("flow[")
    assert read_draft(document).whole == (not read_draft(document).faults)
