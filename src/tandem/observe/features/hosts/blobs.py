"""What a store keeps of one key of a unit: how often it was written, up to which number, and the state of each track.

version u64, last number u64, then per track of the unit: length u32 (all ones where the track has no state), state

The version comes first, so that a store can compare it without reading the rest.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from tandem.kernel.errors import IntegrityError

__all__ = ["VERSION_BYTES", "Blob"]

VERSION_BYTES = 8

_HEAD = struct.Struct("<QQ")
_LENGTH = struct.Struct("<I")
_NONE = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Blob:
    """The state of one key; ``number`` is that of the last event that moved it."""

    version: int
    number: int
    states: tuple[bytes | None, ...]

    @classmethod
    def empty(cls, tracks: int) -> Blob:
        """A key that nobody has written."""
        return cls(0, 0, (None,) * tracks)

    def after(self, number: int, states: Sequence[bytes | None]) -> Blob:
        """The next version."""
        return Blob(self.version + 1, number, tuple(states))

    def packed(self) -> bytes:
        """As bytes."""
        parts = [_HEAD.pack(self.version, self.number)]
        for state in self.states:
            parts += [_LENGTH.pack(_NONE)] if state is None else [_LENGTH.pack(len(state)), state]
        return b"".join(parts)

    @classmethod
    def unpacked(cls, data: bytes, tracks: int) -> Blob:
        """The inverse of ``packed``.

        Raises:
            IntegrityError: the bytes do not make sense.
        """
        try:
            version, number = _HEAD.unpack_from(data)
            states: list[bytes | None] = []
            at = _HEAD.size
            for _ in range(tracks):
                (length,) = _LENGTH.unpack_from(data, at)
                at += _LENGTH.size
                if length != _NONE:
                    states.append(data[at : at + length])
                    at += length
                else:
                    states.append(None)
        except struct.error:
            at = -1
        if at != len(data):
            raise IntegrityError(
                "A stored key's state is damaged.", code="snapshot_damaged", hint="rebuild the store from a snapshot"
            )
        return cls(version, number, tuple(states))
