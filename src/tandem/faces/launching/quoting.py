"""What a draw on a product comes to, per unit lent: its real schedule, as an assessment takes it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tandem.act.products import Day, Product, quote
from tandem.learn.assessment import ProductTerms, Quoted, UnitFlows

__all__ = ["quoted_by", "terms_of_product"]

_YEAR = 365.0


def terms_of_product(product: Product) -> ProductTerms:
    """What an assessment needs to know of ``product``."""
    return ProductTerms(
        name=product.name,
        currency=product.currency,
        least_minor=product.amount.least_minor,
        most_minor=product.amount.most_minor,
        step_minor=product.amount.step_minor,
        terms=product.terms,
        least_bps=product.price.rate_bps.least,
        most_bps=product.price.rate_bps.most,
        otherwise_bps=product.price.rate_bps.otherwise,
        policy=product.policies.application,
    )


def quoted_by(products: Mapping[str, Product], on: Day) -> Quoted:
    """Unit flows of these products, by name, for draws on day ``on``.

    Each pair of term and rate is quoted once, for the largest amount that is lent: there the rounding to whole minor units
    is least. A schedule grows with its amount, so its shares of the principal serve every amount.
    """

    @cache
    def flows(name: str, term: int, rate_bps: int) -> UnitFlows:
        product = products[name]
        step = product.amount.step_minor
        amount = product.amount.most_minor // step * step
        found = quote(product, amount_minor=amount, term=term, on=on, rate_bps=rate_bps).instalments
        return UnitFlows(
            years=tuple((one.due - on) / _YEAR for one in found),
            principal=tuple(one.principal_minor / amount for one in found),
            interest=tuple(one.interest_minor / amount for one in found),
            fees=tuple(one.fee_minor / amount for one in found),
        )

    return flows
