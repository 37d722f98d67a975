"""Carrying out: nobody waits for the moves of others, and what cannot be done now keeps nothing else waiting."""

from __future__ import annotations

import threading

import pytest

from tandem.act.lending import accounts as lending_accounts
from tandem.act.limits.carrying import Carrier
from tandem.kernel.errors import InvalidInput, Unavailable

_PATIENCE_S = 30
"""Long enough for any machine, and shorter than what the desk waits by itself."""


@pytest.fixture
def review(house):
    found, _ = house.limits.propose("till_limits", by="ann")
    house.limits.agree(found, by="bob")
    return found


def lines(house, review, state):
    return house.limits.look(
        lambda every: [one for one, line in every.named(review).lines.items() if line.state == state]
    )


def test_agreeing_records_and_moves_nothing_itself(house, review):
    due = lines(house, review, "due")
    assert len(due) > 1
    assert lines(house, review, "moved") == []
    assert house.limits.carry_out() == len(due)
    assert lines(house, review, "moved") == due


def test_a_running_desk_is_woken_by_an_approval(house, monkeypatch):
    rounds = threading.Semaphore(0)
    whole = Carrier.round

    def told(self, day, *, until):
        try:
            return whole(self, day, until=until)
        finally:
            rounds.release()

    monkeypatch.setattr(Carrier, "round", told)
    found, _ = house.limits.propose("till_limits", by="ann")
    with house.limits.running():
        assert rounds.acquire(timeout=_PATIENCE_S), "the round of its start"
        house.limits.agree(found, by="bob")
        assert rounds.acquire(timeout=_PATIENCE_S), "and one at once, not in a minute"
        assert lines(house, found, "moved")
        assert lines(house, found, "due") == []


def test_a_consent_carries_out_its_own_line_and_no_other(house, review):
    due, (first, *others) = lines(house, review, "due"), lines(house, review, "offered")
    house.limits.answer(review, first, consents=True, by="app")
    assert lines(house, review, "moved") == [first]
    assert lines(house, review, "due") == due
    assert lines(house, review, "offered") == others


def test_a_consent_does_not_wait_for_a_round_that_takes_long(house, review, monkeypatch):
    first = lines(house, review, "offered")[0]
    move, consented = house.lending.move_reviewed, threading.Event()

    def slow(account, **how):
        if account != first and not consented.is_set():
            consent = threading.Thread(
                target=lambda: (house.limits.answer(review, first, consents=True, by="app"), consented.set()),
                daemon=True,
            )
            consent.start()
            assert consented.wait(_PATIENCE_S)
        return move(account, **how)

    monkeypatch.setattr(house.lending, "move_reviewed", slow)
    house.limits.carry_out()
    assert first in lines(house, review, "moved")


def test_one_that_cannot_be_done_stays_due_and_keeps_no_other_waiting(house, review, monkeypatch):
    first, *others = lines(house, review, "due")
    move = house.lending.move_reviewed

    def faulty(account, **how):
        if account == first:
            raise InvalidInput("Not this one.", code="not_this_one")
        return move(account, **how)

    monkeypatch.setattr(house.lending, "move_reviewed", faulty)
    assert house.limits.carry_out() == len(others)
    assert (lines(house, review, "due"), lines(house, review, "moved")) == ([first], others)
    monkeypatch.setattr(house.lending, "move_reviewed", move)
    assert house.limits.carry_out() == 1


def test_a_journal_that_takes_nothing_ends_the_round_and_the_next_goes_on(house, review, monkeypatch):
    due, asked = lines(house, review, "due"), []

    def unavailable(account, **_):
        asked.append(account)
        raise Unavailable("Not now.")

    with monkeypatch.context() as broken:
        broken.setattr(house.lending, "move_reviewed", unavailable)
        with pytest.raises(Unavailable):
            house.limits.carry_out()
    assert asked == due[:1]
    assert house.limits.carry_out() == len(due)


def test_a_round_stops_where_it_is_told_to(house, review):
    carrier = house.limits._carrier
    stops = iter([False, True])
    assert carrier.round(house.limits.today(), until=lambda: next(stops)) == 1
    assert len(lines(house, review, "moved")) == 1


@pytest.mark.parametrize(
    "look", [lambda limits: limits.effect("till_limits"), lambda limits: limits.propose("till_limits", by="ann")]
)
def test_accounts_are_read_while_others_change_them(house, monkeypatch, look):
    house.lending.look(len)  # folded by now
    decode, free = lending_accounts._DECODE, threading.Event()

    def slow(blob):
        if not free.is_set() and threading.current_thread() is threading.main_thread():
            threading.Thread(target=lambda: (house.lending.look(len), free.set()), daemon=True).start()
            assert free.wait(_PATIENCE_S), "lending is held while accounts are read"
        return decode(blob)

    monkeypatch.setattr(lending_accounts, "_DECODE", slow)
    look(house.limits)
    assert free.is_set()
