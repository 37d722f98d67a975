"""Who is asked first: expected value. Pure.

Of several connectors that would all be reached, each has a price, and an answer that may or may not change what comes out.
Asking one is worth

    chance that its answer changes the outcome * what is at stake - its price

in minor units. The chance is counted, not guessed: the last answers that this connector really gave are put in the place of
the one that is out, and the policy is run on this very application with each of them. Where too few answers are recorded
yet, or the policy names no stake, the order in the policy stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

__all__ = ["ANSWERS_MIN", "ANSWERS_TRIED", "Candidate", "in_order", "value_of_asking"]

ANSWERS_MIN: Final = 20
"""Recorded answers below which no chance is counted."""
ANSWERS_TRIED: Final = 32
"""Recorded answers that are tried, the newest."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One that may be asked.

    Attributes:
        changed, tried: recorded answers that would change what comes out, of those tried.
        stake_minor: what is at stake, in the currency of the price; None where the policy does not say.
    """

    connector: str
    price_minor: int
    stake_minor: int | None
    changed: int
    tried: int


def value_of_asking(one: Candidate) -> float | None:
    """Minor units that asking is worth on average; None where it cannot be told."""
    if one.stake_minor is None or one.tried < ANSWERS_MIN:
        return None
    return one.changed / one.tried * one.stake_minor - one.price_minor


def in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The worthiest first; as given where one of them cannot be told."""
    values = [value_of_asking(one) for one in candidates]
    if any(value is None for value in values):
        return list(candidates)
    worth = {one.connector: value or 0.0 for one, value in zip(candidates, values, strict=True)}
    return sorted(candidates, key=lambda one: -worth[one.connector])  # stable: equals stay as declared
