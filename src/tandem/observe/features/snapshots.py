"""The envelope of a snapshot: what plan it belongs to, where in the journal it stands, and a check sum.

magic "TFEA", format u16, plan digest 32 bytes, last sequence number u64,
number of texts u32, then per text identity 16 bytes, length u32, UTF-8; state length u64, state;
CRC-32 of all before, u32
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from tandem.kernel.errors import Conflict, IntegrityError
from tandem.kernel.identity import Digest

__all__ = ["pack_snapshot", "unpack_snapshot"]

_MAGIC = b"TFEA"
_FORMAT = 1
_HEAD = struct.Struct("<4sH32sQI")


def pack_snapshot(digest: Digest, last_seq: int, texts: Mapping[bytes, str], state: bytes) -> bytes:
    """One byte string with everything a host needs to go on after ``last_seq``."""
    parts = [_HEAD.pack(_MAGIC, _FORMAT, bytes.fromhex(digest), last_seq, len(texts))]
    for identity, text in sorted(texts.items()):
        encoded = text.encode("utf-8", "surrogatepass")
        parts += [identity, struct.pack("<I", len(encoded)), encoded]
    parts += [struct.pack("<Q", len(state)), state]
    crc = 0
    for part in parts:
        crc = zlib.crc32(part, crc)
    return b"".join([*parts, struct.pack("<I", crc)])


def unpack_snapshot(digest: Digest, data: bytes) -> tuple[int, dict[bytes, str], bytes]:
    """(last sequence number, texts, state).

    Raises:
        IntegrityError: not a snapshot, another format, or damaged.
        Conflict: of another plan.
    """
    view = memoryview(data)
    if len(data) < _HEAD.size + 12 or view[:4] != _MAGIC:
        raise IntegrityError("Not a feature snapshot.", code="snapshot_damaged", hint="rebuild the state by replay")
    _, version, written_for, last_seq, count = _HEAD.unpack_from(data)
    if version != _FORMAT:
        raise Conflict(
            "A feature snapshot of another format.",
            code="snapshot_format",
            value=version,
            hint="rebuild the state by replay",
        )
    if struct.unpack_from("<I", data, len(data) - 4)[0] != zlib.crc32(view[:-4]):
        raise IntegrityError(
            "The feature snapshot is damaged.", code="snapshot_damaged", hint="rebuild the state by replay"
        )
    if written_for.hex() != digest:
        raise Conflict(
            "The snapshot belongs to another feature plan.",
            code="plan_changed",
            field="digest",
            value=written_for.hex(),
            hint=f"this plan is {digest}; rebuild the state by replay",
        )
    texts: dict[bytes, str] = {}
    position = _HEAD.size
    for _ in range(count):
        identity = data[position : position + 16]
        (length,) = struct.unpack_from("<I", data, position + 16)
        position += 20
        texts[identity] = data[position : position + length].decode("utf-8", "surrogatepass")
        position += length
    (length,) = struct.unpack_from("<Q", data, position)
    return last_seq, texts, data[position + 8 : position + 8 + length]
