"""Access control on a clock and dice of its own, with a hasher that counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import FixedClock, parse_instant
from tandem.prove.access import AccessControl, Note, Principal, SqliteAccessStore

GOOD = "four odd words here"


class CountingHasher:
    """Hashes like nobody should, and counts, so that a test sees what a stopwatch would."""

    def __init__(self) -> None:
        self.verified = 0
        self.hashed = 0
        self.old: set[str] = set()

    def hash(self, password: str) -> str:
        self.hashed += 1
        return f"hash-{self.hashed}:{password[::-1]}"

    def verify(self, password_hash: str, password: str) -> bool:
        self.verified += 1
        return password_hash.partition(":")[2] == password[::-1]

    def outdated(self, password_hash: str) -> bool:
        return password_hash in self.old


class House:
    """A workspace's access, that can be closed and opened again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clock = FixedClock(parse_instant("2026-11-28T08:00:00Z"))
        self.entropy = SeededEntropy(7)
        self.hasher = CountingHasher()
        self.notes: list[Note] = []
        self.tell: Callable[[Sequence[Note]], None] = self.notes.extend
        self.access = self._opened()

    def _opened(self) -> AccessControl:
        return AccessControl(
            SqliteAccessStore(self.home / "access.db"),
            "lender",
            clock=self.clock,
            entropy=self.entropy,
            tell=self._told,
            hasher=self.hasher,
        )

    def _told(self, notes: Sequence[Note]) -> None:
        self.tell(notes)

    def again(self) -> AccessControl:
        """After a stop and a start."""
        self.access.close()
        self.access = self._opened()
        return self.access

    def crash(self) -> AccessControl:
        """After a death and a start: nothing was saved on the way out."""
        self.access = self._opened()
        return self.access

    def admin(self) -> Principal:
        """The first admin, signed in."""
        token = self.access.first_link()
        assert token is not None
        return self.access.welcome(token, GOOD, name="ann", display_name="Ann").principal

    def actions(self) -> list[str]:
        return [note.action for note in self.notes]
