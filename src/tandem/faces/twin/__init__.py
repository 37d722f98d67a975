"""The portfolio twin at work: strategies of collections side by side on SIMULATED customers, within the real conduct rules."""

from tandem.faces.twin.effects import Effect, Measured, measured
from tandem.faces.twin.governing import Conduct, Made
from tandem.faces.twin.offering import OfferStudy, run_offer_study
from tandem.faces.twin.strategies import ByUplift, offered, tried_of
from tandem.faces.twin.study import ArmResult, Study, StudySpec, Valuation, run_study

__all__ = [
    "ArmResult",
    "ByUplift",
    "Conduct",
    "Effect",
    "Made",
    "Measured",
    "OfferStudy",
    "Study",
    "StudySpec",
    "Valuation",
    "measured",
    "offered",
    "run_offer_study",
    "run_study",
    "tried_of",
]
