"""Which events named an entity: an index in memory over the lake, sorted by pseudonym.

A pseudonym is 128 bits; both halves are kept as numbers, and rows are found by the first and checked by the second. New
events arrive as a small sorted chunk beside the large one; when there are several, they are merged.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from tandem.kernel.identity import EntityKind, EventId, EventTypeName, Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.events import EventType
from tandem.observe.lake import Lake

__all__ = ["EntityIndex", "Link", "Sightings"]

_CHUNKS_MAX: Final = 6
_ROWS_MAX: Final = 100_000_000
_Whole: TypeAlias = NDArray[np.int64]
_Half: TypeAlias = NDArray[np.uint64]
_ID: Final = np.dtype([("high", np.uint64), ("low", np.uint64)])


class Sightings(msgspec.Struct, frozen=True, kw_only=True):
    """The events that named an entity, in the order of the journal.

    Attributes:
        seqs: their places.
        at: when they happened, in microseconds.
        types: index into ``names``; ``names``: of event types.
    """

    seqs: _Whole
    at: _Whole
    types: _Whole
    names: tuple[EventTypeName, ...]

    def __len__(self) -> int:
        return len(self.seqs)


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Another entity that stood in the same events.

    Attributes:
        count: events with both.
        first_at, last_at: when they happened.
        via: types of those events.
    """

    kind: EntityKind
    member: Pseudonym
    count: int
    first_at: Micros
    last_at: Micros
    via: tuple[EventTypeName, ...]


class _Chunk:
    """Events of one type, and for every entity field the order of its pseudonyms."""

    def __init__(self, seqs: _Whole, at: _Whole, high: Mapping[str, _Half], low: Mapping[str, _Half]) -> None:
        self.seqs = seqs
        self.at = at
        self.high = dict(high)
        self.low = dict(low)
        self.order = {name: np.argsort(values, kind="stable").astype(np.uint32) for name, values in self.high.items()}
        self.sorted = {name: values[self.order[name]] for name, values in self.high.items()}

    def rows_of(self, field: str, high: int, low: int) -> _Whole:
        """Rows whose ``field`` is that pseudonym."""
        if field not in self.sorted:
            return np.empty(0, dtype=np.int64)
        wanted = np.uint64(high)
        first, last = np.searchsorted(self.sorted[field], wanted), np.searchsorted(self.sorted[field], wanted, "right")
        rows = self.order[field][first:last].astype(np.int64)
        found: _Whole = rows[self.low[field][rows] == np.uint64(low)]
        return found

    @classmethod
    def merged(cls, chunks: list[_Chunk]) -> _Chunk:
        """One chunk of several; a field that a chunk lacks names nobody there."""
        fields = sorted({name for one in chunks for name in one.high})

        def joined(halves: str, name: str) -> _Half:
            return np.concatenate(
                [getattr(one, halves).get(name, np.zeros(len(one.seqs), np.uint64)) for one in chunks]
            )

        return cls(
            np.concatenate([one.seqs for one in chunks]),
            np.concatenate([one.at for one in chunks]),
            {name: joined("high", name) for name in fields},
            {name: joined("low", name) for name in fields},
        )


class EntityIndex:
    """Where entities were seen. Safe to ask from several threads.

    Args:
        lake: what it is filled from.
    """

    def __init__(self, lake: Lake) -> None:
        self._lake = lake
        self._lock = threading.Lock()
        self._chunks: dict[EventTypeName, list[_Chunk]] = {}
        self._kinds: dict[EventTypeName, dict[str, EntityKind]] = {}
        self._last: dict[EventTypeName, int] = {}
        self._corrections: dict[str, int] = {}
        self.known_to = 0
        """Place of the journal up to which the index is complete."""

    def catch_up(self, event_types: Mapping[str, EventType]) -> None:
        """Take in what the lake has taken in since; an entity field that a type gained is read from the first event."""
        with self._lock:
            reached = self._lake.projected_seq
            fields = {each.name: _entity_fields(each) for each in event_types.values()}
            if reached == self.known_to and fields == self._kinds:
                return
            tables = set(self._lake.tables())
            for name, kinds in fields.items():
                if kinds != self._kinds.get(name):
                    self._chunks.pop(name, None)
                    self._last.pop(name, None)
                    self._kinds[name] = kinds
                if kinds and name in tables:
                    self._take(name, kinds)
            self.known_to = reached

    def sightings(self, kind: EntityKind, member: Pseudonym) -> Sightings:
        """Every event that names the entity."""
        names = tuple(self._chunks)
        seqs, at, types = [], [], []
        for _, number, chunk, rows in self._rows(kind, member):
            seqs.append(chunk.seqs[rows])
            at.append(chunk.at[rows])
            types.append(np.full(len(rows), number, dtype=np.int64))
        if not seqs:
            none = np.empty(0, dtype=np.int64)
            return Sightings(seqs=none, at=none, types=none, names=names)
        whole = np.concatenate(seqs)
        order = np.argsort(whole)
        return Sightings(
            seqs=whole[order], at=np.concatenate(at)[order], types=np.concatenate(types)[order], names=names
        )

    def links(self, kind: EntityKind, member: Pseudonym) -> list[Link]:
        """Other entities in the same events, those seen most often first."""
        met: dict[EntityKind, list[tuple[NDArray[np.void], _Whole, EventTypeName]]] = {}
        for name, _, chunk, rows in self._rows(kind, member):
            for field, other in self._kinds[name].items():
                if field not in chunk.high:
                    continue
                ids = np.empty(len(rows), dtype=_ID)
                ids["high"], ids["low"] = chunk.high[field][rows], chunk.low[field][rows]
                there = (ids["high"] != 0) | (ids["low"] != 0)
                met.setdefault(other, []).append((ids[there], chunk.at[rows][there], name))
        found = [link for other, parts in met.items() for link in _links(other, parts)]
        found = [one for one in found if (one.kind, one.member) != (kind, member)]
        return sorted(found, key=lambda one: (-one.count, -one.last_at, one.kind, one.member))

    def corrected_by(self, event_id: EventId) -> int | None:
        """Place of the first event that corrects this one; None if nothing does."""
        return self._corrections.get(event_id)

    @property
    def events(self) -> int:
        """How many events it knows."""
        return sum(len(one.seqs) for chunks in self._chunks.values() for one in chunks)

    # -- inside

    def _take(self, name: EventTypeName, kinds: Mapping[str, EntityKind]) -> None:
        schema = self._lake.schema(name)
        there = [field for field in kinds if schema is not None and field in schema.names]
        # Names are lower_snake, checked where the event type was read; only they are put into the statement.
        halves = ", ".join(
            f'coalesce((\'0x\' || {side}("{field}", 16))::UBIGINT, 0) AS "{field}_{side}"'
            for field in there
            for side in ("left", "right")
        )
        rows = self._lake.sql(
            f'SELECT seq, epoch_us(occurred_at) AS at{", " if halves else ""}{halves}, supersedes FROM "{name}" '  # noqa: S608
            "WHERE seq > $after ORDER BY seq",
            {"after": self._last.get(name, 0)},
            rows_max=_ROWS_MAX,
        )
        if not rows.num_rows:
            return
        columns = {field: rows.column(field).to_numpy() for field in rows.column_names if field != "supersedes"}
        chunk = _Chunk(
            columns["seq"],
            columns["at"],
            {field: columns[f"{field}_left"] for field in there},
            {field: columns[f"{field}_right"] for field in there},
        )
        taken = rows.column("supersedes")
        if taken.null_count < rows.num_rows:
            for seq, event_id in zip(columns["seq"].tolist(), taken.to_pylist(), strict=True):
                if event_id is not None:
                    self._corrections.setdefault(event_id, seq)
        chunks = [*self._chunks.get(name, []), chunk]
        # One assignment: who asks meanwhile sees all of the old chunks or all of the new ones.
        self._chunks[name] = [_Chunk.merged(chunks)] if len(chunks) > _CHUNKS_MAX else chunks
        self._last[name] = int(columns["seq"][-1])

    def _rows(self, kind: EntityKind, member: Pseudonym) -> Iterator[tuple[EventTypeName, int, _Chunk, _Whole]]:
        """Type, its number, chunk, and the chunk's rows that name the entity, each once."""
        high, low = int(member[:16], 16), int(member[16:], 16)
        for number, (name, chunks) in enumerate(list(self._chunks.items())):
            fields = [field for field, its in self._kinds[name].items() if its == kind]
            for chunk in chunks:
                parts = [chunk.rows_of(field, high, low) for field in fields]
                parts = [one for one in parts if len(one)]
                if parts:
                    yield name, number, chunk, parts[0] if len(parts) == 1 else np.unique(np.concatenate(parts))


def _entity_fields(event_type: EventType) -> dict[str, EntityKind]:
    return {field.name: field.entity for field in event_type.fields if field.entity is not None}


def _links(kind: EntityKind, parts: Iterable[tuple[NDArray[np.void], _Whole, EventTypeName]]) -> Iterator[Link]:
    taken = list(parts)
    ids, at = np.concatenate([one[0] for one in taken]), np.concatenate([one[1] for one in taken])
    if not len(ids):
        return
    names = sorted({one[2] for one in taken})
    types = np.concatenate([np.full(len(one[0]), names.index(one[2]), dtype=np.int64) for one in taken])
    unique, where = np.unique(ids, return_inverse=True)
    counts = np.bincount(where, minlength=len(unique))
    first = np.full(len(unique), np.iinfo(np.int64).max)
    last = np.full(len(unique), np.iinfo(np.int64).min)
    np.minimum.at(first, where, at)
    np.maximum.at(last, where, at)
    seen = np.zeros((len(unique), len(names)), dtype=np.bool_)
    seen[where, types] = True
    for number, one in enumerate(unique):
        yield Link(
            kind=kind,
            member=Pseudonym(f"{int(one['high']):016x}{int(one['low']):016x}"),
            count=int(counts[number]),
            first_at=Micros(int(first[number])),
            last_at=Micros(int(last[number])),
            via=tuple(name for index, name in enumerate(names) if seen[number, index]),
        )
