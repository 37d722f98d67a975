"""Mass application: one device, one address or one subnet that applies for many invented people within hours.

What it imitates: a script, or a room with a few phones. It is fast because the means are burnt by the next day. With more
disguise it uses more devices and addresses, and its waves are smaller and longer.
"""

from __future__ import annotations

import msgspec
import numpy as np

from tandem.kernel.time import HOUR
from tandem.learn.simulator.applications import Stage, purchases
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, batch
from tandem.learn.simulator.fraud.dials import budget, check_dials, fresh_people, means, shops

__all__ = ["MassApplication"]


class MassApplication(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: attempts, as a share of honest applications in the same time.
        camouflage: share of each identifier that is clean, per attempt.
        wave: attempts of one wave.
        hours: how long a wave lasts.
        greed: amounts against those of honest people.
    """

    intensity: float = 0.02
    camouflage: float = 0.1
    wave: int = 40
    hours: float = 6
    greed: float = 1.0

    def __post_init__(self) -> None:
        check_dials(self)

    @classmethod
    def dialled(cls, intensity: float, disguise: float) -> MassApplication:
        """By the two dials that every attack has: with disguise, waves are smaller, longer and cleaner."""
        return cls(
            intensity=intensity,
            camouflage=disguise,
            wave=max(4, round(48 * (1 - 0.8 * disguise))),
            hours=3 + 45 * disguise,
        )

    def attempts(self, stage: Stage) -> Batch:
        """Waves, each from one device, one address or one subnet; the other two are shared by fewer."""
        count, random = budget(stage, self.intensity), stage.random
        if not count:
            return batch(0)
        wave = np.arange(count) // self.wave
        sizes = np.bincount(wave)
        source = random.integers(0, 3, len(sizes))  # what the whole wave shares
        people = fresh_people(stage, count)
        for place, kind in enumerate(("device", "address", "ip")):
            whole = (source == place)[wave]
            shared = np.where(whole, means(stage, kind, sizes, self.wave * 2, wave), means(stage, kind, sizes, 8, wave))
            people[kind] = np.where(random.random(count) >= self.camouflage, shared, people[kind])
        lasts = min(self.hours * HOUR, stage.end - stage.begin - 1)
        begins = stage.begin + random.random(len(sizes)) * (stage.end - stage.begin - lasts)
        amount, coupon, term = purchases(random, people["income_minor"])
        wanted = (amount * self.greed / 1_000).astype(np.int64) * 1_000
        return batch(
            count,
            **people,
            at=(begins[wave] + random.random(count) * lasts).astype(np.int64),
            merchant=shops(stage, len(sizes))[wave],
            amount_minor=wanted,
            loss_minor=wanted,
            coupon_minor=coupon,
            term_months=term,
            attack=ATTACKS.index("mass_application"),
            ring=stage.mint.rings(len(sizes))[wave],
            role=ROLES.index("attacker"),
        )
