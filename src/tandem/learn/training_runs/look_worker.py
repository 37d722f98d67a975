"""The child process of a look: ``python -m tandem.learn.training_runs.look_worker FOLDER``."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from tandem.learn.runs import Progress, run_child
from tandem.learn.training import look_at
from tandem.learn.training_runs.looks import LookWork
from tandem.learn.training_runs.sources import table_of

__all__ = ["look"]

_NICE: Final = 5
"""Somebody waits for it."""


def look(asked: bytes, folder: Path, progress: Progress) -> bytes:  # noqa: ARG001 - every worker is given its folder
    """Look at the table that was asked for."""
    work = msgspec.json.decode(asked, type=LookWork)
    table = table_of(work.place)
    progress(1, 2)
    return msgspec.json.encode(look_at(table, work.asked, work.classes))


if __name__ == "__main__":
    run_child(look, nice=_NICE)
