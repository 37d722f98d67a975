"""Rings as the fold of their changes: the same notes in the same order give the same rings, live and after a start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from tandem.act.rings.changes import CaseOpened, Dismissed, Listed, Returned, RingChange, Seen, Undone
from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros

__all__ = ["Action", "Happened", "Ring", "RingState", "Rings"]

RingState: TypeAlias = Literal["open", "listed", "dismissed", "ended"]


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """A change as it stands in the journal, and how large the ring was after it."""

    seq: int
    at: Micros
    change: RingChange
    size: int


class Action(msgspec.Struct, kw_only=True):
    """Entries put on lists at once."""

    listed: Listed
    at: Micros
    undone: Undone | None = None
    undone_at: Micros | None = None


class Ring(msgspec.Struct, kw_only=True):
    """One ring as the journal has it.

    Attributes:
        members: by pseudonym, in the order in which they joined.
        born_at, changed_at: processing time.
        dismissed_size: how large it was when it was dismissed; None where it is not.
        merged_into: the ring that took it in.
    """

    ring_id: str
    finder: str
    members: dict[Pseudonym, None]
    born_at: Micros
    changed_at: Micros
    story: list[Happened] = []
    actions: dict[str, Action] = {}
    dismissed_size: int | None = None
    ended: bool = False
    merged_into: str | None = None
    case_id: str | None = None

    @property
    def state(self) -> RingState:
        """How it stands."""
        if self.ended:
            return "ended"
        if self.dismissed_size is not None:
            return "dismissed"
        return "listed" if any(one.undone is None for one in self.actions.values()) else "open"


class Rings:
    """Every ring of a workspace; ``apply`` changes in the order of the journal, then ask."""

    def __init__(self) -> None:
        self._rings: dict[str, Ring] = {}
        self._home: dict[tuple[str, Pseudonym], str] = {}
        self.named: set[tuple[str, Pseudonym]] = set()
        """Lists and entities of every action there was: the automatic rule does not do again what was taken back."""
        self.looked_at: dict[str, int] = {}
        """By finder, the place of the journal of the last look that changed anything."""
        self.seq = 0
        """Place of the last change."""

    def __len__(self) -> int:
        return len(self._rings)

    def __iter__(self) -> Iterator[Ring]:
        return iter(self._rings.values())

    def get(self, ring_id: str) -> Ring | None:
        """The ring with that id."""
        return self._rings.get(ring_id)

    def living(self, finder: str) -> dict[str, Ring]:
        """Those of ``finder`` that have not ended, by id."""
        return {one.ring_id: one for one in self._rings.values() if one.finder == finder and not one.ended}

    def with_member(self, finder: str, member: Pseudonym) -> Ring | None:
        """The living ring of ``finder`` that ``member`` is in."""
        found = self._home.get((finder, member))
        return None if found is None else self._rings[found]

    def apply(self, change: RingChange, seq: int, at: Micros) -> Ring:
        """Move by one change, recorded at place ``seq`` at ``at``.

        Raises:
            IntegrityError: it changes a ring that was never seen.
        """
        self.seq = seq
        ring = self._rings.get(change.ring)
        if ring is None:
            if not isinstance(change, Seen):
                raise IntegrityError("A ring was changed that was never seen.", code="unknown_ring", at=f"record {seq}")
            ring = self._rings[change.ring] = Ring(
                ring_id=change.ring, finder=change.finder, members={}, born_at=at, changed_at=at
            )
        if isinstance(change, Seen):
            self._seen(ring, change)
        elif isinstance(change, Listed):
            ring.actions[change.action] = Action(listed=change, at=at)
            self.named.update((one.list, one.entity) for one in change.entries)
        elif isinstance(change, Undone):
            action = ring.actions[change.action]
            action.undone, action.undone_at = change, at
        elif isinstance(change, Dismissed):
            ring.dismissed_size = len(ring.members)
        elif isinstance(change, Returned):
            ring.dismissed_size = None
        elif isinstance(change, CaseOpened):
            ring.case_id = change.case
        ring.changed_at = at
        ring.story.append(Happened(seq=seq, at=at, change=change, size=len(ring.members)))
        return ring

    def _seen(self, ring: Ring, change: Seen) -> None:
        self.looked_at[change.finder] = max(change.looked_at, self.looked_at.get(change.finder, 0))
        for member in change.left:
            ring.members.pop(member, None)
            if self._home.get((ring.finder, member)) == ring.ring_id:
                del self._home[ring.finder, member]
        for member in change.joined:
            ring.members[member] = None
            self._home[ring.finder, member] = ring.ring_id
        ring.ended = not ring.members
        if ring.ended and change.what == "merged":
            ring.merged_into = change.others[0]
