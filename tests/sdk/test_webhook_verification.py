"""A receiver acts on a message only if the server signed it, lately, and these very bytes."""

from __future__ import annotations

import pytest
from tandem_sdk import InvalidSignature, verify

from tandem.act.webhooks import Wanted, secret_of, shown_secret, signed_headers
from tandem.act.webhooks.types import Subscription
from tandem.kernel.time import SECOND, Micros

NOW_S = 1_764_000_000
NOW = Micros(NOW_S * SECOND)
BODY = b'{"type":"decision.made","timestamp":"2026-11-28T04:00:00Z","data":{"outcome":"decline"}}'
KEY = b"k" * 32
SECRET = shown_secret(secret_of(KEY, "whk_1", 1))


def signed(body=BODY, now=NOW, **changed):
    given = {
        "id": "whk_1", "url": "https://x.example/", "wanted": Wanted(kinds=("decision.made",)), "description": "",
        "owner": "ann", "enabled": True, "created_at": Micros(0), "updated_at": Micros(0), "reached": 0, **changed,
    }  # fmt: skip
    return signed_headers(KEY, Subscription(**given), "msg_1", body, now)


def test_what_the_server_signs_is_taken():
    message = verify(signed(), BODY, SECRET, now=NOW_S + 10)
    assert (message.id, message.type, message.data) == ("msg_1", "decision.made", {"outcome": "decline"})
    titled = {name.title(): value for name, value in signed().items()}
    assert verify(titled, BODY, SECRET, now=NOW_S).id == "msg_1"


def test_after_a_rotation_the_old_and_the_new_secret_both_do():
    new = shown_secret(secret_of(KEY, "whk_1", 2))
    headers = signed(generation=2, rotated_at=NOW)
    for secret in (SECRET, new, [SECRET, new]):
        assert verify(headers, BODY, secret, now=NOW_S).id == "msg_1"


@pytest.mark.parametrize(
    ("spoil", "body", "secret", "now"),
    [
        ({}, BODY + b" ", SECRET, NOW_S),
        ({}, BODY, shown_secret(b"other" * 6), NOW_S),
        ({"webhook-id": "msg_2"}, BODY, SECRET, NOW_S),
        ({"webhook-timestamp": str(NOW_S + 1)}, BODY, SECRET, NOW_S),
        ({"webhook-timestamp": "now"}, BODY, SECRET, NOW_S),
        ({"webhook-timestamp": "²"}, BODY, SECRET, NOW_S),
        ({"webhook-signature": ""}, BODY, SECRET, NOW_S),
        ({"webhook-signature": "v2,abc"}, BODY, SECRET, NOW_S),
        ({"webhook-signature": "v1,\ud800"}, BODY, SECRET, NOW_S),
        ({}, BODY, "whsec_not base64", NOW_S),
        ({}, BODY, SECRET, NOW_S + 301),
        ({}, BODY, SECRET, NOW_S - 301),
    ],
)
def test_anything_else_is_refused(spoil, body, secret, now):
    with pytest.raises(InvalidSignature):
        verify({**signed(), **spoil}, body, secret, now=now)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_is_named(name):
    headers = signed()
    del headers[name]
    with pytest.raises(InvalidSignature, match=name):
        verify(headers, BODY, SECRET, now=NOW_S)


def test_a_signed_body_that_is_no_message_is_refused():
    for body in (b"", b"[]", b'{"type":"x"}', b"\xff"):
        with pytest.raises(InvalidSignature, match="not a message"):
            verify(signed(body), body, SECRET, now=NOW_S)
