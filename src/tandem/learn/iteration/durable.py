"""Durable execution by DBOS Transact: a day is a workflow, each of its steps is kept in a database before the next begins.

The database is SQLite beside the runs, or PostgreSQL; the library needs no server of its own. What it keeps is JSON: the records
of steps, which hold digests and figures and no rows. Its own default is pickle, which we neither write nor, should somebody
have put one there, ever read.

DBOS is one per process. So is ``Jobs``: whoever launches it owns it until ``close``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final, Protocol

import msgspec
from dbos import DBOS, DBOSPortableJSONSerializer, Serializer, SetWorkflowID, _serialization

from tandem.kernel.errors import Conflict, IntegrityError
from tandem.learn.iteration.plan import ScheduleSpec
from tandem.learn.iteration.states import STEPS, Step, StepRecord

__all__ = ["DaySteps", "Jobs"]

_NAME: Final = "tandem-iteration"
_FORMAT: Final = "2"
"""Of what steps leave behind. A release of ours that could not go on with a day begun before it must raise it."""
_GOES_ON: Final = frozenset({"SUCCESS", "PENDING", "ENQUEUED", "DELAYED"})


class DaySteps(Protocol):
    """What a day consists of; asked again from the first step that was not kept."""

    def step(self, plan: str, day: str, step: Step, records: Mapping[Step, StepRecord]) -> StepRecord:
        """The record of ``step``; the same however often it is asked, given the records before it."""
        ...

    def close(self, plan: str, day: str, records: Mapping[Step, StepRecord]) -> str:
        """Close the day; the digest of its run."""
        ...

    def missing(self, plan: str, due: datetime) -> list[str]:
        """Days to be run so that ``plan`` has caught up when ``due`` has come, oldest first."""
        ...


class _NoPickle(Serializer):
    """Stands where the library would unpickle what a row of its tables calls a pickle."""

    def serialize(self, data: Any) -> str:
        raise IntegrityError("Nothing is pickled here.", code="pickle_refused", value=type(data).__name__)

    def deserialize(cls, serialized_data: str) -> Any:  # noqa: N805, ARG002 - the library's own spelling
        raise IntegrityError(
            "A row of the job store says it is a pickle. Nobody of ours wrote it, and it is not read.",
            code="pickle_refused",
        )

    def name(self) -> str:
        return "py_pickle"


class Jobs:
    """Runs days durably, and on schedules.

    Args:
        url: of the job store: ``sqlite:////path/jobs.sqlite`` or ``postgresql+psycopg://...``.
        schema: of the job store in PostgreSQL, one for each workspace: jobs are known by plan and day, which others have too.
        days: what a day consists of.

    Raises:
        Conflict: this process runs jobs already.
    """

    _launched: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, url: str, days: DaySteps, *, schema: str = "tandem_jobs") -> None:
        if not Jobs._launched.acquire(blocking=False):
            raise Conflict("This process runs jobs already.", code="jobs_running", hint="close the others first")
        self._days = days
        try:
            self._launch(url, schema)
        except BaseException:
            Jobs._launched.release()
            raise

    def _launch(self, url: str, schema: str) -> None:
        _serialization.DBOSDefaultSerializer = _NoPickle()
        logging.getLogger("dbos").setLevel(logging.ERROR)

        def run_day(plan: str, day: str) -> str:
            return self._run_day(plan, day)

        def run_due(scheduled: datetime, plan: Any) -> None:
            for day in DBOS.run_step({"name": "missing"}, self._days.missing, str(plan), scheduled):
                self.run(str(plan), day)

        self._day = DBOS.workflow(name="day")(run_day)
        self._due = DBOS.workflow(name="due")(run_due)
        DBOS(
            config={
                "name": _NAME,
                "system_database_url": url,
                "dbos_system_schema": schema,
                "serializer": DBOSPortableJSONSerializer(),
                "application_version": _FORMAT,
                "log_level": "ERROR",
            }
        )
        DBOS.launch()

    def run(self, plan: str, day: str) -> str:
        """Run a day, or go on with one that was begun; the digest of its run.

        A step that cannot be done raises what it raised; the steps before it are kept, and the next ``run`` goes on from there.
        """
        identifier, attempt = f"{plan}:{day}", 1
        status = DBOS.get_workflow_status(identifier)
        while status is not None and status.status not in _GOES_ON:
            failed = identifier if attempt == 1 else f"{identifier}:{attempt}"
            attempt += 1
            again = f"{identifier}:{attempt}"
            status = DBOS.get_workflow_status(again)
            if status is None:
                return self._again(failed, again)
        if status is not None:
            return str(DBOS.retrieve_workflow(status.workflow_id).get_result(polling_interval_sec=0.05))
        with SetWorkflowID(identifier):
            return self._day(plan, day)

    def keep_schedules(self, schedules: Mapping[str, ScheduleSpec]) -> None:
        """Make the kept schedules those of ``schedules``, by plan; others end. Days missed meanwhile are caught up."""
        for known in DBOS.list_schedules():
            if known["schedule_name"] not in schedules:
                DBOS.delete_schedule(known["schedule_name"])
        DBOS.apply_schedules(
            [
                {
                    "schedule_name": plan,
                    "workflow_fn": self._due,
                    "schedule": one.cron,
                    "context": plan,
                    "automatic_backfill": True,
                    "cron_timezone": one.time_zone,
                }
                for plan, one in sorted(schedules.items())
            ]
        )

    def close(self) -> None:
        """End; days underway are gone on with at the next launch."""
        DBOS.destroy(destroy_registry=True)
        Jobs._launched.release()

    def _again(self, failed: str, again: str) -> str:
        """Go on with a day from the step that failed; what was kept before it is taken over."""
        steps = DBOS.list_workflow_steps(failed)
        first = next((one["function_id"] for one in steps if one["error"] is not None), len(steps) + 1)
        with SetWorkflowID(again):
            handle = DBOS.fork_workflow(failed, first)
        return str(handle.get_result(polling_interval_sec=0.05))

    def _run_day(self, plan: str, day: str) -> str:
        records: dict[Step, StepRecord] = {}
        for step in STEPS:
            found = DBOS.run_step({"name": step}, self._one_step, plan, day, step, dict(records))
            records[step] = msgspec.convert(found, StepRecord)
        return DBOS.run_step({"name": "close"}, self._days.close, plan, day, records)

    def _one_step(self, plan: str, day: str, step: Step, records: dict[Step, StepRecord]) -> dict[str, Any]:
        plain: dict[str, Any] = msgspec.to_builtins(self._days.step(plan, day, step, records))
        return plain
