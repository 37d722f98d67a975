"""Group loan fraud: rings of borrowers who were brought together, apply for what they never mean to repay, and vanish.

What it imitates: an agent recruits people, pays each a little for their name, and does the rest. The people are many and
real; the agent's means are few. So members share some of the agent's devices, phones, addresses, emergency contacts,
cards and networks, not all of them, and not with everybody in the ring. The more careful the agent (``camouflage``), the
more of this is clean. Some recruits have lived in the town as honest customers; some rings hide behind a shop's till or
a locker that honest people use too.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from tandem.kernel.time import DAY
from tandem.learn.simulator.applications import Stage, leave_out, purchases
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, Ints, batch
from tandem.learn.simulator.fraud.dials import budget, check_dials, fresh_people

__all__ = ["GroupLoanFraud", "ring_sizes"]

_MEMBERS_EACH: Final = {"device": 6, "phone": 3, "address": 9, "contact": 6, "card": 4, "ip": 11}
"""How many members share one of the agent's means, in the mean."""
_SHARED_LEAST: Final = 4
"""Of those six kinds, a ring shares at least that many."""


class GroupLoanFraud(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: members, as a share of honest applications in the same time.
        camouflage: share of each identifier that is clean, per member.
        smallest, largest: members of a ring; small rings are far more frequent than large ones.
        tempo: ``fast``, a ring within three days; ``slow``, within ten to forty.
        recruits: share of members who are honest customers otherwise.
        through_hubs: share of rings that hide behind a shop's till or a parcel locker.
        greed: amounts against those of honest people.
    """

    intensity: float = 0.02
    camouflage: float = 0.25
    smallest: int = 5
    largest: int = 220
    tempo: str = "fast"
    recruits: float = 0.15
    through_hubs: float = 0.1
    greed: float = 1.5

    def __post_init__(self) -> None:
        check_dials(self)

    def attempts(self, stage: Stage) -> Batch:
        """One application of each member."""
        sizes = ring_sizes(stage.random, budget(stage, self.intensity), self.smallest, self.largest)
        count = int(sizes.sum())
        if not count:
            return batch(0)
        random = stage.random
        ring = np.repeat(np.arange(len(sizes)), sizes)
        people = self._members(stage, count)
        shared = _shared_kinds(random, len(sizes))
        for place, (kind, each) in enumerate(_MEMBERS_EACH.items()):
            means = _means(stage, "phone" if kind == "contact" else kind, sizes, each, ring)
            uses = shared[ring, place] & (random.random(count) >= self.camouflage)
            people[kind] = np.where(uses, means, people[kind])
        self._hide(stage, ring, len(sizes), people)
        amount, coupon, term = purchases(random, people["income_minor"])
        shops = stage.town.merchants[random.integers(0, len(stage.town.merchants), (len(sizes), 4))]
        found = batch(
            count,
            **people,
            at=_times(random, stage, sizes, ring, self.tempo),
            merchant=shops[ring, random.integers(0, 4, count)],
            amount_minor=(amount * self.greed / 1_000).astype(np.int64) * 1_000,
            coupon_minor=coupon,
            term_months=term,
            attack=ATTACKS.index("group_loan"),
            ring=stage.mint.rings(len(sizes))[ring],
            role=ROLES.index("ring_member"),
        )
        return leave_out(random, found, stage.town.world.missing)

    def _members(self, stage: Stage, count: int) -> dict[str, Ints]:
        """New names, and recruits with all that they had before."""
        town, people = stage.town, fresh_people(stage, count)
        recruited = stage.random.random(count) < self.recruits
        who = stage.random.integers(0, len(town.person), count)
        for name in ("person", "device", "phone", "address", "contact", "card", "age", "income_minor"):
            people[name] = np.where(recruited, getattr(town, name)[who], people[name])
        return people

    def _hide(self, stage: Stage, ring: Ints, rings: int, people: dict[str, Ints]) -> None:
        """Some rings apply on a shop's till, or have everything sent to a locker; in place."""
        random, town = stage.random, stage.town
        hiding = random.random(rings) < self.through_hubs
        on_till = hiding & (random.random(rings) < 0.5)
        shop = random.integers(0, len(town.merchants), rings)
        people["device"] = np.where(on_till[ring], town.tills[shop, 0][ring], people["device"])
        locker = town.lockers[random.integers(0, len(town.lockers), rings)]
        people["address"] = np.where((hiding & ~on_till)[ring], locker[ring], people["address"])


def ring_sizes(random: np.random.Generator, members: int, smallest: int, largest: int) -> Ints:
    """Sizes of rings that have ``members`` together, or a few more, small ones far more often than large ones.

    Where there are members enough (four times ``largest``), the first ring is of the largest size.
    """
    if members <= 0:
        return np.zeros(0, dtype=np.int64)
    most = max(smallest, min(largest, members))
    drawn = np.minimum(smallest * random.random(members // smallest + 1) ** (-1 / 1.15), most).astype(np.int64)
    if members >= 4 * largest:
        drawn[0] = largest
    return drawn[: int(np.searchsorted(np.cumsum(drawn), members)) + 1]


def _shared_kinds(random: np.random.Generator, rings: int) -> npt.NDArray[np.bool_]:
    """Which kinds of means each ring shares: at least ``_SHARED_LEAST`` of all, the rest by chance."""
    order = np.argsort(random.random((rings, len(_MEMBERS_EACH))), axis=1)
    return (order < _SHARED_LEAST) | (random.random(order.shape) < 0.5)


def _means(stage: Stage, kind: str, sizes: Ints, each: int, ring: Ints) -> Ints:
    """For every member, one of the ring's means of that kind; the first ones are used more."""
    pool = np.maximum(1, np.rint(sizes / each)).astype(np.int64)
    first = stage.mint.fresh(kind, int(pool.sum()))[0] + np.cumsum(pool) - pool
    picked: Ints = first[ring] + (stage.random.random(len(ring)) ** 1.3 * pool[ring]).astype(np.int64)
    return picked


def _times(random: np.random.Generator, stage: Stage, sizes: Ints, ring: Ints, tempo: str) -> Ints:
    """When members apply: within the ring's days, somewhere in the attack's time."""
    days = random.uniform(0.4, 3, len(sizes)) if tempo == "fast" else random.uniform(10, 40, len(sizes))
    lasts = np.minimum(days * DAY, stage.end - stage.begin - 1)
    begins = stage.begin + random.random(len(sizes)) * (stage.end - stage.begin - lasts)
    at: Ints = (begins[ring] + random.random(len(ring)) * lasts[ring]).astype(np.int64)
    return at
