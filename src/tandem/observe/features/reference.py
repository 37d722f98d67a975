"""The reference kernel: pure Python, plainly correct, fast enough for a laptop.

It and the compiled twin (``_compiled.cpp``) read the same program and give the same bits, snapshots included. Where
they ever differ, this file is right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from tandem.observe.features import windows
from tandem.observe.features.cells import over_rows, over_tiles
from tandem.observe.features.lanes import EveryRow, LaneRows, LaneTotals
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

_LAZY = 64
"""Rows beyond reach are let go in batches; keeping some longer changes no answer."""


class KeyState:
    """The rows of one key on one track, and their lanes."""

    __slots__ = ("lanes", "newest", "rows", "tiles", "times")

    def __init__(self, track: TrackProgram, newest: int) -> None:
        self.newest = newest
        self.times: list[int] = []
        self.rows: list[Row] = []
        self.lanes: list[Any] = [
            EveryRow() if lane.bit < 0 and lane.column < 0 else LaneRows(lane, _kind(track, lane.column))
            for lane in track.lanes
        ]
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


class TrackRunner:
    """One track: the as-of reads and the updates of any of its keys."""

    def __init__(self, track: TrackProgram) -> None:
        self.program = track
        self.bounds = list(dict.fromkeys((cell.window, cell.hop) for cell in track.cells))
        self.kinds = [_kind(track, lane.column) for lane in track.lanes]
        cells = [
            (
                index,
                cell,
                over_tiles(cell) if track.fold >= 0 else over_rows(cell),
                self.bounds.index((cell.window, cell.hop)),
            )
            for index, cell in enumerate(track.cells)
        ]
        self.all = [(index, read, bound) for index, _, read, bound in cells]
        self.after = [(index, read, bound) for index, cell, read, bound in cells if cell.include_self]
        self.before = [(index, read, bound) for index, cell, read, bound in cells if not cell.include_self]
        self.picks = [(lane.bit, lane.column) for lane in track.lanes]
        self.keeps = track.lateness + track.reach if track.fold < 0 else track.lateness

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
        flags, values = row[2], row[3]
        late = windows.is_too_late(t, state.newest, self.program.lateness)
        state.newest = max(state.newest, t)
        times = state.times
        count = len(times)
        position = count if not count or t >= times[-1] else bisect_right(times, t)
        spans: list[tuple[int, int | None]] = []
        seen = [
            (None if bit >= 0 and not flags >> bit & 1 else True if column < 0 else values[column])
            for bit, column in self.picks
        ]
        if late:
            if not self._is_kept(state, t):
                self._fold_row(state, t, row[0], seen)
                return TrackStatus.TOO_LATE
        else:
            spans = self._spans(times, t, position)
            for index, read, bound in self.before:
                low, after = spans[bound]
                slots[index] = read(state, t, low, position, after, seen)
        if position == count:
            times.append(t)
            state.rows.append(row)
            for lane, value in zip(state.lanes, seen, strict=True):
                lane.append(t, value)
        else:
            times.insert(position, t)
            state.rows.insert(position, row)
            for lane, value in zip(state.lanes, seen, strict=True):
                lane.insert(position, t, value)
        if not late:
            for index, read, bound in self.after:
                low, after = spans[bound]
                slots[index] = read(state, t, low, position + 1, after, seen)
        if times[0] <= state.newest - self.keeps:
            self.settle(state)
        return TrackStatus.TOO_LATE if late else TrackStatus.READ

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
            if times and times[0] <= horizon:
                count = bisect_right(times, horizon)
                if count >= _LAZY or count == len(times):
                    self._drop(state, count, horizon)
            return
        horizon = state.newest - program.lateness
        count = bisect_right(times, horizon)
        if not count:
            return
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
        del state.times[:count], state.rows[:count]
        for rows in state.lanes:
            rows.drop_oldest(count, horizon)

    def _spans(self, times: list[int], t: int, high: int) -> list[tuple[int, int | None]]:
        """Per window, the index of its first row and the instant it lies after."""
        spans: list[tuple[int, int | None]] = []
        for window, hop in self.bounds:
            if window:
                after = windows.oldest(t, window, hop or None)
                spans.append((bisect_right(times, after, 0, high) if high and times[0] <= after else 0, after))
            else:
                spans.append((0, None))
        return spans


class ReferenceKernel:
    """All tracks, and the events that can still be corrected.

    Values are handed over in the order of ``FeaturePlan.needs``: whole numbers (decimals scaled), floats, 32 hex
    digits of a pseudonym, or 16 bytes of a text's identity.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.runners = [TrackRunner(track) for track in program.tracks]
        self.states: list[dict[Key, KeyState]] = [{} for _ in program.tracks]
        self.events: dict[bytes, tuple[int, int, list[tuple[int, Key]]]] = {}
        self._event_limit = 4096
        self._status = [TrackStatus.ABSENT] * len(program.tracks)
        self._columns = [
            [
                [
                    (position, kind is ColumnKind.INTEGER)
                    for position, kind in zip(on.values, track.columns, strict=True)
                ]
                for on, track in zip(one.tracks, program.tracks, strict=True)
            ]
            for one in program.types
        ]
        self._cells = [output.a for output in program.outputs]
        self._combined = [(at, one) for at, one in enumerate(program.outputs) if one.op is not OutputOp.VALUE]
        self._empty = [_empty_cells(track) for track in program.tracks]
        self._absent = [[None] * len(track.cells) for track in program.tracks]

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
        places: list[tuple[int, Key]] = []
        for index, on in enumerate(self.program.types[type_index].tracks):
            key = _key(on.keys, values)
            if key is None:
                self._status[index] = TrackStatus.ABSENT
                slots += self._absent[index]
            elif on.counts:
                slots += self._count(type_index, index, key, on, seq, t, event_id, values, filters)
                places.append((index, key))
            else:
                slots += self._as_of(index, key, t)
        if places:
            self.events[event_id] = (t, seq, places)
            if len(self.events) > self._event_limit:
                self._forget_events()
        return self._outputs(slots)

    def peek(self, type_index: int, t: int, values: tuple[Any, ...]) -> list[Any]:
        """Every feature of the keys in ``values`` as of ``t``; nothing changes."""
        slots: list[Any] = []
        for index, on in enumerate(self.program.types[type_index].tracks):
            key = _key(on.keys, values)
            if key is None:
                self._status[index] = TrackStatus.ABSENT
                slots += self._absent[index]
            else:
                slots += self._as_of(index, key, t)
        return self._outputs(slots)

    def _outputs(self, slots: list[Any]) -> list[Any]:
        vector = [slots[cell] for cell in self._cells]
        for position, output in self._combined:
            vector[position] = _combined(output, slots)
        return vector

    def statuses(self) -> list[int]:
        """How the last event stood to each track."""
        return [int(status) for status in self._status]

    def _count(
        self,
        type_index: int,
        index: int,
        key: Key,
        on: TypeOnTrack,
        seq: int,
        t: int,
        event_id: bytes,
        values: tuple[Any, ...],
        filters: Sequence[Any],
    ) -> list[Any]:
        runner = self.runners[index]
        states = self.states[index]
        state = states.get(key)
        known = state is not None
        if state is None:
            state = states[key] = KeyState(runner.program, t)
        flags = on.mask
        for position, bit in on.filters:
            if filters[position] is True:
                flags |= 1 << bit
        stored = tuple(
            [
                None if position < 0 else values[position] if plain else _stored(values[position])
                for position, plain in self._columns[type_index][index]
            ]
        )
        slots = self._absent[index].copy()
        status = runner.add(state, t, (seq, event_id, flags, stored), slots)
        self._status[index] = status if known or status is TrackStatus.TOO_LATE else TrackStatus.NEVER_SEEN
        return slots

    def _as_of(self, index: int, key: Key, t: int) -> list[Any]:
        state = self.states[index].get(key)
        if state is None:
            self._status[index] = TrackStatus.NEVER_SEEN
            return self._empty[index]
        slots = self._absent[index].copy()
        self._status[index] = self.runners[index].read(state, t, slots)
        return slots

    def correct(self, event_id: bytes) -> None:
        """Forget an event's rows where they are not settled; an unknown event changes nothing."""
        found = self.events.pop(event_id, None)
        if found is None:
            return
        t, seq, places = found
        for index, key in places:
            self.runners[index].remove(self.states[index][key], t, seq)

    def _forget_events(self) -> None:
        """Let go of events whose rows are all gone."""
        alive = {one for states in self.states for state in states.values() for row in state.rows for one in (row[1],)}
        self.events = {one: place for one, place in self.events.items() if one in alive}
        self._event_limit = max(4096, 2 * len(self.events))


def _stored(value: Any) -> Any:
    if isinstance(value, float):
        return value + 0.0  # minus zero is zero: the two are equal and must not be told apart
    if isinstance(value, str):
        return int(value, 16)
    if isinstance(value, bytes):
        return int.from_bytes(value, "big")
    return value


def _key(positions: tuple[int, ...], values: tuple[Any, ...]) -> Key | None:
    if not positions:
        return None
    if len(positions) == 1:
        value = values[positions[0]]
        return None if value is None else (int(value, 16),)
    pair = (values[positions[0]], values[positions[1]])
    return None if pair[0] is None or pair[1] is None else (int(pair[0], 16), int(pair[1], 16))


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
    return windows.zscore(slots[output.a], slots[output.b], slots[output.c])
