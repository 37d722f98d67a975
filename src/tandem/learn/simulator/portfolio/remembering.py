"""What the lender of the twin remembers of each customer: contacts, whom they reached, payments soon after, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from tandem.learn.simulator.batches import Floats, Ints
from tandem.learn.simulator.portfolio.contacts import CHANNELS, STEPS, BoolArray, Contacts
from tandem.learn.simulator.portfolio.people import MONTH

__all__ = ["Memory"]

_NEVER: Final = -(10**6)
_SOON: Final = 3
_WEEK: Final = 7


@dataclass(slots=True)
class Memory:
    """One row a customer.

    Attributes:
        contacts, reached: by channel, in these arrears; with ``ever``: of all time.
        steps_ever: contacts by step; paid_soon: payments within three days of one of that step.
        last_contact, last_step, last_paid: days and a place in ``STEPS``.
        times_late: arrears so far. told_hardship: somebody said so in a call. week: contacts of the last seven days, by day.
    """

    contacts: Ints
    reached: Ints
    contacts_ever: Ints
    reached_ever: Ints
    steps_ever: Ints
    paid_soon: Ints
    last_contact: Ints
    last_step: Ints
    last_paid: Ints
    times_late: Ints
    told_hardship: BoolArray
    week: Ints

    @classmethod
    def none(cls, customers: int) -> Memory:
        """Nothing remembered yet."""

        def zeros(*shape: int) -> Ints:
            return np.zeros((customers, *shape), dtype=np.int64)

        channels, steps = len(CHANNELS), len(STEPS)
        return cls(
            contacts=zeros(channels), reached=zeros(channels), contacts_ever=zeros(channels),
            reached_ever=zeros(channels), steps_ever=zeros(steps), paid_soon=zeros(steps), last_contact=zeros() + _NEVER,
            last_step=zeros() - 1, last_paid=zeros() + _NEVER, times_late=zeros(),
            told_hardship=np.zeros(customers, dtype=bool), week=zeros(_WEEK),
        )  # fmt: skip

    def begin_day(self, day: int) -> None:
        """What was a week ago is not of this week."""
        self.week[:, day % _WEEK] = 0

    def begin(self, who: Ints) -> None:
        """Arrears begin: what is counted of these arrears is nothing yet."""
        self.times_late[who] += 1
        self.contacts[who], self.reached[who] = 0, 0
        self.last_contact[who], self.last_step[who] = _NEVER, -1

    def note(self, who: Ints, day: int, made: Contacts, reached: BoolArray) -> None:
        """Contacts with ``who``, each once."""
        for counts, by in (
            (self.contacts, 1),
            (self.contacts_ever, 1),
            (self.reached, reached),
            (self.reached_ever, reached),
        ):
            counts[who, made.channel] += by
        self.steps_ever[who, made.step] += 1
        self.last_contact[who], self.last_step[who] = day, made.step
        self.week[who, day % _WEEK] += 1

    def paid(self, who: Ints, day: int) -> None:
        """Payments of what was past due."""
        self.last_paid[who] = day
        soon = who[day - self.last_contact[who] <= _SOON]
        self.paid_soon[soon, self.last_step[soon]] += 1

    def this_week(self, who: Ints) -> Ints:
        """Contacts in the week before, today's before this one among them."""
        counted: Ints = self.week[who].sum(axis=1)
        return counted

    def columns(self, who: Ints, day: int) -> dict[str, Floats]:
        """What is remembered of ``who``, by name; -1 where there was no such thing."""
        found: dict[str, Ints | BoolArray] = {
            "months_on_book": np.full(who.size, day // MONTH, dtype=np.int64),
            "days_since_payment": _since(day, self.last_paid[who]),
            "times_late": self.times_late[who],
            "contacts": self.contacts[who].sum(axis=1),
            "reached": self.reached[who].sum(axis=1),
            "days_since_contact": _since(day, self.last_contact[who]),
            "hardship": self.told_hardship[who],
            "contacts_this_week": self.this_week(who),
        }
        for place, channel in enumerate(CHANNELS):
            found[f"contacts_{channel}"] = self.contacts[who, place]
            found[f"reached_{channel}"] = self.reached[who, place]
            found[f"contacts_ever_{channel}"] = self.contacts_ever[who, place]
            found[f"reached_ever_{channel}"] = self.reached_ever[who, place]
        for place, step in enumerate(STEPS):
            found[f"contacts_ever_{step}"] = self.steps_ever[who, place]
            found[f"paid_soon_{step}"] = self.paid_soon[who, place]
        return {name: np.asarray(one, dtype=np.float64) for name, one in found.items()}


def _since(day: int, last: Ints) -> Ints:
    return np.where(last == _NEVER, -1, day - last)
