"""Looks that were taken: one at a time, in a process of their own (``learn.runs``), kept in the workspace's home.

The same question asked again is answered with what was seen, until that is too old; then somebody looks anew, and what was
seen before stands until they are done.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec

from tandem.kernel.errors import Conflict
from tandem.kernel.identity import Entropy
from tandem.kernel.time import SECOND, Clock, Micros
from tandem.learn.monitoring.looking import LabelReport, LookAsked, ModelAsked, ModelReport
from tandem.learn.monitoring.watching import Alert
from tandem.learn.runs import Run, RunError, RunKind, Runs

__all__ = ["LookTaken", "LookWork", "Looked", "MonitoringDesk", "daily_look_at"]

_DAILY_BY: Final = "month"
"""What the daily look tells decisions apart by."""
_KIND: Final = RunKind(
    name="monitoring",
    called="a look at a model",
    prefix="mon",
    worker="tandem.learn.monitoring.worker",
    seconds_max=3_600.0,
    too_long_hint="tandem monitor has no such limit",
    kept=100,
)
_FAILED_FOR: Final = 30 * SECOND
"""So long the reason of a failure is told before somebody tries again."""


class LookTaken(Run, frozen=True, kw_only=True):
    """One look; ``alerts`` are those of a model that was looked at, once it is done."""

    look_id: str
    asked: LookAsked
    alerts: tuple[Alert, ...] = ()


class LookWork(msgspec.Struct, frozen=True, kw_only=True):
    """What the child process is given: the question, and where the workspace lies."""

    asked: LookAsked
    home: str
    workspace: str


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to tell of a question now.

    Attributes:
        state: ``ready``: it is as new as was asked; ``looking``: somebody looks; ``waiting``: somebody looks at something
            else first; ``failed``: nothing can be said, see ``error``.
        report: the newest there is, JSON; None before the first.
        taken_at: when that was finished.
        done, total: how far a look that is under way is.
    """

    state: str
    report: bytes | None = None
    taken_at: Micros | None = None
    error: RunError | None = None
    done: int = 0
    total: int = 0


class MonitoringDesk(Runs[LookTaken]):
    """The looks of one workspace. Safe to call from several threads.

    Args:
        home: of the workspace; looks are kept in ``monitoring`` in it.
    """

    def __init__(self, home: Path, workspace: str, *, clock: Clock, entropy: Entropy) -> None:
        folder = home / "monitoring"
        super().__init__(folder, kind=_KIND, record=LookTaken, figures=_figures, clock=clock, entropy=entropy)
        self._home = home
        self._workspace = workspace
        self._now = clock
        self._open: dict[str, tuple[Micros, tuple[Alert, ...]]] = {}

    @property
    def open_alerts(self) -> dict[str, tuple[Micros, tuple[Alert, ...]]]:
        """Model to when it was looked at last, and its alerts then; as of the last ``refresh``."""
        return self._open

    def refresh(self) -> None:
        """Take over what the newest daily look at each model found."""
        found: dict[str, tuple[Micros, tuple[Alert, ...]]] = {}
        for run in self.all():
            asked, at = run.asked, run.finished_at
            if (
                run.state == "done"
                and at is not None
                and isinstance(asked, ModelAsked)
                and asked == daily_look_at(asked.model)
            ):
                found.setdefault(asked.model, (at, run.alerts))
        self._open = {**self._open, **found}

    def look(self, asked: LookAsked, *, max_age_s: int, by: str = "") -> Looked:
        """What was seen of a question; somebody looks anew where that is older than ``max_age_s`` seconds."""
        runs = [run for run in self.all() if run.asked == asked]
        newest = next((run for run in runs if run.state == "done"), None)
        under_way = next((run for run in runs if run.state == "running"), None)
        now = self._now.now()
        told = Looked(state="ready")
        if newest is not None:
            told = Looked(state="ready", report=self.report_bytes(newest.look_id), taken_at=newest.finished_at)
            if under_way is None and now - (newest.finished_at or 0) <= max_age_s * SECOND:
                return told
        if under_way is None:
            last = runs[0] if runs else None
            if last is not None and last.state == "failed" and now - (last.finished_at or 0) <= _FAILED_FOR:
                return msgspec.structs.replace(told, state="failed", error=last.error)
            try:
                under_way = self.begin(asked, by=by)
            except Conflict:
                return msgspec.structs.replace(told, state="waiting")
        return msgspec.structs.replace(told, state="looking", done=under_way.done, total=under_way.total)

    def begin(self, asked: LookAsked, *, by: str = "") -> LookTaken:
        """Begin a look.

        Raises:
            Conflict: another one is being taken.
        """

        def recorded(look_id: str, now: Micros) -> LookTaken:
            return LookTaken(look_id=look_id, asked=asked, by=by, started_at=now)

        work = LookWork(asked=asked, home=str(self._home.resolve()), workspace=self._workspace)
        return self.start(recorded, lambda _: msgspec.json.encode(work))


def daily_look_at(model: str) -> ModelAsked:
    """What is asked of a model every day."""
    return ModelAsked(model=model, by=_DAILY_BY)


def _figures(report: bytes) -> dict[str, Any]:
    found = msgspec.json.decode(report, type=ModelReport | LabelReport)
    return {"alerts": found.watch.alerts} if isinstance(found, ModelReport) else {}
