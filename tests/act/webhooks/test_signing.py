"""Signatures as the Standard Webhooks specification wants them."""

from __future__ import annotations

import base64
import hashlib
import hmac

from tandem.act.webhooks import Wanted, secret_of, shown_secret, signed_headers
from tandem.act.webhooks.types import Subscription
from tandem.kernel.time import DAY, SECOND, Micros

KEY = b"k" * 32


def subscription(**changed):
    given = {
        "id": "whk_1", "url": "https://x.example/", "wanted": Wanted(kinds=("decision.made",)), "description": "",
        "owner": "ann", "enabled": True, "created_at": Micros(0), "updated_at": Micros(0), "reached": 0, **changed,
    }  # fmt: skip
    return Subscription(**given)


def by_hand(secret: str, identifier: str, timestamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{identifier}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def test_the_signature_is_the_specifications():
    secret = shown_secret(secret_of(KEY, "whk_1", 1))
    headers = signed_headers(KEY, subscription(), "msg_1", b'{"a":1}', Micros(1_700_000_000 * SECOND + 5))
    assert headers["webhook-timestamp"] == "1700000000"
    assert headers["webhook-signature"] == by_hand(secret, "msg_1", "1700000000", b'{"a":1}')


def test_a_secret_is_of_one_subscription_and_generation_and_stays():
    assert secret_of(KEY, "whk_1", 1) == secret_of(KEY, "whk_1", 1)
    assert len({secret_of(KEY, "whk_1", 1), secret_of(KEY, "whk_1", 2), secret_of(KEY, "whk_2", 1)}) == 3


def test_after_a_rotation_both_secrets_sign_for_a_day():
    rotated = subscription(generation=2, rotated_at=Micros(1000 * SECOND))
    old, new = (shown_secret(secret_of(KEY, "whk_1", each)) for each in (1, 2))
    during = signed_headers(KEY, rotated, "msg_1", b"x", Micros(1000 * SECOND + DAY - 1))
    expected = [by_hand(each, "msg_1", during["webhook-timestamp"], b"x") for each in (new, old)]
    assert during["webhook-signature"].split(" ") == expected
    later = signed_headers(KEY, rotated, "msg_1", b"x", Micros(1000 * SECOND + DAY))
    assert later["webhook-signature"] == by_hand(new, "msg_1", later["webhook-timestamp"], b"x")
