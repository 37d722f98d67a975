"""Simulated applications for instalments at the till: an honest town, and whoever attacks it.

No bundled data has rings, coupon armies or takeovers with the truth beside them, and none may be collected for it; so
these are made up, and everything shown of them says so. The honest town (``town``) is made to be hard for a detector;
kinds of attack are in ``fraud``, one module each. What is shared, how much and by whom are dials of the generator alone:
it imports no detector and shares no constant with one.

Everything follows from the seed, and what honest people do does not depend on who attacks: the same town can be looked
at with and without an attack, application by application.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY, HOUR, Micros, format_instant
from tandem.learn.simulator.batches import IDENTIFIERS, ROLES, Batch, Floats, Ints, Mint, batch, joined, to_table
from tandem.learn.simulator.town import ApplicationWorld, Town, zipf

__all__ = ["Attack", "Stage", "application_rows", "honest_applications", "simulate_applications"]

_BY_HOUR: Final = (1, 1, 1, 1, 1, 1, 2, 4, 6, 8, 10, 11, 12, 11, 10, 10, 10, 11, 12, 14, 15, 13, 8, 3)
_BY_WEEKDAY: Final = (1.0, 0.95, 0.95, 1.0, 1.15, 1.4, 1.3)
_TERMS: Final = (3, 6, 12, 18, 24)


@dataclass(frozen=True)
class Stage:
    """What an attacker finds: the town, the time there is, chance, and new identifiers.

    Attributes:
        begin, end: between these times the attack takes place.
        honest: applications that honest people make in that time, so that an attack can be sized by them.
    """

    town: Town
    begin: int
    end: int
    honest: int
    random: np.random.Generator
    mint: Mint


class Attack(Protocol):
    """A kind of attack with its dials set: makes the attempts of a whole attack at once."""

    def attempts(self, stage: Stage) -> Batch:
        """What is applied for, in any order."""
        ...


def simulate_applications(world: ApplicationWorld, attacks: Sequence[Attack] = (), *, from_day: int = 0) -> pa.Table:
    """The applications of ``world``, honest ones and those of ``attacks``, in order of time.

    Args:
        from_day: attacks begin that many days after the start.

    Returns:
        As ``to_table`` says: the fields of an application, and the truth beside them.

    Raises:
        InvalidInput: no day is left for an attack.
    """
    if not 0 <= from_day < world.days:
        raise InvalidInput("No day is left for an attack.", field="from_day", value=from_day)
    town = Town.settle(world)
    honest = honest_applications(town)
    begin, end = world.start + from_day * DAY, world.start + world.days * DAY
    inside = int((honest["at"] >= begin).sum())
    mint = town.mint()
    parts = [honest]
    for place, attack in enumerate(attacks):
        random = np.random.default_rng([world.seed, 3, place])
        parts.append(attack.attempts(Stage(town, begin, end, inside, random, mint)))
    return to_table(joined(parts), label_delay=world.label_delay)


def honest_applications(town: Town) -> Batch:
    """What the honest people of ``town`` apply for, in order of time."""
    world, random = town.world, np.random.default_rng([town.world.seed, 2])
    who = np.repeat(
        np.arange(world.customers), random.poisson(town.eagerness * world.applications_each, world.customers)
    )
    count = len(who)
    at = moments(random, world.start, world.days, count)
    shop = zipf(random, len(town.merchants), count)
    role = town.role[who]
    device = np.where(at < town.changes_at[who], town.device[who], town.later_device[who])
    on_tablet = (town.tablet[who] >= 0) & (random.random(count) < 0.3)
    device = np.where(on_tablet, town.tablet[who], device)
    network = _networks(town, random, who)
    at_till = random.random(count) < 0.09 * world.hubs
    till = town.tills[shop, 0] + random.integers(0, 1 << 30, count) % town.tills[shop, 1]
    device = np.where(at_till, till, device)
    # A shop's till is on the shop's network; its clerk sometimes gives their own phone so that it goes faster.
    network = np.where(at_till, town.carriers[shop % len(town.carriers)], network)
    contact = np.where(at_till & (random.random(count) < 0.06), town.clerks[shop], town.contact[who])
    to_locker = random.random(count) < 0.04 * world.hubs
    address = np.where(to_locker, town.lockers[zipf(random, len(town.lockers), count)], town.address[who])
    role = np.where(to_locker, ROLES.index("locker"), role)
    role = np.where(at_till, ROLES.index("shop_till"), role)
    amount, coupon, term = purchases(random, town.income_minor[who])
    found = batch(
        count,
        at=at,
        person=town.person[who],
        device=device,
        phone=town.phone[who],
        address=address,
        contact=contact,
        card=town.card[who],
        ip=network,
        merchant=town.merchants[shop],
        amount_minor=amount,
        coupon_minor=coupon,
        term_months=term,
        age=town.age[who],
        income_minor=town.income_minor[who],
        role=role,
    )
    return joined([leave_out(random, found, world.missing)])


def moments(random: np.random.Generator, start: Micros | int, days: int, count: int) -> Ints:
    """``count`` times over ``days`` from ``start``, as people buy: by evening, at weekends, after payday."""
    day = np.arange(days)
    weight = np.array(_BY_WEEKDAY)[(day + start // DAY + 3) % 7] * np.where(day % 30 < 5, 1.3, 1.0)
    chosen = _weighted(random, weight, count)
    hour = _weighted(random, np.array(_BY_HOUR, dtype=np.float64), count)
    return start + chosen * DAY + hour * HOUR + random.integers(0, HOUR, count)


def purchases(random: np.random.Generator, income_minor: Ints) -> tuple[Ints, Ints, Ints]:
    """Amount, coupon and term of an honest purchase by people of that income."""
    count = len(income_minor)
    median = 900_000 * (income_minor / 4_200_000) ** 0.5
    amount = np.clip(np.exp(random.normal(np.log(median), 0.7, count)), 60_000, 20_000_000)
    amount_minor = (amount / 1_000).astype(np.int64) * 1_000
    coupon = np.where(random.random(count) < 0.16, random.integers(1, 7, count) * 5_000, 0)
    wanted = np.searchsorted((0.02, 0.06, 0.2, 0.4), amount_minor / (6 * income_minor))
    term = np.array(_TERMS)[np.clip(wanted + random.integers(-1, 2, count), 0, len(_TERMS) - 1)]
    return amount_minor, coupon, term


def leave_out(random: np.random.Generator, applications: Batch, often: float) -> Batch:
    """``applications`` without some of the identifiers that nobody has to give."""
    found = dict(applications)
    for name, share in (("contact", 0.1), ("card", 0.08), ("ip", 0.03), ("device", 0.02), ("address", 0.02)):
        gone = random.random(len(found["at"])) < share * often
        found[name] = np.where(gone, -1, found[name])
    return found


def application_rows(table: pa.Table) -> Iterator[tuple[int, dict[str, Any]]]:
    """Applications and their outcomes as event documents with their times, in order of time.

    An outcome is a ``checkout_outcome`` that arrives at ``label_at``. Missing values are left out.
    """
    names = [*IDENTIFIERS, "amount_minor", "coupon_minor", "term_months", "age", "income_minor"]
    times = table["occurred_at"].cast(pa.int64()).to_numpy()
    known = table["label_at"].cast(pa.int64()).to_numpy()
    columns = {name: table[name].to_pylist() for name in (*names, "event_id", "fraud")}
    order = np.argsort(np.concatenate([times, known]), kind="stable")
    for place in order.tolist():
        index = place % len(times)
        event_id = columns["event_id"][index]
        if place < len(times):
            at = int(times[index])
            values = {name: columns[name][index] for name in names if columns[name][index] is not None}
            yield at, _document(event_id, "checkout_application", at, values)
        else:
            at = int(known[index])
            values = {
                "person": columns["person"][index],
                "application": event_id,
                "fraud": columns["fraud"][index],
            }
            yield at, _document(f"out-{event_id}", "checkout_outcome", at, values)


def _networks(town: Town, random: np.random.Generator, who: Ints) -> Ints:
    """At home, or on the way through one of the carriers' few addresses."""
    count = len(who)
    home = random.random(count) < 0.5
    carrier = town.carriers[zipf(random, len(town.carriers), count)]
    return np.where(home, town.network[who], carrier)


def _weighted(random: np.random.Generator, weight: Floats, count: int) -> Ints:
    edges = np.cumsum(weight) / weight.sum()
    return np.minimum(np.searchsorted(edges, random.random(count)), len(weight) - 1).astype(np.int64)


def _document(event_id: str, event_type: str, at: int, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "event_type": event_type,
        "occurred_at": format_instant(Micros(at)),
        "values": values,
    }
