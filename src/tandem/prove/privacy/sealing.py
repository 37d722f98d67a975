"""The sealed form: how personal bytes look at rest.

    byte 0        format: 1 = AES-256-GCM (another number may be SM4-GCM one day; old bytes stay readable)
    bytes 1-2     generation of the subject's key, big-endian
    bytes 3-14    nonce, 96 bits
    bytes 15-     ciphertext and 128-bit tag

Nonces are random. A counter would need durable state, and restoring an old backup would set it back and repeat
nonces, which breaks GCM; random 96-bit nonces may be used 2^32 times per key (NIST SP 800-38D, 8.3) and one person
never has that many records, because every person has a key of their own. The header, the workspace, the subject and
the caller's context are authenticated, so sealed bytes cannot be moved to another place or person.
"""

from __future__ import annotations

import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tandem.kernel.errors import IntegrityError

__all__ = ["MAX_GENERATION", "NONCE_LENGTH", "generation_of", "open_bytes", "seal_bytes"]

NONCE_LENGTH = 12
MAX_GENERATION = 65_535
_FORMAT_AES_256_GCM = 1
_HEADER = struct.Struct(">BH")
_BODY = _HEADER.size + NONCE_LENGTH


def seal_bytes(cipher: AESGCM, generation: int, nonce: bytes, plaintext: bytes, associated: bytes) -> bytes:
    """``plaintext`` sealed and bound to ``associated``."""
    header = _HEADER.pack(_FORMAT_AES_256_GCM, generation)
    return header + nonce + cipher.encrypt(nonce, plaintext, header + associated)


def generation_of(sealed: bytes) -> int:
    """The generation of the key that sealed.

    Raises:
        IntegrityError: not a sealed form this version knows.
    """
    if len(sealed) < _BODY + 16 or sealed[0] != _FORMAT_AES_256_GCM:
        raise IntegrityError("Not a known sealed form.", code="unknown_sealed_form")
    generation: int = _HEADER.unpack_from(sealed)[1]
    return generation


def open_bytes(cipher: AESGCM, sealed: bytes, associated: bytes) -> bytes:
    """The plaintext.

    Raises:
        IntegrityError: other bytes, another context or another key than at sealing.
    """
    try:
        return cipher.decrypt(sealed[_HEADER.size : _BODY], sealed[_BODY:], sealed[: _HEADER.size] + associated)
    except InvalidTag:
        raise IntegrityError(
            "Sealed data does not open: it was changed, moved, or sealed under another key.", code="sealed_data_altered"
        ) from None
