"""Attacks that were run: one at a time, in a process of their own, kept in the workspace's home.

A simulation costs as much interpreter time as thousands of decisions; in the server every live decision would wait for
it. So each run is a niced child process that reads a folder and writes a report into it. The folder is all there is of a
run: what was asked, how far it is, and what it came to survive a restart. A run that a restart interrupted says so.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict, NotFound, TandemError
from tandem.kernel.identity import Entropy, new_id
from tandem.kernel.time import Clock, Micros
from tandem.learn.attacks.definitions import AttackAsked, AttackReport

__all__ = [
    "RUNS_KEPT",
    "AttackRun",
    "AttackRunError",
    "AttackRuns",
    "AttackWork",
    "error_document",
    "read_work",
    "write_atomically",
]

RUNS_KEPT: Final = 200
"""Runs that are kept; the oldest goes when another one begins."""
_SECONDS_MAX: Final = 900.0
_ID = re.compile(r"^atk_[0-9a-f]{1,64}$")
_WORK, _RUN, _PROGRESS, _REPORT, _ERROR = "work.json", "run.json", "progress.json", "report.json", "error.json"


class AttackRunError(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a run came to nothing."""

    code: str
    detail: str
    field: str = ""
    hint: str = ""


class AttackRun(msgspec.Struct, frozen=True, kw_only=True):
    """One run.

    Attributes:
        state: ``running``, ``done``, ``failed`` or ``cancelled``.
        release: the live release it began from; drafts: ``kind/name`` of what was put in its place.
        label: what it is called by the one who asked.
        done, total: events played, of how many.
        error: why it failed.
        attempts, approved, lost_minor, honest_stopped: of the report, where there is one.
    """

    attack_id: str
    state: str
    asked: AttackAsked
    release: str
    drafts: tuple[str, ...] = ()
    label: str = ""
    by: str = ""
    started_at: Micros
    finished_at: Micros | None = None
    done: int = 0
    total: int = 0
    error: AttackRunError | None = None
    currency: str = ""
    attempts: int | None = None
    approved: int | None = None
    lost_minor: int | None = None
    honest_stopped: int | None = None


class AttackWork(msgspec.Struct, frozen=True, kw_only=True):
    """What the child process is given: the whole set of definitions to attack, and how."""

    asked: AttackAsked
    drafts: tuple[str, ...]
    artefacts: tuple[tuple[str, str, dict[str, Any]], ...]


class AttackRuns:
    """The runs of one workspace. Safe to call from several threads.

    Args:
        folder: where they are kept; made when the first one begins.
    """

    def __init__(self, folder: Path, *, clock: Clock, entropy: Entropy) -> None:
        self._folder = folder
        self._clock = clock
        self._entropy = entropy
        self._lock = threading.Lock()
        self._running: tuple[str, subprocess.Popen[bytes]] | None = None
        self._watcher: threading.Thread | None = None
        self._cancelled: set[str] = set()
        self._closed = False

    def begin(
        self,
        artefacts: Sequence[Artefact],
        asked: AttackAsked,
        *,
        release: str,
        drafts: Sequence[str] = (),
        label: str = "",
        by: str = "",
    ) -> AttackRun:
        """Begin a run against ``artefacts``, a whole set of definitions that was found to hold together.

        Raises:
            Conflict: another one is running.
        """
        with self._lock:
            if self._running is not None or self._closed:
                raise Conflict(
                    "An attack is already running.",
                    code="attack_running",
                    field="attack",
                    value=None if self._running is None else self._running[0],
                    hint="wait until it is done, or cancel it",
                )
            run = AttackRun(
                attack_id=new_id("atk", self._clock, self._entropy),
                state="running",
                asked=asked,
                release=release,
                drafts=tuple(drafts),
                label=label,
                by=by,
                started_at=self._clock.now(),
            )
            self._make_room()
            folder = self._folder / run.attack_id
            folder.mkdir(parents=True)
            work = AttackWork(
                asked=asked,
                drafts=tuple(drafts),
                artefacts=tuple((one.kind, one.name, one.body) for one in artefacts),
            )
            write_atomically(folder / _WORK, msgspec.json.encode(work))
            write_atomically(folder / _RUN, msgspec.json.encode(run))
            command = [sys.executable, "-m", "tandem.learn.attacks.worker", str(folder)]
            child = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - our own program
            self._running = (run.attack_id, child)
            self._watcher = threading.Thread(
                target=self._watch, args=(run.attack_id, child), name="attack-watcher", daemon=True
            )
            self._watcher.start()
            return run

    def all(self) -> list[AttackRun]:
        """Every run that is kept, the newest first."""
        if not self._folder.is_dir():
            return []
        found = [self._read(path.parent) for path in self._folder.glob(f"atk_*/{_RUN}")]
        return sorted(
            (one for one in found if one is not None), key=lambda one: (one.started_at, one.attack_id), reverse=True
        )

    def get(self, attack_id: str) -> AttackRun:
        """One run.

        Raises:
            NotFound: there is none of that id.
        """
        run = self._read(self._folder / attack_id) if _ID.fullmatch(attack_id) else None
        if run is None:
            raise NotFound("There is no such attack.", code="unknown_attack_run", field="attack_id", value=attack_id)
        return run

    def report(self, attack_id: str) -> AttackReport:
        """What a run came to.

        Raises:
            NotFound: there is no such run.
            Conflict: it is not done, or it failed.
        """
        run = self.get(attack_id)
        if run.state != "done":
            raise Conflict(
                f"This attack is {run.state}: it has no report.", code="no_report", field="attack_id", value=attack_id
            )
        return msgspec.json.decode((self._folder / attack_id / _REPORT).read_bytes(), type=AttackReport)

    def cancel(self, attack_id: str) -> AttackRun:
        """End a run; one that is over stays as it is.

        Raises:
            NotFound: there is no such run.
        """
        run = self.get(attack_id)
        with self._lock:
            running = self._running
            if running is None or running[0] != attack_id:
                return run
            self._cancelled.add(attack_id)
            running[1].kill()
            watcher = self._watcher
        if watcher is not None:
            watcher.join(10)
        return self.get(attack_id)

    def close(self) -> None:
        """End what is running; it reads as interrupted from then on."""
        with self._lock:
            self._closed = True
            running, watcher = self._running, self._watcher
        if running is not None:
            running[1].kill()
        if watcher is not None:
            watcher.join(10)

    # -- inside

    def _watch(self, attack_id: str, child: subprocess.Popen[bytes]) -> None:
        late = False
        try:
            child.wait(_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            late = True
            child.kill()
            child.wait()
        if child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()
        folder = self._folder / attack_id
        with self._lock:
            self._finish(folder, late=late, cancelled=attack_id in self._cancelled)
            self._running = None

    def _finish(self, folder: Path, *, late: bool, cancelled: bool) -> None:
        """Write down how a run ended."""
        run = msgspec.json.decode((folder / _RUN).read_bytes(), type=AttackRun)
        done, total = _progress(folder)
        changes: dict[str, Any] = {"finished_at": self._clock.now(), "done": done, "total": total}
        if (folder / _REPORT).is_file():
            report = msgspec.json.decode((folder / _REPORT).read_bytes(), type=AttackReport)
            changes |= {
                "state": "done",
                "asked": report.asked,
                "currency": report.currency,
                "attempts": report.attempts.count,
                "approved": report.attempts.approved,
                "lost_minor": report.lost_minor,
                "honest_stopped": report.honest.reviewed + report.honest.declined,
            }
        elif cancelled:
            changes["state"] = "cancelled"
        else:
            changes |= {"state": "failed", "error": _error_of(folder, late=late)}
        write_atomically(folder / _RUN, msgspec.json.encode(msgspec.structs.replace(run, **changes)))
        (folder / _WORK).unlink(missing_ok=True)  # the definitions are in the register; models are large

    def _read(self, folder: Path) -> AttackRun | None:
        try:
            run = msgspec.json.decode((folder / _RUN).read_bytes(), type=AttackRun)
        except (OSError, msgspec.DecodeError):
            return None
        if run.state != "running":
            return run
        running = self._running
        if running is not None and running[0] == run.attack_id:
            done, total = _progress(folder)
            return msgspec.structs.replace(run, done=done, total=total)
        error = AttackRunError(code="attack_interrupted", detail="The server ended while it ran.", hint="run it again")
        return msgspec.structs.replace(run, state="failed", error=error)

    def _make_room(self) -> None:
        for run in self.all()[RUNS_KEPT - 1 :]:
            shutil.rmtree(self._folder / run.attack_id, ignore_errors=True)


def read_work(folder: Path) -> AttackWork:
    """What the child process is to do."""
    return msgspec.json.decode((folder / _WORK).read_bytes(), type=AttackWork)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all."""
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)


def _progress(folder: Path) -> tuple[int, int]:
    try:
        done, total = msgspec.json.decode((folder / _PROGRESS).read_bytes(), type=tuple[int, int])
    except (OSError, msgspec.DecodeError):
        return 0, 0
    return done, total


def _error_of(folder: Path, *, late: bool) -> AttackRunError:
    if late:
        return AttackRunError(
            code="attack_too_long",
            detail=f"It took more than {_SECONDS_MAX / 60:.0f} minutes.",
            hint="fewer customers, or fewer days",
        )
    try:
        return msgspec.json.decode((folder / _ERROR).read_bytes(), type=AttackRunError)
    except (OSError, msgspec.DecodeError):
        return AttackRunError(code="attack_ended", detail="The process that ran it ended.", hint="see the server's log")


def error_document(error: TandemError) -> bytes:
    """What the child process writes where it failed."""
    return msgspec.json.encode(
        AttackRunError(code=error.code, detail=error.detail, field=error.field or "", hint=error.hint or "")
    )
