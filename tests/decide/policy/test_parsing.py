"""Reading the document: every complaint names field, value and near match; every limit holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.policy import limits, parse_policy
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import DefinitionError, TandemError, TooLarge

END = {"decide": "end", "then": "approve"}


def rule(**keys):
    return {"rules": "checks", "all": [{"rule": "r", "when": "age < 18", "then": "decline", "reason": "A", **keys}]}


BROKEN = {
    "unknown key": ([{**END, "than": "approve"}], "flow[0].than", "unknown_key", "'then'"),
    "unknown kind": ([{"rule": "x"}], "flow[0]", "unknown_stage", "'rules'"),
    "two kinds": ([{"rules": "x", "table": "y"}], "flow[0]", "unknown_stage", None),
    "no mapping": (["decide"], "flow[0]", "unknown_stage", "'decide'"),
    "outcome misspelt": ([{**END, "then": "aprove"}], "flow[0].then", "unknown_word", "'approve'"),
    "name in capitals": ([{**END, "decide": "End"}], "flow[0].decide", "invalid_name", "under_age"),
    "no condition": ([rule(when=None), END], "flow[0].all[0].when", "missing_key", "when:"),
    "no name": ([{"rules": "x", "all": [{"when": "age < 1"}]}, END], "flow[0].all[0].rule", "missing_key", "rule:"),
    "two hit policies": ([{"rules": "x", "all": [], "first": []}, END], "flow[0]", "no_hit_policy", "first"),
    "duplicate stage": ([{"set": "end", "values": []}, END], "flow[1]", "duplicate_name", "flow[0]"),
    "duplicate rule": ([{"rules": "x", "all": [{"rule": "a", "when": "b"}] * 2}, END], "flow[0].all[1]", "duplicate_name", "all[0]"),
    "shares": ([{"split": "s", "by": "p", "arms": [{"arm": "a", "share": 60}, {"arm": "b", "share": 50}]}, END], "flow[0].arms", "invalid_policy", "rest"),
    "share": ([{"split": "s", "by": "p", "arms": [{"arm": "a", "share": -1}]}, END], "flow[0].arms[0].share", "invalid_policy", None),
    "no otherwise": ([{"decide": "end", "cases": [{"case": "a", "when": "x", "then": "review"}]}], "flow[0].cases", "no_otherwise", "otherwise"),
    "after otherwise": ([{"decide": "end", "cases": [{"otherwise": "a", "then": "review"}, {"case": "b", "when": "x"}]}], "flow[0].cases[1]", "after_otherwise", None),
    "row width": ([{"table": "t", "columns": ["a", "b"], "outputs": ["c"], "rows": [["-", 1]]}, END], "flow[0].rows[0]", "row_width", "any value"),
    "skip with a reason": ([rule(when_missing={"then": "skip", "reason": "A"}), END], "flow[0].all[0].when_missing", "invalid_policy", None),
    "order lost": ([rule(set={"a": 1, "b": 2}), END], "flow[0].all[0].set", "invalid_policy", None),
    "a number for a text": ([rule(reason=5), END], "flow[0].all[0].reason", "invalid_policy", "quotes"),
    "a model without outputs": ([{"model": "m"}, END], "flow[0]", "invalid_policy", "probability"),
    "a whole number that is none": ([rule(severity=1.5), END], "flow[0].all[0].severity", "invalid_policy", None),
    "nan": ([{"scorecard": "s", "base": float("nan"), "characteristics": [{"characteristic": "age", "bins": []}]}, END], "flow[0].base", "invalid_policy", None),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_document_is_refused_by_place(what):
    flow, field, code, hint = BROKEN[what]
    with pytest.raises(DefinitionError) as caught:
        parse_policy({"policy": "p", "event": "e", "flow": flow})
    assert (caught.value.field, caught.value.code) == (field, code)
    if hint is not None:
        assert hint in str(caught.value.hint)


def test_the_path_may_have_a_prefix():
    with pytest.raises(DefinitionError) as caught:
        parse_policy({"policy": "p", "event": "e", "flow": [{"rule": 1}]}, path="policies.loan")
    assert caught.value.field == "policies.loan.flow[0]"


def test_the_precedence_names_each_outcome_once():
    with pytest.raises(DefinitionError) as caught:
        parse_policy({"policy": "p", "event": "e", "flow": [END], "precedence": ["decline", "approve"]})
    assert caught.value.field == "precedence"


def test_a_policy_stored_with_sorted_keys_is_the_same_policy():
    import msgspec

    flow = [
        rule(set=[{"b": 1}, {"a": "b + 1"}], price={"z": 1, "a": 2}),
        {
            "table": "t",
            "columns": ["x", {"column": "y", "of": "a + 1"}],
            "outputs": ["limit"],
            "rows": [["-", "< 3", 4]],
        },
        {"scorecard": "s", "characteristics": [{"characteristic": "c", "bins": [["-", 1]]}]},
        END,
    ]
    document = {"policy": "p", "event": "e", "flow": flow}
    assert parse_policy(msgspec.json.decode(canonical_bytes(document))) == parse_policy(document)


@pytest.mark.parametrize(
    "flow",
    [
        [{"rules": "x", "all": [{"rule": f"r{i}", "when": "age < 1"} for i in range(limits.MAX_RULES + 1)]}],
        [{"set": f"s{i}", "values": []} for i in range(limits.MAX_STAGES + 1)],
        [{"table": "t", "columns": ["a"], "outputs": ["b"], "rows": [["-", 1]] * (limits.MAX_ROWS + 1)}],
        [{"table": "t", "columns": ["a"] * (limits.MAX_COLUMNS + 1), "outputs": ["b"], "rows": [["-"] * 66]}],
        [{"scorecard": "s", "characteristics": []}],
        [{"split": "s", "by": "p", "arms": [{"arm": f"a{i}", "share": 0} for i in range(limits.MAX_ARMS + 1)]}],
        [rule(when="a" * (limits.MAX_EXPRESSION_LENGTH + 1))],
    ],
    ids=["rules", "stages", "rows", "columns", "characteristics", "arms", "expression"],
)
def test_every_limit_holds(flow):
    with pytest.raises(TooLarge):
        parse_policy({"policy": "p", "event": "e", "flow": flow})


def test_flows_nest_only_so_deep():
    flow = [END]
    for depth in range(limits.MAX_DEPTH):
        flow = [{"switch": f"s{depth}", "cases": [{"otherwise": "o", "flow": flow}]}]
    with pytest.raises(TooLarge):
        parse_policy({"policy": "p", "event": "e", "flow": flow})


def test_examples_are_limited_too():
    examples = [{"example": "x", "expect": "approve"}] * (limits.MAX_EXAMPLES + 1)
    with pytest.raises(TooLarge):
        parse_policy({"policy": "p", "event": "e", "flow": [END], "examples": examples})


def test_a_condition_and_a_set_do_not_make_a_decision_two_stages():
    policy = parse_policy({"policy": "p", "event": "e", "flow": [{**END, "set": [{"x": 1}]}]})
    assert policy.flow[0].cases[0].effect.assign == (("x", "1"),)


WORDS = st.sampled_from([
    "policy", "event", "flow", "rules", "all", "first", "rule", "when", "then", "decline", "review", "table", "columns",
    "outputs", "rows", "lists", "checks", "list", "of", "split", "arms", "arm", "share", "by", "switch", "cases", "case",
    "otherwise", "set", "values", "model", "uses", "probability", "scorecard", "characteristics", "bins", "decide",
    "price", "when_missing", "examples", "expect", "given", "scores", "-", "missing",
])  # fmt: skip
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | WORDS
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=5), max_leaves=25
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(WORDS, DOCUMENTS, max_size=4))
def test_no_document_gets_past_the_error_tree(document):
    try:
        parse_policy({"policy": "p", "event": "e", **document})
    except TandemError:
        return


@settings(max_examples=300, deadline=None)
@given(st.lists(st.dictionaries(WORDS, DOCUMENTS, max_size=5), min_size=1, max_size=3))
def test_no_flow_gets_past_the_error_tree(flow):
    try:
        parse_policy({"policy": "p", "event": "e", "flow": flow})
    except TandemError:
        return
