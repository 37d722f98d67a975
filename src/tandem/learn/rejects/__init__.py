"""Those who were declined: what can be assumed of them, and what each assumption comes to."""

from tandem.learn.rejects.comparing import (
    Compared,
    RejectComparison,
    RejectFigures,
    RejectTruth,
    Truth,
    compare_reject_inference,
)
from tandem.learn.rejects.completing import completed
from tandem.learn.rejects.methods import ASSUMPTIONS, METHODS, RejectMethod, RejectSpec, method_named
from tandem.learn.rejects.telling import report_section

__all__ = [
    "ASSUMPTIONS",
    "METHODS",
    "Compared",
    "RejectComparison",
    "RejectFigures",
    "RejectMethod",
    "RejectSpec",
    "RejectTruth",
    "Truth",
    "compare_reject_inference",
    "completed",
    "method_named",
    "report_section",
]
