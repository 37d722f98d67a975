"""A customer's pass and session: for one person, once, for minutes; and nothing of the firm's opens to it."""

from __future__ import annotations

import pytest

from tandem.kernel.errors import InvalidInput, NotSignedIn, Refused
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import HOUR, MINUTE
from tandem.prove.access import (
    CUSTOMER_IDLE,
    MERCHANT_ACTS,
    Act,
    Permission,
    checked_merchant,
    digest_of_token,
    returns_key,
)

MEI, LI = Pseudonym("a" * 32), Pseudonym("b" * 32)
SHOP = ("shop-1", "A shop", "一家商店", ("https://shop.example",))


@pytest.fixture
def till(house, ann):
    """The principal of a merchant's key, and its secret."""
    _, secret = house.access.make_key("till", [Permission.INVITE], by=ann, merchant=checked_merchant("till", *SHOP))
    return house.access.principal_of_bearer(secret.encode()), secret


@pytest.fixture
def site(house, ann):
    """The principal of the lender's own site."""
    _, secret = house.access.make_key("site", [Permission.INVITE], by=ann)
    return house.access.principal_of_bearer(secret.encode())


def issue(house, by, pseudonym=MEI, *, acts=(Act.APPLY, Act.SEE), invitation="inv_1", **more):
    return house.access.customers.issue(
        kind="person", pseudonym=pseudonym, invitation=invitation, acts=acts, by=by, **more
    )


def test_a_pass_lets_its_one_person_in_once(house, site):
    token = issue(house, site)
    came = house.access.customers.come_in(token)
    customer = came.principal.customer
    assert (customer.pseudonym, customer.acts, customer.merchant) == (MEI, (Act.APPLY, Act.SEE), None)
    assert came.principal.permissions == frozenset()
    assert house.access.customers.principal_of(came.token.encode()) == came.principal
    with pytest.raises(NotSignedIn) as refused:
        house.access.customers.come_in(token)
    assert refused.value.code == "invalid_pass"
    assert house.actions()[-1] == "customer_came_in"


def test_what_is_kept_is_no_token(house, site):
    token = issue(house, site)
    came = house.access.customers.come_in(token)
    house.access.close()
    kept = b"".join(file.read_bytes() for file in house.home.iterdir())
    house.crash()
    assert token.encode() not in kept
    assert came.token.encode() not in kept
    assert house.access.customers.principal_of(came.token.encode()).customer.pseudonym == MEI


@pytest.mark.parametrize("wrong", ["", "tdp_", "tdp_" + "A" * 43, "\ud800"])
def test_what_is_no_pass_lets_nobody_in(house, wrong):
    with pytest.raises(NotSignedIn):
        house.access.customers.come_in(wrong)


def test_a_pass_waits_for_minutes(house, site):
    token = issue(house, site, life=2 * MINUTE)
    house.clock.advance(2 * MINUTE)
    with pytest.raises(NotSignedIn):
        house.access.customers.come_in(token)


@pytest.mark.parametrize("life", [0, MINUTE - 1, 25 * HOUR])
def test_a_pass_waits_neither_for_ever_nor_for_nothing(house, site, life):
    with pytest.raises(InvalidInput) as refused:
        issue(house, site, life=life)
    assert refused.value.code == "pass_life"


def test_a_pass_made_again_for_an_invitation_replaces_the_one_before(house, site):
    first, second = issue(house, site), issue(house, site)
    with pytest.raises(NotSignedIn):
        house.access.customers.come_in(first)
    assert house.access.customers.come_in(second)


def test_a_merchant_may_not_invite_to_data_rights(house, till):
    by, _ = till
    with pytest.raises(InvalidInput) as refused:
        issue(house, by, acts=[Act.RIGHTS])
    assert refused.value.code == "invalid_acts"
    came = house.access.customers.come_in(issue(house, by, acts=MERCHANT_ACTS))
    assert came.principal.customer.merchant == "shop-1"
    with pytest.raises(Refused) as lacking:
        came.principal.customer.require(Act.RIGHTS)
    assert lacking.value.code == "not_invited_to"


def test_a_checkouts_session_is_over_within_the_hour_however_busy(house, till):
    came = house.access.customers.come_in(issue(house, till[0]))
    for _ in range(5):
        house.clock.advance(10 * MINUTE)
        house.access.customers.principal_of(came.token.encode())
    house.clock.advance(10 * MINUTE)
    with pytest.raises(NotSignedIn):
        house.access.customers.principal_of(came.token.encode())


def test_an_idle_session_ends(house, site):
    came = house.access.customers.come_in(issue(house, site))
    house.clock.advance(CUSTOMER_IDLE)
    with pytest.raises(NotSignedIn):
        house.access.customers.principal_of(came.token.encode())


def test_a_revoked_key_takes_its_customers_along(house, ann, till):
    came = house.access.customers.come_in(issue(house, till[0]))
    waiting = issue(house, till[0], LI, invitation="inv_2")
    house.access.revoke_key("till", by=ann)
    with pytest.raises(NotSignedIn):
        house.access.customers.principal_of(came.token.encode())
    with pytest.raises(NotSignedIn):
        house.access.customers.come_in(waiting)
    assert house.access.customers.merchant_named("till") is None


def test_customers_and_people_never_mix(house, site):
    came = house.access.customers.come_in(issue(house, site))
    with pytest.raises(NotSignedIn):
        house.access.principal_of_session(came.token.encode())
    with pytest.raises(NotSignedIn):
        house.access.principal_of_bearer(came.token.encode())
    with pytest.raises(Refused):
        came.principal.require(Permission.READ)


def test_who_leaves_is_out_and_who_is_forgotten_is_out_everywhere(house, site):
    first = house.access.customers.come_in(issue(house, site))
    house.access.customers.leave(first.principal)
    second = house.access.customers.come_in(issue(house, site))
    other = house.access.customers.come_in(issue(house, site, LI, invitation="inv_2"))
    waiting = issue(house, site)
    house.access.customers.forget(MEI)
    for token in (first.token, second.token):
        with pytest.raises(NotSignedIn):
            house.access.customers.principal_of(token.encode())
    with pytest.raises(NotSignedIn):
        house.access.customers.come_in(waiting)
    assert house.access.customers.principal_of(other.token.encode())


def test_one_customer_has_few_sessions(house, site):
    tokens = []
    for number in range(6):
        tokens.append(house.access.customers.come_in(issue(house, site, invitation=f"inv_{number}")).token)
        house.clock.advance(1)
    with pytest.raises(NotSignedIn):
        house.access.customers.principal_of(tokens[0].encode())
    assert house.access.customers.principal_of(tokens[1].encode())


def test_a_merchants_key_carries_nothing_but_invitations(house, ann):
    with pytest.raises(InvalidInput) as refused:
        house.access.make_key(
            "till", [Permission.INVITE, Permission.READ], by=ann, merchant=checked_merchant("till", *SHOP)
        )
    assert refused.value.code == "invalid_scope"


@pytest.mark.parametrize(
    "origin",
    ["https://*.example", "http://shop.example", "https://shop.example/path", "javascript:x", "https://a b", ""],
)
def test_what_is_no_origin_frames_nothing(origin):
    with pytest.raises(InvalidInput) as refused:
        checked_merchant("till", "shop-1", "A", "一", (origin,))
    assert refused.value.code == "invalid_origin"


def test_a_merchant_can_check_what_we_sign_with_nothing_but_its_key(house, till):
    import hmac
    from hashlib import sha256

    by, secret = till
    own = hmac.digest(returns_key(digest_of_token(secret.encode())), b"signed", sha256).hex()
    assert house.access.customers.signature(by.name, b"signed") == own
    assert house.access.customers.signature(by.name, b"other") != own
