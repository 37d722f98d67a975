"""The child process of a run: ``python -m tandem.learn.attacks.worker FOLDER``.

Reads the work in the folder, writes progress and a report beside it, and ends. It gives way to everything else on the
machine, and ends when its parent does: it reads from a pipe that nobody else holds open.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import msgspec

from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import TandemError
from tandem.learn.attacks.runs import error_document, read_work, write_atomically
from tandem.learn.attacks.sandbox import attack_release, sandbox_release

__all__ = ["main"]

_NICE = 15


def main(folder: Path) -> int:
    """Run the work in ``folder``; 0 where there is a report."""
    work = read_work(folder)

    def progress(done: int, total: int) -> None:
        write_atomically(folder / "progress.json", msgspec.json.encode((done, total)))

    try:
        release = sandbox_release([Artefact.of(kind, name, body) for kind, name, body in work.artefacts])
        report = attack_release(release, work.asked, drafts=work.drafts, progress=progress)
    except TandemError as error:
        write_atomically(folder / "error.json", error_document(error))
        return 1
    write_atomically(folder / "report.json", msgspec.json.encode(report))
    return 0


def _end_with_parent() -> None:
    while os.read(0, 4096):  # not sys.stdin, whose lock an ending interpreter may want
        pass
    os._exit(2)


if __name__ == "__main__":
    os.nice(_NICE)
    threading.Thread(target=_end_with_parent, name="parent-watch", daemon=True).start()
    sys.exit(main(Path(sys.argv[1])))
