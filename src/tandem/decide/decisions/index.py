"""Which decisions have an outcome, policy, reason, subject or entity: an index in memory, so that a filter never walks the journal.

It is a copy of what the journal says, in blocks of columns: about 70 bytes a decision with four entities. It is read from
the journal when it is first asked for, and from then on moved by every decision as it becomes durable. A search looks at
the newest block first and stops when it has enough; each block is a few comparisons of whole columns.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from tandem.decide.decisions.records import decode_body
from tandem.decide.decisions.types import Trail
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.journal import Journal

__all__ = ["DecisionIndex", "WantedDecisions"]

_ROWS: Final = 16_384
_ENTITIES: Final = 4 * _ROWS
"""Places for entities in a block; one that has no room for a decision is full."""
_ENTITIES_MAX: Final = _ROWS
"""Of one decision that are found again; an event has a handful."""

_Mask: TypeAlias = npt.NDArray[np.bool_]
Told: TypeAlias = Callable[[int, Micros, Trail, Pseudonym | None], None]
"""Takes a decision: its place, when it was made, its trail, and whom the event was about; None where it was about nobody."""


class WantedDecisions(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions that are asked for; None: any.

    Attributes:
        subject: whom the event was about, as its type declares; others that it names are not.
        entity: anybody in it, the subject and others.
        since, until: when they were decided; the first included, the last not.
    """

    outcome: str | None = None
    policy: str | None = None
    reason: str | None = None
    subject: Pseudonym | None = None
    entity: Pseudonym | None = None
    since: Micros | None = None
    until: Micros | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return self == WantedDecisions()

    def takes(self, trail: Trail, at: Micros, subject: Pseudonym | None) -> bool:
        """Whether a decision of that trail, made at ``at`` on an event about ``subject``, is wanted."""
        return (
            self.outcome in {None, trail.outcome}
            and self.policy in {None, trail.policy}
            and (self.reason is None or self.reason in trail.reasons)
            and self.subject in {None, subject}
            and (self.entity is None or self.entity in trail.entities.values())
            and (self.since is None or at >= self.since)
            and (self.until is None or at < self.until)
        )


class DecisionIndex:
    """One thread adds at a time; any may search.

    Args:
        journal: what it is a copy of.
        watch: tells of every decision from now on, as it becomes durable; returns how to stop.
    """

    def __init__(self, journal: Journal, watch: Callable[[Told], Callable[[], None]]) -> None:
        self._journal = journal
        self._watch = watch
        self._blocks: list[_Block] = []
        self._outcomes = _Names()
        self._policies = _Names()
        self._reasons: dict[tuple[str, ...], int] = {}
        self._starting = threading.Lock()
        self._adding = threading.Lock()
        self._early: list[tuple[int, Micros, Trail, Pseudonym | None]] | None = []
        self._ready = False

    @property
    def ready(self) -> bool:
        """Whether a search finds everything at once."""
        return self._ready

    def get_ready(self) -> None:
        """Read the journal, once; who asks meanwhile waits."""
        with self._starting:
            if self._ready:
                return
            stop = self._watch(
                self._told
            )  # before reading: what becomes durable meanwhile comes twice, and is taken once
            try:
                self._read()
            except BaseException:
                stop()
                self._blocks, self._early = [], []
                raise
            self._ready = True

    def find(self, wanted: WantedDecisions, *, before: int, limit: int) -> list[int]:
        """Places of the newest wanted decisions in front of place ``before``, newest first."""
        self.get_ready()
        outcome, policy = self._outcomes.number(wanted.outcome), self._policies.number(wanted.policy)
        if outcome is _NOBODY or policy is _NOBODY:
            return []
        reasons = None
        if wanted.reason is not None:
            reasons = [number for codes, number in list(self._reasons.items()) if wanted.reason in codes]
        found: list[int] = []
        for block in reversed(list(self._blocks)):
            mask = block.matching(before, outcome, policy, reasons, wanted)
            rows = np.flatnonzero(mask)[::-1][: limit - len(found)]
            found += block.seq[rows].tolist()
            if len(found) == limit:
                break
        return found

    def newest_about(self, subjects: Collection[Pseudonym]) -> dict[Pseudonym, int]:
        """Place of the newest decision on an event about each of ``subjects``; without those that none was about."""
        return self._newest(subjects, lambda block, wanted: block.newest_about(wanted))

    def newest_naming(self, entities: Collection[Pseudonym]) -> dict[Pseudonym, int]:
        """Place of the newest decision that names each of ``entities``, whoever it was about; without those of none."""
        return self._newest(entities, lambda block, wanted: block.newest_naming(wanted))

    def _newest(
        self,
        wanted: Collection[Pseudonym],
        look: Callable[[_Block, npt.NDArray[np.uint64]], Iterator[tuple[int, int]]],
    ) -> dict[Pseudonym, int]:
        self.get_ready()
        waiting = {_short(one): one for one in wanted}
        found: dict[Pseudonym, int] = {}
        for block in reversed(list(self._blocks)):
            if not waiting:
                break
            for short, seq in look(block, np.fromiter(waiting, np.uint64, len(waiting))):
                found[waiting.pop(short)] = seq
        return found

    def _read(self) -> None:
        last = 0
        for record in self._journal.read(kinds=["decision"]):
            self._add(record.seq, record.recorded_at, decode_body(record.clear).trail, record.subject)
            last = record.seq
        with self._adding:
            for seq, at, trail, subject in self._early or ():
                if seq > last:
                    self._add(seq, at, trail, subject)
            self._early = None

    def _told(self, seq: int, at: Micros, trail: Trail, subject: Pseudonym | None) -> None:
        with self._adding:
            if self._early is not None:
                self._early.append((seq, at, trail, subject))
            else:
                self._add(seq, at, trail, subject)

    def _add(self, seq: int, at: Micros, trail: Trail, subject: Pseudonym | None) -> None:
        entities = list(dict.fromkeys(trail.entities.values()))[:_ENTITIES_MAX]
        if not self._blocks or not self._blocks[-1].has_room(len(entities)):
            self._blocks.append(_Block())
        reasons = self._reasons.setdefault(trail.reasons, len(self._reasons))
        outcome, policy = self._outcomes.kept(trail.outcome), self._policies.kept(trail.policy)
        self._blocks[-1].add(seq, at, outcome, policy, reasons, subject, entities)


_NOBODY: Final = -1


class _Names:
    """Names that come again and again, as numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def kept(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers))

    def number(self, name: str | None) -> int | None:
        """None for any; ``_NOBODY`` for a name that never came."""
        return None if name is None else self._numbers.get(name, _NOBODY)


class _Block:
    """Columns of so many decisions. ``count`` and ``entity_count`` are written last: a search sees whole rows."""

    __slots__ = (
        "at", "count", "entity", "entity_count", "entity_row", "outcome", "policy", "reasons", "seq", "subject",
    )  # fmt: skip

    def __init__(self) -> None:
        self.count = self.entity_count = 0
        self.seq = np.empty(_ROWS, np.int64)
        self.at = np.empty(_ROWS, np.int64)
        self.outcome = np.empty(_ROWS, np.uint8)
        self.policy = np.empty(_ROWS, np.uint16)
        self.reasons = np.empty(_ROWS, np.uint32)
        self.subject = np.empty(_ROWS, np.uint64)
        self.entity = np.empty(_ENTITIES, np.uint64)
        self.entity_row = np.empty(_ENTITIES, np.uint16)

    def has_room(self, entities: int) -> bool:
        return self.count < _ROWS and self.entity_count + entities <= _ENTITIES

    def add(
        self,
        seq: int,
        at: int,
        outcome: int,
        policy: int,
        reasons: int,
        subject: Pseudonym | None,
        entities: Iterable[Pseudonym],
    ) -> None:
        row, place = self.count, self.entity_count
        self.seq[row], self.at[row] = seq, at
        self.outcome[row], self.policy[row], self.reasons[row] = outcome, policy, reasons
        self.subject[row] = 0 if subject is None else _short(subject)  # whose half is 0 is told apart by the record
        for entity in entities:
            self.entity[place], self.entity_row[place] = _short(entity), row
            place += 1
        self.entity_count = place
        self.count = row + 1

    def newest_about(self, wanted: npt.NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
        """Each subject of ``wanted`` that is in the block, and the place of its newest decision."""
        at = np.flatnonzero(np.isin(self.subject[: self.count], wanted))[::-1]
        subjects, first = np.unique(self.subject[at], return_index=True)
        yield from zip(subjects.tolist(), self.seq[at[first]].tolist(), strict=True)

    def newest_naming(self, wanted: npt.NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
        """Each entity of ``wanted`` that is in the block, and the place of the newest decision that names it."""
        count, places = self.count, self.entity_count
        at = np.flatnonzero(np.isin(self.entity[:places], wanted) & (self.entity_row[:places] < count))[::-1]
        entities, first = np.unique(self.entity[:places][at], return_index=True)
        yield from zip(entities.tolist(), self.seq[self.entity_row[at[first]]].tolist(), strict=True)

    def matching(
        self,
        before: int,
        outcome: int | None,
        policy: int | None,
        reasons: list[int] | None,
        wanted: WantedDecisions,
    ) -> _Mask:
        count = self.count
        mask: _Mask = self.seq[:count] < before
        if outcome is not None:
            mask &= self.outcome[:count] == outcome
        if policy is not None:
            mask &= self.policy[:count] == policy
        if reasons is not None:
            mask &= np.isin(self.reasons[:count], reasons)
        if wanted.since is not None:
            mask &= self.at[:count] >= wanted.since
        if wanted.until is not None:
            mask &= self.at[:count] < wanted.until
        if wanted.subject is not None:
            mask &= self.subject[:count] == np.uint64(_short(wanted.subject))
        if wanted.entity is not None:
            places = self.entity_count
            rows = self.entity_row[:places][self.entity[:places] == np.uint64(_short(wanted.entity))]
            about = np.zeros(count, np.bool_)
            about[rows[rows < count]] = True
            mask &= about
        return mask


def _short(entity: Pseudonym) -> int:
    """Eight bytes of a pseudonym; that it is the right one is seen in the record."""
    return int(entity[:16], 16)
