"""Run one day of the small house and die, as by a power cut, at a moment of a step; a process of its own for that."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from iterated_house import iterations_of, opened_process, payments, setting_of


def main(home: Path, day: str, step: str, moment: str, url: str | None = None, schema: str = "tandem_jobs") -> None:
    """Run ``day`` until ``step`` is at ``moment``; jobs in SQLite beside the runs, or at ``url``."""

    def told(_: str, now: str, at: str) -> None:
        if (now, at) == (step, moment):
            os.kill(os.getpid(), signal.SIGKILL)

    setting = setting_of(opened_process(home), payments(shift=14), home)
    with iterations_of(setting, told=told, url=url, schema=schema) as iterations:
        iterations.run(setting.plan.name, day)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
