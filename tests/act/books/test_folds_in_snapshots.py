"""A snapshot of a book is nothing but a shortcut: a fold that comes from one is the fold of every record, to the last byte."""

from __future__ import annotations

import contextlib
import logging
import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_records import CUSTOMERS, FILES, WARNINGS, Kind

from tandem.act.books import Book, Draft, keeping
from tandem.decide.decisions import SnapshotFolder, open_process
from tandem.kernel.identity import Digest, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros

KINDS = (FILES, WARNINGS, CUSTOMERS)
CLOCK = FixedClock(Micros(20_000 * DAY))
EVERY = pytest.mark.parametrize("kind", KINDS, ids=[one.shortening.name for one in KINDS])
_BYTES = msgspec.msgpack.Encoder(order="deterministic")


def state(fold: Any) -> tuple[bytes, str]:
    """All that is in it, as bytes; and in which order, where that is told by a dictionary."""
    return _BYTES.encode(fold.kept()), repr([list(one) for one in vars(fold).values() if isinstance(one, dict)])


def folded(kind: Kind, changes: list[Any], fold: Any = None, first: int = 1) -> Any:
    fold = kind.empty() if fold is None else fold
    for seq, change in enumerate(changes, first):
        fold.apply(change, seq, Micros(seq * 1_000_000))
    return fold


@EVERY
@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32), before=st.integers(0, 120), after=st.integers(1, 60))
def test_what_comes_out_of_a_snapshot_is_what_went_in_and_goes_on_alike(kind, seed, before, after):
    changes = kind.changes(random.Random(seed), before + after)
    whole = folded(kind, changes[:before])
    taken = kind.shortening.taken(whole)
    there = kind.shortening.restored(msgspec.msgpack.decode(msgspec.msgpack.encode(taken), type=kind.shortening.kind))
    assert state(there) == state(whole)
    folded(kind, changes[before:], whole, before + 1)
    assert state(kind.shortening.restored(taken)) == state(there)  # nothing that moved the fold since reached it
    assert state(folded(kind, changes[before:], there, before + 1)) == state(whole)


class House:
    """A journal at home with a book over it."""

    def __init__(self, home: Any, kind: Kind) -> None:
        self.home, self.kind = home, kind
        self.start()

    def start(self) -> None:
        self.process = open_process(Settings(home=self.home), "test", clock=CLOCK, entropy=SeededEntropy(1))
        kind = self.kind
        self.book: Book[Any, Any] = Book(
            self.process, CLOCK, kind=kind.records, empty=kind.empty, encode=kind.encode, decode=kind.decode,
            shortening=kind.shortening,
        )  # fmt: skip

    def write(self, changes: list[Any]) -> None:
        for one in changes:
            self.book.write(lambda _fold, _now, one=one: [Draft(change=one)])

    def again(self) -> Any:
        self.process.close()
        self.start()
        with self.book.lock:
            return self.book.now


@pytest.fixture
def house(tmp_path, kind):
    found = House(tmp_path / "home", kind)
    yield found
    found.process.close()


def reads(house, monkeypatch):
    """The state after a start, and how many records that folded."""
    counted = []
    with monkeypatch.context() as counting:
        counting.setattr(keeping.Keeping, "folded", lambda _: counted.append(1))
        found = state(house.again())
    return found, len(counted)


@EVERY
def test_a_start_folds_only_what_came_after_and_comes_to_the_same_bytes(house, kind, monkeypatch):
    changes = kind.changes(random.Random(7), 40)
    house.write(changes[:30])
    house.book.keep()
    house.write(changes[30:])
    with house.book.lock:
        live = state(house.book.now)
    assert reads(house, monkeypatch) == (live, 10)
    for path in (house.home / "snapshots" / kind.shortening.name).glob("*.snapshot"):
        path.unlink()
    assert reads(house, monkeypatch) == (live, 40)


@EVERY
@pytest.mark.parametrize("fault", ["form", "mac", "torn"])
def test_one_of_another_version_or_a_damaged_one_is_passed_over_with_a_note(house, kind, monkeypatch, caplog, fault):
    house.write(kind.changes(random.Random(7), 20))
    house.book.keep()
    folder = house.home / "snapshots" / kind.shortening.name
    (path,) = folder.glob("*.snapshot")
    if fault == "torn":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        kept: Any = SnapshotFolder(folder, kind.shortening.kind).newest(lambda _: True)
        wrong = {"form": Digest("0" * 64), "mac": b"other"}[fault]
        path.unlink()
        SnapshotFolder(folder, kind.shortening.kind).write(msgspec.structs.replace(kept, **{fault: wrong}))
    with house.book.lock:
        live = state(house.book.now)
    with caplog.at_level(logging.WARNING):
        assert reads(house, monkeypatch) == (live, 20)
    assert "passed over" in caplog.text
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
