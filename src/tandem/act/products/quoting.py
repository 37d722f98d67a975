"""What a customer is offered: the schedule and the costs of an amount over a term, within what the product allows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Final

import msgspec

from tandem.act.products.calendars import Day
from tandem.act.products.caps import RateCap, cap_on
from tandem.act.products.costs import CostTable, cost_table, yearly_bps
from tandem.act.products.due_dates import months_later
from tandem.act.products.errors import CapExceeded, OutsideProduct
from tandem.act.products.rounding import nearest
from tandem.act.products.schedules import Instalment, scheduled
from tandem.act.products.types import Product, ScheduleRule
from tandem.kernel.time import date_to_days, days_to_date

__all__ = ["Quote", "check_cap", "dearest", "quote"]


_LAST_DAY: Final = date_to_days(date(2099, 12, 31))


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """An offer that may be signed.

    Attributes:
        on: the day of the draw it was counted for.
    """

    product: str
    amount_minor: int
    term: int
    rate_bps: int
    on: Day
    instalments: tuple[Instalment, ...]
    costs: CostTable


def quote(product: Product, *, amount_minor: int, term: int, on: Day, rate_bps: int | None = None) -> Quote:
    """The quote for ``amount_minor`` over ``term`` instalments, drawn on day ``on``.

    Args:
        rate_bps: what a decision set; None: what holds where it sets none.

    Raises:
        OutsideProduct: the product has no such amount, term or rate, or the day is beyond any calendar.
    """
    rate = product.price.rate_bps.otherwise if rate_bps is None else rate_bps
    _check(product, amount_minor, term, rate)
    if not 0 <= on <= _LAST_DAY:
        raise OutsideProduct("Nothing is drawn on that day.", field="on", value=on, hint="from 1970 to 2099")
    price = product.price
    instalments = scheduled(
        product.schedule,
        principal_minor=amount_minor,
        rate_bps=rate,
        start=on,
        count=term,
        fee_minor=nearest(amount_minor * price.fee_bps, 10_000),
        opening_fee_minor=nearest(amount_minor * price.opening_fee_bps, 10_000),
    )
    return Quote(
        product=product.name,
        amount_minor=amount_minor,
        term=term,
        rate_bps=rate,
        on=on,
        instalments=instalments,
        costs=cost_table(product.schedule, instalments),
    )


def dearest(product: Product, cap: RateCap, on: Day) -> tuple[Quote, float]:
    """The quote of this product that costs most a year as ``cap`` measures it, and how much, in basis points.

    Looked at are its highest rate, every term, the least and the most that may be drawn and, where a fixed day of the
    month makes the first period shorter or longer, draws of the coming year that have the shortest and the longest one.
    """
    found: tuple[Quote, float] | None = None
    for one in _dear(product, on):
        bps = yearly_bps(product.schedule, one.instalments, cap.measure, cap.basis)
        if found is None or bps > found[1]:
            found = one, bps
    assert found is not None, "a product has a term"
    return found


def check_cap(product: Product, cap: RateCap, on: Day) -> float:
    """The most this product costs a year as ``cap`` measures it, in basis points.

    Raises:
        CapExceeded: that is more than ``cap`` allows on day ``on``.
    """
    row = cap_on(cap, on)
    worst, bps = dearest(product, cap, on)
    # Amounts are whole cents: a payment rounded up makes a price at the cap a hair dearer than its rate.
    if bps > row.most_bps + _hair_bps(worst):
        raise CapExceeded(
            f"This costs up to {bps / 100:.2f} % a year, fees in; {cap.title.en} allows {row.most_bps / 100:.2f} %.",
            field="price",
            value=f"{worst.amount_minor} over {worst.term} at {worst.rate_bps} bps, drawn {days_to_date(on).isoformat()}",
            hint=f"lower the rate, the fees or the shortest term; source: {row.source}",
        )
    return bps


def _hair_bps(worst: Quote) -> float:
    """What rounding each payment by half a minor unit may add to a yearly rate."""
    years = max((worst.instalments[-1].due - worst.on) / 365, 1 / 365)
    return 10_000 * 0.5 * len(worst.instalments) / (worst.amount_minor * years / 2)


def _dear(product: Product, on: Day) -> Iterator[Quote]:
    amounts = {product.amount.least_minor, _most(product)}
    for amount, term, day in itertools.product(sorted(amounts), product.terms, _starts(product.schedule, on)):
        yield quote(product, amount_minor=amount, term=term, on=day, rate_bps=product.price.rate_bps.most)


def _starts(rule: ScheduleRule, on: Day) -> tuple[Day, ...]:
    if rule.due_day is None:
        return (on,)
    dues = [months_later(on, number, rule.due_day) for number in range(1, 13)]
    after = max(rule.first_after_days, 1)
    return (on, *(due - after for due in dues), *(due - after + 1 for due in dues))


def _most(product: Product) -> int:
    step = product.amount.step_minor
    return product.amount.most_minor // step * step


def _check(product: Product, amount_minor: int, term: int, rate_bps: int) -> None:
    bounds, rates = product.amount, product.price.rate_bps
    if not bounds.least_minor <= amount_minor <= bounds.most_minor:
        raise OutsideProduct(
            f"{product.name} lends no such amount.",
            field="amount_minor",
            value=amount_minor,
            hint=f"from {bounds.least_minor} to {bounds.most_minor} minor units of {product.currency}",
        )
    if amount_minor % bounds.step_minor:
        raise OutsideProduct(
            f"{product.name} lends in steps.",
            field="amount_minor",
            value=amount_minor,
            hint=f"a multiple of {bounds.step_minor} minor units",
        )
    if term not in product.terms:
        terms = ", ".join(map(str, product.terms))
        raise OutsideProduct(f"{product.name} has no such term.", field="term", value=term, hint=f"one of {terms}")
    if not rates.least <= rate_bps <= rates.most:
        raise OutsideProduct(
            f"{product.name} has no such rate.",
            field="rate_bps",
            value=rate_bps,
            hint=f"from {rates.least} to {rates.most} basis points",
        )
