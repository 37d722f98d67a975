"""The child's side of a run: what a worker module calls, and nothing else.

The child gives way to everything else on the machine, writes progress, then a report or why there is none, and ends.
It ends when its parent does: it reads from a pipe that nobody else holds open.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from tandem.kernel.errors import TandemError
from tandem.learn.runs.definitions import Progress, RunError
from tandem.learn.runs.files import ERROR, PROGRESS, REPORT, WORK, write_atomically

__all__ = ["run_child"]

_NICE = 15


def run_child(work: Callable[[bytes, Path, Progress], bytes], *, nice: int = _NICE) -> None:
    """End this process with ``work`` done in the folder that its first argument names.

    Args:
        work: from what was asked, the run's folder and somebody to tell how far it is, to the report. A ``TandemError``
            is written down as the reason why there is none; any other error goes to the log of the server.
        nice: how far it gives way; less where somebody sits and waits.
    """
    os.nice(nice)
    threading.Thread(target=_end_with_parent, name="parent-watch", daemon=True).start()
    sys.exit(_ran(work, Path(sys.argv[1])))


def _ran(work: Callable[[bytes, Path, Progress], bytes], folder: Path) -> int:
    def progress(done: int, total: int) -> None:
        write_atomically(folder / PROGRESS, msgspec.json.encode((done, total)))

    try:
        report = work((folder / WORK).read_bytes(), folder, progress)
    except TandemError as error:
        told = RunError(code=error.code, detail=error.detail, field=error.field or "", hint=error.hint or "")
        write_atomically(folder / ERROR, msgspec.json.encode(told))
        return 1
    write_atomically(folder / REPORT, report)
    return 0


def _end_with_parent() -> None:
    while os.read(0, 4096):  # not sys.stdin, whose lock an ending interpreter may want
        pass
    os._exit(2)
