"""The state of a kernel as bytes, the same from the reference and the compiled kernel (little-endian throughout).

Per track: number of keys (u64), then per key in ascending order

    key          16 bytes big-endian per pseudonym
    newest       i64
    tiles, rows  u32, u32
    tile         start i64, then per lane: count u64; if kept: sum, squares (two's complement), minimum, maximum,
                 first and last (t i64, seq i64, value), number of distinct values (u32) and those, ascending
    row          t i64, seq i64, event 16 bytes, flags u64, nulls u64, then a value per column

A value is 8 bytes (i64 or binary64) or 16 bytes big-endian (an identity); null is zeros. Rows beyond reach are not
written, so the bytes depend on the events alone and never on when they were let go.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

from tandem.kernel.errors import IntegrityError
from tandem.observe.features.lanes import LaneTotals
from tandem.observe.features.program import ColumnKind, Lane, TrackProgram
from tandem.observe.features.reference import Key, KeyState, ReferenceKernel, TrackRunner

__all__ = ["assemble_state", "dump_key", "dump_one", "dump_state", "keys_of", "load_key", "load_state"]

SUM_BYTES = {False: 16, True: 35 * 8}
"""Exact sums of whole numbers and of floats."""
SQUARE_BYTES = {False: 32, True: 68 * 8}


def dump_state(kernel: ReferenceKernel) -> bytes:
    """All keys of all tracks."""
    out = bytearray()
    for runner, states in zip(kernel.runners, kernel.states, strict=True):
        out += struct.pack("<Q", len(states))
        for key in sorted(states):
            out += _key_bytes(key) + dump_one(runner, states[key])
    return bytes(out)


def assemble_state(tracks: Iterable[Iterable[tuple[bytes, bytes]]]) -> bytes:
    """A whole state of its parts: per track the keys with the state of each."""
    parts: list[bytes] = []
    for track in tracks:
        keys = sorted(track)
        parts.append(struct.pack("<Q", len(keys)))
        for pair in keys:
            parts += pair
    return b"".join(parts)


def keys_of(kernel: ReferenceKernel, track: int) -> list[bytes]:
    """Every key of a track, ascending, as it stands in a state."""
    return [_key_bytes(key) for key in sorted(kernel.states[track])]


def dump_key(kernel: ReferenceKernel, track: int, key: bytes) -> bytes | None:
    """The state of one key, without the key; None where there is none."""
    state = kernel.states[track].get(_key(key))
    return None if state is None else dump_one(kernel.runners[track], state)


def load_key(kernel: ReferenceKernel, track: int, key: bytes, data: bytes) -> None:
    """Give ``key``, which the kernel does not know, the state that ``dump_key`` told.

    Raises:
        IntegrityError: the bytes do not make sense, or the key has a state already.
    """
    if _key(key) in kernel.states[track]:
        raise IntegrityError("The key has a state already.", code="snapshot_damaged")
    reader = _Reader(data)
    _load_into(kernel, track, _key(key), reader)
    _expect_end(reader)


def load_state(kernel: ReferenceKernel, data: bytes) -> None:
    """Fill an empty kernel from ``data``.

    Raises:
        IntegrityError: the bytes do not make sense.
    """
    reader = _Reader(data)
    for index, runner in enumerate(kernel.runners):
        for _ in range(reader.number("<Q", 8)):
            _load_into(kernel, index, _key(reader.take(16 * runner.program.arity)), reader)
    _expect_end(reader)


def _key(data: bytes) -> Key:
    return tuple(int.from_bytes(data[at : at + 16], "big") for at in range(0, len(data), 16))


def _key_bytes(key: Key) -> bytes:
    return b"".join(part.to_bytes(16, "big") for part in key)


def _load_into(kernel: ReferenceKernel, index: int, key: Key, reader: _Reader) -> None:
    runner = kernel.runners[index]
    state = kernel.states[index][key] = runner.new_state(0)
    _load_key(runner.program, state, reader)
    for t, row in zip(state.times, state.rows, strict=True):
        kernel.events.setdefault(row[1], []).append((index, state, t, row[0]))


def _expect_end(reader: _Reader) -> None:
    if reader.position != len(reader.data):
        raise IntegrityError(
            "Feature state has bytes left over.", code="snapshot_damaged", at=f"byte {reader.position}"
        )


def dump_one(runner: TrackRunner, state: KeyState) -> bytes:
    """The state of one key of a track."""
    program, out = runner.program, bytearray()
    horizon = runner.horizon(state) if program.fold < 0 else None
    kept = [index for index, t in enumerate(state.times) if horizon is None or t > horizon]
    out += struct.pack("<qII", state.newest, len(state.tiles), len(kept))
    for start, tile in sorted(state.tiles.items()):
        out += struct.pack("<q", start)
        for lane, totals in zip(program.lanes, tile, strict=True):
            _dump_totals(lane, _kind(program, lane), totals, out)
    for index in kept:
        seq, event_id, flags, row = state.rows[index]
        nulls = sum(1 << column for column, value in enumerate(row) if value is None)
        out += struct.pack("<qq16sQQ", state.times[index], seq, event_id, flags, nulls)
        for kind, value in zip(program.columns, row, strict=True):
            out += _pack(kind, value)
    return bytes(out)


def _load_key(program: TrackProgram, state: KeyState, reader: _Reader) -> None:
    state.newest, tiles, rows = struct.unpack("<qII", reader.take(16))
    for _ in range(tiles):
        start = reader.number("<q", 8)
        state.tiles[start] = [_load_totals(lane, _kind(program, lane), reader) for lane in program.lanes]
    for _ in range(rows):
        t, seq, event_id, flags, nulls = struct.unpack("<qq16sQQ", reader.take(48))
        values = tuple(
            None if nulls >> column & 1 and reader.take(_width(kind)) else _unpack(kind, reader)
            for column, kind in enumerate(program.columns)
        )
        state.times.append(t)
        state.rows.append((seq, event_id, flags, values))
        for lane, lane_rows in zip(program.lanes, state.lanes, strict=True):
            seen = lane.bit < 0 or bool(flags >> lane.bit & 1)
            lane_rows.append(t, (True if lane.column < 0 else values[lane.column]) if seen else None)


def _kind(program: TrackProgram, lane: Lane) -> ColumnKind | None:
    return None if lane.column < 0 else program.columns[lane.column]


def _dump_totals(lane: Lane, kind: ColumnKind | None, totals: LaneTotals, out: bytearray) -> None:
    out += struct.pack("<Q", totals.count)
    is_double = kind is ColumnKind.DOUBLE
    if lane.sums:
        out += totals.sums.to_bytes(SUM_BYTES[is_double], "little", signed=True)
    if lane.squares:
        out += totals.squares.to_bytes(SQUARE_BYTES[is_double], "little", signed=True)
    if lane.minimum:
        out += _pack(kind, totals.minimum)
    if lane.maximum:
        out += _pack(kind, totals.maximum)
    if lane.ends:
        for end in (totals.first, totals.last):
            t, seq, value = end or (0, 0, None)
            out += struct.pack("<qq", t, seq)
            if kind is not None:
                out += _pack(kind, value)
    if lane.cap:
        out += struct.pack("<I", len(totals.values))
        for value in sorted(totals.values):
            out += _pack(kind, value)


def _load_totals(lane: Lane, kind: ColumnKind | None, reader: _Reader) -> LaneTotals:
    totals = LaneTotals(kind)
    totals.count = reader.number("<Q", 8)
    is_double = kind is ColumnKind.DOUBLE
    if lane.sums:
        totals.sums = int.from_bytes(reader.take(SUM_BYTES[is_double]), "little", signed=True)
    if lane.squares:
        totals.squares = int.from_bytes(reader.take(SQUARE_BYTES[is_double]), "little", signed=True)
    if lane.minimum:
        value = _unpack(kind, reader)
        totals.minimum = value if totals.count else None
    if lane.maximum:
        value = _unpack(kind, reader)
        totals.maximum = value if totals.count else None
    if lane.ends:
        ends = []
        for _ in range(2):
            t, seq = struct.unpack("<qq", reader.take(16))
            ends.append((t, seq, True if kind is None else _unpack(kind, reader)))
        totals.first, totals.last = ends if totals.count else (None, None)
    if lane.cap:
        totals.values = {_unpack(kind, reader) for _ in range(reader.number("<I", 4))}
    return totals


def _width(kind: ColumnKind | None) -> int:
    return 16 if kind is ColumnKind.IDENTITY else 8


def _pack(kind: ColumnKind | None, value: Any) -> bytes:
    if kind is ColumnKind.IDENTITY:
        return int(value or 0).to_bytes(16, "big")
    if kind is ColumnKind.DOUBLE:
        return struct.pack("<d", value or 0.0)
    return struct.pack("<q", int(value or 0))


def _unpack(kind: ColumnKind | None, reader: _Reader) -> Any:
    if kind is ColumnKind.IDENTITY:
        return int.from_bytes(reader.take(16), "big")
    if kind is ColumnKind.DOUBLE:
        return struct.unpack("<d", reader.take(8))[0]
    return reader.number("<q", 8)


class _Reader:
    """Takes bytes from the front and never past the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self.data):
            raise IntegrityError("Feature state ends too early.", code="snapshot_damaged", at=f"byte {self.position}")
        taken = self.data[self.position : end]
        self.position = end
        return taken

    def number(self, form: str, width: int) -> int:
        return int(struct.unpack(form, self.take(width))[0])
