"""The usual treatment: a ladder by days past due, as most lenders have it and as the panels' lenders are taken to have had it.

A message in the first days, then calls by a machine, then by a person, firmer from bucket to bucket, on fixed days, whoever it is.
It is the baseline that a choice by uplift is measured against, and what the twin is fitted under.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from tandem.learn.simulator.batches import Floats, Ints
from tandem.learn.simulator.portfolio.contacts import CHANNELS, HOURS, OFFERS, STEPS, Allowance, Contacts, Seen

__all__ = ["USUAL", "UsualLadder"]

_EMAIL, _SMS, _AI, _CALL = (CHANNELS.index(one) for one in ("email", "sms", "ai_call", "call"))
_SOFT, _FIRM, _OFFER = (STEPS.index(one) for one in ("soft", "firm", "restructure"))
_MORNING, _NOON = 0, 1
assert HOURS[_MORNING] < HOURS[_NOON]

_FIRST: Final = {
    1: (_SMS, _SOFT, _MORNING), 3: (_EMAIL, _SOFT, _MORNING), 5: (_SMS, _SOFT, _MORNING), 8: (_AI, _SOFT, _MORNING),
    12: (_SMS, _FIRM, _MORNING), 15: (_AI, _FIRM, _MORNING), 19: (_CALL, _SOFT, _MORNING), 23: (_SMS, _FIRM, _MORNING),
    26: (_CALL, _FIRM, _MORNING),
}  # fmt: skip
_LATER: Final = {
    1: (_CALL, _FIRM, _MORNING), 4: (_SMS, _FIRM, _MORNING), 8: (_CALL, _FIRM, _NOON), 12: (_EMAIL, _FIRM, _MORNING),
    15: (_CALL, _FIRM, _MORNING), 19: (_SMS, _FIRM, _MORNING), 23: (_CALL, _OFFER, _NOON), 27: (_SMS, _FIRM, _MORNING),
}  # fmt: skip
USUAL: Final[dict[int, tuple[int, int, int]]] = _FIRST | {
    30 * bucket + day: contact for bucket in range(1, 5) for day, contact in _LATER.items()
}
"""By days past due: channel, step and time of day of the contact made then."""


class UsualLadder:
    """Contacts everybody in arrears on the ladder's days; nothing is chosen, so every propensity is 1."""

    def __init__(self) -> None:
        self._table = np.full((max(USUAL) + 2, 3), -1, dtype=np.int64)
        for day, contact in USUAL.items():
            self._table[day] = contact

    def choose(self, seen: Seen, allowance: Allowance) -> Contacts:
        """The ladder's contacts of the day."""
        del allowance  # a ladder spends what it spends
        days = np.minimum(seen.columns["days_past_due"].astype(np.int64), len(self._table) - 1)
        row = np.flatnonzero(self._table[days, 0] >= 0)
        channel, step, hour = self._table[days[row]].T
        return Contacts(row, channel, step, hour, np.ones(row.size))

    def offers_on(self, days_past_due: Floats) -> Ints:
        """By days past due, the place in ``OFFERS`` of the ladder's contact that day; -1 for none."""
        contact = self._table[np.minimum(days_past_due.astype(np.int64), len(self._table) - 1)]
        place = np.full((len(CHANNELS) + 1, len(STEPS) + 1), -1, dtype=np.int64)
        for at, (channel, step) in enumerate(OFFERS):
            place[channel, step] = at
        found: Ints = place[contact[:, 0], contact[:, 1]]
        return found
