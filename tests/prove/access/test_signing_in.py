"""Names and passwords: what is told, what is counted, how long is waited."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from access_house import GOOD

from tandem.kernel.errors import NotSignedIn, TooOften
from tandem.kernel.time import DAY, MINUTE, SECOND
from tandem.prove.access import LOCAL, Permission, Role
from tandem.prove.access.lockout import PAUSE_MAX


def fail(house, name="ann", password="not the password"):
    with pytest.raises(NotSignedIn) as refused:
        house.access.sign_in(name, password)
    assert refused.value.code == "wrong_credentials"
    return refused.value


def test_the_first_admin_comes_in_by_the_link_and_then_by_password(house, ann):
    assert ann.permissions == {Permission.READ, Permission.MANAGE}
    signed = house.access.sign_in("ann", GOOD)
    assert house.access.principal_of_session(signed.token.encode()).name == "ann"


def test_there_is_no_way_in_before_the_link(house):
    fail(house, "admin", "admin")
    assert house.access.first_start


def test_an_unknown_name_is_told_the_same_and_costs_the_same(house, ann):
    house.access.add_person("bea", "Bea", [Role.VIEWER], by=ann)  # invited: there is no password yet
    before = house.hasher.verified
    told = {str(fail(house, name)) for name in ("ann", "nobody-here", "bea", "\udcff", "")}
    assert len(told) == 1
    assert house.hasher.verified == before + 5
    assert house.hasher.hashed == 2  # the one that stands for nobody, and ann's own


@pytest.mark.usefixtures("ann")
def test_an_unknown_name_is_locked_out_like_a_known_one(house):
    for name in ("ann", "nobody-here"):
        for _ in range(5):
            fail(house, name)
        with pytest.raises(TooOften) as paused:
            house.access.sign_in(name, GOOD)
        assert (paused.value.code, paused.value.retry_after_s) == ("too_many_attempts", 30)


@pytest.mark.usefixtures("ann")
def test_while_paused_no_password_is_looked_at_not_even_the_right_one(house):
    for _ in range(5):
        fail(house)
    before = house.hasher.verified
    with pytest.raises(TooOften):
        house.access.sign_in("ann", GOOD)
    assert house.hasher.verified == before


@pytest.mark.usefixtures("ann")
def test_the_pause_doubles_up_to_an_hour(house):
    for _ in range(5):
        fail(house)
    pauses = []
    for _ in range(9):
        with pytest.raises(TooOften) as paused:
            house.access.sign_in("ann", "x")
        pauses.append(paused.value.retry_after_s)
        house.clock.advance(paused.value.retry_after_s * SECOND)
        fail(house)
    assert pauses == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert PAUSE_MAX == 3600 * SECOND


@pytest.mark.usefixtures("ann")
def test_a_success_and_a_day_of_rest_both_begin_the_count_anew(house):
    for _ in range(4):
        fail(house)
    house.access.sign_in("ann", GOOD)
    for _ in range(4):
        fail(house)
    house.clock.advance(DAY)
    for _ in range(5):
        fail(house)


@pytest.mark.usefixtures("ann")
def test_a_pause_outlives_a_restart(house):
    for _ in range(5):
        fail(house)
    house.crash()
    with pytest.raises(TooOften):
        house.access.sign_in("ann", GOOD)


@pytest.mark.usefixtures("ann")
def test_a_thousand_guesses_at_once_are_five_guesses(house):
    started = threading.Barrier(20)
    outcomes = []

    def guess(number):
        started.wait()
        for turn in range(50):
            try:
                house.access.sign_in("ann", f"guess {number} {turn}")
            except (NotSignedIn, TooOften) as error:
                outcomes.append(error.code)

    before = house.hasher.verified
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(guess, range(20)))
    assert len(outcomes) == 1_000
    assert house.hasher.verified - before == 5
    assert outcomes.count("wrong_credentials") == 5


def test_a_disabled_person_is_told_what_a_stranger_is_told(house, ann):
    house.access.add_person("bea", "Bea", [Role.ADMIN], by=ann)
    token = house.access.reset("bea", by=ann)
    house.access.welcome(token, GOOD)
    house.access.change_person("bea", by=ann, disabled=True)
    assert str(fail(house, "bea", GOOD)) == str(fail(house, "nobody-here", GOOD))


def test_disabled_while_the_hash_is_computed_is_disabled(house, ann):
    house.access.add_person("bea", "Bea", [Role.VIEWER], by=ann)
    house.access.welcome(house.access.reset("bea", by=ann), GOOD)
    verify = house.hasher.verify

    def slow(password_hash, password):
        house.access.change_person("bea", by=ann, disabled=True)
        return verify(password_hash, password)

    house.hasher.verify = slow
    fail(house, "bea", GOOD)


@pytest.mark.usefixtures("ann")
def test_an_outdated_hash_is_renewed_at_the_next_sign_in(house):
    kept = next(iter(house.access._register.credentials.values())).password_hash
    house.hasher.old.add(kept)
    house.access.sign_in("ann", GOOD)
    assert house.again()._register.credentials["ann"].password_hash != kept
    house.access.sign_in("ann", GOOD)


@pytest.mark.usefixtures("ann")
def test_failures_are_on_record_once_a_name_and_minute_and_counted(house):
    house.notes.clear()
    for _ in range(4):
        fail(house)
    for number in range(30):
        fail(house, f"guess-{number}")
    assert [(note.object, note.detail) for note in house.notes] == [
        ("person/ann", {"failures": 1}),
        ("person/(unknown)", {"failures": 1}),
    ]
    house.clock.advance(MINUTE)
    fail(house)
    assert house.notes[-1].detail == {"failures": 4}
    house.access.close()
    assert house.notes[-1].detail == {"failures": 29}
    house.access = house._opened()


@pytest.mark.usefixtures("ann")
def test_what_was_typed_as_a_name_is_kept_nowhere(house):
    """People type their password into the field of the name."""
    fail(house, "hunter2-my-secret", "x")
    house.access.close()
    for file in house.home.iterdir():
        assert b"hunter2" not in file.read_bytes()
    assert not any("hunter2" in str(note) for note in house.notes)
    house.access = house._opened()


def test_changing_the_password_needs_the_present_one_and_ends_every_session(house, ann):
    elsewhere = house.access.sign_in("ann", GOOD)
    with pytest.raises(NotSignedIn):
        house.access.change_password(ann, "not the password", "another odd sentence")
    here = house.access.change_password(ann, GOOD, "another odd sentence")
    with pytest.raises(NotSignedIn):
        house.access.principal_of_session(elsewhere.token.encode())
    assert house.access.principal_of_session(here.token.encode()).name == "ann"
    fail(house, "ann", GOOD)
    house.access.sign_in("ann", "another odd sentence")


def test_nothing_to_tell_is_lost_when_the_journal_is_away(house):
    told = house.tell

    def away(_notes):
        from tandem.kernel.errors import Unavailable

        raise Unavailable("The journal is away.")

    house.tell = away
    house.admin()
    assert house.notes == []
    house.tell = told
    house.crash()
    assert house.actions() == ["first_admin_welcomed"]
    house.crash()
    assert len(house.notes) == 1


def test_the_process_itself_is_nobody_who_signs_in(house):
    fail(house, LOCAL.name, "")
