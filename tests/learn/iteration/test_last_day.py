"""Which day is over: the plan's time zone says so, not the machine's."""

from __future__ import annotations

from pathlib import Path

import pytest
from iterated_house import plan_of

from tandem.kernel.errors import NotFound
from tandem.kernel.time import parse_instant
from tandem.learn.iteration import Iterations, RunStore, Setting


def iterations(folder: Path, zone: str) -> Iterations:
    """Nothing is run: what a day takes in and who releases is never asked."""
    store = RunStore(folder)
    plan = plan_of(schedule={"cron": "30 2 * * *", "time_zone": zone})
    return Iterations(lambda: {"daily": Setting(plan, None, None, store)}, store)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "last"),
    [("UTC", "2026-11-27"), ("Asia/Shanghai", "2026-11-28"), ("America/New_York", "2026-11-27")],
)
def test_the_last_day_is_the_one_that_is_over_where_the_plan_lives(tmp_path: Path, zone: str, last: str) -> None:
    assert iterations(tmp_path, zone).last_day("daily", parse_instant("2026-11-28T18:30:00Z")) == last


def test_early_in_london_the_american_day_before_is_still_running(tmp_path: Path) -> None:
    now = parse_instant("2026-11-29T02:00:00Z")
    assert iterations(tmp_path, "UTC").last_day("daily", now) == "2026-11-28"
    assert iterations(tmp_path, "America/New_York").last_day("daily", now) == "2026-11-27"


def test_a_plan_that_is_not_live_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as refused:
        iterations(tmp_path, "UTC").last_day("dialy", parse_instant("2026-11-29T02:00:00Z"))
    assert refused.value.hint
