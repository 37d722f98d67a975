"""A book: what is written is written once, what is read after a start is what was, and a failed commit leaves nothing."""

from __future__ import annotations

import threading

import msgspec
import pytest
from small_workspace import EVERYTHING, go_live

from tandem.act.books import Book, Draft, Request
from tandem.decide.decisions import open_process
from tandem.kernel.errors import Conflict, NotFound, Unavailable
from tandem.kernel.identity import Pseudonym, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import FixedClock, Micros

CLOCK = FixedClock(Micros(1_790_000_000_000_000))
PERSON = Pseudonym("a" * 32)


class Said(msgspec.Struct, frozen=True):
    word: str


class Words:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.places: list[int] = []
        self.heard: list[Micros] = []

    def apply(self, change: Said, seq: int, at: Micros) -> None:
        if change.word == "never":
            raise NotFound("Nobody says that.", code="never")
        self.said.append(change.word)
        self.places.append(seq)
        self.heard.append(at)


def opened(folder):
    return open_process(Settings(home=folder), "test", clock=CLOCK, entropy=SeededEntropy(1))


def book_of(process) -> Book[Words, Said]:
    decoder = msgspec.json.Decoder(Said)
    return Book(process, CLOCK, kind="contact", empty=Words, encode=msgspec.json.encode, decode=decoder.decode)


@pytest.fixture
def process(tmp_path):
    found = opened(tmp_path / "home")
    go_live(found, *EVERYTHING)
    yield found
    found.close()


@pytest.fixture
def book(process):
    return book_of(process)


def saying(word, key, **more):
    return Request(key=key, asked=[word], draft=lambda _words, _at: Draft(change=Said(word), **more))


def test_what_is_asked_twice_under_one_key_is_written_once(book):
    first, again = book.ask(saying("one", "k1")), book.ask(saying("one", "k1"))
    assert (first.again, again.again, again.seq) == (False, True, first.seq)
    assert book.now.said == ["one"]


def test_the_same_key_for_something_else_is_refused(book):
    book.ask(saying("one", "k1"))
    with pytest.raises(Conflict, match="used for something else"):
        book.ask(saying("two", "k1"))


def test_what_is_written_with_it_is_written_in_the_same_commit_and_once(book, process):
    seq = process.journal.drain().seq
    first = book.ask(saying("one", "k1", more=(Said("two"), Said("three"))))
    again = book.ask(saying("one", "k1", more=(Said("other"),)))
    assert (first.seq, again.seq, again.again) == (seq + 1, seq + 1, True)
    assert book.now.said == ["one", "two", "three"]
    assert book.now.places == [seq + 1, seq + 2, seq + 3]
    assert book_of(process).now.said == ["one", "two", "three"]


def test_if_one_of_them_does_not_hold_none_is_written(book):
    book.ask(saying("one", "k1"))
    with pytest.raises(NotFound):
        book.ask_all([saying("two", "k2"), saying("three", "k3", more=(Said("never"),))])
    assert book.now.said == ["one"]
    assert not book.ask(saying("two", "k2")).again


def test_one_that_cannot_be_done_stops_no_other_and_later_ones_see_earlier_ones(book):
    seen = Request(key="k3", asked=[], draft=lambda words, _: Draft(change=Said(f"after {words.said[-1]}")))
    first, second, third = book.ask_all([saying("one", "k1"), saying("never", "k2"), seen])
    assert isinstance(second, NotFound)
    assert (first.change.word, third.change.word) == ("one", "after one")
    assert [first.seq + 1, *book.now.places] == [third.seq, first.seq, third.seq]


def test_a_start_folds_what_was_written(tmp_path, process, book):
    book.ask(saying("one", "k1"))
    book.write(lambda words, _: [Draft(change=Said(f"{words.said[0]} more"))])
    said, places, heard = book.now.said, book.now.places, book.now.heard
    process.close()
    again = opened(tmp_path / "home")
    found = book_of(again)
    assert (found.now.said, found.now.places, found.now.heard) == (said, places, heard)
    assert found.ask(saying("one", "k1")).again
    again.close()


def test_what_makes_nothing_writes_nothing(book, process):
    before = process.journal.head.seq
    assert book.write(lambda _words, _at: []) == []
    assert process.journal.head.seq == before


def test_a_refusal_leaves_the_fold_as_the_journal_has_it(book):
    book.ask(saying("one", "k1"))
    with pytest.raises(NotFound):
        book.write(lambda _words, _at: [Draft(change=Said("two")), Draft(change=Said("never"))])
    assert book.now.said == ["one"]


def test_a_commit_that_fails_leaves_the_fold_as_the_journal_has_it(book, process, monkeypatch):
    book.ask(saying("one", "k1"))

    def full(_entries):
        raise Unavailable("Full.", code="full")

    monkeypatch.setattr(process.journal, "submit", full)
    with pytest.raises(Unavailable):
        book.ask(saying("two", "k2"))
    monkeypatch.undo()
    assert book.now.said == ["one"]
    assert not book.ask(saying("two", "k2")).again


def test_the_personal_part_is_sealed_under_its_owner(book, process):
    written = book.ask(saying("one", "k1", owner=PERSON, secret=b'"0912 345 678"'))
    (record,) = process.journal.at([written.seq])
    assert b"0912" not in record.clear
    assert process.journal.open_secret(record) == b'"0912 345 678"'


def test_many_who_ask_at_once_are_each_written_once(book):
    def ask(number: int) -> None:
        for _ in range(3):
            book.ask(saying(f"w{number}", f"k{number}"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(book.now.said) == sorted(f"w{number}" for number in range(16))
