"""The log moves into the database beside the writer: no commit has to, and nothing depends on it."""

from __future__ import annotations

import sqlite3
import threading
import time

import pytest

from tandem.observe.journal.checkpointing import Checkpointer


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "book.sqlite"
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("PRAGMA wal_autocheckpoint = 0")
    writer.execute("CREATE TABLE record (seq INTEGER PRIMARY KEY)")
    yield path, writer
    writer.close()


def connection_to(path):
    return lambda: sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def moved(path) -> int:
    """How many records the database itself holds, its log left aside."""
    with sqlite3.connect(f"file:{path}?immutable=1", uri=True) as alone:
        try:
            return alone.execute("SELECT count(*) FROM record").fetchone()[0]
        except sqlite3.DatabaseError:
            return 0  # not even the table has been moved


def comes_true(condition) -> bool:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def test_what_was_written_is_moved_without_the_writer(database):
    path, writer = database
    checkpointer = Checkpointer(connection_to(path), every_s=0.01)
    for seq in range(1, 4):
        writer.execute("INSERT INTO record VALUES (?)", (seq,))
        checkpointer.note_written()
        assert comes_true(lambda seq=seq: moved(path) == seq)
    checkpointer.close()


def test_nothing_is_moved_before_it_is_told(database):
    path, writer = database
    checkpointer = Checkpointer(connection_to(path), every_s=0.0)
    writer.execute("INSERT INTO record VALUES (1)")
    checkpointer.close()
    assert moved(path) == 0


def test_a_round_that_fails_is_not_the_last(database, caplog):
    path, writer = database

    class FailsOnce:
        def __init__(self):
            self.real, self.failures = connection_to(path)(), 0

        def execute(self, statement):
            if "checkpoint" in statement and not self.failures:
                self.failures += 1
                raise sqlite3.OperationalError("disk I/O error")
            return self.real.execute(statement)

        def close(self):
            self.real.close()

    checkpointer = Checkpointer(FailsOnce, every_s=0.01)
    writer.execute("INSERT INTO record VALUES (1)")
    checkpointer.note_written()
    assert comes_true(lambda: "could not be moved" in caplog.text)
    checkpointer.note_written()
    assert comes_true(lambda: moved(path) == 1)
    checkpointer.close()


def test_closing_ends_its_thread(database):
    path, _ = database
    before = threading.active_count()
    checkpointer = Checkpointer(connection_to(path))
    checkpointer.close()
    assert threading.active_count() == before


def test_closing_just_as_a_round_begins_is_heard(database, monkeypatch):
    """The round takes back the word that something was written, and with it the one that wakes it to be closed."""
    path, _ = database
    checkpointer = Checkpointer(connection_to(path), every_s=0.0)
    clear = checkpointer._written.clear

    def closed_meanwhile():
        checkpointer._closing.set()
        checkpointer._written.set()
        clear()

    monkeypatch.setattr(checkpointer._written, "clear", closed_meanwhile)
    checkpointer.note_written()
    checkpointer._thread.join(10)
    assert not checkpointer._thread.is_alive()
    checkpointer.close()
