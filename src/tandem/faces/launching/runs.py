"""The assessments of a workspace, with the worker that knows products."""

from __future__ import annotations

from pathlib import Path

from tandem.kernel.identity import Entropy, SystemEntropy
from tandem.kernel.time import Clock, SystemClock
from tandem.learn.assessment import AssessmentRuns

__all__ = ["assessment_runs"]


def assessment_runs(
    home: Path, workspace: str, *, clock: Clock | None = None, entropy: Entropy | None = None
) -> AssessmentRuns:
    """Those kept in ``home``."""
    return AssessmentRuns(
        home,
        workspace,
        worker="tandem.faces.launching.worker",
        clock=clock or SystemClock(),
        entropy=entropy or SystemEntropy(),
    )
