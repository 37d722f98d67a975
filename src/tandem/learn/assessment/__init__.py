"""Pre-launch assessment: what a product would have come to over history, before anybody can sign for it."""

from tandem.learn.assessment.asked import AssessmentAsked, Assumptions, ProductTerms, checked_assessment
from tandem.learn.assessment.assessing import assess, checked_product_question
from tandem.learn.assessment.concerns import FEWEST_DECISIONS
from tandem.learn.assessment.flows import Quoted, UnitFlows, UnitResult, result_of
from tandem.learn.assessment.report import (
    AssessmentReport,
    Capacity,
    Concern,
    Economics,
    GroupPrice,
    GroupTreated,
    MoneyLine,
    Treated,
)
from tandem.learn.assessment.runs import AssessmentRun, AssessmentRuns, AssessmentWork

__all__ = [
    "FEWEST_DECISIONS",
    "AssessmentAsked",
    "AssessmentReport",
    "AssessmentRun",
    "AssessmentRuns",
    "AssessmentWork",
    "Assumptions",
    "Capacity",
    "Concern",
    "Economics",
    "GroupPrice",
    "GroupTreated",
    "MoneyLine",
    "ProductTerms",
    "Quoted",
    "Treated",
    "UnitFlows",
    "UnitResult",
    "assess",
    "checked_assessment",
    "checked_product_question",
    "result_of",
]
