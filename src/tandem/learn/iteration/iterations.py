"""The room's one door for days: run one, catch up, read what was run, prove that nothing in between was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeAlias
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import IntegrityError, NotFound, near_match
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros
from tandem.learn.iteration.checking import check
from tandem.learn.iteration.day import DayWork, Setting
from tandem.learn.iteration.feeds import day_shifted, days_of
from tandem.learn.iteration.gating import gate
from tandem.learn.iteration.learning import compare_candidates, train_candidates
from tandem.learn.iteration.parsing import plan_digest
from tandem.learn.iteration.plan import IterationPlan
from tandem.learn.iteration.releasing import decide, release
from tandem.learn.iteration.states import STEPS, IterationState, Run, Step, StepRecord
from tandem.learn.iteration.store import RunStore, read_run
from tandem.learn.iteration.taking import take
from tandem.learn.iteration.tuning import tune
from tandem.learn.iteration.watching import shadow, watch
from tandem.learn.training import give_back

if TYPE_CHECKING:
    from tandem.learn.iteration.durable import Jobs

__all__ = ["Iterations", "Told", "newest_run", "read_runs"]

Told: TypeAlias = Callable[[str, str, str], None]
"""Told of the plan's day, the step, and ``begins``, ``done`` (not yet kept) or ``kept``."""


def _nobody(day: str, step: str, moment: str) -> None:
    """Nobody listens."""


_PLAN = msgspec.json.Decoder(IterationPlan)
_STEPS: Mapping[Step, Callable[[DayWork], StepRecord]] = {
    "take": take,
    "gate": gate,
    "watch": watch,
    "train": train_candidates,
    "compare": compare_candidates,
    "check": check,
    "tune": tune,
    "shadow": shadow,
    "decide": decide,
    "release": release,
}


class Iterations:
    """Days of every plan, run durably; a context manager.

    Args:
        settings: the plans there are now, by name; asked again whenever one is needed, since plans are released meanwhile.
        store: where runs are kept.
        url, schema: of the job store, see ``durable``; None: SQLite beside the runs.
        told: hears of every step.
    """

    def __init__(
        self,
        settings: Callable[[], Mapping[str, Setting]],
        store: RunStore,
        *,
        url: str | None = None,
        schema: str = "tandem_jobs",
        told: Told | None = None,
    ) -> None:
        self._settings = settings
        self._store = store
        self._url, self._schema = url, schema
        self._told = told or _nobody
        self._jobs: Jobs | None = None
        self._works: dict[tuple[str, str], DayWork] = {}

    def __enter__(self) -> Self:
        # The library of durable jobs takes half a second to import; whoever only reads the log does not wait for it.
        from tandem.learn.iteration.durable import Jobs

        self._jobs = Jobs(self._url or self._sqlite(), self, schema=self._schema)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._jobs is not None:
            self._jobs.close()
            self._jobs = None

    # -- running ---------------------------------------------------------------------------------------------------

    def run(self, plan: str, day: str) -> Run:
        """Run ``day``, or go on with it where it was begun, or return it where it is closed."""
        setting = self._setting(plan)
        if self._jobs is None:
            raise NotFound("No jobs run here.", code="jobs_not_running", hint="enter Iterations with a with statement")
        digest = self._jobs.run(plan, day)
        self._works.pop((plan, day), None)
        return read_run(setting.store, Digest(digest))

    def catch_up(self, plan: str, until: str, since: str | None = None) -> list[Run]:
        """Run every day that is missing up to ``until``, in order; from ``since`` where none was ever run."""
        return [self.run(plan, day) for day in self._missing(plan, until, since)]

    def last_day(self, plan: str, now: Micros) -> str:
        """The last day that is over at ``now`` where the plan lives: its time zone says when a day ends."""
        zone = ZoneInfo(self._setting(plan).plan.schedule.time_zone)
        (today,) = days_of(np.array([now]), zone)
        return day_shifted(today, -1)

    def keep_schedules(self) -> None:
        """Run every plan by its schedule from now on, and catch up what was missed."""
        if self._jobs is not None:
            self._jobs.keep_schedules({name: one.plan.schedule for name, one in self._settings().items()})

    # -- what the durable jobs ask ---------------------------------------------------------------------------------

    def step(self, plan: str, day: str, step: Step, records: Mapping[Step, StepRecord]) -> StepRecord:
        """See ``durable.DaySteps``."""
        work = self._works.get((plan, day))
        if work is None or step == STEPS[0]:
            work = DayWork(self._begun(plan, records), day, self._previous(plan, day))
            self._works = {(plan, day): work}
        work.records.update(records)
        self._told(day, step, "begins")
        record = _STEPS[step](work)
        give_back()
        self._told(day, step, "done")
        return record

    def close(self, plan: str, day: str, records: Mapping[Step, StepRecord]) -> str:
        """See ``durable.DaySteps``."""
        setting, previous = self._begun(plan, records), self._previous(plan, day)
        state = msgspec.json.decode(setting.store.read(records["release"].outputs["state"]), type=IterationState)
        self._told(day, "close", "begins")
        run = Run(
            plan=plan,
            plan_digest=plan_digest(setting.plan),
            day=day,
            previous="" if previous is None else previous.digest,
            steps=tuple(records[one] for one in STEPS),
            state=state,
        )
        digest = setting.store.keep(canonical_bytes(run))
        setting.store.close(plan, day, digest)
        self._told(day, "close", "done")
        return digest

    def missing(self, plan: str, due: datetime) -> list[str]:
        """See ``durable.DaySteps``: the last day that is over where the plan is."""
        zone = ZoneInfo(self._setting(plan).plan.schedule.time_zone)
        over = (due.astimezone(zone).date() - timedelta(days=1)).isoformat()
        return self._missing(plan, over, None)

    def _missing(self, plan: str, until: str, since: str | None) -> list[str]:
        closed = [day for day, _ in self._setting(plan).store.days(plan)]
        day = day_shifted(closed[-1], 1) if closed else since or until
        days = []
        while day <= until:
            days.append(day)
            day = day_shifted(day, 1)
        return days

    def _previous(self, plan: str, day: str) -> Run | None:
        """The newest run before ``day``."""
        store = self._setting(plan).store
        earlier = [digest for known, digest in store.days(plan) if known < day]
        return read_run(store, earlier[-1]) if earlier else None

    def _begun(self, plan: str, records: Mapping[Step, StepRecord]) -> Setting:
        """Where a day runs: by the plan that it began with, whatever was released since."""
        setting = self._setting(plan)
        if "take" not in records:
            return setting
        kept = _PLAN.decode(setting.store.read(records["take"].outputs["plan"]))
        return replace(setting, plan=kept, desk=setting.desk.under(kept))

    def _setting(self, plan: str) -> Setting:
        settings = self._settings()
        if plan not in settings:
            raise NotFound(
                "No such plan is live.", code="unknown_plan", field="plan", value=plan, hint=near_match(plan, settings)
            )
        return settings[plan]

    def _sqlite(self) -> str:
        folder = self._store.folder
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{(folder / 'jobs.sqlite').resolve()}"


def newest_run(store: RunStore, plan: str) -> Run:
    """The newest run of ``plan``.

    Raises:
        NotFound: none is kept.
    """
    days = list(store.days(plan))
    if not days:
        raise NotFound("No day of this plan was run yet.", code="unknown_run", field="plan", value=plan)
    return read_run(store, days[-1][1])


def read_runs(store: RunStore, plan: str) -> list[Run]:
    """Every run of ``plan``, oldest first, its chain proved.

    Raises:
        IntegrityError: a run does not name the one before it.
    """
    runs: list[Run] = []
    for day, digest in store.days(plan):
        run = read_run(store, digest)
        before = runs[-1].digest if runs else ""
        if run.digest != digest or run.previous != before or run.day != day:
            raise IntegrityError("The chain of runs is broken.", code="chain_broken", field="day", value=day)
        runs.append(run)
    return runs
