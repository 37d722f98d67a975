"""Cases: what a person looks into because a decision asked for it, from opening to the label that teaches the models."""

from tandem.act.cases.book import Happened
from tandem.act.cases.changes import Evidence
from tandem.act.cases.desk import TEXT_MAX, CaseDesk
from tandem.act.cases.errors import CaseChanged
from tandem.act.cases.folding import Case, Cases, CaseState, Standing
from tandem.act.cases.ranking import expected_loss_minor, rank
from tandem.act.cases.reading import LABEL_SOURCES, check_labels, parse_case_rules
from tandem.act.cases.rules import (
    DEFAULT_RULES,
    UNDO_FOR,
    CaseRules,
    Disposition,
    LabelRule,
    OpenOn,
    Queue,
    Takes,
    Words,
)
from tandem.act.cases.telling import tell

__all__ = [
    "DEFAULT_RULES",
    "LABEL_SOURCES",
    "TEXT_MAX",
    "UNDO_FOR",
    "Case",
    "CaseChanged",
    "CaseDesk",
    "CaseRules",
    "CaseState",
    "Cases",
    "Disposition",
    "Evidence",
    "Happened",
    "LabelRule",
    "OpenOn",
    "Queue",
    "Standing",
    "Takes",
    "Words",
    "check_labels",
    "expected_loss_minor",
    "parse_case_rules",
    "rank",
    "tell",
]
