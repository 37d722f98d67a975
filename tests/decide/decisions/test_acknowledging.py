"""Nobody is told of what is not on disk: not by asking twice, not while a failure is being told, not by a snapshot."""

from __future__ import annotations

import threading

import pytest
from small_workspace import EVERYTHING, application, go_live

from tandem.decide.decisions import Answer, SnapshotFolder
from tandem.kernel.errors import Unavailable

_PATIENCE_S = 20.0


class _Gate:
    """Holds commits up until opened, and notes what happens in which order."""

    def __init__(self, process, monkeypatch):
        self.order = []
        self._reached, self._open = threading.Event(), threading.Event()
        append = process.journal._store.append

        def late(rows):
            self._reached.set()
            assert self._open.wait(_PATIENCE_S)
            append(rows)
            self.order.append("durable")

        monkeypatch.setattr(process.journal._store, "append", late)

    def ask(self, call, name):
        """Call in a thread, which notes ``name`` when it returns."""

        def run():
            call()
            self.order.append(name)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def reached(self):
        assert self._reached.wait(_PATIENCE_S)

    def open(self):
        self._open.set()


def _twice(gate, first, second):
    """``first`` waits for its commit; ``second`` asks the same meanwhile; then the commit goes through."""
    one = gate.ask(first, "first")
    gate.reached()
    two = gate.ask(second, "second")
    two.join(0.2)  # long enough for a hasty answer; a right one has to wait
    gate.open()
    one.join(_PATIENCE_S)
    two.join(_PATIENCE_S)


def test_a_list_change_asked_again_is_acknowledged_only_when_the_first_is_durable(process, monkeypatch):
    gate = _Gate(process, monkeypatch)
    change = {"change_id": "one", "add": [{"identifier": "d7", "reason": "ring", "source": "analyst"}]}

    def ask():
        process.change_list("blocked_devices", change, by="ann")

    _twice(gate, ask, ask)
    assert gate.order[0] == "durable"
    assert sorted(gate.order) == ["durable", "first", "second"]


def test_an_event_of_a_bulk_load_asked_again_is_acknowledged_only_when_it_is_durable(process, monkeypatch):
    gate = _Gate(process, monkeypatch)
    event = process.live.reader.read(application(1), received_at=process._clock.now())
    _twice(gate, lambda: process.record_events([event]), lambda: process.record_now(application(1)))
    assert gate.order[0] == "durable"
    assert sorted(gate.order) == ["durable", "first", "second"]


def test_while_those_who_lost_are_still_being_told_nobody_gets_their_numbers(process, monkeypatch):
    told, going_on = [], threading.Event()
    settled, append = process._on_durable, process.journal._store.append

    def slow_to_tell(receipts):
        assert going_on.wait(_PATIENCE_S)
        settled(receipts)

    def fails_once(_rows):
        process.journal._store.append = append
        raise Unavailable("the disk is full", code="journal_unavailable")

    process._on_durable = slow_to_tell
    monkeypatch.setattr(process.journal._store, "append", fails_once)
    process.decide(application(1), on_answer=told.append)
    with process.journal._changed:
        process.journal._changed.wait_for(lambda: process.journal._broken, _PATIENCE_S)
    second: list[Answer] = []
    asking = threading.Thread(target=lambda: second.append(process.decide_now(application(2))))
    asking.start()
    asking.join(0.2)
    going_on.set()
    asking.join(_PATIENCE_S)
    assert [type(one) for one in told] == [Unavailable]
    assert [one.event_id for one in second] == ["app-2"]


def test_a_recovery_that_fails_half_way_is_begun_again(process, monkeypatch):
    change = {"change_id": "one", "add": [{"identifier": "d1", "reason": "ring", "source": "analyst"}]}
    with monkeypatch.context() as patch:
        patch.setattr(process.journal._store, "append", _disk_full)
        with pytest.raises(Unavailable):
            process.change_list("blocked_devices", change, by="ann")
    with monkeypatch.context() as patch:
        patch.setattr(process._folding, "state", _unreachable)
        with pytest.raises(Unavailable):
            process.decide_now(application(1))
    assert b"BLOCKED" not in process.decide_now(application(1)).body


def test_a_snapshot_that_cannot_be_written_costs_no_decision_and_no_clean_end(opened, monkeypatch):
    process = opened(snapshot_every=2)
    go_live(process, *EVERYTHING)
    monkeypatch.setattr(SnapshotFolder, "write", _disk_full)
    assert [process.decide_now(application(number)).event_id for number in (1, 2)] == ["app-1", "app-2"]
    process.close()
    assert not opened().decide_now(application(3)).duplicate


def test_what_a_crash_leaves_of_a_snapshot_is_written_over_by_the_next(process, monkeypatch, tmp_path):
    process.decide_now(application(1))
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", _disk_full)
        with pytest.raises(OSError, match="No space"):
            process.snapshot()
    process.decide_now(application(2))
    process.snapshot()
    assert {path.suffix for path in (tmp_path / "home" / "snapshots").iterdir()} == {".snapshot"}


def _unreachable():
    raise Unavailable("the database is gone again", code="journal_unavailable")


def _disk_full(*_):
    raise OSError(28, "No space left on device")


def test_a_snapshot_is_written_beside_the_decisions_and_a_start_goes_on_from_it(opened, tmp_path, monkeypatch):
    process = opened(snapshot_every=6)
    go_live(process, *EVERYTHING)
    monkeypatch.setattr(process, "snapshot", lambda: None)  # as if it were killed: none at the end
    for number in range(3):
        process.decide_now(application(number))
    process._folding._writing.join(_PATIENCE_S)
    (kept,) = (tmp_path / "home" / "snapshots").iterdir()
    process.decide_now(application(3))
    expected = process.state.known.snapshot()
    process.close()
    again = opened()
    assert again._folding._kept_seq == int(kept.stem)
    assert again.state.known.snapshot() == expected


def test_no_snapshot_is_left_of_a_state_that_ran_ahead_of_the_journal(opened, tmp_path, monkeypatch):
    process = opened(snapshot_every=1)
    go_live(process, *EVERYTHING)
    monkeypatch.setattr(process.journal._store, "append", _disk_full)
    with pytest.raises(Unavailable):
        process.decide_now(application(1))
    process._folding._writing.join(_PATIENCE_S)
    assert not list((tmp_path / "home").glob("snapshots/*.snapshot"))
