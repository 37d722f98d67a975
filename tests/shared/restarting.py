"""A process that is started again and again, each time with dice of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import Clock


@contextlib.contextmanager
def restarting(home: Path, clock: Clock) -> Iterator[Callable[..., DecisionProcess]]:
    """Opens the process at ``home``, with settings by name; closing one and opening again is a restart."""
    running: list[DecisionProcess] = []

    def open_it(**changes: object) -> DecisionProcess:
        settings = Settings(home=home, **changes)  # type: ignore[arg-type]
        running.append(open_process(settings, "test", clock=clock, entropy=SeededEntropy(len(running))))
        return running[-1]

    yield open_it
    for process in running:
        process.close()
