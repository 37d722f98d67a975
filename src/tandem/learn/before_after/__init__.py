"""The effect report: numbers before and after, with limits, and what was compared with what."""

from __future__ import annotations

from tandem.learn.before_after.launching import FirstLive, launch_times
from tandem.learn.before_after.moving import FEWEST_DAYS, move_of, verdict_of
from tandem.learn.before_after.reporting import check_sides, effect_report, history_of
from tandem.learn.before_after.types import EffectReport, LaunchTimes, MetricEffect, Move, Side, Verdict
from tandem.learn.before_after.words import number_words

__all__ = [
    "FEWEST_DAYS",
    "EffectReport",
    "FirstLive",
    "LaunchTimes",
    "MetricEffect",
    "Move",
    "Side",
    "Verdict",
    "check_sides",
    "effect_report",
    "history_of",
    "launch_times",
    "move_of",
    "number_words",
    "verdict_of",
]
