import pytest

from tandem.kernel.errors import Refused, Unavailable
from tandem.observe.journal.formats import Migration, bring_up_to_date

STEPS = {
    1: Migration(
        sqlite="CREATE TABLE shelf (name TEXT); INSERT INTO shelf VALUES ('one');",
        postgres="CREATE TABLE shelf (name TEXT); INSERT INTO shelf VALUES ('one');",
    ),
    2: Migration(sqlite="DROP TABLE shelf;", postgres="DROP TABLE shelf;"),
}
BROKEN = {
    1: STEPS[1],
    2: Migration(
        sqlite="DELETE FROM shelf; INSERT INTO nowhere VALUES (1);",
        postgres="DELETE FROM shelf; INSERT INTO nowhere VALUES (1);",
    ),
}


@pytest.fixture
def old(book, entry):
    """A journal of format 1 with records in it."""
    journal = book.open()
    journal.submit([entry(number) for number in range(30)]).wait(10)
    journal.close()
    store = book.store(writable=True)
    store.set_meta("format_version", "1")
    store.close()
    return book


def test_a_new_journal_says_its_format(book):
    book.open().close()
    assert book.store().meta("format_version") == "5"


def test_an_old_journal_is_taken_step_by_step_to_the_newest_format_and_verifies(old):
    store = old.store(writable=True)
    bring_up_to_date(store, STEPS)
    assert store.meta("format_version") == "3"
    bring_up_to_date(store, STEPS)  # nothing left to do
    store.set_meta("format_version", "1")
    store.close()
    report = old.open().verify(expected_count=30)
    assert report.sound


def test_a_migration_that_fails_leaves_the_format_it_started_from_whole(old):
    store = old.store(writable=True)
    with pytest.raises(Unavailable):
        bring_up_to_date(store, BROKEN)
    assert store.meta("format_version") == "2"
    assert store.count() == 30
    bring_up_to_date(store, STEPS)  # the repaired step finds the row that the failed one must not have deleted
    assert store.meta("format_version") == "3"


def test_a_journal_of_a_newer_format_is_refused(old):
    store = old.store(writable=True)
    store.set_meta("format_version", "9")
    store.close()
    with pytest.raises(Refused) as refused:
        old.open()
    assert refused.value.code == "newer_format"
