"""A keyed hash is HMAC-SHA256, whatever the length of key and message."""

import hashlib
import hmac

import pytest

from tandem.kernel.keyed_hash import KeyedHash


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 2_046, 2_047, 2_048, 4_094, 4_095, 100_000])
@pytest.mark.parametrize("key", [b"", b"k", bytes(range(64)), bytes(range(65)), bytes(200)])
def test_a_keyed_hash_is_hmac_sha256(key, length):
    message = bytes(number % 251 for number in range(length))
    assert KeyedHash(key)(message) == hmac.digest(key, message, hashlib.sha256)


def test_messages_under_one_key_leave_nothing_behind():
    keyed = KeyedHash(b"key")
    first = keyed(b"one")
    keyed(b"another" * 1_000)
    assert keyed(b"one") == first
