"""A server runs the plans of its workspace by their schedules, and nothing where there are none."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from iterated_house import go_live, opened_process, payments

from tandem.faces.iterating import Scheduled
from tandem.kernel.settings import Settings


def schedules(home: Path) -> list[tuple[str, str, str]]:
    """What is scheduled by now."""
    path = home / "iterations" / "jobs.sqlite"
    if not path.exists():
        return []
    store = sqlite3.connect(path)
    try:
        return store.execute("SELECT schedule_name, schedule, cron_timezone FROM workflow_schedules").fetchall()
    except sqlite3.OperationalError:  # its tables are being made
        return []
    finally:
        store.close()


def test_a_plan_is_scheduled_as_soon_as_it_is_released(tmp_path: Path) -> None:
    process = opened_process(tmp_path)
    with Scheduled(process, Settings(home=tmp_path), "lender").running():
        assert schedules(tmp_path) == []
        go_live(process, payments(days=20))
        for _ in range(600):
            if schedules(tmp_path):
                break
            time.sleep(0.1)
        assert schedules(tmp_path) == [("daily_fraud", "30 2 * * *", "UTC")]
    process.close()


def test_without_a_plan_nothing_is_kept_for_it(tmp_path: Path) -> None:
    process = opened_process(tmp_path)
    with Scheduled(process, Settings(home=tmp_path), "lender").running():
        pass
    assert not (tmp_path / "iterations").exists()
    process.close()
