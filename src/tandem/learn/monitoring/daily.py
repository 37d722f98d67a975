"""Every live model is looked at once a day, so that alerts are there before anybody asks.

What was done is what is kept: a look is due where the newest daily one of a model began before the last time the schedule came
round. So a restart forgets nothing and does nothing twice, and a day on which nobody served is caught up. A look that failed is
tried again at the next time.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from croniter import croniter

from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import Conflict, TandemError
from tandem.kernel.time import SECOND, Clock, Micros
from tandem.learn.monitoring.desk import MonitoringDesk, daily_look_at
from tandem.learn.monitoring.looking import ModelAsked

__all__ = ["DAILY", "DailyWatch"]

DAILY: Final = "30 3 * * *"
"""When, UTC: an hour after the days of iterations begin by default."""
_FIRST_S: Final = 60.0
"""After a start, decisions come first."""
_EVERY_S: Final = 20.0
_BY: Final = "system"
_LOG = logging.getLogger(__name__)


class DailyWatch:
    """Has the live models of ``process`` looked at.

    Args:
        desk: where looks are taken and kept.
        cron: when, five fields, UTC.
        first_s, every_s: seconds before the first look at what is due, and between two.
    """

    def __init__(
        self,
        process: DecisionProcess,
        desk: MonitoringDesk,
        *,
        clock: Clock,
        cron: str = DAILY,
        first_s: float = _FIRST_S,
        every_s: float = _EVERY_S,
    ) -> None:
        self._process = process
        self._desk = desk
        self._clock = clock
        self._cron = cron
        self._first_s = first_s
        self._every_s = every_s
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily-monitoring", daemon=True)

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Watch while the block runs."""
        self._desk.refresh()
        self._thread.start()
        try:
            yield
        finally:
            self._closing.set()
            self._thread.join()

    def tick(self) -> ModelAsked | None:
        """Take over what was found, and begin the next look that is due; None where none is, or another is being taken."""
        self._desk.refresh()
        live = self._process.live
        due = self.last_due()
        taken = {run.asked for run in self._desk.all() if run.started_at >= due}
        for model in sorted(() if live is None else live.models):
            asked = daily_look_at(model)
            if asked not in taken:
                try:
                    self._desk.begin(asked, by=_BY)
                except Conflict:
                    return None
                return asked
        return None

    def last_due(self) -> Micros:
        """When the schedule came round last."""
        now = datetime.fromtimestamp(self._clock.now() / SECOND, UTC)
        return Micros(int(croniter(self._cron, now).get_prev(datetime).timestamp()) * SECOND)

    def _run(self) -> None:
        wait = self._first_s
        while not self._closing.wait(wait):
            wait = self._every_s
            try:
                self.tick()
            except (TandemError, OSError):
                _LOG.exception("The daily look at models could not begin.")
