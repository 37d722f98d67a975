"""Trainings that were run, one at a time, each in a process of its own (``learn.runs``).

A run's folder holds no row of the table: what was asked, the report with all figures, the page in both languages, the
model documents, and which drafts were made of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tandem.decide.models import ModelDocument, load_model
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Entropy
from tandem.kernel.time import Clock, Micros
from tandem.learn.runs import Run, RunKind, Runs, write_atomically
from tandem.learn.training import TrainingStep
from tandem.learn.training_runs.asking import TrainingAsked, spec_of
from tandem.learn.training_runs.comparing import LiveModel
from tandem.learn.training_runs.reporting import DOCUMENT, PAGE, STEPS, ReportLanguage, TrainingReport
from tandem.learn.training_runs.sources import SourcePlace

__all__ = ["TrainingDraft", "TrainingRun", "TrainingRuns", "TrainingWork"]

_KIND: Final = RunKind(
    name="training",
    called="a training",
    prefix="trn",
    worker="tandem.learn.training_runs.worker",
    seconds_max=3 * 3600.0,
    too_long_hint="fewer rows or columns, or a scorecard only",
)
_DRAFTS = "drafts.json"


class TrainingRun(Run, frozen=True, kw_only=True):
    """One training.

    Attributes:
        asked: what was asked; called: the table's name.
        done, total: of a hundred.
        rows, champion, auc, auc_low, auc_high, digest: of the report, where there is one.
    """

    training_id: str
    asked: TrainingAsked
    called: str
    rows: int | None = None
    champion: str | None = None
    auc: float | None = None
    auc_low: float | None = None
    auc_high: float | None = None
    digest: str | None = None


class TrainingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that was made of a run's model: ``model/name``, at ``digest``."""

    name: str
    family: str
    digest: str
    by: str
    at: Micros


class TrainingWork(msgspec.Struct, frozen=True, kw_only=True):
    """What the child process is given: the table, what was asked of it, and the live models."""

    place: SourcePlace
    asked: TrainingAsked
    live: tuple[LiveModel, ...]


class TrainingRuns(Runs[TrainingRun]):
    """The trainings of one workspace. Safe to call from several threads."""

    def __init__(self, folder: Path, *, clock: Clock, entropy: Entropy) -> None:
        super().__init__(folder, kind=_KIND, record=TrainingRun, figures=_figures, clock=clock, entropy=entropy)

    def begin(
        self, place: SourcePlace, asked: TrainingAsked, *, live: Sequence[LiveModel] = (), label: str = "", by: str = ""
    ) -> TrainingRun:
        """Begin a training.

        Args:
            live: models to compare with, on the same test rows.

        Raises:
            InvalidInput: what was asked cannot be trained.
            Conflict: another one is running.
        """
        spec_of(asked)  # what cannot be trained is told now, and not by a failed run
        work = TrainingWork(place=place, asked=asked, live=tuple(live))

        def recorded(training_id: str, now: Micros) -> TrainingRun:
            return TrainingRun(
                training_id=training_id, asked=asked, called=place.called, label=label, by=by, started_at=now
            )

        return self.start(recorded, lambda _: msgspec.json.encode(work))

    def report(self, training_id: str) -> TrainingReport:
        """What a run came to.

        Raises:
            NotFound: there is no such run.
            Conflict: it is not done, or it failed.
        """
        return msgspec.json.decode(self.report_bytes(training_id), type=TrainingReport)

    def steps(self, training_id: str) -> tuple[TrainingStep, ...]:
        """What a run has told so far, the newest of each stage and family.

        Raises:
            NotFound: there is no such run.
        """
        try:
            return msgspec.json.decode(
                (self.folder_of(training_id) / STEPS).read_bytes(), type=tuple[TrainingStep, ...]
            )
        except (OSError, msgspec.DecodeError):
            return ()

    def page(self, training_id: str, language: ReportLanguage) -> bytes:
        """The report as one HTML page.

        Raises:
            NotFound: there is no such run.
            Conflict: it is not done, or it failed.
        """
        self.report_bytes(training_id)
        return (self.folder_of(training_id) / PAGE.format(language=language)).read_bytes()

    def document(self, training_id: str, family: str) -> ModelDocument:
        """The model of one family.

        Raises:
            NotFound: there is no such run, or the family did not compete.
            Conflict: it is not done, or it failed.
        """
        report = self.report(training_id)
        if family not in report.figures["documents"]:
            raise NotFound(
                "This family did not compete.",
                code="unknown_family",
                field="family",
                value=family,
                hint="one of " + ", ".join(report.figures["documents"]),
            )
        path = self.folder_of(training_id) / DOCUMENT.format(family=family)
        return load_model(msgspec.json.decode(path.read_bytes())).document

    def drafted(self, training_id: str) -> tuple[TrainingDraft, ...]:
        """Drafts that were made of a run, the oldest first.

        Raises:
            NotFound: there is no such run.
        """
        try:
            return msgspec.json.decode(
                (self.folder_of(training_id) / _DRAFTS).read_bytes(), type=tuple[TrainingDraft, ...]
            )
        except (OSError, msgspec.DecodeError):
            return ()

    def note_draft(self, training_id: str, draft: TrainingDraft) -> None:
        """Write down that a draft was made; one that is known stays as it is.

        Raises:
            NotFound: there is no such run.
        """
        known = self.drafted(training_id)
        if draft.digest not in {one.digest for one in known}:
            write_atomically(self.folder_of(training_id) / _DRAFTS, msgspec.json.encode((*known, draft)))


def _figures(report: bytes) -> dict[str, Any]:
    found = msgspec.json.decode(report, type=TrainingReport)
    figures, champion = found.figures, found.champion
    area = figures["test"][champion]["auc"]
    return {
        "rows": figures["data"]["rows"],
        "champion": champion,
        "auc": area["value"],
        "auc_low": area["low"],
        "auc_high": area["high"],
        "digest": figures["digest"],
    }
