"""A challenger before the gates, causes before consequences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from tandem.decide.models import ModelDocument
from tandem.kernel.errors import TandemError
from tandem.learn.gates.challenger.calibrating import judge_calibration
from tandem.learn.gates.challenger.evidence import Contest, Evidence, hold_contest
from tandem.learn.gates.challenger.fairness import judge_fairness
from tandem.learn.gates.challenger.generalising import judge_overfit, judge_stress
from tandem.learn.gates.challenger.leak import judge_leak
from tandem.learn.gates.challenger.promoting import judge_evidence
from tandem.learn.gates.challenger.proving import judge_cost, judge_monotone, judge_reasons
from tandem.learn.gates.challenger.repeating import judge_stability
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.challenger.segmenting import judge_segments
from tandem.learn.gates.challenger.shifting import judge_shift
from tandem.learn.gates.limits import ChallengerLimits
from tandem.learn.gates.reports import GateFinding, GateReport, report_of

__all__ = ["judge_challenger"]

_GATES: Final[tuple[Callable[[Contest], Iterator[GateFinding]], ...]] = (
    judge_leak,
    judge_stability,
    judge_overfit,
    judge_monotone,
    judge_reasons,
    judge_stress,
    judge_cost,
    judge_shift,
    judge_fairness,
    judge_calibration,
    judge_segments,
    judge_evidence,
)


def judge_challenger(
    champion: ModelDocument,
    challenger: ModelDocument,
    evidence: Evidence,
    limits: ChallengerLimits | None = None,
) -> GateReport:
    """Whether ``challenger`` may take the place of ``champion``.

    A challenger that cannot be loaded, or that reads what the evidence does not have, is refused with that as the reason.
    """
    try:
        contest = hold_contest(champion, challenger, evidence, limits or ChallengerLimits())
    except TandemError as error:
        en, zh = f"The challenger cannot be scored: {error.detail}", f"挑战者无法评分：{error.detail}"
        return report_of([found("document", "cannot_be_scored", en, zh, column=error.field)])
    return report_of(finding for gate in _GATES for finding in gate(contest))
