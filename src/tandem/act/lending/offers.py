"""From a decision to what may be signed on it: which product, up to how much, at which rate, until when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from tandem.act.lending.errors import NotAllowed
from tandem.act.products import OnShelf, Product, Quote, quote
from tandem.kernel.identity import DecisionId, Digest
from tandem.kernel.time import DAY, Micros, parse_instant

__all__ = ["OFFERED_FOR", "Offer", "offer_of", "offered", "quotes_of"]

OFFERED_FOR: Final = 30 * DAY
"""How long after a decision its offer may be signed, in microseconds."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision offers.

    Attributes:
        terms: digest of the product version.
        most_minor: the limit that was decided, within what the product lends.
        rate_bps: as decided; None: the product's own.
        until: when it lapses.
    """

    decision: DecisionId
    product: Product
    terms: Digest
    most_minor: int
    rate_bps: int | None
    until: Micros


class _Answer(msgspec.Struct):
    decision_id: DecisionId
    outcome: str
    policy: str
    decided_at: str
    limit_minor: int | None = None
    price: dict[str, Any] = {}


def offer_of(answer: Mapping[str, Any], shelf: Mapping[str, OnShelf], now: Micros, product: str | None = None) -> Offer:
    """What the decision with this ``answer`` offers of the products on ``shelf``.

    Args:
        product: by name; None where only one is decided on by the decision's policy.

    Raises:
        NotAllowed: it did not approve, its offer has lapsed, no product leans on its policy, or several do.
    """
    read = msgspec.convert(answer, _Answer)
    if read.outcome != "approve":
        raise NotAllowed(
            "Only what was approved can be signed.", code="not_approved", field="decision_id", value=read.decision_id,
            hint=f"its outcome is {read.outcome}",
        )  # fmt: skip
    until = Micros(parse_instant(read.decided_at) + OFFERED_FOR)
    if now > until:
        raise NotAllowed(
            "The offer has lapsed.", code="offer_lapsed", field="decision_id", value=read.decision_id,
            hint="ask for a new decision",
        )  # fmt: skip
    found = [one for one in shelf.values() if one.product.sold and one.product.policies.application == read.policy]
    if product is not None:
        found = [one for one in found if one.product.name == product]
    if len(found) != 1:
        names = ", ".join(sorted(one.product.name for one in found))
        raise NotAllowed(
            f"Several products are decided on by {read.policy}."
            if found
            else f"No such product leans on {read.policy}.",
            code="which_product" if found else "no_product",
            field="product",
            value=product,
            hint=f"name one of {names}" if found else "a product names its policies in products/",
        )
    (one,) = found
    most = one.product.amount.most_minor if read.limit_minor is None else read.limit_minor
    rate = read.price.get("rate_bps")
    return Offer(
        decision=read.decision_id,
        product=one.product,
        terms=one.digest,
        most_minor=min(most, one.product.amount.most_minor),
        rate_bps=None if rate is None else round(rate),
        until=until,
    )


def quotes_of(offer: Offer, on: int, amount_minor: int | None = None) -> list[Quote]:
    """A quote for each term of the product, for ``amount_minor`` or all that is offered.

    Raises:
        NotAllowed: more than is offered. OutsideProduct: the product lends no such amount at that rate.
    """
    amount = offered(offer, amount_minor)
    return [
        quote(offer.product, amount_minor=amount, term=term, on=on, rate_bps=offer.rate_bps)
        for term in offer.product.terms
    ]


def offered(offer: Offer, amount_minor: int | None) -> int:
    """``amount_minor`` if that much is offered; all of it, in steps of the product, where none is named.

    Raises:
        NotAllowed: more than is offered.
    """
    if amount_minor is None:
        return offer.most_minor // offer.product.amount.step_minor * offer.product.amount.step_minor
    if amount_minor > offer.most_minor:
        raise NotAllowed(
            "That is more than was approved.", code="above_offer", field="amount_minor", value=amount_minor,
            hint=f"at most {offer.most_minor}",
        )  # fmt: skip
    return amount_minor
