"""The files of one run, and how each is written: whole or not at all.

A folder is all there is of a run. What the two processes tell each other goes through these files and nothing else.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from tandem.learn.runs.definitions import RunError, RunKind

__all__ = ["ERROR", "PROGRESS", "REPORT", "RUN", "WORK", "error_in", "progress_in", "write_atomically"]

WORK: Final = "work.json"
"""What the child is to do; gone once the run is over."""
RUN: Final = "run.json"
PROGRESS: Final = "progress.json"
REPORT: Final = "report.json"
"""What it came to: a run is done exactly where there is one."""
ERROR: Final = "error.json"


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all."""
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)


def progress_in(folder: Path) -> tuple[int, int]:
    """How far the child says it is: done, of how many."""
    try:
        return msgspec.json.decode((folder / PROGRESS).read_bytes(), type=tuple[int, int])
    except (OSError, msgspec.DecodeError):
        return 0, 0


def error_in(folder: Path, kind: RunKind) -> RunError:
    """Why a run without a report came to nothing, as far as its child could say."""
    try:
        return msgspec.json.decode((folder / ERROR).read_bytes(), type=RunError)
    except (OSError, msgspec.DecodeError):
        return RunError(code=f"{kind.name}_ended", detail="The process that ran it ended.", hint="see the server's log")
