"""Programmes of offers in the twin (SIMULATED): drawn by lot, learnt from, then chosen by uplift beside lots, on other customers.

The lots, the rows, the model and the choice are the product's own: what is drawn is written as the records of offers are, read by
``learn.uplift``, released as a document and asked by ``act.offers``. Only the customers are made up: whether one pays unasked follows how
prone to lateness they are, and what a message adds is what the portfolio assumes of contacts that reach. A programme sees none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from tandem.act.offers import FACTS, Chooser, Chosen, parse_offer_programme
from tandem.act.trials import Expecting
from tandem.decide.models import load_model
from tandem.faces.twin.effects import Effect
from tandem.kernel.identity import Pseudonym
from tandem.kernel.values import Row
from tandem.learn.simulator.portfolio import CHANNELS, PortfolioWorld, draw_people, lift_of, reach_of
from tandem.learn.uplift import fit_response, offers_tried, response_document

__all__ = ["OfferStudy", "run_offer_study"]

_DAY: Final = 20_000
_UNASKED: Final = 0.5
"""Log-odds of paying a bill in its days unasked, of somebody as prone as most; ours."""
_PRONE: Final = 1.5
"""What a standard deviation of being prone takes off them; ours."""
_BILLS: Final = 6
"""Bills whose payment is in what a programme may look at."""
_TOLD: Final = ("email", "sms")
_DRAWS: Final = 500
_Floats = npt.NDArray[np.float64]
_WORDS: Final = {"en": "{lender}", "zh-CN": "{lender}"}
_PROGRAMME: Final[dict[str, Any]] = {
    "name": "simulated",
    "kind": "reminder",
    "title": {"en": "SIMULATED", "zh-CN": "模拟"},
    "products": ["simulated"],
    "when": "next_minor > 0",
    "purpose": "service",
    "channels": list(_TOLD),
    "hold_out": {"share": 0.1, "salt": "twin"},
    "templates": [{"channels": list(_TOLD), "text": _WORDS}],
    "says": {"lender": _WORDS},
}


@dataclass(frozen=True, slots=True)
class OfferStudy:
    """What came of it, in shares of bills paid in their days.

    Attributes:
        at_random, by_uplift: added by one message of each way of choosing.
        more: what a message chosen by uplift adds above one by lot.
        told_at_random, told_by_uplift: messages a customer.
    """

    customers: int
    at_random: Effect
    by_uplift: Effect
    more: Effect
    told_at_random: float
    told_by_uplift: float


@dataclass(frozen=True, slots=True)
class _Bills:
    """A bill of each customer: what a programme sees, and the chance that it is paid: unasked, and told by each channel."""

    rows: list[Row]
    unasked: _Floats
    told: _Floats


def run_offer_study(world: PortfolioWorld, *, least_gain: float = 0.02) -> OfferStudy:
    """Draw, learn, and choose on other customers.

    Args:
        world: SIMULATED; alike, it holds nothing to choose by.
        least_gain: less is not worth a message.

    Raises:
        InvalidInput: too few customers to learn from.
    """
    lots = Chooser(
        parse_offer_programme(
            {**_PROGRAMME, "choose": {"by": "at_random", "propensities": {"email": 0.35, "sms": 0.35}}}
        )
    )
    learnt = _learnt(world, lots)
    by_uplift = {"by": "by_uplift", "model": "simulated", "least_gain": least_gain}
    chooser = Chooser(parse_offer_programme({**_PROGRAMME, "choose": by_uplift}), learnt)
    rng = np.random.default_rng([world.seed, 31])
    fresh = _bills(msgspec.structs.replace(world, seed=world.seed + 1_000), rng)
    luck = rng.random(len(fresh.rows))
    alone = (luck < fresh.unasked).astype(np.float64)
    drawn, told = _lived(fresh, _chosen(lots, fresh, "lots"), luck)
    ours, ours_told = _lived(fresh, _chosen(chooser, fresh, "lots"), luck)
    return _study(alone, (drawn, told), (ours, ours_told), rng)


def _bills(world: PortfolioWorld, rng: np.random.Generator) -> _Bills:
    people = draw_people(world, rng)
    n, who = world.customers, np.arange(world.customers)
    odds = _UNASKED - _PRONE * people.prone
    unasked: _Floats = expit(odds)
    told = np.empty((n, len(_TOLD)))
    for at, name in enumerate(_TOLD):
        channel, nothing = np.full(n, CHANNELS.index(name)), np.zeros(n, dtype=np.int64)
        reach = reach_of(world.response, people, who, channel, people.usual_hour)
        lifted = expit(logit(unasked) + lift_of(world.response, people, who, channel, nothing, nothing))
        told[:, at] = reach * lifted + (1 - reach) * unasked
    paid = rng.binomial(_BILLS, unasked)
    empty: Row = dict.fromkeys(FACTS, 0)
    rows = [
        {
            **empty, "days_to_due": 7, "next_minor": 10_000, "balance_minor": int(balance), "limit_minor": int(limit),
            "utilisation": float(balance / limit) if limit else None, "payments_90_days": int(count),
            "paid_90_days_minor": int(count) * 10_000,
        }
        for balance, limit, count in zip(people.balance_minor, people.limit_minor, paid, strict=True)
    ]  # fmt: skip
    return _Bills(rows, unasked, told)


def _chosen(chooser: Chooser, bills: _Bills, salt: str) -> list[Chosen]:
    return [
        chooser.choose(Pseudonym(f"{salt}{at}"), f"{salt}{at}", row, _DAY, _TOLD) for at, row in enumerate(bills.rows)
    ]


def _lived(bills: _Bills, chosen: Sequence[Chosen], luck: _Floats) -> tuple[_Floats, _Floats]:
    """Who paid, and who was told something."""
    place = np.asarray([-1 if one.channel is None else _TOLD.index(one.channel) for one in chosen])
    chance = np.where(place < 0, bills.unasked, bills.told[np.arange(len(place)), place])
    return (luck < chance).astype(np.float64), (place >= 0).astype(np.float64)


def _learnt(world: PortfolioWorld, lots: Chooser) -> Expecting:
    """A model of response from offers drawn by lot, by way of the records that a desk would have written of them."""
    rng = np.random.default_rng([world.seed, 30])
    bills = _bills(world, rng)
    chosen = _chosen(lots, bills, "learn")
    paid, _ = _lived(bills, chosen, rng.random(len(chosen)))
    records = [body for at, one in enumerate(chosen) for body in _records(at, one, bills.rows[at], float(paid[at]))]
    found = offers_tried(records)
    response = fit_response(found.tried, found.offers, seed=world.seed)
    return Expecting(
        load_model(response_document(response, "simulated", seed=world.seed, note="SIMULATED")), usual_hour=False
    )


def _records(number: int, chosen: Chosen, facts: Row, share: float) -> tuple[bytes, bytes]:
    offer = f"off_{number}"
    decided = {
        "change": "decided", "offer": offer, "owner": f"p{number}", "programme": "simulated", "kind": "reminder",
        "propensity": chosen.propensity, "stake_minor": 10_000, "facts": facts, "channel": chosen.channel,
    }  # fmt: skip
    return msgspec.json.encode(decided), msgspec.json.encode({"change": "closed", "offer": offer, "share": share})


def _study(
    alone: _Floats, by_lot: tuple[_Floats, _Floats], ours: tuple[_Floats, _Floats], rng: np.random.Generator
) -> OfferStudy:
    def figures(rows: npt.NDArray[np.int64]) -> tuple[float, float, float]:
        one, other = (
            float((paid[rows] - alone[rows]).sum()) / max(float(told[rows].sum()), 1.0) for paid, told in (by_lot, ours)
        )
        return one, other, other - one

    every = np.arange(len(alone))
    point = figures(every)
    draws = np.asarray([figures(rng.integers(0, len(alone), len(alone))) for _ in range(_DRAWS)])
    low, high = np.percentile(draws, [2.5, 97.5], axis=0)
    at_random, by_uplift, more = (Effect(*map(float, one)) for one in zip(point, low, high, strict=True))
    return OfferStudy(
        customers=len(alone), at_random=at_random, by_uplift=by_uplift, more=more,
        told_at_random=float(by_lot[1].mean()), told_by_uplift=float(ours[1].mean()),
    )  # fmt: skip
