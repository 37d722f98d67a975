"""Misuse of funds: what was lent is cashed out, spent on something else than was declared, or sent round and back.

What it imitates: a borrower who needs cash and draws it as goods, at a shop that pays most of it out again in round sums; one who
declared a course or a renovation and buys something else; and one whose money goes over two acquaintances and comes back, so that
it looks like income. With more disguise all of it is slower, the amounts are odd, and part of it is spent as declared.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np

from tandem.kernel.time import DAY, HOUR, MINUTE
from tandem.learn.simulator.applications import Stage
from tandem.learn.simulator.batches import ATTACKS, CATEGORIES, MOVEMENTS, ROLES, Batch, Ints, batch, joined
from tandem.learn.simulator.fraud.dials import budget, check_dials
from tandem.learn.simulator.movements import declared_purpose

__all__ = ["FundMisuse"]

_EACH: Final = 3
"""Movements of misuse after a draw: three in every pattern."""


class FundMisuse(msgspec.Struct, frozen=True, kw_only=True):
    """Its dials.

    Attributes:
        intensity: movements of misuse, as a share of honest movements in the same time.
        camouflage: 0 does it within hours and in round sums, 1 takes days and odd amounts.
        kept: share of a draw that is spent as it was declared.
    """

    intensity: float = 0.03
    camouflage: float = 0.2
    kept: float = 0.1

    def __post_init__(self) -> None:
        check_dials(self)

    @classmethod
    def dialled(cls, intensity: float, disguise: float) -> FundMisuse:
        """By the two dials that every attack has: with disguise, more of a draw is spent as declared."""
        return cls(intensity=intensity, camouflage=disguise, kept=0.05 + 0.45 * disguise)

    def attempts(self, stage: Stage) -> Batch:
        """Borrowers, a third of them in each pattern: a draw, which is no misuse yet, and what becomes of it."""
        cases = -(-budget(stage, self.intensity) // _EACH)
        if not cases:
            return batch(0)
        random, town = stage.random, stage.town
        who = random.choice(len(town.person), cases, replace=cases > len(town.person))
        ring = stage.mint.rings(cases)
        span = stage.end - stage.begin
        drawn_at = stage.begin + (random.random(cases) * max(span - 2 * DAY, 1)).astype(np.int64)
        drawn = (random.integers(8, 40, cases) * 100_000).astype(np.int64)
        draws = self._moved(
            stage, who, ring, drawn_at, drawn, "draw", counterparty=who, harmless=1, loss_minor=0
        )  # fmt: skip
        share = (drawn * (1 - self.kept) / _EACH).astype(np.int64)
        pattern = np.arange(cases) % 3
        parts = [draws]
        for number, make in enumerate((self._cashed_out, self._beside_purpose, self._sent_round)):
            of = np.flatnonzero(pattern == number)
            parts += make(stage, who[of], ring[of], drawn_at[of], share[of])
        found = joined(parts)
        inside = found["at"] < stage.end
        return {name: column[inside] for name, column in found.items()}

    def _cashed_out(self, stage: Stage, who: Ints, ring: Ints, at: Ints, share: Ints) -> list[Batch]:
        """Two round purchases at one shop, and cash."""
        shop = stage.town.merchants[stage.random.integers(0, len(stage.town.merchants), len(who))]
        category, parts = declared_purpose(who), []
        for kind in ("purchase", "purchase", "cash"):
            at = at + self._waits(stage, len(who))
            buys = kind == "purchase"
            parts.append(
                self._moved(
                    stage, who, ring, at, self._rounded(stage, share), kind, account=who,
                    merchant=shop if buys else -1, merchant_category=category if buys else 0,
                )
            )  # fmt: skip
        return parts

    def _beside_purpose(self, stage: Stage, who: Ints, ring: Ints, at: Ints, share: Ints) -> list[Batch]:
        """Three large purchases of something else."""
        purpose, parts = declared_purpose(who), []
        for _ in range(_EACH):
            at = at + self._waits(stage, len(who))
            shop = stage.town.merchants[stage.random.integers(0, len(stage.town.merchants), len(who))]
            further = stage.random.integers(1, len(CATEGORIES) - 1, len(who))
            other = 1 + (purpose - 1 + further) % (len(CATEGORIES) - 1)
            amount = share - stage.random.integers(0, 900, len(who))
            parts.append(
                self._moved(
                    stage, who, ring, at, amount, "purchase", account=who, merchant=shop, merchant_category=other
                )
            )
        return parts

    def _sent_round(self, stage: Stage, who: Ints, ring: Ints, at: Ints, share: Ints) -> list[Batch]:
        """Over two acquaintances and back, less what they keep."""
        people = len(stage.town.person)
        first = (who + 1 + stage.random.integers(0, max(people // 3, 1), len(who))) % people
        second = (first + 1 + stage.random.integers(0, max(people // 3, 1), len(who))) % people
        parts, amount = [], share * _EACH
        for sender, receiver, kind in (
            (who, first, "transfer_out"), (first, second, "transfer_out"), (second, who, "transfer_in"),
        ):  # fmt: skip
            at = at + self._waits(stage, len(who))
            seen_of = who if kind == "transfer_in" else sender
            parts.append(self._moved(stage, seen_of, ring, at, amount, kind, account=sender, counterparty=receiver))
            amount = (amount * 0.98).astype(np.int64)
        return parts

    def _moved(
        self, stage: Stage, who: Ints, ring: Ints, at: Ints, amount: Ints, kind: str, **columns: Ints | int
    ) -> Batch:
        """One movement of each; the loss is what is moved, unless said."""
        told: dict[str, Ints | int] = {"loss_minor": np.maximum(amount, 1_000), **columns}
        return batch(
            len(who), at=at, person=stage.town.person[who], device=stage.town.device[who],
            amount_minor=np.maximum(amount, 1_000), movement=MOVEMENTS.index(kind), purpose=declared_purpose(who),
            attack=ATTACKS.index("fund_misuse"), ring=ring, role=ROLES.index("attacker"), **told,
        )  # fmt: skip

    def _waits(self, stage: Stage, count: int) -> Ints:
        """From minutes to some days."""
        longest = HOUR + self.camouflage * 2 * DAY
        return (5 * MINUTE + stage.random.random(count) * longest).astype(np.int64)

    def _rounded(self, stage: Stage, amount: Ints) -> Ints:
        """In whole thousands of the currency, unless disguised."""
        odd = stage.random.random(len(amount)) < self.camouflage
        return np.where(odd, amount - stage.random.integers(1, 900, len(amount)), amount // 100_000 * 100_000 + 100_000)
