"""The reference kernel: pure Python, plainly correct, fast enough for a laptop.

It and the compiled twin (``_compiled.cpp``) read the same program and give the same bits, snapshots included. Where
they ever differ, this file is right.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from tandem.observe.features import windows
from tandem.observe.features.lanes import LaneRows, LaneTotals
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

_LAZY = 64
"""Rows beyond reach are let go in batches; keeping some longer changes no answer."""


class KeyState:
    """The rows of one key on one track, and their lanes."""

    __slots__ = ("flags", "ids", "lanes", "newest", "seqs", "tiles", "times", "values")

    def __init__(self, track: TrackProgram, newest: int) -> None:
        self.newest = newest
        self.times: list[int] = []
        self.seqs: list[int] = []
        self.ids: list[bytes] = []
        self.flags: list[int] = []
        self.values: list[tuple[Any, ...]] = []
        self.lanes = [LaneRows(lane, _kind(track, lane.column)) for lane in track.lanes]
        self.tiles: dict[int, list[LaneTotals]] = {}

    def find(self, t: int, seq: int) -> int | None:
        """Where the row of ``seq`` at ``t`` stands."""
        position = bisect_right(self.times, t) - 1
        while position >= 0 and self.times[position] == t:
            if self.seqs[position] == seq:
                return position
            position -= 1
        return None


def _kind(track: TrackProgram, column: int) -> ColumnKind | None:
    return None if column < 0 else track.columns[column]


class TrackRunner:
    """One track: the as-of reads and the updates of any of its keys."""

    def __init__(self, track: TrackProgram) -> None:
        self.program = track
        self.after = [cell for cell in enumerate(track.cells) if cell[1].include_self]
        self.before = [cell for cell in enumerate(track.cells) if not cell[1].include_self]
        self.all = list(enumerate(track.cells))
        self.kinds = [_kind(track, lane.column) for lane in track.lanes]

    def read(self, state: KeyState, t: int, slots: list[Any]) -> TrackStatus:
        """All cells as of ``t``, into ``slots``; nothing changes."""
        if windows.is_too_late(t, state.newest, self.program.lateness):
            return TrackStatus.TOO_LATE
        self._cells(self.all, state, t, bisect_right(state.times, t), slots, None)
        return TrackStatus.READ

    def add(
        self, state: KeyState, t: int, seq: int, event_id: bytes, flags: int, values: tuple[Any, ...], slots: list[Any]
    ) -> TrackStatus:
        """Take in a row and read all cells as of it."""
        program = self.program
        late = windows.is_too_late(t, state.newest, program.lateness)
        state.newest = max(state.newest, t)
        times = state.times
        position = len(times) if not times or t >= times[-1] else bisect_right(times, t)
        seen = [
            (None if lane.bit >= 0 and not flags >> lane.bit & 1 else True if lane.column < 0 else values[lane.column])
            for lane in program.lanes
        ]
        if not late and self.before:
            self._cells(self.before, state, t, position, slots, seen)
        if late and not self._is_kept(state, t):
            self._fold_row(state, t, seq, seen)
            return TrackStatus.TOO_LATE
        times.insert(position, t)
        state.seqs.insert(position, seq)
        state.ids.insert(position, event_id)
        state.flags.insert(position, flags)
        state.values.insert(position, values)
        for rows, value in zip(state.lanes, seen, strict=True):
            rows.insert(position, t, value)
        if not late:
            self._cells(self.after, state, t, position + 1, slots, seen)
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
        for column in (state.times, state.seqs, state.ids, state.flags, state.values):
            del column[position]  # type: ignore[attr-defined]
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
            self._fold_row(state, times[index], state.seqs[index], seen)
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
        for column in (state.times, state.seqs, state.ids, state.flags, state.values):
            del column[:count]  # type: ignore[attr-defined]
        for rows in state.lanes:
            rows.drop_oldest(count, horizon)

    def _cells(
        self,
        cells: list[tuple[int, Cell]],
        state: KeyState,
        t: int,
        high: int,
        slots: list[Any],
        seen: list[Any] | None,
    ) -> None:
        lows: dict[tuple[int, int], tuple[int, int | None]] = {}
        for index, cell in cells:
            low = lows.get((cell.window, cell.hop))
            if low is None:
                after = windows.oldest(t, cell.window, cell.hop or None) if cell.window else None
                low = (0 if after is None else min(bisect_right(state.times, after), high), after)
                lows[cell.window, cell.hop] = low
            if self.program.fold < 0:
                slots[index] = self._over_rows(cell, state, t, low[0], high, low[1], seen)
            else:
                tiles = [tile for start, tile in sorted(state.tiles.items()) if low[1] is None or start > low[1]]
                slots[index] = self._over_tiles(cell, [tile[cell.lane] for tile in tiles], state, t, low[0], high, seen)

    def _over_rows(
        self, cell: Cell, state: KeyState, t: int, low: int, high: int, after: int | None, seen: list[Any] | None
    ) -> Any:
        rows = state.lanes[cell.lane]
        op = cell.op
        if op is Op.COUNT:
            return rows.counts[high] - rows.counts[low]
        if op is Op.DISTINCT:
            return min(cell.cap, rows.distinct(low, high, after))
        if op is Op.TIME_SINCE:
            last = rows.last(low, high)
            return None if last is None else windows.whole_seconds(t - state.times[last])
        if op is Op.FIRST or op is Op.LAST:
            at = rows.first(low, high) if op is Op.FIRST else rows.last(low, high)
            return None if at is None else rows.values[at]
        if op is Op.MIN or op is Op.MAX:
            values = rows.seen(low, high)
            return (min(values) if op is Op.MIN else max(values)) if values else None
        if op is Op.CURRENT:
            return None if seen is None else seen[cell.lane]
        total = rows.sums[high] - rows.sums[low] if rows.sums is not None else 0
        squares = rows.squares[high] - rows.squares[low] if rows.squares is not None else 0
        return _from_moments(cell, rows.counts[high] - rows.counts[low], total, squares, is_double=rows.is_double)

    def _over_tiles(
        self, cell: Cell, tiles: list[LaneTotals], state: KeyState, t: int, low: int, high: int, seen: list[Any] | None
    ) -> Any:
        rows = state.lanes[cell.lane]
        op = cell.op
        count = rows.counts[high] - rows.counts[low] + sum(tile.count for tile in tiles)
        if op is Op.COUNT:
            return count
        if op is Op.DISTINCT:
            return min(cell.cap, len(set(rows.seen(low, high)).union(*(tile.values for tile in tiles))))
        if op is Op.TIME_SINCE:
            last = rows.last(low, high)
            ends = [tile.last[0] for tile in tiles if tile.last is not None]
            latest = state.times[last] if last is not None else max(ends, default=None)
            return None if latest is None else windows.whole_seconds(t - latest)
        if op is Op.FIRST or op is Op.LAST:
            return _end_over_tiles(op, tiles, rows, low, high)
        if op is Op.MIN or op is Op.MAX:
            values = rows.seen(low, high)
            values += [tile.minimum if op is Op.MIN else tile.maximum for tile in tiles if tile.count]
            return (min(values) if op is Op.MIN else max(values)) if values else None
        if op is Op.CURRENT:
            return None if seen is None else seen[cell.lane]
        total = (rows.sums[high] - rows.sums[low] if rows.sums is not None else 0) + sum(one.sums for one in tiles)
        squares = rows.squares[high] - rows.squares[low] if rows.squares is not None else 0
        squares += sum(one.squares for one in tiles)
        return _from_moments(cell, count, total, squares, is_double=rows.is_double)


def _end_over_tiles(op: Op, tiles: list[LaneTotals], rows: LaneRows, low: int, high: int) -> Any:
    """First or last; every folded row is older than every row that is not."""
    if op is Op.FIRST:
        first = next((tile.first for tile in tiles if tile.first is not None), None)
        if first is not None:
            return first[2]
        at = rows.first(low, high)
        return None if at is None else rows.values[at]
    at = rows.last(low, high)
    if at is not None:
        return rows.values[at]
    last = next((tile.last for tile in reversed(tiles) if tile.last is not None), None)
    return None if last is None else last[2]


def _from_moments(cell: Cell, count: int, total: int, squares: int, *, is_double: bool) -> Any:
    if cell.op is Op.SUM:
        return windows.sum_double(total) if is_double else windows.fits(total)
    if cell.op is Op.MEAN:
        return windows.mean(total, count, is_double=is_double, divisor=cell.divisor)
    return windows.std(total, squares, count, is_double=is_double, divisor=cell.divisor)


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
        self._status = [TrackStatus.ABSENT] * len(program.tracks)
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
                slots += self._count(index, key, on, seq, t, event_id, values, filters)
                places.append((index, key))
            else:
                slots += self._as_of(index, key, t)
        if places:
            self.events[event_id] = (t, seq, places)
            if len(self.events) > 4096 and len(self.events) & (len(self.events) - 1) == 0:
                self._forget_events()
        return [_output(output, slots) for output in self.program.outputs]

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
        return [_output(output, slots) for output in self.program.outputs]

    def statuses(self) -> list[int]:
        """How the last event stood to each track."""
        return [int(status) for status in self._status]

    def _count(
        self,
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
        row = tuple(None if position < 0 else _stored(values[position]) for position in on.values)
        slots = self._absent[index].copy()
        status = runner.add(state, t, seq, event_id, flags, row, slots)
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
        alive = {one for states in self.states for state in states.values() for one in state.ids}
        self.events = {one: place for one, place in self.events.items() if one in alive}


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


def _output(output: Output, slots: list[Any]) -> Any:
    if output.op is OutputOp.VALUE:
        return slots[output.a]
    if output.op is OutputOp.RATIO:
        return windows.ratio(slots[output.a], slots[output.b], output.factor)
    return windows.zscore(slots[output.a], slots[output.b], slots[output.c])
