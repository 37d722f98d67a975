"""A small workspace that has decided on applications, some of which turned out; and questions about it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small_workspace import EVERYTHING, START, go_live, policy
from turned_out_workspace import OUTCOME, OUTCOME_TYPE, decide_forty

from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros
from tandem.learn.backtest import BacktestAsked, BacktestReport, Draft, SideAsked, Sources, run_backtest
from tandem.observe.lake import Lake

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
    decide_forty(process)
    return process


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
