"""A small house that learns daily: one event type whose fields are the inputs, one policy that asks one model, one plan.

The payments are drawn from a seed; ``shift`` changes the world from a day on. Nothing here is real.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros, parse_instant
from tandem.learn.iteration import (
    IterationPlan,
    Iterations,
    ReleaseDesk,
    Run,
    RunStore,
    Setting,
    TableFeed,
    parse_iteration,
)
from tandem.learn.iteration.learning import named, spec_of
from tandem.learn.training import train

FIRST = "2025-10-01"
INPUTS = ("amount", "velocity", "distance", "hour")
PLAN: dict[str, Any] = {
    "name": "daily_fraud",
    "model": "fraud",
    "policy": "payment",
    "event": "payment",
    "label": "payment",
    "target": "bad",
    "owner": "fraud team",
    "approve_below": 0.3,
    "inputs": list(INPUTS),
    "families": ["scorecard"],
    "folds": 2,
    "window": {"train_days": 14, "test_days": 7, "mature_days": 3},
    "evidence": {"minimum_bads": 60, "margin": 0.02},
    "gates": {"challenger": {"approval_shift_most": 0.9, "score_psi_most": 9.0, "moved_most": 1.0, "churn_most": 0.5}},
    "envelope": {"approval_shift": 0.5, "score_psi": 9.0, "drift_from_validated": 0.5, "days_between": 3},
    "shadow": {"days": 2, "decisions": 100},
    "canary": {"shares": [10, 50], "days": 1, "by": "person"},
    "watch": {"minimum_bads": 30, "approval_shift": 0.6},
}


def payments(days: int = 60, rows: int = 150, *, shift: int | None = None, seed: int = 5) -> pa.Table:
    """``rows`` payments a day from ``FIRST``; from day ``shift`` on velocity matters too."""
    random = np.random.default_rng(seed)
    count = days * rows
    day = np.repeat(np.arange(days), rows)
    columns = {name: random.normal(size=count) for name in INPUTS}
    later = day >= (days if shift is None else shift)
    risk = columns["amount"] + columns["distance"] + np.where(later, 0.9 * columns["velocity"], 0.0)
    bad = random.random(count) < 1 / (1 + np.exp(2.2 - 1.2 * risk))
    start = parse_instant(f"{FIRST}T00:00:00Z")
    at = start + day * DAY + np.sort(random.integers(0, DAY, (days, rows)), axis=1).ravel()
    return pa.table({
        "event_id": [f"e{place:07d}" for place in range(count)],
        "person": [f"p{one:04d}" for one in random.integers(0, 900, count)],
        "occurred_at": pa.array(at, pa.timestamp("us")),
        "known_at": pa.array(at + 2 * DAY, pa.timestamp("us")),
        **columns,
        "bad": pa.array(bad),
    })  # fmt: skip


def day_of(number: int) -> str:
    """Day ``number`` of the payments."""
    return (date.fromisoformat(FIRST) + timedelta(days=number)).isoformat()


def plan_of(**changes: Any) -> IterationPlan:
    """The plan with ``changes``."""
    return parse_iteration({**PLAN, **changes})


def opened_process(home: Path, *, four_eyes: bool = False, **settings: Any) -> DecisionProcess:
    """The decision process of the house."""
    clock = FixedClock(Micros(parse_instant("2025-11-01T00:00:00Z")))
    return open_process(
        Settings(home=home, **settings), "lender", clock=clock, entropy=SeededEntropy(1), four_eyes=four_eyes
    )


def go_live(process: DecisionProcess, table: pa.Table, plan: IterationPlan | None = None) -> None:
    """Train a first model on the first two weeks and release it with the policy and the plan, all reviewed by li.wei."""
    plan = plan or plan_of()
    first = table.slice(0, 14 * 150).select([*INPUTS, "bad"])
    result = train(first, msgspec.structs.replace(spec_of(plan), families=("scorecard",)))
    put_live(process, "model", plan.model, msgspec.to_builtins(named(result.document, plan.model)), others=[
        Artefact.of("event_type", "payment", {
            "subject": "person",
            "fields": [
                {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
                *({"name": name, "type": "double"} for name in INPUTS),
            ],
        }),
        Artefact.of("policy", "payment", {
            "event": "payment",
            "when_missing": "review",
            "flow": [
                {"model": plan.model, "probability": "risk"},
                {"decide": "end", "cases": [
                    {"case": "risky", "when": "risk >= 0.3", "then": "review", "reason": "RISKY"},
                    {"otherwise": "pass", "then": "approve"},
                ]},
            ],
        }),
        Artefact.of("reasons", "payment", {"reasons": {
            code: {"customer": {"en": code, "zh-CN": code}, "internal": {"en": code, "zh-CN": code}}
            for code in ("RISKY", "INFORMATION_MISSING", *(one.code for one in result.reasons.values()))
        }}),
        Artefact.of("iteration", plan.name, _body(plan)),
    ])  # fmt: skip


def put_live(
    process: DecisionProcess, kind: str, name: str, body: Mapping[str, Any], others: list[Artefact] | None = None
) -> None:
    """Push, review and release one definition, as people do."""
    artefacts = [Artefact.of(kind, name, dict(body)), *(others or [])]
    process.push(artefacts, author="zhang.min")
    process.review([one.digest for one in artefacts], approver="li.wei")
    process.release({one.key: one.digest for one in artefacts}, by="zhang.min")


def setting_of(process: DecisionProcess, table: pa.Table, home: Path, plan: IterationPlan | None = None) -> Setting:
    """Where the plan runs in this house."""
    plan = plan or plan_of()
    return Setting(plan, TableFeed(table), ReleaseDesk(process, plan), RunStore(home / "iterations"))


def iterations_of(setting: Setting, **more: Any) -> Iterations:
    """The days of the house's one plan."""
    return Iterations(lambda: {setting.plan.name: setting}, setting.store, **more)


def poisoned(table: pa.Table, number: int) -> pa.Table:
    """Amounts of one day come in another unit."""
    days = (table.column("occurred_at").cast(pa.int64()).to_numpy() - table["occurred_at"][0].value) // DAY
    amount = np.where(days == number, table.column("amount").to_numpy() * 100 + 700, table.column("amount").to_numpy())
    return table.set_column(table.column_names.index("amount"), "amount", pa.array(amount))


class House:
    """One house, its days run on demand."""

    def __init__(self, home: Path, table: pa.Table, plan: IterationPlan, *, four_eyes: bool = False) -> None:
        self.process: DecisionProcess = opened_process(home, four_eyes=four_eyes)
        go_live(self.process, table, plan)
        self.setting: Setting = setting_of(self.process, table, home, plan)
        self.iterations = iterations_of(self.setting)

    def run(self, first: int, last: int | None = None) -> list[Run]:
        """Run the days from ``first`` to ``last``, both included."""
        return [self.iterations.run(self.setting.plan.name, day_of(one)) for one in range(first, (last or first) + 1)]


def _body(plan: IterationPlan) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(plan)
    del body["name"]
    return body
