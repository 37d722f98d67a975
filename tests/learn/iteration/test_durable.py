"""The job store holds no pickle, and never reads one; a step that failed is gone on with."""

from __future__ import annotations

import base64
import pickle  # what an attacker would put there
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from tandem.kernel.errors import Conflict, Unavailable
from tandem.learn.iteration import STEPS, ScheduleSpec, Step, StepRecord
from tandem.learn.iteration.durable import Jobs


class Days:
    """Days whose steps are counted, and of which one may fail."""

    def __init__(self) -> None:
        self.done: list[tuple[str, Step]] = []
        self.failing: Step | None = None

    def step(self, plan: str, day: str, step: Step, records: Mapping[Step, StepRecord]) -> StepRecord:
        if step == self.failing:
            raise Unavailable("The lake does not answer.")
        assert list(records) == list(STEPS[: STEPS.index(step)])
        self.done.append((day, step))
        return StepRecord(step=step, verdict="passed", facts={"plan": plan, "share": 0.25})

    def close(self, plan: str, day: str, records: Mapping[Step, StepRecord]) -> str:
        assert len(records) == len(STEPS)
        return f"run of {plan} {day}"

    def missing(self, plan: str, due: datetime) -> list[str]:
        return [due.date().isoformat()] if plan else []


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'jobs.sqlite'}"


def test_a_step_that_failed_is_gone_on_with_and_those_before_it_are_kept(tmp_path: Path) -> None:
    days = Days()
    days.failing = "compare"
    jobs = Jobs(url(tmp_path), days)
    with pytest.raises(Unavailable):
        jobs.run("plan", "2025-11-01")
    with pytest.raises(Exception, match="does not answer"):
        jobs.run("plan", "2025-11-01")
    days.failing = None
    assert jobs.run("plan", "2025-11-01") == "run of plan 2025-11-01"
    assert jobs.run("plan", "2025-11-01") == "run of plan 2025-11-01"
    jobs.close()
    assert [step for _, step in days.done] == list(STEPS)


def test_one_process_runs_jobs_once(tmp_path: Path) -> None:
    jobs = Jobs(url(tmp_path), Days())
    with pytest.raises(Conflict):
        Jobs(url(tmp_path), Days())
    jobs.close()
    Jobs(url(tmp_path), Days()).close()


def test_what_is_kept_is_json_and_a_pickle_is_never_read(tmp_path: Path) -> None:
    jobs = Jobs(url(tmp_path), Days())
    jobs.run("plan", "2025-11-01")
    jobs.close()
    marker = tmp_path / "it ran"
    attack = base64.b64encode(pickle.dumps(Attack(str(marker)))).decode()
    with sqlite3.connect(tmp_path / "jobs.sqlite") as store:
        kept = store.execute("SELECT output, serialization FROM operation_outputs").fetchall()
        assert {one for _, one in kept} == {"portable_json"}
        assert all(text[0] in '{["' for text, _ in kept)
        store.execute(
            "UPDATE operation_outputs SET output = ?, serialization = 'py_pickle' WHERE function_id = 1", [attack]
        )
        store.execute("UPDATE workflow_status SET status = 'PENDING'")
        store.execute("DELETE FROM workflow_output")
    store.close()
    jobs = Jobs(url(tmp_path), Days())
    with pytest.raises(Exception, match="pickle"):
        jobs.run("plan", "2025-11-01")
    jobs.close()
    assert not marker.exists()


class Attack:
    """What a pickle can do when it is read."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path(self.path),)  # type: ignore[return-value]


def test_schedules_are_those_of_the_plans_and_no_others(tmp_path: Path) -> None:
    jobs = Jobs(url(tmp_path), Days())
    jobs.keep_schedules({"one": ScheduleSpec(cron="30 2 * * *", time_zone="Asia/Shanghai"), "two": ScheduleSpec()})
    jobs.keep_schedules({"one": ScheduleSpec(cron="0 3 * * *", time_zone="Asia/Shanghai")})
    jobs.close()
    with sqlite3.connect(tmp_path / "jobs.sqlite") as store:
        kept = store.execute("SELECT schedule_name, schedule, cron_timezone FROM workflow_schedules").fetchall()
    store.close()
    assert kept == [("one", "0 3 * * *", "Asia/Shanghai")]
