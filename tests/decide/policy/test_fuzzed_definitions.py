"""Whatever is written in a policy, validation answers with findings and never fails."""

from __future__ import annotations

import copy
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.policy import PolicyContext, compile_policy, parse_policy, validate
from tandem.kernel.errors import TandemError
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType

CONTEXT = PolicyContext(
    columns={
        "age": Column(SqlType.INTEGER),
        "income": Column(SqlType.DOUBLE),
        "rate": Column(SqlType.DECIMAL, scale=2),
        "home": Column(SqlType.TEXT),
        "student": Column(SqlType.BOOLEAN),
        "day": Column(SqlType.DATE),
        "at": Column(SqlType.TIMESTAMP),
    },
    lists={"blocked"},
    reasons={"A"},
)
FLOW = [
    {"lists": "gate", "checks": [{"list": "blocked", "of": "home", "then": "decline", "reason": "A"}]},
    {"set": "s", "values": [{"x": "income + 1"}]},
    {"rules": "r", "first": [{"rule": "a", "when": "x > 3", "then": "review", "reason": "A", "cap": "age", "limit": "5"}]},
    {"scorecard": "c", "characteristics": [{"characteristic": "age", "bins": [["< 3", 1], ["missing", 2]], "otherwise": 4}]},
    {"table": "t", "columns": ["age", "home"], "outputs": ["y", "limit"], "rows": [["< 3", "a", 1, "= age"], ["-", "-", 2, 3]]},
    {"switch": "w", "cases": [{"case": "q", "when": "student", "flow": []}, {"otherwise": "o"}]},
    {"split": "p", "by": "home", "when_missing": "m", "arms": [{"arm": "m", "share": 60}, {"arm": "n", "share": 40}]},
    {"decide": "end", "cases": [{"case": "k", "when": "y > 1", "then": "decline", "reason": "A"}, {"otherwise": "z", "then": "approve"}]},
]  # fmt: skip
SNIPPETS = [
    "age", "home", "student", "rate", "day", "at", "x", "y", "c", "nothing", "age > 1", "home = 'a'", "NULL", "1 / 0", "TRUE",
    "CAST(NULL AS INTEGER)", "day + INTERVAL '1' DAY", "in_list(home, 'blocked')", "in_list(home, 'none')", "income IS NULL",
    "CASE WHEN age > 1 THEN 2 END", "(((", "'", "1e400", "9" * 40, "-", "missing", "present", "if age > 1", "if (", "[1..2)",
    "5..1", "in [1, 2]", "in [", "not in [a]", "< ", "= rate", "2026-02-30", "decline", "A", "", " ", "\x00", "\ud800", "名单",
    None, True, 0, -1, 3.5, 10**30, [], {}, ["a"], [["<", 1]],
]  # fmt: skip


def places(node, path=()):
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*path, key)
            yield from places(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield (*path, index)
            yield from places(value, (*path, index))


def reached(node, path):
    for step in path:
        node = node[step]
    return node


def mutated(random):
    document = {"policy": "p", "event": "e", "missing_reason": "A", "flow": copy.deepcopy(FLOW)}
    if random.random() < 0.7:
        document["when_missing"] = "review"
    for _ in range(random.randint(1, 3)):
        chosen = list(places(document))
        if random.random() < 0.85:  # a leaf: the document keeps its shape, and more of them get as far as validation
            chosen = [path for path in chosen if not isinstance(reached(document, path), dict | list)]
        *path, last = random.choice(chosen)
        node = document
        for step in path:
            node = node[step]
        node[last] = copy.deepcopy(random.choice(SNIPPETS))
    return document


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**40))
def test_a_mutated_policy_is_refused_or_found_wrong_or_runs(seed):
    random = Random(seed)
    try:
        policy = parse_policy(mutated(random))
    except TandemError:
        return
    errors = [one for one in validate(policy, CONTEXT) if one.severity == "error"]
    try:
        compiled = compile_policy(policy, CONTEXT, {})
    except TandemError:
        assert errors
        return
    assert not errors
    for row in ({}, {"age": 2, "income": 3.0, "home": "a", "student": True, "rate": None, "day": 1, "at": 2}):
        assert compiled.trace(row, {"blocked": set()}).result == compiled.run(row, {"blocked": set()})
