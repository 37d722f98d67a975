"""The lake is kept up to date beside the one who decides, by a process that lives and ends with it."""

from __future__ import annotations

import contextlib
import os
import signal
import time

import pytest
from small_workspace import EVERYTHING, application, go_live

from tandem.decide.decisions import open_process
from tandem.faces import lake_follower
from tandem.faces.lake_follower import LakeFollower
from tandem.faces.read_marks import ReadMarks, marks_of_lake
from tandem.kernel.settings import Settings
from tandem.kernel.time import SystemClock
from tandem.observe.lake import Lake

_PATIENCE_S = 60.0


@pytest.fixture
def workspace(tmp_path):
    """A process that decides, the folder it belongs to, and its lake as anybody may read it."""
    (tmp_path / "workspace.yaml").write_text("name: small\n")
    home = tmp_path / "home"
    process = open_process(Settings(home=home), "small")
    go_live(process, *EVERYTHING)
    yield process, tmp_path, Lake(home / "lake", clock=SystemClock())
    process.close()


def caught_up(lake, process) -> bool:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        if lake.projected_seq == process.journal.head.seq:
            return True
        time.sleep(0.05)
    return False


def decisions(lake) -> int:
    return lake.sql("SELECT count(*) AS n FROM decisions").to_pylist()[0]["n"]


def test_what_is_decided_while_it_runs_is_in_the_lake(workspace):
    process, folder, lake = workspace
    process.decide_now(application(1))
    with LakeFollower(folder, home=folder / "home"):
        assert caught_up(lake, process)
        assert decisions(lake) == 1
        for number in (2, 3):
            process.decide_now(application(number))
        assert caught_up(lake, process)
        assert decisions(lake) == 3


def test_a_change_of_a_list_is_in_the_lake_without_waiting_for_the_next_look(workspace):
    """For events the follower looks every so often, here never again; for changes it looks all the time."""
    process, folder, lake = workspace
    follower = LakeFollower(folder, home=folder / "home")
    follower._command += ["--every", "1000000"]
    with follower:
        assert caught_up(lake, process)
        entry = {"identifier": "d1", "reason": "seen", "source": "test"}
        process.change_list("blocked_devices", {"add": [entry]}, by="ann")
        assert caught_up(lake, process)
        process.change_list("blocked_devices", {"remove": [{"identifier": "d1"}]}, by="ann")
        assert caught_up(lake, process)


def block(process, number):
    entry = {"identifier": f"d{number}", "reason": "seen", "source": "test"}
    process.change_list("blocked_devices", {"add": [entry]}, by="ann")
    return process.journal.head.seq


def read_by_follower(marks, place) -> bool:
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        if place in marks.reached([place]):
            return True
        time.sleep(0.02)
    return False


def test_changes_are_read_at_once_however_long_the_tables_take(workspace):
    """Somebody else holds the tables: nothing can be copied, and what changed is known all the same."""
    process, folder, lake = workspace
    marks = marks_of_lake(lake.root)
    with LakeFollower(folder, home=folder / "home"):
        assert caught_up(lake, process)
        before = lake.projected_seq
        with lake._alone():
            for number in range(50):
                process.decide_now(application(number))
            assert read_by_follower(marks, block(process, 1))
            assert read_by_follower(marks, block(process, 2))
            assert lake.projected_seq == before
        assert caught_up(lake, process)


def test_each_change_keeps_the_moment_at_which_it_was_read(tmp_path):
    marks = ReadMarks(tmp_path / "marks.json")
    assert marks.reached([1]) == {}
    assert marks.latest is None
    for seq, at, changed in ((10, 100, True), (20, 200, True), (30, 300, False)):
        marks.write(seq, at, changed=changed)
    assert ReadMarks(tmp_path / "marks.json").reached([7, 10, 11, 20, 21, 31]) == {
        7: 100, 10: 100, 11: 200, 20: 200, 21: 300,
    }  # fmt: skip
    assert (marks.latest.seq, marks.latest.at) == (30, 300)


def test_marks_of_a_journal_that_was_lost_say_nothing_of_the_restored_one(tmp_path):
    marks = ReadMarks(tmp_path / "marks.json")
    marks.write(1_000, 100, changed=True)
    marks.write(40, 200, changed=True)
    assert marks.reached([30, 41]) == {30: 200}


def test_a_follower_that_is_killed_is_started_again_and_takes_nothing_twice(workspace, monkeypatch):
    monkeypatch.setattr(lake_follower, "_AGAIN_S", 0.01)
    process, folder, lake = workspace
    process.decide_now(application(1))
    with LakeFollower(folder, home=folder / "home") as follower:
        assert caught_up(lake, process)
        os.kill(follower._child.pid, signal.SIGKILL)
        process.decide_now(application(2))
        assert caught_up(lake, process)
    assert decisions(lake) == 2


def test_it_ends_when_its_parent_lets_go_of_the_pipe(workspace):
    process, folder, lake = workspace
    with LakeFollower(folder, home=folder / "home") as follower:
        assert caught_up(lake, process)
        child = follower._child
    assert child.poll() == 0
    with contextlib.suppress(ProcessLookupError):
        os.kill(child.pid, 0)
        pytest.fail("the follower outlived its parent")
