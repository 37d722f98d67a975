"""What every attack's dials have in common: they are checked once, by name, and size the attack by the honest crowd."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from tandem.kernel.errors import InvalidInput
from tandem.learn.simulator.applications import Stage
from tandem.learn.simulator.batches import Ints

__all__ = ["TEMPOS", "between", "budget", "check_dials", "fresh_people"]

TEMPOS: Final = ("fast", "slow")
"""Whether an attack is over within days, or takes weeks."""

_RANGES: Final[dict[str, tuple[float, float]]] = {
    "intensity": (0.0, 5.0),
    "camouflage": (0.0, 1.0),
    "recruits": (0.0, 1.0),
    "through_hubs": (0.0, 1.0),
    "smallest": (2, 1_000),
    "largest": (2, 10_000),
    "greed": (0.1, 20.0),
}


def check_dials(dials: Any) -> None:
    """Refuse a dial that is turned too far.

    Raises:
        InvalidInput: names it, and its range.
    """
    for name in dials.__struct_fields__:
        value = getattr(dials, name)
        if name == "tempo" and value not in TEMPOS:
            raise InvalidInput(f"It is one of {', '.join(TEMPOS)}.", code="unknown_tempo", field=name, value=value)
        least, most = _RANGES.get(name, (None, None))
        if least is not None and most is not None and not least <= value <= most:
            raise InvalidInput(
                f"It lies between {least:g} and {most:g}.", code="dial_out_of_range", field=name, value=value
            )


def budget(stage: Stage, intensity: float) -> int:
    """Attempts that an attack of that intensity makes: a share of what honest people apply for meanwhile."""
    return max(1, round(stage.honest * intensity)) if intensity > 0 else 0


def between(stage: Stage, count: int) -> Ints:
    """``count`` moments of the attack's time, at any hour."""
    return stage.random.integers(stage.begin, stage.end, count)


def fresh_people(stage: Stage, count: int) -> dict[str, Ints]:
    """``count`` people nobody knows, with things of their own, an age and an income like anybody's.

    Returns:
        person, device, phone, address, contact, card, ip, age and income_minor. Their network is a carrier's.
    """
    random, mint, town = stage.random, stage.mint, stage.town
    like = random.integers(0, len(town.person), count)
    things = {kind: mint.fresh(kind, count) for kind in ("person", "device", "phone", "address", "card")}
    carriers = town.carriers[random.integers(0, len(town.carriers), count)]
    return {
        **things,
        "contact": mint.fresh("phone", count),
        "ip": np.where(random.random(count) < 0.5, carriers, mint.fresh("ip", count)),
        "age": town.age[like],
        "income_minor": town.income_minor[like],
    }
