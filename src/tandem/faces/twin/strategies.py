"""Choosing by uplift, as a strategy of the twin: what was learnt in ``learn``, handed out by ``act``, on what a lender sees.

It reads a morning's columns and a model that was fitted to logged exploration. What customers are really like, and what was assumed of
them, is nowhere in reach (a test reads the imports of everything on this side).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from tandem.act.collections import hand_out
from tandem.learn.simulator.portfolio import (
    CHANNELS,
    HOURS,
    OFFERS,
    STEPS,
    Allowance,
    Contacts,
    Drawn,
    Seen,
)
from tandem.learn.uplift import FloatArray, IntArray, Offered, Response, Tried

__all__ = ["COST_MINOR", "MINUTES", "ByUplift", "columns_of", "offered", "tried_of"]

COST_MINOR: Final = {"email": 1, "sms": 10, "ai_call": 30, "call": 1_500}
"""What one contact costs a lender, minor units: the lender knows that, so it is no assumption about customers."""
MINUTES: Final = {"email": 0.0, "sms": 0.0, "ai_call": 0.0, "call": 4.0}
"""Of an agent's time."""
_USUAL: Final = "usual_hour"
_ASKED: Final = 2_000
"""About as many rows say well enough whether the usual hour is the better one."""


def offered() -> tuple[Offered, ...]:
    """Everything that may be done to somebody, at another hour than usual and at the usual one."""
    return tuple(Offered(CHANNELS[channel], STEPS[step], usual) for channel, step in OFFERS for usual in (False, True))


def columns_of(columns: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """What a model reads of a morning; the usual hour is a part of the action."""
    return {name: one for name, one in columns.items() if name != _USUAL}


def tried_of(drawn: Drawn) -> Tried:
    """A log of exploration as rows to learn from."""
    place = np.full((len(CHANNELS) + 1, len(STEPS) + 1), -1, dtype=np.int64)  # the last ones: -1, nothing drawn
    for at, (channel, step) in enumerate(OFFERS):
        place[channel, step] = at
    offer = place[drawn.channel, drawn.step]
    usual = drawn.hour == drawn.columns[_USUAL]
    action = np.where(offer >= 0, 2 * offer + usual, -1)
    # "At another hour" is any of the others: as likely as all of them together.
    propensity = drawn.propensity * np.where((offer >= 0) & ~usual, len(HOURS) - 1, 1)
    return Tried(columns_of(drawn.columns), action, propensity, drawn.share, drawn.stake, drawn.customer)


class ByUplift:
    """Contacts whom a contact is expected to change most, by what changes them most, for what it costs.

    Args:
        response: learnt on ``offered()``.
        seen: rows it was learnt on; they say whether contacts do better at the usual hour.
    """

    def __init__(self, response: Response, seen: dict[str, FloatArray]) -> None:
        rows = next(iter(seen.values())).size
        some = {name: one[:: 1 + rows // _ASKED] for name, one in seen.items()}
        self.usual = max((False, True), key=lambda usual: float(_at(response, usual=usual).gains(some).mean()))
        self.response = _at(response, usual=self.usual)
        self._cost = np.array([COST_MINOR[CHANNELS[channel]] for channel, _ in OFFERS], dtype=np.float64)
        self._minutes = np.array([MINUTES[CHANNELS[channel]] for channel, _ in OFFERS])
        self._firm = np.array([STEPS[step] == "firm" for _, step in OFFERS])
        self.minute_price = 0.0

    def choose(self, seen: Seen, allowance: Allowance) -> Contacts:
        """The contacts of the day that are expected to bring most, within what may be spent."""
        option = self.options(columns_of(seen.columns), allowance)
        row = np.flatnonzero(option >= 0)
        channel, step = np.array(OFFERS, dtype=np.int64)[option[row]].T
        hour = seen.columns[_USUAL][row].astype(np.int64)
        if not self.usual:
            hour = (hour + 1) % len(HOURS)
        return Contacts(row, channel, step, hour, np.ones(row.size))

    def options(self, columns: dict[str, FloatArray], allowance: Allowance) -> IntArray:
        """By row, the place in ``OFFERS`` of what is chosen; -1 for nothing."""
        if columns["due_minor"].size == 0:
            return np.empty(0, dtype=np.int64)
        worth = self.response.gains(columns) * columns["due_minor"][:, None] - self._cost
        # Somebody who said they are in hardship is spoken to gently; a firm contact would be blocked (conduct rules).
        worth = np.where(self._firm & (columns["hardship"] > 0)[:, None], -np.inf, worth)
        minutes = None if allowance.calls is None else allowance.calls * MINUTES["call"]
        found = hand_out(worth, self._minutes, minutes_left=minutes, contacts_left=allowance.contacts)
        self.minute_price = found.minute_price
        return found.option


def _at(response: Response, *, usual: bool) -> Response:
    return response.among([place for place, one in enumerate(response.offers) if one.usual_hour == usual])
