"""The policy in the reference is a real one: it is valid, its examples hold, and they reach nearly all of it."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML

from tandem.decide.policy import (
    ModelSignature,
    PolicyContext,
    check_examples,
    compile_policy,
    coverage,
    limits,
    parse_policy,
    validate,
)
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType

COLUMNS = {
    "person": Column(SqlType.TEXT),
    "device": Column(SqlType.TEXT),
    "age": Column(SqlType.INTEGER, nullable=False),
    "income": Column(SqlType.DOUBLE),
    "debt_service": Column(SqlType.DOUBLE, nullable=False),
    "months_employed": Column(SqlType.INTEGER),
    "home": Column(SqlType.TEXT),
    "student": Column(SqlType.BOOLEAN, nullable=False),
    "amount_minor": Column(SqlType.INTEGER, nullable=False),
}


@pytest.fixture
def text(request):
    return (request.config.rootpath / "docs" / "reference" / "policy.md").read_text(encoding="utf-8")


@pytest.fixture
def reference(text):
    return YAML(typ="safe").load(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1])


@pytest.fixture
def reference_context(reference):
    codes = set(re.findall(r"\b[A-Z]+_[A-Z_]+\b", str(reference)))
    signature = ModelSignature(name="loan_default", inputs=("income", "age"), digest="d")
    return PolicyContext(
        columns=COLUMNS,
        lists={"blocked_people", "watched_devices"},
        models={"loan_default": signature},
        reasons=codes,
    )


def test_it_is_valid_and_every_example_holds(reference, reference_context, model):
    policy = parse_policy(reference)
    assert validate(policy, reference_context) == ()
    compiled = compile_policy(policy, reference_context, {"loan_default": model})
    results = check_examples(policy, compiled)
    assert [(one.example, one.differences) for one in results] == [(one.example, ()) for one in results]
    found = coverage(compiled, [one.result for one in results])
    assert found.share > 0.6, found.unreached


def test_its_limits_are_those_of_the_code(text):
    stated = text[text.index("## Limits") :]
    for limit in (
        limits.MAX_RULES,
        limits.MAX_ROWS,
        limits.MAX_STAGES,
        limits.MAX_EXAMPLES,
        limits.MAX_EXPRESSION_LENGTH,
        limits.ROWS_SAID,
    ):
        assert f"{limit:,}" in stated
    for limit in (limits.MAX_COLUMNS, limits.MAX_DEPTH, limits.MAX_ARMS):
        assert str(limit) in stated
