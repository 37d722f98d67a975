"""The effect of a draft: what it would have done to the last real decisions."""

from tandem.learn.effect.comparing import Asked, Side, facts_read, preview
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
from tandem.learn.effect.facts import FactStore, FactTable, ModelKey, Recorded, fact_columns
from tandem.learn.effect.opening import DecisionOpener, ReleasesThen
from tandem.learn.effect.rates import EffectRate, rate_of
from tandem.learn.effect.reading import DecisionFacts, Stopped
from tandem.learn.effect.scoring import scored
from tandem.learn.effect.segments import EffectLabel
from tandem.learn.effect.service import DECISIONS_MAX, EffectProgress, Effects

__all__ = [
    "DECISIONS_MAX",
    "Asked",
    "DecisionFacts",
    "DecisionOpener",
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
    "ModelKey",
    "Recorded",
    "ReleasesThen",
    "Side",
    "Stopped",
    "fact_columns",
    "facts_read",
    "preview",
    "rate_of",
    "scored",
]
