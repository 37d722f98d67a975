"""The decision process on a small workspace and a real journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from restarting import restarting
from small_workspace import EVERYTHING, START, go_live

from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(Micros(START + 20 * DAY))


@pytest.fixture
def opened(tmp_path: Path, clock: FixedClock) -> Iterator[Callable[[], DecisionProcess]]:
    """Opens the process of this test's workspace; closing and opening again is a restart."""
    with restarting(tmp_path / "home", clock) as open_it:
        yield open_it


@pytest.fixture
def process(opened: Callable[[], DecisionProcess]) -> DecisionProcess:
    one = opened()
    go_live(one, *EVERYTHING)
    return one


@pytest.fixture
def reopen(tmp_path: Path) -> Iterator[Callable[..., DecisionProcess]]:
    """The process of this test's workspace stopped and started again, by the clock on the wall."""
    running: list[DecisionProcess] = []

    def again(*, forgets_snapshots: bool = False, **settings: object) -> DecisionProcess:
        while running:
            running.pop().close()
        for kept in tmp_path.rglob("*.snapshot") if forgets_snapshots else ():
            kept.unlink()
        running.append(open_process(Settings(home=tmp_path, **settings), "lender"))
        return running[-1]

    yield again
    while running:
        running.pop().close()
