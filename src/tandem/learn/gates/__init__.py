"""Gates of daily learning: what a day of rows, and a challenger, must show before they go on."""

from __future__ import annotations

from tandem.learn.gates.challenger import Evidence, alpha_at, ece_noise, judge_challenger, operations
from tandem.learn.gates.feed import (
    ColumnDay,
    ColumnRuler,
    DayRecord,
    FeedLayout,
    FeedProfile,
    LabelDay,
    extend_profile,
    judge_feed,
    profile_feed,
)
from tandem.learn.gates.limits import ChallengerLimits, FairnessPack, FeedLimits
from tandem.learn.gates.packs import fairness_pack, read_fairness_pack
from tandem.learn.gates.reports import GateFinding, GateReport, GateSeverity, report_of

__all__ = [
    "ChallengerLimits",
    "ColumnDay",
    "ColumnRuler",
    "DayRecord",
    "Evidence",
    "FairnessPack",
    "FeedLayout",
    "FeedLimits",
    "FeedProfile",
    "GateFinding",
    "GateReport",
    "GateSeverity",
    "LabelDay",
    "alpha_at",
    "ece_noise",
    "extend_profile",
    "fairness_pack",
    "judge_challenger",
    "judge_feed",
    "operations",
    "profile_feed",
    "read_fairness_pack",
    "report_of",
]
