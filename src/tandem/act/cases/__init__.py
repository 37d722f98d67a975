"""Cases: what a person looks into because a decision asked for it, from opening to the label that teaches the models."""

from tandem.act.cases.book import Happened
from tandem.act.cases.changes import Evidence
from tandem.act.cases.desk import TEXT_MAX, CaseDesk, desk_of
from tandem.act.cases.errors import CaseChanged
from tandem.act.cases.facts import Fact
from tandem.act.cases.folding import Case, Cases, CaseState, Standing
from tandem.act.cases.listing import NOBODY, Asked, CaseOrder, QueueCounts, StateAsked, counted, matching
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
    "NOBODY",
    "TEXT_MAX",
    "UNDO_FOR",
    "Asked",
    "Case",
    "CaseChanged",
    "CaseDesk",
    "CaseOrder",
    "CaseRules",
    "CaseState",
    "Cases",
    "Disposition",
    "Evidence",
    "Fact",
    "Happened",
    "LabelRule",
    "OpenOn",
    "Queue",
    "QueueCounts",
    "Standing",
    "StateAsked",
    "Takes",
    "Words",
    "check_labels",
    "counted",
    "desk_of",
    "expected_loss_minor",
    "matching",
    "parse_case_rules",
    "rank",
    "tell",
]
