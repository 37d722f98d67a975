"""Slow drip: one application now and then, so that no window ever sees two of them.

What it imitates: a patient group that knows that velocity is counted by the hour and the day. Means are used again, but
only after days, each time with another one of the few; amounts stay ordinary.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np

from tandem.learn.simulator.applications import Stage, purchases
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, batch
from tandem.learn.simulator.fraud.dials import budget, check_dials, fresh_people, shops

__all__ = ["SlowDrip"]

_SHARED: Final = (("device", 4), ("contact", 6), ("card", 3), ("address", 5))
_ATTEMPTS_LEAST: Final = 8
"""Of one group: fewer would be strangers who happen to attack in the same month."""


class SlowDrip(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: attempts, as a share of honest applications in the same time.
        camouflage: share of each identifier that is clean, per attempt.
        groups: how many groups drip side by side, as far as there are attempts enough for each.
    """

    intensity: float = 0.01
    camouflage: float = 0.4
    groups: int = 6

    def __post_init__(self) -> None:
        check_dials(self)

    @classmethod
    def dialled(cls, intensity: float, disguise: float) -> SlowDrip:
        """By the two dials that every attack has: with disguise, more groups, each of which is slower."""
        return cls(intensity=intensity, camouflage=disguise, groups=round(4 + 12 * disguise))

    def attempts(self, stage: Stage) -> Batch:
        """Evenly over all of the time; a group's means go round, so that each rests as long as possible."""
        count, random = budget(stage, self.intensity), stage.random
        if not count:
            return batch(0)
        groups = min(self.groups, max(1, count // _ATTEMPTS_LEAST))
        turn, group = np.divmod(np.arange(count), groups)
        people = fresh_people(stage, count)
        rounds = int(turn[-1]) + 1
        for kind, each in _SHARED:
            pool = -(-rounds // each)
            own = stage.mint.fresh("phone" if kind == "contact" else kind, pool * groups)
            shared = own[group * pool + turn % pool]
            people[kind] = np.where(random.random(count) >= self.camouflage, shared, people[kind])
        step = (stage.end - stage.begin) / rounds
        phase = random.random(groups) * 0.5 * step
        at = stage.begin + turn * step + phase[group] + random.random(count) * 0.4 * step
        amount, coupon, term = purchases(random, people["income_minor"])
        return batch(
            count,
            **people,
            at=np.minimum(at.astype(np.int64), stage.end - 1),
            merchant=shops(stage, count),
            amount_minor=amount,
            loss_minor=amount,
            coupon_minor=coupon,
            term_months=term,
            attack=ATTACKS.index("slow_drip"),
            ring=stage.mint.rings(groups)[group],
            role=ROLES.index("attacker"),
        )
