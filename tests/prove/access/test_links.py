"""One-time links: for the first admin, for who is invited, for who forgot."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from access_house import GOOD

from tandem.kernel.errors import InvalidInput, NotSignedIn
from tandem.kernel.time import DAY
from tandem.prove.access import Role


def refused(house, token, **given):
    with pytest.raises(NotSignedIn) as refusal:
        house.access.welcome(token, GOOD, **given)
    assert refusal.value.code == "invalid_link"


def test_the_first_link_works_once(house):
    token = house.access.first_link()
    house.access.welcome(token, GOOD, name="ann")
    refused(house, token, name="eve")
    assert [one.name for one in house.access.people()] == ["ann"]


def test_two_at_once_with_one_link_are_one(house):
    token = house.access.first_link()

    def take(name):
        try:
            return house.access.welcome(token, GOOD, name=name).principal.name
        except NotSignedIn:
            return None

    with ThreadPoolExecutor(8) as pool:
        came = [name for name in pool.map(take, [f"eve{number}" for number in range(8)]) if name]
    assert len(came) == 1
    assert [one.name for one in house.access.people()] == came


def test_a_new_first_link_makes_the_old_one_void_and_none_is_made_later(house):
    old, new = house.access.first_link(), house.access.first_link()
    refused(house, old, name="eve")
    house.access.welcome(new, GOOD, name="ann")
    assert house.access.first_link() is None


def test_a_link_survives_a_restart_and_ends_after_a_day(house):
    token = house.access.first_link()
    house.crash()
    assert house.access.link_of(token) == ("first_admin", None)
    house.clock.advance(DAY)
    refused(house, token, name="ann")


def test_a_refused_password_does_not_use_the_link_up(house):
    token = house.access.first_link()
    for password in ("short", "password1234", "ann ann ann ann"):
        with pytest.raises(InvalidInput):
            house.access.welcome(token, password, name="ann")
    with pytest.raises(InvalidInput):
        house.access.welcome(token, GOOD, name="Ann!")
    house.access.welcome(token, GOOD, name="ann")


def test_who_is_invited_chooses_a_password_and_gets_the_roles_they_were_given(house, ann):
    person, token = house.access.add_person("bea", "Bea", [Role.ANALYST], by=ann)
    assert person.state == "invited"
    purpose, whose = house.access.link_of(token)
    assert (purpose, whose.name) == ("invitation", "bea")
    with pytest.raises(InvalidInput):
        house.access.welcome(token, GOOD, name="eve")
    signed = house.access.welcome(token, GOOD)
    assert "work_cases" in signed.principal.permissions
    refused(house, token)


def test_a_reset_ends_sessions_and_a_pause(house, ann):
    signed = house.access.sign_in("ann", GOOD)
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            house.access.sign_in("ann", "not the password")
    token = house.access.reset("ann", by=ann)
    house.access.principal_of_session(signed.token.encode())  # not before the link is taken
    house.access.welcome(token, "another odd sentence")
    with pytest.raises(NotSignedIn):
        house.access.principal_of_session(signed.token.encode())
    house.access.sign_in("ann", "another odd sentence")


def test_only_the_newest_link_of_somebody_works_and_none_after_dismissal(house, ann):
    _, first = house.access.add_person("bea", "Bea", [Role.VIEWER], by=ann)
    second = house.access.reset("bea", by=ann)
    refused(house, first)
    house.access.change_person("bea", by=ann, disabled=True)
    refused(house, second)


def test_made_up_links_are_refused(house):
    for token in ("", "tdl_", "x" * 1000, "\udcff", "tdl_" + "A" * 43):
        refused(house, token, name="eve")
