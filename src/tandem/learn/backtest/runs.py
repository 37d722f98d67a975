"""Backtests that were run: one at a time, in a process of their own (``learn.runs``), kept in the workspace's home."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec

from tandem.kernel.identity import Entropy
from tandem.kernel.time import Clock, Micros
from tandem.learn.backtest.asked import BacktestAsked, SideAsked
from tandem.learn.backtest.report import BacktestReport
from tandem.learn.runs import Run, RunKind, Runs

__all__ = ["BacktestRun", "BacktestRuns", "BacktestWork"]

_KIND: Final = RunKind(
    name="backtest",
    called="a backtest",
    prefix="bkt",
    worker="tandem.learn.backtest.worker",
    seconds_max=6 * 3_600.0,
    too_long_hint="a shorter stretch, or without rules",
)


class BacktestRun(Run, frozen=True, kw_only=True):
    """One run.

    Attributes:
        asked: as it was asked; of drafts the names alone, the bodies are not kept.
        done, total: decisions looked at, of how many.
        decisions, compared, changed: of the report, where there is one.
    """

    backtest_id: str
    asked: BacktestAsked
    currency: str = ""
    decisions: int | None = None
    compared: int | None = None
    changed: int | None = None


class BacktestWork(msgspec.Struct, frozen=True, kw_only=True):
    """What the child process is given: the question, and where the workspace lies."""

    asked: BacktestAsked
    home: str
    workspace: str


class BacktestRuns(Runs[BacktestRun]):
    """The runs of one workspace. Safe to call from several threads.

    Args:
        home: of the workspace; runs are kept in ``backtests`` in it.
    """

    def __init__(self, home: Path, workspace: str, *, clock: Clock, entropy: Entropy) -> None:
        folder = home / "backtests"
        super().__init__(folder, kind=_KIND, record=BacktestRun, figures=_figures, clock=clock, entropy=entropy)
        self._home = home
        self._workspace = workspace

    def begin(self, asked: BacktestAsked, *, label: str = "", by: str = "") -> BacktestRun:
        """Begin a run of a question that was found to hold together.

        Raises:
            Conflict: another one is running.
        """
        told = msgspec.structs.replace(
            asked, candidate=_without_bodies(asked.candidate), against=_without_bodies(asked.against)
        )

        def recorded(backtest_id: str, now: Micros) -> BacktestRun:
            return BacktestRun(backtest_id=backtest_id, asked=told, label=label, by=by, started_at=now)

        work = BacktestWork(asked=asked, home=str(self._home.resolve()), workspace=self._workspace)
        return self.start(recorded, lambda _: msgspec.json.encode(work))

    def report(self, backtest_id: str) -> BacktestReport:
        """What a run came to.

        Raises:
            NotFound: there is no such run.
            Conflict: it is not done, or it failed.
        """
        return msgspec.json.decode(self.report_bytes(backtest_id), type=BacktestReport)


def _without_bodies(side: SideAsked) -> SideAsked:
    drafts = tuple(msgspec.structs.replace(one, body={}) for one in side.drafts)
    return msgspec.structs.replace(side, drafts=drafts)


def _figures(report: bytes) -> dict[str, Any]:
    found = msgspec.json.decode(report, type=BacktestReport)
    return {
        "currency": found.currency,
        "decisions": found.honesty.decisions,
        "compared": found.honesty.compared,
        "changed": found.changed,
    }
