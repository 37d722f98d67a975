"""What lives between two kills: the real process behind the real HTTP server, on a socket it inherits."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from crash_harness.canaries import plant
from crash_harness.plan import WORKSPACE, Run

from tandem.decide.decisions import open_process
from tandem.faces.api import Server, create_app
from tandem.kernel.settings import Settings
from tandem.observe.journal import JournalLimits

_TOUCHES = {"open", "os.mkdir", "os.rename", "os.link", "os.remove", "sqlite3.connect"}

__all__ = ["serve", "settings_of"]


def settings_of(run: Run) -> Settings:
    """The settings of a run's deployment."""
    return Settings(home=Path(run.home), journal=run.journal, snapshot_every=run.snapshot_every)


def serve(run: Run, listener: socket.socket, *, on_ready: Callable[[], object]) -> None:
    """Serve until killed."""
    plant(run.canary)
    if run.at_step:
        _end_at_step(run.at_step, run.home)
    process = open_process(settings_of(run), WORKSPACE)
    process.journal.limits = JournalLimits(head_every=run.head_every)
    server = Server(create_app(process), host="127.0.0.1", port=0, on_ready=lambda _: on_ready())
    server._socket.close()
    server._socket = listener
    server.serve_forever()


def _end_at_step(step: int, home: str) -> None:
    """Kill this very process just before it touches, for the ``step``-th time, a file below ``home`` or an open one."""
    left = step

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event not in _TOUCHES:
            return
        what = arguments[0]
        if isinstance(what, int) or os.fsdecode(what).startswith(home):  # type: ignore[arg-type]
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
