"""What validate finds: each finding has a stable code, a place, and says what to do."""

from __future__ import annotations

import pytest

from tandem.decide.policy import compile_policy, parse_policy, validate
from tandem.kernel.errors import DefinitionError

END = {"decide": "end", "then": "approve"}
FULL = [
    {"rules": "full", "all": [
        {"rule": "x", "when": "age < 1", "then": "decline", "reason": "A"},
        {"rule": "y", "when": "age < 2", "then": "review", "reason": "A"},
    ]},
    END,
]  # fmt: skip


def rule(**keys):
    return {"rules": "checks", "all": [{"rule": "r", "when": "age < 18", "then": "decline", "reason": "A", **keys}]}


def table(rows, **keys):
    return {"table": "t", "columns": ["income"], "outputs": ["grade"], "rows": rows, **keys}


def decision(**keys):
    return {"decide": "end", "cases": [
        {"case": "c", "when": "age < 18", "then": "decline", "reason": "A", **keys}, {"otherwise": "o", "then": "approve"}]}  # fmt: skip


CARD = {"scorecard": "points", "characteristics": [{"characteristic": "age", "bins": [["< 30", 1], [">= 30", 2]]}]}
MODEL = {"model": "risk", "uses": "income_model", "probability": "pd"}

ERRORS = {
    "unknown column": (rule(when="agee < 18"), "unknown_column"),
    "unknown list": ({"lists": "l", "checks": [{"list": "blockd", "of": "device", "then": "decline", "reason": "A"}]}, "unknown_list"),
    "list of no fact": ({"lists": "l", "checks": [{"list": "blocked", "of": "devce", "then": "decline", "reason": "A"}]}, "unknown_column"),
    "unknown model": ({**MODEL, "uses": "incom_model"}, "unknown_model"),
    "unknown reason": (rule(reason="AA"), "unknown_reason"),
    "a condition that is a number": (rule(when="age + 1"), "wrong_type"),
    "a decline without a reason": (rule(reason=None), "no_reason"),
    "a stop without an outcome": (rule(then=None, reason=None, stop=True), "stop_without_outcome"),
    "a limit that is no whole number": (rule(limit="age * 1.5"), "wrong_type"),
    "a price that is a text": (rule(price={"rate": "device"}), "wrong_type"),
    "a variable named like a fact": ({"set": "s", "values": [{"income": "1"}]}, "shadows_fact"),
    "a variable of two types": ({"set": "s", "values": [{"x": "1"}, {"x": "'a'"}]}, "type_change"),
    "a score set again": (({**MODEL}, {"set": "s", "values": [{"pd": "0.5"}]}), "reassigned_score"),
    "points of a model without": ({**MODEL, "points": "score"}, None),
    "a rule's missing branch": (rule(when="income < 1"), "missing_branch"),
    "a computed missing branch": (rule(when="1 / age > 1"), "missing_branch"),
    "a check's missing branch": ({"lists": "l", "checks": [{"list": "blocked", "of": "person", "then": "decline", "reason": "A"}]}, "missing_branch"),
    "a split's missing branch": ({"split": "s", "by": "person", "arms": [{"arm": "a", "share": 50}, {"arm": "b", "share": 50}]}, "missing_branch"),
    "a switch's missing branch": ({"switch": "s", "cases": [{"case": "c", "when": "income < 1"}]}, "missing_branch"),
    "a table's missing branch": (table([["< 5", 1], [">= 5", 2]]), "missing_branch"),
    "an any-cell hides no missing value": (table([["< 5", 1], ["-", 2]]), "missing_branch"),
    "a scorecard's missing branch": ({"scorecard": "p", "characteristics": [{"characteristic": "home", "bins": [["owner", 1]], "otherwise": 0}]}, "missing_branch"),
    "a table with a gap": (table([["< 5", 1], ["> 5", 2]], when_missing="skip"), "table_gap"),
    "overlapping unique rows": (table([["< 5", 1], ["-", 2]], hit="unique", when_missing="skip"), "table_overlap"),
    "a shadowed row": (table([["-", 1], ["< 5", 2]], when_missing="skip"), "unreachable_row"),
    "a cell of another type": (table([["abc", 1]], when_missing="skip", default=[1]), "invalid_cell"),
    "an output of two types": (table([["< 5", 1], ["-", "x"]], when_missing="skip"), "mixed_output"),
    "a priority without outcome": (table([["-", 1]], hit="priority", when_missing="skip"), "no_priority"),
    "a collected list of numbers": (table([["-", 1]], hit="collect", when_missing="skip"), "collect_variable"),
    "an outcome misspelt": (table([["-", "aprove"]], outputs=["outcome"], when_missing="skip"), "unknown_word"),
    "a scorecard with a gap": ({"scorecard": "p", "characteristics": [{"characteristic": "age", "bins": [["< 30", 1]]}]}, "scorecard_gap"),
    "overlapping bins": ({"scorecard": "p", "characteristics": [{"characteristic": "age", "bins": [["< 30", 1], ["-", 2]]}]}, "scorecard_overlap"),
    "a repeated condition": ({"rules": "f", "first": [
        {"rule": "a", "when": "age < 1", "then": "review", "reason": "A"},
        {"rule": "b", "when": "age  <  1", "then": "decline", "reason": "A"}]}, "unreachable_rule"),
    "a rule that others cover": ({"rules": "f", "first": [
        {"rule": "a", "when": "age < 18", "then": "decline", "reason": "A"},
        {"rule": "b", "when": "age >= 18 AND NOT student", "then": "review", "reason": "A"},
        {"rule": "c", "when": "student = FALSE", "then": "decline", "reason": "A"}]}, "unreachable_rule"),
    "a condition that contradicts itself": (rule(when="age < 18 AND student AND age > 60"), "never_true"),
    "a rule after one that always holds": ({"rules": "f", "first": [
        {"rule": "a", "when": "TRUE", "then": "review", "reason": "A"},
        {"rule": "b", "when": "age < 1", "then": "decline", "reason": "A"}]}, "unreachable_rule"),
}  # fmt: skip


@pytest.mark.parametrize("what", ERRORS)
def test_an_error_is_found_and_keeps_the_policy_from_being_compiled(what, document, context, model):
    stages, code = ERRORS[what]
    flow = [*(stages if isinstance(stages, tuple) else (stages,)), *FULL]
    policy = parse_policy(document(*flow))
    errors = [one for one in validate(policy, context) if one.severity == "error"]
    models = {"income_model": model, "other_model": model}
    if code is None:
        assert not errors
        compile_policy(policy, context, models)
        return
    assert [one.code for one in errors] == [code] * len(errors)
    assert errors
    assert all(one.where.startswith("flow[0]") or one.where.startswith("flow[1]") for one in errors)
    with pytest.raises(DefinitionError) as caught:
        compile_policy(policy, context, models)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "stage",
    [
        rule(when="income < 1", when_missing="skip"),
        rule(when="income IS NULL OR age < 3"),
        rule(when="COALESCE(income, 0.0) < 1"),
        table([["< 5", 1], [">= 5", 2], ["missing", 3]]),
        table([["< 5", 1], ["-", 2]], when_missing="review"),
        table([["< 5 or missing", 1], [">= 5", 2]]),
        table([["< 5", 1], ["missing", 3]], default=[0]),
        {
            "split": "s",
            "by": "person",
            "when_missing": "a",
            "arms": [{"arm": "a", "share": 50}, {"arm": "b", "share": 50}],
        },
        {
            "split": "s",
            "by": "device",
            "arms": [{"arm": "a", "share": 50}, {"arm": "b", "share": 50}],
        },
    ],
)
def test_a_written_branch_for_the_missing_fact_satisfies(findings, stage):
    assert not [one for one in findings(stage, *FULL) if one[0] == "error"]


def test_one_line_for_the_whole_policy_covers_every_condition(findings):
    stages = [rule(when="income < 1"), table([["< 5", 1], ["-", 2]])]
    assert not [one for one in findings(*stages, *FULL, when_missing="review") if one[0] == "error"]


def test_the_whole_policy_cannot_fail_open_in_one_line(document):
    for word in ("skip", "approve"):
        with pytest.raises(DefinitionError) as caught:
            parse_policy(document(*FULL, when_missing=word))
        assert caught.value.code == "wholesale_fail_open"


def test_a_rule_that_earlier_ones_leave_something_to_is_reachable(findings):
    first = [
        {"rule": "a", "when": "age < 18", "then": "decline", "reason": "A"},
        {"rule": "b", "when": "age >= 18 AND income > 5", "when_missing": "skip", "then": "review", "reason": "A"},
        {"rule": "c", "when": "age > 20", "then": "decline", "reason": "A"},
        {"rule": "d", "when": "age + 1 > 30", "when_missing": "skip", "then": "decline", "reason": "A"},
    ]
    assert not [one for one in findings({"rules": "f", "first": first}, *FULL) if one[0] == "error"]


def test_a_variable_set_in_one_branch_only_may_be_missing_after_it(findings):
    switch = {"switch": "s", "cases": [{"case": "c", "when": "age < 20", "flow": [{"set": "a", "values": [{"x": 1}]}]}]}
    use = rule(when="x > 0")
    assert ("error", "missing_branch") in findings(switch, use, *FULL)
    switch["cases"].append({"otherwise": "o", "flow": [{"set": "b", "values": [{"x": 2}]}]})
    assert not [one for one in findings(switch, use, *FULL) if one[0] == "error"]


def test_a_variable_set_by_a_rule_may_be_missing_unless_it_was_set_before(findings):
    setter = rule(then=None, reason=None, set=[{"x": 1}])
    use = {**rule(when="x > 0"), "rules": "use"}
    assert ("error", "missing_branch") in findings(setter, use, *FULL)
    assert not [one for one in findings({"set": "s", "values": [{"x": 0}]}, setter, use, *FULL) if one[0] == "error"]


def test_a_flow_without_a_decision_at_its_end_is_refused(findings):
    assert ("error", "no_decision") in findings(rule())
    branch = {"switch": "s", "cases": [{"case": "c", "when": "age < 20", "flow": [END]}]}
    assert ("error", "no_decision") in findings(branch)
    branch["cases"].append({"otherwise": "o", "flow": [{**END, "decide": "other"}]})
    assert ("error", "no_decision") not in findings(branch)


def test_stages_behind_a_decision_are_unreachable(findings):
    assert ("error", "unreachable_stage") in findings(*FULL, rule())
    both = {"switch": "s", "cases": [{"case": "c", "when": "age < 20", "flow": [END]},
                                     {"otherwise": "o", "flow": [{**END, "decide": "other"}]}]}  # fmt: skip
    assert ("error", "unreachable_stage") in findings(both, *[{**FULL[1], "decide": "third"}])


def test_an_outcome_that_nothing_leads_to_is_a_warning(findings):
    assert findings(END) == [("warning", "outcome_unreachable"), ("warning", "outcome_unreachable")]
    assert findings(*FULL) == []


def test_a_model_whose_inputs_are_not_there_is_refused(document, context):
    import msgspec

    signature = msgspec.structs.replace(context.models["income_model"], inputs=("income", "monthz"))
    poorer = msgspec.structs.replace(context, models={"income_model": signature})
    found = validate(parse_policy(document(MODEL, *FULL)), poorer)
    assert [(one.code, one.hint) for one in found] == [("model_input", "did you mean 'months'?")]


def test_a_broken_definition_does_not_drown_in_what_follows_from_it(findings):
    flow = [{"set": "s", "values": [{"x": "agee + 1"}]}, rule(when="x > 1"), *FULL]
    assert findings(*flow) == [("error", "unknown_column")]


@pytest.mark.parametrize(
    ("example", "code", "where"),
    [
        ({"given": {"agee": 3}}, "unknown_column", "examples[0].given.agee"),
        ({"given": {"age": "x"}}, "wrong_type", "examples[0].given.age"),
        ({"lists": {"blockd": "x"}}, "unknown_list", "examples[0].lists"),
        ({"scores": {"incom_model": {"probability": 0.5}}}, "unknown_model", "examples[0].scores"),
        ({"expect": {"reasons": ["AA"]}}, "unknown_reason", "examples[0].expect.reasons"),
    ],
)
def test_an_example_may_name_only_what_there_is(document, context, example, code, where):
    policy = parse_policy(document(*FULL, examples=[{"example": "e", "expect": "approve", **example}]))
    assert [(one.code, one.where) for one in validate(policy, context)] == [(code, where)]


def test_findings_name_the_place_the_near_match_and_an_example(document, context):
    found = validate(parse_policy(document(rule(when="agee < 18"), *FULL)), context)
    assert found[0].where == "flow[0].all[0].when"
    assert "agee" in found[0].message
    assert "'age'" in found[0].hint
    found = validate(parse_policy(document(table([["< 5", 1], ["> 5", 2]], when_missing="skip"), *FULL)), context)
    assert found[0].message == "No row of 't' covers income = 5.0."
    assert found[0].example == {"income": 5.0}


def test_every_finding_code_is_in_the_reference(request):
    import re

    room = request.config.rootpath / "src" / "tandem" / "decide" / "policy"
    codes = set()
    for module in room.glob("*.py"):
        text = module.read_text()
        codes |= set(re.findall(r'(?:\.error|\.warning)\(\s*"([a-z_]+)"', text))
        codes |= set(re.findall(r'code="([a-z_]+)"', text))
    reference = (request.config.rootpath / "docs" / "reference" / "policy.md").read_text()
    assert {code for code in codes if f"`{code}`" not in reference} == set()
