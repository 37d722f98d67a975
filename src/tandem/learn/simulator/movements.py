"""Simulated movements of money after a loan: what people of the town draw, buy, take out, send and get, as a lender sees it.

Everybody has one account, numbered like the person, and a purpose they declared. A movement names the account that money leaves
and the one it reaches; of a draw only the account that it reaches. Honest people make it hard: friends pay each other back, rent
leaves in one sum soon after a draw, a market stall is paid in round amounts, and not everything is bought for what was declared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from tandem.kernel.time import DAY, HOUR, MINUTE
from tandem.learn.simulator.applications import Attack, attacked, moments
from tandem.learn.simulator.batches import (
    CATEGORIES,
    MOVEMENT,
    MOVEMENTS,
    PURPOSES,
    ROLES,
    Batch,
    Floats,
    Ints,
    batch,
    joined,
    to_table,
)
from tandem.learn.simulator.town import ApplicationWorld, Town, zipf

__all__ = ["declared_purpose", "honest_movements", "simulate_movements"]

_EACH: Final = 5
"""Movements after a draw."""
_OFTEN: Final = 0.25
"""Draws, as a share of how often somebody applies for anything."""
_KINDS: Final = (("purchase", 0.68), ("transfer_out", 0.16), ("cash", 0.06), ("transfer_in", 0.10))


def simulate_movements(world: ApplicationWorld, attacks: Sequence[Attack] = (), *, from_day: int = 0) -> pa.Table:
    """The movements of ``world``, honest ones and those of ``attacks``, in order of time; as ``to_table`` says."""
    town = Town.settle(world)
    found = attacked(town, honest_movements(town), attacks, from_day)
    return to_table(found, label_delay=world.label_delay, layout=MOVEMENT)


def declared_purpose(who: Ints) -> Ints:
    """What each of those people declared, as a place in ``PURPOSES``; always the same of one."""
    return 1 + who * 7919 % (len(PURPOSES) - 1)


def honest_movements(town: Town) -> Batch:
    """What honest people of ``town`` draw and do with it, in order of time."""
    world, random = town.world, np.random.default_rng([town.world.seed, 5])
    people = world.customers
    who = np.repeat(np.arange(people), random.poisson(town.eagerness * world.applications_each * _OFTEN, people))
    drawn_at = moments(random, world.start, world.days, len(who))
    drawn = (np.clip(np.exp(random.normal(np.log(600_000), 0.7, len(who))), 100_000, 5_000_000)).astype(np.int64)
    drawn = drawn // 10_000 * 10_000
    draws = batch(
        len(who), at=drawn_at, person=town.person[who], counterparty=who, device=town.device[who], amount_minor=drawn,
        movement=MOVEMENTS.index("draw"), purpose=declared_purpose(who), role=ROLES.index("honest"),
    )  # fmt: skip
    spent = _spent(town, random, np.repeat(who, _EACH), np.repeat(drawn_at, _EACH), np.repeat(drawn, _EACH))
    found = joined([draws, spent])
    inside = found["at"] < world.start + world.days * DAY
    return {name: column[inside] for name, column in found.items()}


def _spent(town: Town, random: np.random.Generator, who: Ints, drawn_at: Ints, drawn: Ints) -> Batch:
    """What follows a draw over some weeks."""
    count, people = len(who), town.world.customers
    names = [name for name, _ in _KINDS]
    kind = random.choice(len(_KINDS), count, p=[share for _, share in _KINDS])
    movement = np.array([MOVEMENTS.index(name) for name in names])[kind]
    buys, sends, gets = (kind == names.index(name) for name in ("purchase", "transfer_out", "transfer_in"))
    pays_rent = sends & (random.random(count) < 0.4)
    friend = (who + 1 + random.integers(0, 5, count) * 104_729 % max(people - 1, 1)) % people
    landlord = people + len(town.merchants) + who % (people // 12 + 1)
    other = np.where(pays_rent, landlord, friend)
    purpose = declared_purpose(who)
    beside = random.random(count) < 0.12
    category = np.where(beside, 1 + random.integers(0, len(CATEGORIES) - 1, count), purpose)
    stall = zipf(random, len(town.merchants), count)
    amount = np.where(pays_rent, drawn * 0.5, drawn * random.beta(1.2, 9, count)).astype(np.int64) + 1_000
    amount = np.where(pays_rent | (random.random(count) < 0.08), amount // 100_000 * 100_000 + 100_000, amount)
    waits: Floats = random.exponential(6 * DAY, count) + 30 * MINUTE
    return batch(
        count,
        at=drawn_at + np.where(pays_rent, random.random(count) * 3 * DAY + HOUR, waits).astype(np.int64),
        person=town.person[who],
        account=np.where(gets, other, who),
        counterparty=np.where(gets, who, np.where(sends, other, -1)),
        merchant=np.where(buys, town.merchants[stall], -1),
        device=town.device[who],
        amount_minor=amount,
        movement=movement,
        purpose=purpose,
        merchant_category=np.where(buys, category, 0),
        role=np.where(pays_rent, ROLES.index("tenant"), np.where(buys, ROLES.index("shopper"), ROLES.index("honest"))),
    )
