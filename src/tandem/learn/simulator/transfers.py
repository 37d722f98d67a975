"""Simulated transfers between accounts: what people of the town pay each other, their landlords and the market.

Everybody has one account, numbered like the person. Many pay the same landlord in the first days of a month, and a stall
on the market is paid by dozens a day: receiving from many is not yet a crime.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from tandem.kernel.time import DAY, HOUR
from tandem.learn.simulator.applications import Attack, attacked, moments
from tandem.learn.simulator.batches import ROLES, TRANSFER, Batch, batch, joined, to_table
from tandem.learn.simulator.town import ApplicationWorld, Town, zipf

__all__ = ["honest_transfers", "simulate_transfers"]

_FRIENDS: Final = 5
_TENANTS_EACH: Final = 12


def simulate_transfers(world: ApplicationWorld, attacks: Sequence[Attack] = (), *, from_day: int = 0) -> pa.Table:
    """The transfers of ``world``, honest ones and those of ``attacks``, in order of time; as ``to_table`` says."""
    town = Town.settle(world)
    found = attacked(town, honest_transfers(town), attacks, from_day)
    return to_table(found, label_delay=world.label_delay, layout=TRANSFER)


def honest_transfers(town: Town) -> Batch:
    """What honest people of ``town`` transfer, in order of time; about as often as they apply for anything."""
    world, random = town.world, np.random.default_rng([town.world.seed, 4])
    people = world.customers
    who = np.repeat(np.arange(people), random.poisson(town.eagerness * world.applications_each, people))
    count = len(who)
    at = moments(random, world.start, world.days, count)
    sort = random.random(count)
    friend = (who + 1 + (who * 7919 + random.integers(0, _FRIENDS, count) * 104_729) % max(people - 1, 1)) % people
    stalls, landlords = len(town.merchants), people // _TENANTS_EACH + 1
    stall = people + zipf(random, stalls, count)
    landlord = people + stalls + who % landlords
    to = np.where(sort < 0.5, friend, np.where(sort < 0.8, stall, landlord))
    pays_rent = sort >= 0.8
    month_begins = world.start + ((at - world.start) // (30 * DAY)) * 30 * DAY
    rent_at = month_begins + (random.random(count) * 4 * DAY).astype(np.int64) + 8 * HOUR
    rent = (town.income_minor[who] * 0.3 / 10_000).astype(np.int64) * 10_000
    small = np.clip(np.exp(random.normal(np.log(120_000), 1.0, count)), 1_000, 5_000_000).astype(np.int64)
    home = random.random(count) < 0.6
    carrier = town.carriers[zipf(random, len(town.carriers), count)]
    end = world.start + world.days * DAY
    found = batch(
        count,
        at=np.where(pays_rent & (rent_at < end), rent_at, at),
        person=town.person[who],
        account=who,
        counterparty=to,
        device=np.where(at < town.changes_at[who], town.device[who], town.later_device[who]),
        ip=np.where(home, town.network[who], carrier),
        amount_minor=np.where(pays_rent, rent, small),
        role=np.where(
            sort < 0.5, ROLES.index("honest"), np.where(pays_rent, ROLES.index("tenant"), ROLES.index("shopper"))
        ),
    )
    return joined([found])
