"""Mule chains: what victims were talked into transferring is passed on from account to account until it is gone.

What it imitates: a scam call that makes customers send money themselves, from their own device, to the account of somebody
who was paid for it (a mule); within minutes to hours the mule sends it on, in parts, to the next, and those to an account
from which it leaves. With more disguise a mule takes from fewer victims, waits longer, and the parts are less round.
"""

from __future__ import annotations

import msgspec
import numpy as np

from tandem.kernel.time import DAY, HOUR, MINUTE
from tandem.learn.simulator.applications import Stage
from tandem.learn.simulator.batches import ATTACKS, ROLES, Batch, Ints, batch, joined
from tandem.learn.simulator.fraud.dials import budget, check_dials

__all__ = ["MuleChain"]


class MuleChain(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: transfers of the attack, as a share of honest transfers in the same time.
        camouflage: 0 sends on at once and in whole thousands, 1 waits a day and sends odd amounts.
        victims: of one mule.
        parts: into how many the money is split on its way.
        recruits: share of mules who are customers with an honest history.
    """

    intensity: float = 0.02
    camouflage: float = 0.25
    victims: int = 6
    parts: int = 3
    recruits: float = 0.5

    def __post_init__(self) -> None:
        check_dials(self)

    @classmethod
    def dialled(cls, intensity: float, disguise: float) -> MuleChain:
        """By the two dials that every attack has: with disguise, a mule takes from fewer."""
        return cls(intensity=intensity, camouflage=disguise, victims=max(2, round(8 * (1 - 0.75 * disguise))))

    def attempts(self, stage: Stage) -> Batch:
        """Chains: victims to a mule, the mule to ``parts`` others, these to one account from which it leaves."""
        each = self.victims + 2 * self.parts
        chains = -(-budget(stage, self.intensity) // each)
        if not chains:
            return batch(0)
        random, town = stage.random, stage.town
        ring = stage.mint.rings(chains)
        people = len(town.person)
        gathers = self._mules(stage, chains)
        layers = self._mules(stage, chains * self.parts)
        leaves = stage.mint.fresh("account", chains)
        span = stage.end - stage.begin
        start = stage.begin + (random.random(chains) * max(span - 2 * DAY, 1)).astype(np.int64)
        wait = 10 * MINUTE + self.camouflage * 20 * HOUR
        victim = random.integers(0, people, chains * self.victims)
        of_victim, of_part = np.repeat(np.arange(chains), self.victims), np.repeat(np.arange(chains), self.parts)
        taken = self._rounded(random, random.integers(300, 3_000, len(victim)) * 1_000)
        got = np.bincount(of_victim, taken, chains).astype(np.int64)
        at = start[of_victim] + (random.random(len(victim)) * 4 * HOUR * (1 + self.camouflage)).astype(np.int64)
        last = np.zeros(chains, dtype=np.int64)
        np.maximum.at(last, of_victim, at)
        second = last[of_part] + (random.random(len(of_part)) * wait + MINUTE).astype(np.int64)
        third = second + (random.random(len(of_part)) * wait + MINUTE).astype(np.int64)
        part = self._rounded(random, (got[of_part] * 0.95 / self.parts).astype(np.int64))
        hops = [
            batch(
                len(victim),
                at=at,
                person=town.person[victim],
                account=victim,
                counterparty=gathers["account"][of_victim],
                device=town.device[victim],
                ip=town.network[victim],
                amount_minor=taken,
                loss_minor=taken,
                attack=ATTACKS.index("mule_chain"),
                ring=ring[of_victim],
                role=ROLES.index("victim_account"),
            ),
            # The loss is the victims'; what is sent on is the same money.
            self._sent_on(gathers, of_part, second, layers["account"], part, ring),
            self._sent_on(
                layers,
                np.arange(len(of_part)),
                third,
                leaves[of_part],
                (part * 0.97).astype(np.int64),
                ring[of_part],
            ),
        ]
        found = joined(hops)
        inside = found["at"] < stage.end
        return {name: column[inside] for name, column in found.items()}

    def _mules(self, stage: Stage, count: int) -> dict[str, Ints]:
        """People who lend their account: customers, or accounts opened for it."""
        random, town = stage.random, stage.town
        who = random.integers(0, len(town.person), count)
        known = random.random(count) < self.recruits
        return {
            "person": np.where(known, town.person[who], stage.mint.fresh("person", count)),
            "account": np.where(known, who, stage.mint.fresh("account", count)),
            "device": np.where(known, town.device[who], stage.mint.fresh("device", count)),
            "ip": town.carriers[random.integers(0, len(town.carriers), count)],
        }

    def _sent_on(self, mules: dict[str, Ints], who: Ints, at: Ints, to: Ints, amount: Ints, ring: Ints) -> Batch:
        return batch(
            len(who),
            at=at,
            counterparty=to,
            amount_minor=np.maximum(amount, 1_000),
            attack=ATTACKS.index("mule_chain"),
            ring=ring[who] if len(ring) != len(who) else ring,
            role=ROLES.index("mule"),
            **{name: column[who] for name, column in mules.items()},
        )

    def _rounded(self, random: np.random.Generator, amount: Ints) -> Ints:
        """In whole ten thousands, unless disguised."""
        odd = random.random(len(amount)) < self.camouflage
        return np.where(odd, amount - random.integers(0, 900, len(amount)), amount // 10_000 * 10_000 + 10_000)
