"""Looks at a table that are taken in a process of their own: reading a file costs what decisions need."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Entropy
from tandem.kernel.time import Clock, Micros
from tandem.learn.runs import Run, RunKind, Runs
from tandem.learn.training import LookAsked, TableLook
from tandem.learn.training_runs.sources import SourcePlace
from tandem.prove.privacy import DataClass

__all__ = ["LookRun", "LookRuns", "LookWork"]

_KIND: Final = RunKind(
    name="look",
    called="a look at a table",
    prefix="look",
    worker="tandem.learn.training_runs.look_worker",
    seconds_max=180.0,
    too_long_hint="give a smaller file",
    kept=60,
)


class LookRun(Run, frozen=True, kw_only=True):
    """One look; ``called`` is the table's name, ``work`` the digest of all that it is made from."""

    look_id: str
    called: str
    asked: LookAsked
    work: str = ""


class LookWork(msgspec.Struct, frozen=True, kw_only=True):
    """What the child process is given."""

    place: SourcePlace
    asked: LookAsked
    classes: dict[str, DataClass]


class LookRuns(Runs[LookRun]):
    """The looks of one workspace."""

    def __init__(self, folder: Path, *, clock: Clock, entropy: Entropy) -> None:
        super().__init__(folder, kind=_KIND, record=LookRun, figures=_figures, clock=clock, entropy=entropy)

    def begin(self, place: SourcePlace, asked: LookAsked, classes: Mapping[str, DataClass], *, by: str) -> LookRun:
        """Have a table looked at; where that was done before, what was seen then. It ends an earlier look of the same person.

        Raises:
            Conflict: a look of another person is being taken.
        """
        work = LookWork(place=place, asked=asked, classes=dict(classes))
        digest = digest_of(work)  # what lies at a place never changes
        known = next((run for run in self.all() if run.work == digest and run.state == "done"), None)
        if known is not None:
            return known
        for run in self.all():
            if run.state == "running" and run.by == by:
                self.cancel(run.look_id)

        def recorded(look_id: str, now: Micros) -> LookRun:
            return LookRun(look_id=look_id, called=place.called, asked=asked, work=digest, by=by, started_at=now)

        return self.start(recorded, lambda _: msgspec.json.encode(work))

    def seen(self, look_id: str) -> TableLook:
        """What was seen.

        Raises:
            NotFound: there is no such look.
            Conflict: it is not done, or it failed.
        """
        return msgspec.json.decode(self.report_bytes(look_id), type=TableLook)


def _figures(_: bytes) -> dict[str, Any]:
    return {}
