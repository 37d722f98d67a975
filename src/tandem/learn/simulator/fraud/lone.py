"""Lone fraud: people who borrow and never mean to repay, each alone, with everything their own.

No network shows them. They are in a world so that nobody takes a detector of rings for a detector of fraud.
"""

from __future__ import annotations

import msgspec

from tandem.learn.simulator.applications import Stage, leave_out, purchases
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, batch
from tandem.learn.simulator.fraud.dials import between, budget, check_dials, fresh_people

__all__ = ["LoneFraud"]


class LoneFraud(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials: ``intensity``, attempts as a share of honest applications in the same time."""

    intensity: float = 0.01

    def __post_init__(self) -> None:
        check_dials(self)

    def attempts(self, stage: Stage) -> Batch:
        """One application each."""
        count = budget(stage, self.intensity)
        people = fresh_people(stage, count)
        amount, coupon, term = purchases(stage.random, people["income_minor"])
        found = batch(
            count,
            **people,
            at=between(stage, count),
            merchant=stage.town.merchants[stage.random.integers(0, len(stage.town.merchants), count)],
            amount_minor=amount,
            coupon_minor=coupon,
            term_months=term,
            attack=ATTACKS.index("lone_fraud"),
            role=ROLES.index("attacker"),
        )
        return leave_out(stage.random, found, stage.town.world.missing)
