"""What a kernel is told: numbers only, no names. The reference and the compiled kernel read the same program.

A *track* holds the rows of one kind of key for one list of event types: either *exact* rows, as long as the longest
window, or rows folded into totals (per tile, or one for the whole lifetime). A *lane* is a filtered view of a track
(one flag bit) of one column. A *cell* is one aggregate of a lane over one window. An *output* is a feature.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from enum import IntEnum
from typing import Any

__all__ = [
    "KERNEL_VERSION",
    "Cell",
    "ColumnKind",
    "Lane",
    "Op",
    "Output",
    "OutputOp",
    "Program",
    "TrackProgram",
    "TrackStatus",
    "TypeOnTrack",
    "TypeProgram",
]

KERNEL_VERSION = 1
"""Part of every plan digest: raised when any result or the snapshot format changes."""


class ColumnKind(IntEnum):
    """How a column's values travel: 64-bit integer, binary64, or 128-bit identity (text)."""

    INTEGER = 0
    DOUBLE = 1
    IDENTITY = 2


class Op(IntEnum):
    """What a cell computes."""

    COUNT = 0
    SUM = 1
    MEAN = 2
    MIN = 3
    MAX = 4
    STD = 5
    DISTINCT = 6
    FIRST = 7
    LAST = 8
    TIME_SINCE = 9
    CURRENT = 10
    ELAPSED = 11
    REPEATS = 12


class OutputOp(IntEnum):
    """How a feature is made of cells."""

    VALUE = 0
    RATIO = 1
    ZSCORE = 2
    NOVELTY = 3
    SHORTFALL = 4
    DISTANCE = 5
    SPEED = 6
    WITHOUT = 7


class TrackStatus(IntEnum):
    """How the last event stood to a track."""

    ABSENT = 0
    """The event does not name the key."""
    NEVER_SEEN = 1
    TOO_LATE = 2
    READ = 3


@dataclass(frozen=True, slots=True)
class Lane:
    """``bit`` -1 takes every row; ``column`` -1 where only rows are counted; the rest says what must be kept."""

    bit: int
    column: int
    sums: bool
    squares: bool
    minimum: bool
    maximum: bool
    ends: bool
    cap: int
    """0: no distinct values are kept; else the largest cap of the lane's distinct cells."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``window`` 0 is lifetime; ``hop`` 0 is exact; ``divisor`` is 10 to the scale of a decimal."""

    op: Op
    lane: int
    window: int
    hop: int
    include_self: bool
    cap: int
    divisor: float


@dataclass(frozen=True, slots=True)
class TrackProgram:
    """``fold``: -1 keeps exact rows, 0 folds into one lifetime total, else into tiles of that length."""

    arity: int
    lateness: int
    fold: int
    reach: int
    """The longest window in microseconds; 0 for a lifetime track."""
    columns: tuple[ColumnKind, ...]
    lanes: tuple[Lane, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TypeOnTrack:
    """Where an event type's values stand for one track; positions are into the values handed over."""

    keys: tuple[int, ...]
    """Empty where the type does not name the key."""
    counts: bool
    mask: int
    filters: tuple[tuple[int, int], ...]
    """(position in the filter results, bit)."""
    values: tuple[int, ...]
    """Per column, or -1."""


@dataclass(frozen=True, slots=True)
class TypeProgram:
    """One event type, track by track."""

    tracks: tuple[TypeOnTrack, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """``a`` to ``e`` are cells, numbered through all tracks; -1 where there is none."""

    op: OutputOp
    a: int
    b: int
    c: int
    factor: float
    d: int = -1
    e: int = -1

    @property
    def cells(self) -> tuple[int, ...]:
        """The cells that it is made of, in order."""
        return tuple(cell for cell in (self.a, self.b, self.c, self.d, self.e) if cell >= 0)


@dataclass(frozen=True, slots=True)
class Program:
    """The whole of it."""

    tracks: tuple[TrackProgram, ...]
    types: tuple[TypeProgram, ...]
    outputs: tuple[Output, ...]

    def as_tuple(self) -> tuple[Any, ...]:
        """Plain nested tuples, for the compiled kernel and for digests."""
        return astuple(self)
