"""The effect of a draft: what it would have done to the last real decisions."""

from tandem.learn.effect.comparing import Asked, Side, preview
from tandem.learn.effect.definitions import OutcomeDefinition, check_outcomes, outcome_for, parse_outcome
from tandem.learn.effect.effects import (
    Effect,
    EffectCell,
    EffectExample,
    EffectGroup,
    EffectMoved,
    EffectNote,
    EffectOutcomes,
    EffectSegment,
    EffectStanding,
)
from tandem.learn.effect.facts import FactStore, FactTable, Recorded
from tandem.learn.effect.rates import EffectRate, rate_of
from tandem.learn.effect.reading import DecisionFacts, Stopped
from tandem.learn.effect.segments import EffectLabel
from tandem.learn.effect.service import DECISIONS_MAX, EffectProgress, Effects

__all__ = [
    "DECISIONS_MAX",
    "Asked",
    "DecisionFacts",
    "Effect",
    "EffectCell",
    "EffectExample",
    "EffectGroup",
    "EffectLabel",
    "EffectMoved",
    "EffectNote",
    "EffectOutcomes",
    "EffectProgress",
    "EffectRate",
    "EffectSegment",
    "EffectStanding",
    "Effects",
    "FactStore",
    "FactTable",
    "OutcomeDefinition",
    "Recorded",
    "Side",
    "Stopped",
    "check_outcomes",
    "outcome_for",
    "parse_outcome",
    "preview",
    "rate_of",
]
