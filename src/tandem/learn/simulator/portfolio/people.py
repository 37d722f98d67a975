"""The simulated customers: what each is really like (which nobody but the twin reads), and what a lender knows of each.

Limits, balances, ages and how bills are paid are drawn from the calibration. How much each channel, tone and time of day moves a
customer is drawn as assumed; the lender sees only a blurred part of it, in how service messages were answered before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from tandem.kernel.errors import InvalidInput
from tandem.learn.simulator.batches import Floats, Ints
from tandem.learn.simulator.portfolio.assumptions import Dials, alike, dials
from tandem.learn.simulator.portfolio.calibration import Calibration, calibration
from tandem.learn.simulator.portfolio.contacts import CHANNELS, HOURS, BoolArray

__all__ = ["MONTH", "People", "PortfolioWorld", "draw_people"]

MONTH: Final = 30
"""Days in a month of the twin; every month is as long."""
_ALIKE_LIMIT: Final = 10_000_000
_ALIKE_USED: Final = 0.5


class PortfolioWorld(msgspec.Struct, frozen=True, kw_only=True):
    """The size and the dials of a twin.

    Attributes:
        customers: accounts, one each.
        seed: everything follows from it.
        dials: how customers respond, as assumed.
        alike: all customers are the same and every contact works the same on each: nothing to choose by.
        calibration: what real tables say.
    """

    customers: int = 20_000
    seed: int = 7
    dials: Dials = msgspec.field(default_factory=dials)
    alike: bool = False
    calibration: Calibration = msgspec.field(default_factory=calibration)

    def __post_init__(self) -> None:
        if not 10 <= self.customers <= 5_000_000:
            raise InvalidInput(
                "A portfolio has 10 to 5,000,000 customers.",
                code="portfolio_size", field="customers", value=self.customers,
            )  # fmt: skip

    @property
    def response(self) -> Dials:
        """The dials that hold: all differences gone where customers are alike."""
        return alike(self.dials) if self.alike else self.dials


@dataclass(frozen=True, slots=True)
class People:
    """One row a customer.

    Attributes:
        prone: standard normal; the higher, the likelier late and the slower to pay. hardship: cannot pay.
        taste: (customers, channels) standard normal: how much each channel moves them; tone: the same of firmness.
        hour: place in ``HOURS`` at which they are best reached.
        due_day: day of the month on which a bill is due.
        age, habit, usual_hour, full: what a lender knows; ``habit`` is taste as answered service messages show it.
        limit_minor, balance_minor: at the start. full: pays bills in full.
    """

    prone: Floats
    hardship: BoolArray
    taste: Floats
    tone: Floats
    hour: Ints
    due_day: Ints
    age: Floats
    habit: Floats
    tone_habit: Floats
    usual_hour: Ints
    full: BoolArray
    limit_minor: Ints
    balance_minor: Ints


def draw_people(world: PortfolioWorld, rng: np.random.Generator) -> People:
    """The customers of a world."""
    n, found, response = world.customers, world.calibration, world.response
    taste, tone = rng.standard_normal((n, len(CHANNELS))), rng.standard_normal(n)
    shown = np.sqrt(response.shown)
    hidden = np.sqrt(1 - response.shown)
    habit = shown * taste + hidden * rng.standard_normal(taste.shape)
    tone_habit = shown * tone + hidden * rng.standard_normal(n)
    hour = rng.integers(0, len(HOURS), n)
    usual_hour = np.where(rng.random(n) < response.shown, hour, rng.integers(0, len(HOURS), n))
    limit = np.rint(found.limit_minor.drawn(rng.random(n)) / 1000).astype(np.int64) * 1000
    full = rng.random(n) < found.pays_in_full.value
    used = np.where(full, found.spend_share_full.drawn(rng.random(n)), found.used_share.drawn(rng.random(n)))
    hardship = rng.random(n) < found.trouble.value
    prone, age = rng.standard_normal(n), np.rint(found.age.drawn(rng.random(n)))
    if world.alike:
        prone, age = np.zeros(n), np.full(n, 35.0)
        limit, used = np.full(n, _ALIKE_LIMIT, dtype=np.int64), np.full(n, _ALIKE_USED)
        full, hardship = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    return People(
        prone=prone, hardship=hardship, taste=taste, tone=tone, hour=hour, due_day=rng.integers(0, MONTH, n), age=age,
        habit=habit, tone_habit=tone_habit, usual_hour=usual_hour, full=full, limit_minor=limit,
        balance_minor=np.rint(used * limit).astype(np.int64),
    )  # fmt: skip
