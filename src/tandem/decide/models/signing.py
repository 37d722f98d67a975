"""Who vouches for a model: Ed25519 over the digest of its document (RFC 8032).

The signature covers the digest, the digest covers every field, so nothing in the document can change under a signature
and a reviewer may compare 64 hex digits by eye.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tandem.decide.models.documents import (
    Additive,
    Blend,
    GruDocument,
    Linear,
    ModelDocument,
    SageDocument,
    Scorecard,
    TabularNetwork,
    Trees,
)
from tandem.kernel.canonical import digest_of, digest_of_bytes
from tandem.kernel.errors import DefinitionError
from tandem.kernel.identity import Digest

__all__ = ["Signature", "SignedModel", "digest_of_checked", "document_digest", "key_id", "sign", "verify"]

_CONTEXT = b"tandem model v1\n"
_ENCODER = msgspec.json.Encoder(order="deterministic")


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One signature: ``key`` names the signer's public key (``key_id``), ``value`` is 64 bytes in hex."""

    key: str
    value: str


class SignedModel(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="signed"
):
    """A document and the signatures over its digest."""

    document: Scorecard | Additive | Linear | Trees | TabularNetwork | Blend | SageDocument | GruDocument
    signatures: tuple[Signature, ...]


def document_digest(document: ModelDocument) -> Digest:
    """SHA-256 of the document's canonical JSON, all keys sorted: any JSON tool can recompute it."""
    return digest_of(msgspec.to_builtins(document))


def digest_of_checked(document: ModelDocument) -> Digest:
    """``document_digest`` of a document known to hold finite numbers only, in half the time."""
    # canonical_bytes would look at every number for NaN a second time
    return digest_of_bytes(_ENCODER.encode(msgspec.to_builtins(document)))


def key_id(key: Ed25519PublicKey) -> str:
    """The first 16 hex digits of the SHA-256 of the raw public key."""
    return digest_of_bytes(key.public_bytes_raw())[:16]


def sign(model: ModelDocument | SignedModel, key: Ed25519PrivateKey) -> SignedModel:
    """``model`` with a signature of ``key`` added; signing again with the same key changes nothing."""
    document, signatures = (model.document, model.signatures) if isinstance(model, SignedModel) else (model, ())
    signer = key_id(key.public_key())
    made = Signature(key=signer, value=key.sign(_message(document)).hex())
    others = tuple(one for one in signatures if one.key != signer)
    return SignedModel(document=document, signatures=(*others, made))


def verify(model: SignedModel, trusted_keys: Iterable[Ed25519PublicKey]) -> str:
    """The id of the first trusted key that signed ``model``.

    Raises:
        DefinitionError: none did (``model_unsigned``), or a trusted key's signature is wrong (``model_signature``).
    """
    message = _message(model.document)
    trusted = {key_id(key): key for key in trusted_keys}
    for one in model.signatures:
        key = trusted.get(one.key)
        if key is None:
            continue
        try:
            key.verify(bytes.fromhex(one.value), message)
        except (InvalidSignature, ValueError):
            raise DefinitionError(
                "The signature does not fit the model: it was changed after signing.",
                code="model_signature",
                field="signatures",
                value=one.key,
            ) from None
        return one.key
    raise DefinitionError(
        "No trusted key has signed this model.",
        code="model_unsigned",
        field="signatures",
        hint="sign it with a key of the trusted set: " + (", ".join(sorted(trusted)) or "which is empty"),
    )


def _message(document: ModelDocument) -> bytes:
    return _CONTEXT + document_digest(document).encode("ascii")
