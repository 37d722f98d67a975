"""A small workspace that has decided on applications, some of which turned out; and questions about it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small_workspace import EVERYTHING, START, application, go_live, policy

from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros, format_instant
from tandem.learn.backtest import BacktestAsked, BacktestReport, Draft, SideAsked, Sources, run_backtest
from tandem.observe.lake import Lake

OUTCOME_TYPE = Artefact.of(
    "event_type",
    "loan_outcome",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "application", "type": "text", "required": True},
            {"name": "bad", "type": "boolean", "required": True, "data_class": "C2"},
        ],
    },
)
OUTCOME = Artefact.of(
    "outcome",
    "application",
    {"event": "loan_outcome", "refers": "application", "bad": "bad", "amount": "amount_minor", "currency": "EUR"},
)
SAFE = Artefact.of("list", "stolen_devices", {"kind": "block", "entity": "device"})


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(Micros(START + 20 * DAY))


@pytest.fixture
def process(tmp_path: Path, clock: FixedClock) -> Iterator[DecisionProcess]:
    one = open_process(Settings(home=tmp_path / "home"), "test", clock=clock, entropy=SeededEntropy(1))
    go_live(one, *EVERYTHING, OUTCOME_TYPE, OUTCOME, SAFE)
    yield one
    one.close()


@pytest.fixture
def decided(process: DecisionProcess) -> DecisionProcess:
    """Forty applications of forty people, ages 15 to 54; the first thirty turned out, those under 25 badly."""
    for number in range(40):
        process.decide_now(
            application(number, age=15 + number, amount_minor=1000 + number, device=f"d{number % 4}", at=number * 600)
        )
    for number in range(3, 30):
        process.record_now(turned_out(number, bad=15 + number < 25))
    return process


def turned_out(number: int, *, bad: bool) -> dict[str, Any]:
    """An outcome document for the application of that number."""
    return {
        "event_id": f"outcome-{number}-{bad}",
        "event_type": "loan_outcome",
        "occurred_at": format_instant(Micros(START + 19 * DAY)),
        "values": {"person": f"p{number}", "application": f"app-{number}", "bad": bad},
    }


@pytest.fixture
def draft() -> Callable[..., Draft]:
    """The live policy with more rules behind its own."""

    def made(*rules: dict[str, Any], **changes: Any) -> Draft:
        document: dict[str, Any] = copy.deepcopy({**policy().body, **changes})
        document["flow"][1]["all"] += list(rules)
        return Draft(kind="policy", name="application", body=document)

    return made


@pytest.fixture
def lake_of(tmp_path: Path, clock: FixedClock) -> Callable[[DecisionProcess], Lake]:
    """The lake of a process, with everything that stands in its journal."""

    def made(process: DecisionProcess) -> Lake:
        lake = Lake(tmp_path / "lake", clock=clock)
        assert process.live is not None
        lake.project(process.journal, process.live.reader)
        return lake

    return made


@pytest.fixture
def ask(clock: FixedClock, lake_of: Callable[[DecisionProcess], Lake]) -> Callable[..., BacktestReport]:
    """A backtest of a process, from its journal or its lake."""

    def asked(process: DecisionProcess, *drafts: Draft, lake: bool = False, **more: Any) -> BacktestReport:
        sources = Sources.of_process(process, lake_of(process) if lake else None, clock=clock)
        question = BacktestAsked(
            **{"event_type": "application", "candidate": SideAsked(drafts=drafts), "rules": False, **more}
        )
        return run_backtest(sources, question)

    return asked
