"""The way back to a shop: only what the lender signed for this shop, a moment ago, is believed."""

from __future__ import annotations

import hmac
from hashlib import sha256

import pytest

from tandem.faces.shop import is_from_lender
from tandem.kernel.time import MINUTE, SECOND, parse_instant
from tandem.prove.access import digest_of_token, returns_key

KEY, NOW = "tdt_a-key", parse_instant("2026-11-30T10:00:00Z")


def told(*, key=KEY, at=NOW // SECOND, **changes):
    message = f"inv_1.signed.{at}".encode()
    signature = hmac.digest(returns_key(digest_of_token(key.encode())), message, sha256).hex()
    return {"invitation": "inv_1", "state": "signed", "at": str(at), "signature": signature, **changes}


def test_what_the_lender_signed_is_believed():
    assert is_from_lender(told(), KEY, NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        told(key="tdt_another"), told(state="open"), told(invitation="inv_2"), told(at=NOW // SECOND, signature=""),
        told(signature="ü"), told(at=(NOW - 11 * MINUTE) // SECOND), told(at=(NOW + 11 * MINUTE) // SECOND), {},
        {**told(), "at": "soon"},
    ],
)  # fmt: skip
def test_whatever_else_comes_back_is_not(wrong):
    assert not is_from_lender(wrong, KEY, NOW)
