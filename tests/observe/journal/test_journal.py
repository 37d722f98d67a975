import asyncio
import functools
import operator
import threading
import time

import pytest

from tandem.kernel.errors import Conflict, InvalidInput, NotFound, Refused, TooLarge, Unavailable
from tandem.observe.journal import AsyncJournal, Head, JournalLimits
from tandem.observe.journal.scanning import scan_query
from tandem.prove.privacy import Erased


def test_numbers_are_given_at_once_in_call_order_and_without_gaps(book, entry):
    journal = book.open()
    first = journal.submit([entry(1), entry(1, "decision")])
    second = journal.submit([entry(2)])
    assert (first.first_seq, first.last_seq, second.first_seq) == (1, 2, 3)
    second.wait(10)
    assert first.durable
    assert [record.seq for record in journal.read()] == [1, 2, 3]
    assert journal.count == 3


def test_a_record_is_byte_for_byte_what_was_submitted(book, entry):
    journal = book.open()
    subject = book.vaults[0].pseudonym("person", "Ada")
    given = entry(1, body="é\x00漢", subject=subject, secret=b'{"name":"Ada"}')
    journal.submit([given, entry(2, "note", key=None)]).wait(10)
    record, note = journal.read()
    for name in ("kind", "recorded_at", "clear", "key", "digest", "subject"):
        assert getattr(record, name) == getattr(given, name)
    assert journal.open_secret(record) == b'{"name":"Ada"}'
    assert b"Ada" not in record.sealed
    assert note.key is None
    assert note.sealed is None
    assert journal.open_secret(note) is None


def test_a_journal_goes_on_where_it_was_left(book, entry):
    journal = book.open()
    journal.submit([entry(number) for number in range(1, 8)]).wait(10)
    head = journal.head
    journal.close()
    again = book.open()
    assert again.head == head
    assert again.submit([entry(8)]).first_seq == 8


def test_an_empty_journal_has_head_zero(book):
    head = book.open().head
    assert isinstance(head, Head)
    assert (head.seq, len(head.mac)) == (0, 32)


def test_a_record_is_found_by_kind_and_key_before_and_after_it_is_durable(book, entry):
    journal = book.open()
    assert journal.find("event", "event-1") is None
    receipt = journal.submit([entry(1)])
    waiting = journal.find("event", "event-1")
    assert waiting.seq == 1
    receipt.wait(10)
    assert journal.find("event", "event-1") == waiting
    assert journal.find("decision", "event-1") is None
    assert journal.find_with_receipt("event", "event-1") == (waiting, None)
    assert journal.find_with_receipt("event", "event-2") is None


def test_a_waiting_record_is_found_with_its_receipt(book, entry):
    store = book.store(writable=True)
    go, append = threading.Event(), store.append
    store.append = lambda rows: (go.wait(10), append(rows))
    journal = book.open(store)
    receipt = journal.submit([entry(1)])
    record, held = journal.find_with_receipt("event", "event-1")
    assert (record.seq, held) == (1, receipt)
    assert not receipt.durable
    assert list(journal.read()) == []
    assert journal.head.seq == 0
    go.set()
    receipt.wait(10)
    assert receipt.durable


@pytest.mark.parametrize("durable", [True, False])
@pytest.mark.parametrize("looked_up", [True, False])
def test_the_same_key_with_other_content_is_a_conflict(book, entry, durable, looked_up):
    journal = book.open()
    if looked_up:
        assert journal.find("event", "event-1") is None
    receipt = journal.submit([entry(1)])
    if durable:
        receipt.wait(10)
    with pytest.raises(Conflict) as other:
        journal.submit([entry(2), entry(1, body="changed")])
    assert other.value.code == "key_conflict"
    with pytest.raises(Conflict) as same:
        journal.submit([entry(1)])
    assert same.value.code == "already_recorded"
    assert same.value.at == "record 1"
    # Nothing of a refused submission stays: not even the entry that was in order.
    assert journal.find("event", "event-2") is None
    assert journal.submit([entry(3)]).first_seq == 2


def test_many_keys_are_looked_up_at_once(book, entry):
    store = book.store(writable=True)
    go, append = threading.Event(), store.append
    journal = book.open(store)
    journal.submit([entry(1), entry(2, "decision")]).wait(10)
    store.append = lambda rows: (go.wait(10), append(rows))
    journal.submit([entry(3)])
    keys = ["event-1", "event-3", "event-9", "decision-2"]
    assert journal.digests("event", keys) == {"event-1": entry(1).digest, "event-3": entry(3).digest}
    assert journal.digests("event", []) == {}
    go.set()
    assert journal.submit([entry(9)]).first_seq == 4
    with pytest.raises(Conflict):
        journal.submit([entry(9)])


def test_one_submission_may_not_hold_a_key_twice(book, entry):
    with pytest.raises(Conflict):
        book.open().submit([entry(1), entry(1)])


def test_one_key_may_name_an_event_and_a_decision(book, entry):
    journal = book.open()
    journal.submit([entry(1, key="a"), entry(1, "decision", key="a")]).wait(10)
    assert journal.find("decision", "a").seq == 2


def test_the_database_itself_refuses_a_second_record_of_a_key(book, entry):
    journal = book.open()
    journal.submit([entry(1)]).wait(10)
    row = next(book.store().scan())
    journal.close()
    store = book.store(writable=True)
    with pytest.raises(Unavailable):
        store.append([(2, *row[1:])])
    assert store.count() == 1
    store.close()


def test_reading_takes_a_range_and_kinds(book, entry):
    journal = book.open()
    kinds = ["event", "list", "event", "artefact", "note", "event"]
    journal.submit([entry(number, kind) for number, kind in enumerate(kinds)]).wait(10)
    assert [record.seq for record in journal.read(2, 4)] == [2, 3, 4]
    assert [record.seq for record in journal.read(kinds=["list", "artefact"])] == [2, 4]
    assert [record.seq for record in journal.read(from_seq=3, kinds=["event"])] == [3, 6]
    assert [record.seq for record in journal.read(kinds=["note", "event", "note"])] == [1, 3, 5, 6]
    assert [record.seq for record in journal.read(kinds=["artefact", "list", "list"], to_seq=3)] == [2]
    assert list(journal.read(kinds=["erasure"])) == []
    with pytest.raises(InvalidInput):
        list(journal.read(kinds=["rumour"]))


def test_rare_kinds_are_found_by_their_own_index(sqlite_book):
    store = sqlite_book.store(writable=True)
    query = scan_query("SELECT seq, kind FROM record", ["erasure", "artefact"], "?1", "?2")
    plan = " ".join(row[3] for row in store._reader.execute(f"EXPLAIN QUERY PLAN {query}", (1, 9)))
    assert "record_erasure" in plan
    assert "record_artefact" in plan
    assert "SCAN record" not in plan.replace("SCAN record USING INDEX", "")


def test_a_long_walk_sees_every_record_once(book, entry):
    journal = book.open()
    journal.submit([entry(number) for number in range(1, 4501)], wait=True).wait(20)
    assert [record.seq for record in journal.read()] == list(range(1, 4501))


def test_a_full_queue_refuses_with_a_time_to_come_back(book, entry):
    book.limits = JournalLimits(waiting_records=4, retry_after_s=7)
    store = book.store(writable=True)
    go, append = threading.Event(), store.append
    store.append = lambda rows: (go.wait(10), append(rows))
    journal = book.open(store)
    journal.submit([entry(number) for number in range(4)])
    with pytest.raises(Unavailable) as full:
        journal.submit([entry(5)])
    assert (full.value.code, full.value.retry_after_s) == ("journal_full", 7)
    threading.Timer(0.05, go.set).start()
    journal.submit([entry(5)], wait=True).wait(10)
    assert journal.count == 5


def test_what_is_over_a_limit_is_refused(book, entry):
    book.limits = JournalLimits(waiting_records=3, key_length=5, body_bytes=100)
    journal = book.open()
    for bad in (
        [entry(1, key="longer")],
        [entry(1, key="k", body="x" * 100)],
        [entry(1, key="k", subject="s" * 32, secret=b"x" * 101)],
        [entry(number, key=str(number)) for number in range(4)],
    ):
        with pytest.raises(TooLarge):
            journal.submit(bad)
    with pytest.raises(InvalidInput):
        journal.submit([])
    with pytest.raises(InvalidInput):
        journal.submit([entry(1, key="k", secret=b"{}")])
    with pytest.raises(InvalidInput):
        journal.submit([entry(1, "rumour")])
    assert journal.submit([entry(1, key="k")]).first_seq == 1


def test_a_batch_never_exceeds_its_limit_and_a_large_submission_stays_whole(book, entry):
    book.limits = JournalLimits(batch_records=10)
    store = book.store(writable=True)
    sizes, append = [], store.append
    store.append = lambda rows: (sizes.append(len(rows)), append(rows))
    journal = book.open(store)
    for number in range(0, 60, 3):
        receipt = journal.submit([entry(number), entry(number + 1), entry(number + 2)])
    journal.submit([entry(number) for number in range(100, 125)]).wait(10)
    assert receipt.durable
    assert sum(sizes) == 85
    assert max(set(sizes) - {25}) <= 10
    assert 25 in sizes


def test_a_second_writer_is_refused_and_a_reader_is_not(book, entry):
    journal = book.open()
    journal.submit([entry(1)]).wait(10)
    with pytest.raises(Refused) as refused:
        book.store(writable=True)
    assert refused.value.code == "journal_in_use"
    assert book.store().count() == 1


def test_reading_where_there_is_no_journal_says_so_and_makes_none(book):
    for _ in range(2):
        with pytest.raises(NotFound):
            book.store()


def test_a_closed_journal_takes_nothing_and_has_kept_everything(book, entry):
    journal = book.open()
    receipts = [journal.submit([entry(number)]) for number in range(50)]
    journal.close()
    assert all(receipt.durable for receipt in receipts)
    with pytest.raises(Unavailable):
        journal.submit([entry(99)])
    journal.close()


def test_a_journal_of_another_workspace_or_key_is_refused(book):
    from tandem.prove.privacy import MasterKey

    book.open().close()
    book.workspace = "other"
    with pytest.raises(Refused) as refused:
        book.open()
    assert refused.value.code == "other_workspace"
    book.workspace, book.master = "main", MasterKey(b"n" * 32)
    with pytest.raises(Refused) as refused:
        book.open()
    assert refused.value.code == "other_master_key"


def test_callers_can_ask_what_comes_next_and_whether_there_is_room(book, entry):
    book.limits = JournalLimits(waiting_records=2)
    store = book.store(writable=True)
    go, append = threading.Event(), store.append
    store.append = lambda rows: (go.wait(10), append(rows))
    journal = book.open(store)
    assert journal.next_seq == 1
    journal.check_room(2)
    journal.submit([entry(1)])
    assert journal.next_seq == 2
    with pytest.raises(Unavailable):
        journal.check_room(2)
    go.set()
    assert journal.drain().seq == 1
    journal.check_room(2)


def test_listeners_hear_once_per_commit_of_all_their_receipts(book, entry):
    store = book.store(writable=True)
    go, append = threading.Event(), store.append
    store.append = lambda rows: (go.wait(10), append(rows))
    journal = book.open(store)
    heard: list[list[int]] = []
    listen = lambda receipts: heard.append([receipt.first_seq for receipt in receipts])  # noqa: E731
    last = [journal.submit([entry(number)], on_durable=listen) for number in range(1, 9)][-1]
    go.set()
    last.wait(10)
    journal.close()
    assert functools.reduce(operator.iadd, heard, []) == list(range(1, 9))
    assert len(heard) <= 2  # the first may have been taken alone


def test_a_listener_that_fails_ends_neither_the_writer_nor_others(book, entry, caplog):
    journal = book.open()

    def fail(_receipts):
        raise RuntimeError("the loop is gone")

    journal.submit([entry(1)], on_durable=fail).wait(10)
    journal.submit([entry(2)]).wait(10)
    journal.close()
    assert "A listener of the journal failed" in caplog.text


def test_an_event_loop_is_woken_once_per_commit(book, entry):
    journal = book.open()

    async def requests():
        loop = asyncio.get_running_loop()
        waiting = AsyncJournal(journal, loop)
        return await asyncio.gather(*[waiting.append([entry(number)]) for number in range(200)])

    receipts = asyncio.run(requests())
    assert sorted(receipt.first_seq for receipt in receipts) == list(range(1, 201))
    assert all(receipt.durable for receipt in receipts)


def test_many_threads_get_numbers_without_gaps(book, entry):
    journal = book.open()
    taken: list[int] = []

    def work(start: int) -> None:
        for number in range(start, start + 50):
            receipt = journal.submit([entry(number), entry(number, "decision")], wait=True).wait(20)
            taken.append(receipt.first_seq)

    threads = [threading.Thread(target=work, args=(1000 * part,)) for part in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 601, 2))
    assert [record.kind for record in journal.read()] == ["event", "decision"] * 300


def test_an_erased_person_is_unreadable_for_good_and_the_rest_is_not(book, entry):
    journal = book.open()
    vault = book.vaults[0]
    ada, bob = vault.pseudonym("person", "Ada"), vault.pseudonym("person", "Bob")
    journal.submit([entry(1, subject=ada, secret=b"ada"), entry(2, subject=bob, secret=b"bob")]).wait(10)
    journal.erase(ada)
    first, second, erasure = journal.read()
    assert isinstance(journal.open_secret(first), Erased)
    assert journal.open_secret(second) == b"bob"
    assert (erasure.kind, erasure.subject) == ("erasure", ada)
    journal.submit([entry(3, subject=ada, secret=b"ada is back")]).wait(10)
    book.close()
    journal = book.open()
    secrets = [journal.open_secret(record) for record in journal.read(kinds=["event"])]
    assert isinstance(secrets[0], Erased)
    assert secrets[1:] == [b"bob", b"ada is back"]


def test_an_erasure_that_a_crash_cut_in_half_is_finished_at_the_next_start(book, entry, monkeypatch):
    journal = book.open()
    vault = book.vaults[0]
    ada = vault.pseudonym("person", "Ada")
    journal.submit([entry(1, subject=ada, secret=b"ada")]).wait(10)
    monkeypatch.setattr(vault, "erase", lambda *_: None)  # the power goes before the key does
    journal.erase(ada)
    monkeypatch.undo()
    assert journal.open_secret(next(journal.read())) == b"ada"
    book.close()
    journal = book.open()
    assert isinstance(journal.open_secret(next(journal.read())), Erased)


def test_waiting_for_a_receipt_can_time_out(book, entry):
    store = book.store(writable=True)
    append = store.append
    store.append = lambda rows: (time.sleep(0.2), append(rows))
    journal = book.open(store)
    receipt = journal.submit([entry(1)])
    with pytest.raises(TimeoutError):
        receipt.wait(0.01)
    assert receipt.wait(10) is receipt


def test_records_at_places_are_given_in_order_and_only_those_that_are_there(book, entry):
    journal = book.open()
    for number in range(10):
        journal.submit([entry(number)])
    journal.drain()
    written = {record.seq: record for record in journal.read()}
    assert journal.at([7, 2, 2, 99]) == [written[2], written[7]]
    assert journal.at([]) == []
    assert journal.at(range(1, 11)) == list(written.values())
