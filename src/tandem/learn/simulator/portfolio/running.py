"""Strategies side by side in one portfolio: customers are dealt to arms by chance, each arm has its strategy, all live in the same days.

An arm may be held to what another spends: as many contacts a customer, as many of them by people. An arm may log what it does, which is what
exploration is for: what was seen, what was drawn with which propensity (also nothing), and the share of what was due that was paid
until the customer's next due date. Rows whose due date has not come when the log is read are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tandem.learn.simulator.batches import Floats, Ints
from tandem.learn.simulator.portfolio.contacts import CHANNELS, Allowance, Contacts, Governor, Seen, Strategy
from tandem.learn.simulator.portfolio.people import MONTH
from tandem.learn.simulator.portfolio.portfolio import Portfolio

__all__ = ["Arm", "Log", "Logged", "deal", "run"]

_CALL = CHANNELS.index("call")


@dataclass(frozen=True, slots=True)
class Logged:
    """A day's rows: what was seen; the offer drawn as channel, step, hour (-1: nothing); its propensity; what had been paid before."""

    seen: Seen
    channel: Ints
    step: Ints
    hour: Ints
    propensity: Floats
    paid_before: Ints


@dataclass(slots=True)
class Log:
    """What an arm did, day by day, and what each customer had paid by each due date."""

    days: list[Logged] = field(default_factory=list)
    paid_by: dict[int, Ints] = field(default_factory=dict)


@dataclass(slots=True)
class Arm:
    """Customers who are treated alike.

    Attributes:
        strategy: who chooses. who: mask over the customers.
        paced_by: name of the arm whose contacts and calls, a customer, it is held to; budget: the share of them it may make.
        governor: who says what may be made; None: everything.
        log: where to keep what was done; None: nowhere. alone: the chance to be left alone, for the log.
    """

    strategy: Strategy
    who: Ints
    paced_by: str | None = None
    budget: float = 1.0
    governor: Governor | None = None
    log: Log | None = None
    alone: float = 1.0
    spent: Floats = field(default_factory=lambda: np.zeros(2))
    blocked: int = 0


def deal(customers: int, shares: Mapping[str, float], seed: int) -> dict[str, Ints]:
    """Masks that deal customers to arms by chance."""
    drawn = np.random.default_rng([seed, 5]).random(customers)
    edges = np.concatenate([[0], np.cumsum(list(shares.values()))])
    edges /= edges[-1]
    return {name: (drawn >= edges[at]) & (drawn < edges[at + 1]) for at, name in enumerate(shares)}


def run(portfolio: Portfolio, arms: Mapping[str, Arm], days: int) -> None:
    """Let the days pass; an arm that is paced by another comes after it."""
    for _ in range(days):
        seen = portfolio.morning()
        _note_paid(portfolio, arms)
        for arm in arms.values():
            mine = seen.only(arm.who[seen.customer])
            made = _made(portfolio, arms, arm, mine)
            portfolio.contact(mine, made)
            arm.spent += [len(made), int((made.channel == _CALL).sum())]
        portfolio.evening()


def _made(portfolio: Portfolio, arms: Mapping[str, Arm], arm: Arm, mine: Seen) -> Contacts:
    wanted = arm.strategy.choose(mine, _allowance(arms, arm))
    made = wanted
    if arm.governor is not None and len(wanted):
        permitted = arm.governor.permit(mine, wanted)
        made = wanted.only(permitted)
        arm.blocked += len(wanted) - len(made)
    if arm.log is not None:
        arm.log.days.append(_logged(portfolio, arm, mine, wanted, made))
    return made


def _allowance(arms: Mapping[str, Arm], arm: Arm) -> Allowance:
    if arm.paced_by is None:
        return Allowance()
    pace = arms[arm.paced_by]
    left = pace.spent / max(1, pace.who.sum()) * arm.who.sum() * arm.budget - arm.spent
    contacts, calls = (max(0, int(one)) for one in np.floor(left + 1e-9))
    return Allowance(contacts=contacts, calls=calls)


def _logged(portfolio: Portfolio, arm: Arm, mine: Seen, wanted: Contacts, made: Contacts) -> Logged:
    rows = len(mine)
    columns = [np.full(rows, -1, dtype=np.int64) for _ in range(3)]
    propensity = np.full(rows, arm.alone)
    for column, one in zip(columns, (made.channel, made.step, made.hour), strict=True):
        column[made.row] = one
    propensity[made.row] = made.propensity
    # Drawn but forbidden: neither left alone by chance nor contacted. Such rows teach nothing.
    forbidden = np.setdiff1d(wanted.row, made.row)
    propensity[forbidden] = 0.0
    return Logged(mine, *columns, propensity, portfolio.book.recovered[mine.customer].copy())


def _note_paid(portfolio: Portfolio, arms: Mapping[str, Arm]) -> None:
    logs = [arm.log for arm in arms.values() if arm.log is not None]
    if not logs:
        return
    due = portfolio.people.due_day == portfolio.day % MONTH
    month = portfolio.day // MONTH
    for log in logs:
        paid = log.paid_by.setdefault(month, np.full(portfolio.world.customers, -1, dtype=np.int64))
        paid[due] = portfolio.book.recovered[due]
