"""A real server runs the days of its plans by their schedule, and catches up after it was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from iterated_house import INPUTS, go_live, payments, plan_of, put_live

from tandem.decide.decisions import DecisionProcess, open_beside, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, HOUR, FixedClock, Micros, SystemClock, days_to_date, format_instant
from tandem.learn.iteration import Iterations, LakeFeed, ReleaseDesk, RunStore, Setting, read_runs
from tandem.observe.lake import Lake

PLAN = plan_of(schedule={"cron": "* * * * *", "time_zone": "UTC"})


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A workspace whose plan is due every minute, with three days of decisions, the first of which was run by hand."""
    (tmp_path / "workspace.yaml").write_text("name: lender\n")
    home, today = tmp_path / ".tandem", SystemClock().now() // DAY * DAY
    clock = FixedClock(Micros(today - 4 * DAY))
    process = open_process(Settings(home=home), "lender", clock=clock)
    table = payments(days=20)
    go_live(process, table, PLAN)
    told = {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"}
    body = msgspec.to_builtins(PLAN)
    del body["name"]
    put_live(process, "outcome", "payment", {
        "event": "payment_outcome", "refers": "payment", "bad": "fraud", "matures": "2d",
    }, others=[
        Artefact.of("event_type", "payment_outcome", {"subject": "person", "fields": [
            told, {"name": "payment", "type": "text", "required": True}, {"name": "fraud", "type": "boolean"},
        ]}),
        Artefact.of("iteration", PLAN.name, body),
    ])  # fmt: skip
    for number, row in enumerate(table.slice(0, 60).to_pylist()):
        at = Micros(today - 3 * DAY + number // 20 * DAY + number % 20 * HOUR)
        clock.set(at)
        process.decide_now({
            "event_id": f"e{number}", "event_type": "payment", "occurred_at": format_instant(at),
            "values": {"person": row["person"], **{name: row[name] for name in INPUTS}},
        })  # fmt: skip
    clock.set(SystemClock().now())
    by_hand(process, home, clock, days()[0])
    process.close()
    return tmp_path


def by_hand(process: DecisionProcess, home: Path, clock: FixedClock, day: str) -> None:
    store = RunStore(home / "iterations")
    with open_beside(Settings(home=home), "lender", clock=clock) as beside:
        setting = Setting(
            PLAN, LakeFeed(beside, Lake(home / "lake", clock=clock), clock), ReleaseDesk(process, PLAN), store
        )
        with Iterations(lambda: {PLAN.name: setting}, store) as iterations:
            iterations.run(PLAN.name, day)


def days() -> list[str]:
    """The three days that are over, oldest first."""
    today: date = days_to_date(SystemClock().now() // DAY)
    return [(today - timedelta(days=number)).isoformat() for number in (3, 2, 1)]


class Served:
    """A server process on a workspace."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "TANDEM_HOME": str(folder / ".tandem"), "TANDEM_ACCESS": "open"}
        command = [sys.executable, "-c", "from tandem.faces.cli import main; main()", "serve", "--port", "0", "--json"]
        command += ["--workspace", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        assert self.process.stdout is not None
        self.address = json.loads(self.process.stdout.readline())["address"]

    def end(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        code = self.process.wait(timeout=60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


def closed(folder: Path) -> list[str]:
    return [day for day, _ in RunStore(folder / ".tandem" / "iterations").days(PLAN.name)]


def wait_for(folder: Path, day: str, seconds: float = 150) -> None:
    for _ in range(int(seconds * 20)):
        if day in closed(folder):
            return
        time.sleep(0.05)
    raise AssertionError(f"{day} was not run in {seconds} s: {closed(folder)}")


def test_a_server_runs_the_day_that_is_due_and_catches_up_what_it_missed_after_it_was_killed(house: Path) -> None:
    _, missed, last = days()
    served = Served(house)
    wait_for(house, missed)  # by the schedule: the first day that lacks, at the next full minute
    assert served.end(signal.SIGKILL) == -9
    again = Served(house)
    wait_for(house, last)
    assert again.end() == 0
    runs = read_runs(RunStore(house / ".tandem" / "iterations"), PLAN.name)
    assert [run.day for run in runs[:3]] == days()
    assert [run.step("take").facts["decided"] for run in runs[:3]] == [20, 20, 20]
