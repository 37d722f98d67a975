"""Strategies side by side: customers are dealt to arms by chance, each arm has its strategy, all live through the same days.

Arms of one portfolio share its customers out among them. An arm may instead have a copy of the portfolio to itself: then the same customers
are looked at under each strategy, with the same draws, and differences are far less noisy. An arm may be held to what another
spends: as many contacts a customer, as many of them by people.

An arm may log what it does, which is what exploration is for: what was seen, what was drawn with which propensity (also nothing), and
the share of what was due that was paid until the customer's next due date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tandem.learn.simulator.batches import Floats, Ints
from tandem.learn.simulator.portfolio.contacts import (
    CHANNELS,
    Allowance,
    BoolArray,
    Contacts,
    Governor,
    Seen,
    Strategy,
)
from tandem.learn.simulator.portfolio.people import MONTH
from tandem.learn.simulator.portfolio.portfolio import Portfolio

__all__ = ["Arm", "Drawn", "Log", "deal", "run"]

_CALL = CHANNELS.index("call")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows of a log: a customer on a day, what was drawn, and what came of it.

    Attributes:
        columns: what was seen. customer: who.
        channel, step, hour: of the contact; -1 where nothing was drawn.
        propensity: how likely just that was; 0 where a contact was drawn and forbidden, which teaches nothing.
        share: of what was due, paid until the next due date; stake: what was due, minor units.
    """

    columns: dict[str, Floats]
    customer: Ints
    channel: Ints
    step: Ints
    hour: Ints
    propensity: Floats
    share: Floats
    stake: Floats

    def only(self, kept: Ints | BoolArray) -> Drawn:
        """Those rows."""
        return Drawn(
            {name: one[kept] for name, one in self.columns.items()}, self.customer[kept], self.channel[kept],
            self.step[kept], self.hour[kept], self.propensity[kept], self.share[kept], self.stake[kept],
        )  # fmt: skip


@dataclass(slots=True)
class Log:
    """What an arm drew, day by day, and what each customer had paid by each due date."""

    days: list[tuple[Seen, Ints, Floats, Ints]] = field(default_factory=list)
    paid_by: dict[int, Ints] = field(default_factory=dict)

    def rows(self) -> Drawn:
        """Everything whose next due date has come, forbidden draws left out."""
        parts = [self._of(*one) for one in self.days]
        names = parts[0].columns
        columns = {name: np.concatenate([one.columns[name] for one in parts]) for name in names}
        plain = ("customer", "channel", "step", "hour", "propensity", "share", "stake")
        return Drawn(columns, *(np.concatenate([getattr(one, name) for one in parts]) for name in plain))

    def _of(self, seen: Seen, contact: Ints, propensity: Floats, before: Ints) -> Drawn:
        due = seen.columns["due_minor"]
        month = (seen.day + seen.columns["days_to_due"].astype(np.int64)) // MONTH
        then = np.full(len(seen), -1, dtype=np.int64)
        for one in np.unique(month):
            if one in self.paid_by:
                then = np.where(month == one, self.paid_by[one][seen.customer], then)
        share = np.clip((then - before) / due, 0, 1)
        channel, step, hour = contact.T
        found = Drawn(seen.columns, seen.customer, channel, step, hour, propensity, share, due)
        return found.only((then >= 0) & (propensity > 0))


@dataclass(slots=True)
class Arm:
    """Customers who are treated alike.

    Attributes:
        portfolio: they live in; who: mask over its customers.
        paced_by: the arm to whose contacts and calls, a customer, it is held; budget: the share of them it may make.
        governor: says what may be made; None: everything.
        log: where to keep what was drawn; alone: the chance to be left alone on a day, for the log.
        contacts, calls: made so far; blocked: wanted and forbidden.
    """

    portfolio: Portfolio
    strategy: Strategy
    who: BoolArray
    paced_by: str | None = None
    budget: float = 1.0
    governor: Governor | None = None
    log: Log | None = None
    alone: float = 1.0
    contacts: int = 0
    calls: int = 0
    blocked: int = 0


def deal(customers: int, shares: Mapping[str, float], seed: int) -> dict[str, BoolArray]:
    """Masks that deal customers to arms by chance, in these shares."""
    drawn = np.random.default_rng([seed, 5]).random(customers)
    edges = np.cumsum([0.0, *shares.values()])
    edges = edges / edges[-1]
    return {name: (drawn >= edges[at]) & (drawn < edges[at + 1]) for at, name in enumerate(shares)}


def run(arms: Mapping[str, Arm], days: int) -> None:
    """Let the days pass; an arm that is paced by another comes after it."""
    portfolios = {id(arm.portfolio): arm.portfolio for arm in arms.values()}
    for _ in range(days):
        morning = {key: one.morning() for key, one in portfolios.items()}
        for arm in arms.values():
            if arm.log is not None:
                _note_paid(arm.portfolio, arm.log)
            seen = morning[id(arm.portfolio)]
            _act(arms, arm, seen.only(arm.who[seen.customer]))
        for one in portfolios.values():
            one.evening()


def _act(arms: Mapping[str, Arm], arm: Arm, mine: Seen) -> None:
    wanted = arm.strategy.choose(mine, _allowance(arms, arm))
    made = wanted
    if arm.governor is not None:
        made = wanted.only(arm.governor.permit(mine, wanted))
        arm.blocked += len(wanted) - len(made)
    if arm.log is not None:
        _keep(arm.portfolio, arm.log, arm.alone, mine, wanted, made)
    reached = arm.portfolio.contact(mine, made)
    if arm.governor is not None:
        arm.governor.heard(mine, made, reached)
    arm.contacts += len(made)
    arm.calls += int((made.channel == _CALL).sum())


def _allowance(arms: Mapping[str, Arm], arm: Arm) -> Allowance:
    if arm.paced_by is None:
        return Allowance()
    pace = arms[arm.paced_by]
    share = arm.budget * arm.who.sum() / max(1, pace.who.sum())
    contacts, calls = int(pace.contacts * share + 1e-9), int(pace.calls * share + 1e-9)
    return Allowance(contacts=max(0, contacts - arm.contacts), calls=max(0, calls - arm.calls))


def _keep(portfolio: Portfolio, log: Log, alone: float, mine: Seen, wanted: Contacts, made: Contacts) -> None:
    contact = np.full((len(mine), 3), -1, dtype=np.int64)
    contact[made.row] = np.column_stack([made.channel, made.step, made.hour])
    propensity = np.full(len(mine), alone)
    propensity[wanted.row] = 0.0
    propensity[made.row] = made.propensity
    log.days.append((mine, contact, propensity, portfolio.book.recovered[mine.customer].copy()))


def _note_paid(portfolio: Portfolio, log: Log) -> None:
    month = portfolio.day // MONTH
    paid = log.paid_by.setdefault(month, np.full(portfolio.world.customers, -1, dtype=np.int64))
    due = portfolio.people.due_day == portfolio.day % MONTH
    paid[due] = portfolio.book.recovered[due]
