"""Principal reasons over rules, models and graphs, told in one vocabulary."""

from tandem.decide.reasons.coverage import lacking, telling_too_much
from tandem.decide.reasons.protected import is_protected
from tandem.decide.reasons.ranking import Adverse, PrincipalReason, adverse_of, principal_reasons
from tandem.decide.reasons.statements import FactWords, Method, Statement, Statements, Terms, parse_statements, reveals
from tandem.decide.reasons.vocabulary import Saying, Vocabulary

__all__ = [
    "Adverse",
    "FactWords",
    "Method",
    "PrincipalReason",
    "Saying",
    "Statement",
    "Statements",
    "Terms",
    "Vocabulary",
    "adverse_of",
    "is_protected",
    "lacking",
    "parse_statements",
    "principal_reasons",
    "reveals",
    "telling_too_much",
]
