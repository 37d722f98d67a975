"""The launch of a product: assessed before, signed by another person, refused without; what joins products with assessments."""

from tandem.faces.launching.asking import LAUNCHED_KINDS, Chosen, Launched, asked_of, launched, nearest_product
from tandem.faces.launching.proposing import assessed_artefact, waived_artefact
from tandem.faces.launching.quoting import quoted_by, terms_of_product
from tandem.faces.launching.runs import assessment_runs
from tandem.faces.launching.signing import LaunchGate, SignedAssessment, parse_assessment
from tandem.faces.launching.subjects import Subjects, subject_of, terms_digest

__all__ = [
    "LAUNCHED_KINDS",
    "Chosen",
    "LaunchGate",
    "Launched",
    "SignedAssessment",
    "Subjects",
    "asked_of",
    "assessed_artefact",
    "assessment_runs",
    "launched",
    "nearest_product",
    "parse_assessment",
    "quoted_by",
    "subject_of",
    "terms_digest",
    "terms_of_product",
    "waived_artefact",
]
