"""A plan that contradicts itself is refused with every fault, each with its field and the remedy."""

from __future__ import annotations

from typing import Any

import pytest
from iterated_house import PLAN, plan_of

from tandem.kernel.errors import DefinitionError
from tandem.learn.iteration import parse_iteration, plan_digest


def test_the_plan_of_the_house_is_read() -> None:
    plan = parse_iteration(PLAN)
    assert plan.window.train_days == 14
    assert plan.envelope is not None
    assert plan_digest(plan) == plan_digest(plan_of())


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("schedule.cron", {"schedule": {"cron": "at dawn"}}),
        ("schedule.cron", {"schedule": {"cron": "0 30 2 * * *"}}),
        ("schedule.time_zone", {"schedule": {"time_zone": "Asia/Shangai"}}),
        ("canary.shares", {"canary": {"shares": [25, 5]}}),
        ("canary.shares", {"canary": {"shares": []}}),
        ("candidates", {"candidates": [{"name": "refit"}]}),
        ("families", {"families": []}),
        ("envelope.kinds", {"envelope": {"kinds": []}}),
        ("envelope.approval_shift", {"envelope": {"approval_shift": 0.9}}),
        ("evidence.minimum_bads", {"evidence": {"minimum_bads": 20}}),
        ("model", {"model": "Fraud Model"}),
        ("approve_below", {"approve_below": 1.5}),
        ("inputs", {"inputs": []}),
        (None, {"champion": "fraud"}),
    ],
)
def test_a_fault_names_its_field_and_a_remedy(field: str | None, change: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError) as refused:
        parse_iteration({**PLAN, **change})
    assert refused.value.code == "invalid_iteration"
    assert refused.value.field == field
    assert refused.value.hint


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(DefinitionError) as refused:
        plan_of(model="Fraud", schedule={"cron": "never", "time_zone": "Mars"})
    assert [one.field for one in refused.value.errors] == ["model", "schedule.cron", "schedule.time_zone"]  # type: ignore[attr-defined]
