"""Shared facts, models and documents for tests of policies."""

from __future__ import annotations

from typing import Any

import pytest

from tandem.decide.models import Contribution, Score
from tandem.decide.policy import CompiledPolicy, ModelSignature, PolicyContext, compile_policy, parse_policy, validate
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType

COLUMNS = {
    "person": Column(SqlType.TEXT),
    "device": Column(SqlType.TEXT, nullable=False),
    "age": Column(SqlType.INTEGER, nullable=False),
    "income": Column(SqlType.DOUBLE),
    "debt": Column(SqlType.DOUBLE),
    "months": Column(SqlType.INTEGER),
    "home": Column(SqlType.TEXT),
    "student": Column(SqlType.BOOLEAN, nullable=False),
    "applied_on": Column(SqlType.DATE, nullable=False),
    "applied_at": Column(SqlType.TIMESTAMP, nullable=False),
    "rate": Column(SqlType.DECIMAL, nullable=False, scale=2),
}


class IncomeModel:
    """A model for tests: riskier with less income, reasons from its two inputs; counts how often it is asked."""

    inputs = ("income", "months")

    def __init__(self) -> None:
        self.scored = 0

    def score(self, row: Any, /) -> Score:
        self.scored += 1
        income, months = row
        probability = 0.5 if income is None else 0.9 if income < 1000 else 0.1 if income > 3000 else 0.3
        return Score(probability, (months or 0) / 10, 600 - 100 * probability)

    def reasons(self, row: Any, top: int, /) -> tuple[Contribution, ...]:
        del top
        return (Contribution("income", row[0], 0.7, "LOW_INCOME"), Contribution("months", row[1], 0.2, "SHORT_HISTORY"))


@pytest.fixture
def model() -> IncomeModel:
    return IncomeModel()


@pytest.fixture
def context() -> PolicyContext:
    return PolicyContext(
        columns=COLUMNS,
        lists={"blocked", "friends"},
        models={
            "income_model": ModelSignature(name="income_model", inputs=IncomeModel.inputs, digest="d"),
            "other_model": ModelSignature(name="other_model", inputs=IncomeModel.inputs, digest="e"),
        },
        reasons={"A", "B", "C", "D", "E", "M", "LOW_INCOME", "SHORT_HISTORY"},
    )


@pytest.fixture
def row() -> dict[str, Any]:
    """A whole application."""
    return {
        "person": "p1",
        "device": "d1",
        "age": 30,
        "income": 2000.0,
        "debt": 500.0,
        "months": 24,
        "home": "owner",
        "student": False,
        "applied_on": 20_000,
        "applied_at": 1_700_000_000_000_000,
        "rate": 0,
    }


@pytest.fixture
def lists() -> dict[str, set[str]]:
    return {"blocked": {"bad"}, "friends": {"good"}}


@pytest.fixture
def document():
    """Make a whole document of a few stages."""

    def make(*flow: Any, **keys: Any) -> dict[str, Any]:
        return {"policy": "test", "event": "application", "missing_reason": "M", "flow": list(flow), **keys}

    return make


@pytest.fixture
def compiled(document, context, model):
    """Compile a document of a few stages."""

    def make(*flow: Any, **keys: Any) -> CompiledPolicy:
        policy = parse_policy(document(*flow, **keys))
        return compile_policy(policy, context, {"income_model": model, "other_model": model})

    return make


@pytest.fixture
def findings(document, context):
    """(severity, code) of everything validate says of a document."""

    def make(*flow: Any, **keys: Any) -> list[tuple[str, str]]:
        return [(one.severity, one.code) for one in validate(parse_policy(document(*flow, **keys)), context)]

    return make
