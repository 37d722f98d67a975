"""Assessments that were run: one at a time, in a process of their own (``learn.runs``), kept in the workspace's home.

A report that somebody signs is looked up again when its product goes live: so what was signed is what was counted here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import msgspec

from tandem.kernel.identity import Entropy
from tandem.kernel.time import Clock, Micros
from tandem.learn.assessment.asked import AssessmentAsked
from tandem.learn.assessment.report import AssessmentReport
from tandem.learn.runs import Run, RunKind, Runs

__all__ = ["AssessmentRun", "AssessmentRuns", "AssessmentWork"]

_SECONDS_MAX: Final = 3_600.0


class AssessmentRun(Run, frozen=True, kw_only=True):
    """One run.

    Attributes:
        asked: as it was asked, drafts with their bodies: they are what is proposed once it is done.
        done, total: decisions looked at, of how many.
        report_digest, counted, approved, net_minor, stops: of the report, where there is one.
    """

    assessment_id: str
    asked: AssessmentAsked
    report_digest: str = ""
    counted: int | None = None
    approved: int | None = None
    net_minor: int | None = None
    stops: int | None = None


class AssessmentWork(msgspec.Struct, frozen=True, kw_only=True):
    """What the child process is given: the question, the documents of the products it is about, and where the workspace lies.

    Attributes:
        products: name to its document.
    """

    asked: AssessmentAsked
    products: dict[str, dict[str, Any]]
    home: str
    workspace: str


class AssessmentRuns(Runs[AssessmentRun]):
    """The runs of one workspace. Safe to call from several threads.

    Args:
        home: of the workspace; runs are kept in ``assessments`` in it.
        worker: the module that the child process runs: it knows products, which this wing does not.
    """

    def __init__(self, home: Path, workspace: str, *, worker: str, clock: Clock, entropy: Entropy) -> None:
        kind = RunKind(
            name="assessment",
            called="an assessment",
            prefix="asm",
            worker=worker,
            seconds_max=_SECONDS_MAX,
            too_long_hint="a shorter stretch",
        )
        folder = home / "assessments"
        super().__init__(folder, kind=kind, record=AssessmentRun, figures=_figures, clock=clock, entropy=entropy)
        self._home = home
        self._workspace = workspace

    def begin(
        self, asked: AssessmentAsked, products: dict[str, dict[str, Any]], *, label: str = "", by: str = ""
    ) -> AssessmentRun:
        """Begin a run of a question that was found to hold together.

        Raises:
            Conflict: another one is running.
        """

        def recorded(assessment_id: str, now: Micros) -> AssessmentRun:
            return AssessmentRun(assessment_id=assessment_id, asked=asked, label=label, by=by, started_at=now)

        work = AssessmentWork(asked=asked, products=products, home=str(self._home.resolve()), workspace=self._workspace)
        return self.start(recorded, lambda _: msgspec.json.encode(work))

    def report(self, assessment_id: str) -> AssessmentReport:
        """What a run came to.

        Raises:
            NotFound: there is no such run.
            Conflict: it is not done, or it failed.
        """
        return msgspec.json.decode(self.report_bytes(assessment_id), type=AssessmentReport)


def _figures(report: bytes) -> dict[str, Any]:
    found = msgspec.json.decode(report, type=AssessmentReport)
    expected = found.economics.expected
    return {
        "report_digest": found.digest,
        "counted": found.counted,
        "approved": found.backtest.candidate.approved.part,
        "net_minor": None if expected is None else expected.net_minor,
        "stops": sum(one.weight == "stop" for one in found.concerns),
    }
