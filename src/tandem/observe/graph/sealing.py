"""The state of something folded over the journal as bytes: whose it is, how far it is, and that nothing in it has changed.

Magic, 4 bytes; format, u16; digest of the plan, 32 bytes; last sequence number, u64; the state; CRC-32 of all before, u32.
Little-endian.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import partial
from typing import Final

from tandem.kernel.errors import Conflict, IntegrityError
from tandem.kernel.identity import Digest

__all__ = ["damaged", "open_state", "seal_state"]

_HEAD: Final = struct.Struct("<4sH32sQ")
_FORMAT: Final = 1
_CHECK_BYTES: Final = 4


def seal_state(magic: bytes, digest: Digest, last_seq: int, state: bytes) -> Callable[[], bytes]:
    """The sealed bytes, by calling it once: what it takes need not be done while others wait for the state."""
    return partial(_sealed, [_HEAD.pack(magic, _FORMAT, bytes.fromhex(digest), last_seq), state])


def open_state(magic: bytes, digest: Digest, data: bytes) -> tuple[int, bytes]:
    """The last sequence number and the state that were sealed for the plan of ``digest``.

    Raises:
        Conflict: they belong to another plan.
        IntegrityError: they are damaged, or something else's.
    """
    view = memoryview(data)
    check = int.from_bytes(view[-_CHECK_BYTES:], "little")
    if len(data) < _HEAD.size + _CHECK_BYTES or zlib.crc32(view[:-_CHECK_BYTES]) != check:
        raise damaged()
    *kind, of_plan, last_seq = _HEAD.unpack_from(data)
    if kind != [magic, _FORMAT]:
        raise damaged()
    if of_plan.hex() != digest:
        raise Conflict("The snapshot is of another definition.", code="snapshot_plan", hint="rebuild it by replay")
    return last_seq, bytes(view[_HEAD.size : -_CHECK_BYTES])


def damaged() -> IntegrityError:
    """What to raise where a state that was sealed cannot be one."""
    return IntegrityError("The snapshot is damaged.", code="snapshot_damaged", hint="rebuild it by replay")


def _sealed(parts: list[bytes]) -> bytes:
    check = 0
    for part in parts:
        check = zlib.crc32(part, check)
    sealed = b"".join((*parts, check.to_bytes(_CHECK_BYTES, "little")))
    parts.clear()  # it may be large, and whoever called holds on to it
    return sealed
