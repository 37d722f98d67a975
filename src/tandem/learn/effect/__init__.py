"""The effect of a draft: what it would have done to the last real decisions."""

from tandem.learn.effect.definitions import OutcomeDefinition, check_outcomes, outcome_for, parse_outcome
from tandem.learn.effect.effects import (
    Cell,
    Effect,
    EffectExample,
    EffectNote,
    KnownOutcomes,
    Moved,
    Segment,
    SegmentGroup,
    Standing,
)
from tandem.learn.effect.facts import FactStore, FactTable, Recorded
from tandem.learn.effect.preview import Asked, Side, preview
from tandem.learn.effect.rates import Rate, rate_of
from tandem.learn.effect.reading import DecisionFacts, Stopped
from tandem.learn.effect.segments import Label
from tandem.learn.effect.service import DECISIONS_MAX, EffectProgress, Effects

__all__ = [
    "DECISIONS_MAX",
    "Asked",
    "Cell",
    "DecisionFacts",
    "Effect",
    "EffectExample",
    "EffectNote",
    "EffectProgress",
    "Effects",
    "FactStore",
    "FactTable",
    "KnownOutcomes",
    "Label",
    "Moved",
    "OutcomeDefinition",
    "Rate",
    "Recorded",
    "Segment",
    "SegmentGroup",
    "Side",
    "Standing",
    "Stopped",
    "check_outcomes",
    "outcome_for",
    "parse_outcome",
    "preview",
    "rate_of",
]
