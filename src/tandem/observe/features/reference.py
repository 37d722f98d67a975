"""The reference kernel: pure Python, plainly correct, fast enough for a laptop.

It and the compiled twin (``_compiled.cpp``) read the same program and give the same bits, snapshots included. Where
they ever differ, this file is right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any

from tandem.observe.features import places, windows
from tandem.observe.features.cells import over_rows, over_tiles
from tandem.observe.features.lanes import EveryRow, LaneRows, LaneTotals, takes_every_row
from tandem.observe.features.program import (
    Cell,
    ColumnKind,
    Op,
    Output,
    OutputOp,
    Program,
    TrackProgram,
    TrackStatus,
    TypeOnTrack,
)

__all__ = ["Key", "KeyState", "ReferenceKernel", "TrackRunner"]

Key = tuple[int, ...]
"""One or two pseudonyms as 128-bit numbers."""

Row = tuple[int, bytes, int, tuple[Any, ...]]
"""Sequence number, event, flags, values."""

Place = tuple[int, "KeyState", int, int]
"""Where a row of an event stands: track, key, event time, sequence number."""

_UNCOUNTED = {Op.SUM, Op.MIN, Op.MAX, Op.DISTINCT, Op.CURRENT, Op.REPEATS}
"""What is read of values alone, not of how many rows there are or which of them."""

_LAZY = 64
"""Rows beyond reach are let go in batches; keeping some longer changes no answer."""


class KeyState:
    """The rows of one key on one track, and their lanes."""

    __slots__ = ("lanes", "newest", "rows", "tiles", "times")

    def __init__(self, lanes: list[Any], newest: int) -> None:
        self.newest = newest
        self.times: list[int] = []
        self.rows: list[Row] = []
        self.lanes = lanes
        self.tiles: dict[int, list[LaneTotals]] = {}

    def find(self, t: int, seq: int) -> int | None:
        """Where the row of ``seq`` at ``t`` stands."""
        position = bisect_right(self.times, t) - 1
        while position >= 0 and self.times[position] == t:
            if self.rows[position][0] == seq:
                return position
            position -= 1
        return None


def _kind(track: TrackProgram, column: int) -> ColumnKind | None:
    return None if column < 0 else track.columns[column]


def _pick(positions: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What stands at ``positions``, as a tuple however many they are."""
    if len(positions) > 1:
        return itemgetter(*positions)
    return lambda values: tuple([values[position] for position in positions])


def _is_nobodys(_rows: list[Row]) -> None:
    """Where no event is kept, none need be forgotten."""


class TrackRunner:
    """One track: the as-of reads and the updates of any of its keys.

    Args:
        track: what to keep and to read.
        forget: told which rows are let go, or folded, and can no longer be corrected.
    """

    def __init__(self, track: TrackProgram, forget: Callable[[list[Row]], None] = _is_nobodys) -> None:
        self.program = track
        self.forget = forget
        self.bounds = list(dict.fromkeys((cell.window, cell.hop or None) for cell in track.cells))
        self.kinds = [_kind(track, lane.column) for lane in track.lanes]
        counted = {cell.lane for cell in track.cells if cell.op not in _UNCOUNTED}
        cells = [
            (
                index,
                cell,
                over_tiles(cell) if track.fold >= 0 else over_rows(cell, track.lanes[cell.lane]),
                self.bounds.index((cell.window, cell.hop or None)),
            )
            for index, cell in enumerate(track.cells)
        ]
        self.all = [(index, read, bound) for index, _, read, bound in cells]
        self.after = [(index, read, bound) for index, cell, read, bound in cells if cell.include_self]
        self.before = [(index, read, bound) for index, cell, read, bound in cells if not cell.include_self]
        # a lane without a column sees that the row is there: True, which stands after the last column, at -1
        self.pick = _pick([lane.column for lane in track.lanes])
        self.filtered = [(index, lane.bit) for index, lane in enumerate(track.lanes) if lane.bit >= 0]
        self.kept = [index for index, lane in enumerate(track.lanes) if not takes_every_row(lane)]
        self.lanes: list[Callable[[], Any]] = [
            EveryRow
            if takes_every_row(lane)
            else partial(LaneRows, lane, self.kinds[index], is_counted=index in counted)
            for index, lane in enumerate(track.lanes)
        ]
        self.keeps = track.lateness + track.reach if track.fold < 0 else track.lateness
        self.settles_at = _LAZY - 1 if track.fold < 0 else 0
        """The row that, once beyond what is kept, makes it worth letting go."""

    def new_state(self, newest: int) -> KeyState:
        """A key that was never seen."""
        return KeyState([make() for make in self.lanes], newest)

    def read(self, state: KeyState, t: int, slots: list[Any]) -> TrackStatus:
        """All cells as of ``t``, into ``slots``; nothing changes."""
        if windows.is_too_late(t, state.newest, self.program.lateness):
            return TrackStatus.TOO_LATE
        high = bisect_right(state.times, t)
        spans = self._spans(state.times, t, high)
        for index, read, bound in self.all:
            low, after = spans[bound]
            slots[index] = read(state, t, low, high, after, None)
        return TrackStatus.READ

    def add(self, state: KeyState, t: int, row: Row, slots: list[Any]) -> TrackStatus:
        """Take in a row and read all cells as of it."""
        times = state.times
        count = position = len(times)
        if t >= state.newest:  # most events come in order: there is nothing to search for
            state.newest = t
        elif windows.is_too_late(t, state.newest, self.program.lateness):
            self._add_late(state, t, row)
            return TrackStatus.TOO_LATE
        else:
            position = bisect_right(times, t)
        seen = self._seen(row)
        spans = self._spans(times, t, position)
        for index, read, bound in self.before:
            low, after = spans[bound]
            slots[index] = read(state, t, low, position, after, seen)
        if position == count:
            times.append(t)
            state.rows.append(row)
            lanes = state.lanes
            for index in self.kept:
                lanes[index].append(t, seen[index])
        else:
            self._insert(state, position, t, row, seen)
        high = position + 1
        for index, read, bound in self.after:
            low, after = spans[bound]
            slots[index] = read(state, t, low, high, after, seen)
        if count >= self.settles_at and times[self.settles_at] <= state.newest - self.keeps:
            self.settle(state)
        return TrackStatus.READ

    def _add_late(self, state: KeyState, t: int, row: Row) -> None:
        """Take in a row that is too late to be answered; later events may still see it."""
        seen = self._seen(row)
        if self._is_kept(state, t):
            self._insert(state, bisect_right(state.times, t), t, row, seen)
        else:
            self._fold_row(state, t, row[0], seen)
            self.forget([row])

    def _insert(self, state: KeyState, position: int, t: int, row: Row, seen: list[Any]) -> None:
        state.times.insert(position, t)
        state.rows.insert(position, row)
        for index in self.kept:
            state.lanes[index].insert(position, t, seen[index])

    def _seen(self, row: Row) -> list[Any]:
        """What each lane sees of ``row``: None where it does not take it."""
        seen = list(self.pick((*row[3], True)))
        for index, bit in self.filtered:
            if not row[2] >> bit & 1:
                seen[index] = None
        return seen

    def _is_kept(self, state: KeyState, t: int) -> bool:
        """Whether a late row is kept on its own; otherwise it is out of every window's reach, or folded at once."""
        program = self.program
        if program.fold >= 0:
            return not windows.is_settled(t, state.newest, program.lateness)
        return t > self.horizon(state)

    def horizon(self, state: KeyState) -> int:
        """Rows at or before this instant are outside every window that can still be asked for."""
        return state.newest - self.program.lateness - self.program.reach

    def remove(self, state: KeyState, t: int, seq: int) -> None:
        """Forget a corrected row, unless it is settled."""
        position = state.find(t, seq)
        if position is None:
            return
        del state.times[position], state.rows[position]
        for rows in state.lanes:
            rows.remove(position, state.times)

    def settle(self, state: KeyState) -> None:
        """Fold or let go what no single-row question can reach any more."""
        program = self.program
        times = state.times
        if program.fold < 0:
            horizon = self.horizon(state)
            self._drop(state, bisect_right(times, horizon), horizon)
            return
        horizon = state.newest - program.lateness
        count = bisect_right(times, horizon)
        for index in range(count):
            seen = [rows.values[index] for rows in state.lanes]
            self._fold_row(state, times[index], state.rows[index][0], seen)
        self._drop(state, count, horizon)
        self._let_go_tiles(state)

    def _fold_row(self, state: KeyState, t: int, seq: int, seen: Sequence[Any]) -> None:
        program = self.program
        if program.fold < 0:
            return
        start = windows.tile_of(t, program.fold) if program.fold else 0
        if program.fold and start <= windows.oldest(state.newest - program.lateness, program.reach, program.fold):
            return
        tile = state.tiles.get(start)
        if tile is None:
            tile = state.tiles[start] = [LaneTotals(kind) for kind in self.kinds]
        for totals, lane, value in zip(tile, program.lanes, seen, strict=True):
            if value is not None:
                totals.fold(lane, t, seq, value)

    def _let_go_tiles(self, state: KeyState) -> None:
        program = self.program
        if program.fold:
            edge = windows.oldest(state.newest - program.lateness, program.reach, program.fold)
            for start in [start for start in state.tiles if start <= edge]:
                del state.tiles[start]

    def _drop(self, state: KeyState, count: int, horizon: int) -> None:
        self.forget(state.rows[:count])
        del state.times[:count], state.rows[:count]
        for rows in state.lanes:
            rows.drop_oldest(count, horizon)

    def _spans(self, times: list[int], t: int, high: int) -> list[tuple[int, int | None]]:
        """Per window, the index of its first row and the instant it lies after."""
        spans: list[tuple[int, int | None]] = []
        first = times[0] if high else t
        for window, hop in self.bounds:
            if not window:
                spans.append((0, None))
                continue
            after = windows.oldest(t, window, hop)
            spans.append((0 if first > after else bisect_right(times, after, 0, high), after))
        return spans


@dataclass(frozen=True, slots=True)
class _Meeting:
    """One event type on one track: what need not be looked up again for every event."""

    index: int
    on: TypeOnTrack
    runner: TrackRunner
    states: dict[Key, KeyState]
    key: Callable[[tuple[Any, ...]], Key | None]
    pick: Callable[[Sequence[Any]], tuple[Any, ...]]
    converted: tuple[int, ...]
    """Columns that are kept otherwise than they are handed over."""

    def stored(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The track's columns; one that the type does not have is the None after the last value, at -1."""
        stored = list(self.pick((*values, None)))
        for column in self.converted:
            stored[column] = _stored(stored[column])
        return tuple(stored)


class ReferenceKernel:
    """All tracks, and the events that can still be corrected.

    Values are handed over in the order of ``FeaturePlan.needs``: whole numbers (decimals scaled), floats, 32 hex
    digits of a pseudonym, or 16 bytes of a text's identity.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.runners = [TrackRunner(track, partial(self._forget, index)) for index, track in enumerate(program.tracks)]
        self.states: list[dict[Key, KeyState]] = [{} for _ in program.tracks]
        self.events: dict[bytes, list[Place]] = {}
        self._status = [TrackStatus.ABSENT] * len(program.tracks)
        self._meetings = [[self._meeting(index, on) for index, on in enumerate(one.tracks)] for one in program.types]
        self._cells = [output.a for output in program.outputs]
        self._combined = [(at, one) for at, one in enumerate(program.outputs) if one.op is not OutputOp.VALUE]
        cells = sum(len(track.cells) for track in program.tracks)
        self._is_cells = not self._combined and self._cells == list(range(cells))
        self._empty = [_empty_cells(track) for track in program.tracks]
        self._absent = [[None] * len(track.cells) for track in program.tracks]

    def _meeting(self, index: int, on: TypeOnTrack) -> _Meeting:
        columns = self.program.tracks[index].columns
        converted = tuple(column for column, kind in enumerate(columns) if kind is not ColumnKind.INTEGER)
        return _Meeting(
            index, on, self.runners[index], self.states[index], _key_of(on.keys), _pick(on.values), converted
        )

    def observe(
        self,
        type_index: int,
        seq: int,
        t: int,
        event_id: bytes,
        supersedes: bytes | None,
        values: tuple[Any, ...],
        filters: Sequence[Any],
    ) -> list[Any]:
        """Take in one event and read every feature as of it. ``seq`` must grow from call to call."""
        if supersedes is not None:
            self.correct(supersedes)
        slots: list[Any] = []
        places: list[Place] = []
        for one in self._meetings[type_index]:
            key = one.key(values)
            if key is None:
                self._status[one.index] = TrackStatus.ABSENT
                slots += self._absent[one.index]
            elif one.on.counts:
                slots += self._count(one, key, places, seq, t, event_id, values, filters)
            else:
                slots += self._as_of(one, key, t)
        return self._outputs(slots)

    def peek(self, type_index: int, t: int, values: tuple[Any, ...]) -> list[Any]:
        """Every feature of the keys in ``values`` as of ``t``; nothing changes."""
        slots: list[Any] = []
        for one in self._meetings[type_index]:
            key = one.key(values)
            if key is None:
                self._status[one.index] = TrackStatus.ABSENT
                slots += self._absent[one.index]
            else:
                slots += self._as_of(one, key, t)
        return self._outputs(slots)

    def _outputs(self, slots: list[Any]) -> list[Any]:
        if self._is_cells:  # the features are the cells as they stand
            return slots
        vector = [slots[cell] for cell in self._cells]
        for position, output in self._combined:
            vector[position] = _combined(output, slots)
        return vector

    def statuses(self) -> list[int]:
        """How the last event stood to each track."""
        return [int(status) for status in self._status]

    def _count(
        self,
        one: _Meeting,
        key: Key,
        places: list[Place],
        seq: int,
        t: int,
        event_id: bytes,
        values: tuple[Any, ...],
        filters: Sequence[Any],
    ) -> list[Any]:
        index, runner = one.index, one.runner
        state = one.states.get(key)
        known = state is not None
        if state is None:
            state = one.states[key] = runner.new_state(t)
        flags = one.on.mask
        for position, bit in one.on.filters:
            if filters[position] is True:
                flags |= 1 << bit
        row = (seq, event_id, flags, one.stored(values))
        if not places:
            self.events[event_id] = places
        places.append((index, state, t, seq))  # first: a row that is folded at once takes its place with it
        slots = self._absent[index].copy()
        status = runner.add(state, t, row, slots)
        self._status[index] = status if known or status is TrackStatus.TOO_LATE else TrackStatus.NEVER_SEEN
        return slots

    def _as_of(self, one: _Meeting, key: Key, t: int) -> list[Any]:
        state = one.states.get(key)
        if state is None:
            self._status[one.index] = TrackStatus.NEVER_SEEN
            return self._empty[one.index]
        slots = self._absent[one.index].copy()
        self._status[one.index] = one.runner.read(state, t, slots)
        return slots

    def clear(self) -> None:
        """Forget every key and event."""
        for states in self.states:
            states.clear()
        self.events.clear()

    def correct(self, event_id: bytes) -> None:
        """Forget an event's rows where they are not settled; an unknown event changes nothing."""
        for index, state, t, seq in self.events.pop(event_id, ()):
            self.runners[index].remove(state, t, seq)

    def _forget(self, index: int, rows: list[Row]) -> None:
        """Let go of events none of whose rows is left on any track."""
        for seq, event_id, _, _ in rows:
            places = self.events.get(event_id)
            if places and places[0][3] == seq:
                places[:] = [place for place in places if place[0] != index]
                if not places:
                    del self.events[event_id]


def _stored(value: Any) -> Any:
    if isinstance(value, str):
        return int(value, 16)
    if isinstance(value, float):
        return value + 0.0  # minus zero is zero: the two are equal and must not be told apart
    if isinstance(value, bytes):
        return int.from_bytes(value, "big")
    return value


def _key_of(positions: tuple[int, ...]) -> Callable[[tuple[Any, ...]], Key | None]:
    """How an event's key is read; None where it does not name the key in full."""

    def none(_values: tuple[Any, ...]) -> Key | None:
        return None

    def single(values: tuple[Any, ...]) -> Key | None:
        value = values[first]
        return None if value is None else (int(value, 16),)

    def pair(values: tuple[Any, ...]) -> Key | None:
        one, other = values[first], values[second]
        return None if one is None or other is None else (int(one, 16), int(other, 16))

    first, second = (*positions, -1, -1)[:2]
    return (none, single, pair)[len(positions)]


def _empty_cells(track: TrackProgram) -> list[Any]:
    """What is read of a key never seen."""
    return [_nothing(cell, track) for cell in track.cells]


def _nothing(cell: Cell, track: TrackProgram) -> Any:
    if cell.op in {Op.COUNT, Op.DISTINCT}:
        return 0
    if cell.op is Op.SUM:
        return 0.0 if _kind(track, track.lanes[cell.lane].column) is ColumnKind.DOUBLE else 0
    return None


def _combined(output: Output, slots: list[Any]) -> Any:
    if output.op is OutputOp.RATIO:
        return windows.ratio(slots[output.a], slots[output.b], output.factor)
    if output.op is OutputOp.ZSCORE:
        return windows.zscore(slots[output.a], slots[output.b], slots[output.c])
    if output.op is OutputOp.NOVELTY:
        return windows.novelty(slots[output.a], slots[output.b], output.factor)
    if output.op is OutputOp.SHORTFALL:
        return windows.shortfall(slots[output.a], slots[output.b])
    if output.op is OutputOp.WITHOUT:
        return windows.without(slots[output.a], slots[output.b], slots[output.c])
    metres = places.distance(slots[output.a], slots[output.b], slots[output.c], slots[output.d])
    return metres if output.op is OutputOp.DISTANCE else places.speed(metres, slots[output.e])
