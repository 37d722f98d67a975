"""Whatever people do, the fold of the journal is the live state, and a crash at any point loses and doubles nothing."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from case_workspace import EVERYTHING, approved, review
from hypothesis import given, settings
from hypothesis import strategies as st
from small_workspace import START, go_live

from tandem.act.cases import CaseDesk
from tandem.decide.decisions import open_process
from tandem.kernel.errors import Conflict, InvalidInput, Refused, Unavailable
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, HOUR, SECOND, FixedClock, Micros

PEOPLE = ("eve", "bob")
DISPOSITIONS = ("approve", "fraud", "honest", "write_off", "nonsense")
ACTIONS = st.one_of(
    st.tuples(st.just("decide"), st.integers(0, 2), st.booleans()),
    st.tuples(st.just("next"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("assign"), st.integers(0, 4), st.sampled_from((*PEOPLE, None))),
    st.tuples(st.just("snooze"), st.integers(0, 4), st.integers(1, 3)),
    st.tuples(st.just("escalate"), st.integers(0, 4)),
    st.tuples(st.just("note"), st.integers(0, 4)),
    st.tuples(st.just("resolve"), st.integers(0, 4), st.sampled_from(DISPOSITIONS)),
    st.tuples(st.just("second"), st.integers(0, 4), st.booleans()),
    st.tuples(st.just("reopen"), st.integers(0, 4)),
    st.tuples(st.just("undo"), st.integers(0, 4)),
    st.tuples(st.just("pass"), st.sampled_from((SECOND, 9 * SECOND, HOUR))),
)


class Office:
    """A workspace that can be closed and opened again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FixedClock(Micros(START + 20 * DAY))
        self.starts = 0
        self.events = 0
        self.open()
        go_live(self.process, *EVERYTHING)

    def open(self) -> None:
        self.starts += 1
        settings_ = Settings(home=self.folder / "home")
        self.process = open_process(settings_, "test", clock=self.clock, entropy=SeededEntropy(self.starts))
        self.desk = CaseDesk(self.process, clock=self.clock, entropy=SeededEntropy(1000 + self.starts))

    def restart(self) -> None:
        self.process.close()
        self.open()

    def decide(self, person: int, *, asks: bool) -> None:
        self.events += 1
        document = review(self.events, person=f"p{person}") if asks else approved(self.events)
        self.process.decide_now(document)

    def act(self, action: tuple[object, ...], by: str) -> None:
        verb, *rest = action
        if verb == "decide":
            self.decide(rest[0], asks=rest[1])
        elif verb == "pass":
            self.clock.advance(rest[0])
        elif verb == "next":
            self.desk.next(by=rest[0])
        else:
            cases = self.desk.look(lambda cases, _rules, _now: [one.copy() for one in cases])
            if rest[0] < len(cases):
                with contextlib.suppress(Conflict, Refused, InvalidInput):
                    self.change(verb, cases[rest[0]], rest[1:], by)

    def change(self, verb, case, rest, by) -> None:
        seen = {"by": by, "version": case.version}
        if verb == "assign":
            self.desk.assign(case.case_id, to=rest[0], **seen)
        elif verb == "snooze":
            self.desk.snooze(case.case_id, until=Micros(self.clock.now() + rest[0] * HOUR), **seen)
        elif verb == "note":
            self.desk.note(case.case_id, by=by, text="a word")
        elif verb == "resolve":
            self.desk.resolve(case.case_id, disposition=rest[0], reason="so it is", **seen)
        elif verb == "second":
            self.desk.second(case.case_id, agrees=rest[0], **seen)
        else:
            getattr(self.desk, verb)(case.case_id, **seen)

    def cases(self):
        """Every case as it stands; the stakes only of those that are not over, which alone are kept across a start."""
        found = self.desk.look(lambda cases, _rules, _now: [one.copy() for one in cases])
        for case in found:
            if case.resolved:
                case.at_stake_minor = None
        return found

    def orders(self):
        """Which cases are open, over, in want of a label and found by whom they are about, each in its order."""
        return self.desk.look(lambda cases, _rules, _now: cases.orders())

    def snapshots(self) -> list[Path]:
        return sorted((self.folder / "home" / "snapshots" / "cases").glob("*.snapshot"))

    def labels(self) -> list[str]:
        records = self.process.journal.read(kinds=["event"])
        return [one.key for one in records if one.key is not None and one.key.startswith("label.")]


@pytest.fixture
def office(tmp_path):
    one = Office(tmp_path)
    yield one
    one.process.close()


@settings(max_examples=25, deadline=None)
@given(actions=st.lists(st.tuples(ACTIONS, st.sampled_from(PEOPLE)), min_size=4, max_size=40))
def test_the_fold_of_the_journal_is_the_live_state_after_any_history(actions):
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            office.decide(0, asks=True)
            for action, by in actions:
                office.act(action, by)
            live = office.cases()
            ranked = office.desk.peek(by="eve")
            office.restart()
            again = office.cases()
            assert again == live
            assert office.desk.peek(by="eve") == ranked
            asked = [one.key for one in office.process.journal.read(kinds=["decision"])]
            shown = [one.decision_id for case in again for one in case.evidence]
            assert len(shown) == len(set(shown))
            assert set(shown) <= set(asked)
            open_about = [(case.entity_kind, case.entity) for case in again if case.standing.state == "open"]
            assert len(open_about) <= len(again)
            for case in again:
                standing = case.standing
                assert standing.seconded_by is None or standing.seconded_by != standing.decided_by
                assert standing.disposition != "write_off" or standing.state == "waiting" or standing.seconded_by
        finally:
            office.process.close()


@settings(max_examples=20, deadline=None)
@given(actions=st.lists(st.tuples(ACTIONS, st.sampled_from(PEOPLE)), min_size=6, max_size=40), data=st.data())
def test_with_a_snapshot_from_any_moment_the_cases_are_those_without_one(actions, data):
    """The desk is stopped in the middle, which leaves a snapshot; what comes after is folded upon it."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(folder))
        try:
            office.decide(0, asks=True)
            office.decide(1, asks=True)
            middle = data.draw(st.integers(0, len(actions)))
            for action, by in actions[:middle]:
                office.act(action, by)
            office.desk.tend()
            office.desk.stop()
            assert office.snapshots()
            for action, by in actions[middle:]:
                office.act(action, by)
            live, ranked = office.cases(), office.desk.peek(by="eve")
            office.restart()
            shortened, orders = office.cases(), office.orders()
            assert (shortened, office.desk.peek(by="eve")) == (live, ranked)
            for path in office.snapshots():
                path.unlink()
            office.restart()
            assert (office.cases(), office.orders()) == (shortened, orders)
        finally:
            office.process.close()


CRASHES = ("before it is written", "after it is written")


class _Crash(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("moment", CRASHES)
@pytest.mark.parametrize("crash_at", range(6))
def test_every_decision_gets_its_case_and_every_disposition_its_label_once_whatever_crashes(
    office, monkeypatch, crash_at, moment
):
    """The process dies at the n-th thing it writes for a case or a label, and is started again."""
    office.decide(0, asks=True)
    office.decide(1, asks=True)
    for case in office.cases()[:2]:
        office.desk.resolve(case.case_id, by="eve", disposition="fraud", version=1)
    office.clock.advance(11 * SECOND)
    office.decide(0, asks=True)  # opens a third case while two labels are due
    office.decide(2, asks=True)

    def dying(real, counted):
        def call(*given_, **named):
            counted.append(1)
            if len(counted) == crash_at + 1 and moment == CRASHES[0]:
                raise _Crash
            done = real(*given_, **named)
            if hasattr(done, "wait"):
                done.wait()
            if len(counted) == crash_at + 1:
                raise _Crash
            return done

        return call

    counted: list[int] = []
    monkeypatch.setattr(office.process, "append", dying(office.process.append, counted))
    monkeypatch.setattr(office.process, "record_now", dying(office.process.record_now, counted))
    with contextlib.suppress(_Crash):
        office.desk.tend()
        office.desk.tend()
    monkeypatch.undo()
    office.restart()
    office.desk.tend()
    office.desk.tend()
    cases = office.cases()
    assert [one.event_id for case in cases for one in case.evidence] == ["app-1", "app-2", "app-3", "app-4"]
    assert sorted(office.labels()) == sorted(event for case in cases for event in case.labels.values())
    assert len(office.labels()) == 2


def test_a_commit_that_fails_is_told_and_what_was_applied_is_forgotten(office, monkeypatch):
    office.decide(0, asks=True)
    case = office.desk.next(by="eve")
    store = office.process.journal._store
    real = store.append

    def failing(_rows):
        raise OSError("disk full")

    monkeypatch.setattr(store, "append", failing)
    with pytest.raises(Unavailable):
        office.desk.resolve(case.case_id, by="eve", disposition="approve", version=case.version)
    monkeypatch.setattr(store, "append", real)
    assert office.desk.case(case.case_id) == case
    assert office.desk.resolve(case.case_id, by="eve", disposition="approve", version=2).resolved
