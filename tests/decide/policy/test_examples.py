"""Examples are tests of the policy, written in it."""

from __future__ import annotations

import pytest

from tandem.decide.policy import check_examples, compile_policy, coverage, parse_policy

FLOW = [
    {"lists": "gate", "when_missing": "skip", "checks": [{"list": "blocked", "of": "person", "then": "decline", "reason": "A"}]},
    {"rules": "checks", "all": [{"rule": "young", "when": "age < 18", "then": "decline", "reason": "B"}]},
    {"model": "risk", "uses": "income_model", "probability": "pd"},
    {"switch": "segment", "cases": [{"case": "new", "when": "applied_on > DATE '2020-01-01'"}, {"otherwise": "old"}]},
    {"decide": "end", "cases": [
        {"case": "risky", "when": "pd > 0.5", "then": "review"},
        {"otherwise": "offer", "then": "approve", "limit": 500, "price": {"rate_bps": 700}, "actions": ["mail"]},
    ]},
]  # fmt: skip
EXAMPLES = [
    {"example": "minors are declined", "given": {"age": 17}, "expect": {"outcome": "decline", "reasons": ["B"]},
     "because": "the law"},
    {"example": "blocked people are declined", "given": {"person": "x"}, "lists": {"blocked": "x"}, "expect": "decline"},
    {"example": "risk is reviewed", "scores": {"income_model": {"probability": 0.9}}, "expect": "review"},
    {"example": "the rest gets an offer", "given": {"income": 9000}, "expect": {
        "outcome": "approve", "limit_minor": 500, "price": {"rate_bps": 700}, "actions": ["mail"], "fired": ["end.offer"]}},
]  # fmt: skip


@pytest.fixture
def checked(document, context, model):
    def check(examples, **keys):
        defaults = {"age": 30, "applied_on": "2026-01-31"}
        policy = parse_policy(document(*FLOW, examples=examples, example_defaults=defaults, **keys))
        compiled = compile_policy(policy, context, {"income_model": model})
        return compiled, check_examples(policy, compiled)

    return check


def test_examples_that_hold_pass(checked):
    _, results = checked(EXAMPLES)
    assert [(one.example, one.passed, one.differences) for one in results] == [
        (one["example"], True, ()) for one in EXAMPLES
    ]
    assert results[0].because == "the law"


def test_an_example_that_does_not_hold_says_what_differs(checked):
    _, (result,) = checked([{"example": "x", "given": {"age": 17}, "expect": {"outcome": "approve", "limit_minor": 5}}])
    assert not result.passed
    assert [(one.field, one.expected, one.got) for one in result.differences] == [
        ("outcome", "approve", "decline"),
        ("limit_minor", "5", "None"),
    ]


def test_an_example_of_another_policy_that_cannot_be_read_here_fails_with_the_reason(checked, document):
    compiled, _ = checked(EXAMPLES)
    newer = parse_policy(document(*FLOW, examples=[{"example": "x", "given": {"agee": 3}, "expect": "approve"}]))
    (result,) = check_examples(newer, compiled)
    assert (result.passed, result.result) == (False, None)
    assert result.differences[0].field == "given.agee"


def test_coverage_names_what_no_example_reaches(checked):
    compiled, results = checked(EXAMPLES)
    found = coverage(compiled, [one.result for one in results])
    assert found.unreached == ("segment:old",)
    assert found.reached == ("gate.blocked_person", "checks.young", "segment:new", "end.risky", "end.offer")
    assert found.share == 5 / 6
