"""Collections: contacting and settling with customers in arrears, within conduct rules that no path goes around."""

from tandem.act.collections.types import (
    AUTOMATIC,
    CHANNELS,
    SITUATION_COLUMNS,
    STEPS,
    WAIT,
    Action,
    Channel,
    Choice,
    ChosenBy,
    ExpectedRecovery,
    Purpose,
    Ranked,
    Situation,
    Step,
    Words,
)

__all__ = [
    "AUTOMATIC",
    "CHANNELS",
    "SITUATION_COLUMNS",
    "STEPS",
    "WAIT",
    "Action",
    "Channel",
    "Choice",
    "ChosenBy",
    "ExpectedRecovery",
    "Purpose",
    "Ranked",
    "Situation",
    "Step",
    "Words",
]
