"""Runs of any kind: a process and a folder each, one at a time, what became of them kept."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tandem.kernel.errors import Conflict, NotFound
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import SystemClock
from tandem.learn.runs import Run, RunKind, Runs

KIND = RunKind(
    name="counting",
    called="a counting",
    prefix="cnt",
    worker="counting_worker",
    seconds_max=60.0,
    too_long_hint="count less",
    kept=3,
)


class Counted(Run, frozen=True, kw_only=True):
    counting_id: str
    word: str
    length: int | None = None


class Countings(Runs[Counted]):
    def begin(self, word: str) -> Counted:
        return self.start(
            lambda run_id, now: Counted(counting_id=run_id, word=word, started_at=now),
            lambda folder: self._furnished(folder, word),
        )

    def _furnished(self, folder: Path, word: str) -> bytes:
        assert folder.is_dir()
        if word == "unfurnishable":
            raise OSError("no room on the disk")
        return msgspec.json.encode(word)


def figures(report: bytes) -> dict[str, Any]:
    return {"length": msgspec.json.decode(report)["length"]}


@pytest.fixture(autouse=True)
def _worker_found(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=":")


@pytest.fixture
def made(tmp_path):
    opened = []

    def make(kind: RunKind = KIND) -> Countings:
        opened.append(
            Countings(
                tmp_path / "countings",
                kind=kind,
                record=Counted,
                figures=figures,
                clock=SystemClock(),
                entropy=SeededEntropy(len(opened)),
            )
        )
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def finished(runs: Countings, run_id: str) -> Counted:
    for _ in range(600):
        run = runs.get(run_id)
        if run.state != "running":
            return run
        time.sleep(0.05)
    raise AssertionError("it never ended")


def until_progress(runs: Countings, run_id: str) -> Counted:
    for _ in range(600):
        run = runs.get(run_id)
        if run.done:
            return run
        time.sleep(0.05)
    raise AssertionError("it never began")


def test_a_run_that_is_done_has_its_report_its_figures_and_its_files(made):
    runs = made()
    run = finished(runs, runs.begin("seven").counting_id)
    assert (run.state, run.length, run.done, run.total) == ("done", 5, 3, 3)
    assert msgspec.json.decode(runs.report_bytes(run.counting_id)) == {"length": 5}
    assert (runs.folder_of(run.counting_id) / "beside.txt").read_text() == "seven"
    assert not (runs.folder_of(run.counting_id) / "work.json").exists()
    assert made().get(run.counting_id) == run, "another process finds it as it was"


@pytest.mark.parametrize(
    ("word", "code", "field", "hint"),
    [
        ("refuse", "not_countable", "word", "a number"),
        ("die", "counting_ended", "", "see the server's log"),
    ],
)
def test_a_run_that_fails_says_why(made, word, code, field, hint):
    runs = made()
    run = finished(runs, runs.begin(word).counting_id)
    assert (run.state, run.error.code, run.error.field, run.error.hint) == ("failed", code, field, hint)
    with pytest.raises(Conflict, match="This counting is failed"):
        runs.report_bytes(run.counting_id)


def test_a_run_that_takes_too_long_is_ended(made):
    runs = made(replace(KIND, seconds_max=0.2))
    run = finished(runs, runs.begin("sleep").counting_id)
    assert (run.state, run.error.code, run.error.hint) == ("failed", "counting_too_long", "count less")


def test_one_of_a_kind_runs_at_a_time_and_tells_how_far_it_is_until_it_is_cancelled(made):
    runs = made()
    begun = until_progress(runs, runs.begin("sleep").counting_id)
    assert (begun.state, begun.done, begun.total) == ("running", 1, 3)
    with pytest.raises(Conflict, match="A counting is already running") as refused:
        runs.begin("seven")
    assert (refused.value.code, refused.value.value) == ("counting_running", begun.counting_id)
    assert runs.cancel(begun.counting_id).state == "cancelled"
    assert runs.cancel(begun.counting_id).state == "cancelled", "what is over stays as it is"
    assert finished(runs, runs.begin("seven").counting_id).state == "done", "the place is free again"


def test_only_one_of_many_who_ask_at_once_begins(made):
    runs = made()
    begun, refused = [], []

    def ask() -> None:
        try:
            begun.append(runs.begin("sleep"))
        except Conflict:
            refused.append(1)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(begun), len(refused)) == (1, 7)


def test_a_run_that_a_power_cut_interrupted_says_so(made, tmp_path):
    runs = made()
    begun = runs.begin("sleep")
    record = tmp_path / "countings" / begun.counting_id / "run.json"
    as_it_stood = record.read_bytes()
    runs.close()
    record.write_bytes(as_it_stood)
    later = made().get(begun.counting_id)
    assert (later.state, later.error.code) == ("failed", "counting_interrupted")


def test_a_run_that_cannot_be_furnished_leaves_nothing_behind(made, tmp_path):
    runs = made()
    with pytest.raises(OSError, match="no room"):
        runs.begin("unfurnishable")
    assert not list((tmp_path / "countings").iterdir())
    assert finished(runs, runs.begin("seven").counting_id).state == "done"


def test_only_so_many_are_kept_the_newest_first(made):
    runs = made()
    ids = [finished(runs, runs.begin(word).counting_id).counting_id for word in ("a", "bb", "ccc", "dddd")]
    assert [one.counting_id for one in runs.all()] == ids[:0:-1]


@pytest.mark.parametrize("run_id", ["cnt_0", "../../etc", "", "cnt_zz/..", "atk_0"])
def test_an_unknown_run_is_not_found(made, run_id):
    with pytest.raises(NotFound) as refused:
        made().get(run_id)
    assert (refused.value.code, refused.value.field) == ("unknown_counting_run", "counting_id")


def test_a_run_is_never_taken_for_interrupted_while_it_begins_or_ends(made):
    """Whoever reads between the file's change and the end of the process must not be told that the server ended."""
    runs = made()
    wrong, over = [], threading.Event()

    def watch() -> None:
        while not over.is_set():
            wrong.extend(run for run in runs.all() if run.state == "failed")

    watchers = [threading.Thread(target=watch) for _ in range(3)]
    for one in watchers:
        one.start()
    try:
        for _ in range(5):
            finished(runs, runs.begin("seven").counting_id)
            while True:
                try:
                    runs.cancel(runs.begin("sleep").counting_id)
                    break
                except Conflict:  # the one before is about to end
                    time.sleep(0.001)
    finally:
        over.set()
        for one in watchers:
            one.join()
    assert wrong == []
