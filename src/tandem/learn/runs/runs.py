"""Runs of one kind: one at a time, in a process of their own, kept in the workspace's home.

What costs as much interpreter time as thousands of decisions would make every live decision wait for it in the server.
So each run is a niced child process that reads a folder and writes a report into it. The folder is all there is of a
run: what was asked, how far it is, and what it came to survive a restart. A run that a restart interrupted says so.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from tandem.kernel.errors import Conflict, NotFound
from tandem.kernel.identity import Entropy, new_id
from tandem.kernel.time import Clock, Micros
from tandem.learn.runs.definitions import Run, RunError, RunKind
from tandem.learn.runs.files import REPORT, RUN, WORK, error_in, progress_in, write_atomically

__all__ = ["Runs"]

AnyRun = TypeVar("AnyRun", bound=Run)


class Runs(Generic[AnyRun]):
    """The runs of one kind in one workspace. Safe to call from several threads.

    Args:
        folder: where they are kept; made when the first one begins.
        kind: what they are called and allowed.
        record: the noun of a run.
        figures: what the record takes over from a report, by name of its fields.
    """

    def __init__(
        self,
        folder: Path,
        *,
        kind: RunKind,
        record: type[AnyRun],
        figures: Callable[[bytes], dict[str, Any]],
        clock: Clock,
        entropy: Entropy,
    ) -> None:
        self._folder = folder
        self._kind = kind
        self._record = record
        self._figures = figures
        self._clock = clock
        self._entropy = entropy
        self._id = re.compile(rf"^{kind.prefix}_[0-9a-f]{{1,64}}$")
        self._lock = threading.RLock()
        self._running: tuple[str, subprocess.Popen[bytes]] | None = None
        self._watcher: threading.Thread | None = None
        self._cancelled: set[str] = set()
        self._closed = False

    def start(self, recorded: Callable[[str, Micros], AnyRun], furnish: Callable[[Path], bytes]) -> AnyRun:
        """Begin a run.

        Args:
            recorded: its record, from its id and the time at which it begins.
            furnish: puts what the child needs into its folder, and returns the work it is to do.

        Raises:
            Conflict: another one of this kind is running.
        """
        with self._lock:
            if self._running is not None or self._closed:
                raise Conflict(
                    f"{self._kind.called.capitalize()} is already running.",
                    code=f"{self._kind.name}_running",
                    field=self._kind.name,
                    value=None if self._running is None else self._running[0],
                    hint="wait until it is done, or cancel it",
                )
            run_id = new_id(self._kind.prefix, self._clock, self._entropy)
            run = recorded(run_id, self._clock.now())
            self._make_room()
            folder = self._folder / run_id
            folder.mkdir(parents=True)
            try:
                write_atomically(folder / WORK, furnish(folder))
                write_atomically(folder / RUN, msgspec.json.encode(run))
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            child = subprocess.Popen([sys.executable, "-m", self._kind.worker, str(folder)], stdin=subprocess.PIPE)  # noqa: S603 - our own program
            self._running = (run_id, child)
            self._watcher = threading.Thread(
                target=self._watch, args=(run_id, child), name=f"{self._kind.name}-watcher", daemon=True
            )
            self._watcher.start()
            return run

    def all(self) -> list[AnyRun]:
        """Every run that is kept, the newest first."""
        return [run for _, run in self._kept()]

    def get(self, run_id: str) -> AnyRun:
        """One run.

        Raises:
            NotFound: there is none of that id.
        """
        run = self._read(self._folder / run_id) if self._id.fullmatch(run_id) else None
        if run is None:
            raise NotFound(
                f"There is no such {self._kind.noun}.",
                code=f"unknown_{self._kind.name}_run",
                field=f"{self._kind.name}_id",
                value=run_id,
            )
        return run

    def folder_of(self, run_id: str) -> Path:
        """Where a run's files are.

        Raises:
            NotFound: there is no such run.
        """
        self.get(run_id)
        return self._folder / run_id

    def report_bytes(self, run_id: str) -> bytes:
        """What a run came to, as its child wrote it.

        Raises:
            NotFound: there is no such run.
            Conflict: it is not done, or it failed.
        """
        run = self.get(run_id)
        if run.state != "done":
            raise Conflict(
                f"This {self._kind.noun} is {run.state}: it has no report.",
                code="no_report",
                field=f"{self._kind.name}_id",
                value=run_id,
            )
        return (self._folder / run_id / REPORT).read_bytes()

    def cancel(self, run_id: str) -> AnyRun:
        """End a run; one that is over stays as it is.

        Raises:
            NotFound: there is no such run.
        """
        run = self.get(run_id)
        with self._lock:
            running = self._running
            if running is None or running[0] != run_id:
                return run
            self._cancelled.add(run_id)
            running[1].kill()
            watcher = self._watcher
        if watcher is not None:
            watcher.join(10)
        return self.get(run_id)

    def close(self) -> None:
        """End what is running; it reads as ended from then on."""
        with self._lock:
            self._closed = True
            running, watcher = self._running, self._watcher
        if running is not None:
            running[1].kill()
        if watcher is not None:
            watcher.join(10)

    # -- inside

    def _watch(self, run_id: str, child: subprocess.Popen[bytes]) -> None:
        late = False
        try:
            child.wait(self._kind.seconds_max)
        except subprocess.TimeoutExpired:
            late = True
            child.kill()
            child.wait()
        if child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()
        with self._lock:
            self._finish(self._folder / run_id, late=late, cancelled=run_id in self._cancelled)
            self._running = None

    def _finish(self, folder: Path, *, late: bool, cancelled: bool) -> None:
        """Write down how a run ended."""
        run = msgspec.json.decode((folder / RUN).read_bytes(), type=self._record)
        done, total = progress_in(folder)
        changes: dict[str, Any] = {"finished_at": self._clock.now(), "done": done, "total": total}
        if (folder / REPORT).is_file():
            changes |= {"state": "done"} | self._figures((folder / REPORT).read_bytes())
        elif cancelled:
            changes["state"] = "cancelled"
        else:
            changes |= {"state": "failed", "error": self._too_long() if late else error_in(folder, self._kind)}
        write_atomically(folder / RUN, msgspec.json.encode(msgspec.structs.replace(run, **changes)))
        (folder / WORK).unlink(missing_ok=True)  # what it was made from is kept elsewhere, and may be large

    def _too_long(self) -> RunError:
        return RunError(
            code=f"{self._kind.name}_too_long",
            detail=f"It took more than {self._kind.seconds_max / 60:.0f} minutes.",
            hint=self._kind.too_long_hint,
        )

    def _kept(self) -> list[tuple[str, AnyRun]]:
        if not self._folder.is_dir():
            return []
        read = [
            (path.parent.name, self._read(path.parent)) for path in self._folder.glob(f"{self._kind.prefix}_*/{RUN}")
        ]
        found = [(name, run) for name, run in read if run is not None]
        return sorted(found, key=lambda one: (one[1].started_at, one[0]), reverse=True)

    def _read(self, folder: Path) -> AnyRun | None:
        run = self._written(folder)
        if run is None or run.state != "running":
            return run
        if not self._is_running(folder.name):
            # It may have begun or ended between the file and the look at what runs: both are asked again, together.
            with self._lock:
                run = self._written(folder)
                if run is None or run.state != "running":
                    return run
                if not self._is_running(folder.name):
                    return msgspec.structs.replace(run, state="failed", error=self._interrupted())
        done, total = progress_in(folder)
        return msgspec.structs.replace(run, done=done, total=total)

    def _written(self, folder: Path) -> AnyRun | None:
        try:
            return msgspec.json.decode((folder / RUN).read_bytes(), type=self._record)
        except (OSError, msgspec.DecodeError):
            return None

    def _is_running(self, run_id: str) -> bool:
        running = self._running
        return running is not None and running[0] == run_id

    def _interrupted(self) -> RunError:
        return RunError(
            code=f"{self._kind.name}_interrupted", detail="The server ended while it ran.", hint="run it again"
        )

    def _make_room(self) -> None:
        for run_id, _ in self._kept()[self._kind.kept - 1 :]:
            shutil.rmtree(self._folder / run_id, ignore_errors=True)
