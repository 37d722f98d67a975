import shutil
import sqlite3

import pytest

from tandem.kernel.errors import IntegrityError, NotFound, Refused
from tandem.observe.journal import DamageKind, JournalLimits, back_up, restore
from tandem.prove.privacy import Erased, MasterKey


@pytest.fixture
def written(book, entry):
    """A journal with two people, one of them erased later by some tests."""
    book.limits = JournalLimits(head_every=5)
    journal = book.open()
    vault = book.vaults[0]
    people = [vault.pseudonym("person", name) for name in ("Ada", "Bob")]
    for number in range(20):
        journal.submit(
            [entry(number, subject=people[number % 2], secret=b"secret %d" % number), entry(number, "decision")]
        )
    journal.drain()
    return journal


def elsewhere(book, make_book, location):
    folder = book.folder / "restored"
    folder.mkdir()
    return make_book(str(folder / "journal.sqlite") if location == "sqlite" else location, folder)


def restored(other, backup, **options):
    store, vault = other.store(writable=True), other.vault()
    heads, erasures = other.proofs(vault)
    restore(backup, store, vault, heads=heads, erasures=erasures, **options)
    other.close()
    return other.open()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.services)])
def other(request, book, make_book):
    """Where to restore to: either database, whatever the backup came from."""
    if request.param == "sqlite":
        return elsewhere(book, make_book, "sqlite")
    return elsewhere(book, make_book, request.getfixturevalue("second_postgres_dsn"))


def test_a_restored_journal_is_the_same_on_either_database(book, other, written):
    backup = book.folder / "backup"
    manifest = written.backup(backup)
    assert (manifest.records, manifest.head) == (40, written.head)
    again = restored(other, backup)
    assert list(again.read()) == list(written.read())
    assert again.open_secret(next(again.read())) == b"secret 0"
    report = again.verify(expected_count=40)
    assert report.sound
    assert "A backup that ends at record 40 was put in place" in report.notes[-1]
    other.close()


def test_a_backup_can_be_taken_while_the_journal_is_written(sqlite_book, entry):
    journal = sqlite_book.open()
    for number in range(3000):
        submitted = journal.submit([entry(number)], wait=True)
        if number == 700:  # however slow the disk: these are in it, and those after them are being written
            assert submitted.wait(60).durable
        if number == 1500:
            manifest = journal.backup(sqlite_book.folder / "backup")
    assert 700 < manifest.records <= 3000
    with sqlite3.connect(sqlite_book.folder / "backup" / "journal.sqlite") as db:
        assert db.execute("SELECT count(*), max(seq) FROM record").fetchone() == (manifest.records,) * 2
    db.close()


def test_another_process_can_take_a_backup_beside_the_writer(book, entry, written):
    manifest = back_up(book.store(), book.vault(), book.folder / "backup", clock=book.clock)
    assert manifest.head == written.head
    assert written.submit([entry(99)]).wait(10).durable


def test_an_empty_journal_can_be_backed_up_and_restored(sqlite_book, make_book):
    sqlite_book.open().backup(sqlite_book.folder / "backup")
    other = elsewhere(sqlite_book, make_book, "sqlite")
    assert restored(other, sqlite_book.folder / "backup").count == 0
    other.close()


def test_whoever_was_erased_after_the_backup_stays_erased_when_it_is_restored(book, make_book, written):
    ada = book.vaults[0].pseudonym("person", "Ada")
    written.backup(book.folder / "backup")
    written.erase(ada)
    written.close()
    other = elsewhere(book, make_book, "sqlite")
    # The disk is lost; the proofs were kept elsewhere.
    for name in ("heads.jsonl", "erasures.jsonl"):
        shutil.copy(book.folder / name, other.folder / name)
    again = restored(other, book.folder / "backup")
    first, _, second, *_ = again.read()
    assert isinstance(again.open_secret(first), Erased)
    assert again.open_secret(second) == b"secret 1"
    with sqlite3.connect(other.folder / "keys.sqlite") as db:
        assert db.execute("SELECT wrapped FROM subject_keys WHERE subject = ?", (ada,)).fetchone() == (None,)
    db.close()
    # The later head is known and was given up by a signed line: an auditor sees the restore, and no damage.
    report = again.verify()
    assert report.sound
    assert any("record 40 was put in place" in note for note in report.notes)
    other.close()


def test_whoever_was_erased_before_the_backup_stays_erased(book, make_book, written):
    written.erase(book.vaults[0].pseudonym("person", "Ada"))
    written.backup(book.folder / "backup")
    other = elsewhere(book, make_book, "sqlite")
    again = restored(other, book.folder / "backup")
    assert isinstance(again.open_secret(next(again.read())), Erased)
    assert again.verify().sound
    other.close()


def test_a_backup_put_in_place_by_hand_is_told_as_rolled_back(sqlite_book, entry, written_sqlite):
    backup = sqlite_book.folder / "backup"
    written_sqlite.backup(backup)
    for number in range(100, 120):
        written_sqlite.submit([entry(number)])
    sqlite_book.close()
    shutil.copy(backup / "journal.sqlite", sqlite_book.location)
    report = sqlite_book.open().verify()
    assert [(one.kind, one.seq) for one in report.damage] == [(DamageKind.ROLLED_BACK, 21)]


def test_backup_and_restore_overwrite_nothing(book, written):
    backup = book.folder / "backup"
    written.backup(backup)
    with pytest.raises(Refused) as refused:
        written.backup(backup)
    assert refused.value.code == "backup_exists"
    book.close()
    with pytest.raises(Refused) as refused:
        restore(backup, book.store(writable=True), book.vault())
    assert refused.value.code == "target_not_empty"


@pytest.mark.parametrize("name", ["journal.sqlite", "keys.sqlite", "heads.jsonl", "manifest.json"])
def test_a_backup_that_was_changed_is_not_restored(sqlite_book, make_book, written_sqlite, name):
    backup = sqlite_book.folder / "backup"
    written_sqlite.backup(backup)
    data = bytearray((backup / name).read_bytes())
    at = data.index(b'"records"') + 12 if name == "manifest.json" else len(data) // 2
    data[at] ^= 1
    (backup / name).write_bytes(data)
    other = elsewhere(sqlite_book, make_book, "sqlite")
    store = other.store(writable=True)
    with pytest.raises(IntegrityError) as damaged:
        restore(backup, store, other.vault())
    assert damaged.value.at == name
    assert store.count() == 0
    other.close()


def test_a_backup_without_its_keys_is_restored_only_on_request(sqlite_book, make_book, written_sqlite):
    backup = sqlite_book.folder / "backup"
    written_sqlite.backup(backup)
    (backup / "keys.sqlite").unlink()
    other = elsewhere(sqlite_book, make_book, "sqlite")
    with pytest.raises(IntegrityError):
        restored(other, backup)
    other.close()
    again = restored(other, backup, without_keys=True)
    assert again.verify().sound
    with pytest.raises(IntegrityError) as missing:
        again.open_secret(next(again.read()))
    assert missing.value.code == "subject_key_missing"
    other.close()


def test_a_backup_of_another_key_or_none_at_all_is_refused(sqlite_book, make_book, written_sqlite):
    backup = sqlite_book.folder / "backup"
    written_sqlite.backup(backup)
    other = elsewhere(sqlite_book, make_book, "sqlite")
    with pytest.raises(NotFound):
        restored(other, sqlite_book.folder / "nothing")
    other.close()
    other.master = MasterKey(b"n" * 32)
    (other.folder / "keys.sqlite").unlink()
    with pytest.raises(Refused):
        restored(other, backup)
    other.close()


def test_a_damaged_journal_is_not_backed_up_in_silence(sqlite_book, written_sqlite):
    assert written_sqlite.count == 20
    sqlite_book.close()
    with sqlite3.connect(sqlite_book.location) as db:
        db.execute("UPDATE record SET recorded_at = recorded_at + 1 WHERE seq = 7")
    db.close()
    with pytest.raises(IntegrityError) as damaged:
        sqlite_book.open().backup(sqlite_book.folder / "backup")
    assert damaged.value.at == "record 7"
    assert not (sqlite_book.folder / "backup").exists()


@pytest.fixture
def written_sqlite(sqlite_book, entry):
    sqlite_book.limits = JournalLimits(head_every=5)
    journal = sqlite_book.open()
    ada = sqlite_book.vaults[0].pseudonym("person", "Ada")
    for number in range(20):
        journal.submit([entry(number, subject=ada, secret=b"secret")])
    journal.drain()
    return journal
