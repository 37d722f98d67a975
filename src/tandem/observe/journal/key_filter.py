"""A filter over the keys of events: says "surely new" without asking the database.

Nearly every event that arrives is new, and asking the database costs its look-up and, with PostgreSQL, a round trip. A
Bloom filter (Bloom 1970, two probes, one byte a slot so that numpy can fill it) answers in a fraction of a microsecond;
only when it says "perhaps" is the database asked. It holds every key there is, so it never calls a known one new.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import numpy as np

__all__ = ["KeyFilter"]

_SLOTS_LEAST = 1 << 22
_SLOTS_PER_KEY = 16
_CHUNK = 100_000


class KeyFilter:
    """Which keys may be taken.

    Args:
        keys: all that are taken.
        count: about how many; the filter is sized for a few times as many, and beyond that only answers "perhaps" more
            often: at most 2 % at twice the count.
    """

    def __init__(self, keys: Iterable[str], count: int) -> None:
        slots = _SLOTS_LEAST
        while slots < count * _SLOTS_PER_KEY:
            slots *= 2
        self._mask = slots - 1
        self._slots = bytearray(slots)
        filled = np.frombuffer(self._slots, dtype=np.uint8)
        iterator = iter(keys)
        # Python's own hash: salted anew in every process, so nobody can send keys that collide.
        while hashes := [hash(key) for key in islice(iterator, _CHUNK)]:
            values = np.array(hashes, dtype=np.int64)
            filled[values & self._mask] = 1
            filled[(values >> 32) & self._mask] = 1

    def add(self, key: str) -> None:
        """Take note of ``key``."""
        value = hash(key)
        self._slots[value & self._mask] = 1
        self._slots[(value >> 32) & self._mask] = 1

    def may_hold(self, key: str) -> bool:
        """False only where ``key`` was surely never added."""
        value = hash(key)
        return bool(self._slots[value & self._mask] and self._slots[(value >> 32) & self._mask])
