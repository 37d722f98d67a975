"""Identifiers, and the one door randomness comes through.

Every identifier has a type of its own, so that a person's pseudonym is never passed where an event id is meant. New
identifiers and keys come from an ``Entropy``; tests and simulations pass one with a seed.
"""

from __future__ import annotations

import os
import random
import threading
from typing import NewType, Protocol

from tandem.kernel.time import Clock

__all__ = [
    "DecisionId",
    "Digest",
    "EntityKind",
    "Entropy",
    "EventId",
    "EventTypeName",
    "Pseudonym",
    "ReasonCode",
    "SeededEntropy",
    "Sequence",
    "SystemEntropy",
    "new_id",
]

EventId = NewType("EventId", str)
"""The caller's own id of an event; the idempotency key. At most 255 characters."""
EventTypeName = NewType("EventTypeName", str)
EntityKind = NewType("EntityKind", str)
"""``person``, ``device``, ``card`` ...: lower_snake."""
Pseudonym = NewType("Pseudonym", str)
"""Keyed hash of an entity's real identifier: 32 hex digits. The only form in which entities are known outside events."""
DecisionId = NewType("DecisionId", str)
ReasonCode = NewType("ReasonCode", str)
Digest = NewType("Digest", str)
"""SHA-256 of a canonical encoding: 64 hex digits."""
Sequence = NewType("Sequence", int)
"""Position in the journal, from 1, without gaps: the order in which we learned things."""


_STRAIGHT = 32
_POOL = 4096


class Entropy(Protocol):
    """Where random bytes come from."""

    def bytes(self, count: int) -> bytes:
        """``count`` random bytes."""
        ...


class SystemEntropy:
    """The operating system's generator; the only one fit for keys.

    Small requests (nonces, ids) are cut from a pool of 4 KiB, because a system call for each costs more than the rest of
    an id; keys and anything else of 32 bytes or more come straight from the system. No byte is given out twice: the pool
    is locked, and a forked child begins with none.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool = b""
        self._used = 0
        os.register_at_fork(after_in_child=self._forget)

    def bytes(self, count: int) -> bytes:
        if count >= _STRAIGHT:
            return os.urandom(count)
        with self._lock:
            start = self._used
            if start + count > len(self._pool):
                self._pool, start = os.urandom(_POOL), 0
            self._used = start + count
            return self._pool[start : start + count]

    def _forget(self) -> None:
        self._lock = threading.Lock()  # whoever held it in the parent does not live here
        self._pool, self._used = b"", 0


class SeededEntropy:
    """Repeatable bytes for tests and simulation; never for keys that protect anything."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)


def new_id(prefix: str, clock: Clock, entropy: Entropy) -> str:
    """A fresh id such as ``dec_019ab3f0...``: sorts by creation time (48-bit milliseconds, then 80 random bits, hex)."""
    number = ((clock.now() // 1000) << 80) | int.from_bytes(entropy.bytes(10), "big")
    return f"{prefix}_{number:032x}"
