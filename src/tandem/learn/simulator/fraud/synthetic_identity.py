"""Synthetic identities: people who do not exist, put together from parts that do.

What it imitates: a workshop that combines an invented name with a bought number, a mailbox and one of its cards, and uses
each part for a few identities so that none is used often. Ages and incomes are those that get approved. It is slow.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np

from tandem.learn.simulator.applications import Stage, purchases
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, batch
from tandem.learn.simulator.fraud.dials import between, budget, check_dials, fresh_people, means, shops

__all__ = ["SyntheticIdentity"]

_PARTS: Final = (("device", 5), ("phone", 2), ("address", 4), ("contact", 3), ("card", 2))


class SyntheticIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: identities, as a share of honest applications in the same time.
        camouflage: share of each part that is used for one identity only.
        workshop: identities of one workshop.
        greed: amounts against those of honest people with that income.
    """

    intensity: float = 0.02
    camouflage: float = 0.3
    workshop: int = 60
    greed: float = 1.6

    def __post_init__(self) -> None:
        check_dials(self)

    @classmethod
    def dialled(cls, intensity: float, disguise: float) -> SyntheticIdentity:
        """By the two dials that every attack has."""
        return cls(intensity=intensity, camouflage=disguise, greed=2.0 - disguise)

    def attempts(self, stage: Stage) -> Batch:
        """One application an identity, over all of the attack's time."""
        count, random = budget(stage, self.intensity), stage.random
        if not count:
            return batch(0)
        workshop = np.arange(count) // self.workshop
        sizes = np.bincount(workshop)
        people = fresh_people(stage, count)
        for kind, each in _PARTS:
            shared = means(stage, "phone" if kind == "contact" else kind, sizes, each, workshop)
            people[kind] = np.where(random.random(count) >= self.camouflage, shared, people[kind])
        people["age"] = random.integers(28, 46, count)
        people["income_minor"] = random.integers(450, 800, count) * 10_000
        amount, coupon, term = purchases(random, people["income_minor"])
        wanted = (amount * self.greed / 1_000).astype(np.int64) * 1_000
        return batch(
            count,
            **people,
            at=between(stage, count),
            merchant=shops(stage, count),
            amount_minor=wanted,
            loss_minor=wanted,
            coupon_minor=coupon,
            term_months=term,
            attack=ATTACKS.index("synthetic_identity"),
            ring=stage.mint.rings(len(sizes))[workshop],
            role=ROLES.index("attacker"),
        )
