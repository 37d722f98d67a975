"""Bust-out: accounts that behave well until they are trusted, and then take all they can within a day or two.

What it imitates: sleepers. Each buys a few small things and repays them (these applications are no fraud, and are labelled
so), then applies for large amounts at many shops at once. Some sleepers share the organiser's contact or card.
"""

from __future__ import annotations

import msgspec
import numpy as np

from tandem.kernel.time import DAY
from tandem.learn.simulator.applications import Stage, purchases
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, Ints, batch, joined
from tandem.learn.simulator.fraud.dials import budget, check_dials, fresh_people, means, shops

__all__ = ["BustOut"]


class BustOut(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: attempts of the bust, as a share of honest applications in the same time.
        camouflage: share of sleepers with a contact and a card that no other sleeper has.
        good_purchases: what each buys, and repays, before.
        burst: large applications of each.
        days: how long the bust of one sleeper lasts.
        greed: amounts of the bust against those of honest people.
    """

    intensity: float = 0.02
    camouflage: float = 0.5
    good_purchases: int = 3
    burst: int = 5
    days: float = 1.0
    greed: float = 3.0

    def __post_init__(self) -> None:
        check_dials(self)

    @classmethod
    def dialled(cls, intensity: float, disguise: float) -> BustOut:
        """By the two dials that every attack has: with disguise, the bust is slower and smaller."""
        return cls(intensity=intensity, camouflage=disguise, days=0.5 + 6 * disguise, greed=3.5 - 1.5 * disguise)

    def attempts(self, stage: Stage) -> Batch:
        """The good purchases in the first half of the attack's time, the busts in the second."""
        sleepers = -(-budget(stage, self.intensity) // self.burst)
        if not sleepers:
            return batch(0)
        random, half = stage.random, (stage.begin + stage.end) // 2
        people = fresh_people(stage, sleepers)
        cell = np.arange(sleepers) // 6
        for kind, each in (("contact", 6), ("card", 3)):
            shared = means(stage, "phone" if kind == "contact" else kind, np.bincount(cell), each, cell)
            people[kind] = np.where(random.random(sleepers) >= self.camouflage, shared, people[kind])
        lasts = min(self.days * DAY, stage.end - half - 1)
        starts = half + random.random(sleepers) * (stage.end - half - lasts)
        busts = np.repeat(np.arange(sleepers), self.burst)
        good = np.repeat(np.arange(sleepers), self.good_purchases)
        rings = stage.mint.rings(int(cell[-1]) + 1)[cell]
        return joined(
            [
                self._bought(stage, people, rings, good, random.integers(stage.begin, half, len(good)), 0.35, lost=0),
                self._bought(
                    stage,
                    people,
                    rings,
                    busts,
                    (starts[busts] + random.random(len(busts)) * lasts).astype(np.int64),
                    self.greed,
                    lost=1,
                ),
            ]
        )

    def _bought(
        self, stage: Stage, people: dict[str, Ints], rings: Ints, who: Ints, at: Ints, greed: float, *, lost: int
    ) -> Batch:
        amount, coupon, term = purchases(stage.random, people["income_minor"][who])
        wanted = (amount * greed / 1_000).astype(np.int64) * 1_000
        return batch(
            len(who),
            **{name: column[who] for name, column in people.items()},
            at=at,
            merchant=shops(stage, len(who)),
            amount_minor=wanted,
            loss_minor=wanted * lost,
            harmless=1 - lost,
            coupon_minor=coupon,
            term_months=term,
            attack=ATTACKS.index("bust_out"),
            ring=rings[who],
            role=ROLES.index("sleeper"),
        )
