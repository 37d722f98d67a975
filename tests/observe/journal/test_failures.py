"""When the database says no: nothing acknowledged falsely, nothing lost, nothing twice, and a way back."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from tandem.kernel.errors import IntegrityError, Unavailable
from tandem.observe.journal import Journal, SqliteStore


class Failing:
    """A database connection that fails at the k-th call, before or after carrying it out."""

    def __init__(self, real, plan) -> None:
        self._real, self._plan = real, plan

    def execute(self, statement, *values):
        self._plan["calls"] += 1
        if self._plan["calls"] != self._plan["fail_at"]:
            return self._real.execute(statement, *values)
        if self._plan["after"]:
            self._real.execute(statement, *values)
        raise sqlite3.OperationalError("disk I/O error")

    def __getattr__(self, name):
        return getattr(self._real, name)


class FailingStore(SqliteStore):
    """A SQLite store whose writing connection fails as planned; a new connection is sound."""

    def __init__(self, path, plan) -> None:
        super().__init__(path)
        self._writer = Failing(self._writer, plan)


def acknowledged(receipts):
    return [
        number for receipt in receipts if receipt.durable for number in range(receipt.first_seq, receipt.last_seq + 1)
    ]


def submit_until_refused(journal: Journal, entry, count: int):
    """What a caller does: submit, and note what was taken. Returns receipts by number of the entry."""
    taken = {}
    for number in range(count):
        try:
            taken[number] = journal.submit([entry(number), entry(number, "decision")])
            taken[number].wait(10)
        except Unavailable:
            continue
    return taken


@pytest.mark.parametrize("after", [False, True], ids=["before it acts", "after it acted"])
@pytest.mark.parametrize("fail_at", range(1, 9))
def test_a_failing_call_to_the_database_never_leaves_a_false_word(sqlite_book, entry, fail_at, after):
    plan = {"calls": 0, "fail_at": 0, "after": after}
    store = FailingStore(sqlite_book.folder / "journal.sqlite", plan)
    journal = sqlite_book.open(store)
    plan.update(calls=0, fail_at=fail_at)
    taken = submit_until_refused(journal, entry, 12)
    assert journal.broken
    lost = {number: receipt for number, receipt in taken.items() if not receipt.durable}
    assert len(lost) == 1
    assert all(isinstance(receipt.error, Unavailable) for receipt in lost.values())
    journal.reopen()
    # The caller tries everything again that was not acknowledged; a key that is there after all is found.
    for number in range(12):
        if number not in taken or not taken[number].durable:
            if (known := journal.find("event", f"event-{number}")) is None:
                journal.submit([entry(number), entry(number, "decision")]).wait(10)
            else:
                assert after
                assert known.clear == entry(number).clear
    numbers = [record.seq for record in journal.read()]
    assert numbers == list(range(1, 25))
    assert len({(record.kind, record.key) for record in journal.read()}) == 24
    assert set(acknowledged(taken.values())) <= set(numbers)
    assert journal.verify().sound


def test_everything_that_waits_fails_together_and_the_numbers_are_given_again(book, entry):
    store = book.store(writable=True)
    go, append = threading.Event(), store.append

    def fail(_rows):
        go.wait(10)
        raise Unavailable("the disk is full")

    store.append = fail
    journal = book.open(store)
    heard = []
    receipts = [journal.submit([entry(number)], on_durable=heard.extend) for number in range(5)]
    go.set()
    for receipt in receipts:
        with pytest.raises(Unavailable):
            receipt.wait(10)
    assert heard == receipts
    with pytest.raises(Unavailable) as broken:
        journal.submit([entry(9)])
    assert broken.value.code == "journal_broken"
    with pytest.raises(Unavailable):
        journal.drain()
    assert journal.find("event", "event-1") is None
    store.append = append
    journal.reopen()
    assert not journal.broken
    journal.reopen()  # harmless when nothing is broken
    assert journal.submit([entry(7)]).wait(10).first_seq == 1
    assert journal.verify().sound


def test_a_full_disk_breaks_the_journal_and_room_heals_it(sqlite_book, entry):
    store = sqlite_book.store(writable=True)
    journal = sqlite_book.open(store)
    journal.submit([entry(0)]).wait(10)
    pages = store._writer.execute("PRAGMA page_count").fetchone()[0]
    store._writer.execute(f"PRAGMA max_page_count = {pages + 4}")
    receipts = []
    while not journal.broken:
        receipts.append(journal.submit([entry(len(receipts) + 1, body="x" * 2000)]))
        receipts[-1].future.exception(10)
    assert "full" in receipts[-1].error.detail
    stored = [record.seq for record in journal.read()]
    assert stored == list(range(1, len(receipts) + 1))
    journal.reopen()  # a new connection has no such limit
    assert journal.submit([entry(500)]).wait(10).first_seq == len(receipts) + 1
    assert journal.verify().sound


def test_a_journal_stays_broken_while_the_database_stays_away(book, entry, monkeypatch):
    store = book.store(writable=True)
    journal = book.open(store)
    journal.submit([entry(1)]).wait(10)

    def away():
        raise Unavailable("no answer")

    monkeypatch.setattr(store, "append", lambda _rows: away())
    with pytest.raises(Unavailable):
        journal.submit([entry(2)]).wait(10)
    monkeypatch.setattr(store, "reopen", away)
    with pytest.raises(Unavailable):
        journal.reopen()
    assert journal.broken
    monkeypatch.undo()
    journal.reopen()
    assert journal.submit([entry(2)]).wait(10).first_seq == 2


@pytest.mark.services
def test_a_server_that_drops_the_connection_breaks_the_journal_and_reopening_heals_it(
    postgres_dsn, make_book, entry, tmp_path
):
    import psycopg

    book = make_book(postgres_dsn, tmp_path)
    store = book.store(writable=True)
    journal = book.open(store)
    journal.submit([entry(1)]).wait(10)
    backends = [store._writer.info.backend_pid, store._reader.info.backend_pid]
    with psycopg.connect(postgres_dsn, autocommit=True) as administrator:
        for backend in backends:
            administrator.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))
    receipt = journal.submit([entry(2, key=None)])
    with pytest.raises(Unavailable):
        receipt.wait(10)
    assert journal.broken
    journal.reopen()
    assert journal.submit([entry(2)]).wait(10).first_seq == 2
    assert journal.verify().sound
    book.close()


def test_keys_that_cannot_be_saved_stop_the_records_they_seal(sqlite_book, entry, monkeypatch):
    journal = sqlite_book.open()
    vault = sqlite_book.vaults[0]
    ada = vault.pseudonym("person", "Ada")

    def away(_keys):
        raise Unavailable("the store of keys does not answer")

    monkeypatch.setattr(vault.keys(), "put", away)
    with pytest.raises(Unavailable):
        journal.submit([entry(1, subject=ada, secret=b"ada")]).wait(10)
    assert journal.count == 0
    monkeypatch.undo()
    journal.reopen()
    journal.submit([entry(1, subject=ada, secret=b"ada")]).wait(10)
    sqlite_book.close()
    journal = sqlite_book.open()
    assert journal.open_secret(next(journal.read())) == b"ada"


def test_a_head_that_cannot_be_written_is_late_and_nothing_else(sqlite_book, entry, monkeypatch, caplog):
    from tandem.observe.journal import JournalLimits

    sqlite_book.limits = JournalLimits(head_every=2)
    journal = sqlite_book.open()

    def full(_head):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal._heads, "append", full)
    for number in range(4):
        journal.submit([entry(number)]).wait(10)
    assert not journal.broken
    monkeypatch.undo()
    for number in range(4, 8):
        journal.submit([entry(number)]).wait(10)
    journal.close()
    assert "A signed head could not be written" in caplog.text
    assert sqlite_book.open().verify().signed_seq == 8


def test_a_file_that_is_no_database_is_refused_and_not_held(tmp_path):
    path = tmp_path / "journal.sqlite"
    path.write_bytes(b"these are not the pages of a database" * 100)
    with pytest.raises(Unavailable):
        SqliteStore(path)
    path.unlink()
    SqliteStore(path).close()


def test_an_end_that_a_crash_left_unsigned_is_signed_later(sqlite_book, entry, monkeypatch):
    journal = sqlite_book.open()
    journal.submit([entry(number) for number in range(5)]).wait(10)
    monkeypatch.setattr(journal, "_sign_head", lambda: None)
    sqlite_book.close()
    journal = sqlite_book.open()
    assert journal.verify().signed_seq == 0
    sqlite_book.close()
    assert sqlite_book.open().verify().signed_seq == 5


def test_a_journal_whose_end_was_altered_does_not_open(sqlite_book, entry):
    sqlite_book.open().submit([entry(1)]).wait(10)
    sqlite_book.close()
    with sqlite3.connect(sqlite_book.location) as db:
        db.execute("UPDATE record SET clear = 'x'")
    db.close()
    with pytest.raises(IntegrityError) as altered:
        sqlite_book.open()
    assert altered.value.at == "record 1"
