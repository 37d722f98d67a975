"""Counting conduct breaches again, by somebody who never saw the rules' code or their rows.

The limits stand here as constants, read from the guidance for personal consumer loans and GB/T 45251-2025 (see
``examples/lender/conduct/cn.yaml`` for articles), the days are counted by arithmetic on Beijing's clock, and nothing of
``act.collections`` is imported. What a governor let through must come out of this with nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

__all__ = ["Contacted", "breaches"]

_HOUR = 3_600_000_000
_BEIJING = 8 * _HOUR
_FIRST_HOUR, _LAST_HOUR = 8, 22
_TALKS_A_DAY, _TRIES_A_DAY, _MESSAGES_A_DAY, _MESSAGES_A_WEEK = 3, 6, 2, 7
_TALKS, _MESSAGES = ("ai_call", "call"), ("email", "sms")


class Contacted(NamedTuple):
    """A contact that was made: when (UTC microseconds), how, and whether somebody answered."""

    customer: int
    at: int
    channel: str
    step: str
    answered: bool
    hardship: bool
    barred: bool = False


def breaches(made: Iterable[Contacted]) -> dict[str, int]:
    """How many contacts broke which rule."""
    rows = sorted(made, key=lambda one: (one.customer, one.at))
    customer = np.array([one.customer for one in rows])
    local = np.array([one.at for one in rows]) + _BEIJING
    hour, day = local // _HOUR % 24, local // (24 * _HOUR)
    talk = np.array([one.channel in _TALKS for one in rows])
    message = np.array([one.channel in _MESSAGES for one in rows])
    answered = np.array([one.answered for one in rows])
    gentle = np.array([one.hardship and one.step == "firm" for one in rows])
    of_day = customer.astype(np.int64) * 1_000_000 + day
    return {
        "silent_night": int(((hour < _FIRST_HOUR) | (hour >= _LAST_HOUR)).sum()),
        "three_talks_a_day": _over(of_day[talk & answered], _TALKS_A_DAY),
        "six_tries_a_day": _over(of_day[talk & ~answered], _TRIES_A_DAY),
        "two_messages_a_day": _over(of_day[message], _MESSAGES_A_DAY),
        "seven_messages_a_week": _over_week(customer[message], day[message]),
        "hardship_gentle": int(gentle.sum()),
        "barred": sum(one.barred for one in rows),
    }


def _over(groups: np.ndarray, most: int) -> int:
    """Contacts beyond ``most`` in their group."""
    _, counts = np.unique(groups, return_counts=True)
    return int(np.maximum(counts - most, 0).sum())


def _over_week(customer: np.ndarray, day: np.ndarray) -> int:
    """Messages that are the eighth or later of seven days that end with theirs; rows are in order of customer and time."""
    place = customer.astype(np.int64) * 1_000_000 + day
    before = np.arange(place.size) - np.searchsorted(place, place - 6, side="left")
    same = np.arange(place.size) - np.searchsorted(customer, customer, side="left")
    return int((np.minimum(before, same) >= _MESSAGES_A_WEEK).sum())
