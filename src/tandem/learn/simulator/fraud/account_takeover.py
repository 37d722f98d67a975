"""Account takeover: a thief buys in the name of a customer whose account, phone and card they have got hold of.

What it imitates: phished credentials. Person, phone and card are the victim's and have a good history; the device, the
network and the address of the parcel are the thief's, who has several victims. With more disguise the thief has more
devices and drops, and asks for less.
"""

from __future__ import annotations

import msgspec
import numpy as np

from tandem.kernel.time import DAY, HOUR
from tandem.learn.simulator.applications import Stage, purchases
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, batch
from tandem.learn.simulator.fraud.dials import budget, check_dials, means, shops

__all__ = ["AccountTakeover"]


class AccountTakeover(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: attempts, as a share of honest applications in the same time.
        camouflage: share of attempts with a device, a drop and a network nobody else is robbed from.
        victims_each: accounts that one thief robs.
        attempts_each: purchases on one account, within hours.
        greed: amounts against those of the victims themselves.
    """

    intensity: float = 0.02
    camouflage: float = 0.25
    victims_each: int = 8
    attempts_each: int = 2
    greed: float = 2.5

    def __post_init__(self) -> None:
        check_dials(self)

    @classmethod
    def dialled(cls, intensity: float, disguise: float) -> AccountTakeover:
        """By the two dials that every attack has."""
        return cls(intensity=intensity, camouflage=disguise, greed=3.0 - 2.0 * disguise)

    def attempts(self, stage: Stage) -> Batch:
        """A few purchases on every victim's account, victim after victim."""
        count, random, town = budget(stage, self.intensity), stage.random, stage.town
        if not count:
            return batch(0)
        victim = np.arange(count) // self.attempts_each
        thief = victim // self.victims_each
        who = random.choice(len(town.person), int(victim[-1]) + 1, replace=int(victim[-1]) >= len(town.person))[victim]
        sizes = np.bincount(thief)
        clean = (random.random(int(victim[-1]) + 1) < self.camouflage)[victim]
        own = {kind: stage.mint.fresh(kind, int(victim[-1]) + 1)[victim] for kind in ("device", "address", "ip")}
        thiefs = {
            kind: means(stage, kind, sizes, each, thief) for kind, each in (("device", 12), ("address", 16), ("ip", 8))
        }
        span = stage.end - stage.begin
        starts = stage.begin + random.random(len(sizes)) * max(span - 4 * DAY, 1)
        later = random.random(int(victim[-1]) + 1)[victim] * min(4 * DAY, span) * 0.9 + random.random(count) * HOUR
        amount, _, term = purchases(random, town.income_minor[who])
        wanted = (amount * self.greed / 1_000).astype(np.int64) * 1_000
        return batch(
            count,
            at=np.minimum((starts[thief] + later).astype(np.int64), stage.end - 1),
            person=town.person[who],
            phone=town.phone[who],
            card=town.card[who],
            contact=town.contact[who],
            age=town.age[who],
            income_minor=town.income_minor[who],
            merchant=shops(stage, count),
            amount_minor=wanted,
            loss_minor=wanted,
            term_months=term,
            attack=ATTACKS.index("account_takeover"),
            ring=stage.mint.rings(len(sizes))[thief],
            role=ROLES.index("victim_account"),
            **{kind: np.where(clean, own[kind], thiefs[kind]) for kind in own},
        )
