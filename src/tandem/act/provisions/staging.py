"""Staging (IFRS 9 5.5): 1 as at the start, 2 riskier since, 3 in default; of all accounts at once. Pure.

What was met is remembered: an account that was in stage 2 or 3 stays for the days the rules say after it was last seen to meet
the condition, so that one payment cures nobody.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from tandem.act.products import Day
from tandem.act.provisions.rules import Staging

__all__ = ["LONG_AGO", "Seen", "Staged", "riskier", "staged"]

LONG_AGO: Final = -1_000_000
"""The day of what never was."""


class Seen(NamedTuple):
    """What is seen of each account on a day; arrays of one length.

    Attributes:
        late: days past due. pd_open, pd_now: within twelve months, when it was opened and now.
        forborne: the day of the newest schedule that replaced another; ``LONG_AGO`` if none.
    """

    late: np.ndarray
    pd_open: np.ndarray
    pd_now: np.ndarray
    forborne: np.ndarray


class Staged(NamedTuple):
    """The stage of each account, int8, and the days on which it was last seen to meet the conditions of stages 2 and 3."""

    stage: np.ndarray
    met_2: np.ndarray
    met_3: np.ndarray


def riskier(rules: Staging, seen: Seen) -> np.ndarray:
    """Which accounts are likelier to default than when they were opened, by as much as the rules say."""
    found: np.ndarray = (seen.pd_now * 100 >= seen.pd_open * rules.pd_times_pct) & (
        (seen.pd_now - seen.pd_open) * 10_000 >= rules.pd_more_bps - 1e-9
    )
    return found


def staged(rules: Staging, day: Day, seen: Seen, met_2: np.ndarray, met_3: np.ndarray) -> Staged:
    """The stages on ``day``.

    Args:
        met_2, met_3: days on which each account was last seen to meet the conditions, before.
    """
    default = seen.late > rules.default_days
    forborne = day - seen.forborne < rules.forborne_days
    increased = (seen.late > rules.late_days) | riskier(rules, seen) | forborne | default
    now_2 = np.where(increased, np.int32(day), met_2).astype(np.int32)
    now_3 = np.where(default, np.int32(day), met_3).astype(np.int32)
    third = default | (day - now_3 < rules.stage_3_days)
    second = increased | (day - now_2 < rules.stage_2_days)
    stage = np.where(third, 3, np.where(second, 2, 1)).astype(np.int8)
    return Staged(stage, now_2, now_3)
