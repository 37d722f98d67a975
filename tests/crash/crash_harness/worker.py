"""What lives between two kills: the real process behind the real HTTP server, on a socket it inherits."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

from crash_harness.canaries import plant
from crash_harness.plan import WORKSPACE, Run

from tandem.decide.decisions import open_process
from tandem.faces.api import Server, create_app
from tandem.kernel.settings import Settings
from tandem.observe.journal import JournalLimits

__all__ = ["serve", "settings_of"]


def settings_of(run: Run) -> Settings:
    """The settings of a run's deployment."""
    return Settings(home=Path(run.home), journal=run.journal, snapshot_every=run.snapshot_every)


def serve(run: Run, listener: socket.socket, *, on_ready: Callable[[], object]) -> None:
    """Serve until killed."""
    plant(run.canary)
    process = open_process(settings_of(run), WORKSPACE)
    process.journal.limits = JournalLimits(head_every=run.head_every)
    server = Server(create_app(process), host="127.0.0.1", port=0, on_ready=lambda _: on_ready())
    server._socket.close()
    server._socket = listener
    server.serve_forever()
