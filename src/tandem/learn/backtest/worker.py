"""The child process of a run: ``python -m tandem.learn.backtest.worker FOLDER``."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from tandem.decide.decisions import open_beside
from tandem.kernel.settings import load_settings
from tandem.kernel.time import SystemClock
from tandem.learn.backtest.backtesting import run_backtest
from tandem.learn.backtest.runs import BacktestWork
from tandem.learn.backtest.sources import Sources, lake_for
from tandem.learn.runs import Progress, run_child

__all__ = ["backtest"]


def backtest(asked: bytes, folder: Path, progress: Progress) -> bytes:  # noqa: ARG001 - every worker is given its folder
    """Answer the question that was asked; its report."""
    work = msgspec.json.decode(asked, type=BacktestWork)
    home = Path(work.home)
    clock = SystemClock()
    # How the journal is reached is in the environment, as it is for the server: its password is written nowhere.
    settings = msgspec.structs.replace(load_settings(os.environ), home=home)
    with open_beside(settings, work.workspace) as beside:
        last = beside.store.last()
        lake = lake_for(home / "lake", 0 if last is None else int(last[0]), clock=clock)
        sources = Sources.beside(beside, lake, clock=clock)
        return msgspec.json.encode(run_backtest(sources, work.asked, progress=progress))


if __name__ == "__main__":
    run_child(backtest)
