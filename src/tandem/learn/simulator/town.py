"""The people of a simulated town, who are honest, and share more than one would think.

A detector that only ever sees people with a device, a phone and an address of their own is never wrong. So these share,
as real people do: families an address, a tablet, a card and each other's phone as emergency contact; students a
dormitory, its network and its office's phone; colleagues the company's address; a village the network address of its
carrier; strangers a phone number that was given out again, or a device bought second-hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY, Micros
from tandem.learn.simulator.batches import ROLES, Floats, Ints, Mint

__all__ = ["LABEL_DELAY_DAYS", "ApplicationWorld", "Town", "zipf"]

LABEL_DELAY_DAYS: Final = 7
"""Days until it is known how an application turned out, unless a world says otherwise."""

_HOUSEHOLD_SIZES: Final = (0.34, 0.27, 0.19, 0.13, 0.05, 0.02)  # of 1, 2, .. 6 people


class ApplicationWorld(msgspec.Struct, frozen=True, kw_only=True):
    """The dials of a simulated town.

    Attributes:
        customers: how many live there.
        days: length of the history.
        applications_each: applications of one person over the whole history, in the mean; a few make many.
        start: first midnight, UTC.
        hubs: how much people share places: 1 as above, 0 no shop tills, dormitories, companies or lockers, 2 twice.
        households: how much families share; 1 as above, 0 nobody shares with family.
        strangers: share of people whose phone or device belonged to somebody else before.
        missing: how often an optional identifier is not given; 1 is about one in twelve, 0 never.
        label_delay_days: until the outcome of an application is known.
        seed: everything follows from it.
    """

    customers: int = 20_000
    days: int = 60
    applications_each: float = 1.6
    start: Micros = Micros(1_754_006_400_000_000)  # 2025-08-01
    hubs: float = 1.0
    households: float = 1.0
    strangers: float = 0.01
    missing: float = 1.0
    label_delay_days: int = LABEL_DELAY_DAYS
    seed: int = 7

    def __post_init__(self) -> None:
        for name, least, most in _LIMITS:
            value = getattr(self, name)
            if not least <= value <= most:
                raise InvalidInput(
                    f"It lies between {least} and {most}.", code="dial_out_of_range", field=name, value=value
                )

    @property
    def label_delay(self) -> int:
        """Microseconds until an outcome is known."""
        return self.label_delay_days * DAY


_LIMITS: Final = (
    ("customers", 1, 10_000_000),
    ("days", 1, 730),
    ("applications_each", 0.01, 100),
    ("hubs", 0, 3),
    ("households", 0, 2),
    ("strangers", 0, 0.5),
    ("missing", 0, 5),
    ("label_delay_days", 0, 365),
    ("seed", 0, 2**31 - 1),
)


@dataclass(frozen=True)
class Town:
    """Everyone in it, one place in every column for each person.

    Attributes:
        role: what makes this person look like others (a place in ``ROLES``).
        device, later_device, changes_at: the device they have, the one after it, and when they change.
        tablet: the family's, -1 where there is none.
        contact, family_card, network: -1 where there is none; network is where they are at home: a household's, a
            dormitory's or a company's.
        eagerness: how often they apply, 1 in the mean.
        merchants, tills, clerks, lockers, carriers: the shops with their tills (a shop's first till, how many), the
            clerks who give their own phone, parcel lockers, network addresses of carriers.
        mint: where attackers get identifiers that nobody has.
    """

    world: ApplicationWorld
    role: Ints
    person: Ints
    device: Ints
    later_device: Ints
    changes_at: Ints
    tablet: Ints
    phone: Ints
    address: Ints
    contact: Ints
    card: Ints
    network: Ints
    age: Ints
    income_minor: Ints
    eagerness: Floats
    merchants: Ints
    tills: Ints
    clerks: Ints
    lockers: Ints
    carriers: Ints
    free: dict[str, int]

    @classmethod
    def settle(cls, world: ApplicationWorld) -> Town:
        """The town that follows from the seed of ``world``."""
        random = np.random.default_rng([world.seed, 1])
        mint = Mint({})
        count = world.customers
        household = _households(random, count)
        size = np.bincount(household)[household]
        role = np.where(size > 1, ROLES.index("household"), ROLES.index("honest"))
        phone, address = mint.fresh("phone", count), mint.fresh("address", int(household[-1]) + 1)[household]
        network = mint.fresh("ip", int(household[-1]) + 1)[household]
        contact = _contacts(random, household, phone, mint, world)
        tablet, card = _family_things(random, household, size, mint, world)
        device, later = mint.fresh("device", count), mint.fresh("device", count)
        _live_together(random, world, mint, role, address, network, contact, tablet)
        _inherit(random, world, role, phone, device)
        age = np.clip(random.normal(36, 12, count), 18, 78).astype(np.int64)
        income = np.exp(random.normal(np.log(4_200_000), 0.45, count))
        income *= np.where(role == ROLES.index("dormitory"), 0.45, 1.0)
        shops = max(20, count // 120)
        tills = _tills(random, shops)
        people = mint.fresh("person", count)
        mint.fresh("device", int(tills[:, 1].sum()))
        tills[:, 0] += int(later[-1]) + 1
        return cls(
            world=world,
            role=role,
            person=people,
            device=device,
            later_device=np.where(random.random(count) < 0.12, later, device),
            changes_at=world.start + (random.random(count) * world.days * DAY).astype(np.int64),
            tablet=tablet,
            phone=phone,
            address=address,
            contact=contact,
            card=card,
            network=network,
            age=np.where(role == ROLES.index("dormitory"), random.integers(18, 26, count), age),
            income_minor=(income / 10_000).astype(np.int64) * 10_000,
            eagerness=random.gamma(0.7, 1 / 0.7, count),
            merchants=mint.fresh("merchant", shops),
            tills=tills,
            clerks=mint.fresh("phone", shops),
            lockers=mint.fresh("address", count // 700 + 1),
            carriers=mint.fresh("ip", count // 60 + 4),
            free=mint.taken,
        )

    def mint(self) -> Mint:
        """New identifiers beside everyone's."""
        return Mint(self.free)


def zipf(random: np.random.Generator, choices: int, count: int, *, exponent: float = 1.05) -> Ints:
    """``count`` picks of ``choices`` places, the first ones far more often than the last."""
    weight = 1.0 / np.arange(1, choices + 1) ** exponent
    edges = np.cumsum(weight) / weight.sum()
    return np.minimum(np.searchsorted(edges, random.random(count)), choices - 1).astype(np.int64)


def _households(random: np.random.Generator, count: int) -> Ints:
    """The household of every person; members stand side by side."""
    sizes = random.choice(np.arange(1, 7), count, p=_HOUSEHOLD_SIZES)
    return np.repeat(np.arange(count), sizes)[:count]


def _contacts(random: np.random.Generator, household: Ints, phone: Ints, mint: Mint, world: ApplicationWorld) -> Ints:
    """A member of the family where there is one, else somebody outside the town."""
    count = len(household)
    following = np.roll(phone, -1)
    within = (np.roll(household, -1) == household) & (random.random(count) < 0.7 * world.households)
    before = np.roll(phone, 1)
    also = (np.roll(household, 1) == household) & (random.random(count) < 0.7 * world.households)
    return np.where(within, following, np.where(also, before, mint.fresh("phone", count)))


def _family_things(
    random: np.random.Generator, household: Ints, size: Ints, mint: Mint, world: ApplicationWorld
) -> tuple[Ints, Ints]:
    """The family's tablet, where there is one, and the card that repays: one's own or the family's."""
    families = int(household[-1]) + 1
    has_tablet = random.random(families) < 0.3 * world.households
    tablet = np.where(has_tablet, mint.fresh("device", families), -1)[household]
    one_card = random.random(families) < 0.15 * world.households
    own, family = mint.fresh("card", len(household)), mint.fresh("card", families)
    return np.where(size > 1, tablet, -1), np.where(one_card[household] & (size > 1), family[household], own)


def _live_together(
    random: np.random.Generator,
    world: ApplicationWorld,
    mint: Mint,
    role: Ints,
    address: Ints,
    network: Ints,
    contact: Ints,
    tablet: Ints,
) -> None:
    """Move some people into dormitories, and let others have things sent to where they work; in place."""
    count = world.customers
    draw = random.random(count)
    in_dormitory = draw < 0.04 * world.hubs
    at_work = ~in_dormitory & (draw < 0.10 * world.hubs)
    for who, name, people_each, office_share in (
        (in_dormitory, "dormitory", 110, 0.15),
        (at_work, "workplace", 25, 0.04),
    ):
        inside = np.flatnonzero(who)
        places = max(1, len(inside) // people_each)
        place = zipf(random, places, len(inside), exponent=0.6)
        role[inside] = ROLES.index(name)
        address[inside] = mint.fresh("address", places)[place]
        network[inside] = mint.fresh("ip", places)[place]
        tablet[inside] = -1
        office = mint.fresh("phone", places)[place]
        contact[inside] = np.where(random.random(len(inside)) < office_share, office, contact[inside])


def _inherit(random: np.random.Generator, world: ApplicationWorld, role: Ints, phone: Ints, device: Ints) -> None:
    """Some have a number that was given out again, some a device that another one used before; in place."""
    count = world.customers
    for name, column in (("recycled_phone", phone), ("second_hand_device", device)):
        heirs = np.flatnonzero(random.random(count) < world.strangers)
        column[heirs] = column[random.integers(0, count, len(heirs))]
        role[heirs] = ROLES.index(name)


def _tills(random: np.random.Generator, shops: int) -> Ints:
    """For every shop, the most visited first: its first till (from 0 on), and how many it has."""
    each = random.integers(1, 4, shops)
    each[: max(1, shops // 50)] += 3
    return np.stack([np.cumsum(each) - each, each], axis=1).astype(np.int64)
