"""Sessions: random, rotated, ended by rest, age, sign-out and dismissal."""

from __future__ import annotations

import pytest
from access_house import GOOD

from tandem.kernel.errors import NotSignedIn
from tandem.kernel.time import HOUR, MINUTE
from tandem.prove.access import Role, csrf_of


def ended(house, signed):
    with pytest.raises(NotSignedIn) as refused:
        house.access.principal_of_session(signed.token.encode())
    assert refused.value.code == "session_expired"


def alive(house, signed):
    return house.access.principal_of_session(signed.token.encode())


@pytest.mark.usefixtures("ann")
def test_only_a_hash_of_the_token_is_kept(house):
    signed = house.access.sign_in("ann", GOOD)
    house.access.close()
    for file in house.home.iterdir():
        assert signed.token.encode() not in file.read_bytes()
        assert signed.csrf.encode() not in file.read_bytes()
    house.access = house._opened()
    alive(house, signed)


@pytest.mark.usefixtures("ann")
def test_every_sign_in_has_a_token_and_a_csrf_secret_of_its_own(house):
    first, second = house.access.sign_in("ann", GOOD), house.access.sign_in("ann", GOOD)
    assert len({first.token, second.token, first.csrf, second.csrf}) == 4
    assert first.csrf == csrf_of(first.token.encode())


@pytest.mark.usefixtures("ann")
def test_the_session_a_browser_brought_along_ends_at_sign_in(house):
    """Fixation: whoever planted a session cannot follow into the new one."""
    planted = house.access.sign_in("ann", GOOD)
    signed = house.access.sign_in("ann", GOOD, ending=planted.token.encode())
    ended(house, planted)
    alive(house, signed)


@pytest.mark.usefixtures("ann")
def test_a_token_that_a_stranger_made_up_is_never_taken_over(house):
    made_up = b"tds_" + b"A" * 43
    signed = house.access.sign_in("ann", GOOD, ending=made_up)
    assert signed.token.encode() != made_up
    with pytest.raises(NotSignedIn):
        house.access.principal_of_session(made_up)


@pytest.mark.usefixtures("ann")
def test_an_hour_of_rest_ends_it_and_use_keeps_it(house):
    used, unused = house.access.sign_in("ann", GOOD), house.access.sign_in("ann", GOOD)
    for _ in range(3):
        house.clock.advance(20 * MINUTE)
        alive(house, used)
    ended(house, unused)
    house.clock.advance(60 * MINUTE)
    ended(house, used)


@pytest.mark.usefixtures("ann")
def test_twelve_hours_end_it_in_any_case(house):
    signed = house.access.sign_in("ann", GOOD)
    for _ in range(23):
        house.clock.advance(30 * MINUTE)
        alive(house, signed)
    house.clock.advance(30 * MINUTE)
    ended(house, signed)


@pytest.mark.usefixtures("ann")
def test_a_use_survives_a_stop(house):
    signed = house.access.sign_in("ann", GOOD)
    house.clock.advance(50 * MINUTE)
    alive(house, signed)
    house.again()
    house.clock.advance(50 * MINUTE)
    alive(house, signed)


@pytest.mark.usefixtures("ann")
def test_signing_out_ends_one_or_all(house):
    one, two, three = (house.access.sign_in("ann", GOOD) for _ in range(3))
    house.access.sign_out(one.principal)
    ended(house, one)
    alive(house, two)
    house.access.sign_out(two.principal, everywhere=True)
    ended(house, two)
    ended(house, three)


def test_roles_count_at_once_and_dismissal_ends_everything(house, ann):
    house.access.add_person("bea", "Bea", [Role.STRATEGIST], by=ann)
    bea = house.access.welcome(house.access.reset("bea", by=ann), GOOD)
    house.access.change_person("bea", by=ann, roles=[Role.VIEWER])
    assert alive(house, bea).permissions == {"read"}
    house.access.change_person("bea", by=ann, disabled=True)
    ended(house, bea)
    house.access.change_person("bea", by=ann, disabled=False)
    ended(house, bea)
    house.access.sign_in("bea", GOOD)


@pytest.mark.usefixtures("ann")
def test_sessions_of_one_person_do_not_pile_up(house):
    sessions = []
    for _ in range(30):
        house.clock.advance(1)
        sessions.append(house.access.sign_in("ann", GOOD))
    assert len(house.access._register.sessions) == 20
    ended(house, sessions[0])
    alive(house, sessions[-1])
    house.clock.advance(HOUR)
    house.access.sign_in("ann", GOOD)
    assert len(house.access._register.sessions) == 1
