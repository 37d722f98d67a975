"""How far a process beside the server has read the journal, in a small file that both know.

The process writes it as it reads, the server tells it to whoever asks. A change of a list or a release has reached the
process when a mark stands at or behind its place. Marks are kept for the last changes, so that each is told with the time
at which it was read and not with that of the latest look.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from tandem.kernel.identity import Sequence
from tandem.kernel.time import Micros

__all__ = ["ReadMark", "ReadMarks", "marks_of_lake"]

_KEPT: Final = 1_024
"""Marks of changes; the server remembers as many changes, and each mark stands for one or more."""


class ReadMark(msgspec.Struct, frozen=True, array_like=True):
    """Everything up to ``seq`` had been read at ``at``."""

    seq: Sequence
    at: Micros


class _File(msgspec.Struct):
    """The latest mark, and those at which there was a change to read."""

    latest: ReadMark = ReadMark(Sequence(0), Micros(0))
    changes: list[ReadMark] = []


class ReadMarks:
    """The marks of one process; one writes, any may read. A file that is not there or not whole says nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written = self._read()

    def write(self, seq: Sequence, at: Micros, *, changed: bool) -> None:
        """Everything up to ``seq`` has been read; ``changed``: there was more among it than events and decisions."""
        mark = ReadMark(seq, at)
        if changed:
            # Marks that lie ahead are of a journal that was lost; a restored one may be shorter.
            behind = [each for each in self._written.changes if each.seq < seq]
            self._written.changes = [*behind, mark][-_KEPT:]
        self._written.latest = mark
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}.part")  # one may end while the next begins
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(msgspec.json.encode(self._written))
        draft.replace(self._path)

    @property
    def latest(self) -> ReadMark | None:
        """How far, and since when; None where nothing was read."""
        latest = self._read().latest
        return latest if latest.seq else None

    def reached(self, places: Iterable[int]) -> dict[int, Micros]:
        """By place of a change: when it was read; those that were not are left out."""
        told = self._read()
        marks = [*told.changes, told.latest]
        found = {place: next((mark.at for mark in marks if mark.seq >= place), None) for place in places}
        return {place: at for place, at in found.items() if at is not None}

    def _read(self) -> _File:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=_File)
        except (OSError, msgspec.DecodeError):
            return _File()


def marks_of_lake(root: Path) -> ReadMarks:
    """Those of the process that keeps the lake in the folder ``root``."""
    return ReadMarks(root.with_name(f"{root.name}.read.json"))
