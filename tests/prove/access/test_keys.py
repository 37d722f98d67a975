"""API keys: kept as a hash, bound to scopes, ended by time and by hand."""

from __future__ import annotations

import pytest

from tandem.kernel.errors import Conflict, InvalidInput, NotFound, NotSignedIn
from tandem.kernel.time import DAY, MINUTE
from tandem.prove.access import OPERATOR, Permission


def test_a_key_is_shown_once_and_kept_as_a_hash(house, ann):
    key, secret = house.access.make_key("core", [Permission.DECIDE], by=ann)
    assert secret.startswith("tdm_")
    assert len(secret) == 47
    assert secret.startswith(key.shown)
    assert len(key.shown) < 12
    house.access.close()
    for file in house.home.iterdir():
        assert secret.encode() not in file.read_bytes()
    assert secret not in str(house.notes)
    house.access = house._opened()
    principal = house.access.principal_of_bearer(secret.encode())
    assert (principal.name, principal.kind, principal.permissions) == ("key:core", "key", {"decide"})
    assert principal.answers_for == "ann"


def test_a_key_ends_by_time_and_by_hand_at_once(house, ann):
    _, short = house.access.make_key("short", [Permission.READ], by=ann, life=DAY)
    _, long = house.access.make_key("long", [Permission.READ], by=ann)
    house.access.principal_of_bearer(long.encode())
    house.access.revoke_key("long", by=ann)
    house.clock.advance(DAY)
    for secret in (short, long):
        with pytest.raises(NotSignedIn) as refused:
            house.access.principal_of_bearer(secret.encode())
        assert refused.value.code == "key_expired"
    house.crash()
    with pytest.raises(NotSignedIn):
        house.access.principal_of_bearer(long.encode())


def test_a_use_never_brings_a_revoked_key_back(house, ann):
    _, secret = house.access.make_key("core", [Permission.READ], by=ann)
    house.access.principal_of_bearer(secret.encode())
    house.access.revoke_key("core", by=ann)
    house.again()
    with pytest.raises(NotSignedIn):
        house.access.principal_of_bearer(secret.encode())
    [key] = house.access.keys()
    assert key.revoked_at is not None
    assert key.last_used_at is not None


def test_the_last_use_is_told_to_the_minute(house, ann):
    _, secret = house.access.make_key("core", [Permission.READ], by=ann)
    assert house.access.keys()[0].last_used_at is None
    house.clock.advance(MINUTE)
    house.access.principal_of_bearer(secret.encode())
    assert house.access.keys()[0].last_used_at == house.clock.now()


@pytest.mark.parametrize("secret", [b"", b"tdm_", b"tdm_" + b"A" * 43, b"\xff" * 47, b"tdm_" + b"A" * 100_000])
def test_made_up_keys_open_nothing(house, ann, secret):
    house.access.make_key("core", [Permission.READ], by=ann)
    with pytest.raises(NotSignedIn) as refused:
        house.access.principal_of_bearer(secret)
    assert refused.value.code == "invalid_key"
    assert refused.value.value is None


@pytest.mark.parametrize(
    "scopes", [[], [Permission.APPROVE], [Permission.SERVICE_ACCOUNTS], [Permission.READ, Permission.MANAGE]]
)
def test_a_key_neither_approves_nor_manages(house, ann, scopes):
    with pytest.raises(InvalidInput) as refused:
        house.access.make_key("core", scopes, by=ann)
    assert refused.value.code == "invalid_scope"


@pytest.mark.parametrize("life", [0, -1, 731 * DAY])
def test_no_key_lives_for_ever(house, ann, life):
    with pytest.raises(InvalidInput):
        house.access.make_key("core", [Permission.READ], by=ann, life=life)


def test_a_name_is_given_once_also_after_revocation(house, ann):
    house.access.make_key("core", [Permission.READ], by=ann)
    house.access.revoke_key("core", by=ann)
    house.access.revoke_key("core", by=ann)
    with pytest.raises(Conflict):
        house.access.make_key("core", [Permission.READ], by=ann)
    assert house.actions().count("key_revoked") == 1
    with pytest.raises(NotFound):
        house.access.revoke_key("cor", by=ann)


def test_the_operators_key_is_the_newest_and_only_in_memory(house):
    old, new = house.access.operator_key(), house.access.operator_key()
    assert house.access.principal_of_bearer(new.encode()) == OPERATOR
    with pytest.raises(NotSignedIn):
        house.access.principal_of_bearer(old.encode())
    house.again()
    with pytest.raises(NotSignedIn):
        house.access.principal_of_bearer(new.encode())


def test_who_made_the_key_answers_for_it(house, ann):
    house.access.make_key("core", [Permission.DRAFT], by=ann)
    assert house.access.answerable_for("key:core") == "ann"
    assert house.access.answerable_for("key:gone") == "key:gone"
    assert house.access.answerable_for("core") == "core"
