"""A warning desk on card accounts and a real journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_workspace import START, go_live
from warned_workspace import EVERYTHING

from tandem.act.warning import WarningDesk
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(Micros(START + 200 * DAY))


@pytest.fixture
def opened(tmp_path: Path, clock: FixedClock) -> Iterator[Callable[[], DecisionProcess]]:
    """Opens the process of this test's workspace; closing and opening again is a restart."""
    running: list[DecisionProcess] = []
    seeds = iter(range(1000))

    def open_it() -> DecisionProcess:
        settings = Settings(home=tmp_path / "home")
        running.append(open_process(settings, "test", clock=clock, entropy=SeededEntropy(next(seeds))))
        return running[-1]

    yield open_it
    for process in running:
        process.close()


@pytest.fixture
def process(opened: Callable[[], DecisionProcess]) -> DecisionProcess:
    one = opened()
    go_live(one, *EVERYTHING)
    return one


@pytest.fixture
def desk(process: DecisionProcess, clock: FixedClock) -> WarningDesk:
    return WarningDesk(process, clock=clock, entropy=SeededEntropy(7))
