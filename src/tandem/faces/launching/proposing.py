"""What is put before whoever signs: an artefact with the figures of a run, or with the reason why there is none."""

from __future__ import annotations

import msgspec

from tandem.faces.launching.signing import SignedAssessment
from tandem.kernel.artefacts import Artefact
from tandem.learn.assessment import AssessmentReport

__all__ = ["assessed_artefact", "waived_artefact"]


def assessed_artefact(assessment_id: str, report: AssessmentReport) -> Artefact:
    """The assessment of a run as it is signed: figures by name, money in minor units."""
    expected, backtest = report.economics.expected, report.backtest
    least = [one.ratio for table in report.treated for one in table.groups if one.ratio is not None]
    signed = SignedAssessment(
        subject=report.subject,
        assessment=assessment_id,
        report=report.digest,
        figures={
            "counted": report.counted,
            "approved_share": _rounded(backtest.candidate.approved.share),
            "reviewed_share": _rounded(report.capacity.reviewed.share),
            "bad_rate": _rounded(report.economics.bad_rate.share),
            "loss_share": _rounded(report.economics.loss_share),
            "lent_minor": None if expected is None else expected.lent_minor,
            "net_minor": None if expected is None else expected.net_minor,
            "net_low_minor": None if expected is None else expected.net_low_minor,
            "net_high_minor": None if expected is None else expected.net_high_minor,
            "least_ratio": _rounded(min(least, default=None)),
            "people_needed": _rounded(report.capacity.people_needed),
        },
        concerns=tuple(f"{one.code}!" if one.weight == "stop" else one.code for one in report.concerns),
    )
    return Artefact.of("assessment", report.product.name, msgspec.to_builtins(signed))


def waived_artefact(product: str, subject: str, reason: str) -> Artefact:
    """What stands in its place where nothing was assessed."""
    signed = SignedAssessment(subject=subject, waived=reason.strip())
    return Artefact.of("assessment", product, msgspec.to_builtins(signed))


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
