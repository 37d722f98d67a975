"""Setting the twin so that, treated as the panels' lenders treated theirs, it falls late, rolls and cures as the panels do.

What a panel shows is what customers did under somebody's collections. So whatever is assumed of how contacts work, the daily odds
of paying are set anew: a sample of customers goes through the months under the usual contacts (``usual``), bucket after
bucket, each the survivors of the one before. Given what was said to somebody who has not paid, the chance to have paid by the
month's end is a product; its mean over the sample is brought to the panel's share by root finding, with no simulation noise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit

from tandem.learn.simulator.batches import Floats, Ints
from tandem.learn.simulator.portfolio.calibration import BUCKETS
from tandem.learn.simulator.portfolio.people import MONTH, People, PortfolioWorld
from tandem.learn.simulator.portfolio.responding import lift_of, reach_of
from tandem.learn.simulator.portfolio.usual import USUAL

__all__ = ["Odds", "fit_odds"]

_ALIKE_HAZARD: Final = 1e-3
_EDGE: Final = 40.0
_FATIGUE_DAYS: Final = 7
_TURNS: Final = 3


@dataclass(frozen=True, slots=True)
class Odds:
    """What the daily draws are made with.

    Attributes:
        late: log-odds of not paying on the due date. prone: what a standard deviation of ``People.prone`` adds to it,
            and takes off the daily odds of paying.
        paying: log-odds of paying on a day, by days past due from 0 to 149.
        in_full: by bucket, of those who pay: the share that pays all that is past due.
    """

    late: float
    prone: float
    paying: Floats
    in_full: Floats


def fit_odds(world: PortfolioWorld, people: People, rng: np.random.Generator) -> Odds:
    """The odds under which these customers, usually treated, do what the panels say."""
    found, response = world.calibration, world.response
    entry = found.entry.value
    late = entry + (1 - entry) * response.forgets
    if world.alike:
        # Everybody the same, nobody pays unasked: what a contact brings does not depend on whom, or when.
        return Odds(float(logit(late)), 0.0, np.full(MONTH * BUCKETS, float(logit(_ALIKE_HAZARD))), np.ones(BUCKETS))
    shape = _by_day(world, late)
    targets = [1 - (late - entry) / late, *(one.value for one in found.roll)]
    talked = _lifts(world, people, rng)
    drag = response.hardship_drag * people.hardship

    billed = float((people.balance_minor > 0).mean())  # without a bill nobody is late, and panels count them too
    cured = [cure.value / (1 - roll.value) for cure, roll in zip(found.cure, found.roll, strict=True)]
    in_full = np.array([1.0, *cured])

    def set_at(prone: float) -> tuple[float, list[float], float]:
        """Falling late, the shifts by bucket, and how much oftener than strangers the same fall late twice."""
        slow = prone * people.prone + drag
        here = np.full(slow.size, 1 / slow.size)
        late_odds, shifts, enters = 0.0, [0.0] * BUCKETS, here
        for _ in range(_TURNS):
            late_odds = _late_odds(slow, here, late / billed)
            among, shifts, stays = here * expit(late_odds + slow), [], []
            for bucket in range(BUCKETS):
                days = slice(bucket * MONTH, (bucket + 1) * MONTH)
                odds = shape[days][None, :] + talked[:, days] - slow[:, None]
                shifts.append(_shift(odds, among / among.sum(), targets[bucket]))
                stays.append(_unpaid(odds + shifts[-1]))
                among = among * stays[-1]
            # Who falls late often and stays so is less often among those on time, of whom a panel counts who falls late.
            enters = expit(late_odds + slow) * stays[0]
            here = 1 / (1 + enters / np.maximum(in_full[1] * (1 - stays[1]), 1e-6))
            here = here / here.sum()
        return late_odds, shifts, float(here @ enters**2) / float(here @ enters) ** 2

    wanted = found.repeat.value
    # Hardship alone may make falling late repeat itself as it does; then nothing is left for the rest to explain.
    prone = 0.0 if set_at(0.0)[2] >= wanted else float(brentq(lambda one: set_at(one)[2] - wanted, 0.0, 3.0, xtol=1e-3))
    late_odds, shifts, _ = set_at(prone)
    paying = shape + np.repeat(shifts, MONTH)
    return Odds(late_odds, prone, paying, in_full)


def _by_day(world: PortfolioWorld, late: float) -> Floats:
    """Log-odds of paying by day past due, before they are shifted: as late bills are settled, then the same every day."""
    found = world.calibration
    entry = found.entry.value
    settled = np.interp(np.arange(MONTH + 1), (0, *found.late_days.values), (0, *found.late_days.at))
    pays = np.diff(settled) * (late - entry)
    left = late - np.concatenate([[0], np.cumsum(pays)[:-1]])
    first = logit(np.clip(pays / left, 1e-4, 0.9))
    rest = [np.full(MONTH, float(logit(1 - one.value ** (1 / MONTH)))) for one in found.roll]
    return np.concatenate([first, *rest])


def _lifts(world: PortfolioWorld, people: People, rng: np.random.Generator) -> Floats:
    """What the usual contacts add on each day past due to the log-odds of each customer who has not paid yet."""
    response = world.response
    n = people.prone.size
    fade = 0.5 ** (1 / response.half_life_days)
    lift, found = np.zeros(n), np.zeros((n, MONTH * BUCKETS))
    made = np.zeros(MONTH * BUCKETS)
    everyone = np.arange(n)
    for day in range(MONTH * BUCKETS):
        if day in USUAL:
            channel, step, hour = USUAL[day]
            reached = rng.random(n) < reach_of(response, people, everyone, _all(n, channel), _all(n, hour))
            before = int(made[max(0, day - _FATIGUE_DAYS + 1) : day + 1].sum())
            moved = lift_of(response, people, everyone, _all(n, channel), _all(n, step), np.full(n, before))
            lift = lift + np.where(reached, moved, 0.0)
            made[day] = 1
        found[:, day] = lift
        lift = lift * fade
    return found


def _all(n: int, value: int) -> Ints:
    return np.full(n, value, dtype=np.int64)


def _unpaid(odds: Floats) -> Floats:
    """The chance not to have paid on any of the days."""
    result: Floats = np.exp(-np.logaddexp(0, odds).sum(axis=1))
    return result


def _late_odds(slow: Floats, weight: Floats, late: float) -> float:
    """Log-odds of missing a bill, so that in the weighted mean the share ``late`` misses it."""
    return _root(lambda one: float(weight @ expit(one + slow)) - late)


def _shift(odds: Floats, weight: Floats, target: float) -> float:
    """What to add to all odds, so that in the weighted mean the share ``target`` has not paid."""
    return _root(lambda one: float(weight @ _unpaid(odds + one)) - target)


def _root(off: Callable[[float], float]) -> float:
    return float(brentq(off, -_EDGE, _EDGE, xtol=1e-6))
