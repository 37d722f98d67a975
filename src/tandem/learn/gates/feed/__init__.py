"""Gates on a day of rows: what a good day looks like, and whether this one does."""

from __future__ import annotations

from tandem.learn.gates.feed.judging import judge_feed
from tandem.learn.gates.feed.layouts import FeedLayout
from tandem.learn.gates.feed.profiles import FeedProfile, extend_profile, profile_feed
from tandem.learn.gates.feed.records import ColumnDay, DayRecord, LabelDay
from tandem.learn.gates.feed.rulers import ColumnRuler

__all__ = [
    "ColumnDay",
    "ColumnRuler",
    "DayRecord",
    "FeedLayout",
    "FeedProfile",
    "LabelDay",
    "extend_profile",
    "judge_feed",
    "profile_feed",
]
