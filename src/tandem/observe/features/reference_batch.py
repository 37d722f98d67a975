"""The reference kernel over rows sorted by key: what the compiled ``run_track`` does, plainly."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tandem.observe.features.program import ColumnKind, TrackProgram
from tandem.observe.features.reference import KeyState, TrackRunner

__all__ = ["ADD", "FORGET", "READ", "CellColumns", "SortedRows", "run_track_reference"]

FORGET, ADD, READ = 0, 1, 2
"""What a sorted row asks for: take back a corrected row, count a row and read, or only read."""


@dataclass(frozen=True, slots=True)
class SortedRows:
    """Sorted by (code, seq, op). ``where`` is the row of ``flags``, ``nulls`` and ``columns`` (and of the results)."""

    codes: NDArray[np.int64]
    seqs: NDArray[np.int64]
    ops: NDArray[np.uint8]
    times: NDArray[np.int64]
    targets: NDArray[np.int64]
    where: NDArray[np.int64]
    flags: NDArray[np.int64]
    nulls: NDArray[np.int64]
    columns: list[NDArray[np.int64]]


@dataclass(slots=True)
class CellColumns:
    """The results of one cell: words (two for a text, high first), which are known, and whether words are floats."""

    words: tuple[NDArray[np.int64], ...]
    valid: NDArray[np.uint8]
    is_float: bool = False

    @classmethod
    def empty(cls, count: int, *, width: int, is_float: bool = False) -> CellColumns:
        """Nothing known yet."""
        words = tuple(np.zeros(count, dtype=np.int64) for _ in range(width))
        return cls(words, np.zeros(count, dtype=np.uint8), is_float)

    def floats(self) -> NDArray[np.float64]:
        """The results as binary64."""
        return self.words[0].view(np.float64) if self.is_float else self.words[0].astype(np.float64)


def run_track_reference(
    track: TrackProgram,
    rows: SortedRows,
    cells: Sequence[CellColumns] = (),
    *,
    events: Sequence[bytes] = (),
    finished: Callable[[int, TrackRunner, KeyState], None] = lambda _code, _runner, _state: None,
) -> int:
    """Fill ``cells``; the first position that is out of order, or -1.

    Args:
        track: whose rows they are.
        rows: what the kernel runs over.
        cells: one per cell of the track; none where only states are wanted.
        events: the identity of each row's event, which a state keeps.
        finished: told each key that was counted, with its state after its last row.
    """
    runner = TrackRunner(track)
    state: KeyState | None = None
    before = (-1, 0, READ)
    empty: list[Any] = [None] * len(track.cells)
    columns = _decoded(track, rows)
    for position, (code, seq, op, t, target, where) in enumerate(
        zip(
            *(one.tolist() for one in (rows.codes, rows.seqs, rows.ops, rows.times, rows.targets, rows.where)),
            strict=True,
        )
    ):
        if _is_disorder(before, (code, seq, op)):
            return position
        if code != before[0]:
            if state is not None:
                finished(before[0], runner, state)
            state = None
        before = (code, seq, op)
        if op == FORGET:
            if state is not None:
                runner.remove(state, t, target)
            continue
        slots = empty.copy()
        if op == ADD:
            state = state or runner.new_state(t)
            values = tuple(column[where] for column in columns)
            runner.add(state, t, (seq, events[where] if events else b"", int(rows.flags[where]), values), slots)
        else:
            runner.read(state or runner.new_state(t), t, slots)
        _store_all(cells, where, slots)
    if state is not None:
        finished(before[0], runner, state)
    return -1


def _is_disorder(before: tuple[int, int, int], now: tuple[int, int, int]) -> bool:
    """Whether a row stands behind one that it should come before; a correction comes before the row that brings it."""
    if now[0] != before[0]:
        return now[0] < before[0]
    return now[1] < before[1] or (now[1] == before[1] and (before[2] != FORGET or now[2] == FORGET))


def _decoded(track: TrackProgram, rows: SortedRows) -> list[list[Any]]:
    """Per column, its values as the reference kernel keeps them."""
    out: list[list[Any]] = []
    words = iter(rows.columns)
    for column, kind in enumerate(track.columns):
        first = next(words)
        values: list[Any]
        if kind is ColumnKind.IDENTITY:
            low = next(words).view(np.uint64).tolist()
            values = [high << 64 | rest for high, rest in zip(first.view(np.uint64).tolist(), low, strict=True)]
        elif kind is ColumnKind.DOUBLE:
            values = first.view(np.float64).tolist()
        else:
            values = first.tolist()
        nulls = (rows.nulls >> column & 1).tolist()
        out.append([None if null else value for value, null in zip(values, nulls, strict=True)])
    return out


def _store_all(cells: Sequence[CellColumns], where: int, slots: list[Any]) -> None:
    for cell, value in zip(cells, slots, strict=False):  # none are given where only states are wanted
        if value is not None:
            _store(cell, where, value)


def _store(cell: CellColumns, where: int, value: Any) -> None:
    cell.valid[where] = 1
    if len(cell.words) == 2:
        cell.words[0].view(np.uint64)[where] = value >> 64
        cell.words[1].view(np.uint64)[where] = value & (2**64 - 1)
    elif isinstance(value, float):
        (cell.words[0][where],) = struct.unpack("<q", struct.pack("<d", value))
    else:
        cell.words[0][where] = value
