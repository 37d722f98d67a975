"""Holds the listening socket, forks workers that serve on it, and kills each at a random moment.

Run as a program. It imports everything once and starts neither thread nor event loop, so a fork is a worker with warm
modules: a restart costs what opening the journal costs, and not a second of imports. It kills only its own child, by
the number that ``fork`` gave it, and reaps it before the next one: the number cannot have passed to another process.
"""

from __future__ import annotations

import contextlib
import os
import random
import select
import signal
import socket
import sys
import time
import traceback
from importlib import import_module
from typing import Literal

import msgspec
from crash_harness.plan import Died, Killed, Listening, Over, Ready, Run, Told
from crash_harness.worker import serve

_ENCODE = msgspec.json.Encoder().encode
_HANGS_S = 60.0
_IDLE_START_S = 0.12  # what a start takes on an idle machine
_LONGEST = 5.0
# Whatever a worker would import late, so that no fork pays for it again.
for _name in (
    "anyio._backends._asyncio",
    "encodings.idna",
    "importlib.readers",
    "psycopg",
    "pydantic.v1",
    "tandem.observe.features._compiled",
    "tandem.observe.journal.postgres_store",
    "uvicorn.lifespan.off",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
):
    with contextlib.suppress(ImportError):
        import_module(_name)


class TestEndedError(Exception):
    """Whoever started us is gone, or has had enough."""


def main() -> None:
    """Answer runs from standard input until it is closed."""
    _tell(Ready())
    while line := os.read(0, 65_536):
        try:
            _supervise(msgspec.json.decode(line, type=Run))
        except TestEndedError:
            return
        _tell(Over())


def _supervise(run: Run) -> None:
    moments = random.Random(run.seed)
    usual_start_s = _IDLE_START_S
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        _tell(Listening(listener.getsockname()[1]))
        for _ in range(run.kills):
            while_starting = moments.random() < run.starting
            patience: float | None = moments.uniform(0, usual_start_s) if while_starting else None
            # A slow machine gives longer lives, so that as much work is met.
            life: float | None = (
                moments.uniform(*run.serving_ms) / 1000 * min(max(usual_start_s / _IDLE_START_S, 1), _LONGEST)
            )
            if run.until_told:
                patience, life = None, None
            told, start_s = _one_worker(run, listener, patience, life)
            _tell(told)
            if isinstance(told, Died):
                return
            if start_s is not None:
                usual_start_s = 0.7 * usual_start_s + 0.3 * start_s


def _one_worker(
    run: Run, listener: socket.socket, patience: float | None, life: float | None
) -> tuple[Told, float | None]:
    """Fork one, let it start (for ``patience`` at most) and live, kill it; how it ended and how long it took to start."""
    born = time.monotonic()
    pid, news = _fork(run, listener)
    start_s: float | None = None
    ended = False
    try:
        word = _hear(news, _HANGS_S if patience is None else patience)
        if word == b"ready":
            start_s = time.monotonic() - born
            ended = _hear(news, life) == b""
        else:
            ended = word == b""
    finally:
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        os.close(news)
    if run.at_step and ended:
        ended = False  # it was to end itself, and by the same signal
    if ended or not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
        return Died(f"a worker ended by itself with status {os.waitstatus_to_exitcode(status)}"), start_s
    if start_s is None and patience is None and not run.at_step:
        return Died(f"a worker was not ready after {_HANGS_S:.0f} s"), start_s
    phase: Literal["starting", "serving"] = "starting" if start_s is None else "serving"
    return Killed(phase, None if start_s is None else start_s * 1000), start_s


def _fork(run: Run, listener: socket.socket) -> tuple[int, int]:
    news, tell = os.pipe()
    pid = os.fork()
    if pid:
        os.close(tell)
        return pid, news
    try:
        os.close(news)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        serve(run, listener, on_ready=lambda: os.write(tell, b"ready"))
    except BaseException:  # noqa: BLE001 - the child must never return into the supervisor's loop
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(70)


def _hear(news: int, patience: float | None) -> bytes | None:
    """What the worker says within ``patience``: b"ready", b"" when it has ended, None for nothing.

    Raises:
        TestEndedError: standard input was closed; a line there ends the patience.
    """
    readable, _, _ = select.select([news, 0], [], [], patience)
    if 0 in readable:
        if not os.read(0, 16):
            raise TestEndedError
        return None
    return os.read(news, 16) if readable else None


def _tell(told: Told) -> None:
    os.write(1, _ENCODE(told) + b"\n")


if __name__ == "__main__":
    main()
