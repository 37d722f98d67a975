"""A snapshot of cases shortens a start, and is nothing but a shortcut: what does not fit is passed over."""

from __future__ import annotations

import msgspec
import pytest
from case_workspace import review

from tandem.act.cases import CaseDesk, keeping, snapshots
from tandem.act.cases.snapshots import CaseSnapshot
from tandem.decide.decisions import SnapshotFolder
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import EntityKind

AMOUNT = 61_234


@pytest.fixture
def folder(tmp_path):
    return SnapshotFolder(tmp_path / "home" / "snapshots" / "cases", CaseSnapshot)


@pytest.fixture
def again(opened, process, clock):
    """Closes the workspace and opens it anew: the desk after a start."""

    def restart():
        process.close()
        return CaseDesk(opened(), clock=clock)

    return restart


@pytest.fixture
def read(monkeypatch):
    """Places of the case records that were folded."""
    found = []
    take = snapshots.Fold.take

    def counting(fold, record):
        found.append(record.seq)
        take(fold, record)

    monkeypatch.setattr(snapshots.Fold, "take", counting)
    return found


def known(desk):
    return desk.look(lambda cases, _rules, _now: [case.copy() for case in cases])


def decide(process, *numbers):
    for number in numbers:
        process.decide_now(review(number, amount_minor=AMOUNT))


def test_a_start_folds_only_what_came_after(process, desk, again, read):
    decide(process, 1, 2)
    desk.tend()
    desk.stop()
    first = known(desk)
    desk.note(first[0].case_id, by="eve", text="a word")
    live = known(desk)
    read.clear()
    assert known(again()) == live
    assert read == [live[0].seqs[-1]]


def test_the_money_at_stake_does_not_stand_in_it(process, desk, folder):
    decide(process, 1)
    desk.tend()
    desk.stop()
    (case,) = known(desk)
    assert case.at_stake_minor == AMOUNT
    kept = folder.newest(lambda _snapshot: True)
    (chunk,) = kept.cases
    (written,) = msgspec.msgpack.decode(chunk, type=list[type(case)])
    assert written.at_stake_minor is None
    record = next(process.journal.read(case.seqs[0], case.seqs[0]))
    assert [part.sealed for part in kept.sealed[case.number]] == [record.sealed]


def test_who_was_erased_since_is_erased_in_it_too(process, desk, again):
    decide(process, 1, 2)
    desk.tend()
    desk.stop()
    process.journal.erase(process.pseudonyms_of("p1")[EntityKind("person")]).wait()
    assert [case.at_stake_minor for case in known(again())] == [None, AMOUNT]


def test_one_of_another_journal_or_another_way_of_folding_is_passed_over(process, desk, folder, again, read):
    decide(process, 1, 2)
    desk.tend()
    desk.stop()
    live = known(desk)
    kept = folder.newest(lambda _snapshot: True)
    folder.write(msgspec.structs.replace(kept, mac=b"another journal", seq=kept.seq - 1))
    folder.write(msgspec.structs.replace(kept, form="another form"))
    read.clear()
    assert known(again()) == live
    assert read == [seq for case in live for seq in case.seqs]


def test_it_is_left_every_so_many_changes(process, desk, folder, monkeypatch):
    monkeypatch.setattr(keeping, "_EVERY", 3)
    decide(process, 1, 2)
    desk.tend()
    assert folder.newest(lambda _snapshot: True) is None
    decide(process, 3)
    desk.tend()
    desk._book._keeping.finish()
    assert folder.newest(lambda _snapshot: True).seq == process.journal.head.seq


def test_nothing_is_left_of_cases_that_did_not_become_durable(process, desk, folder, monkeypatch):
    monkeypatch.setattr(keeping, "_EVERY", 1)
    decide(process, 1)
    store = process.journal._store

    def failing(_rows):
        raise OSError("disk full")

    monkeypatch.setattr(store, "append", failing)
    with pytest.raises(Unavailable):
        desk.tend()
    desk._book._keeping.finish()
    assert folder.newest(lambda _snapshot: True) is None
