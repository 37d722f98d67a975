"""A signature vouches for every field of a document, and only a trusted key's counts."""

from __future__ import annotations

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tandem.decide.models import encode_document, key_id, load_model, sign, verify
from tandem.kernel.errors import DefinitionError

ALICE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
BOB = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))


def test_a_signed_model_loads_from_its_json_with_the_trusted_key(taiwan):
    signed = sign(taiwan.document, ALICE)
    model = load_model(encode_document(signed), trusted_keys=[BOB.public_key(), ALICE.public_key()])
    assert model.digest == load_model(taiwan.document).digest
    assert verify(signed, [ALICE.public_key()]) == key_id(ALICE.public_key())


def test_without_trusted_keys_the_signature_is_not_asked_for(taiwan):
    assert load_model(taiwan.document).digest == load_model(sign(taiwan.document, ALICE)).digest


@pytest.mark.parametrize("signed", [False, True])
def test_a_model_no_trusted_key_signed_is_refused(taiwan, signed):
    document = sign(taiwan.document, BOB) if signed else taiwan.document
    with pytest.raises(DefinitionError) as caught:
        load_model(document, trusted_keys=[ALICE.public_key()])
    assert caught.value.code == "model_unsigned"


def test_an_empty_set_of_trusted_keys_trusts_nobody(taiwan):
    with pytest.raises(DefinitionError):
        load_model(sign(taiwan.document, ALICE), trusted_keys=[])


def test_any_change_after_signing_is_found(taiwan):
    signed = sign(taiwan.document, ALICE)
    first = taiwan.document.trees[0]
    nudged = msgspec.structs.replace(first, leaf=(first.leaf[0] + 1e-12, *first.leaf[1:]))
    changed = msgspec.structs.replace(taiwan.document, trees=(nudged, *taiwan.document.trees[1:]))
    for document, signatures in (
        (changed, signed.signatures),
        (taiwan.document, (msgspec.structs.replace(signed.signatures[0], value="00" * 64),)),
        (taiwan.document, (msgspec.structs.replace(signed.signatures[0], value="not hex"),)),
        (taiwan.document, (msgspec.structs.replace(signed.signatures[0], value=""),)),
    ):
        tampered = msgspec.structs.replace(signed, document=document, signatures=signatures)
        with pytest.raises(DefinitionError) as caught:
            load_model(tampered, trusted_keys=[ALICE.public_key()])
        assert caught.value.code == "model_signature"


def test_two_people_may_sign_and_signing_twice_changes_nothing(taiwan):
    both = sign(sign(taiwan.document, ALICE), BOB)
    assert len(both.signatures) == 2
    assert sign(both, BOB) == both
    for key in (ALICE, BOB):
        load_model(both, trusted_keys=[key.public_key()])
