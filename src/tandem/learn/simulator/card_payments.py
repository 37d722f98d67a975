"""Simulated card payments with three kinds of fraud in them.

Real payment data may not be bundled, so the example lender plays payments from this generator, and says so. The world
is in the spirit of the simulator of Le Borgne, Siblini, Lebichot and Bontempi, "Reproducible Machine Learning for
Credit Card Fraud Detection" (2022), chapter 3, written anew and enlarged by cards, devices, countries and channels:

* a customer lives at a point of a 100 x 100 map, pays at the merchants near by, with amounts and a frequency of their
  own, mostly by day, from one or two devices;
* *takeover*: for some days a customer's card is used by someone else: larger amounts, new device, often abroad;
* *compromised merchant*: for some weeks many payments at a merchant are fraudulent, and look like any other;
* *card testing*: bursts of small online payments within minutes from one device.

Everything follows from the seed. The fraud flag of a payment becomes known seven days later, as in real life.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY, HOUR, MINUTE, SECOND, Micros

__all__ = ["LABEL_DELAY", "CardWorld", "simulate_card_payments"]

LABEL_DELAY: Final = 7 * DAY
"""How long it takes until a payment is known to be fraud or not."""

_MAP = 100.0
_COUNTRIES = ("CN", "HK", "SG", "US", "NG", "RO")
_CHANNELS = ("pos", "online")


class CardWorld(msgspec.Struct, frozen=True, kw_only=True):
    """The size of the simulated world.

    Attributes:
        customers, merchants: how many there are.
        days: length of the history.
        start: first midnight, UTC.
        radius: how far customers go to pay, in map units.
        takeovers_per_day, compromised_per_day, bursts_per_day: how many frauds of each kind begin each day.
        seed: everything follows from it.
    """

    customers: int = 1000
    merchants: int = 2000
    days: int = 60
    start: Micros = Micros(1_754_006_400_000_000)  # 2025-08-01
    radius: float = 5.0
    takeovers_per_day: float = 0.6
    compromised_per_day: float = 0.4
    bursts_per_day: float = 0.3
    seed: int = 7

    def __post_init__(self) -> None:
        for name in ("customers", "merchants", "days"):
            if getattr(self, name) < 1:
                raise InvalidInput("The world needs at least one.", field=name, value=getattr(self, name))


_Ints = npt.NDArray[np.int64]


def simulate_card_payments(world: CardWorld) -> pa.Table:
    """The payments of ``world`` in order of time.

    Returns:
        Columns event_id (text), occurred_at (timestamp[us]), person, card, merchant, device (text identifiers),
        amount_minor (int64), channel, country (text), fraud (bool), scenario (text, empty for honest payments).
    """
    random = np.random.default_rng(world.seed)
    columns = _honest(world, random)
    columns = _compromise_merchants(world, random, columns)
    columns = _take_over(world, random, columns)
    columns = _concat(columns, _card_testing(world, random))
    order = np.lexsort((columns["customer"], columns["at"]))
    return _table({name: values[order] for name, values in columns.items()})


def _honest(world: CardWorld, random: np.random.Generator) -> dict[str, _Ints]:
    """Everyone's ordinary payments."""
    home = random.uniform(0, _MAP, (world.customers, 2))
    place = random.uniform(0, _MAP, (world.merchants, 2))
    mean_minor = random.uniform(500, 10_000, world.customers)
    per_day = random.uniform(0.2, 4, world.customers)
    near = [_near(home[customer], place, world.radius) for customer in range(world.customers)]
    counts = random.poisson(per_day[:, None], (world.customers, world.days))
    customer, day = (np.repeat(index.ravel(), counts.ravel()) for index in np.indices(counts.shape))
    total = int(counts.sum())
    noon = random.normal(12 * HOUR, 5 * HOUR, total)
    second = np.clip(noon, 0, DAY - 1).astype(np.int64)
    amount = np.maximum(100, random.normal(mean_minor[customer], mean_minor[customer] / 2)).astype(np.int64)
    merchant = np.array(
        [
            near[one][pick % len(near[one])]
            for one, pick in zip(customer, random.integers(0, 1 << 30, total), strict=True)
        ]
    )
    online = random.random(total) < 0.3
    return {
        "customer": customer.astype(np.int64),
        "at": world.start + day.astype(np.int64) * DAY + second,
        "merchant": merchant.astype(np.int64),
        "device": customer.astype(np.int64) * 2 + (random.random(total) < 0.15),
        "amount": amount,
        "channel": online.astype(np.int64),
        "country": np.where(random.random(total) < 0.01, random.integers(1, 4, total), 0).astype(np.int64),
        "scenario": np.zeros(total, dtype=np.int64),
    }


def _near(home: npt.NDArray[np.float64], place: npt.NDArray[np.float64], radius: float) -> _Ints:
    """Merchants within ``radius`` of ``home``; at least the closest five."""
    distance = np.hypot(*(place - home).T)
    inside = np.flatnonzero(distance < radius)
    return inside if len(inside) >= 5 else np.argsort(distance)[:5]


def _starts(world: CardWorld, random: np.random.Generator, per_day: float, population: int) -> tuple[_Ints, _Ints]:
    """Who is hit, and on which day, for one kind of fraud."""
    days = np.repeat(np.arange(world.days), random.poisson(per_day, world.days))
    return random.integers(0, population, len(days)), days


def _compromise_merchants(world: CardWorld, random: np.random.Generator, columns: dict[str, _Ints]) -> dict[str, _Ints]:
    """For 28 days three of ten payments at the merchant are fraudulent and look like any other."""
    day = (columns["at"] - world.start) // DAY
    scenario = columns["scenario"].copy()
    for merchant, first in zip(*_starts(world, random, world.compromised_per_day, world.merchants), strict=True):
        hit = (columns["merchant"] == merchant) & (day >= first) & (day < first + 28)
        scenario[hit & (random.random(len(day)) < 0.3)] = 2
    return {**columns, "scenario": scenario}


def _take_over(world: CardWorld, random: np.random.Generator, columns: dict[str, _Ints]) -> dict[str, _Ints]:
    """For up to 14 days a third of a customer's payments are someone else's: larger, new device, often abroad."""
    day = (columns["at"] - world.start) // DAY
    changed = {name: values.copy() for name, values in columns.items()}
    stranger = 2 * world.customers
    for customer, first in zip(*_starts(world, random, world.takeovers_per_day, world.customers), strict=True):
        length = int(random.integers(3, 15))
        hit = (columns["customer"] == customer) & (day >= first) & (day < first + length)
        hit &= random.random(len(day)) < 1 / 3
        changed["scenario"][hit] = 1
        changed["amount"][hit] = (columns["amount"][hit] * random.uniform(2, 6, int(hit.sum()))).astype(np.int64)
        changed["device"][hit] = stranger
        changed["country"][hit] = random.integers(0, len(_COUNTRIES), int(hit.sum()))
        stranger += 1
    return changed


def _card_testing(world: CardWorld, random: np.random.Generator) -> dict[str, _Ints]:
    """Bursts of eight to thirty small online payments from one device, on the cards of many customers."""
    first_device = 2 * world.customers + 1_000_000
    _, days = _starts(world, random, world.bursts_per_day, 1)
    parts: list[dict[str, _Ints]] = [_empty()]
    for index, day in enumerate(days):
        count = int(random.integers(8, 31))
        begin = world.start + int(day) * DAY + int(random.integers(0, DAY - HOUR))
        gaps = random.integers(5 * SECOND, 2 * MINUTE, count)
        parts.append(
            {
                "customer": random.integers(0, world.customers, count),
                "at": begin + np.cumsum(gaps),
                "merchant": np.full(count, random.integers(0, world.merchants)),
                "device": np.full(count, first_device + index),
                "amount": random.integers(100, 900, count),
                "channel": np.ones(count, dtype=np.int64),
                "country": np.full(count, random.integers(0, len(_COUNTRIES))),
                "scenario": np.full(count, 3),
            }
        )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _empty() -> dict[str, _Ints]:
    names = ("customer", "at", "merchant", "device", "amount", "channel", "country", "scenario")
    return {name: np.zeros(0, dtype=np.int64) for name in names}


def _concat(one: dict[str, _Ints], other: dict[str, _Ints]) -> dict[str, _Ints]:
    return {name: np.concatenate([one[name], other[name]]) for name in one}


def _table(columns: dict[str, _Ints]) -> pa.Table:
    def named(prefix: str, values: _Ints) -> pa.Array:
        unique, inverse = np.unique(values, return_inverse=True)
        names = pa.array([f"{prefix}{value:06d}" for value in unique])
        return names.take(pa.array(inverse))

    def words(choices: tuple[str, ...], values: _Ints) -> pa.Array:
        return pa.array(choices).take(pa.array(values))

    return pa.table(
        {
            "event_id": pa.array([f"pay-{index:08d}" for index in range(len(columns["at"]))]),
            "occurred_at": pa.array(columns["at"], pa.timestamp("us")),
            "person": named("P", columns["customer"]),
            "card": named("C", columns["customer"]),
            "merchant": named("M", columns["merchant"]),
            "device": named("D", columns["device"]),
            "amount_minor": pa.array(columns["amount"]),
            "channel": words(_CHANNELS, columns["channel"]),
            "country": words(_COUNTRIES, columns["country"]),
            "fraud": pa.array(columns["scenario"] > 0),
            "scenario": words(("", "takeover", "compromised_merchant", "card_testing"), columns["scenario"]),
        }
    )
