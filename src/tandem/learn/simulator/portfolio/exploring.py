"""Contacting at random, so that there is something to learn from; what was drawn, how likely it was, logged.

Exploration is a strategy like any other: it sees what a lender sees. On each day a customer in arrears is contacted with a small
probability, by any channel, in any tone, at any time of day alike; the propensity is logged with the draw (``running`` logs it, and what came of it).
"""

from __future__ import annotations

import numpy as np

from tandem.learn.simulator.portfolio.contacts import CHANNELS, HOURS, OFFERS, Allowance, Contacts, Seen

__all__ = ["Explorer"]


class Explorer:
    """Draws contacts at random.

    Args:
        rate: chance that a customer in arrears is contacted on a day.
        seed: of the draws.
        people_call: the share of a person's call among the offers; calls cost, so they are drawn less often.
    """

    def __init__(self, rate: float = 0.2, *, seed: int, people_call: float = 0.2) -> None:
        self._rng = np.random.default_rng([seed, 11])
        self.rate = rate
        calls = np.array([CHANNELS[channel] == "call" for channel, _ in OFFERS])
        self.mix = np.where(calls, people_call / calls.sum(), (1 - people_call) / (~calls).sum())

    def choose(self, seen: Seen, allowance: Allowance) -> Contacts:
        """Today's draws."""
        del allowance
        row = np.flatnonzero(self._rng.random(len(seen)) < self.rate)
        offer = self._rng.choice(len(OFFERS), size=row.size, p=self.mix)
        hour = self._rng.integers(0, len(HOURS), row.size)
        channel, step = np.array(OFFERS).T
        return Contacts(row, channel[offer], step[offer], hour, self.rate * self.mix[offer] / len(HOURS))
