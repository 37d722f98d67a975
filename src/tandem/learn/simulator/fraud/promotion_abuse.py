"""Promotion abuse: an army of accounts that exists to use the newcomer's coupon, over and over.

What it imitates: shelves of cheap phones and bought numbers. Purchases are small, always with the largest coupon, sent to
few addresses; the goods are sold on and the instalments mostly repaid, so that what is lost is the coupon.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np

from tandem.kernel.time import DAY
from tandem.learn.simulator.applications import Stage
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, batch
from tandem.learn.simulator.fraud.dials import budget, check_dials, fresh_people, means, shops

__all__ = ["PromotionAbuse"]

_COUPON_MINOR: Final = 30_000
_SHARED: Final = (("device", 7), ("address", 15), ("contact", 10), ("card", 5), ("ip", 25))


class PromotionAbuse(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: attempts, as a share of honest applications in the same time.
        camouflage: share of each identifier that is clean, per account.
        army: accounts of one army.
        days: how long an army marches.
    """

    intensity: float = 0.03
    camouflage: float = 0.2
    army: int = 80
    days: float = 3

    def __post_init__(self) -> None:
        check_dials(self)

    @classmethod
    def dialled(cls, intensity: float, disguise: float) -> PromotionAbuse:
        """By the two dials that every attack has."""
        return cls(intensity=intensity, camouflage=disguise, days=1 + 9 * disguise)

    def attempts(self, stage: Stage) -> Batch:
        """One purchase an account, with the largest coupon there is."""
        count, random = budget(stage, self.intensity), stage.random
        if not count:
            return batch(0)
        army = np.arange(count) // self.army
        sizes = np.bincount(army)
        people = fresh_people(stage, count)
        for kind, each in _SHARED:
            shared = means(stage, "phone" if kind == "contact" else kind, sizes, each, army)
            people[kind] = np.where(random.random(count) >= self.camouflage, shared, people[kind])
        lasts = min(self.days * DAY, stage.end - stage.begin - 1)
        begins = stage.begin + random.random(len(sizes)) * (stage.end - stage.begin - lasts)
        return batch(
            count,
            **people,
            at=(begins[army] + random.random(count) * lasts).astype(np.int64),
            merchant=shops(stage, len(sizes) * 3)[army * 3 + random.integers(0, 3, count)],
            amount_minor=random.integers(60, 180, count) * 1_000,
            coupon_minor=_COUPON_MINOR,
            loss_minor=_COUPON_MINOR,
            term_months=3,
            attack=ATTACKS.index("promotion_abuse"),
            ring=stage.mint.rings(len(sizes))[army],
            role=ROLES.index("attacker"),
        )
